package models

import (
	"context"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/feed"
)

// Who watches what is seen by the team, so that people know who is kept up to date.
// It is not in the log: it changes nothing of the work, and a record of what people
// paid attention to, and when, is nobody's business.

// WatchTask makes the actor hear of what happens to a task.
func (s *Store) WatchTask(ctx context.Context, who Actor, task string) error {
	return s.own(ctx, who, ofTask(task), joining("INSERT INTO task_watchers (task_id, user_id, team_id, created_at)", task))
}

// UnwatchTask ends that.
func (s *Store) UnwatchTask(ctx context.Context, who Actor, task string) error {
	return s.own(ctx, who, ofTask(task), leaving("DELETE FROM task_watchers WHERE task_id = ? AND user_id = ?", task))
}

// TurnWatch makes the actor watch a task if they do not, and otherwise no longer. It
// returns whether they do now.
func (s *Store) TurnWatch(ctx context.Context, who Actor, task string) (watches bool, err error) {
	err = s.own(ctx, who, ofTask(task), func(s *Store, db *gorm.DB, who Actor, team string) error {
		left := db.Exec("DELETE FROM task_watchers WHERE task_id = ? AND user_id = ?", task, who.ID)
		if watches = left.RowsAffected == 0; left.Error != nil || !watches {
			return left.Error
		}
		return joining("INSERT INTO task_watchers (task_id, user_id, team_id, created_at)", task)(s, db, who, team)
	})
	return watches, err
}

// WatchBoard makes the actor hear of what happens to the tasks of a board.
func (s *Store) WatchBoard(ctx context.Context, who Actor, board string) error {
	return s.own(ctx, who, ofBoard(board), joining("INSERT INTO board_watchers (board_id, user_id, team_id, created_at)", board))
}

// UnwatchBoard ends that.
func (s *Store) UnwatchBoard(ctx context.Context, who Actor, board string) error {
	return s.own(ctx, who, ofBoard(board), leaving("DELETE FROM board_watchers WHERE board_id = ? AND user_id = ?", board))
}

// MuteTask keeps everything of a task from the actor's inbox: what is in it and what
// will happen.
func (s *Store) MuteTask(ctx context.Context, who Actor, task string) error {
	return s.own(ctx, who, ofTask(task), joining("INSERT INTO muted_tasks (task_id, user_id, team_id, created_at)", task))
}

// UnmuteTask ends that: what was in the inbox is there again, what happened meanwhile
// is not.
func (s *Store) UnmuteTask(ctx context.Context, who Actor, task string) error {
	return s.own(ctx, who, ofTask(task), leaving("DELETE FROM muted_tasks WHERE task_id = ? AND user_id = ?", task))
}

// MuteBoard is MuteTask for all tasks of a board.
func (s *Store) MuteBoard(ctx context.Context, who Actor, board string) error {
	return s.own(ctx, who, ofBoard(board), joining("INSERT INTO muted_boards (board_id, user_id, team_id, created_at)", board))
}

// UnmuteBoard is UnmuteTask for all tasks of a board.
func (s *Store) UnmuteBoard(ctx context.Context, who Actor, board string) error {
	return s.own(ctx, who, ofBoard(board), leaving("DELETE FROM muted_boards WHERE board_id = ? AND user_id = ?", board))
}

// own changes what is the actor's own about a thing that they may see, and tells
// their open pages.
func (s *Store) own(ctx context.Context, who Actor, of subject, fn func(s *Store, db *gorm.DB, who Actor, team string) error) error {
	team, err := sees(s.parts.Read.WithContext(ctx), who, of, access.SeeBoard)
	if err != nil {
		return err
	}
	return s.ownState(ctx, who, func(db *gorm.DB) error { return fn(s, db, who, team.ID) })
}

// ownState is unlogged for what the actor's inbox shows: their open pages hear of it.
func (s *Store) ownState(ctx context.Context, who Actor, fn func(db *gorm.DB) error) error {
	news := feed.News{Topic: feed.PersonTopic(who.ID)}
	err := s.unlogged(ctx, func(db *gorm.DB) error {
		if err := fn(db); err != nil || s.parts.Announce == nil {
			return err
		}
		return s.parts.Announce(ctx, db, []feed.News{news})
	})
	if err == nil {
		s.parts.Feed.Publish(news)
	}
	return err
}

// joining inserts a row of a thing and the actor, as long as they are a member.
func joining(insert, thing string) func(*Store, *gorm.DB, Actor, string) error {
	return func(s *Store, db *gorm.DB, who Actor, team string) error {
		return db.Exec(insert+" SELECT s.id, m.user_id, m.team_id, ? FROM memberships m JOIN (SELECT ? AS id) s ON TRUE WHERE m.team_id = ? AND m.user_id = ? ON CONFLICT DO NOTHING",
			s.now(), thing, team, who.ID).Error
	}
}

func leaving(query, thing string) func(*Store, *gorm.DB, Actor, string) error {
	return func(_ *Store, db *gorm.DB, who Actor, _ string) error { return db.Exec(query, thing, who.ID).Error }
}

// watchCommented makes who comments watch the task, if they want that.
func (tx *Tx) watchCommented(task string) error {
	tx.concerns(task)
	return tx.rows().Exec(`INSERT INTO task_watchers (task_id, user_id, team_id, created_at)
		SELECT ?, id, ?, ? FROM users WHERE id = ? AND watches_commented ON CONFLICT DO NOTHING`, task, tx.Team.ID, tx.now, tx.actor.ID).Error
}

// Attention is who pays attention to a task, and how the actor does.
type Attention struct {
	Watchers      []Person // of the task, by name
	BoardWatchers int      // of its board, besides
	Watching      bool
	WatchingBoard bool
	Muted         bool
	MutedBoard    bool
}

func heedOf(db *gorm.DB, who Actor, task, board string) (a Attention, err error) {
	err = db.Raw("SELECT u.id, u.name FROM task_watchers w JOIN users u ON u.id = w.user_id WHERE w.task_id = ? ORDER BY lower(u.name), u.id", task).Scan(&a.Watchers).Error
	if err != nil {
		return a, err
	}
	for _, p := range a.Watchers {
		a.Watching = a.Watching || p.ID == who.ID
	}
	err = db.Raw(`SELECT (SELECT COUNT(*) FROM board_watchers WHERE board_id = ?),
		EXISTS (SELECT 1 FROM board_watchers WHERE board_id = ? AND user_id = ?),
		EXISTS (SELECT 1 FROM muted_tasks WHERE task_id = ? AND user_id = ?),
		EXISTS (SELECT 1 FROM muted_boards WHERE board_id = ? AND user_id = ?)`, board, board, who.ID, task, who.ID, board, who.ID).
		Row().Scan(&a.BoardWatchers, &a.WatchingBoard, &a.Muted, &a.MutedBoard)
	return a, err
}

// BoardAttention is a board with who watches it, and how the actor attends to it.
type BoardAttention struct {
	Watched
	Watchers []Person
	Watching bool
	Muted    bool
}

// BoardAttention reads who watches a board.
func (s *Store) BoardAttention(ctx context.Context, who Actor, board string) (v BoardAttention, err error) {
	if v.Watched, err = s.Watch(ctx, who, board); err != nil {
		return v, err
	}
	db := s.parts.Read.WithContext(ctx)
	err = db.Raw("SELECT u.id, u.name FROM board_watchers w JOIN users u ON u.id = w.user_id WHERE w.board_id = ? ORDER BY lower(u.name), u.id", board).Scan(&v.Watchers).Error
	if err != nil {
		return v, err
	}
	for _, p := range v.Watchers {
		v.Watching = v.Watching || p.ID == who.ID
	}
	err = db.Raw("SELECT EXISTS (SELECT 1 FROM muted_boards WHERE board_id = ? AND user_id = ?)", board, who.ID).Row().Scan(&v.Muted)
	return v, err
}

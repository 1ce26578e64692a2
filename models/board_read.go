package models

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
)

// Window is how many cards of a column are read at a time.
const Window = 50

// Home lists a team's boards with how many tasks are in each state.
func (s *Store) Home(ctx context.Context, who Actor, team string) (h Home, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		mine, err := seeTeam(db, who, team, access.SeeTeam)
		if err != nil {
			return err
		}
		h.Team, h.Role = mine.Team, mine.Role
		if h.Members, err = members(db, team); err != nil {
			return err
		}
		var boards []Board
		if err = db.Where("team_id = ?", team).Order("created_at, id").Find(&boards).Error; err != nil {
			return err
		}
		var counts []struct {
			BoardID string
			State   flow.State
			N       int
		}
		err = db.Raw(`SELECT board_id, state, COUNT(*) AS n FROM tasks
			WHERE team_id = ? AND deleted_at IS NULL AND archived_at IS NULL GROUP BY board_id, state`, team).Scan(&counts).Error
		for _, b := range boards {
			summary := BoardSummary{Board: b, Counts: map[flow.State]int{}}
			for _, c := range counts {
				if c.BoardID == b.ID {
					summary.Counts[c.State] = c.N
				}
			}
			h.Boards = append(h.Boards, summary)
		}
		return err
	})
	return h, err
}

// members lists a team's people by name.
func members(db *gorm.DB, team string) (people []Person, err error) {
	err = db.Raw(`SELECT u.id, u.name, m.role FROM memberships m JOIN users u ON u.id = m.user_id
		WHERE m.team_id = ? ORDER BY LOWER(u.name), u.id`, team).Scan(&people).Error
	return people, err
}

// Board reads a board's page: of each column the first Window cards.
func (s *Store) Board(ctx context.Context, who Actor, board string) (BoardView, error) {
	return s.FilteredBoard(ctx, who, board, BoardFilter{})
}

// FilteredBoard is Board with only the cards that pass a filter.
func (s *Store) FilteredBoard(ctx context.Context, who Actor, board string, f BoardFilter) (BoardView, error) {
	return s.BoardIn(ctx, who, board, Look{Filter: f})
}

// BoardIn is Board as somebody wants to look at it: with the cards that pass, in
// an order.
func (s *Store) BoardIn(ctx context.Context, who Actor, board string, look Look) (v BoardView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		v.Sort, v.Swimlanes = look.Order(), look.Swimlanes
		by, err := s.lookAt(db, who, board, look.Filter, &v)
		if err != nil {
			return err
		}
		if look.Swimlanes != "" {
			if err := s.swim(db, &v, look, by); err != nil {
				return err
			}
			return s.dress(db, v.Team, v.swimming())
		}
		if err := firstWindows(db, &v, by, look.Sort); err != nil {
			return err
		}
		var all []*Card
		for i := range v.Lanes {
			for j := range v.Lanes[i].Cards {
				all = append(all, &v.Lanes[i].Cards[j])
			}
		}
		return s.dress(db, v.Team, all)
	})
	return v, err
}

// lookAt begins each way to look at a board: it reads the board, if who may see it,
// with what there is on it besides its cards, and makes the filter ready; what that
// asks of labels and fields that are gone is left out of it.
func (s *Store) lookAt(db *gorm.DB, who Actor, board string, f BoardFilter, v *BoardView) (by sift, err error) {
	b, team, err := seeBoard(db, who, board, access.SeeBoard)
	if err != nil {
		return by, err
	}
	v.Board, v.Team, v.Role, v.Seq, v.Filter = b, team.Team, team.Role, team.Seq, f
	if v.Members, err = members(db, v.Team.ID); err != nil {
		return by, err
	}
	if v.Labels, err = labels(db, v.Board.ID); err != nil {
		return by, err
	}
	if v.Fields, err = fieldsOn(db, v.Board.ID); err != nil {
		return by, err
	}
	v.Filter, v.FieldsGone = v.Filter.askingOf(v.Fields)
	if label := v.Filter.Label; label != "" && !slices.ContainsFunc(v.Labels, func(l Label) bool { return l.ID == label }) {
		v.Filter.Label, v.Gone = "", append(v.Gone, "label")
	}
	by = s.sift(db, who, v.Board, v.Filter)
	if v.Lanes, err = lanes(db, v.Board.ID, by); err != nil {
		return by, err
	}
	return by, db.Raw(`SELECT COUNT(CASE WHEN archived_at IS NULL AND column_id = '' THEN 1 END), COUNT(archived_at), (SELECT COUNT(*) FROM patterns WHERE board_id = ?) FROM tasks
		WHERE board_id = ? AND deleted_at IS NULL AND (column_id = '' OR archived_at IS NOT NULL)`, v.Board.ID, v.Board.ID).Row().Scan(&v.Cancelled, &v.Archived, &v.Patterns)
}

// lanes reads a board's columns with their counts, without cards.
func lanes(db *gorm.DB, board string, by sift) ([]Lane, error) {
	var columns []Column
	if err := db.Where("board_id = ?", board).Order("position, id").Find(&columns).Error; err != nil {
		return nil, err
	}
	var counts []struct {
		ColumnID         string
		N, Matches, Work int
	}
	matches, args := "COUNT(*) AS matches, COALESCE(SUM(estimate), 0) AS work", []any{}
	if by.where != "" {
		matches = "COUNT(CASE WHEN " + by.where + " THEN 1 END) AS matches, COALESCE(SUM(CASE WHEN " + by.where + " THEN estimate END), 0) AS work"
		args = slices.Concat(by.args, by.args)
	}
	err := db.Raw(`SELECT column_id, COUNT(*) AS n, `+matches+` FROM tasks WHERE column_id IN (SELECT id FROM columns WHERE board_id = ?)
		AND deleted_at IS NULL AND archived_at IS NULL GROUP BY column_id`, append(args, board)...).Scan(&counts).Error
	lanes := make([]Lane, len(columns))
	for i, c := range columns {
		lanes[i].Column = c
		for _, n := range counts {
			if n.ColumnID == c.ID {
				lanes[i].Count, lanes[i].Matches, lanes[i].Work = n.N, n.Matches, n.Work
			}
		}
	}
	return lanes, err
}

// firstWindows reads the first window of every column, all of them in one query, of
// which each part stops at its window.
func firstWindows(db *gorm.DB, v *BoardView, by sift, sort []SortKey) error {
	if len(v.Lanes) == 0 {
		return nil
	}
	parts, columns := make([]string, len(v.Lanes)), make([]any, len(v.Lanes))
	for i, l := range v.Lanes {
		parts[i] = "SELECT w.*, ROW_NUMBER() OVER () AS nth FROM (?) AS w"
		q := inColumn(db, l.ID, by).Model(&Task{})
		if len(sort) > 0 {
			q = q.Order(orderBy(keysFor(db, sort, nil, byRank)))
		} else {
			q = q.Order("position, id")
		}
		columns[i] = q.Limit(Window + 1)
	}
	var tasks []Task
	if err := db.Raw(strings.Join(parts, " UNION ALL ")+" ORDER BY nth", columns...).Scan(&tasks).Error; err != nil {
		return fmt.Errorf("cards of a board: %w", err)
	}
	within := map[string][]Task{}
	for _, t := range tasks {
		within[t.ColumnID] = append(within[t.ColumnID], t)
	}
	for i := range v.Lanes {
		v.Lanes[i].Cards, v.Lanes[i].More = asCards(within[v.Lanes[i].ID], v.Board)
	}
	return nil
}

// inColumn finds the cards of a column that pass.
func inColumn(db *gorm.DB, column string, by sift) *gorm.DB {
	return by.of(db.Omit("description").Where("column_id = ? AND deleted_at IS NULL AND archived_at IS NULL", column))
}

// window reads Window cards of a column that pass, below a place in it: "position
// id", or the top if empty.
func window(db *gorm.DB, board Board, column, below string, by sift, sort []SortKey) ([]Card, bool, error) {
	q := inColumn(db, column, by)
	position, id, isBelow := strings.Cut(below, " ")
	if len(sort) > 0 {
		return sortedWindow(q, board, id, keysFor(db, sort, nil, byRank))
	}
	if isBelow {
		q = q.Where("(position, id) > (?, ?)", position, id)
	}
	return cardsOf(q.Order("position, id"), board)
}

// sortedWindow is the window of what q finds below a card, in order of keys.
func sortedWindow(q *gorm.DB, board Board, below string, keys []key) ([]Card, bool, error) {
	if below != "" {
		join, after := seek(keys)
		q = q.Joins(join, below).Where(after)
	}
	return cardsOf(q.Order(orderBy(keys)), board)
}

// cardsOf are the first Window cards that q finds, and whether there are more.
func cardsOf(q *gorm.DB, board Board) ([]Card, bool, error) {
	var tasks []Task
	if err := q.Limit(Window + 1).Find(&tasks).Error; err != nil {
		return nil, false, err
	}
	cards, more := asCards(tasks, board)
	return cards, more, nil
}

// asCards are the first Window of tasks, and whether there are more.
func asCards(tasks []Task, board Board) (cards []Card, more bool) {
	more = len(tasks) > Window
	cards = make([]Card, min(len(tasks), Window))
	for i := range cards {
		cards[i] = Card{Task: tasks[i], Key: Key(board.Key, tasks[i].Number)}
	}
	return cards, more
}

// Below is the place of a card, for MoreCards.
func (c Card) Below() string { return c.Position + " " + c.ID }

// MoreCards reads the window of a column, or of a cell of it, below a card's place
// (Card.Below), of the cards that pass, in the order of the look.
func (s *Store) MoreCards(ctx context.Context, who Actor, in Cell, below string, look Look) (l Lane, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Take(&l.Column, "id = ?", in.Column).Error; err != nil {
			return orMissing(err)
		}
		b, team, err := seeBoard(db, who, l.BoardID, access.SeeBoard)
		if err != nil {
			return err
		}
		if l.Count, err = (&Tx{db: db}).count(in.Column); err != nil {
			return err
		}
		f, err := look.Filter.left(db, b)
		if err != nil {
			return err
		}
		by := s.sift(db, who, b, f)
		s.within(db, b, in, look, &by)
		if l.Cards, l.More, err = window(db, b, in.Column, below, by, look.Sort); err != nil {
			return err
		}
		return s.dress(db, team.Team, pointers(l.Cards))
	})
	return l, err
}

// ColumnTasks lists the tasks of a column that pass a filter, from its top, those
// below its first window too: as many as one deed may change at once (MaxBulk), and
// whether there are more.
func (s *Store) ColumnTasks(ctx context.Context, who Actor, column string, f BoardFilter) (ids []string, more bool, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		var c Column
		if err := db.Take(&c, "id = ?", column).Error; err != nil {
			return orMissing(err)
		}
		b, _, err := seeBoard(db, who, c.BoardID, access.SeeBoard)
		if err != nil {
			return err
		}
		q := s.sift(db, who, b, f).of(db.Model(&Task{}).Where("column_id = ? AND deleted_at IS NULL AND archived_at IS NULL", column))
		if err := q.Order("position, id").Limit(MaxBulk+1).Pluck("id", &ids).Error; err != nil {
			return fmt.Errorf("list column: %w", err)
		}
		if more = len(ids) > MaxBulk; more {
			ids = ids[:MaxBulk]
		}
		return nil
	})
	return ids, more, err
}

func pointers(cards []Card) []*Card {
	all := make([]*Card, len(cards))
	for i := range cards {
		all[i] = &cards[i]
	}
	return all
}

// fewChanges is how many cards an open board brings up to date one by one.
const fewChanges = 200

// BoardChanges reads what an open board has to show anew since a sequence of the
// team's log: the cards that changed, and those linked to them, for a card says
// what it waits for and what it releases. Cards that do not pass the filter are gone.
func (s *Store) BoardChanges(ctx context.Context, who Actor, board string, since int64, look Look) (v BoardChanges, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		f, err := look.Filter.left(db, b)
		if err != nil {
			return err
		}
		v.Seq, v.Board, v.Filter, v.Sort, v.Swimlanes = team.Seq, b, f, look.Order(), look.Swimlanes
		if b.Version > since {
			v.Reload = true
			return nil
		}
		var ids []string
		err = db.Raw(`SELECT id FROM tasks WHERE team_id = ? AND version > ? LIMIT ?`, team.ID, since, fewChanges+1).Scan(&ids).Error
		if err != nil {
			return err
		}
		if len(ids) > fewChanges {
			v.Reload = true
			return nil
		}
		if ids, err = linked(db, ids); err != nil {
			return err
		}
		if len(ids) > 2*fewChanges {
			v.Reload = true
			return nil
		}
		by := s.sift(db, who, b, f)
		if v.Lanes, err = lanes(db, board, by); err != nil {
			return err
		}
		if look.Swimlanes != "" {
			if v.Swims, err = s.swimming(db, b, look, by).counts(); err != nil {
				return err
			}
		}
		passing, err := by.among(db, ids)
		if err != nil {
			return err
		}
		var tasks []Task
		if err := db.Omit("description").Where("board_id = ? AND id IN ?", board, ids).Order("position, id").Find(&tasks).Error; err != nil {
			return err
		}
		for _, t := range tasks {
			if t.DeletedAt != nil || t.ArchivedAt != nil || t.ColumnID == "" || !passing(t.ID) {
				v.Gone = append(v.Gone, t.ID)
			} else {
				v.Cards = append(v.Cards, Card{Task: t, Key: Key(b.Key, t.Number)})
			}
		}
		if err := s.dress(db, team.Team, pointers(v.Cards)); err != nil {
			return err
		}
		v.Moved, err = movedByThemselves(v.Cards, since)
		return err
	})
	return v, err
}

// linked adds to tasks those whose cards speak of them: their prerequisites,
// their dependents, and what else those dependents wait for.
func linked(db *gorm.DB, ids []string) ([]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var more []string
	err := db.Raw(`SELECT prerequisite_id FROM dependencies WHERE dependent_id IN ?
		UNION SELECT dependent_id FROM dependencies WHERE prerequisite_id IN ?
		UNION SELECT b.prerequisite_id FROM dependencies a JOIN dependencies b ON b.dependent_id = a.dependent_id WHERE a.prerequisite_id IN ?
		UNION SELECT task_id FROM checklist_items WHERE became_id IN ?`,
		ids, ids, ids, ids).Scan(&more).Error
	all := append(slices.Clone(ids), more...)
	slices.Sort(all)
	return slices.Compact(all), err
}

// movedByThemselves lists the automatic moves since a sequence, with their cause.
func movedByThemselves(cards []Card, since int64) ([]Moved, error) {
	var moved []Moved
	for _, c := range cards {
		if c.MovedAuto && c.MovedSeq > since {
			m := Moved{Task: TaskRef{ID: c.ID, Key: c.Key, Title: c.Title, State: c.State, BoardID: c.BoardID}, To: c.State, From: flow.Waiting, Seq: c.MovedSeq, Because: c.Because}
			if c.State == flow.Waiting {
				m.From = flow.Ready
			}
			moved = append(moved, m)
		}
	}
	return moved, nil
}

// ClosedTasks lists a board's cancelled tasks that are in no column and its
// archived ones, latest change first, Window at a time below a Version; 0 for the
// first.
func (s *Store) ClosedTasks(ctx context.Context, who Actor, board string, below int64) (v BoardView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role, v.Seq = b, team.Team, team.Role, team.Seq
		q := db.Omit("description").Where("board_id = ? AND deleted_at IS NULL AND (column_id = '' OR archived_at IS NOT NULL)", board)
		if below > 0 {
			q = q.Where("version < ?", below)
		}
		var tasks []Task
		if err := q.Order("version DESC").Limit(Window + 1).Find(&tasks).Error; err != nil {
			return err
		}
		lane := Lane{More: len(tasks) > Window}
		for _, t := range tasks[:min(len(tasks), Window)] {
			lane.Cards = append(lane.Cards, Card{Task: t, Key: Key(b.Key, t.Number)})
		}
		v.Lanes = []Lane{lane}
		return s.dress(db, team.Team, pointers(lane.Cards))
	})
	return v, err
}

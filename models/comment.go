package models

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of comments.
const (
	MaxComment     = 20_000 // characters
	CommentPage    = 50     // comments of a page
	recentComments = 20     // those that the panel shows
)

// Comment is what somebody said of a task.
type Comment struct {
	ID        string `gorm:"primaryKey"` // in the order of their making
	TaskID    string
	TeamID    string
	AuthorID  string
	Body      string // Markdown
	Mentions  string // IDs of the people it names, a space between
	CreatedAt time.Time
	EditedAt  *time.Time
}

// subject has no name: a comment that is deleted is not to be read in the log's lines.
func (c Comment) subject() ledger.Subject { return ledger.Subject{Kind: "comment", ID: c.ID} }

// CommentView is a comment as people see it.
type CommentView struct {
	Comment
	Author    Person
	Mentioned []Person
}

// CommentsView is a page of a task's comments, newest last.
type CommentsView struct {
	TaskView
	Page  []CommentView
	Older string // the page of older ones ends before this comment; empty: there is none
}

// CommentVersions is a comment with all that it said, newest first.
type CommentVersions struct {
	TaskView
	Comment  CommentView
	Versions []CommentVersion
}

// CommentVersion is what a comment said from a moment on.
type CommentVersion struct {
	At   time.Time
	Body string
}

// AddComment says something of a task. Whom it mentions is told so; the task's
// owners and watchers are told of a new comment. Who comments watches the task from
// then on, unless they do not want that.
func (s *Store) AddComment(ctx context.Context, who Actor, task, body string) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		c := Comment{ID: NewID(), TaskID: task, TeamID: tx.Team.ID, AuthorID: tx.actor.ID, CreatedAt: tx.now}
		is, named, err := tx.say(c, body)
		if err != nil {
			return err
		}
		if err := tx.create(&is, commentNote(CommentAdded, t, is, commentChanges(Comment{}, is, named))); err != nil {
			return err
		}
		if err := tx.tell(personIDs(named), task, Mentioned, tx.seq); err != nil {
			return err
		}
		tx.tellFollowers(task, Commented, tx.seq)
		if err := tx.watchCommented(task); err != nil {
			return err
		}
		return tx.touch(t)
	})
}

// EditComment changes what one's own comment says; what it said before stays to
// be seen. Whom it mentions anew is told. It returns Stale if it was edited since
// seen.
func (s *Store) EditComment(ctx context.Context, who Actor, task, comment string, seen int64, body string) error {
	return s.changeComment(ctx, who, task, comment, func(tx *Tx, t onBoard, was Comment) error {
		if was.AuthorID != tx.actor.ID {
			return fault.New(fault.Forbidden, fault.NotAllowed)
		}
		is, named, err := tx.say(was, body)
		if err != nil || is.Body == was.Body {
			return err
		}
		if err := tx.meanwhile(task, comment, seen, []string{"body"}); err != nil {
			return err
		}
		err = tx.update(&Comment{ID: comment}, map[string]any{"body": is.Body, "mentions": is.Mentions, "edited_at": tx.now},
			commentNote(CommentEdited, t, is, commentChanges(was, is, named)))
		if err != nil {
			return err
		}
		before, after := strings.Fields(was.Mentions), personIDs(named)
		anew := slices.DeleteFunc(slices.Clone(after), func(id string) bool { return slices.Contains(before, id) })
		if err := tx.tell(anew, task, Mentioned, tx.seq); err != nil {
			return err
		}
		if err := tx.unmention(was, slices.DeleteFunc(before, func(id string) bool { return slices.Contains(after, id) })); err != nil {
			return err
		}
		return tx.touch(t)
	})
}

// DeleteComment takes a comment away: one's own, or anybody's for who may edit
// the board. The log keeps it.
func (s *Store) DeleteComment(ctx context.Context, who Actor, task, comment string) error {
	return s.changeComment(ctx, who, task, comment, func(tx *Tx, t onBoard, was Comment) error {
		if was.AuthorID != tx.actor.ID && !access.Can(tx.Role, access.EditBoard) {
			return fault.New(fault.Forbidden, fault.NotAllowed)
		}
		if err := tx.delete(&Comment{ID: comment}, commentNote(CommentDeleted, t, was, commentChanges(was, Comment{}, nil))); err != nil {
			return err
		}
		if err := tx.unsay(was); err != nil {
			return err
		}
		return tx.touch(t)
	})
}

// changeComment is change for a comment of a task.
func (s *Store) changeComment(ctx context.Context, who Actor, task, comment string, fn func(*Tx, onBoard, Comment) error) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		var c Comment
		if err := tx.db.Take(&c, "id = ? AND task_id = ?", comment, task).Error; err != nil {
			return orMissing(err)
		}
		return fn(tx, t, c)
	})
}

// say checks what a comment is to say, and finds whom it mentions.
func (tx *Tx) say(c Comment, body string) (Comment, []Person, error) {
	c.Body = strings.TrimSpace(strings.ReplaceAll(body, "\r\n", "\n"))
	switch {
	case c.Body == "":
		return c, nil, fault.On("body", fault.Needed)
	case utf8.RuneCountInString(c.Body) > MaxComment:
		return c, nil, fault.On("body", fault.TooLong, MaxComment)
	}
	people, err := members(tx.db, tx.Team.ID)
	if err != nil {
		return c, nil, err
	}
	named := Mentions(c.Body, people)
	c.Mentions = strings.Join(personIDs(named), " ")
	return c, named, nil
}

func commentNote(action Action, t onBoard, c Comment, changes []ledger.Change) note {
	return note{action: action, subject: c.subject(), task: t.subject(), board: t.board.subject(), changes: changes}
}

func commentChanges(was, is Comment, named []Person) []ledger.Change {
	changes := changed("body", was.Body, is.Body, "mentions", was.Mentions, is.Mentions)
	for i, c := range changes {
		if c.Field == "mentions" {
			changes[i].ToText = personNames(named)
		}
	}
	return changes
}

// Comments reads a page of a task's comments, those before one of them; empty:
// the newest.
func (s *Store) Comments(ctx context.Context, who Actor, task, before string) (v CommentsView, err error) {
	if v.TaskView, err = s.Task(ctx, who, task); err != nil {
		return v, err
	}
	v.Page, v.Older, err = comments(s.parts.Read.WithContext(ctx), task, before, CommentPage)
	return v, err
}

// comments reads the last few comments before one, and where older ones are.
func comments(db *gorm.DB, task, before string, most int) ([]CommentView, string, error) {
	q := db.Where("task_id = ?", task)
	if before != "" {
		q = q.Where("id < ?", before)
	}
	var rows []Comment
	if err := q.Order("id DESC").Limit(most + 1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return nil, "", err
	}
	older := ""
	if len(rows) > most {
		rows = rows[:most]
		older = rows[most-1].ID
	}
	slices.Reverse(rows)
	views, err := saidBy(db, rows)
	return views, older, err
}

// saidBy gives comments the names of their people.
func saidBy(db *gorm.DB, rows []Comment) ([]CommentView, error) {
	var ids []string
	for _, c := range rows {
		ids = append(append(ids, c.AuthorID), strings.Fields(c.Mentions)...)
	}
	var people []Person
	if err := db.Raw("SELECT id, name FROM users WHERE id IN ?", ids).Scan(&people).Error; err != nil {
		return nil, err
	}
	views := make([]CommentView, len(rows))
	for i, c := range rows {
		views[i].Comment = c
		mentions := strings.Fields(c.Mentions)
		for _, p := range people {
			if p.ID == c.AuthorID {
				views[i].Author = p
			}
			if slices.Contains(mentions, p.ID) {
				views[i].Mentioned = append(views[i].Mentioned, p)
			}
		}
	}
	return views, nil
}

// CommentVersions reads all that a comment said, from the log.
func (s *Store) CommentVersions(ctx context.Context, who Actor, task, comment string) (v CommentVersions, err error) {
	if v.TaskView, err = s.Task(ctx, who, task); err != nil {
		return v, err
	}
	db := s.parts.Read.WithContext(ctx)
	var c Comment
	if err := db.Take(&c, "id = ? AND task_id = ?", comment, task).Error; err != nil {
		return v, orMissing(err)
	}
	named, err := saidBy(db, []Comment{c})
	if err != nil {
		return v, err
	}
	v.Comment = named[0]
	var data []string
	err = db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND action IN ? ORDER BY seq DESC",
		v.Team.ID, task, []Action{CommentAdded, CommentEdited}).Scan(&data).Error
	if err != nil {
		return v, err
	}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return v, err
		}
		for _, change := range e.Changes {
			if e.Subject.ID == comment && change.Field == "body" {
				v.Versions = append(v.Versions, CommentVersion{At: e.At, Body: change.To})
			}
		}
	}
	return v, nil
}

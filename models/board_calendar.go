package models

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
)

// CalendarView is a board's tasks on the days that they are due.
type CalendarView struct {
	BoardView // its lanes have no cards
	Span      Span
	Calendar  flow.Calendar // which days the team works
	Days      []CalendarDay // all that are shown, in order
	Undated   []Card        // a page of the open tasks without a date
	UndatedN  int           // all of them
}

// CalendarDay is one day of a calendar.
type CalendarDay struct {
	Day   time.Time
	Count int    // tasks that are due on it
	Cards []Card // the first of them
}

// DayWindow is how many tasks of a day a span shows at a time.
var DayWindow = map[string]int{SpanMonth: 3, SpanWeek: 30, SpanDay: 100}

// TrayWindow is how many tasks without a date are shown at a time.
const TrayWindow = 25

// Calendar reads a span of a board's calendar: the tasks on the board that pass a
// filter, on each day the open ones first, the most urgent of them at the top.
func (s *Store) Calendar(ctx context.Context, who Actor, board string, span Span, f BoardFilter) (v CalendarView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		by, err := s.lookAt(db, who, board, f, &v.BoardView)
		if err != nil {
			return err
		}
		v.Span, v.Calendar = span, v.Team.calendar()
		if err := v.readDays(db, by); err != nil {
			return err
		}
		if err := v.readTray(db, by); err != nil {
			return err
		}
		return v.readOwners(db)
	})
	return v, err
}

// onIt is the condition that a task is to be seen on its board.
const onIt = "tasks.board_id = ? AND tasks.column_id <> '' AND tasks.deleted_at IS NULL AND tasks.archived_at IS NULL"

// cardColumns are what a card outside its column shows.
const cardColumns = `tasks.id, tasks.team_id, tasks.board_id, tasks.column_id, tasks.number, tasks.title, tasks.state, tasks.position, tasks.due,
	tasks.estimate, tasks.priority, tasks.not_before, tasks.at_risk, tasks.blocked, tasks.blocked_reason, tasks.done_at, tasks.version`

// onDay orders the tasks of one day.
const onDay = "CASE WHEN tasks.state IN ('done', 'cancelled') THEN 1 ELSE 0 END, tasks.priority DESC, tasks.number"

func (v *CalendarView) readDays(db *gorm.DB, by sift) error {
	from, until := v.Span.Shown()
	at := map[Date]int{}
	for day := from; !day.After(until); day = day.AddDate(0, 0, 1) {
		at[Date(day.Format(time.DateOnly))] = len(v.Days)
		v.Days = append(v.Days, CalendarDay{Day: day})
	}
	size := DayWindow[v.Span.Kind]
	var rows []struct {
		Task
		Place, N int
	}
	args := append([]any{v.Board.ID, from.Format(time.DateOnly), until.Format(time.DateOnly)}, by.args...)
	err := db.Raw(`SELECT * FROM (SELECT `+cardColumns+`, ROW_NUMBER() OVER (PARTITION BY tasks.due ORDER BY `+onDay+`) AS place,
		COUNT(*) OVER (PARTITION BY tasks.due) AS n FROM tasks WHERE `+onIt+` AND tasks.due >= ? AND tasks.due <= ?`+by.more()+`) AS placed
		WHERE place > ? AND place <= ? ORDER BY due, place`, append(args, size*(v.Span.Page-1), size*v.Span.Page)...).Scan(&rows).Error
	for _, r := range rows {
		day := &v.Days[at[r.Due]]
		day.Count = r.N
		day.Cards = append(day.Cards, Card{Task: r.Task, Key: Key(v.Board.Key, r.Number)})
	}
	return err
}

func (v *CalendarView) readTray(db *gorm.DB, by sift) error {
	const without = onIt + " AND tasks.due = '' AND tasks.state IN ?"
	args := append([]any{v.Board.ID, openStates}, by.args...)
	if err := db.Raw("SELECT COUNT(*) FROM tasks WHERE "+without+by.more(), args...).Row().Scan(&v.UndatedN); err != nil {
		return err
	}
	var tasks []Task
	err := db.Raw("SELECT "+cardColumns+" FROM tasks WHERE "+without+by.more()+" ORDER BY tasks.priority DESC, tasks.number LIMIT ? OFFSET ?",
		append(args, TrayWindow, TrayWindow*(v.Span.Tray-1))...).Scan(&tasks).Error
	for _, t := range tasks {
		v.Undated = append(v.Undated, Card{Task: t, Key: Key(v.Board.Key, t.Number)})
	}
	return err
}

// readOwners names the owners of all tasks that are shown.
func (v *CalendarView) readOwners(db *gorm.DB) error {
	cards := pointers(v.Undated)
	for i := range v.Days {
		cards = append(cards, pointers(v.Days[i].Cards)...)
	}
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	owners, err := ownersOf(db, ids)
	for _, c := range cards {
		c.Owners = owners[c.ID]
	}
	return err
}

// AddTaskOn adds a task that is due on a day, ready, at the bottom of its column.
// It returns Invalid faults for title and due, and ColumnFull where a hard limit
// would be passed.
func (s *Store) AddTaskOn(ctx context.Context, who Actor, board string, due Date, title string) (made Task, err error) {
	err = s.change(ctx, who, ofBoard(board), access.EditTask, func(tx *Tx) error {
		title = strings.TrimSpace(title)
		var faults []*fault.Fault
		if title == "" {
			faults = append(faults, fault.On("title", fault.Needed))
		}
		if utf8.RuneCountInString(title) > MaxTitle {
			faults = append(faults, fault.On("title", fault.TooLong, MaxTitle))
		}
		if _, err := time.Parse(time.DateOnly, string(due)); err != nil {
			faults = append(faults, fault.On("due", fault.NotADate))
		}
		if err := fault.All(faults...); err != nil {
			return err
		}
		t, err := tx.makeTask(board, draft{Task: Task{Title: title, Due: due}})
		made = t.Task
		return err
	})
	return made, err
}

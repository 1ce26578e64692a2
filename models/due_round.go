package models

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// lateFor is how many days after it a due date is told of at most: what is overdue for
// longer, its people know, or it came from elsewhere that way.
const lateFor = 14

// TellDue goes round the time zones in which a new morning has come since the last
// time, once a day each. It tells those whom a task concerns in person that it is due
// by the next working day, on a working day, and the morning after that it is
// overdue. For one date nobody is told either twice; so it does no harm again, or
// late: after a pause it tells what still holds.
func (s *Store) TellDue(ctx context.Context) error {
	read := s.parts.Read.WithContext(ctx)
	var zones []string
	if err := read.Raw("SELECT DISTINCT u.zone FROM users u JOIN memberships m ON m.user_id = u.id ORDER BY u.zone").Scan(&zones).Error; err != nil {
		return fmt.Errorf("zones of people: %w", err)
	}
	var rounds []struct{ Zone, Day string }
	if err := read.Raw("SELECT zone, day FROM due_rounds").Scan(&rounds).Error; err != nil {
		return fmt.Errorf("rounds made: %w", err)
	}
	made := map[string]string{}
	for _, r := range rounds {
		made[r.Zone] = r.Day
	}
	for _, zone := range zones {
		now := s.now().In(Zone(zone))
		if today := now.Format(time.DateOnly); now.Hour() >= Morning && made[zone] < today {
			if err := s.dueRound(ctx, zone, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// dueRound tells the people of a zone what is due as their day begins.
func (s *Store) dueRound(ctx context.Context, zone string, now time.Time) error {
	today := Date(now.Format(time.DateOnly))
	first := Date(now.AddDate(0, 0, -lateFor).Format(time.DateOnly))
	last := Date(now.AddDate(0, 0, lateFor).Format(time.DateOnly)) // a team's calendar says how far exactly
	var teams []string
	err := s.parts.Read.WithContext(ctx).Raw("SELECT DISTINCT team_id FROM ("+dueFor+") d ORDER BY team_id", dueArgs(zone, first, last)...).Scan(&teams).Error
	if err != nil {
		return fmt.Errorf("teams with something due in %s: %w", zone, err)
	}
	for _, team := range teams {
		err := s.change(ctx, automation, inTeam(team), access.SeeBoard, func(tx *Tx) error { return tx.tellDue(zone, today, first) })
		if f := fault.From(err); err != nil && (f == nil || f.Kind != fault.Missing) {
			return err
		}
	}
	return s.unlogged(ctx, func(db *gorm.DB) error {
		return db.Exec("INSERT INTO due_rounds (zone, day) VALUES (?, ?) ON CONFLICT (zone) DO UPDATE SET day = excluded.day", zone, today).Error
	})
}

// dueFor finds the open tasks with a date in a span, and the people of a zone who own
// or watch them. Whoever watches a whole board is not told of every date on it.
const dueFor = `SELECT t.team_id, t.id, t.board_id, t.due, u.id AS user_id, f.because
	FROM tasks t
	JOIN (SELECT task_id, user_id, 'owner' AS because FROM task_owners
		UNION ALL SELECT task_id, user_id, 'watcher' FROM task_watchers) f ON f.task_id = t.id
	JOIN users u ON u.id = f.user_id AND u.zone = ?
	JOIN boards b ON b.id = t.board_id AND b.archived_at IS NULL
	WHERE t.due <> '' AND t.due BETWEEN ? AND ? AND t.state IN ('waiting', 'ready', 'in_progress', 'in_review')
	AND t.deleted_at IS NULL AND t.archived_at IS NULL`

func dueArgs(zone string, first, last Date) []any { return []any{zone, first, last} }

// tellDue tells the members of the team who live in the zone; it changes nothing of the
// team's, and is recorded by the notices alone.
func (tx *Tx) tellDue(zone string, today, first Date) error {
	day, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		return err
	}
	last := Date(day.AddDate(0, 0, -1).Format(time.DateOnly))
	if calendar := tx.Team.calendar(); calendar.Works(day) {
		last = Date(calendar.Shift(day, 1, true).Format(time.DateOnly))
	}
	all, err := tx.dueTellings(today, append(dueArgs(zone, first, last), tx.Team.ID))
	if err != nil {
		return err
	}
	late := map[NoticeKind][]string{}
	for _, t := range all {
		late[t.kind] = append(late[t.kind], t.task)
	}
	for part := range slices.Chunk(late[PastDue], chunk) { // what was soon is over
		if _, err := tx.takeBack("kind = ? AND task_id IN ? AND about < ? AND user_id IN (SELECT id FROM users WHERE zone = ?)", DueSoon, part, today, zone); err != nil {
			return err
		}
	}
	return tx.deliver(all)
}

// dueTellings are what is to be told of dates today and has not been.
func (tx *Tx) dueTellings(today Date, args []any) ([]telling, error) {
	var all []telling
	tx.boardsOf = map[string]string{}
	known := map[toldOf]bool{}
	err := tx.each("SELECT d.id, d.board_id, d.due, d.user_id, d.because FROM ("+dueFor+` AND t.team_id = ?) d
		ORDER BY d.id, d.user_id, d.because`, args, func(rows *sql.Rows) error {
		t := telling{kind: DueSoon, seq: tx.seq}
		var board string
		if err := rows.Scan(&t.task, &board, &t.about, &t.person, &t.because); err != nil {
			return err
		}
		if t.about < today {
			t.kind = PastDue
		}
		tx.boardsOf[t.task] = board
		if who := (toldOf{t.person, t.task}); !known[who] { // an owner who watches is told as one
			known[who] = true
			all = append(all, t)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	done, err := tx.dueTold(all)
	return slices.DeleteFunc(all, func(t telling) bool { return done[dueNotice{t.person, t.task, t.kind, t.about}] }), err
}

// dueNotice is what nobody is told twice.
type dueNotice struct {
	person, task string
	kind         NoticeKind
	about        Date
}

func (tx *Tx) dueTold(all []telling) (map[dueNotice]bool, error) {
	done := map[dueNotice]bool{}
	for part := range slices.Chunk(all, chunk) {
		ids := make([]string, len(part))
		for i, t := range part {
			ids[i] = t.task
		}
		err := tx.each("SELECT user_id, task_id, kind, about FROM notices WHERE about <> '' AND task_id IN "+places(len(ids)), anys(ids), func(rows *sql.Rows) error {
			var n dueNotice
			err := rows.Scan(&n.person, &n.task, &n.kind, &n.about)
			done[n] = true
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return done, nil
}

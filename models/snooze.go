package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// Until names a time at which something snoozed comes back.
type Until string

const (
	LaterToday Until = "later"    // in three hours
	Tomorrow   Until = "tomorrow" // morning
	NextMonday Until = "monday"   // morning
	OnADay     Until = "day"      // its morning
)

// Untils lists every choice.
var Untils = []Until{LaterToday, Tomorrow, NextMonday, OnADay}

const (
	// Morning is the hour at which a day's notices come, in each person's zone.
	Morning = 8
	// laterBy is how much later "later today" is.
	laterBy = 3 * time.Hour
	// MaxSnooze is how many days ahead something can be snoozed.
	MaxSnooze = 366
)

// Choose is the moment that a choice means at now, in the zone of now. Later today is
// not a choice once that is tomorrow. It returns Invalid faults for the fields until
// and day.
func (u Until) Choose(now time.Time, day Date) (time.Time, error) {
	y, m, d := now.Date()
	morning := func(days int) time.Time { return time.Date(y, m, d+days, Morning, 0, 0, 0, now.Location()) }
	switch u {
	case LaterToday:
		if at := now.Add(laterBy).Truncate(time.Minute); at.Day() == d {
			return at, nil
		}
	case Tomorrow:
		return morning(1), nil
	case NextMonday:
		return morning((int(time.Monday)-int(now.Weekday())+6)%7 + 1), nil
	case OnADay:
		on, err := time.ParseInLocation(time.DateOnly, string(day), now.Location())
		if err != nil {
			return time.Time{}, fault.On("day", fault.NotADate)
		}
		at := time.Date(on.Year(), on.Month(), on.Day(), Morning, 0, 0, 0, now.Location())
		if !at.After(now) {
			return time.Time{}, fault.On("day", fault.SnoozePast)
		}
		if at.After(morning(MaxSnooze)) {
			return time.Time{}, fault.On("day", fault.SnoozeFar, MaxSnooze)
		}
		return at, nil
	}
	return time.Time{}, fault.On("until", fault.NotAChoice)
}

// WakeJob brings back what somebody snoozed until its time. It does no harm twice,
// early or late.
type WakeJob struct {
	User string `json:"user"`
}

// Kind names the job's worker.
func (WakeJob) Kind() string { return "wake" }

// SnoozeTask puts all that the actor was told of a task out of sight until a time, and
// what they will be told of it until then. It comes back as unread.
func (s *Store) SnoozeTask(ctx context.Context, who Actor, task string, until Until, day Date) (time.Time, error) {
	return s.snooze(ctx, who, noticesOf(task), until, day, func(db *gorm.DB, at time.Time) error {
		return db.Exec(`INSERT INTO snoozed_tasks (user_id, task_id, team_id, until)
			SELECT m.user_id, t.id, t.team_id, ? FROM tasks t JOIN memberships m ON m.team_id = t.team_id AND m.user_id = ? WHERE t.id = ?
			ON CONFLICT (user_id, task_id) DO UPDATE SET until = excluded.until`, at, who.ID, task).Error
	})
}

// SnoozeNotice puts one notice of the actor's out of sight until a time.
func (s *Store) SnoozeNotice(ctx context.Context, who Actor, notice string, until Until, day Date) (time.Time, error) {
	return s.snooze(ctx, who, oneNotice(notice), until, day, func(*gorm.DB, time.Time) error { return nil })
}

func (s *Store) snooze(ctx context.Context, who Actor, chosen chosenNotices, until Until, day Date, besides func(*gorm.DB, time.Time) error) (time.Time, error) {
	if err := chosen.sees(s.parts.Read.WithContext(ctx), who); err != nil {
		return time.Time{}, err
	}
	at, err := until.Choose(s.now().In(Zone(who.Zone)), day)
	if err != nil {
		return at, err
	}
	at = at.UTC()
	where, args := chosen.where(who, "cleared_at IS NULL")
	return at, s.ownState(ctx, who, func(db *gorm.DB) error {
		err := db.Exec("UPDATE notices SET snoozed_until = ?, read_at = NULL WHERE "+where, append([]any{at}, args...)...).Error
		if err != nil {
			return err
		}
		if err := besides(db, at); err != nil {
			return err
		}
		return s.parts.Enqueue(ctx, db, WakeJob{User: who.ID}, at)
	})
}

// WakeTask brings back at once what the actor snoozed of a task.
func (s *Store) WakeTask(ctx context.Context, who Actor, task string) error {
	if _, err := sees(s.parts.Read.WithContext(ctx), who, ofTask(task), access.SeeBoard); err != nil {
		return err
	}
	return s.ownState(ctx, who, func(db *gorm.DB) error {
		if err := db.Exec("DELETE FROM snoozed_tasks WHERE user_id = ? AND task_id = ?", who.ID, task).Error; err != nil {
			return err
		}
		return wake(db, "user_id = ? AND task_id = ? AND snoozed_until IS NOT NULL", who.ID, task)
	})
}

// Wake does a WakeJob.
func (s *Store) Wake(ctx context.Context, job WakeJob) error {
	return s.ownState(ctx, Actor{ID: job.User}, func(db *gorm.DB) error {
		if err := db.Exec("DELETE FROM snoozed_tasks WHERE user_id = ? AND until <= ?", job.User, s.now()).Error; err != nil {
			return err
		}
		return wake(db, "user_id = ? AND snoozed_until <= ?", job.User, s.now())
	})
}

// wake brings notices back as unread and as the newest.
func wake(db *gorm.DB, where string, args ...any) error {
	err := db.Exec("UPDATE notices SET snoozed_until = NULL, read_at = NULL, place = ? WHERE "+where, append([]any{NewID()}, args...)...).Error
	if err != nil {
		return fmt.Errorf("wake notices: %w", err)
	}
	return nil
}

// WakeAll wakes whatever is past its time, should a timer have been lost.
func (s *Store) WakeAll(ctx context.Context) error {
	var people []string
	err := s.parts.Read.WithContext(ctx).Raw("SELECT user_id FROM notices WHERE snoozed_until <= ? UNION SELECT user_id FROM snoozed_tasks WHERE until <= ?",
		s.now(), s.now()).Scan(&people).Error
	if err != nil {
		return err
	}
	slices.Sort(people)
	for _, id := range people {
		if err := s.Wake(ctx, WakeJob{User: id}); err != nil {
			return err
		}
	}
	return nil
}

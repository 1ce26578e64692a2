package models

import (
	"context"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"relevo/models/fault"
)

// Channel is a way in which people are told.
type Channel string

// InInbox is the only channel so far.
const InInbox Channel = "inbox"

// Channels lists every channel.
var Channels = []Channel{InInbox}

// Choices are what somebody wants to be told, and how.
type Choices struct {
	Wanted           map[Channel]map[NoticeKind]bool // every kind that there is
	WatchesCommented bool                            // they watch what they comment on
}

// ChoicesView is a person's choices, and what they watch and mute.
type ChoicesView struct {
	Choices
	WatchedBoards, MutedBoards []Heeded
	WatchedTasks, MutedTasks   []Heeded
}

// Heeded is a board or a task that somebody watches or mutes.
type Heeded struct {
	ID, Name, Key, Team string
}

// MostHeeded is how many of each are listed, the newest.
const MostHeeded = 100

// Choices reads what the actor wants to be told.
func (s *Store) Choices(ctx context.Context, who Actor) (v ChoicesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		user, err := userBy(db, "id = ?", who.ID)
		if err != nil {
			return err
		}
		v.WatchesCommented = user.WatchesCommented
		if v.Wanted, err = wanted(db, who); err != nil {
			return err
		}
		for list, of := range map[*[]Heeded]string{
			&v.WatchedTasks: "task_watchers", &v.MutedTasks: "muted_tasks", &v.WatchedBoards: "board_watchers", &v.MutedBoards: "muted_boards",
		} {
			if *list, err = heeded(db, who, of); err != nil {
				return err
			}
		}
		return nil
	})
	return v, err
}

func wanted(db *gorm.DB, who Actor) (map[Channel]map[NoticeKind]bool, error) {
	all := map[Channel]map[NoticeKind]bool{}
	for _, c := range Channels {
		all[c] = map[NoticeKind]bool{}
		for _, k := range NoticeKinds {
			all[c][k] = true
		}
	}
	var chosen []struct {
		Channel Channel
		Kind    NoticeKind
		Wanted  bool
	}
	err := db.Raw("SELECT channel, kind, wanted FROM notice_choices WHERE user_id = ?", who.ID).Scan(&chosen).Error
	for _, c := range chosen {
		if _, known := all[c.Channel]; known {
			all[c.Channel][c.Kind] = c.Wanted
		}
	}
	return all, err
}

// heeded lists what somebody watches or mutes, from the table that says so.
func heeded(db *gorm.DB, who Actor, table string) (list []Heeded, err error) {
	query := `SELECT b.id, b.name, '' AS "key", tm.name AS team FROM ` + table + ` h JOIN boards b ON b.id = h.board_id`
	if table == "task_watchers" || table == "muted_tasks" {
		query = `SELECT t.id, t.title AS name, b."key" || '-' || t.number AS "key", tm.name AS team FROM ` + table + ` h
			JOIN tasks t ON t.id = h.task_id AND t.deleted_at IS NULL JOIN boards b ON b.id = t.board_id`
	}
	err = db.Raw(query+" JOIN teams tm ON tm.id = h.team_id WHERE h.user_id = ? ORDER BY h.created_at DESC LIMIT ?", who.ID, MostHeeded).Scan(&list).Error
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", table, err)
	}
	return list, nil
}

// Choose keeps what the actor wants to be told from now on. It is their own, and not
// in the log.
func (s *Store) Choose(ctx context.Context, who Actor, in Choices) error {
	for channel, kinds := range in.Wanted {
		for kind := range kinds {
			if !slices.Contains(Channels, channel) || !slices.Contains(NoticeKinds, kind) {
				return fault.On("kind", fault.NotAChoice)
			}
		}
	}
	return s.ownState(ctx, who, func(db *gorm.DB) error {
		err := one(db.Exec("UPDATE users SET watches_commented = ? WHERE id = ?", in.WatchesCommented, who.ID))
		if err != nil {
			return err
		}
		for _, channel := range Channels {
			for _, kind := range NoticeKinds {
				want, said := in.Wanted[channel][kind]
				if !said {
					continue
				}
				err := db.Exec(`INSERT INTO notice_choices (user_id, kind, channel, wanted) VALUES (?, ?, ?, ?)
					ON CONFLICT (user_id, channel, kind) DO UPDATE SET wanted = excluded.wanted`, who.ID, kind, channel, want).Error
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
}

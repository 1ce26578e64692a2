package models

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// LogSaved is a way to ask a team's log that has a name. A shared one is for all who
// may read the log, and changes of it are in the log; one's own is nobody else's
// business. Their limits are those of saved views.
type LogSaved struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	UserID    *string // whose own it is; nil: shared
	Name      string  // unique among the shared ones of its team, or among one's own, whatever the case
	Query     string  // as LogQuery.Address writes it
	CreatedAt time.Time
}

// TableName is what the database calls them.
func (LogSaved) TableName() string { return "log_filters" }

// Shared reports whether the filter is for all who may read the log.
func (f LogSaved) Shared() bool { return f.UserID == nil }

func (f LogSaved) subject() ledger.Subject {
	return ledger.Subject{Kind: "filter", ID: f.ID, Name: f.Name}
}

// Address is what the query is called in an address, always written the same way; the
// page that one is on is no part of it.
func (q LogQuery) Address() string {
	at := url.Values{}
	for _, asked := range q.Each() {
		if asked.Value != "" {
			at.Set(asked.Name, asked.Value)
		}
	}
	return at.Encode()
}

// ReadLogQuery understands an address.
func ReadLogQuery(at url.Values) LogQuery {
	return LogQuery{Person: at.Get("person"), Action: at.Get("action"), Board: at.Get("board"), Task: at.Get("task"), Run: at.Get("run"),
		Template: at.Get("template"), Role: at.Get("role"), From: at.Get("from"), To: at.Get("to"), By: at.Get("by"), Words: at.Get("words")}
}

// SavedLogs are the saved filters of a team's log that somebody can open, by name.
type SavedLogs struct {
	Team        MyTeam
	Own, Shared []LogSaved
}

// All lists one's own, then the shared ones.
func (v SavedLogs) All() []LogSaved { return slices.Concat(v.Own, v.Shared) }

// Filters lists the saved filters of a team's log.
func (s *Store) Filters(ctx context.Context, who Actor, team string) (v SavedLogs, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		v, err = filtersOf(db, who, v.Team)
		return err
	})
	return v, err
}

func filtersOf(db *gorm.DB, who Actor, team MyTeam) (v SavedLogs, err error) {
	v.Team = team
	var all []LogSaved
	if err := db.Find(&all, "team_id = ? AND (user_id IS NULL OR user_id = ?)", team.ID, who.ID).Error; err != nil {
		return v, err
	}
	slices.SortFunc(all, func(a, b LogSaved) int { return strings.Compare(fold(a.Name)+a.ID, fold(b.Name)+b.ID) })
	for _, f := range all {
		if f.Shared() {
			v.Shared = append(v.Shared, f)
		} else {
			v.Own = append(v.Own, f)
		}
	}
	return v, nil
}

// SaveFilter gives a way to ask the log a name. It returns Invalid faults for the
// field name.
func (s *Store) SaveFilter(ctx context.Context, who Actor, team, name string, q LogQuery, shared bool) (f LogSaved, err error) {
	f = LogSaved{ID: NewID(), TeamID: team, Query: q.Address()}
	if len(f.Query) > maxViewQuery {
		return f, fault.On("name", fault.BadRequest)
	}
	err = s.changeFilters(ctx, who, team, shared, func(tx *Tx, all []LogSaved) error {
		if !shared {
			f.UserID = &who.ID
		}
		if f.Name, err = f.called(name, all); err != nil {
			return err
		}
		f.CreatedAt = s.now()
		if shared {
			return tx.create(&f, filterNote(FilterAdded, LogSaved{}, f))
		}
		return tx.rows().Create(&f).Error
	})
	return f, err
}

// RenameFilter gives a saved filter another name. It returns Invalid faults for name.
func (s *Store) RenameFilter(ctx context.Context, who Actor, team, filter, name string) error {
	return s.onFilter(ctx, who, team, filter, func(tx *Tx, was LogSaved, all []LogSaved) (err error) {
		is := was
		if is.Name, err = was.called(name, all); err != nil || is.Name == was.Name {
			return err
		}
		columns := map[string]any{"name": is.Name}
		if was.Shared() {
			return tx.update(&LogSaved{ID: filter}, columns, filterNote(FilterEdited, was, is))
		}
		return one(tx.rows().Model(&LogSaved{ID: filter}).Updates(columns))
	})
}

// RemoveFilter forgets a saved filter.
func (s *Store) RemoveFilter(ctx context.Context, who Actor, team, filter string) error {
	return s.onFilter(ctx, who, team, filter, func(tx *Tx, was LogSaved, _ []LogSaved) error {
		if was.Shared() {
			return tx.delete(&LogSaved{ID: filter}, filterNote(FilterRemoved, was, LogSaved{}))
		}
		return one(tx.rows().Delete(&LogSaved{ID: filter}))
	})
}

// ShareFilter makes one's own filter one for all who may read the log, or a shared
// one's own again; then the others lose it.
func (s *Store) ShareFilter(ctx context.Context, who Actor, team, filter string, shared bool) error {
	return s.onFilter(ctx, who, team, filter, func(tx *Tx, was LogSaved, _ []LogSaved) (err error) {
		if was.Shared() == shared {
			return nil
		}
		others, err := filtersAmong(tx.db, who, team, shared)
		if err != nil {
			return err
		}
		if _, err := was.called(was.Name, others); err != nil {
			return err
		}
		if shared {
			return tx.update(&LogSaved{ID: filter}, map[string]any{"user_id": nil}, filterNote(FilterAdded, LogSaved{}, was))
		}
		return tx.update(&LogSaved{ID: filter}, map[string]any{"user_id": who.ID}, filterNote(FilterRemoved, was, LogSaved{}))
	})
}

func (f LogSaved) called(name string, all []LogSaved) (string, error) {
	others := map[string]string{}
	for _, o := range all {
		others[o.ID] = o.Name
	}
	return ownName(f.ID, name, others)
}

// changeFilters changes the shared filters of a team, or one's own. Changes of one's
// own record no entry.
func (s *Store) changeFilters(ctx context.Context, who Actor, team string, shared bool, fn func(*Tx, []LogSaved) error) error {
	return s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		all, err := filtersAmong(tx.db, who, team, shared)
		if err != nil {
			return err
		}
		return fn(tx, all)
	})
}

func filtersAmong(db *gorm.DB, who Actor, team string, shared bool) (all []LogSaved, err error) {
	if shared {
		return all, db.Find(&all, "team_id = ? AND user_id IS NULL", team).Error
	}
	return all, db.Find(&all, "team_id = ? AND user_id = ?", team, who.ID).Error
}

// onFilter changes one filter, among those that have its names to themselves.
// Somebody else's own is Missing.
func (s *Store) onFilter(ctx context.Context, who Actor, team, filter string, fn func(*Tx, LogSaved, []LogSaved) error) error {
	return s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		var was LogSaved
		if err := tx.db.Take(&was, "id = ? AND team_id = ? AND (user_id IS NULL OR user_id = ?)", filter, team, who.ID).Error; err != nil {
			return orMissing(err)
		}
		all, err := filtersAmong(tx.db, who, team, was.Shared())
		if err != nil {
			return err
		}
		return fn(tx, was, all)
	})
}

// filterNote is of a shared filter, as it is or was.
func filterNote(action Action, was, is LogSaved) note {
	f := is
	if f.ID == "" {
		f = was
	}
	n := note{action: action, subject: f.subject()}
	if action != FilterRemoved {
		n.changes = changed("name", was.Name, is.Name, "query", was.Query, is.Query)
	}
	return n
}

package models

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of saved views.
const (
	MaxViewName = 60 // characters
	MaxViews    = 50 // of one board that are shared, and as many of each person's own
)

// SavedView is a way to look at a board that has a name. A shared one is for all who
// see the board, and changes of it are in the log; one's own is nobody else's business.
type SavedView struct {
	ID        string `gorm:"primaryKey"`
	BoardID   string
	UserID    *string // whose own it is; nil: shared
	Name      string  // unique among the shared ones of its board, or among one's own, whatever the case
	Face      string  // one of Faces
	Query     string  // as ViewQuery writes it
	CreatedAt time.Time
}

// TableName is what the database calls them.
func (SavedView) TableName() string { return "views" }

// Shared reports whether the view is for all who see the board.
func (v SavedView) Shared() bool { return v.UserID == nil }

func (v SavedView) subject() ledger.Subject {
	return ledger.Subject{Kind: "view", ID: v.ID, Name: v.Name}
}

// SavedViews are the views of a board that somebody can open, by name.
type SavedViews struct {
	Team    Team
	Board   Board
	Role    access.Role
	Own     []SavedView
	Shared  []SavedView
	Default string // the one that the board opens with for them; empty: none
}

// ViewInput is what a person says of a view to be saved.
type ViewInput struct {
	Name    string
	Face    string
	Query   url.Values // the address that it is saved from
	Shared  bool       // with all who see the board; managers may
	Default bool       // the board opens with it from now on
}

// ViewEdit is what a person changes of a view; nil leaves it as it is.
type ViewEdit struct {
	Name *string
	Look *ViewLook
}

// ViewLook is what a view shows.
type ViewLook struct {
	Face  string
	Query url.Values
}

// Views lists the saved views of a board: the shared ones and one's own.
func (s *Store) Views(ctx context.Context, who Actor, board string) (v SavedViews, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		v.Board, v.Team, v.Role = b, team.Team, team.Role
		all, err := viewsOf(db, who, board)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.Shared() {
				v.Shared = append(v.Shared, one)
			} else {
				v.Own = append(v.Own, one)
			}
		}
		opens, err := defaultView(db, who, board)
		v.Default = opens.ID
		return err
	})
	return v, err
}

// viewsOf are all views of a board that somebody can open, by name.
func viewsOf(db *gorm.DB, who Actor, board string) (all []SavedView, err error) {
	err = db.Where("board_id = ? AND (user_id IS NULL OR user_id = ?)", board, who.ID).Find(&all).Error
	slices.SortFunc(all, func(a, b SavedView) int { return strings.Compare(fold(a.Name)+a.ID, fold(b.Name)+b.ID) })
	return all, err
}

// View reads one view of a board. Somebody else's own is Missing.
func (s *Store) View(ctx context.Context, who Actor, board, view string) (v SavedView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if _, _, err := seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		v, err = viewOf(db, who, board, view)
		return err
	})
	return v, err
}

func viewOf(db *gorm.DB, who Actor, board, view string) (v SavedView, err error) {
	err = db.Take(&v, "id = ? AND board_id = ? AND (user_id IS NULL OR user_id = ?)", view, board, who.ID).Error
	return v, orMissing(err)
}

// DefaultView reads the view that a board opens with for somebody. Without one, or
// for a stranger, it is zero.
func (s *Store) DefaultView(ctx context.Context, who Actor, board string) (SavedView, error) {
	return defaultView(s.parts.Read.WithContext(ctx), who, board)
}

func defaultView(db *gorm.DB, who Actor, board string) (v SavedView, err error) {
	err = db.Raw(`SELECT v.* FROM view_defaults d JOIN views v ON v.id = d.view_id AND v.board_id = d.board_id
		JOIN boards b ON b.id = d.board_id JOIN memberships m ON m.team_id = b.team_id AND m.user_id = d.user_id WHERE d.user_id = ? AND d.board_id = ? AND (v.user_id IS NULL OR v.user_id = d.user_id)`, who.ID, board).Scan(&v).Error
	return v, err
}

// SaveView gives a way to look at a board a name. It returns Invalid faults by field.
func (s *Store) SaveView(ctx context.Context, who Actor, board string, in ViewInput) (v SavedView, err error) {
	v = SavedView{ID: NewID(), BoardID: board, Name: in.Name}
	if !in.Shared {
		v.UserID = &who.ID
	}
	if v, err = v.showing(ViewLook{in.Face, in.Query}); err != nil {
		return v, err
	}
	if in.Shared {
		err = s.changeShared(ctx, who, board, func(tx *Tx, b Board, shared []SavedView) error {
			v.CreatedAt = tx.now
			if v, err = v.called(in.Name, shared); err != nil {
				return err
			}
			return tx.create(&v, viewNote(ViewAdded, b, SavedView{}, v))
		})
	} else {
		err = s.changeOwn(ctx, who, board, func(db *gorm.DB, own []SavedView) error {
			v.CreatedAt = s.now()
			if v, err = v.called(in.Name, own); err != nil {
				return err
			}
			return db.Create(&v).Error
		})
	}
	if err == nil && in.Default {
		err = s.OpenWith(ctx, who, board, v.ID)
	}
	return v, err
}

// changeShared is change for the shared views of a board.
func (s *Store) changeShared(ctx context.Context, who Actor, board string, fn func(tx *Tx, b Board, shared []SavedView) error) error {
	return s.change(ctx, who, ofBoard(board), access.EditBoard, func(tx *Tx) error {
		b, err := tx.board(board)
		if err != nil {
			return err
		}
		var shared []SavedView
		if err := tx.db.Find(&shared, "board_id = ? AND user_id IS NULL", board).Error; err != nil {
			return err
		}
		return fn(tx, b, shared)
	})
}

// changeOwn lets somebody change their own views of a board that they see.
func (s *Store) changeOwn(ctx context.Context, who Actor, board string, fn func(db *gorm.DB, own []SavedView) error) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		if _, _, err := seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		var own []SavedView
		if err := db.Find(&own, "board_id = ? AND user_id = ?", board, who.ID).Error; err != nil {
			return err
		}
		return fn(db, own)
	})
}

// called is the view with a name that none of the others has; it may be among them.
func (v SavedView) called(name string, all []SavedView) (is SavedView, err error) {
	others := map[string]string{}
	for _, o := range all {
		others[o.ID] = o.Name
	}
	v.Name, err = ownName(v.ID, name, others)
	return v, err
}

// ownName is a name for what is saved under one: not that of another, by their IDs,
// whatever the case.
func ownName(id, name string, all map[string]string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	others := 0
	for other, taken := range all {
		if other == id {
			continue
		}
		if others++; strings.EqualFold(taken, name) {
			return name, fault.On("name", fault.ViewTaken, name)
		}
	}
	switch {
	case name == "":
		return name, fault.On("name", fault.Needed)
	case utf8.RuneCountInString(name) > MaxViewName:
		return name, fault.On("name", fault.TooLong, MaxViewName)
	case others >= MaxViews:
		return name, fault.On("name", fault.TooManyViews, MaxViews)
	}
	return name, nil
}

// maxViewQuery bounds an address that is kept: no filter of ours is that long.
const maxViewQuery = 8000

// showing is the view of another face and query.
func (v SavedView) showing(l ViewLook) (SavedView, error) {
	if !slices.Contains(Faces, l.Face) {
		return v, fault.On("face", fault.NotAChoice)
	}
	v.Face, v.Query = l.Face, ViewQuery(l.Face, l.Query)
	if len(v.Query) > maxViewQuery {
		return v, fault.On("name", fault.BadRequest)
	}
	return v, nil
}

// edited is the view with what in changes; all are those among which its name is its own.
func (in ViewEdit) edited(v SavedView, all []SavedView) (is SavedView, err error) {
	is = v
	if in.Look != nil {
		if is, err = is.showing(*in.Look); err != nil {
			return is, err
		}
	}
	if in.Name != nil {
		is, err = is.called(*in.Name, all)
	}
	return is, err
}

// EditView changes a view's name or what it shows. Shared ones are the managers' to
// change. It returns Invalid faults by field.
func (s *Store) EditView(ctx context.Context, who Actor, board, view string, in ViewEdit) error {
	return s.onView(ctx, who, board, view,
		func(tx *Tx, b Board, was SavedView, shared []SavedView) error {
			is, err := in.edited(was, shared)
			if err != nil || len(viewChanges(was, is)) == 0 {
				return err
			}
			return tx.update(&SavedView{ID: view}, is.columns(), viewNote(ViewEdited, b, was, is))
		},
		func(db *gorm.DB, was SavedView, own []SavedView) error {
			is, err := in.edited(was, own)
			if err != nil {
				return err
			}
			return one(db.Model(&SavedView{ID: view}).Updates(is.columns()))
		})
}

func (v SavedView) columns() map[string]any {
	return map[string]any{"name": v.Name, "face": v.Face, "query": v.Query}
}

// RemoveView forgets a view; whoever's board opened with it opens as usual again.
// Shared ones are the managers' to remove.
func (s *Store) RemoveView(ctx context.Context, who Actor, board, view string) error {
	return s.onView(ctx, who, board, view,
		func(tx *Tx, b Board, was SavedView, _ []SavedView) error {
			return tx.delete(&SavedView{ID: view}, viewNote(ViewRemoved, b, was, SavedView{}))
		},
		func(db *gorm.DB, _ SavedView, _ []SavedView) error { return one(db.Delete(&SavedView{ID: view})) })
}

// onView changes a view by the way that is right for it: in the log if it is shared,
// else as one's own.
func (s *Store) onView(ctx context.Context, who Actor, board, view string,
	shared func(*Tx, Board, SavedView, []SavedView) error, own func(*gorm.DB, SavedView, []SavedView) error) error {
	now, err := s.View(ctx, who, board, view)
	if err != nil {
		return err
	}
	if now.Shared() {
		return s.changeShared(ctx, who, board, func(tx *Tx, b Board, all []SavedView) error {
			was, err := among(all, view)
			if err != nil {
				return err
			}
			return shared(tx, b, was, all)
		})
	}
	return s.changeOwn(ctx, who, board, func(db *gorm.DB, all []SavedView) error {
		was, err := among(all, view)
		if err != nil {
			return err
		}
		return own(db, was, all)
	})
}

func among(all []SavedView, view string) (SavedView, error) {
	i := slices.IndexFunc(all, func(v SavedView) bool { return v.ID == view })
	if i < 0 {
		return SavedView{}, fault.New(fault.Missing, fault.NotFound)
	}
	return all[i], nil
}

// ShareView makes one's own view one for all who see the board.
func (s *Store) ShareView(ctx context.Context, who Actor, board, view string) error {
	return s.changeShared(ctx, who, board, func(tx *Tx, b Board, shared []SavedView) error {
		v, err := viewOf(tx.db, who, board, view)
		if err != nil || v.Shared() {
			return err
		}
		if v, err = v.called(v.Name, shared); err != nil {
			return err
		}
		return tx.update(&SavedView{ID: view}, map[string]any{"user_id": nil}, viewNote(ViewAdded, b, SavedView{}, v))
	})
}

// WithdrawView makes a shared view one's own; others lose it.
func (s *Store) WithdrawView(ctx context.Context, who Actor, board, view string) error {
	return s.changeShared(ctx, who, board, func(tx *Tx, b Board, _ []SavedView) error {
		v, err := viewOf(tx.db, who, board, view)
		if err != nil || !v.Shared() {
			return err
		}
		var own []SavedView
		if err := tx.db.Find(&own, "board_id = ? AND user_id = ?", board, who.ID).Error; err != nil {
			return err
		}
		if v, err = v.called(v.Name, own); err != nil {
			return err
		}
		return tx.update(&SavedView{ID: view}, map[string]any{"user_id": who.ID}, viewNote(ViewRemoved, b, v, SavedView{}))
	})
}

// OpenWith makes a board open with a view for whoever asks; with none if it is empty.
func (s *Store) OpenWith(ctx context.Context, who Actor, board, view string) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		if _, _, err := seeBoard(db, who, board, access.SeeBoard); err != nil {
			return err
		}
		if view == "" {
			return db.Exec("DELETE FROM view_defaults WHERE user_id = ? AND board_id = ?", who.ID, board).Error
		}
		if _, err := viewOf(db, who, board, view); err != nil {
			return err
		}
		row := viewDefault{UserID: who.ID, BoardID: board, ViewID: view}
		return db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

type viewDefault struct {
	UserID  string `gorm:"primaryKey"`
	BoardID string `gorm:"primaryKey"`
	ViewID  string
}

// viewNote is of a shared view, as it is or was.
func viewNote(action Action, b Board, was, is SavedView) note {
	v := is
	if v.ID == "" {
		v = was
	}
	n := note{action: action, subject: v.subject(), board: b.subject()}
	if action != ViewRemoved {
		n.changes = viewChanges(was, is)
	}
	return n
}

func viewChanges(was, is SavedView) []ledger.Change {
	return changed("name", was.Name, is.Name, "face", was.Face, is.Face, "query", was.Query, is.Query)
}

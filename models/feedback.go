package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of remarks.
const (
	MaxRemark    = 4000 // characters of a remark, and of an answer
	maxPage      = 200  // characters of the path that one is about
	RemarksPage  = 30   // remarks of a page
	remarksToTry = 10   // that a person can send at once, and then one every six minutes
)

// RemarkKind is what a remark is, if its sender says so.
type RemarkKind string

// The kinds; empty is none of them.
const (
	AProblem RemarkKind = "problem"
	AnIdea   RemarkKind = "idea"
	Praise   RemarkKind = "praise"
)

// RemarkKinds lists them.
var RemarkKinds = []RemarkKind{AProblem, AnIdea, Praise}

// RemarkState is where a remark stands.
type RemarkState string

// The states.
const (
	RemarkOpen     RemarkState = "open"
	RemarkAnswered RemarkState = "answered"
	RemarkClosed   RemarkState = "closed" // with an answer or without
)

// RemarkStates lists them; remarkIs says which remarks are in each.
var (
	RemarkStates = []RemarkState{RemarkOpen, RemarkAnswered, RemarkClosed}
	remarkIs     = map[RemarkState]string{RemarkOpen: "closed_at IS NULL AND answer = ''", RemarkAnswered: "closed_at IS NULL AND answer <> ''", RemarkClosed: "closed_at IS NOT NULL"}
)

// Remark is what somebody says of the program to those who run it.
type Remark struct {
	ID           string `gorm:"primaryKey"`
	UserID       string
	Kind         RemarkKind
	Page         string // path that it is about, without a query; empty: none
	Body         string
	Answer       string
	AnsweredBy   string
	AnsweredName string
	AnsweredAt   *time.Time
	ClosedAt     *time.Time
	News         bool // something was done that its sender has not seen
	CreatedAt    time.Time
	Version      int64
}

// State is where the remark stands.
func (r Remark) State() RemarkState {
	switch {
	case r.ClosedAt != nil:
		return RemarkClosed
	case r.Answer != "":
		return RemarkAnswered
	}
	return RemarkOpen
}

func (r Remark) subject() ledger.Subject {
	const shown = 60
	return ledger.Subject{Kind: "remark", ID: r.ID, Name: clip(r.Body, shown)}
}

// RemarkInput is what a person says.
type RemarkInput struct {
	Kind       RemarkKind
	Page, Body string
}

// SendRemark tells those who run the server something. It returns Invalid faults by
// field, and TooManyTries for who sends too many.
func (s *Store) SendRemark(ctx context.Context, who Actor, in RemarkInput) error {
	r := Remark{ID: NewID(), UserID: who.ID, Kind: in.Kind, Page: clip(in.Page, maxPage)}
	var err error
	if r.Body, err = needed("body", in.Body); err != nil {
		return err
	}
	if in.Kind != "" && !slices.Contains(RemarkKinds, in.Kind) {
		return fault.On("kind", fault.NotAChoice)
	}
	if wait := s.tries.take(s.now(), limit{"remark:" + who.ID, remarksToTry, 6 * time.Minute}); wait > 0 {
		return tooManyTries(wait)
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		if _, err := userBy(tx.db, "id = ?", who.ID); err != nil {
			return err
		}
		r.CreatedAt = tx.now
		return tx.create(&r, note{action: RemarkSent, subject: r.subject(), changes: changed("kind", "", string(r.Kind), "page", "", r.Page, "body", "", r.Body)})
	})
}

// needed is a text of a remark or an answer without the white space around it.
func needed(field, text string) (string, error) {
	text, err := written(field, text, MaxRemark)
	if err == nil && text == "" {
		err = fault.On(field, fault.Needed)
	}
	return text, err
}

// RemarkLine is a remark as it is read.
type RemarkLine struct {
	Remark
	Sender string
}

// RemarksView is a page of remarks, the newest first.
type RemarksView struct {
	State  RemarkState // of those shown; empty: any
	Counts map[RemarkState]int
	Lines  []RemarkLine
	Older  string // the page below begins under this ID; empty: there is none
}

// MyRemarks returns a page of what the actor has said, below an ID (empty: from the
// newest).
func (s *Store) MyRemarks(ctx context.Context, who Actor, below string) (v RemarksView, err error) {
	return v, s.snapshot(ctx, func(db *gorm.DB) error { return v.read(db, "r.user_id = ?", who.ID, below) })
}

// Remarks returns a page of what everybody has said, below an ID; it is the
// administrator's to read.
func (s *Store) Remarks(ctx context.Context, who Actor, state RemarkState, below string) (v RemarksView, err error) {
	v.State, v.Counts = state, map[RemarkState]int{}
	return v, s.snapshot(ctx, func(db *gorm.DB) error {
		if err := administers(db, who); err != nil {
			return err
		}
		for _, st := range RemarkStates {
			var n int
			if err := db.Raw("SELECT COUNT(*) FROM remarks WHERE " + remarkIs[st]).Row().Scan(&n); err != nil {
				return fmt.Errorf("count remarks: %w", err)
			}
			v.Counts[st] = n
		}
		where := "r.user_id <> ?" // every one
		if is, ok := remarkIs[state]; ok {
			where += " AND " + is
		}
		return v.read(db, where, "", below)
	})
}

func (v *RemarksView) read(db *gorm.DB, where string, arg any, below string) error {
	args := []any{arg}
	if below != "" {
		where, args = where+" AND r.id < ?", append(args, below)
	}
	err := db.Raw("SELECT r.*, u.name AS sender FROM remarks r JOIN users u ON u.id = r.user_id WHERE "+where+" ORDER BY r.id DESC LIMIT ?", append(args, RemarksPage+1)...).Scan(&v.Lines).Error
	if err != nil {
		return fmt.Errorf("read remarks: %w", err)
	}
	if len(v.Lines) > RemarksPage {
		v.Lines = v.Lines[:RemarksPage]
		v.Older = v.Lines[RemarksPage-1].ID
	}
	return nil
}

// administers returns Missing to whoever does not administer the server.
func administers(db *gorm.DB, who Actor) error {
	user, err := userBy(db, "id = ?", who.ID)
	if err == nil && !user.Admin {
		err = fault.New(fault.Missing, fault.NotFound)
	}
	return err
}

// AnswerRemark answers what somebody said, or answers better; it is the
// administrator's to do. It returns fault.Stale if the answer has changed since seen.
func (s *Store) AnswerRemark(ctx context.Context, who Actor, remark string, seen int64, answer string) error {
	return s.changeRemark(ctx, who, remark, func(tx *Tx, was Remark) error {
		answer, err := needed("answer", answer)
		if err != nil || answer == was.Answer {
			return err
		}
		changes := changed("answer", was.Answer, answer)
		if was.Version != seen {
			return stale(changes)
		}
		return tx.changeRemark(was, RemarkWasAnswered, changes, map[string]any{"answer": answer, "answered_by": who.ID, "answered_name": who.Name, "answered_at": tx.now, "news": true})
	})
}

// CloseRemark says that nothing more comes of a remark.
func (s *Store) CloseRemark(ctx context.Context, who Actor, remark string) error {
	return s.changeRemark(ctx, who, remark, func(tx *Tx, was Remark) error {
		if was.ClosedAt != nil {
			return nil
		}
		return tx.changeRemark(was, RemarkWasClosed, changed("closed_at", "", moment(&tx.now)), map[string]any{"closed_at": tx.now, "news": true})
	})
}

// ReopenRemark takes that back.
func (s *Store) ReopenRemark(ctx context.Context, who Actor, remark string) error {
	return s.changeRemark(ctx, who, remark, func(tx *Tx, was Remark) error {
		if was.ClosedAt == nil {
			return nil
		}
		return tx.changeRemark(was, RemarkReopened, changed("closed_at", moment(was.ClosedAt), ""), map[string]any{"closed_at": nil, "news": true})
	})
}

func (s *Store) changeRemark(ctx context.Context, who Actor, remark string, fn func(*Tx, Remark) error) error {
	return s.changeServer(ctx, who, func(tx *Tx) error {
		if err := administers(tx.db, who); err != nil {
			return err
		}
		var r Remark
		if err := tx.db.Take(&r, "id = ?", remark).Error; err != nil {
			return orMissing(err)
		}
		return fn(tx, r)
	})
}

// changeRemark sets columns of a remark, and tells its sender.
func (tx *Tx) changeRemark(r Remark, action Action, changes []ledger.Change, columns map[string]any) error {
	columns["version"] = r.Version + 1
	tx.told[r.UserID] = true
	return tx.update(&Remark{ID: r.ID}, columns, note{action: action, subject: r.subject(), changes: changes})
}

// ReadRemark marks what was done about the actor's own remark as read, as they have
// seen it; that is no business of the log. Another's is Missing.
func (s *Store) ReadRemark(ctx context.Context, who Actor, remark string, seen int64) error {
	return s.ownState(ctx, who, func(db *gorm.DB) error {
		res := db.Exec("UPDATE remarks SET news = (news AND version > ?) WHERE id = ? AND user_id = ?", seen, remark, who.ID)
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return res.Error
	})
}

// remarkNews are the actor's remarks about which something was done that they have not
// seen.
const remarkNews = "FROM remarks r WHERE r.user_id = ? AND r.news"

// newsOfRemarks reads them, and for an administrator counts what waits for an answer.
func newsOfRemarks(db *gorm.DB, who Actor) (all []Remark, waiting int, err error) {
	if err = db.Raw("SELECT r.* "+remarkNews+" ORDER BY r.id DESC LIMIT ?", who.ID, RemarksPage).Scan(&all).Error; err != nil {
		return nil, 0, fmt.Errorf("news of remarks: %w", err)
	}
	if who.Admin {
		err = db.Raw("SELECT COUNT(*) FROM remarks WHERE " + remarkIs[RemarkOpen]).Row().Scan(&waiting)
	}
	return all, waiting, err
}

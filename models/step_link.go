package models

import (
	"context"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// StepLink lets somebody without an account do one step of one run, once. It lasts no
// longer than its maker may do the step.
type StepLink struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	TaskID    string
	Hash      []byte
	Whom      string // whom it is for: a name or an address, as its maker wrote it
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time // the step was done through it
	RevokedAt *time.Time
}

// MaxStepLinks is how many links of a step may be open at once.
const MaxStepLinks = 10

// StepLinkInput is what a person says of a link.
type StepLinkInput struct {
	Whom string
	Days int // LeastDays to MostDays
}

func (in *StepLinkInput) check() error {
	in.Whom = tidy(in.Whom)
	var faults []*fault.Fault
	switch {
	case in.Whom == "":
		faults = append(faults, fault.On("whom", fault.Needed))
	case utf8.RuneCountInString(in.Whom) > mostLabel:
		faults = append(faults, fault.On("whom", fault.TooLong, mostLabel))
	}
	if in.Days < LeastDays || in.Days > MostDays {
		faults = append(faults, fault.On("days", fault.OutOfRange, LeastDays, MostDays))
	}
	return fault.All(faults...)
}

func (l StepLink) subject() ledger.Subject {
	return ledger.Subject{Kind: "link", ID: l.ID, Name: l.Whom}
}

func (l StepLink) note(action Action, t onBoard, changes ...ledger.Change) note {
	return note{action: action, subject: l.subject(), task: t.subject(), board: t.board.subject(), changes: changes}
}

// MakeStepLink makes a link to a step and returns its token, which nobody can learn
// again afterwards. It returns LinkCannot, TooManyStepLinks, StepOver, NoStep or RunOver.
func (s *Store) MakeStepLink(ctx context.Context, who Actor, task string, in StepLinkInput) (token string, l StepLink, err error) {
	err = s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		if err := in.check(); err != nil {
			return err
		}
		if err := tx.linkable(t); err != nil {
			return err
		}
		token = newToken()
		l = StepLink{ID: NewID(), TeamID: tx.Team.ID, TaskID: task, Hash: hashToken(token), Whom: in.Whom, CreatedBy: who.ID, CreatedAt: tx.now, ExpiresAt: tx.now.AddDate(0, 0, in.Days)}
		return tx.create(&l, l.note(StepLinkMade, t, changed("whom", "", l.Whom, "expires", "", l.ExpiresAt.Format(time.RFC3339Nano))...))
	})
	return token, l, err
}

// linkable refuses a link to what no outsider can do.
func (tx *Tx) linkable(t onBoard) error {
	r, err := tx.run(t.RunID)
	if err != nil {
		return err
	}
	if r.State == RunDropped {
		return fault.New(fault.Conflict, fault.RunOver)
	}
	if !t.State.Open() || t.ArchivedAt != nil {
		return fault.New(fault.Conflict, fault.StepOver)
	}
	fields, err := tx.stepFields(t)
	if err != nil {
		return err
	}
	if t.NeedsFile || t.Approval != "" || slices.ContainsFunc(fields, func(f playbook.Field) bool { return f.Type == playbook.Person && f.Required }) {
		return fault.New(fault.Conflict, fault.LinkCannot)
	}
	var open int
	err = tx.db.Raw("SELECT COUNT(*) FROM step_links WHERE task_id = ? AND used_at IS NULL AND revoked_at IS NULL AND expires_at > ?", t.ID, tx.now).Row().Scan(&open)
	if err == nil && open >= MaxStepLinks {
		return fault.New(fault.Conflict, fault.TooManyStepLinks, MaxStepLinks)
	}
	return err
}

// RevokeStepLink makes a link useless.
func (s *Store) RevokeStepLink(ctx context.Context, who Actor, task, id string) error {
	return s.changeStep(ctx, who, task, func(tx *Tx, t onBoard) error {
		var l StepLink
		if err := tx.db.Take(&l, "id = ? AND task_id = ?", id, task).Error; err != nil {
			return orMissing(err)
		}
		if l.RevokedAt != nil || l.UsedAt != nil {
			return nil
		}
		return tx.update(&l, map[string]any{"revoked_at": tx.now}, l.note(StepLinkRevoked, t, ledger.Change{Field: "revoked_at", To: moment(&tx.now)}))
	})
}

// StepLinkView is a link with the name of who made it.
type StepLinkView struct {
	StepLink
	Maker string
}

// links reads the open links of a run, by task.
func (v *RunView) links(db *gorm.DB, now time.Time) error {
	var all []StepLinkView
	err := db.Raw(`SELECT l.*, COALESCE(u.name, '') AS maker FROM tasks t JOIN step_links l ON l.task_id = t.id LEFT JOIN users u ON u.id = l.created_by
		WHERE t.run_id = ? AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > ? ORDER BY l.id`, v.Run.ID, now).Scan(&all).Error
	for _, l := range all {
		for i, s := range v.Steps {
			if s.Task.ID == l.TaskID {
				v.Steps[i].Links = append(v.Steps[i].Links, l)
			}
		}
	}
	return err
}

// heldLink is a link that opens its step, with who made it.
type heldLink struct {
	StepLink
	Maker string
}

func (l heldLink) actor(who Actor) Actor {
	a := ledger.ThroughLink(l.ID, l.Whom, l.Maker)
	return Actor{Kind: a.Kind, ID: a.ID, Name: a.Name, Request: who.Request, Address: who.Address, Lang: who.Lang, Zone: "UTC"}
}

// openLink finds the link of a token. Unknown, expired, revoked and used are the same
// LinkVoid, as is one whose step is over, whose run was cancelled, or whose maker may
// not do the step any more.
func openLink(db *gorm.DB, token string, now time.Time) (l heldLink, err error) {
	if len(token) != tokenLength {
		return l, voidLink()
	}
	may := slices.DeleteFunc(slices.Clone(access.Roles), func(r access.Role) bool { return !access.Can(r, access.EditTask) })
	err = db.Raw(`SELECT l.*, u.name AS maker FROM step_links l
		JOIN tasks t ON t.id = l.task_id AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled')
		JOIN runs r ON r.id = t.run_id AND r.state IN ('running', 'paused')
		JOIN boards b ON b.id = t.board_id AND b.archived_at IS NULL
		JOIN memberships m ON m.team_id = l.team_id AND m.user_id = l.created_by AND m.role IN ?
		JOIN users u ON u.id = l.created_by
		WHERE l.hash = ? AND l.used_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > ?`, may, hashToken(token), now).Scan(&l).Error
	if err == nil && l.ID == "" {
		err = voidLink()
	}
	return l, err
}

func voidLink() *fault.Fault { return fault.New(fault.Missing, fault.LinkVoid) }

// OutsideView is all that a link shows: one step, and nothing of its run, its board or
// its team.
type OutsideView struct {
	Title, Description string
	Fields             []playbook.Field
	Values             map[string]string // what was filled in, by field
	Items              []Item
	Version            int64
	Turn               bool // it can be done now
}

// Outside reads the step behind a link. It returns LinkVoid or TooManyTries.
func (s *Store) Outside(ctx context.Context, who Actor, token string) (v OutsideView, err error) {
	if err := s.mayKnock(who, token); err != nil {
		return v, err
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		l, err := openLink(db, token, s.now())
		if err != nil {
			return err
		}
		return v.read(db, &s.books, l.TaskID)
	})
	return v, err
}

func (v *OutsideView) read(db *gorm.DB, books *books, task string) error {
	var t Task
	var r Run
	if err := db.Take(&t, "id = ?", task).Error; err != nil {
		return err
	}
	if err := db.Take(&r, "id = ?", t.RunID).Error; err != nil {
		return err
	}
	b, err := books.of(db, r.TemplateID, r.TemplateVersion)
	if err != nil {
		return err
	}
	step, _ := b.Step(t.Step)
	v.Title, v.Description, v.Version = t.Title, t.Description, t.Version
	v.Turn = slices.Contains(turns, t.State) && r.State == Running && !t.Blocked
	v.Fields = forOutsiders(step.Fields)
	held, err := answersTo(db, t.ID)
	if err != nil {
		return err
	}
	v.Values = map[string]string{}
	for _, f := range v.Fields {
		v.Values[f.ID] = held[f.ID]
	}
	return db.Order("position, id").Find(&v.Items, "task_id = ? AND became_id = ''", task).Error
}

// turns are the states in which a step is somebody's turn.
var turns = []flow.State{flow.Ready, flow.InProgress, flow.InReview}

// forOutsiders leaves out the questions whose answers are people of the team: who is in
// it is nobody's business.
func forOutsiders(fields []playbook.Field) []playbook.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f playbook.Field) bool { return f.Type == playbook.Person })
}

// OutsideInput is what somebody outside says of a step.
type OutsideInput struct {
	Seen   int64             // version of the task
	Typed  map[string]string // by field; others stay
	Ticked []string          // items that are ticked, of those that were shown
	Shown  []string          // items that were
}

// AnswerOutside keeps what was filled in and ticked through a link, which stays open. It
// returns Invalid faults by field, LinkVoid, LinkNotNow, LinkChanged or TooManyTries.
func (s *Store) AnswerOutside(ctx context.Context, who Actor, token string, in OutsideInput) error {
	return s.throughLink(ctx, who, token, func(tx *Tx, _ heldLink, t onBoard) error { return tx.answerOutside(t, in) })
}

// CompleteOutside is AnswerOutside, and done with the step; or neither. The link is used
// up by that. What is missing is told like CompleteStep does.
func (s *Store) CompleteOutside(ctx context.Context, who Actor, token string, in OutsideInput) error {
	return s.throughLink(ctx, who, token, func(tx *Tx, l heldLink, t onBoard) error {
		if err := tx.answerOutside(t, in); err != nil {
			return err
		}
		if err := tx.complete(t); err != nil {
			return err
		}
		n := l.note(StepLinkUsed, t, ledger.Change{Field: "used_at", To: moment(&tx.now)})
		n.cause = tx.latest[t.ID]
		return tx.update(&l.StepLink, map[string]any{"used_at": tx.now}, n)
	})
}

func (tx *Tx) answerOutside(t onBoard, in OutsideInput) error {
	typed := map[string]string{}
	fields, err := tx.stepFields(t)
	if err != nil {
		return err
	}
	var names []string
	for _, f := range forOutsiders(fields) {
		if text, given := in.Typed[f.ID]; given {
			typed[f.ID] = text
			names = append(names, custom.AnswerKey(f.ID))
		}
	}
	if t.Version > in.Seen {
		if err := tx.meanwhile(t.ID, t.ID, in.Seen, append(names, "state")); err != nil {
			return err
		}
	}
	if err := tx.fillIn(t, typed); err != nil {
		return err
	}
	return tx.tickOutside(t, in)
}

// tickOutside ticks and unticks those of the items that were shown.
func (tx *Tx) tickOutside(t onBoard, in OutsideInput) error {
	var all []Item
	if err := tx.db.Order("position, id").Find(&all, "task_id = ? AND became_id = ''", t.ID).Error; err != nil {
		return err
	}
	for _, was := range all {
		ticked := slices.Contains(in.Ticked, was.ID)
		if !slices.Contains(in.Shown, was.ID) || ticked == (was.TickedAt != nil) {
			continue
		}
		is, action := was, ItemUnticked
		is.TickedAt, is.TickedBy = nil, ""
		if ticked {
			is.TickedAt, is.TickedBy, action = &tx.now, tx.actor.ID, ItemTicked
		}
		if err := tx.saveItem(t, was, is, action); err != nil {
			return err
		}
	}
	return nil
}

// throughLink is change for whoever holds a link: fn may do what the link is for, in the
// name of the link.
func (s *Store) throughLink(ctx context.Context, who Actor, token string, fn func(*Tx, heldLink, onBoard) error) error {
	if err := s.mayKnock(who, token); err != nil {
		return err
	}
	l, err := openLink(s.parts.Read.WithContext(ctx), token, s.now())
	if err != nil {
		return err
	}
	return forOutside(s.transact(ctx, l.actor(who), func(tx *Tx) error {
		tx.guest = true
		if err := tx.open(ofTask(l.TaskID)); err != nil {
			return err
		}
		l, err := openLink(tx.db, token, tx.now) // again, now that nobody else can be using it
		if err != nil {
			return err
		}
		t, err := tx.task(l.TaskID)
		if err != nil {
			return err
		}
		if resting, err := tx.paused(t.RunID); err != nil || resting || !slices.Contains(turns, t.State) {
			return errors.Join(err, fault.New(fault.Conflict, fault.LinkNotNow))
		}
		return fn(tx, l, t)
	}))
}

// forOutside says no more of what is wrong than what is wrong in the step that the link
// shows.
func forOutside(err error) error {
	f := fault.From(err)
	if f == nil {
		return err
	}
	all := append([]*fault.Fault{f}, f.Also...)
	if f.Code == fault.IncompleteTask {
		all = f.Also
	}
	for _, one := range all {
		switch {
		case one.Kind == fault.Invalid, slices.Contains([]fault.Code{fault.LinkVoid, fault.StepFieldEmpty, fault.ItemOpen}, one.Code):
		case one.Kind == fault.Missing:
			return voidLink()
		case one.Kind == fault.Stale:
			return fault.New(fault.Stale, fault.LinkChanged)
		default:
			return fault.New(fault.Conflict, fault.LinkNotNow)
		}
	}
	return err
}

// mayKnock bounds how often an address, and whoever holds a token, may ask.
func (s *Store) mayKnock(who Actor, token string) error {
	tries := []limit{{"step-link:" + source(who.Address), 60, 2 * time.Second}, {"step-link " + clip(token, tokenLength), 60, 2 * time.Second}}
	if wait := s.tries.take(s.now(), tries...); wait > 0 {
		return tooManyTries(wait)
	}
	return nil
}

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
	"relevo/models/flow"
	"relevo/models/ledger"
)

// A task may ask for approval. It is not done before that is given, by people who
// did not do the work (approval_work.go says who did), and it falls when what was
// approved changes afterwards: the title, the description, what custom fields hold,
// the required items of the checklist, and the files.

// ApprovalState is how far a task's approval is.
type ApprovalState string

// The states of an approval; empty: none is asked for.
const (
	ApprovalPending ApprovalState = "asked"
	Approved        ApprovalState = "approved"
	Rejected        ApprovalState = "rejected"
	Fallen          ApprovalState = "fallen" // it was given, and what was approved has changed
)

// ApprovalMode says how many of those who are asked have to approve.
type ApprovalMode string

// AnyApprover is enough; or it takes every person named and, if a role is asked,
// one more who has it.
const (
	AnyApprover  ApprovalMode = "any"
	AllApprovers ApprovalMode = "all"
)

// MaxApprovers is the most people that one task asks by name.
const MaxApprovers = 20

// Approval is whom a task asks.
type Approval struct {
	TaskID  string `gorm:"primaryKey"`
	TeamID  string
	Role    access.Role // manager (an owner is one, too) or owner; empty: named people only
	Mode    ApprovalMode
	Note    string
	AskedBy string
	AskedAt time.Time
	FellSeq int64 // the entry that changed what was approved; 0: it has not fallen
}

// Approver is somebody whom a task asks by name.
type Approver struct{ TaskID, UserID string }

// ApprovalAnswer is what somebody said to it.
type ApprovalAnswer struct {
	TaskID     string `gorm:"primaryKey"`
	UserID     string `gorm:"primaryKey"`
	Approved   bool
	Comment    string
	AnsweredAt time.Time
}

// ApprovalInput is what a person asks for.
type ApprovalInput struct {
	Approvers []string // user IDs
	Role      access.Role
	Mode      ApprovalMode
	Note      string
}

// consent is an approval with its people.
type consent struct {
	Approval
	approvers []Person // named, by ID
	answers   []answer // by person's ID
}

type answer struct {
	ApprovalAnswer
	Name string
}

// AskApproval makes a task ask for approval, in place of what it asked before; what
// was answered is void. It returns Invalid faults by field, NotOpen, IsArchived,
// NotYourAsk where somebody else asked and the actor is no manager, and Stale.
func (s *Store) AskApproval(ctx context.Context, who Actor, task string, seen int64, in ApprovalInput) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, was, err := tx.asking(task, seen)
		if err != nil {
			return err
		}
		if err := tx.mayChangeAsk(was); err != nil {
			return err
		}
		is, err := tx.describeAsk(t, in)
		if err != nil {
			return err
		}
		return tx.askFor(t, was, is)
	})
}

// AskAgain asks the same people anew, after they rejected it or their approval fell.
func (s *Store) AskAgain(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, was, err := tx.asking(task, seen)
		if err != nil {
			return err
		}
		if t.Approval != Rejected && t.Approval != Fallen {
			return fault.New(fault.Conflict, fault.NotAsked)
		}
		is := was
		is.answers, is.FellSeq, is.AskedAt = nil, 0, tx.now
		return tx.askFor(t, was, is)
	})
}

// WithdrawApproval makes a task ask for approval no more. It returns NotYourAsk where
// somebody else asked and the actor is no manager.
func (s *Store) WithdrawApproval(ctx context.Context, who Actor, task string, seen int64) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, was, err := tx.asking(task, seen)
		if err != nil || t.Approval == "" {
			return err
		}
		if err := tx.mayChangeAsk(was); err != nil {
			return err
		}
		if err := tx.forgetConsent(task); err != nil {
			return err
		}
		if err := tx.askAfresh(task); err != nil {
			return err
		}
		is := t.Task
		is.Approval = ""
		_, err = tx.saveWith(t, is, note{action: ApprovalWithdrawn}, consentChanges(was, consent{}))
		return err
	})
}

// asking loads an open task, for a change of what it asks.
func (tx *Tx) asking(task string, seen int64) (onBoard, consent, error) {
	t, err := tx.active(task, seen, "approval", "approvers", "approval_role", "approval_mode")
	if err != nil {
		return t, consent{}, err
	}
	if !t.State.Open() {
		return t, consent{}, fault.New(fault.Conflict, fault.NotOpen)
	}
	c, err := consentOf(tx.db, t.Task)
	return t, c, err
}

// mayChangeAsk keeps those who are to be checked from choosing by whom: what is
// asked changes whoever asked it, or a manager.
func (tx *Tx) mayChangeAsk(c consent) error {
	if c.TaskID == "" || c.AskedBy == tx.actor.ID || access.Can(tx.Role, access.OverrideRules) {
		return nil
	}
	return fault.New(fault.Conflict, fault.NotYourAsk)
}

// describeAsk checks whom a person wants to ask.
func (tx *Tx) describeAsk(t onBoard, in ApprovalInput) (consent, error) {
	c := consent{Approval: Approval{TaskID: t.ID, TeamID: tx.Team.ID, Role: in.Role, Mode: in.Mode, Note: strings.TrimSpace(in.Note), AskedBy: tx.actor.ID, AskedAt: tx.now}}
	ids := slices.Clone(in.Approvers)
	slices.Sort(ids)
	ids = slices.Compact(slices.DeleteFunc(ids, func(id string) bool { return id == "" }))
	all, err := members(tx.db, tx.Team.ID)
	if err != nil {
		return c, err
	}
	var people, role, mode, note *fault.Fault
	for _, id := range ids {
		i := slices.IndexFunc(all, func(m Person) bool { return m.ID == id })
		switch {
		case i < 0:
			people = fault.On("approvers", fault.NotInTeam)
		case !access.Can(all[i].Role, access.EditTask):
			people = fault.On("approvers", fault.ViewerNotApprover, all[i].Name)
		default:
			c.approvers = append(c.approvers, all[i])
		}
	}
	switch {
	case len(ids) > MaxApprovers:
		people = fault.On("approvers", fault.TooManyApprovers, MaxApprovers)
	case len(ids) == 0 && c.Role == "":
		people = fault.On("approvers", fault.Needed)
	}
	if c.Role != "" && c.Role != access.Manager && c.Role != access.Owner {
		role = fault.On("role", fault.NotAChoice)
	}
	if c.Mode != AnyApprover && c.Mode != AllApprovers {
		mode = fault.On("mode", fault.NotAChoice)
	}
	if c.Mode == AllApprovers && c.Role != "" && !slices.ContainsFunc(all, func(m Person) bool { return has(m.Role, c.Role) && !slices.Contains(ids, m.ID) }) {
		role = fault.On("role", fault.NobodyElseWithRole)
	}
	if utf8.RuneCountInString(c.Note) > MaxReason {
		note = fault.On("note", fault.TooLong, MaxReason)
	}
	return c, fault.All(people, role, mode, note)
}

// askAlike makes a copy ask for approval as what it was made of does, anew, of those
// who can still give it.
func (tx *Tx) askAlike(t, made onBoard) error {
	c, err := consentOf(tx.db, t.Task)
	if err != nil || c.TaskID == "" {
		return err
	}
	in := ApprovalInput{Role: c.Role, Mode: c.Mode, Note: c.Note}
	all, err := members(tx.db, tx.Team.ID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if access.Can(m.Role, access.EditTask) && c.names(m.ID) {
			in.Approvers = append(in.Approvers, m.ID)
		}
	}
	is, err := tx.describeAsk(made, in)
	if fault.From(err) != nil {
		return nil // nobody of them is left
	} else if err != nil {
		return err
	}
	if tx.actor.ID == "" { // nobody does it by hand
		is.AskedBy = c.AskedBy
	}
	return tx.askFor(made, consent{}, is)
}

// has reports whether a role is at least another one.
func has(role, least access.Role) bool {
	return slices.Index(access.Roles, role) >= slices.Index(access.Roles, least)
}

// askFor writes down whom a task asks, and tells them.
func (tx *Tx) askFor(t onBoard, was, is consent) error {
	task := t.Task
	task.Approval = ApprovalPending
	seq, err := tx.saveWith(t, task, note{action: ApprovalAsked, reason: is.Note}, consentChanges(was, is))
	if err != nil || seq == 0 {
		return err
	}
	if err := tx.keepConsent(is); err != nil {
		return err
	}
	if err := tx.askAfresh(t.ID); err != nil {
		return err
	}
	people, err := tx.asked(is)
	if err != nil {
		return err
	}
	return tx.tell(people, t.ID, ApprovalWanted, seq)
}

// asked are all whom an approval is asked of, by name or by role.
func (tx *Tx) asked(c consent) ([]string, error) {
	ids := personIDs(c.approvers)
	if c.Role == "" {
		return ids, nil
	}
	all, err := members(tx.db, tx.Team.ID)
	for _, m := range all {
		if has(m.Role, c.Role) && !slices.Contains(ids, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	return ids, err
}

func (tx *Tx) keepConsent(c consent) error {
	if err := tx.forgetConsent(c.TaskID); err != nil {
		return err
	}
	if err := tx.rows().Create(&c.Approval).Error; err != nil {
		return err
	}
	rows := make([]Approver, len(c.approvers))
	for i, p := range c.approvers {
		rows[i] = Approver{c.TaskID, p.ID}
	}
	return insertMany(tx, rows)
}

func (tx *Tx) forgetConsent(task string) error {
	for _, table := range []string{"approval_answers", "approvers", "approvals"} {
		if err := tx.rows().Exec("DELETE FROM "+table+" WHERE task_id = ?", task).Error; err != nil {
			return err
		}
	}
	return nil
}

// consentOf reads what a task asks and what was answered; nothing, if it asks nothing.
func consentOf(db *gorm.DB, t Task) (c consent, err error) {
	if t.Approval == "" {
		return c, nil
	}
	if err = db.Take(&c.Approval, "task_id = ?", t.ID).Error; err != nil {
		return c, err
	}
	if err = db.Raw("SELECT u.id, u.name FROM approvers a JOIN users u ON u.id = a.user_id WHERE a.task_id = ? ORDER BY u.id", t.ID).Scan(&c.approvers).Error; err != nil {
		return c, err
	}
	err = db.Raw("SELECT a.*, u.name FROM approval_answers a JOIN users u ON u.id = a.user_id WHERE a.task_id = ? ORDER BY a.user_id", t.ID).Scan(&c.answers).Error
	return c, err
}

// consentChanges are the changes for the log, beside that of the state.
func consentChanges(was, is consent) []ledger.Change {
	changes := changed("approval_role", string(was.Role), string(is.Role), "approval_mode", string(was.Mode), string(is.Mode))
	people := func(field string, was, is []Person) {
		from, to := strings.Join(personIDs(was), " "), strings.Join(personIDs(is), " ")
		if from != to {
			changes = append(changes, ledger.Change{Field: field, From: from, FromText: personNames(was), To: to, ToText: personNames(is)})
		}
	}
	people("approvers", was.approvers, is.approvers)
	people("approved_by", was.said(true), is.said(true))
	people("rejected_by", was.said(false), is.said(false))
	return changes
}

// said are those who approved, or who rejected.
func (c consent) said(approved bool) (people []Person) {
	for _, a := range c.answers {
		if a.Approved == approved {
			people = append(people, Person{ID: a.UserID, Name: a.Name})
		}
	}
	return people
}

func (c consent) names(id string) bool {
	return slices.ContainsFunc(c.approvers, func(p Person) bool { return p.ID == id })
}

// state is what the answers amount to. A role is answered for by somebody who is not
// named: one person does not count twice.
func (c consent) state() ApprovalState {
	if len(c.said(false)) > 0 {
		return Rejected
	}
	approved := personIDs(c.said(true))
	open := c.open()
	if c.Mode == AnyApprover && len(approved) > 0 || c.Mode == AllApprovers && len(open.people) == 0 && open.role == "" {
		return Approved
	}
	return ApprovalPending
}

// open is who has not answered yet.
func (c consent) open() (left struct {
	people []Person
	role   access.Role
}) {
	approved := personIDs(c.said(true))
	for _, p := range c.approvers {
		if !slices.Contains(approved, p.ID) {
			left.people = append(left.people, p)
		}
	}
	if !slices.ContainsFunc(approved, func(id string) bool { return !c.names(id) }) {
		left.role = c.Role
	}
	return left
}

// approved is the requirement that a task which asks for approval has it, from
// people who have not done the work since either.
func approved(tx *Tx, t onBoard) ([]*fault.Fault, error) {
	one := func(code fault.Code, args ...any) []*fault.Fault {
		return []*fault.Fault{fault.New(fault.Conflict, code, args...)}
	}
	if t.Approval == "" {
		return nil, nil
	}
	c, err := consentOf(tx.db, t.Task)
	if err != nil {
		return nil, err
	}
	switch t.Approval {
	case Rejected:
		for _, a := range c.answers {
			if !a.Approved {
				return one(fault.ApprovalRefused, a.Name, a.Comment), nil
			}
		}
	case Fallen:
		return one(fault.ApprovalFallen), nil
	case ApprovalPending:
		open := c.open()
		names := make([]string, len(open.people))
		for i, p := range open.people {
			names[i] = p.Name
		}
		return one(fault.ApprovalOpen, names, string(open.role), c.Mode == AllApprovers), nil
	}
	work, err := workOn(tx.db, t.Task)
	if err != nil {
		return nil, err
	}
	for _, p := range c.said(true) {
		if work[p.ID] != "" {
			return one(fault.SelfApproved, p.Name), nil
		}
	}
	return nil, nil
}

// approvalFalls takes back the approval of a task, or what some have approved so
// far, because the entry why changed what was approved. t is the task as it is after
// that change. While the task is done it refuses the change instead: reopen it first.
func (tx *Tx) approvalFalls(t onBoard, why int64) error {
	if t.Approval != Approved && t.Approval != ApprovalPending {
		return nil
	}
	was, err := consentOf(tx.db, t.Task)
	if err != nil || len(was.answers) == 0 {
		return err
	}
	if t.State == flow.Done {
		return fault.New(fault.Conflict, fault.ApprovedAndDone)
	}
	is := was
	is.answers, is.FellSeq = nil, why
	task := t.Task
	task.Approval = Fallen
	n := note{action: ApprovalFell, auto: true, cause: why}
	seq, err := tx.saveWith(t, task, n, consentChanges(was, is))
	if err != nil {
		return err
	}
	if err := tx.keepConsent(is); err != nil {
		return err
	}
	if err := tx.unask(t.ID); err != nil {
		return err
	}
	return tx.tellOfApproval(was, t.ID, ApprovalLost, seq)
}

// tellOfApproval tells whoever asked, and the owners.
func (tx *Tx) tellOfApproval(c consent, task string, kind NoticeKind, seq int64) error {
	if err := tx.tellOwners(map[string]int64{task: seq}, kind); err != nil {
		return err
	}
	return tx.tell([]string{c.AskedBy}, task, kind, seq)
}

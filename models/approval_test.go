package models_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

var (
	zoe = models.Actor{ID: "zoe", Name: "Zoe"} // a member
	leo = models.Actor{ID: "leo", Name: "Leo"} // a manager
)

// office is a house with two more people: approvals take several.
func office(t testing.TB) *house {
	h := newHouse(t)
	for name, role := range map[string]access.Role{"zoe": access.Member, "leo": access.Manager} {
		h.exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ($1, $2, $3, 'x', 'en', 'UTC', $4)", name, name+"@example.org", name, h.now)
		h.exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)", h.team, name, string(role), h.now)
	}
	return h
}

func (h *house) ask(who models.Actor, task string, in models.ApprovalInput) error {
	if in.Mode == "" {
		in.Mode = models.AnyApprover
	}
	return h.AskApproval(h.t.Context(), who, task, h.task(task).Task.Version, in)
}

func of(people ...string) models.ApprovalInput { return models.ApprovalInput{Approvers: people} }

func (h *house) approve(who models.Actor, task string) error {
	return h.ApproveTask(h.t.Context(), who, task, h.task(task).Task.Version, "")
}

func (h *house) complete(who models.Actor, task string) error {
	return h.CompleteTask(h.t.Context(), who, task, h.task(task).Task.Version)
}

func (h *house) start(who models.Actor, b models.Board, task string, state flow.State) {
	h.t.Helper()
	require.NoError(h.t, h.MoveTask(h.t.Context(), who, task, h.task(task).Task.Version, models.Place{Column: h.column(b, state)}))
}

// told are the kinds of what somebody was told and has not read.
func (h *house) told(who string) (kinds []string) {
	require.NoError(h.t, h.db.Raw("SELECT kind FROM notices WHERE user_id = ? AND read_at IS NULL ORDER BY id", who).Scan(&kinds).Error)
	return kinds
}

func TestDoneWaitsForApprovalByWhoDidNotDoTheWork(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	h.start(ben, b, task, flow.InProgress)
	require.NoError(t, h.ask(ben, task, of("ana", "zoe", "ben")))
	require.Equal(t, models.ApprovalPending, h.task(task).Task.Approval)
	require.Equal(t, []string{"approval_asked"}, h.told("ana"))
	require.Empty(t, h.told("ben"), "nothing for one's own act")
	f := h.refused(h.complete(ana, task), fault.ApprovalOpen)
	require.Equal(t, []any{[]string{"ana", "ben", "zoe"}, "", false}, f.Args)

	h.refused(h.approve(leo, task), fault.NotApprover)
	before := h.seq()
	f = h.refused(h.approve(ben, task), fault.SelfApproval)
	require.Equal(t, []any{string(models.DidMove)}, f.Args)
	require.Equal(t, before+1, h.seq(), "that it was tried is kept")
	history, err := h.History(ctx, vic, task, 0)
	require.NoError(t, err)
	require.Equal(t, string(models.SelfApprovalTried), history.Lines[0].Action)
	require.Equal(t, "ben", history.Lines[0].Actor.ID)

	require.NoError(t, h.ApproveTask(ctx, zoe, task, h.task(task).Task.Version, "All there"))
	require.NoError(t, h.approve(zoe, task), "once is enough")
	require.Equal(t, models.Approved, h.task(task).Task.Approval)
	require.Equal(t, []string{"approval_answered"}, h.told("ben"))
	require.NoError(t, h.complete(zoe, task), "who completes it has not done the work by that")
	replay.Check(t, h.db)
}

func TestAllOfThemMeansEachOneNamedAndOneMoreOfTheRole(t *testing.T) {
	h := office(t)
	task := h.add(h.board(), "Sign contract")[0].ID
	h.refused(h.ask(ben, task, models.ApprovalInput{Approvers: []string{"ana", "leo"}, Role: access.Manager, Mode: models.AllApprovers}), fault.NobodyElseWithRole)
	require.NoError(t, h.ask(ben, task, models.ApprovalInput{Approvers: []string{"ana", "zoe"}, Role: access.Manager, Mode: models.AllApprovers}))
	require.Equal(t, []string{"approval_asked"}, h.told("leo"))
	require.NoError(t, h.approve(ana, task))
	require.NoError(t, h.approve(zoe, task))
	f := h.refused(h.complete(ben, task), fault.ApprovalOpen)
	require.Equal(t, []any{[]string{}, "manager", true}, f.Args, "Ana is a manager, but does not count twice")
	require.NoError(t, h.approve(leo, task))
	require.NoError(t, h.complete(ben, task))
	replay.Check(t, h.db)
}

func TestWhoDidTheWorkDoesNotApproveIt(t *testing.T) {
	type step func(h *house, b models.Board, task string) error
	edit := func(who models.Actor, in models.TaskInput) step {
		return func(h *house, _ models.Board, task string) error {
			return h.EditTask(h.t.Context(), who, task, h.task(task).Task.Version, in)
		}
	}
	move := func(who models.Actor, state flow.State) step {
		return func(h *house, b models.Board, task string) error { h.start(who, b, task, state); return nil }
	}
	text, owners := "Both copies", []string{"ana"}
	for name, c := range map[string]struct {
		steps []step
		did   models.Did
	}{
		"owns it":                      {[]step{edit(ben, models.TaskInput{Owners: &owners})}, models.DidOwn},
		"moved it, and so did another": {[]step{move(ana, flow.InProgress), move(ben, flow.Ready), move(ben, flow.InProgress)}, models.DidMove},
		"put it into review":           {[]step{move(ben, flow.InProgress), move(ana, flow.InReview)}, models.DidMove},
		"wrote the order before":       {[]step{edit(ana, models.TaskInput{Description: &text}), move(ben, flow.InProgress)}, ""},
		"wrote it, and it never began": {[]step{edit(ana, models.TaskInput{Description: &text})}, models.DidText},
		"wrote after it began":         {[]step{move(ben, flow.InProgress), edit(ana, models.TaskInput{Title: &text})}, models.DidText},
		"wrote after it began, and another since": {[]step{move(ben, flow.InProgress), edit(ana, models.TaskInput{Title: &text}), func(h *house, _ models.Board, task string) error {
			other := "All copies"
			return h.EditTask(h.t.Context(), ben, task, h.task(task).Task.Version, models.TaskInput{Title: &other})
		}}, ""},
		"filled in a field": {[]step{func(h *house, b models.Board, task string) error {
			return h.fill(ana, task, h.field(b, "Cost", custom.Number, models.FieldInput{}).ID, "3")
		}}, models.DidFill},
		"ticked what is required": {[]step{func(h *house, _ models.Board, task string) error {
			require.NoError(h.t, h.AddItems(h.t.Context(), ben, task, []string{"Passport"}, true))
			return h.TickItem(h.t.Context(), ana, task, h.task(task).Items[0].ID)
		}}, models.DidTick},
		"attached a file": {[]step{func(h *house, _ models.Board, task string) error {
			_, err := h.AddFile(h.t.Context(), ana, task, models.Incoming{Name: "contract.txt", Body: strings.NewReader("signed")})
			return err
		}}, models.DidFile},
		"ticked what is not": {[]step{func(h *house, _ models.Board, task string) error {
			require.NoError(h.t, h.AddItems(h.t.Context(), ben, task, []string{"Flowers"}, false))
			return h.TickItem(h.t.Context(), ana, task, h.task(task).Items[0].ID)
		}}, ""},
		"only asked, and set a date": {[]step{edit(ana, models.TaskInput{Due: ptr(models.Date("2026-05-01"))}), func(h *house, _ models.Board, task string) error {
			return h.ask(ana, task, of("ana"))
		}}, ""},
		"undid what another wrote": {[]step{move(ben, flow.InProgress), func(h *house, _ models.Board, task string) error {
			h.now = h.now.Add(time.Minute)
			other := "All copies"
			seq := h.did(h.EditTask(h.t.Context(), asking(ben), task, h.task(task).Task.Version, models.TaskInput{Title: &other}))
			h.undo(seq)
			return nil
		}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			h := office(t)
			b := h.board()
			task := h.add(b, "Sign contract")[0].ID // by Ana: to make it is not to do it
			for _, s := range c.steps {
				require.NoError(t, s(h, b, task))
			}
			require.NoError(t, h.ask(leo, task, of("ana", "leo")))
			err := h.approve(ana, task)
			if c.did == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, []any{string(c.did)}, h.refused(err, fault.SelfApproval).Args)
			v, err := h.Task(t.Context(), ana, task)
			require.NoError(t, err)
			require.Equal(t, c.did, v.Approval.Did, "the panel says so before")
			require.False(t, v.Approval.MayAnswer)
			require.NoError(t, h.approve(leo, task))
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestWhoApprovesAndThenDoesTheWorkHasNotApprovedIt(t *testing.T) {
	h := office(t)
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	require.NoError(t, h.ask(ben, task, of("ana")))
	require.NoError(t, h.approve(ana, task))
	h.start(ana, b, task, flow.InProgress)
	require.Equal(t, []any{"ana"}, h.refused(h.complete(ben, task), fault.SelfApproved).Args)
	require.Len(t, h.task(task).Missing, 1)
}

func TestAnApprovalFallsWhenWhatWasApprovedChanges(t *testing.T) {
	text, owners := "Other words", []string{"zoe"}
	for name, c := range map[string]struct {
		change func(h *house, b models.Board, task string) error
		falls  bool
		fields []string
	}{
		"title": {func(h *house, _ models.Board, task string) error {
			return h.EditTask(h.t.Context(), ben, task, h.task(task).Task.Version, models.TaskInput{Title: &text})
		}, true, []string{"title"}},
		"description": {func(h *house, _ models.Board, task string) error {
			return h.EditTask(h.t.Context(), ben, task, h.task(task).Task.Version, models.TaskInput{Description: &text})
		}, true, []string{"description"}},
		"the same words again": {func(h *house, _ models.Board, task string) error {
			title := h.task(task).Task.Title
			return h.EditTask(h.t.Context(), ben, task, h.task(task).Task.Version, models.TaskInput{Title: &title, Due: ptr(models.Date("2026-05-01"))})
		}, false, nil},
		"owners and date": {func(h *house, _ models.Board, task string) error {
			return h.EditTask(h.t.Context(), ben, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners, Due: ptr(models.Date("2026-05-01"))})
		}, false, nil},
		"a field": {func(h *house, _ models.Board, task string) error {
			return h.fill(ben, task, h.task(task).Fields[0].ID, "4")
		}, true, nil},
		"a field that is taken away": {func(h *house, b models.Board, task string) error {
			return h.RemoveField(h.t.Context(), leo, b.ID, h.task(task).Fields[0].ID)
		}, true, nil},
		"a required item ticked": {func(h *house, _ models.Board, task string) error {
			return h.TickItem(h.t.Context(), ben, task, h.task(task).Items[0].ID)
		}, true, []string{"items"}},
		"a required item more": {func(h *house, _ models.Board, task string) error {
			return h.AddItems(h.t.Context(), ben, task, []string{"Photo"}, true)
		}, true, []string{"items"}},
		"a required item less": {func(h *house, _ models.Board, task string) error {
			return h.RemoveItem(h.t.Context(), ben, task, h.task(task).Items[0].ID)
		}, true, []string{"items"}},
		"a required item no longer so": {func(h *house, _ models.Board, task string) error {
			return h.EditItem(h.t.Context(), ben, task, h.task(task).Items[0].ID, h.task(task).Task.Version, models.ItemInput{Text: "Passport"})
		}, true, []string{"items"}},
		"who has a required item": {func(h *house, _ models.Board, task string) error {
			return h.EditItem(h.t.Context(), ben, task, h.task(task).Items[0].ID, h.task(task).Task.Version, models.ItemInput{Text: "Passport", Owner: "zoe", Required: true})
		}, false, nil},
		"another item ticked": {func(h *house, _ models.Board, task string) error {
			return h.TickItem(h.t.Context(), ben, task, h.task(task).Items[1].ID)
		}, false, nil},
		"a file": {func(h *house, _ models.Board, task string) error {
			_, err := h.AddFile(h.t.Context(), ben, task, models.Incoming{Name: "more.txt", Body: strings.NewReader("more")})
			return err
		}, true, []string{"files"}},
		"a file less": {func(h *house, _ models.Board, task string) error {
			return h.RemoveFile(h.t.Context(), ben, task, h.task(task).Files[0].ID)
		}, true, []string{"files"}},
		"a comment": {func(h *house, _ models.Board, task string) error {
			return h.AddComment(h.t.Context(), ben, task, "Hello")
		}, false, nil},
		"to a board with no place for it": {func(h *house, _ models.Board, task string) error {
			return h.TransferTask(h.t.Context(), ben, task, h.task(task).Task.Version, h.board().ID)
		}, true, nil},
		"to a board with a place for it": {func(h *house, _ models.Board, task string) error {
			other := h.board()
			h.field(other, "Cost", custom.Number, models.FieldInput{})
			return h.TransferTask(h.t.Context(), ben, task, h.task(task).Task.Version, other.ID)
		}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h, ctx := office(t), t.Context()
			b := h.board()
			task := h.add(b, "Sign contract")[0].ID
			require.NoError(t, h.fill(ben, task, h.field(b, "Cost", custom.Number, models.FieldInput{}).ID, "3"))
			require.NoError(t, h.AddItems(ctx, ben, task, []string{"Passport"}, true))
			require.NoError(t, h.AddItems(ctx, ben, task, []string{"Flowers"}, false))
			_, err := h.AddFile(ctx, ben, task, models.Incoming{Name: "contract.txt", Body: strings.NewReader("signed")})
			require.NoError(t, err)
			require.NoError(t, h.ask(zoe, task, models.ApprovalInput{Approvers: []string{"ana", "leo"}, Mode: models.AllApprovers}))
			require.NoError(t, h.approve(ana, task), "a part of it falls, too")
			before := h.seq()
			require.NoError(t, c.change(h, b, task))
			v := h.task(task)
			if !c.falls {
				require.Equal(t, models.ApprovalPending, v.Task.Approval)
				require.NoError(t, h.approve(leo, task))
				require.Equal(t, models.Approved, h.task(task).Task.Approval)
				replay.Check(t, h.db)
				return
			}
			require.Equal(t, models.Fallen, v.Task.Approval)
			if c.fields != nil {
				require.Equal(t, c.fields, v.Approval.Fell.Fields)
				require.Equal(t, "Ben", v.Approval.Fell.Who)
			}
			require.Contains(t, h.told("zoe"), "approval_fell")
			history, err := h.History(ctx, vic, task, 0)
			require.NoError(t, err)
			require.Equal(t, string(models.ApprovalFell), history.Lines[0].Action)
			require.Greater(t, history.Lines[0].Because.Seq, before)
			h.refused(h.approve(leo, task), fault.NotAsked)
			require.Contains(t, codes(h.task(task).Missing), fault.ApprovalFallen)

			require.NoError(t, h.AskAgain(ctx, ben, task, v.Task.Version))
			h.refused(h.AskAgain(ctx, ben, task, h.task(task).Task.Version), fault.NotAsked)
			require.Equal(t, []string{"approval_asked"}, h.told("leo"))
			require.NoError(t, h.approve(leo, task))
			replay.Check(t, h.db)
		})
	}
}

func codes(faults []*fault.Fault) (all []fault.Code) {
	for _, f := range faults {
		all = append(all, f.Code)
	}
	return all
}

func TestAnApproverApprovesWhatTheySaw(t *testing.T) {
	h, ctx := office(t), t.Context()
	task := h.add(h.board(), "Sign contract")[0].ID
	require.NoError(t, h.AddItems(ctx, ben, task, []string{"Passport"}, true))
	require.NoError(t, h.ask(ben, task, of("ana", "leo")))
	seen := h.task(task).Task.Version
	title := "Sign nothing"
	require.NoError(t, h.AddComment(ctx, ben, task, "Please"))
	require.NoError(t, h.EditTask(ctx, ben, task, seen, models.TaskInput{Title: &title}))
	require.NoError(t, h.TickItem(ctx, ben, task, h.task(task).Items[0].ID))
	f := h.refused(h.ApproveTask(ctx, leo, task, seen, ""), fault.Changed)
	require.Equal(t, "title", f.Changes[0].Field)
	require.Equal(t, fault.Change{Who: "Ben", Field: "items", Seq: f.Changes[1].Seq}, f.Changes[1])
	require.NoError(t, h.approve(leo, task))
}

func TestARejectedTaskGoesBackToWorkWithTheReason(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign contract", "Order laptop")
	task := tasks[0].ID
	h.require(task, tasks[1].ID, models.DependencyInput{SatisfiedAt: flow.InReview})
	owners := []string{"zoe"}
	require.NoError(t, h.EditTask(ctx, ben, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners}))
	h.start(ben, b, task, flow.InReview)
	require.Equal(t, flow.Ready, h.state(tasks[1].ID))
	require.NoError(t, h.ask(ben, task, of("ana")))
	h.refused(h.RejectTask(ctx, ana, task, h.task(task).Task.Version, " "), fault.ReasonNeeded)
	h.refused(h.RejectTask(ctx, leo, task, h.task(task).Task.Version, "no"), fault.NotApprover)
	require.NoError(t, h.RejectTask(ctx, ana, task, h.task(task).Task.Version, "The date is missing"))
	require.Equal(t, flow.InProgress, h.state(task))
	require.Equal(t, flow.Waiting, h.state(tasks[1].ID), "what counted on the review waits again")
	require.Equal(t, []any{"ana", "The date is missing"}, h.refused(h.complete(ben, task), fault.ApprovalRefused).Args)
	require.Contains(t, h.told("ben"), "approval_answered")
	require.Contains(t, h.told("zoe"), "approval_answered")
	why := h.task(task).Why
	require.Equal(t, []string{"task.sent_back", "approval.rejected"}, []string{why[0].Action, why[1].Action})

	require.NoError(t, h.AskAgain(ctx, zoe, task, h.task(task).Task.Version))
	require.NoError(t, h.approve(ana, task), "to send it back was not to do it")
	require.NoError(t, h.RejectTask(ctx, ana, task, h.task(task).Task.Version, "On second thoughts"), "one may change one's mind")
	require.Equal(t, models.Rejected, h.task(task).Task.Approval)
	replay.Check(t, h.db)
}

func TestWhatIsDoneKeepsWhatWasApproved(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	cost := h.field(b, "Cost", custom.Number, models.FieldInput{})
	require.NoError(t, h.fill(ben, task, cost.ID, "3"))
	require.NoError(t, h.AddItems(ctx, ben, task, []string{"Passport"}, true))
	h.now = h.now.Add(time.Minute)
	title := "Sign it"
	titled := h.did(h.EditTask(ctx, asking(ben), task, h.task(task).Task.Version, models.TaskInput{Title: &title}))
	require.NoError(t, h.TickItem(ctx, ben, task, h.task(task).Items[0].ID))
	require.NoError(t, h.ask(ben, task, of("ana")))
	require.NoError(t, h.approve(ana, task))
	require.NoError(t, h.complete(ben, task))
	other := "Sign nothing"
	h.refused(h.EditTask(ctx, ben, task, h.task(task).Task.Version, models.TaskInput{Title: &other}), fault.ApprovedAndDone)
	h.refused(h.fill(ben, task, cost.ID, "4"), fault.ApprovedAndDone)
	h.refused(h.UntickItem(ctx, ben, task, h.task(task).Items[0].ID), fault.ApprovedAndDone)
	_, err := h.Undo(ctx, asking(ben), h.team, titled)
	h.refused(err, fault.ApprovedAndDone)
	for _, err := range []error{h.ask(ben, task, of("leo")), h.approve(ana, task), h.WithdrawApproval(ctx, ana, task, h.task(task).Task.Version)} {
		h.refused(err, fault.NotOpen)
	}
	require.NoError(t, h.RemoveField(ctx, leo, b.ID, cost.ID))
	require.Equal(t, models.Approved, h.task(task).Task.Approval, "what a manager takes away does not undo what is done")
	require.NoError(t, h.ReopenTask(ctx, ben, task, h.task(task).Task.Version))
	require.NoError(t, h.EditTask(ctx, ben, task, h.task(task).Task.Version, models.TaskInput{Title: &other}))
	require.Equal(t, models.Fallen, h.task(task).Task.Approval)
	replay.Check(t, h.db)
}

func TestWhoIsCheckedDoesNotChooseByWhom(t *testing.T) {
	h, ctx := office(t), t.Context()
	task := h.add(h.board(), "Sign contract")[0].ID
	for _, c := range []struct {
		in    models.ApprovalInput
		field string
		code  fault.Code
	}{
		{models.ApprovalInput{Mode: models.AnyApprover}, "approvers", fault.Needed},
		{of("eve"), "approvers", fault.NotInTeam},
		{of("vic"), "approvers", fault.ViewerNotApprover},
		{models.ApprovalInput{Role: access.Member}, "role", fault.NotAChoice},
		{models.ApprovalInput{Approvers: []string{"ana"}, Mode: "most"}, "mode", fault.NotAChoice},
		{models.ApprovalInput{Approvers: []string{"ana"}, Note: string(make([]byte, 501))}, "note", fault.TooLong},
	} {
		require.Equal(t, c.field, h.refused(h.ask(ben, task, c.in), c.code).Field)
	}
	require.NoError(t, h.ask(leo, task, of("ana")))
	h.refused(h.ask(ben, task, of("zoe")), fault.NotYourAsk)
	h.refused(h.WithdrawApproval(ctx, ben, task, h.task(task).Task.Version), fault.NotYourAsk)
	require.NoError(t, h.ask(ana, task, of("zoe")), "a manager may")
	seen := h.task(task).Task.Version
	require.NoError(t, h.WithdrawApproval(ctx, leo, task, seen))
	f := h.refused(h.AskApproval(ctx, ana, task, seen, models.ApprovalInput{Approvers: []string{"ben"}, Mode: models.AnyApprover}), fault.Changed)
	require.NotEmpty(t, f.Changes)
	require.Nil(t, h.task(task).Approval)
	require.NoError(t, h.complete(ben, task))
	replay.Check(t, h.db)
}

func TestACopyAsksForApprovalAnew(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0].ID
	require.NoError(t, h.ask(ben, task, models.ApprovalInput{Approvers: []string{"ana", "zoe"}, Role: access.Owner, Mode: models.AnyApprover, Note: "Both copies"}))
	require.NoError(t, h.approve(ana, task))
	h.exec("UPDATE memberships SET role = 'viewer' WHERE user_id = 'zoe'")
	again, err := h.CopyTask(ctx, leo, task, models.CopyInput{})
	require.NoError(t, err)
	v := h.task(again)
	require.Equal(t, models.ApprovalPending, v.Task.Approval)
	require.Equal(t, []string{"ana", ""}, []string{v.Approval.Seats[0].Person.Name, v.Approval.Seats[1].Person.Name})
	require.Equal(t, access.Owner, v.Approval.Seats[1].Role)
	require.Equal(t, "leo", v.Approval.AskedBy.ID)
	require.Contains(t, h.told("ana"), "approval_asked")
	require.True(t, h.task(task).Approval.Seats[1].Left, "who only reads now cannot answer")
	require.NoError(t, h.DeleteTask(ctx, ben, again, v.Task.Version))
	h.now = h.now.Add(models.BinTime + time.Hour)
	require.NoError(t, h.EmptyBins(ctx))
	replay.Check(t, h.db)
}

func TestAnEditThatIsUndoneDoesNotBringTheApprovalBack(t *testing.T) {
	h, ctx := office(t), t.Context()
	task := h.add(h.board(), "Sign contract")[0].ID
	require.NoError(t, h.ask(ben, task, of("ana")))
	require.NoError(t, h.approve(ana, task))
	h.now = h.now.Add(time.Minute)
	title := "Sign it"
	seq := h.did(h.EditTask(ctx, asking(ben), task, h.task(task).Task.Version, models.TaskInput{Title: &title}))
	h.undo(seq)
	require.Equal(t, "Sign contract", h.task(task).Task.Title)
	require.Equal(t, models.Fallen, h.task(task).Task.Approval)
	replay.Check(t, h.db)
}

func TestEveryWayToDoneAsksForTheApproval(t *testing.T) {
	h, ctx := office(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign contract", "Order laptop")
	task, other := tasks[0].ID, tasks[1].ID
	require.NoError(t, h.ask(ben, task, of("ana")))
	done := models.Place{Column: h.column(b, flow.Done)}
	seen := func() int64 { return h.task(task).Task.Version }
	ways := map[string]func() error{
		"completing it": func() error { return h.complete(ben, task) },
		"moving it":     func() error { return h.MoveTask(ctx, ben, task, seen(), done) },
		"moving several": func() error {
			_, err := h.ChangeTasks(ctx, ben, b.ID, h.seq(), []string{other, task}, models.Bulk{Deed: models.DeedMove, Place: done})
			return err
		},
	}
	for name, way := range ways {
		f := fault.From(way())
		require.NotNil(t, f, name)
		require.Contains(t, codes(append(f.Also, f)), fault.ApprovalOpen, name)
		require.Equal(t, flow.Ready, h.state(other), "%s: all or none", name)
	}
	require.NoError(t, h.approve(ana, task))
	h.bulk(b, []string{task, other}, models.Bulk{Deed: models.DeedPrioritise, Priority: models.High})
	h.bulk(b, []string{task, other}, models.Bulk{Deed: models.DeedDue, Due: "2026-05-01"})
	require.Equal(t, models.Approved, h.task(task).Task.Approval, "neither is part of what was approved")
	require.NoError(t, ways["moving several"]())

	// To take the reopening back is to complete it once more.
	h.now = h.now.Add(time.Minute)
	reopened := h.did(h.ReopenTask(ctx, asking(ben), task, seen()))
	title := "Sign it"
	require.NoError(t, h.EditTask(ctx, ben, task, seen(), models.TaskInput{Title: &title}))
	_, err := h.Undo(ctx, asking(ben), h.team, reopened)
	h.refused(err, fault.ApprovalFallen)

	// What is made of it has to be approved itself.
	var again []string
	id, err := h.CopyTask(ctx, ben, task, models.CopyInput{})
	require.NoError(t, err)
	again = append(again, id)
	require.NoError(t, h.AskAgain(ctx, ben, task, seen()))
	out, err := h.ExportBoard(ctx, ana, b.ID)
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, exchange.WriteJSON(&file, out))
	made, err := h.bring(h.team, "board.json", file.Bytes())
	require.NoError(t, err)
	var brought []string
	require.NoError(t, h.db.Raw("SELECT id FROM tasks WHERE board_id = ? AND title = ?", made.ID, title).Scan(&brought).Error)
	require.Len(t, brought, 2, "of the copy, too")
	again = append(again, brought...)
	for _, id := range again {
		h.refused(h.complete(ben, id), fault.ApprovalOpen)
	}
	replay.Check(t, h.db)
}

func TestAnApprovalFallsByAnUndoToo(t *testing.T) {
	for name, change := range map[string]func(h *house, task string) int64{
		"of words": func(h *house, task string) int64 {
			title := "Sign it"
			return h.did(h.EditTask(h.t.Context(), asking(ben), task, h.task(task).Task.Version, models.TaskInput{Title: &title}))
		},
		"of a field": func(h *house, task string) int64 {
			return h.did(h.fill(asking(ben), task, h.task(task).Fields[0].ID, "4"))
		},
		"of a file": func(h *house, task string) int64 {
			_, err := h.AddFile(h.t.Context(), asking(ben), task, models.Incoming{Name: "contract.txt", Body: strings.NewReader("signed")})
			return h.did(err)
		},
		"of a way to a board with no place for a field": func(h *house, task string) int64 {
			other := h.board().ID
			h.now = h.now.Add(time.Minute)
			return h.did(h.TransferTask(h.t.Context(), asking(ben), task, h.task(task).Task.Version, other))
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := office(t)
			b := h.board()
			task := h.add(b, "Sign contract")[0].ID
			require.NoError(t, h.fill(ben, task, h.field(b, "Cost", custom.Number, models.FieldInput{}).ID, "3"))
			h.now = h.now.Add(time.Minute)
			seq := change(h, task)
			require.NoError(t, h.ask(zoe, task, of("ana")))
			require.NoError(t, h.approve(ana, task))
			h.undo(seq)
			require.Equal(t, models.Fallen, h.task(task).Task.Approval)
			replay.Check(t, h.db)
		})
	}
}

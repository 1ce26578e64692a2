package models_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
)

// wanted are those who have not read that their approval is asked.
func (h *house) wanted() (people []string) {
	require.NoError(h.t, h.db.Raw("SELECT DISTINCT user_id FROM notices WHERE kind = 'approval_asked' AND read_at IS NULL ORDER BY user_id").Scan(&people).Error)
	return people
}

func TestWhoIsAskedForApprovalIsToldAsLongAsTheyAreAsked(t *testing.T) {
	h := office(t)
	b := h.board()
	tasks := h.add(b, "Budget", "Contract", "Plan", "Letter")
	budget, contract, plan, letter := tasks[0].ID, tasks[1].ID, tasks[2].ID, tasks[3].ID

	// One is enough: with the first answer nobody else is asked any more.
	require.NoError(t, h.ask(ana, budget, of(ben.ID, zoe.ID)))
	require.Equal(t, []string{"ben", "zoe"}, h.wanted())
	require.NoError(t, h.approve(ben, budget))
	require.Empty(t, h.wanted())
	require.Equal(t, []string{"approval_answered"}, h.told(ana.ID))

	// All have to: each is asked until they have answered, and when it falls nobody is.
	require.NoError(t, h.ask(ana, contract, models.ApprovalInput{Approvers: []string{ben.ID, zoe.ID}, Mode: models.AllApprovers}))
	require.NoError(t, h.approve(ben, contract))
	require.Equal(t, []string{"zoe"}, h.wanted())
	title := "The contract"
	require.NoError(t, h.EditTask(t.Context(), ana, contract, h.task(contract).Task.Version, models.TaskInput{Title: &title}))
	require.Empty(t, h.wanted())

	// Asked of others, it is not asked of who was asked before; withdrawn, of nobody.
	require.NoError(t, h.ask(ana, plan, of(ben.ID)))
	require.NoError(t, h.ask(ana, plan, of(zoe.ID)))
	require.Equal(t, []string{"zoe"}, h.wanted())
	require.NoError(t, h.WithdrawApproval(t.Context(), ana, plan, h.task(plan).Task.Version))
	require.Empty(t, h.wanted())

	// What is cancelled asks for nothing; what was asked of a manager was asked of each.
	require.NoError(t, h.ask(ana, letter, models.ApprovalInput{Role: access.Manager}))
	require.Equal(t, []string{"leo"}, slices.DeleteFunc(h.wanted(), func(id string) bool { return id == ana.ID }))
	require.NoError(t, h.CancelTask(t.Context(), ana, letter, h.task(letter).Task.Version, ""))
	require.Empty(t, h.wanted())
}

func TestTheInboxOffersToApproveToWhoMay(t *testing.T) {
	h := office(t)
	b := h.board()
	task := h.add(b, "Budget")[0].ID
	offered := func(who models.Actor) bool {
		v, err := h.Inbox(t.Context(), who, models.InboxFilter{}, "")
		require.NoError(t, err)
		i := slices.IndexFunc(v.Items, func(i models.InboxItem) bool { return i.Task.ID == task })
		return i >= 0 && v.Items[i].Asked
	}
	require.NoError(t, h.ask(ana, task, models.ApprovalInput{Approvers: []string{ben.ID}, Role: access.Manager, Mode: models.AllApprovers}))
	require.True(t, offered(ben))
	require.True(t, offered(leo))
	require.False(t, offered(zoe))
	require.NoError(t, h.approve(ben, task))
	require.False(t, offered(ben), "who has answered is not asked again")
	require.True(t, offered(leo))
	owners := []string{leo.ID}
	require.NoError(t, h.EditTask(t.Context(), ana, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners}))
	require.False(t, offered(leo), "who owns the task does not approve it")
}

package tests

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
)

// furnished is an office with a dozen tasks that have some of everything.
func furnished(t *testing.T) office {
	t.Helper()
	o := newOffice(t)
	ctx, ana := t.Context(), o.ana.Actor()
	for _, l := range []models.LabelInput{{Name: "Legal", Colour: "purple", Icon: "scale"}, {Name: "Money", Colour: "green", Icon: "banknote"}} {
		require.NoError(t, o.Store.AddLabel(ctx, ana, o.board.ID, l))
	}
	v, err := o.Store.Board(ctx, ana, o.board.ID)
	require.NoError(t, err)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop", "Prepare the payroll", "Plan the first week", "Book a desk near the window")
	ids = append(ids, o.add(t, flow.InProgress, "Write the welcome letter", "Set up the accounts for mail, calendar and the intranet")...)
	ids = append(ids, o.add(t, flow.InReview, "Check the insurance")...)
	ids = append(ids, o.add(t, flow.Done, "Find the right person", "Agree on the salary")...)
	for i, id := range ids {
		due := models.Date(time.Now().UTC().AddDate(0, 0, i*4-9).Format(time.DateOnly))
		if i%4 == 3 {
			due = ""
		}
		estimate, priority := i*45%300, models.Priorities[i*3%5]
		owners := [][]string{{o.ana.ID}, {o.bo.ID}, {o.ana.ID, o.bo.ID}, {}}[i%4]
		labels := [][]string{{v.Labels[0].ID}, {}, {v.Labels[0].ID, v.Labels[1].ID}}[i%3]
		require.NoError(t, o.Store.EditTask(ctx, ana, id, 1<<40, models.TaskInput{Due: &due, Estimate: &estimate, Priority: &priority, Owners: &owners, Labels: &labels}))
	}
	o.require(t, ids[0], ids[2])
	o.require(t, ids[0], ids[3])
	o.require(t, ids[1], ids[3])
	require.NoError(t, o.Store.AddItems(ctx, ana, ids[5], []string{"Draft", "Read", "Send"}, false))
	require.NoError(t, o.Store.BlockTask(ctx, ana, ids[1], 1<<40, "No budget yet"))
	return o
}

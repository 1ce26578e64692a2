package playbook_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
)

func TestABoardBecomesATemplateThatPeopleCanRead(t *testing.T) {
	d := playbook.Recall("Mudanza", "es", "El documento", []playbook.Work{
		{ID: "1", Title: "Señalar «cajas»", Owner: "ana@example.com", OwnerName: "Ana Díaz", Due: "2026-03-10", NeedsFile: true},
		{ID: "2", Title: "Señalar cajas", Owner: "ana@example.com", OwnerName: "Ana Díaz", Due: "2026-03-14", Needs: []playbook.Need{playbook.Requires("1"), playbook.Requires("elsewhere")}},
		{ID: "3", Title: "搬家", Description: "Take {{this}}", Due: "2026-03-05"},
		{ID: "4", Title: "End"},
	}, day(t, "2026-03-06"), flow.Weekdays(time.UTC))
	require.Equal(t, []string{"senalar_cajas", "senalar_cajas_2", "step_3", "step_4"}, stepIDs(d.Steps))
	require.Equal(t, []playbook.Role{{ID: "ana_diaz", Name: "Ana Díaz", Who: playbook.ByName, Person: "ana@example.com"}}, d.Roles)
	require.Equal(t, "2 working days after start", d.Steps[0].Due.String())
	require.Equal(t, "8 days after start", d.Steps[1].Due.String(), "a Saturday")
	require.Equal(t, "1 day before start", d.Steps[2].Due.String())
	require.Equal(t, "El documento", d.Steps[0].Evidence)
	require.Equal(t, []playbook.Need{playbook.Requires("senalar_cajas")}, d.Steps[1].Needs)
	require.Equal(t, "Take { {this}}", d.Steps[2].Description)
	require.NoError(t, playbook.Refuse(playbook.Check(d)))
}

// Whatever is on a board, what it is saved as can be planned, and the plan is the
// board again: the same tasks, who waits for whom, and, started on the same day, the
// same due dates wherever no prerequisite is due later.
func TestARunOfASavedBoardIsThatBoardAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := day(t, "2028-02-20").AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "from"))
		cal := flow.Weekdays(place(t, rapid.SampledFrom(zones).Draw(t, "zone")))
		tasks := drawWork(t, from)
		d := playbook.Recall(drawLine(t, "name", 300), "en", "A file", tasks, from, cal)
		require.NoError(t, playbook.Refuse(playbook.Check(d)), "%s", playbook.Print(d))
		again, findings := playbook.Parse(playbook.Print(d))
		require.Empty(t, findings)
		require.Equal(t, d, again)

		sheet, err := playbook.Plan(d, playbook.Launch{From: from, Calendar: cal})
		require.NoError(t, err)
		require.Len(t, sheet.Tasks, len(tasks))
		ids := map[string]string{}
		for i, p := range sheet.Tasks {
			ids[tasks[i].ID] = p.Step
		}
		for i, p := range sheet.Tasks {
			task := tasks[i]
			var needs []playbook.Need
			for _, n := range task.Needs {
				n.Step = ids[n.Step]
				needs = append(needs, n)
			}
			require.Equal(t, needs, p.Needs)
			require.Equal(t, task.Join == flow.Any && len(needs) > 0, p.Join == flow.Any)
			require.Equal(t, task.Owner != "", p.Role != "")
			require.Len(t, p.Checklist, len(task.Checklist))
			require.Equal(t, task.Estimate, p.Estimate)
			if p.Pushed != "" {
				require.Equal(t, task.Due, p.Pushed)
			} else {
				require.Equal(t, task.Due, p.Due)
			}
		}
	})
}

// drawWork draws tasks of a board, each of which may need those before it.
func drawWork(t *rapid.T, from time.Time) (tasks []playbook.Work) {
	for i := range rapid.IntRange(1, 12).Draw(t, "tasks") {
		w := playbook.Work{
			ID: fmt.Sprint(i), Title: drawLine(t, "title", 200), Description: drawText(t, "description"), Estimate: rapid.SampledFrom([]int{0, 30, 480}).Draw(t, "estimate"),
			Priority: rapid.SampledFrom(playbook.Priorities).Draw(t, "priority"), NeedsFile: rapid.Bool().Draw(t, "file"),
			Join: rapid.SampledFrom([]flow.Join{flow.All, flow.Any}).Draw(t, "join"),
		}
		if rapid.Bool().Draw(t, "owned") {
			w.OwnerName = drawLine(t, "owner", 60)
			w.Owner = rapid.SampledFrom([]string{"ana@example.com", "bo@example.com", "not an address"}).Draw(t, "address")
		}
		if rapid.Bool().Draw(t, "due?") {
			w.Due = from.AddDate(0, 0, rapid.IntRange(-10, 60).Draw(t, "due")).Format(time.DateOnly)
		}
		for range rapid.IntRange(0, 3).Draw(t, "items") {
			w.Checklist = append(w.Checklist, playbook.Item{Text: drawLine(t, "item", 300), Required: rapid.Bool().Draw(t, "required")})
		}
		w.Labels = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawLine(t, "label", 60) }), 0, 3).Draw(t, "labels")
		for j := range i {
			if rapid.IntRange(0, 3).Draw(t, "needs?") == 0 {
				n := playbook.Requires(fmt.Sprint(j))
				n.Lag = flow.Lag{Amount: rapid.IntRange(1, 9).Draw(t, "lag"), Unit: rapid.SampledFrom(flow.Units).Draw(t, "unit")}
				n.OnCancel = rapid.SampledFrom([]flow.OnCancel{flow.Skip, flow.Hold}).Draw(t, "cancelled")
				w.Needs = append(w.Needs, n)
			}
		}
		tasks = append(tasks, w)
	}
	return tasks
}

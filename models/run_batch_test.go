package models_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

func silent(int, int) {}

// count is what a query counts.
func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	require.NoError(h.t, h.db.Raw(query, args...).Row().Scan(&n))
	return n
}

// faultsBy are the codes of a planned table, by line and column.
func faultsBy(v models.BatchView) map[string]fault.Code {
	all := map[string]fault.Code{}
	for _, r := range v.Rows {
		for _, f := range r.Faults {
			all[fmt.Sprintf("%d %s", r.Line, f.Field)] = f.Code
		}
	}
	return all
}

func TestEachRowOfATableIsARunAndAllAreStartedInOneChange(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	table := "Order number;Customer;E-Mail;amount;Sales;Starts on;Nonsense\n4711;Ada;ada@example.org;1.234,50;Ana;09/03/2026;x\n4712;Grace;grace@example.org;80;ben@example.org;;\n"
	in := models.BatchInput{Table: []byte(table), File: "orders.csv", Board: b.ID, Headings: map[string]string{"Starts on": models.FromColumn, "E-Mail": models.AnswerField("customer_email")}}
	v, err := h.PlanBatch(ctx, ben, template.ID, in)
	require.NoError(t, err)
	require.Equal(t, []string{"input.order_number", "input.customer", "input.customer_email", "input.amount", "role.sales", "from", ""}, v.Batch.Columns)
	require.Zero(t, v.Wrong())
	require.Equal(t, "Order processing · 4711", v.Rows[0].Name)
	require.Equal(t, 2, v.Rows[0].Line)
	require.Zero(t, h.count("SELECT COUNT(*) FROM runs"), "a look starts nothing")

	in.ID = models.NewID()
	var heard []int
	done, err := h.StartBatch(ctx, asking(ben), template.ID, in, func(n, of int) { heard = append(heard, n, of) })
	require.NoError(t, err)
	require.Equal(t, 2, done.Runs)
	require.Equal(t, []int{1, 2, 2, 2}, heard)
	runs, err := h.Runs(ctx, vic, template.ID, "", true)
	require.NoError(t, err)
	require.Len(t, runs.Runs, 2)
	first := runs.Runs[1].Run
	require.Equal(t, in.ID, first.ID)
	require.Equal(t, "1234.5", first.Given()["amount"])
	require.Equal(t, models.Date("2026-03-09"), first.Starts)
	require.Equal(t, "ana", first.Cast()["sales"])
	require.Equal(t, "ben", runs.Runs[0].Cast()["sales"])
	require.Equal(t, flow.Ready, h.step(t, first.ID, "check_order").Task.State)
	require.Equal(t, 2, h.count("SELECT COUNT(*) FROM entries WHERE log_id = ? AND action = 'run.started' AND cause = ?", h.team, done.Entry), "each start has the table as its cause")
	_, err = h.StartBatch(ctx, ben, template.ID, in, silent)
	h.refused(err, fault.BatchStarted)

	_, err = h.Undo(ctx, ben, h.team, done.Entry)
	require.NoError(t, err)
	require.Zero(t, h.count("SELECT COUNT(*) FROM tasks WHERE run_id <> '' AND deleted_at IS NULL"), "undone, all of them are")
	replay.Check(t, h.db)
}

func TestWhatIsWrongInATableIsToldByRowAndColumnAndNothingIsStarted(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	plan := func(table string, more ...func(*models.BatchInput)) (models.BatchView, error) {
		in := models.BatchInput{Table: []byte(table), Board: b.ID}
		for _, m := range more {
			m(&in)
		}
		return h.PlanBatch(ctx, ben, template.ID, in)
	}
	head := "order_number,customer,customer_email,amount,sales,from\n"
	v, err := plan(head + "4711,Ada,ada@example.org,much,Nobody,soon\n,Ada,ada@example.org,1,,\n4713,Ada,ada@example.org,1,,\n")
	require.NoError(t, err)
	require.Equal(t, map[string]fault.Code{"2 input.amount": fault.NotANumber, "2 role.sales": fault.NobodyOfName, "2 from": fault.NotADate, "3 input.order_number": fault.Needed}, faultsBy(v))
	require.Equal(t, 2, v.Wrong())
	_, err = h.StartBatch(ctx, ben, template.ID, v.Batch, silent)
	require.Equal(t, 2, h.refused(err, fault.RowsWrong).Args[0])
	require.Zero(t, h.count("SELECT COUNT(*) FROM runs"))

	h.exec("UPDATE users SET name = 'Ana' WHERE id = 'vic'")
	v, err = plan(head + "4711,Ada,ada@example.org,1,ÁNA,\n")
	require.NoError(t, err)
	require.Equal(t, map[string]fault.Code{"2 role.sales": fault.TwoOfThatName}, faultsBy(v), "two are called so")
	require.Equal(t, "columns", refusedBy(t, plan, "order_number\n1\n", fault.ColumnMissing).Field)
	require.Equal(t, "columns", refusedBy(t, plan, "colour\nred\n", fault.NoColumnKnown).Field)
	_ = refusedBy(t, plan, head, fault.TableEmpty)
	_ = refusedBy(t, plan, "  ", fault.TableEmpty)
	_ = refusedBy(t, plan, "a\x00b", fault.TableUnreadable)
	_ = refusedBy(t, plan, "x\n"+strings.Repeat("y\n", models.MaxBatch+1), fault.TooManyRows)
	_ = refusedBy(t, plan, strings.Repeat("y", 1<<20+1), fault.TableTooBig)
	_, err = plan(head+"1,A,a@example.org,1,,\n", func(in *models.BatchInput) { in.Board = "nowhere" })
	require.Equal(t, "board", h.refused(err, fault.NotAChoice).Field)
	_, err = plan(head+"1,A,a@example.org,1,,\n", func(in *models.BatchInput) { in.Columns = []string{"input.order_number", "input.order_number"} })
	h.refused(err, fault.ColumnTwice)
	_, err = plan(head+"1,A,a@example.org,1,,\n", func(in *models.BatchInput) { in.Version = 9 })
	h.refused(err, fault.OtherVersion)
}

func refusedBy(t *testing.T, plan func(string, ...func(*models.BatchInput)) (models.BatchView, error), table string, code fault.Code) *fault.Fault {
	t.Helper()
	_, err := plan(table)
	f := fault.From(err)
	require.NotNil(t, f, "%.40q", table)
	require.Equal(t, code, f.Code, "%.40q", table)
	return f
}

func TestTheRowsOfATableShareTheWorkAmongThoseWhoHaveLeast(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := h.template(t, "name: Calls\ninputs: [{id: who, label: Who, required: true}]\nroles: [{id: next, name: Next, who: round robin}, {id: free, name: Free, who: least loaded}]\n"+
		"steps:\n  - {id: call, title: \"Call {{who}}\", role: next}\n  - {id: note, title: Note, role: free, needs: [call]}\n")
	done, err := h.StartBatch(ctx, ben, template.ID, models.BatchInput{Board: h.board().ID, Table: []byte("who\nAda\nBea\nCy\nDee\n")}, silent)
	require.NoError(t, err)
	require.Equal(t, 4, done.Runs)
	var owned []int
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM task_owners o JOIN tasks t ON t.id = o.task_id WHERE t.step = 'call' GROUP BY o.user_id").Scan(&owned).Error)
	require.Equal(t, []int{2, 2}, owned)
	replay.Check(t, h.db)
}

// orderTable is a table of n orders.
func orderTable(n int) []byte {
	var b strings.Builder
	b.WriteString("order_number,customer,customer_email,amount\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Customer %d,customer%d@example.org,%d\n", 4000+i, i, i, 20+i)
	}
	return []byte(b.String())
}

// 1,000 runs of a table, each of one small workflow of five tasks: in one change.
func BenchmarkStartOf1000Runs(b *testing.B) {
	h := newHouse(b)
	template := h.template(b, "name: Order\ninputs: [{id: order_number, label: N, required: true}]\nroles: [{id: r, name: R, who: round robin}]\nsteps:\n"+
		"  - {id: a, title: \"Take {{order_number}}\", role: r, due: on start}\n  - {id: b, title: Pick, role: r, needs: [a]}\n  - {id: c, title: Pack, role: r, needs: [b]}\n"+
		"  - {id: d, title: Ship, role: r, needs: [c], fields: [{id: code, label: Code}]}\n  - {id: e, title: Bill, role: r, needs: [b], checklist: [First, Second]}\n")
	board := h.board()
	for b.Loop() {
		_, err := h.StartBatch(b.Context(), ben, template.ID, models.BatchInput{Board: board.ID, Table: orderTable(models.MaxBatch)}, silent)
		require.NoError(b, err)
	}
}

// Each page of the table of 1,000 runs of order processing's size.
func BenchmarkTableOf1000Runs(b *testing.B) {
	h := newHouse(b)
	template := orders(h)
	_, err := h.StartBatch(b.Context(), ben, template.ID, models.BatchInput{Board: h.board().ID, Table: orderTable(models.MaxBatch)}, silent)
	require.NoError(b, err)
	for b.Loop() {
		v, err := h.RunTable(b.Context(), vic, template.ID, "", "", true)
		require.NoError(b, err)
		require.Len(b, v.Runs, 50)
	}
}

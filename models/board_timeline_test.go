package models_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
)

// timeline reads the timeline that an address asks for.
func (h *house) timeline(b models.Board, query string) models.TimelineView {
	h.t.Helper()
	asked, err := url.ParseQuery(query)
	require.NoError(h.t, err)
	reach, ignored := models.ParseReach(asked, h.now)
	require.Empty(h.t, ignored)
	filter, ignored := models.ParseBoardFilter(asked)
	require.Empty(h.t, ignored)
	v, err := h.Timeline(h.t.Context(), ben, b.ID, reach, filter)
	require.NoError(h.t, err)
	return v
}

// bars writes down what a timeline has: "Build 3/3–5/3 +480", with its slack, or
// "Build 3/3–5/3 !" where it is critical.
func bars(v models.TimelineView) (lines []string) {
	for _, r := range v.Rows {
		day := func(t time.Time) string { return t.In(v.Work.Zone()).Format("2/1") }
		line := fmt.Sprintf("%s %s–%s", r.Title, day(r.Start), day(r.Finish))
		if r.Critical {
			line += " !"
		} else if r.Slack > 0 {
			line += fmt.Sprintf(" +%d", r.Slack)
		}
		if r.Late > 0 {
			line += fmt.Sprintf(" late %d", r.Late)
		}
		lines = append(lines, line)
	}
	return lines
}

// build is a house being built, from Monday 2 March on.
func (h *house) build(b models.Board) (tasks []models.Task) {
	h.now = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) // nine in Madrid
	tasks = h.add(b, "Plan", "Dig", "Lay bricks", "Order doors", "Hang doors")
	for i, days := range []int{1, 2, 3, 1, 1} {
		estimate := days * 480
		h.edit(tasks[i].ID, models.TaskInput{Estimate: &estimate})
	}
	h.requires(tasks[1], tasks[0])
	h.requires(tasks[2], tasks[1])
	h.requires(tasks[3], tasks[0])
	h.requires(tasks[4], tasks[2])
	h.requires(tasks[4], tasks[3])
	return tasks
}

func TestATimelinePlansEachTaskAfterWhatItWaitsFor(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.build(b)
	v := h.timeline(b, "")
	require.Equal(t, []string{"Plan 2/3–2/3 !", "Order doors 3/3–3/3 +1920", "Dig 3/3–4/3 !", "Lay bricks 5/3–9/3 !", "Hang doors 10/3–10/3 !"}, bars(v))
	require.Equal(t, "2026-03-10 17:00", v.Finish.In(v.Work.Zone()).Format("2006-01-02 15:04"))
	require.Equal(t, []string{"ONB-3", "ONB-4"}, v.Rows[4].After)
	require.Len(t, v.Links, 5)
	require.True(t, v.Rows[0].Proposed)

	// A date in the future is kept; one that cannot be kept makes it late.
	h.on(tasks[3].ID, "2026-03-05")
	h.on(tasks[4].ID, "2026-03-06")
	v = h.timeline(b, "")
	require.Equal(t, []string{"Plan 2/3–2/3 !", "Dig 3/3–4/3 !", "Order doors 5/3–5/3 +960", "Lay bricks 5/3–9/3 !", "Hang doors 10/3–10/3 ! late 960"}, bars(v))

	// What really happened goes before the plan.
	h.now = h.now.Add(4 * time.Hour)
	require.NoError(t, h.CompleteTask(ctx, ben, tasks[0].ID, 1<<40))
	h.start(ben, b, tasks[1].ID, flow.InProgress)
	v = h.timeline(b, "")
	require.Equal(t, "Plan 27/2–2/3", strings.Split(bars(v)[0], " +")[0])
	require.Equal(t, "Dig 2/3–4/3 !", bars(v)[1])
	require.True(t, v.Rows[1].Begun)
	require.True(t, v.Links[0].Satisfied)
}

func TestATimelineShowsWhatIsInReachAndPassesTheFilter(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	tasks := h.build(b)
	h.on(tasks[4].ID, "2026-09-01")
	v := h.timeline(b, "")
	require.Len(t, v.Rows, 4)
	require.Equal(t, []int{4, 0, 1}, []int{v.All, v.Before, v.After})
	v = h.timeline(b, "from=2026-08-31")
	require.Equal(t, []string{"Hang doors 1/9–1/9 !"}, bars(v))
	require.Equal(t, 4, v.Before)
	require.Len(t, h.timeline(b, "zoom=month").Rows, 5)
	require.Equal(t, []string{"ONB-3", "ONB-4"}, v.Rows[0].After, "also what is not in sight")
	v = h.timeline(b, "q=doors")
	require.Len(t, v.Rows, 1)
	require.Empty(t, v.Links)

	h.add(b, strings.Split(strings.Repeat("More\n", 210), "\n")[:210]...)
	v = h.timeline(b, "page=2")
	require.Len(t, v.Rows, 14)
	require.Equal(t, 214, v.All)
}

func TestATaskOfAnotherBoardHoldsWhatWaitsForIt(t *testing.T) {
	h := newHouse(t)
	b, other := h.board(), h.board()
	here, there := h.add(b, "Here")[0], h.add(other, "There")[0]
	h.on(there.ID, "2026-03-12")
	h.requires(here, there)
	v := h.timeline(b, "")
	require.Equal(t, []string{"Here 13/3–13/3 !"}, bars(v))
	require.Equal(t, []string{models.Key(other.Key, 1)}, v.Rows[0].After)
}

func TestAnotherDateTellsWhatItPushesBeforeItIsChanged(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.build(b)
	v, err := h.PreviewDates(ctx, ben, tasks[1].ID, "2026-03-06", false)
	require.NoError(t, err)
	require.Equal(t, 2, v.Pushes)
	require.Equal(t, "Lay bricks", v.Pushed[0].Title)
	require.Equal(t, "Hang doors", v.Pushed[1].Title)
	day := func(t time.Time) string { return t.Format("2/1") }
	require.Equal(t, "5/3 6/3 12/3", day(v.Now.Start)+" "+day(v.Now.Finish)+" "+day(v.NowAll))
	require.Equal(t, "10/3", day(v.WasAll))
	require.Empty(t, h.task(tasks[1].ID).Task.Due, "nothing is changed")

	v, err = h.PreviewDates(ctx, ben, tasks[3].ID, "2026-03-06", false)
	require.NoError(t, err)
	require.Zero(t, v.Pushes, "it has that much slack")
	v, err = h.PreviewDates(ctx, ben, tasks[1].ID, "2026-03-06", true)
	require.NoError(t, err)
	require.Equal(t, 4*480, v.Estimate, "it takes from the 3rd to the 6th")
	require.Equal(t, "3/3 6/3", day(v.Now.Start)+" "+day(v.Now.Finish))
	v, err = h.PreviewDates(ctx, ben, tasks[4].ID, "2026-03-03", false)
	require.NoError(t, err)
	require.Equal(t, 5*480, v.Now.Late, "what it waits for does not hurry for it")

	require.NoError(t, h.CompleteTask(ctx, ana, tasks[0].ID, 1<<40))
	_, err = h.PreviewDates(ctx, ben, tasks[0].ID, "2026-03-06", false)
	h.refused(err, fault.NotOpen)
}

func TestTheDatesThatAChangeBreaksGoAlongAndComeBackWithIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.build(b)
	h.on(tasks[2].ID, "2026-03-09")
	h.on(tasks[4].ID, "2026-03-20") // which can wait
	v, err := h.PreviewDates(ctx, ben, tasks[1].ID, "2026-03-06", false)
	require.NoError(t, err)
	require.Equal(t, []int{1, 1}, []int{v.Pushes, v.Breaks})
	require.True(t, v.Pushed[0].Breaks)

	h.now = h.now.Add(-time.Minute) // a moment of its own
	seq := h.did(h.ChangeDates(ctx, asking(ben), tasks[1].ID, 1<<40, models.Dates{Due: "2026-03-06", Along: true}))
	require.Equal(t, models.Date("2026-03-06"), h.task(tasks[1].ID).Task.Due)
	require.Equal(t, models.Date("2026-03-11"), h.task(tasks[2].ID).Task.Due)
	require.Equal(t, models.Date("2026-03-20"), h.task(tasks[4].ID).Task.Due)
	h.undo(seq)
	require.Empty(t, h.task(tasks[1].ID).Task.Due)
	require.Equal(t, models.Date("2026-03-09"), h.task(tasks[2].ID).Task.Due)

	minutes := 5 * 480
	require.NoError(t, h.ChangeDates(ctx, ben, tasks[1].ID, 1<<40, models.Dates{Due: "2026-03-09", Minutes: &minutes}))
	require.Equal(t, minutes, h.task(tasks[1].ID).Task.Estimate)
	require.Equal(t, models.Date("2026-03-09"), h.task(tasks[2].ID).Task.Due, "nothing goes along that nobody asked for")
	h.refused(h.ChangeDates(ctx, ben, tasks[1].ID, 1, models.Dates{Due: "2026-03-10"}), fault.Changed)
}

func TestAReachIsReadAsItIsWritten(t *testing.T) {
	today := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	r, ignored := models.ParseReach(url.Values{"zoom": {"year"}, "from": {"1990-01-01"}, "page": {"0"}}, today)
	require.Equal(t, []string{"zoom", "from", "page"}, ignored)
	require.Equal(t, "2026-11-16", r.First.Format(time.DateOnly))
	require.Empty(t, r.Values(today), "what begins around today goes on with it")
	for _, zoom := range models.Zooms {
		for _, n := range []int{-1, 1} {
			there := r.Around(zoom, today).Step(n)
			back, ignored := models.ParseReach(there.Values(today), today)
			require.Empty(t, ignored)
			require.Equal(t, there, back)
		}
	}
}

// BenchmarkTimeline reads a timeline of a board with 200 tasks, and with 5,000, each
// of which waits for another.
func BenchmarkTimeline(b *testing.B) {
	for _, n := range []int{200, 5000} {
		h := newHouse(b)
		board := h.board()
		for from := 0; from < n; from += 500 {
			h.add(board, strings.Split(strings.Repeat("Task\n", min(500, n-from)), "\n")[:min(500, n-from)]...)
		}
		h.exec(`INSERT INTO dependencies (prerequisite_id, dependent_id, team_id, lag_amount, lag_unit, on_cancel, satisfied_at, created_at)
			SELECT p.id, d.id, d.team_id, 0, 'days', 'skip', 'done', d.created_at FROM tasks d JOIN tasks p ON p.board_id = d.board_id AND p.number = d.number / 2
			WHERE d.board_id = $1 AND d.number > 1`, board.ID)
		reach, _ := models.ParseReach(nil, h.now)
		b.Run(fmt.Sprint("tasks=", n), func(b *testing.B) {
			for b.Loop() {
				v, err := h.Timeline(b.Context(), ben, board.ID, reach, models.BoardFilter{})
				require.NoError(b, err)
				require.NotEmpty(b, v.Rows)
			}
		})
	}
}

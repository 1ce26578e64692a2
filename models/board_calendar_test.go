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

// on puts a task on a day.
func (h *house) on(task string, due models.Date) { h.edit(task, models.TaskInput{Due: &due}) }

// calendar reads the calendar that an address asks for.
func (h *house) calendar(b models.Board, query string) models.CalendarView {
	h.t.Helper()
	asked, err := url.ParseQuery(query)
	require.NoError(h.t, err)
	span, ignored := models.ParseSpan(asked, h.now)
	require.Empty(h.t, ignored)
	filter, ignored := models.ParseBoardFilter(asked)
	require.Empty(h.t, ignored)
	v, err := h.Calendar(h.t.Context(), ben, b.ID, span, filter)
	require.NoError(h.t, err)
	return v
}

// diary writes down what a calendar has: "3: Tax, Rent +2".
func diary(v models.CalendarView) (lines []string) {
	for _, d := range v.Days {
		if d.Count == 0 {
			continue
		}
		var titles []string
		for _, c := range d.Cards {
			titles = append(titles, c.Title)
		}
		line := fmt.Sprintf("%s: %s", d.Day.Format("2/1"), strings.Join(titles, ", "))
		if more := d.Count - len(d.Cards); more > 0 {
			line += fmt.Sprintf(" +%d", more)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestACalendarHasTheTasksOfTheBoardOnTheirDays(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Rent", "Tax", "Party", "Cancelled", "Binned", "Archived", "Elsewhen", "Undated", "Old news")
	for i, due := range []models.Date{"2026-03-03", "2026-03-03", "2026-02-28", "2026-03-03", "2026-03-03", "2026-03-03", "2026-05-01"} {
		h.on(tasks[i].ID, due)
	}
	urgent := models.Urgent
	h.edit(tasks[1].ID, models.TaskInput{Priority: &urgent, Owners: &[]string{"ben"}})
	require.NoError(t, h.CancelTask(ctx, ana, tasks[3].ID, 1<<40, ""))
	require.NoError(t, h.DeleteTask(ctx, ana, tasks[4].ID, 1<<40))
	require.NoError(t, h.ArchiveTask(ctx, ana, tasks[5].ID, 1<<40))
	require.NoError(t, h.CompleteTask(ctx, ana, tasks[8].ID, 1<<40))

	v := h.calendar(b, "month=2026-03")
	require.Equal(t, []string{"28/2: Party", "3/3: Tax, Rent"}, diary(v))
	require.Equal(t, []models.Person{{ID: "ben", Name: "ben"}}, v.Days[8].Cards[0].Owners)
	require.Len(t, v.Undated, 1, "what is done needs no date any more")
	require.Equal(t, "Undated", v.Undated[0].Title)
	require.Equal(t, 1, v.UndatedN)
	require.False(t, v.Calendar.Works(v.Days[5].Day), "a Saturday")
	require.True(t, v.Calendar.Works(v.Days[7].Day))
	require.Equal(t, []string{"3/3: Tax, Rent"}, diary(h.calendar(b, "week=2026-03-07")))
	require.Equal(t, []string{"3/3: Tax"}, diary(h.calendar(b, "month=2026-03&owner=me")))
	require.Equal(t, []string{"28/2: Party"}, diary(h.calendar(b, "month=2026-03&due=overdue")))
	require.Equal(t, []string{"3/3: Rent"}, diary(h.calendar(b, "day=2026-03-03&q=rent")))
}

func TestAFullDayIsShownInPartAndOpensInPages(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	var titles []string
	for i := range 103 {
		titles = append(titles, fmt.Sprint("Task ", i))
	}
	for _, task := range h.add(b, titles...) {
		h.on(task.ID, "2026-03-10")
	}
	require.NoError(t, h.CompleteTask(t.Context(), ana, h.calendar(b, "day=2026-03-10").Days[0].Cards[0].ID, 1<<40))
	require.Equal(t, []string{"10/3: Task 1, Task 2, Task 3 +100"}, diary(h.calendar(b, "")))
	require.Len(t, h.calendar(b, "day=2026-03-10").Days[0].Cards, 100)
	require.Equal(t, []string{"10/3: Task 101, Task 102, Task 0 +100"}, diary(h.calendar(b, "day=2026-03-10&page=2")), "what is done comes last")
	for _, title := range titles[:30] {
		h.add(b, "Undated "+title)
	}
	v := h.calendar(b, "tray=2")
	require.Equal(t, 30, v.UndatedN)
	require.Len(t, v.Undated, 5)
}

func TestATaskIsAddedOnADay(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	made, err := h.AddTaskOn(ctx, ben, b.ID, "2026-03-12", "  Call the bank ")
	require.NoError(t, err)
	v := h.task(made.ID)
	require.Equal(t, "Call the bank", v.Task.Title)
	require.Equal(t, flow.Ready, v.Task.State)
	require.Equal(t, models.Date("2026-03-12"), v.Task.Due)
	require.Equal(t, []string{"12/3: Call the bank"}, diary(h.calendar(b, "")))

	_, err = h.AddTaskOn(ctx, ben, b.ID, "soon", strings.Repeat("x", models.MaxTitle+1))
	f := h.refused(err, fault.TooLong)
	require.Equal(t, fault.NotADate, f.For("due").Code)
	_, err = h.AddTaskOn(ctx, ben, b.ID, "2026-03-12", " ")
	h.refused(err, fault.Needed)
	require.NoError(t, h.EditColumn(ctx, ana, h.column(b, flow.Ready), 1<<40, models.ColumnInput{Name: "Ready", State: flow.Ready, WIPLimit: 1, WIPHard: true}))
	_, err = h.AddTaskOn(ctx, ben, b.ID, "2026-03-12", "One too many")
	h.refused(err, fault.ColumnFull)
}

// BenchmarkCalendar reads a month of a board with 200 tasks, and with 5,000.
func BenchmarkCalendar(b *testing.B) {
	for _, n := range []int{200, 5000} {
		h := newHouse(b)
		board := h.board()
		for from := 0; from < n; from += 500 {
			h.add(board, strings.Split(strings.Repeat("Task\n", min(500, n-from)), "\n")...)
		}
		if h.db.Name() == "postgres" {
			h.exec("UPDATE tasks SET due = to_char(date '2026-01-01' + (number % 120)::int, 'YYYY-MM-DD') WHERE number % 4 <> 0")
		} else {
			h.exec("UPDATE tasks SET due = date('2026-01-01', '+' || (number % 120) || ' days') WHERE number % 4 <> 0")
		}
		span, _ := models.ParseSpan(url.Values{"month": {"2026-03"}}, time.Now())
		b.Run(fmt.Sprint("tasks=", n), func(b *testing.B) {
			for b.Loop() {
				v, err := h.Calendar(b.Context(), ben, board.ID, span, models.BoardFilter{})
				require.NoError(b, err)
				require.NotEmpty(b, v.Undated)
			}
		})
	}
}

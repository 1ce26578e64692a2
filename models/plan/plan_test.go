package plan_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/plan"
)

var (
	work = plan.OfficeHours(flow.Weekdays(nil))
	day  = 8 * 60
	// monday is a Monday at nine.
	monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

func moment(t time.Time) string { return t.UTC().Format("Mon 15:04") }

func TestWorkIsCountedInOfficeHoursOfWorkingDays(t *testing.T) {
	friday := time.Date(2026, 3, 6, 16, 0, 0, 0, time.UTC)
	require.Equal(t, "Mon 10:00", moment(work.Add(friday, 120)))
	require.Equal(t, "Fri 17:00", moment(work.Add(friday, 60)), "what is done with the day is done that day")
	require.Equal(t, "Mon 09:00", moment(work.Next(work.Add(friday, 60))))
	require.Equal(t, "Fri 16:00", moment(work.Back(work.Add(friday, 120), 120)))
	require.Equal(t, 120, work.Between(friday, work.Add(friday, 120)))
	require.Zero(t, work.Between(friday, friday.Add(-time.Hour)))

	holiday := plan.OfficeHours(flow.Calendar{Off: work.Days.Off, Holidays: map[string]bool{"2026-03-09": true}})
	require.Equal(t, "Tue 10:00", moment(holiday.Add(friday, 120)))
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	spring := plan.OfficeHours(flow.Calendar{Zone: madrid}) // the clocks change on Sunday 29 March, and every day is one of work
	require.Equal(t, 3*day, spring.Between(time.Date(2026, 3, 28, 0, 0, 0, 0, madrid), time.Date(2026, 3, 31, 0, 0, 0, 0, madrid)))
}

func TestWorkGoesBackTheWayItCame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := work.Next(monday.Add(time.Duration(rapid.IntRange(0, 60_000).Draw(t, "from")) * time.Minute))
		minutes := rapid.IntRange(1, 20_000).Draw(t, "minutes")
		until := work.Add(from, minutes)
		require.Equal(t, minutes, work.Between(from, until))
		require.True(t, from.Equal(work.Next(work.Back(until, minutes))), "%s %s", from, work.Back(until, minutes))
	})
}

// The example of every textbook: two ways from A to D, of which the longer decides.
func TestTheLongerWayIsCriticalAndTheOtherHasSlack(t *testing.T) {
	tasks := []plan.Task{{ID: "D", Duration: day}, {ID: "A", Duration: day}, {ID: "B", Duration: 3 * day}, {ID: "C", Duration: day}}
	links := []plan.Link{{Before: "A", After: "B"}, {Before: "A", After: "C"}, {Before: "B", After: "D"}, {Before: "C", After: "D"}}
	s, err := plan.Make(tasks, links, work, monday)
	require.NoError(t, err)
	require.Equal(t, []string{"A", "B", "C", "D"}, s.Order)
	require.Equal(t, "Fri 17:00", moment(s.Finish))
	for id, want := range map[string]string{"A": "Mon 09:00 Mon 17:00 0 true", "B": "Tue 09:00 Thu 17:00 0 true", "C": "Tue 09:00 Tue 17:00 960 false", "D": "Fri 09:00 Fri 17:00 0 true"} {
		b := s.Bars[id]
		require.Equal(t, want, fmt.Sprint(moment(b.Start), " ", moment(b.Finish), " ", b.Slack, " ", b.Critical), id)
	}
	require.Equal(t, "Thu 17:00", moment(s.Bars["C"].Latest))

	// C takes three days longer: it is critical now, and pushes D.
	tasks[3].Duration = 4 * day
	after, err := plan.Make(tasks, links, work, monday)
	require.NoError(t, err)
	moved := s.Shifts(after)
	require.Len(t, moved, 2)
	require.Equal(t, "C", moved[0].ID)
	require.Equal(t, "D Mon 17:00", moved[1].ID+" "+moment(moved[1].Now.Finish))
	require.False(t, after.Bars["B"].Critical)
}

func TestWhatReallyHappenedGoesBeforeThePlan(t *testing.T) {
	now := monday.AddDate(0, 0, 2)
	tasks := []plan.Task{
		{ID: "done", Duration: day, Done: monday.Add(4 * time.Hour)},
		{ID: "begun", Duration: day, Started: monday, Deadline: monday.Add(8 * time.Hour)},
		{ID: "next", Duration: day, Earliest: now.AddDate(0, 0, 1)},
		{ID: "one of", Duration: day, AnyOf: true},
	}
	links := []plan.Link{{Before: "done", After: "one of"}, {Before: "begun", After: "one of", Lag: flow.Lag{Amount: 9, Unit: flow.Days}}, {Before: "begun", After: "next", Lag: flow.Lag{Amount: 1, Unit: flow.WorkingDays}}}
	s, err := plan.Make(tasks, links, work, now)
	require.NoError(t, err)
	require.Equal(t, "Thu 13:00", moment(s.Bars["done"].Start.AddDate(0, 0, -1)), "on Friday afternoon before")
	require.True(t, now.Equal(s.Bars["begun"].Finish), "it is not finished yet")
	require.Equal(t, day, s.Bars["begun"].Late)
	require.Equal(t, "Thu 09:00", moment(s.Bars["next"].Start))
	require.Equal(t, "Wed 09:00", moment(s.Bars["one of"].Start), "for one of them is done")
	_, err = plan.Make(tasks[:2], []plan.Link{{Before: "done", After: "begun"}, {Before: "begun", After: "done"}}, work, now)
	require.ErrorIs(t, err, plan.ErrCycle)
}

// network draws tasks of which each may wait for earlier ones.
func network(t *rapid.T) ([]plan.Task, []plan.Link) {
	n := rapid.IntRange(1, 9).Draw(t, "tasks")
	grain := rapid.SampledFrom([]int{1, 60, 240, day}).Draw(t, "grain") // ends of tasks meet, and meet the ends of days
	tasks := make([]plan.Task, n)
	var links []plan.Link
	for i := range tasks {
		tasks[i] = plan.Task{ID: fmt.Sprint(i), Duration: rapid.IntRange(0, 3*day/grain).Draw(t, "duration") * grain}
		if rapid.IntRange(0, 4).Draw(t, "later") == 0 {
			tasks[i].Earliest = monday.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(t, "earliest")) * time.Minute)
		}
		for j := range i {
			if rapid.IntRange(0, 2).Draw(t, "link") == 0 {
				links = append(links, plan.Link{Before: fmt.Sprint(j), After: fmt.Sprint(i),
					Lag: flow.Lag{Amount: max(0, rapid.IntRange(-3, 3).Draw(t, "lag")), Unit: rapid.SampledFrom(flow.Units).Draw(t, "unit")}})
			}
		}
	}
	return tasks, links
}

// longest is the finish of a task by its definition: over every way that leads to
// it. It is slow, and has nothing in common with the passes.
func longest(id string, tasks []plan.Task, links []plan.Link, delay map[string]int) time.Time {
	for _, task := range tasks {
		if task.ID != id {
			continue
		}
		start := monday
		if task.Earliest.After(start) {
			start = task.Earliest
		}
		for _, l := range links {
			if l.After == id {
				if at := l.Lag.After(longest(l.Before, tasks, links, delay), work.Days); at.After(start) {
					start = at
				}
			}
		}
		if task.Duration > 0 {
			start = work.Next(start)
		}
		return work.Add(work.Add(start, task.Duration), delay[id])
	}
	panic("no such task")
}

func end(tasks []plan.Task, links []plan.Link, delay map[string]int) (last time.Time) {
	for _, task := range tasks {
		if f := longest(task.ID, tasks, links, delay); f.After(last) {
			last = f
		}
	}
	return last
}

func TestTheScheduleIsThatOfTheLongestWays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tasks, links := network(t)
		s, err := plan.Make(tasks, links, work, monday)
		require.NoError(t, err)
		last := end(tasks, links, nil)
		require.True(t, last.Equal(s.Finish))
		critical := 0
		for _, task := range tasks {
			bar := s.Bars[task.ID]
			require.True(t, longest(task.ID, tasks, links, nil).Equal(bar.Finish), task.ID)
			// Slack is what its finish may slip, and not a minute more.
			require.True(t, last.Equal(end(tasks, links, map[string]int{task.ID: bar.Slack})), "task %s has less than %d", task.ID, bar.Slack)
			require.True(t, last.Before(end(tasks, links, map[string]int{task.ID: bar.Slack + 1})), "task %s has more than %d", task.ID, bar.Slack)
			require.Equal(t, bar.Slack == 0, bar.Critical)
			if bar.Critical {
				critical++
			}
		}
		require.Positive(t, critical, "something decides when all is done")
	})
}

// BenchmarkMake plans 200, and 5,000 tasks that wait for two others each.
func BenchmarkMake(b *testing.B) {
	for _, n := range []int{200, 5000} {
		var tasks []plan.Task
		var links []plan.Link
		for i := range n {
			tasks = append(tasks, plan.Task{ID: fmt.Sprint(i), Duration: 60 + i%5*day})
			for _, before := range []int{i - 1 - i%40, i - 7} {
				if before >= 0 && i%40 != 0 {
					links = append(links, plan.Link{Before: fmt.Sprint(before), After: fmt.Sprint(i)})
				}
			}
		}
		b.Run(fmt.Sprint("tasks=", n), func(b *testing.B) {
			for b.Loop() {
				_, err := plan.Make(tasks, links, work, monday)
				require.NoError(b, err)
			}
		})
	}
}

// A plan over decades is counted as it would be day by day.
func TestALongPlanIsCountedLikeAShortOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := monday.Add(time.Duration(rapid.IntRange(0, 20_000_000).Draw(t, "now")) * time.Second)
		minutes := rapid.IntRange(1, 200_000).Draw(t, "minutes")
		s, err := plan.Make([]plan.Task{{ID: "a", Duration: minutes, Deadline: now.AddDate(0, 0, rapid.IntRange(-30, 30).Draw(t, "deadline"))}}, nil, work, now)
		require.NoError(t, err)
		bar := s.Bars["a"]
		require.True(t, work.Next(now).Equal(bar.Start))
		require.True(t, work.Add(work.Next(now), minutes).Equal(bar.Finish), "%s %s", work.Add(work.Next(now), minutes), bar.Finish)
	})
}

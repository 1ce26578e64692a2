package rehearse

import (
	"fmt"
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

var (
	office = plan.OfficeHours(flow.Weekdays(time.UTC))
	monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
)

func of(nodes ...Node) Net { return Net{Nodes: nodes, Work: office, From: monday} }

func after(ids ...string) (needs []Need) {
	for _, id := range ids {
		needs = append(needs, Need{ID: id})
	}
	return needs
}

func exponential(mean float64) Draw {
	return func(luck float64) Span { return Span{Lasts: -mean * math.Log1p(-luck)} }
}

func uniform(most float64) Draw { return func(luck float64) Span { return Span{Lasts: luck * most} } }

// spread is the mean and the variance of the finishes of many rounds.
func spread(t *testing.T, n Net, rounds int, seed uint64) (mean, variance float64) {
	t.Helper()
	o, err := Run(n, Plenty, rounds, seed)
	require.NoError(t, err)
	mean = average(o.finishes)
	for _, f := range o.finishes {
		variance += (f - mean) * (f - mean) / float64(rounds-1)
	}
	return mean, variance
}

// Sums and maxima whose distribution is known in closed form. The mean has to lie within
// four standard errors, where it would be found 99.994 times of 100, and the variance
// within a tenth.
func TestManyRoundsComeToWhatIsKnownInClosedForm(t *testing.T) {
	const rounds = 20_000
	chain := func(n int, d Draw) Net {
		var nodes []Node
		for i := range n {
			is := Node{ID: strconv.Itoa(i), Takes: d}
			if i > 0 {
				is.Needs = after(strconv.Itoa(i - 1))
			}
			nodes = append(nodes, is)
		}
		return of(nodes...)
	}
	beside := func(k int, d Draw) Net {
		var nodes []Node
		for i := range k {
			nodes = append(nodes, Node{ID: strconv.Itoa(i), Takes: d})
		}
		return of(nodes...)
	}
	triangular := func(a, m, b float64) (float64, float64) {
		return (a + m + b) / 3, (a*a + m*m + b*b - a*m - a*b - m*b) / 18
	}
	mean, variance := triangular(30, 60, 150)
	for name, c := range map[string]struct {
		net            Net
		mean, variance float64
	}{
		"the sum of 10 exponentials (Erlang)":    {chain(10, exponential(60)), 600, 10 * 60 * 60},
		"the sum of 8 triangulars":               {chain(8, Estimated(60)), 8 * mean, 8 * variance},
		"the greatest of 5 uniforms":             {beside(5, uniform(480)), 480 * 5. / 6, 480 * 480 * 5. / (36 * 7)},
		"the greatest of 4 exponentials":         {beside(4, exponential(60)), 60 * (1 + 1./2 + 1./3 + 1./4), 60 * 60 * (1 + 1./4 + 1./9 + 1./16)},
		"one of four, with a mean of 22 minutes": {of(Node{ID: "a", Takes: Before([]Span{{Lasts: 10}, {Lasts: 20}, {Lasts: 20}, {Lasts: 38}})}), 22, 102},
	} {
		for seed := range uint64(3) {
			got, around := spread(t, c.net, rounds, seed)
			require.InDelta(t, c.mean, got, 4*math.Sqrt(c.variance/rounds), "%s, seed %d", name, seed)
			require.InDelta(t, c.variance, around, c.variance/10, "%s, seed %d", name, seed)
		}
	}
	// The probability of the longer way: of two exponentials with the rates a and b the
	// first is the longer with b/(a+b).
	o, err := Run(of(Node{ID: "a", Takes: exponential(60)}, Node{ID: "b", Takes: exponential(30)}), Plenty, rounds, 1)
	require.NoError(t, err)
	require.InDelta(t, 2./3, o.Steps[0].Critical, .015)
	require.InDelta(t, 1./3, o.Steps[1].Critical, .015)
}

func TestWhatHasBegunTakesTheRest(t *testing.T) {
	// An exponential has no memory: what is left takes as long as all of it did.
	require.InDelta(t, exponential(60).mean().Lasts, Begun(exponential(60), 45).mean().Lasts, .1)
	require.InDelta(t, 120, Begun(uniform(480), 240).mean().Lasts, .1, "between 0 and 240 minutes are left")
	require.InDelta(t, 80, Begun(Estimated(60), 200).mean().Lasts, 1, "it has taken longer than it can: as if it had just begun")
	samples := Before([]Span{{Lies: 5, Lasts: 10}, {Lasts: 30}, {Lasts: 50}, {Lasts: 100}})
	require.InDelta(t, 40, Begun(samples, 35).mean().Lasts, .1, "one of 15 and 65")
	require.Zero(t, Begun(samples, 5)(0).Lies)
}

func TestTwoTasksOfOnePersonComeOneAfterTheOther(t *testing.T) {
	exactly := Exactly(480)
	net := of(
		Node{ID: "a", Role: "maker", Hands: []string{"ana"}, Takes: exactly},
		Node{ID: "b", Role: "maker", Hands: []string{"ana"}, Takes: exactly},
		Node{ID: "c", Role: "other", Hands: []string{"bo"}, Takes: exactly},
		Node{ID: "end", Role: "other", Hands: []string{"bo"}, Takes: exactly, Needs: after("a", "b", "c")},
	)
	o, err := Run(net, OneEach, 10, 1)
	require.NoError(t, err)
	require.Equal(t, "Wed 17:00", o.By(50).Format("Mon 15:04"))
	critical := map[string]float64{}
	for _, s := range o.Steps {
		critical[s.ID] = s.Critical
	}
	require.Equal(t, map[string]float64{"a": 1, "b": 1, "c": 0, "end": 1}, critical, "a holds b up, for both are Ana's")
	require.InDelta(t, 480, o.Steps[1].Waited, 1e-9)
	plenty, err := Run(net, Plenty, 10, 1)
	require.NoError(t, err)
	require.Equal(t, "Tue 17:00", plenty.By(50).Format("Mon 15:04"))

	// What is wanted of Ana on Monday is twice what she has, and as much as a week has not.
	require.Len(t, o.Loads, 2)
	require.Equal(t, []float64{960}, o.Loads[0].Wants)
	require.Equal(t, []float64{960}, o.Loads[1].Wants)
	require.InDelta(t, 5*480, o.Weeks[0].Works, 1e-9)

	gains, err := Gains(net, o, OneEach, 10, 1)
	require.NoError(t, err)
	require.Equal(t, Gain{Role: "maker", Minutes: 480, P90: 480}, gains[0], "a second maker brings a day")
	require.Len(t, gains, 4)
	for _, g := range gains[1:] {
		require.InDelta(t, 120, g.Minutes, 1e-9, "a quarter of %s", g.Step)
	}
}

func TestWhoHasWaitedLongestIsServedFirst(t *testing.T) {
	net := of(
		Node{ID: "long", Hands: []string{"ana"}, Takes: Exactly(100)},
		Node{ID: "early", Takes: Exactly(10)},
		Node{ID: "late", Takes: Exactly(20)},
		Node{ID: "second", Hands: []string{"ana"}, Takes: Exactly(30), Needs: after("late")},
		Node{ID: "first", Hands: []string{"ana"}, Takes: Exactly(40), Needs: after("early")},
	)
	o, err := Run(net, OneEach, 1, 1)
	require.NoError(t, err)
	finish := map[string]string{}
	for _, s := range o.Steps {
		finish[s.ID] = s.P50.Format("15:04")
	}
	require.Equal(t, map[string]string{"long": "10:40", "early": "09:10", "late": "09:20", "first": "11:20", "second": "11:50"}, finish)
}

func TestBranchesGoByChanceAndExcludeEachOther(t *testing.T) {
	d, checked := playbook.Review([]byte(`
name: Ask
roles: [{id: us, name: Us}]
steps:
  - {id: ask, title: Ask, role: us, fields: [{id: go, label: Go, type: yes/no, required: true}]}
  - {id: build, title: Build, role: us, needs: [ask], when: ask.go}
  - {id: drop, title: Drop, role: us, needs: [ask], when: not ask.go}
  - {id: told, title: Told, role: us, needs: [build, drop], when: build.done or drop.done}
  - {id: never, title: Never, role: us, needs: [build, drop], when: build.done and drop.done}
  - {id: built, title: Built, role: us, needs: [build], when: build.done}
`))
	require.False(t, playbook.Broken(checked))
	branching := d.Branching()
	net := of()
	for _, s := range d.Steps {
		when, asks := branching.When(s.ID)
		is := Node{ID: s.ID, Takes: Exactly(60), When: when, Asks: asks}
		for _, n := range s.Needs {
			is.Needs = append(is.Needs, Need{ID: n.Step})
		}
		net.Nodes = append(net.Nodes, is)
	}
	chances := func(questions ...Question) (all []float64) {
		net.Questions = questions
		for _, hands := range []Hands{Plenty, OneEach} {
			o, err := Run(net, hands, 4000, 7)
			require.NoError(t, err)
			all = nil
			for _, s := range o.Steps {
				all = append(all, s.Chance)
			}
		}
		return all
	}
	c := chances(Question{Name: "ask.go", Answers: []string{playbook.Yes, playbook.No}})
	require.InDelta(t, .5, c[1], .03)
	require.InDelta(t, 1, c[1]+c[2], 1e-9, "one of the two, always")
	require.InDelta(t, 1, c[3], 1e-9)
	require.Zero(t, c[4])
	c = chances(Question{Name: "ask.go", Answers: []string{playbook.Yes, playbook.No}, Weights: []float64{9, 1}})
	require.InDelta(t, .9, c[1], .02)
	require.InDelta(t, c[1], c[5], 1e-9, "what follows a branch goes its way")
	net.Ended, net.Known = map[string]bool{"ask": true}, playbook.Answers{"ask.go": playbook.No}
	net.Nodes[0].Done = monday.Add(-time.Hour)
	require.Equal(t, []float64{0, 1, 1, 0, 0}, chances(), "what was answered is a fact")
}

// drawn is a random network; some of it counts the days of the calendar.
func drawn(t *rapid.T, takes func(i int) Draw) Net {
	n := of()
	units := []flow.Unit{flow.Minutes, flow.Hours, flow.Days, flow.WorkingDays}
	for i := range rapid.IntRange(1, 14).Draw(t, "steps") {
		is := Node{ID: fmt.Sprintf("s%02d", i), Takes: takes(i), Any: rapid.IntRange(0, 5).Draw(t, "any") == 0}
		for j := range i {
			if rapid.IntRange(0, 3).Draw(t, "needs") == 0 {
				need := Need{ID: fmt.Sprintf("s%02d", j)}
				if rapid.IntRange(0, 2).Draw(t, "lags") == 0 {
					need.Lag = flow.Lag{Amount: rapid.IntRange(0, 30).Draw(t, "lag"), Unit: rapid.SampledFrom(units).Draw(t, "unit")}
				}
				is.Needs = append(is.Needs, need)
			}
		}
		if rapid.IntRange(0, 5).Draw(t, "held") == 0 {
			is.Earliest = monday.Add(time.Duration(rapid.IntRange(0, 20_000).Draw(t, "earliest")) * time.Minute)
		}
		n.Nodes = append(n.Nodes, is)
	}
	return n
}

func TestWithoutLuckItIsTheCriticalPathMethod(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lasts := map[int]int{}
		n := drawn(t, func(i int) Draw {
			lasts[i] = rapid.IntRange(1, 2000).Draw(t, "lasts")
			return Exactly(float64(lasts[i]))
		})
		n.Work.Days.Holidays = map[string]bool{"2026-03-04": true}
		var tasks []plan.Task
		var links []plan.Link
		for i, is := range n.Nodes {
			tasks = append(tasks, plan.Task{ID: is.ID, Duration: lasts[i], AnyOf: is.Any, Earliest: is.Earliest})
			for _, need := range is.Needs {
				links = append(links, plan.Link{Before: need.ID, After: is.ID, Lag: need.Lag})
			}
		}
		want, err := plan.Make(tasks, links, n.Work, monday)
		require.NoError(t, err)
		for _, hands := range []Hands{Plenty, OneEach} {
			o, err := Run(n, hands, 1, 1)
			require.NoError(t, err)
			require.Equal(t, want.Finish.UTC(), o.By(100).UTC())
			for _, s := range o.Steps {
				require.Equal(t, want.Bars[s.ID].Finish.UTC(), s.P50.UTC(), "%s", s.ID)
				require.Equal(t, want.Bars[s.ID].Critical, s.Critical == 1, "%s: %+v", s.ID, want.Bars[s.ID])
			}
		}
	})
}

func TestAPercentileIsTheNearestRank(t *testing.T) {
	for percent, want := range map[int]float64{1: 1, 25: 1, 26: 2, 50: 2, 75: 3, 90: 4, 100: 4} {
		require.InDelta(t, want, nearest([]float64{1, 2, 3, 4}, percent), 0, "%d", percent)
	}
	require.Zero(t, nearest(nil, 50))
}

func TestOfTwoThatAreEnoughEachAndComeTogetherNeitherDecides(t *testing.T) {
	for late, want := range map[float64][]float64{60: {0, 0, 1}, 61: {1, 0, 1}} {
		o, err := Run(of(Node{ID: "a", Takes: Exactly(60)}, Node{ID: "b", Takes: Exactly(late)}, Node{ID: "c", Takes: Exactly(90), Any: true, Needs: after("a", "b")}), OneEach, 1, 1)
		require.NoError(t, err)
		require.Equal(t, want, []float64{o.Steps[0].Critical, o.Steps[1].Critical, o.Steps[2].Critical})
	}
}

func TestTheSameSeedGivesTheSameAndAnotherAnother(t *testing.T) {
	n := of(Node{ID: "a", Takes: Estimated(100)}, Node{ID: "b", Takes: Estimated(100), Needs: after("a")})
	for _, hands := range []Hands{Plenty, OneEach} {
		first, err := Run(n, hands, 100, 5)
		require.NoError(t, err)
		again, err := Run(n, hands, 100, 5)
		require.NoError(t, err)
		require.Equal(t, first.finishes, again.finishes)
		other, err := Run(n, hands, 100, 6)
		require.NoError(t, err)
		require.NotEqual(t, first.finishes, other.finishes)
	}
}

func TestAFurtherPrerequisiteNeverMakesItEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := drawn(t, func(int) Draw { return Estimated(rapid.IntRange(1, 900).Draw(t, "estimate")) })
		for i := range n.Nodes {
			n.Nodes[i].Any = false
		}
		const rounds = 20
		before, err := Run(n, Plenty, rounds, 3)
		require.NoError(t, err)
		for percent := 1; percent < 100; percent++ {
			require.LessOrEqual(t, before.Minutes(percent), before.Minutes(percent+1))
		}
		if len(n.Nodes) < 2 {
			return
		}
		to := rapid.IntRange(1, len(n.Nodes)-1).Draw(t, "to")
		from := rapid.IntRange(0, to-1).Draw(t, "from")
		n.Nodes[to].Needs = append(n.Nodes[to].Needs, Need{ID: n.Nodes[from].ID})
		then, err := Run(n, Plenty, rounds, 3)
		require.NoError(t, err)
		for i := range rounds {
			require.LessOrEqual(t, before.finishes[i], then.finishes[i])
		}
	})
}

func TestADateIsWaitedForUntilTheMorningOfTheDayOnWhichItHasToBegin(t *testing.T) {
	friday := time.Date(2026, 3, 6, 17, 0, 0, 0, time.UTC)
	net := of(
		Node{ID: "short", Takes: Exactly(60), By: friday, Waits: true},
		Node{ID: "long", Takes: Exactly(600), By: friday, Waits: true},
		Node{ID: "soon", Takes: Exactly(60), By: friday},
		Node{ID: "weeks", Takes: Exactly(60), Needs: after("soon"), Due: playbook.Due{From: playbook.Needed, Amount: 7, Unit: flow.Days}},
		Node{ID: "last", Takes: Exactly(30), Needs: after("weeks", "long")},
	)
	for _, hands := range []Hands{Plenty, OneEach} {
		o, err := Run(net, hands, 1, 1)
		require.NoError(t, err)
		finish, critical := map[string]string{}, map[string]float64{}
		for _, s := range o.Steps {
			finish[s.ID], critical[s.ID] = s.P50.Format("2 15:04"), s.Critical
			require.InDelta(t, 1, s.InTime, 1e-9, s.ID)
		}
		require.Equal(t, map[string]string{"short": "6 10:00", "long": "6 11:00", "soon": "2 10:00", "weeks": "9 10:00", "last": "9 10:30"}, finish)
		require.Equal(t, map[string]float64{"short": 0, "long": 0, "soon": 1, "weeks": 1, "last": 1}, critical, "the date of a week later passes on what decides")
		require.InDelta(t, 1, o.Share(o.By(100)), 1e-9)
		require.InDelta(t, 0, o.Share(o.By(100).Add(-time.Minute)), 1e-9)
	}
}

func TestStepsThatWaitForOneAnotherAreAnError(t *testing.T) {
	_, err := Run(of(Node{ID: "a", Takes: Exactly(1), Needs: after("b")}, Node{ID: "b", Takes: Exactly(1), Needs: after("a")}), OneEach, 1, 1)
	require.ErrorIs(t, err, ErrCircle)
}

func TestTheClockCountsAsWorkDoes(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	work := plan.OfficeHours(flow.Calendar{Zone: madrid, Off: [7]bool{time.Sunday: true, time.Friday: true}, Holidays: map[string]bool{"2026-06-16": true}})
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2026, 6, 1, 0, rapid.IntRange(0, 20_000).Draw(t, "from"), 0, 0, madrid)
		c := newClock(work, from)
		minutes := rapid.IntRange(1, 20_000).Draw(t, "minutes")
		end := work.Add(from, minutes)
		require.Equal(t, end.UTC(), c.time(float64(minutes)).UTC())
		require.InDelta(t, float64(minutes), c.of(end), 1e-9)
		lag := flow.Lag{Amount: rapid.IntRange(0, 40).Draw(t, "lag"), Unit: rapid.SampledFrom(flow.Units).Draw(t, "unit")}
		want := work.Add(lag.After(end, work.Days), 1)
		require.Equal(t, want.UTC(), c.time(c.after(float64(minutes), lag)+1).UTC(), "%+v after %s", lag, end)
		days := rapid.IntRange(0, 9).Draw(t, "days")
		for _, working := range []bool{true, false} {
			day := work.Days.Shift(end, days, working)
			last := work.Add(time.Date(day.Year(), day.Month(), day.Day(), 17, 0, 0, 0, madrid), 1)
			require.Equal(t, last.UTC(), c.time(c.end(float64(minutes), days, working)+1).UTC(), "%d days after %s", days, end)
		}
	})
}

// BenchmarkThousandRounds goes through a template of 300 steps a thousand times.
func BenchmarkThousandRounds(b *testing.B) {
	n := of()
	for i := range 300 {
		is := Node{ID: fmt.Sprintf("s%03d", i), Takes: Estimated(60 + i%7*60), Hands: []string{fmt.Sprint("p", i%12)}, Role: fmt.Sprint("r", i%12)}
		for _, back := range []int{1 + i%5, 9, 17} {
			if i >= back {
				is.Needs = append(is.Needs, Need{ID: fmt.Sprintf("s%03d", i-back)})
			}
		}
		n.Nodes = append(n.Nodes, is)
	}
	for name, hands := range map[string]Hands{"one task each": OneEach, "time for everything": Plenty} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				o, err := Run(n, hands, 1000, 1)
				require.NoError(b, err)
				require.Len(b, o.Steps, 300)
			}
		})
	}
}

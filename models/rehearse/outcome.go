package rehearse

import (
	"math"
	"slices"
	"time"
)

// Most and usual numbers of rounds.
const (
	UsualRounds = 1000
	MostRounds  = 5000
)

// Hands says how the people of a plan are taken.
type Hands int

const (
	OneEach Hands = iota // everybody does one task at a time
	Plenty               // as if everybody had time for everything
)

// Outcome is how a net went in many rounds.
type Outcome struct {
	Rounds int
	Mean   time.Time // the average finish
	Steps  []StepOutcome
	Loads  []Load // by person, in the order in which the steps name them
	Weeks  []Week // those in which something is done

	clock    *clock
	finishes []float64 // sorted
}

// StepOutcome is how a step went.
type StepOutcome struct {
	ID       string
	Chance   float64   // of being done at all
	Critical float64   // the part of all rounds in which it decided when all was over
	Mean     float64   // minutes that it took, where it was done
	P50, P90 time.Time // it was done by then, in half and in nine of ten of those rounds; zero: it never was
	Waited   float64   // minutes that it waited for somebody's hands, on the average
	InTime   float64   // the part of the rounds in which it was done by its date, of those in which it was done
}

// Week is a week from its Monday.
type Week struct {
	Monday time.Time
	Works  float64 // minutes that one person works in it, from the start on
}

// Load is what is wanted of somebody by the week, if nothing waited for them.
type Load struct {
	Who   string
	Wants []float64 // minutes, by Outcome.Weeks
}

// By is the moment by which at least so many per cent of the rounds were over: the
// nearest rank.
func (o Outcome) By(percent int) time.Time {
	return o.clock.time(nearest(o.finishes, percent))
}

// Minutes is the same in minutes of work from the start.
func (o Outcome) Minutes(percent int) float64 { return nearest(o.finishes, percent) }

func nearest(sorted []float64, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[max(0, int(math.Ceil(float64(len(sorted)*percent)/100))-1)]
}

// Share is the part of the rounds that were over by a moment.
func (o Outcome) Share(by time.Time) float64 {
	at := o.clock.of(by)
	n, _ := slices.BinarySearch(o.finishes, at+1e-6)
	return float64(n) / float64(max(1, len(o.finishes)))
}

// Day is a day with how many of the rounds were over on it.
type Day struct {
	Day    time.Time
	Rounds int
}

// Days are the days on which rounds were over, in order.
func (o Outcome) Days() (days []Day) {
	for _, f := range o.finishes {
		t := o.clock.time(f)
		y, m, d := t.Date()
		day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		if n := len(days); n > 0 && days[n-1].Day.Equal(day) {
			days[n-1].Rounds++
		} else {
			days = append(days, Day{day, 1})
		}
	}
	return days
}

// Run goes through a net in many rounds (the Monte Carlo method; for networks of
// activities: R. M. Van Slyke, "Monte Carlo Methods and the PERT Problem", 1963).
func Run(of Net, hands Hands, rounds int, seed uint64) (Outcome, error) {
	n, err := prepare(of)
	if err != nil {
		return Outcome{}, err
	}
	r := n.round()
	t := newTally(n, rounds)
	for i := range rounds {
		r.begin(seed, i)
		if hands == Plenty {
			t.count(r, r.unlimited())
			t.load(r)
			continue
		}
		t.count(r, r.limited())
	}
	if hands == OneEach {
		for i := range rounds {
			r.begin(seed, i)
			r.unlimited()
			t.load(r)
		}
	}
	return t.outcome(), nil
}

// tally adds rounds up.
type tally struct {
	*net
	rounds   int
	finishes []float64
	done     []int
	critical []int
	lasted   []float64
	waited   []float64
	by       [][]float64 // finishes of each node
	loads    [][]float64 // minutes, by hand and day of work
}

func newTally(n *net, rounds int) *tally {
	k := len(n.nodes)
	t := &tally{net: n, rounds: rounds, done: make([]int, k), critical: make([]int, k), lasted: make([]float64, k), waited: make([]float64, k), by: make([][]float64, k)}
	t.loads = make([][]float64, len(n.hands))
	for i := range n.nodes {
		if n.nodes[i].Done.IsZero() {
			t.by[i] = make([]float64, 0, rounds)
		}
	}
	t.finishes = make([]float64, 0, rounds)
	return t
}

func (t *tally) count(r *round, over float64) {
	t.finishes = append(t.finishes, over)
	for i := range r.nodes {
		if r.skipped[i] || !r.nodes[i].Done.IsZero() {
			continue
		}
		t.done[i]++
		t.lasted[i] += r.lasts[i]
		t.by[i] = append(t.by[i], r.finish[i])
		if r.held[i] >= 0 {
			t.waited[i] += r.start[i] - r.entry[i]
		}
	}
	r.trace(over, func(i int) { t.critical[i]++ })
}

// load adds what is wanted of whom on each day of work.
func (t *tally) load(r *round) {
	for i := range r.nodes {
		is := &r.nodes[i]
		if len(is.hands) == 0 || r.skipped[i] || !is.Done.IsZero() {
			continue
		}
		days := t.loads[is.hands[i%len(is.hands)]]
		from, until := r.start[i]+t.clock.skew, r.finish[i]+t.clock.skew
		for day := int(from / t.clock.span); from < until; day++ {
			for day >= len(days) {
				days = append(days, 0)
			}
			end := min(until, float64(day+1)*t.clock.span)
			days[day] += end - from
			from = end
		}
		t.loads[is.hands[i%len(is.hands)]] = days
	}
}

func (t *tally) outcome() Outcome {
	o := Outcome{Rounds: t.rounds, clock: t.clock, finishes: t.finishes}
	slices.Sort(o.finishes)
	sum := 0.0
	for _, f := range o.finishes {
		sum += f
	}
	if t.rounds > 0 {
		o.Mean = t.clock.time(sum / float64(t.rounds))
	}
	for i := range t.nodes {
		if !t.nodes[i].Done.IsZero() {
			continue
		}
		s := StepOutcome{ID: t.nodes[i].ID, Chance: float64(t.done[i]) / float64(t.rounds), Critical: float64(t.critical[i]) / float64(t.rounds)}
		if t.done[i] > 0 {
			slices.Sort(t.by[i])
			s.Mean, s.Waited = t.lasted[i]/float64(t.done[i]), t.waited[i]/float64(t.done[i])
			n, _ := slices.BinarySearch(t.by[i], t.nodes[i].by+1e-6)
			s.InTime = float64(n) / float64(t.done[i])
			s.P50, s.P90 = t.clock.time(nearest(t.by[i], 50)), t.clock.time(nearest(t.by[i], 90))
		}
		o.Steps = append(o.Steps, s)
	}
	t.weeks(&o)
	return o
}

// weeks adds the days of work up to weeks, each from its Monday.
func (t *tally) weeks(o *Outcome) {
	days := 0
	for _, l := range t.loads {
		days = max(days, len(l))
	}
	of := make([]int, days)
	for d := range days {
		day := t.clock.first.AddDate(0, 0, t.clock.day(d))
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		y, m, on := monday.Date()
		monday = time.Date(y, m, on, 0, 0, 0, 0, time.UTC)
		if n := len(o.Weeks); n == 0 || !o.Weeks[n-1].Monday.Equal(monday) {
			o.Weeks = append(o.Weeks, Week{Monday: monday})
		}
		of[d] = len(o.Weeks) - 1
		if o.Weeks[of[d]].Works += t.clock.span; d == 0 {
			o.Weeks[0].Works -= t.clock.skew
		}
	}
	if days > 0 { // the rest of the last week
		last := &o.Weeks[len(o.Weeks)-1]
		for d := days; t.clock.first.AddDate(0, 0, t.clock.day(d)).Before(last.Monday.AddDate(0, 0, 7)); d++ {
			last.Works += t.clock.span
		}
	}
	for h, who := range t.hands {
		l := Load{Who: who, Wants: make([]float64, len(o.Weeks))}
		for d, minutes := range t.loads[h] {
			l.Wants[of[d]] += minutes / float64(t.rounds)
		}
		o.Loads = append(o.Loads, l)
	}
}

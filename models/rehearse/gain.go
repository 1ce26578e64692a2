package rehearse

import (
	"cmp"
	"slices"
)

// Gain is what a change of the plan would bring.
type Gain struct {
	Role    string  // one more person plays it; empty: another change
	Step    string  // it takes a quarter less time; empty: another change
	Minutes float64 // of work by which all is over earlier, on the average
	P90     float64 // and in nine of ten rounds
}

// What is tried for gains: so many steps and roles, in so many rounds, each with the
// same luck as the plan as it is.
const (
	gainSteps  = 5
	gainRoles  = 5
	gainRounds = 250
	shorter    = 0.75
)

// Gains tries what one more person in a role, or a step that is done in three quarters
// of the time, would bring: the steps that decide most often and take longest, and the
// roles that are waited for. Those that bring nothing are left out; the largest come
// first.
func Gains(of Net, was Outcome, hands Hands, rounds int, seed uint64) ([]Gain, error) {
	n, err := prepare(of)
	if err != nil {
		return nil, err
	}
	g := gainer{net: n, hands: hands, rounds: min(rounds, gainRounds), seed: seed}
	now := g.finishes(nil, nil)
	var all []Gain
	add := func(is Gain, then []float64) {
		is.Minutes, is.P90 = average(now)-average(then), nearest(sortedOf(now), 90)-nearest(sortedOf(then), 90)
		if is.Minutes >= 1 {
			all = append(all, is)
		}
	}
	for _, step := range g.steps(was) {
		add(Gain{Step: n.nodes[step].ID}, g.finishes(map[int]float64{step: shorter}, nil))
	}
	if hands == OneEach {
		for _, role := range g.roles(was) {
			more := map[int][]int{}
			for i, is := range n.nodes {
				if is.Role == role && len(is.hands) > 0 {
					more[i] = []int{len(n.hands)}
				}
			}
			add(Gain{Role: role}, g.finishes(nil, more))
		}
	}
	slices.SortStableFunc(all, func(a, b Gain) int { return cmp.Compare(b.Minutes, a.Minutes) })
	return all, nil
}

type gainer struct {
	*net
	hands  Hands
	rounds int
	seed   uint64
}

func (g gainer) finishes(faster map[int]float64, more map[int][]int) []float64 {
	r := g.round()
	r.faster, r.more = faster, more
	all := make([]float64, g.rounds)
	for i := range all {
		r.begin(g.seed, i)
		if g.hands == Plenty {
			all[i] = r.unlimited()
		} else {
			all[i] = r.limited()
		}
	}
	return all
}

// steps are the nodes that are worth a try.
func (g gainer) steps(was Outcome) []int {
	at, worth := map[string]int{}, map[int]float64{}
	for i, is := range g.nodes {
		at[is.ID] = i
	}
	var some []int
	for _, s := range was.Steps {
		if w := s.Critical * s.Mean; w > 0 {
			worth[at[s.ID]] = w
			some = append(some, at[s.ID])
		}
	}
	slices.SortStableFunc(some, func(a, b int) int { return cmp.Compare(worth[b], worth[a]) })
	return some[:min(len(some), gainSteps)]
}

// roles are those that are waited for, the longest first.
func (g gainer) roles(was Outcome) []string {
	role, waited := map[string]string{}, map[string]float64{}
	for _, is := range g.nodes {
		role[is.ID] = is.Role
	}
	var some []string
	for _, s := range was.Steps {
		r := role[s.ID]
		if s.Waited*s.Chance < 1 || r == "" {
			continue
		}
		if waited[r] == 0 {
			some = append(some, r)
		}
		waited[r] += s.Waited * s.Chance
	}
	slices.SortStableFunc(some, func(a, b string) int { return cmp.Compare(waited[b], waited[a]) })
	return some[:min(len(some), gainRoles)]
}

func average(all []float64) float64 {
	sum := 0.0
	for _, x := range all {
		sum += x
	}
	return sum / float64(max(1, len(all)))
}

func sortedOf(all []float64) []float64 {
	s := slices.Clone(all)
	slices.Sort(s)
	return s
}

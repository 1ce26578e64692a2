package rehearse

import (
	"hash/fnv"
	"math"
	"slices"
	"sort"
)

// Draw makes a duration of a number from 0 to 1, a longer one of a larger number: it is
// the inverse of a distribution function, so that the same number is the same luck in
// every variant of a plan (common random numbers).
type Draw func(luck float64) Span

// Span is how long a step takes once it could begin, in minutes of work.
type Span struct {
	Lies  float64 // before somebody begins
	Lasts float64 // until it is done from then on
}

// Exactly always takes the same.
func Exactly(minutes float64) Draw {
	return func(float64) Span { return Span{Lasts: minutes} }
}

// The spread of an estimate: a triangular distribution from half of it to two and a
// half times it, with the estimate itself the likeliest. Its mean is 4/3 of the
// estimate: in surveys of software projects effort overran by 30 to 40 per cent on the
// average (K. Moløkken and M. Jørgensen, "A Review of Surveys on Software Effort
// Estimation", 2003). Three points around an estimate are the way of PERT (D. G.
// Malcolm et al., "Application of a Technique for Research and Development Program
// Evaluation", 1959).
const (
	SpreadLeast = 0.5
	SpreadMost  = 2.5
)

// Estimated spreads an estimate in minutes.
func Estimated(minutes int) Draw {
	e := float64(minutes)
	return Triangular(e*SpreadLeast, e, e*SpreadMost)
}

// Triangular is the triangular distribution over least, likeliest and most minutes.
func Triangular(least, mode, most float64) Draw {
	width := most - least
	if width <= 0 {
		return Exactly(mode)
	}
	turn := (mode - least) / width
	return func(luck float64) Span {
		if luck < turn {
			return Span{Lasts: least + math.Sqrt(luck*width*(mode-least))}
		}
		return Span{Lasts: most - math.Sqrt((1-luck)*width*(most-mode))}
	}
}

// LeastSamples is how many times a step has to have been done before its history
// counts, and not its estimate.
const LeastSamples = 5

// Before draws from how it went before, each time as likely as any other (the bootstrap
// of B. Efron, 1979). There has to be at least one.
func Before(samples []Span) Draw {
	sorted := slices.Clone(samples)
	slices.SortFunc(sorted, func(a, b Span) int { return int(math.Copysign(1, a.Lies+a.Lasts-b.Lies-b.Lasts)) })
	return func(luck float64) Span { return sorted[min(len(sorted)-1, int(luck*float64(len(sorted))))] }
}

// Begun is what is left of a step that has lasted some minutes already: of all the
// durations those count that are longer. One that has taken longer than any is taken as
// if it had just begun.
func Begun(d Draw, minutes float64) Draw {
	const fine = 1 << 20
	from := float64(sort.Search(fine, func(i int) bool { return d(float64(i)/fine).Lasts > minutes })) / fine
	if from >= 1 {
		return func(luck float64) Span { return Span{Lasts: d(luck).Lasts} }
	}
	return func(luck float64) Span {
		return Span{Lasts: max(0, d(from+luck*(1-from)).Lasts-minutes)}
	}
}

// mean is what a draw gives on the average, over evenly spaced luck.
func (d Draw) mean() Span {
	const points = 64
	var sum Span
	for i := range points {
		s := d((float64(i) + .5) / points)
		sum.Lies, sum.Lasts = sum.Lies+s.Lies/points, sum.Lasts+s.Lasts/points
	}
	return sum
}

// scrambled makes a number that looks random of one that does not (splitmix64: G. L.
// Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number Generators",
// 2014). Numbers made of a seed, a round and a name do not depend on what else is drawn.
func scrambled(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func named(name string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // it never fails
	return h.Sum64()
}

// luck is the number from 0 to 1 that a round has for a name.
func luck(round, name uint64) float64 { return float64(scrambled(round^name)>>11) / (1 << 53) }

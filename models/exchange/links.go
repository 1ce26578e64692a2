package exchange

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
)

// need is a link by the key that the file gives.
type need struct {
	key  string
	link Link
}

// connect turns needs, by their dependent, into links; a key that is not there is
// reported.
func (p *Plan) connect(needs map[int][]need) {
	at := map[string]int{}
	for i, t := range p.Tasks {
		if t.Key == "" {
			continue
		}
		if _, twice := at[fold(t.Key)]; twice {
			p.find(t.Row, t.Title, found(fault.FoundKeyTwice, t.Key))
			continue
		}
		at[fold(t.Key)] = i
	}
	for i, t := range p.Tasks {
		var taken []int
		for _, n := range needs[i] {
			j, there := at[fold(n.key)]
			switch {
			case !there:
				p.find(t.Row, t.Title, found(fault.FoundNoPrerequisite, n.key))
			case j == i:
				p.find(t.Row, t.Title, found(fault.FoundNeedsItself))
			case slices.Contains(taken, j):
			case len(taken) == MaxRequires:
				p.find(t.Row, t.Title, found(fault.FoundTooManyNeeds, MaxRequires))
			default:
				taken = append(taken, j)
				l := n.link
				l.Prerequisite, l.Dependent = j, i
				p.Links = append(p.Links, l.usual())
			}
		}
	}
}

// usual fills in how a prerequisite counts where the file does not say.
func (l Link) usual() Link {
	if l.OnCancel != flow.Hold {
		l.OnCancel = flow.Skip
	}
	if l.SatisfiedAt != flow.InReview {
		l.SatisfiedAt = flow.Done
	}
	most := map[flow.Unit]int{flow.Minutes: flow.MaxLag * 24 * 60, flow.Hours: flow.MaxLag * 24, flow.Days: flow.MaxLag, flow.WorkingDays: flow.MaxLag}
	if l.Lag.Amount < 0 || l.Lag.Amount > most[l.Lag.Unit] {
		l.Lag = flow.Lag{}
	}
	if l.Lag.Unit == "" {
		l.Lag.Unit = flow.Days
	}
	return l
}

var taskKey = regexp.MustCompile(`^([A-Z][A-Z0-9]{1,5})-([1-9][0-9]{0,8})$`)

// number keeps the numbers that the tasks have in the file, if all have one, of
// one board, and none twice; otherwise they are numbered anew.
func (p *Plan) number() {
	prefix, seen := "", map[int64]bool{}
	for _, t := range p.Tasks {
		m := taskKey.FindStringSubmatch(t.Key)
		if m == nil || prefix != "" && prefix != m[1] {
			p.unnumber()
			return
		}
		prefix = m[1]
		n, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil || n > maxNumber || seen[n] {
			p.unnumber()
			return
		}
		seen[n] = true
	}
	for i, t := range p.Tasks {
		_, n, _ := strings.Cut(t.Key, "-")
		p.Tasks[i].Number, _ = strconv.ParseInt(n, 10, 64) // checked above
	}
}

func (p *Plan) unnumber() {
	if slices.ContainsFunc(p.Tasks, func(t Task) bool { return t.Key != "" }) {
		p.find(0, "", found(fault.FoundNewNumbers))
	}
}

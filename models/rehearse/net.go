package rehearse

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

// Net is work that is to be gone through: steps with what they wait for, who does them
// and how long that takes.
type Net struct {
	Nodes     []Node
	Questions []Question       // what conditions ask for and is not known
	Known     playbook.Answers // what is
	Ended     map[string]bool  // the steps that are over already: true if done, false if not
	Work      plan.Work
	From      time.Time // nothing begins before
}

// Node is a step of it.
type Node struct {
	ID       string
	Role     string
	Needs    []Need
	Any      bool     // one of them is enough
	Hands    []string // who may do it, one task each at a time; empty: nobody has to wait for anybody
	Takes    Draw
	Earliest time.Time    // it does not begin before; zero: whenever it can
	By       time.Time    // its date; zero: none
	Waits    bool         // it begins no earlier than on the morning of the day on which it has to, to be usually done by then
	Due      playbook.Due // the date that it waits for like that, counted from its needs; zero: none
	Done     time.Time    // when it was; zero: it is not
	Begun    bool         // somebody is at it
	Dropped  bool         // nobody wants it: it is skipped when its turn comes
	When     playbook.Condition
	Asks     bool    // it has that condition
	Chance   float64 // of the condition, where nobody can tell what it depends on
}

// Need is a step that another waits for.
type Need struct {
	ID  string
	Lag flow.Lag
}

// Question is something that conditions ask for and that is not known yet.
type Question struct {
	Name    string    // of an input, or step.field
	Answers []string  // one of these is given, if it is asked
	Weights []float64 // how likely each is, beside the others; none: all alike
}

// ErrCircle is returned for steps that wait for one another.
var ErrCircle = errors.New("rehearse: the steps wait for one another in a circle")

// net is a Net made ready for many rounds.
type net struct {
	clock     *clock
	nodes     []node // each after those it needs
	hands     []string
	questions []question
}

type node struct {
	Node
	name     uint64
	needs    []edge // on steps that are not done yet
	after    []edge // seen from the other end
	release  float64
	earliest float64
	by       float64
	usual    float64 // minutes that it takes on the average
	hands    []int
	rule     rule
}

type edge struct {
	node int
	lag  flow.Lag
}

type question struct {
	name   uint64
	owner  int // the node whose field it is; -1: none
	upTo   []float64
	blanks int // the place of the empty answer
}

// rule says whether a step is wanted: always, never, by chance, or by a table over what
// it asks for.
type rule struct {
	kind   ruleKind
	chance float64
	asks   []ask
	table  []bool
}

type ruleKind uint8

const (
	always ruleKind = iota
	never
	byChance
	byTable
)

// ask is something that a rule depends on.
type ask struct {
	question int // -1: whether the node is done
	node     int
	size     int
}

// mostRows bounds the table of one rule.
const mostRows = 4096

// prepare makes a net ready.
func prepare(of Net) (*net, error) {
	n := &net{clock: newClock(of.Work, of.From)}
	order, err := sorted(of.Nodes)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for k, i := range order {
		at[of.Nodes[i].ID] = k
	}
	hands := map[string]int{}
	for _, i := range order {
		is := node{Node: of.Nodes[i], name: named(of.Nodes[i].ID)}
		if !is.Done.IsZero() {
			n.nodes = append(n.nodes, is)
			continue
		}
		mean := is.Takes.mean()
		is.usual = mean.Lasts
		if !is.Earliest.IsZero() {
			is.earliest = n.clock.of(is.Earliest)
		}
		if is.by = math.Inf(1); !is.By.IsZero() {
			is.by = n.clock.of(is.By)
			if is.Waits {
				is.earliest = max(is.earliest, n.clock.morning(is.by-is.usual))
			}
		}
		for _, h := range is.Hands {
			if _, there := hands[h]; !there {
				hands[h] = len(n.hands)
				n.hands = append(n.hands, h)
			}
			is.hands = append(is.hands, hands[h])
		}
		n.nodes = append(n.nodes, is)
	}
	for k := range n.nodes {
		n.wire(k, at)
	}
	n.ask(of, at)
	return n, nil
}

// wire joins a node with what it needs; of what is done only the lag counts.
func (n *net) wire(k int, at map[string]int) {
	is := &n.nodes[k]
	if !is.Done.IsZero() {
		return
	}
	any, first := false, 0.0
	for _, need := range is.Node.Needs {
		j, there := at[need.ID]
		if !there {
			continue
		}
		if before := &n.nodes[j]; before.Done.IsZero() {
			is.needs = append(is.needs, edge{j, need.Lag})
			before.after = append(before.after, edge{k, need.Lag})
			continue
		}
		over := n.clock.of(need.Lag.After(n.nodes[j].Done, n.clock.work.Days))
		if is.release = max(is.release, over); !any || over < first {
			any, first = true, over
		}
	}
	if is.Any && any { // one of them is done: nothing else counts
		for _, e := range is.needs {
			before := &n.nodes[e.node]
			before.after = slices.DeleteFunc(before.after, func(e edge) bool { return e.node == k })
		}
		is.needs, is.release = nil, first
	}
}

// sorted lists the nodes so that each comes after those it needs, and otherwise as they
// are (A. B. Kahn, 1962).
func sorted(nodes []Node) ([]int, error) {
	at := make(map[string]int, len(nodes))
	for i, n := range nodes {
		at[n.ID] = i
	}
	after, open := make([][]int, len(nodes)), make([]int, len(nodes))
	for i, n := range nodes {
		for _, need := range n.Needs {
			if j, there := at[need.ID]; there {
				after[j] = append(after[j], i)
				open[i]++
			}
		}
	}
	var ready, order []int
	for i := range nodes {
		if open[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		i := ready[0]
		ready = ready[1:]
		order = append(order, i)
		for _, j := range after[i] {
			if open[j]--; open[j] == 0 {
				where, _ := slices.BinarySearch(ready, j)
				ready = slices.Insert(ready, where, j)
			}
		}
	}
	if len(order) < len(nodes) {
		return nil, ErrCircle
	}
	return order, nil
}

// ask lays the rules out as tables over the questions.
func (n *net) ask(of Net, at map[string]int) {
	index := map[string]int{}
	for _, q := range of.Questions {
		owner := -1
		if step, _, isField := strings.Cut(q.Name, "."); isField {
			k, there := at[step]
			if !there {
				continue
			}
			owner = k
		}
		if len(q.Answers) == 0 {
			continue
		}
		index[q.Name] = len(n.questions)
		n.questions = append(n.questions, question{name: named(q.Name), owner: owner, upTo: shares(q), blanks: len(q.Answers)})
	}
	answers := map[string][]string{}
	for _, q := range of.Questions {
		answers[q.Name] = q.Answers
	}
	for k := range n.nodes {
		switch is := &n.nodes[k]; {
		case !is.Done.IsZero():
		case is.Dropped:
			is.rule = rule{kind: never}
		case is.Asks:
			is.rule = n.rule(of, k, at, index, answers)
		}
	}
}

// shares are the weights of a question's answers, summed up to 1.
func shares(q Question) []float64 {
	upTo, sum := make([]float64, len(q.Answers)), 0.0
	for i := range q.Answers {
		w := 1.0
		if len(q.Weights) == len(q.Answers) {
			w = max(0, q.Weights[i])
		}
		sum += w
		upTo[i] = sum
	}
	for i := range upTo {
		if sum > 0 {
			upTo[i] /= sum
		} else {
			upTo[i] = float64(i+1) / float64(len(upTo))
		}
	}
	return upTo
}

// rule tries a condition with all that it may meet. What a step that does not come
// before answers is not known when the turn comes, and then the step is wanted, as it
// is in a run.
func (n *net) rule(of Net, k int, at map[string]int, index map[string]int, answers map[string][]string) rule {
	is := &n.nodes[k]
	known, r := maps.Clone(of.Known), rule{kind: byTable}
	if known == nil {
		known = playbook.Answers{}
	}
	earlier := n.earlier(k)
	var names []string
	var values [][]string
	rows := 1
	for _, name := range is.When.Names() {
		step, field, isField := strings.Cut(name, ".")
		j, there := at[step]
		q, asked := index[name]
		_, given := of.Known[name]
		switch {
		case given:
			continue
		case isField && field == playbook.Done:
			if done, over := of.Ended[step]; over {
				known[name] = map[bool]string{true: playbook.Yes, false: playbook.No}[done]
				continue
			}
			if !there || !earlier[j] {
				continue
			}
			r.asks, values = append(r.asks, ask{-1, j, 2}), append(values, []string{playbook.No, playbook.Yes})
		case isField && of.closed(step):
			known[name] = ""
			continue
		case isField && there && !earlier[j]:
			continue
		case !asked:
			return rule{kind: byChance, chance: is.Chance}
		default:
			r.asks = append(r.asks, ask{q, j, len(answers[name]) + 1})
			values = append(values, append(slices.Clone(answers[name]), ""))
		}
		names = append(names, name)
		if rows *= len(values[len(values)-1]); rows > mostRows {
			return rule{kind: byChance, chance: is.Chance}
		}
	}
	holds := 0
	r.table = make([]bool, rows)
	for row := range rows {
		rest := row
		for i, name := range names {
			known[name] = values[i][rest%len(values[i])]
			rest /= len(values[i])
		}
		if r.table[row] = is.When.Decide(known) != playbook.Falls; r.table[row] {
			holds++
		}
	}
	switch holds {
	case rows:
		return rule{}
	case 0:
		return rule{kind: never}
	}
	return r
}

// closed reports whether a step is over, so that its fields stay as they are.
func (of Net) closed(step string) bool { _, over := of.Ended[step]; return over }

// earlier finds the nodes that come before one, however far.
func (n *net) earlier(k int) []bool {
	before := make([]bool, len(n.nodes))
	open := []int{k}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		for _, e := range n.nodes[i].needs {
			if !before[e.node] {
				before[e.node] = true
				open = append(open, e.node)
			}
		}
	}
	return before
}

// Package report computes how work flows from the entries of a team's log, and from
// nothing else: whoever has the log, exported as JSON Lines, can compute the same
// numbers again. It does no I/O and knows no clock.
package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"relevo/models/flow"
	"relevo/models/ledger"
)

// History is what the entries of a log, read in order, tell of tasks and runs: how
// each was at any moment. It is not safe for use by several at once while entries
// are added.
type History struct {
	seq   int64
	last  int64 // the latest time of an entry, µs
	tasks []*life
	byID  map[string]*life
	runs  []*run
	runBy map[string]*run
	edges map[edge]*tie
	texts map[string]string // IDs, each kept once
}

// NewHistory is the history of a log without entries.
func NewHistory() *History {
	return &History{byID: map[string]*life{}, runBy: map[string]*run{}, edges: map[edge]*tie{}, texts: map[string]string{}}
}

// Seq is the number of the last entry that was read.
func (h *History) Seq() int64 { return h.seq }

// Tasks is how many tasks the history knows, those that are gone included.
func (h *History) Tasks() int { return len(h.tasks) }

// life is what became of one task.
type life struct {
	id, name  string // name as the log last had it: ONB-12 Order a laptop
	run, step string
	made      int64 // µs
	turns     []turn
	dues      []said
	owners    []said // IDs, by blanks
	estimates []said // minutes
	deeds     []deed // what people did to it that no plan had foreseen
}

// turn is how a task was from a moment on.
type turn struct {
	at    int64 // µs
	board string
	state state
	flags flags
}

type state uint8

const (
	waiting state = iota
	ready
	inProgress
	inReview
	done
	cancelled
)

var states = map[string]state{string(flow.Waiting): waiting, string(flow.Ready): ready, string(flow.InProgress): inProgress,
	string(flow.InReview): inReview, string(flow.Done): done, string(flow.Cancelled): cancelled}

type flags uint8

const (
	blocked flags = 1 << iota
	archived
	deleted
)

// state is the one that counts: a task that was put away unfinished counts as
// cancelled, as it does for what waits for it.
func (t turn) counted() state {
	if t.flags&archived != 0 && t.state != done {
		return cancelled
	}
	return t.state
}

// said is what a field held from a moment on.
type said struct {
	at   int64
	text string
}

// Deviation is a way in which a run can leave its plan.
type Deviation string

// The deviations, each by the entries that tell it.
const (
	Overridden Deviation = "overridden" // task.overridden: started before its prerequisites
	LeftOut    Deviation = "left_out"   // task.dropped: not wanted in this run
	Reopened   Deviation = "reopened"   // task.reopened: done, and then not
	SentBack   Deviation = "sent_back"  // task.sent_back: rejected in its approval
	Recast     Deviation = "recast"     // run.recast: another person for a role
)

// Deviations lists them.
var Deviations = []Deviation{Overridden, LeftOut, Reopened, SentBack, Recast}

var deviations = map[string]Deviation{"task.overridden": Overridden, "task.dropped": LeftOut, "task.reopened": Reopened,
	"task.sent_back": SentBack, "run.recast": Recast}

type deed struct {
	at   int64
	kind Deviation
}

// run is what became of one time that a template was gone through.
type run struct {
	id, template, name string
	made               int64
	states             []said
	deeds              []deed
	tasks              []*life
}

// edge says that a task waits for another.
type edge struct{ before, after string }

// tie is when an edge was there, and what satisfies it.
type tie struct {
	at       []span
	onCancel []said
	enough   []said // the state at which it is satisfied; empty: done
}

// span is a time from its beginning to just before its end; 0: it goes on.
type span struct{ from, to int64 }

// Skip says that entries up to a number hold nothing that a history is made of.
func (h *History) Skip(seq int64) { h.seq = max(h.seq, seq) }

// Add reads the next entry. What says nothing of the flow of work is passed over. An
// entry that is not after the last one is an error.
//
// Times count as never going back: where a clock was put back, an entry is as late
// as the one before it.
func (h *History) Add(e ledger.Entry) error {
	if e.Seq <= h.seq {
		return fmt.Errorf("report: entry %d comes after %d", e.Seq, h.seq)
	}
	h.seq, h.last = e.Seq, max(h.last, e.At.UnixMicro())
	switch kind, verb, _ := strings.Cut(e.Action, "."); kind {
	case "task", "approval":
		h.task(e)
	case "dependency":
		h.dependency(e, verb)
	case "run":
		h.ofRun(e)
	}
	return nil
}

// keep returns the text's one copy: what an entry holds is part of the whole entry.
func (h *History) keep(text string) string {
	if kept, ok := h.texts[text]; ok {
		return kept
	}
	text = strings.Clone(text)
	h.texts[text] = text
	return text
}

func (h *History) task(e ledger.Entry) {
	t := h.byID[e.Task.ID]
	if t == nil {
		if e.Action != "task.created" {
			return
		}
		t = &life{id: h.keep(e.Task.ID), made: h.last}
		t.turns = append(t.turns, turn{at: h.last, board: h.keep(e.Board.ID)})
		h.tasks, h.byID[t.id] = append(h.tasks, t), t
	}
	if e.Task.Name != t.name {
		t.name = strings.Clone(e.Task.Name)
	}
	is := t.turns[len(t.turns)-1]
	was := is
	for _, c := range e.Changes {
		switch c.Field {
		case "state":
			is.state = states[c.To]
		case "board":
			is.board = h.keep(c.To)
		case "blocked":
			is.flags = is.flags.with(blocked, c.To)
		case "archived_at":
			is.flags = is.flags.with(archived, c.To)
		case "deleted_at":
			is.flags = is.flags.with(deleted, c.To)
		case "due":
			t.dues = append(t.dues, said{h.last, h.keep(c.To)})
		case "owners":
			t.owners = append(t.owners, said{h.last, h.keep(c.To)})
		case "estimate":
			t.estimates = append(t.estimates, said{h.last, h.keep(c.To)})
		case "step":
			t.step = h.keep(c.To)
		case "run":
			h.join(t, c.To)
		}
	}
	if is != was {
		is.at = h.last
		if was.at == is.at { // of several at one moment only the last lasts
			t.turns = t.turns[:len(t.turns)-1]
		}
		t.turns = append(t.turns, is)
	}
	if d, ok := deviations[e.Action]; ok {
		t.deeds = append(t.deeds, deed{h.last, d})
	}
}

func (f flags) with(flag flags, to string) flags {
	if to == "" {
		return f &^ flag
	}
	return f | flag
}

// join makes a task a step of a run.
func (h *History) join(t *life, id string) {
	t.run = h.keep(id)
	if r := h.runBy[id]; r != nil && !slices.Contains(r.tasks, t) {
		r.tasks = append(r.tasks, t)
	}
}

func (h *History) ofRun(e ledger.Entry) {
	r := h.runBy[e.Subject.ID]
	if r == nil {
		if e.Action != "run.started" {
			return
		}
		r = &run{id: h.keep(e.Subject.ID), made: h.last}
		h.runs, h.runBy[r.id] = append(h.runs, r), r
	}
	if e.Subject.Name != r.name {
		r.name = strings.Clone(e.Subject.Name)
	}
	for _, c := range e.Changes {
		switch c.Field {
		case "template":
			r.template = h.keep(c.To)
		case "run_state":
			r.states = append(r.states, said{h.last, h.keep(c.To)})
		}
	}
	if d, ok := deviations[e.Action]; ok {
		r.deeds = append(r.deeds, deed{h.last, d})
	}
}

func (h *History) dependency(e ledger.Entry, verb string) {
	ends := edge{h.keep(e.Subject.ID), h.keep(e.Task.ID)}
	t := h.edges[ends]
	if t == nil {
		t = &tie{}
		h.edges[ends] = t
	}
	switch verb {
	case "added", "returned":
		t.at = append(t.at, span{from: h.last})
	case "removed", "withdrawn":
		if n := len(t.at); n > 0 && t.at[n-1].to == 0 {
			t.at[n-1].to = h.last
		}
	}
	for _, c := range e.Changes {
		switch c.Field {
		case "on_cancel":
			t.onCancel = append(t.onCancel, said{h.last, h.keep(c.To)})
		case "satisfied_at":
			t.enough = append(t.enough, said{h.last, h.keep(c.To)})
		}
	}
}

// as is what was said last before a moment.
func as(all []said, before int64) string {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].at < before {
			return all[i].text
		}
	}
	return ""
}

// until are the turns that a life had taken before a moment.
func (t *life) until(before int64) []turn {
	n := len(t.turns)
	for n > 0 && t.turns[n-1].at >= before {
		n--
	}
	return t.turns[:n]
}

func when(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

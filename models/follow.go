package models

import (
	"database/sql"
	"maps"
	"slices"
	"strings"

	"relevo/models/flow"
	"relevo/models/ledger"
)

// event is what happened to a task, for its owners and watchers.
type event struct {
	task string
	kind NoticeKind
	seq  int64
}

// net is what a change did to a task in the end: each field as it was before and is
// after.
type net map[string]ledger.Change

func (n net) state() string { return n["state"].To }

// became reports whether a yes-or-no field has become yes, ceased whether no.
func (n net) became(field string) bool { return n[field].From == "" && n[field].To != "" }
func (n net) ceased(field string) bool { return n[field].From != "" && n[field].To == "" }

func (n net) closed() bool {
	return isOpen(n["state"].From) && n.state() != "" && !isOpen(n.state())
}

func (n net) reopened() bool {
	return n["state"].From != "" && !isOpen(n["state"].From) && isOpen(n.state())
}

func isOpen(state string) bool { return flow.State(state).Open() }

// ofATask reports whether an entry tells of a task's own fields, not of a part of it.
func ofATask(e ledger.Entry) bool { return strings.HasPrefix(e.Action, "task.") }

// netsOf sums up what entries say of tasks that were there before.
func netsOf(entries []ledger.Entry) map[string]*net {
	nets := map[string]*net{}
	for _, e := range entries {
		if !ofATask(e) || Action(e.Action) == TaskCreated {
			continue
		}
		n := nets[e.Task.ID]
		if n == nil {
			n = &net{}
			nets[e.Task.ID] = n
		}
		for _, c := range e.Changes {
			if was, twice := (*n)[c.Field]; twice {
				c.From = was.From
			}
			(*n)[c.Field] = c
		}
	}
	for _, n := range nets {
		maps.DeleteFunc(*n, func(_ string, c ledger.Change) bool { return c.From == c.To })
	}
	return nets
}

// mostAdded is how many new tasks of one change those who watch a board are told of.
const mostAdded = 20

// eventsOf finds in entries what owners and watchers are told of.
func eventsOf(entries []ledger.Entry) []event {
	var events []event
	added := 0
	for _, e := range entries {
		kind := kindOf(e)
		if kind == WasAdded {
			added++
		}
		if kind != "" && added <= mostAdded {
			events = append(events, event{task: e.Task.ID, kind: kind, seq: e.Seq})
		}
	}
	return events
}

// kindOf is what an entry tells owners and watchers; empty: nothing.
func kindOf(e ledger.Entry) NoticeKind {
	if !ofATask(e) {
		return ""
	}
	if Action(e.Action) == TaskCreated {
		return WasAdded
	}
	n := net{}
	for _, c := range e.Changes {
		n[c.Field] = c
	}
	switch {
	case n.closed(), n.reopened(), n.state() != "" && !isOpen(n["state"].From):
		return WasClosed
	case n.became("blocked"):
		return Blocked
	case n.ceased("blocked"):
		return Unblocked
	case n.became("at_risk"):
		return AtRisk
	case n.state() != "" || n["column"].To != n["column"].From || n["board"].To != n["board"].From:
		return WasMoved
	}
	return ""
}

// hears reports whether somebody whom a task concerns so is told of such an event.
func (r NoticeReason) hears(k NoticeKind) bool {
	switch r {
	case AsOwner:
		return k != WasMoved && k != WasAdded
	case AsWatcher:
		return k != WasAdded
	}
	return true
}

// unheard reports whether nobody would hear of an event: the task's row said so when
// it was read.
func (tx *Tx) unheard(e event) bool {
	heed, known := tx.heeds[e.task]
	return known && !heed.watched && (!heed.owned || !AsOwner.hears(e.kind))
}

// heed is what a task's row says of whom it concerns.
type heed struct {
	owned   bool
	watched bool // it or its board
	unread  bool // somebody has not read something of it
}

// heedColumns are read along with a task, so that what concerns nobody costs no
// query of its own.
const heedColumns = `, EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = t.id),
	EXISTS (SELECT 1 FROM task_watchers w WHERE w.task_id = t.id) OR EXISTS (SELECT 1 FROM board_watchers w WHERE w.board_id = t.board_id),
	EXISTS (SELECT 1 FROM notices n WHERE n.task_id = t.id AND n.read_at IS NULL)`

// concerns forgets what a task's row said of whom it concerns, as that has changed.
func (tx *Tx) concerns(task string) { delete(tx.heeds, task) }

// followers finds whom the events are told to: of one change, one thing to each of a
// task.
func (tx *Tx) followers() ([]telling, error) {
	events := map[string][]event{}
	for _, e := range tx.events {
		events[e.task] = append(events[e.task], e)
	}
	direct := map[toldOf]bool{}
	for _, t := range tx.tellings {
		direct[toldOf{t.person, t.task}] = true
	}
	concerned, err := tx.concerned(slices.Sorted(maps.Keys(events)))
	if err != nil {
		return nil, err
	}
	var all []telling
	for _, c := range concerned {
		if c.person == tx.actor.ID || direct[c.toldOf] || tx.silent[c.toldOf] {
			continue
		}
		heard := slices.DeleteFunc(slices.Clone(events[c.task]), func(e event) bool { return c.because(e.kind) == "" })
		if len(heard) == 0 {
			continue
		}
		e := slices.MinFunc(heard, weightier)
		all = append(all, telling{person: c.person, task: c.task, kind: e.kind, seq: e.seq, because: c.because(e.kind)})
	}
	return all, nil
}

// concern is somebody whom a task concerns, and why.
type concern struct {
	toldOf
	as map[NoticeReason]bool
}

// because is why they are told of such an event; empty: they are not.
func (c concern) because(k NoticeKind) NoticeReason {
	for _, r := range []NoticeReason{AsOwner, AsWatcher, AsBoardWatcher} {
		if c.as[r] && r.hears(k) {
			return r
		}
	}
	return ""
}

// concerned finds who owns or watches tasks.
func (tx *Tx) concerned(tasks []string) ([]concern, error) {
	var all []concern
	for part := range slices.Chunk(tasks, chunk) {
		ids, in := anys(part), places(len(part))
		found := map[toldOf]map[NoticeReason]bool{}
		err := tx.each(`SELECT 'owner', task_id, user_id FROM task_owners WHERE task_id IN `+in+`
			UNION ALL SELECT 'watcher', task_id, user_id FROM task_watchers WHERE task_id IN `+in+`
			UNION ALL SELECT 'board', t.id, w.user_id FROM tasks t JOIN board_watchers w ON w.board_id = t.board_id WHERE t.id IN `+in,
			slices.Concat(ids, ids, ids), func(rows *sql.Rows) error {
				var who toldOf
				var as NoticeReason
				if err := rows.Scan(&as, &who.task, &who.person); err != nil {
					return err
				}
				if found[who] == nil {
					found[who] = map[NoticeReason]bool{}
				}
				found[who][as] = true
				return nil
			})
		if err != nil {
			return nil, err
		}
		for who, as := range found {
			all = append(all, concern{who, as})
		}
	}
	slices.SortFunc(all, func(a, b concern) int { return strings.Compare(a.task+" "+a.person, b.task+" "+b.person) })
	return all, nil
}

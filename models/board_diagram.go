package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
	"relevo/models/plan"
)

// DiagramWindow is how many tasks a diagram shows.
const DiagramWindow = 400

// DiagramView is who holds whom on a board.
type DiagramView struct {
	BoardView // its lanes have no cards
	Focus     string
	Nodes     []DiagramNode // each after what it waits for
	Links     []DiagramLink // between nodes
	All       int           // tasks that there are to show; those after the first DiagramWindow are left out
	Closed    int           // tasks left out as nothing that they hang together with is open
	Loose     int           // open tasks of the board that hang together with none
}

// DiagramNode is one task of a diagram.
type DiagramNode struct {
	Card
	plan.Bar
	Board   Board // where it is, if not on the board of the diagram
	Any     bool  // one of what it waits for is enough
	Assumed bool  // it has no estimate
}

// DiagramLink says that the node From comes before the node To.
type DiagramLink struct {
	From, To  int // in Nodes
	Lag       flow.Lag
	AtReview  bool // review is enough
	Satisfied bool // it holds nobody up any more
	Critical  bool // both ends are on the critical path
}

// Diagram reads a board's diagram: the tasks that pass a filter and wait for others or
// are waited for, with those of other boards that they are joined to. With a focus, it
// is only what leads to that task and what follows it, if it is there. What is wholly done is left out
// unless there is a focus or the filter asks for it.
func (s *Store) Diagram(ctx context.Context, who Actor, board, focus string, f BoardFilter) (v DiagramView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		by, err := s.lookAt(db, who, board, f, &v.BoardView)
		if err != nil {
			return err
		}
		w, err := readWeb(db, board, by)
		if err != nil {
			return err
		}
		v.Loose = w.loose
		if _, there := w.tasks[focus]; there {
			v.Focus = focus
			w.keep(w.around(focus))
		} else if f.State == "" {
			v.Closed = w.dropClosed()
		}
		if err := v.fill(db, w, s.now()); err != nil {
			return err
		}
		return v.nameAll(db)
	})
	return v, err
}

// web is tasks and what they wait for.
type web struct {
	tasks map[string]Task
	order []string
	deps  []Dependency
	loose int
}

// drawn is the condition that a task is in its board's diagram: on it, or cancelled,
// for what waited for it goes on, or is held, because of that.
const drawn = "tasks.board_id = ? AND (tasks.column_id <> '' OR tasks.state = 'cancelled') AND tasks.deleted_at IS NULL AND tasks.archived_at IS NULL"

// drawnEnds are both ends of the dependencies of such tasks.
const drawnEnds = `SELECT a.prerequisite_id, a.dependent_id FROM tasks c JOIN dependencies a ON a.prerequisite_id = c.id
		WHERE c.board_id = ? AND (c.column_id <> '' OR c.state = 'cancelled') AND c.archived_at IS NULL AND c.deleted_at IS NULL
	UNION SELECT a.prerequisite_id, a.dependent_id FROM tasks c JOIN dependencies a ON a.dependent_id = c.id
		WHERE c.board_id = ? AND (c.column_id <> '' OR c.state = 'cancelled') AND c.archived_at IS NULL AND c.deleted_at IS NULL`

// readWeb reads the dependencies of the tasks on a board that pass a filter, and
// the tasks at their other ends.
func readWeb(db *gorm.DB, board string, by sift) (*web, error) {
	w := &web{tasks: map[string]Task{}}
	var passing []string
	if err := by.of(db.Model(&Task{}).Where(drawn, board)).Pluck("tasks.id", &passing).Error; err != nil {
		return nil, err
	}
	passes := make(map[string]bool, len(passing))
	for _, id := range passing {
		passes[id] = true
	}
	var deps []Dependency
	if err := db.Raw("SELECT * FROM dependencies WHERE (prerequisite_id, dependent_id) IN ("+drawnEnds+") ORDER BY prerequisite_id, dependent_id", board, board).Scan(&deps).Error; err != nil {
		return nil, err
	}
	var tasks []Task
	err := db.Raw(`WITH ends AS (`+drawnEnds+`) SELECT `+plannedColumns+` FROM tasks WHERE tasks.deleted_at IS NULL AND tasks.archived_at IS NULL
		AND tasks.id IN (SELECT prerequisite_id FROM ends UNION SELECT dependent_id FROM ends)
		ORDER BY CASE WHEN tasks.board_id = ? THEN 0 ELSE 1 END, tasks.number, tasks.id`, board, board, board).Scan(&tasks).Error
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if passes[t.ID] || t.BoardID != board {
			w.tasks[t.ID] = t
			w.order = append(w.order, t.ID)
		}
	}
	met := map[string]bool{}
	for _, d := range deps {
		_, a := w.tasks[d.PrerequisiteID]
		_, b := w.tasks[d.DependentID]
		if a && b {
			w.deps = append(w.deps, d)
			met[d.PrerequisiteID], met[d.DependentID] = true, true
		}
	}
	w.keep(met)
	err = by.of(db.Model(&Task{}).Where(onIt+" AND tasks.state IN ?", board, openStates)).
		Where("NOT EXISTS (SELECT 1 FROM dependencies d WHERE d.prerequisite_id = tasks.id) AND NOT EXISTS (SELECT 1 FROM dependencies d WHERE d.dependent_id = tasks.id)").
		Select("COUNT(*)").Row().Scan(&w.loose)
	return w, err
}

// keep leaves out all other tasks.
func (w *web) keep(ids map[string]bool) {
	w.order = slices.DeleteFunc(w.order, func(id string) bool {
		if !ids[id] {
			delete(w.tasks, id)
		}
		return !ids[id]
	})
	w.deps = slices.DeleteFunc(w.deps, func(d Dependency) bool { return !ids[d.PrerequisiteID] || !ids[d.DependentID] })
}

// around is a task with all that leads to it and all that follows it.
func (w *web) around(id string) map[string]bool {
	found := map[string]bool{id: true}
	for _, back := range []bool{true, false} {
		next := map[string][]string{}
		for _, d := range w.deps {
			if back {
				next[d.DependentID] = append(next[d.DependentID], d.PrerequisiteID)
			} else {
				next[d.PrerequisiteID] = append(next[d.PrerequisiteID], d.DependentID)
			}
		}
		seen := map[string]bool{id: true}
		for todo := []string{id}; len(todo) > 0; {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, n := range next[at] {
				if !seen[n] {
					seen[n], found[n] = true, true
					todo = append(todo, n)
				}
			}
		}
	}
	return found
}

// dropClosed leaves out the parts in which nothing is open, and says how many tasks
// they have.
func (w *web) dropClosed() int {
	next := map[string][]string{}
	for _, d := range w.deps {
		next[d.PrerequisiteID] = append(next[d.PrerequisiteID], d.DependentID)
		next[d.DependentID] = append(next[d.DependentID], d.PrerequisiteID)
	}
	open := map[string]bool{}
	var todo []string
	for _, id := range w.order {
		if w.tasks[id].State.Open() {
			todo = append(todo, id)
		}
	}
	for len(todo) > 0 {
		id := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !open[id] {
			open[id] = true
			todo = append(todo, next[id]...)
		}
	}
	all := len(w.order)
	w.keep(open)
	return all - len(w.order)
}

// fill plans the tasks and puts them in order, each after what it waits for.
func (v *DiagramView) fill(db *gorm.DB, w *web, now time.Time) error {
	p := newProject(v.Team, now)
	for _, id := range w.order {
		p.add(w.tasks[id])
	}
	for _, d := range w.deps {
		p.join(d)
	}
	if err := p.readStarts(db, v.Team); err != nil {
		return err
	}
	s, err := p.make(nil)
	if err != nil {
		return err
	}
	v.All = len(s.Order)
	at := map[string]int{}
	for _, id := range s.Order[:min(len(s.Order), DiagramWindow)] {
		at[id] = len(v.Nodes)
		t := w.tasks[id]
		v.Nodes = append(v.Nodes, DiagramNode{Card: Card{Task: t}, Bar: s.Bars[id], Any: t.Join == flow.Any, Assumed: t.Estimate == 0})
	}
	for _, d := range w.deps {
		a, before := at[d.PrerequisiteID]
		b, after := at[d.DependentID]
		if !before || !after {
			continue
		}
		from := v.Nodes[a]
		v.Links = append(v.Links, DiagramLink{From: a, To: b, Lag: d.flow().Lag, AtReview: d.SatisfiedAt == flow.InReview,
			Satisfied: !v.Nodes[b].State.Open() || !d.holds(from.Task, now, p.work.Days),
			Critical:  from.Critical && v.Nodes[b].Critical})
	}
	return nil
}

// nameAll gives the tasks their keys, owners and, of other boards, those.
func (v *DiagramView) nameAll(db *gorm.DB) error {
	ids, boards := make([]string, len(v.Nodes)), []string{}
	for i, n := range v.Nodes {
		ids[i] = n.ID
		if n.BoardID != v.Board.ID && !slices.Contains(boards, n.BoardID) {
			boards = append(boards, n.BoardID)
		}
	}
	others := map[string]Board{v.Board.ID: v.Board}
	if len(boards) > 0 {
		var found []Board
		if err := db.Where("id IN ?", boards).Find(&found).Error; err != nil {
			return err
		}
		for _, b := range found {
			others[b.ID] = b
		}
	}
	owners, err := ownersOf(db, ids)
	for i := range v.Nodes {
		n := &v.Nodes[i]
		n.Owners, n.Key = owners[n.ID], Key(others[n.BoardID].Key, n.Number)
		if n.BoardID != v.Board.ID {
			n.Board = others[n.BoardID]
		}
	}
	return err
}

// Before are the nodes that a node waits for, in the diagram's order.
func (v DiagramView) Before(node int) (links []DiagramLink) {
	for _, l := range v.Links {
		if l.To == node {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(a, b DiagramLink) int { return a.From - b.From })
	return links
}

// FocusKey is the key of the task in focus; empty without one.
func (v DiagramView) FocusKey() string {
	for _, n := range v.Nodes {
		if n.ID == v.Focus {
			return strings.TrimSpace(n.Key + " " + n.Title)
		}
	}
	return ""
}

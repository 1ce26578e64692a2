package models

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
)

// A board's cards can be parted into swimlanes, across its columns: by whom they are
// of, by what they are about, by how urgent they are, by the run they are steps of. A task with several owners or
// labels is in the lane of each, as the groups of a table have it.

// Swimlanes lists what a board can be parted by, as an address names it.
var Swimlanes = []string{GroupOwner, GroupLabel, GroupPriority, GroupRun}

// NoneLane is the lane of tasks that nobody owns, wear no label or are no step of a run.
const NoneLane = "none"

// Swimlane is the cards of a board that have something in common.
type Swimlane struct {
	Key   string // an owner's, a label's or a run's ID, a name of FilterPriorities, or NoneLane
	Name  string // of an owner, a label or a run
	Label *Label
	Count int    // cards in it that pass the filter, all told
	Cells []Lane // one for each column, with the window of its cards that is shown
}

const (
	laneCards   = 300 // cards that a parted board reads at first, all lanes together …
	leastInCell = 3   // … but of each cell as many as this

	// mostIdle is how many people a team may have for those to get a lane who have
	// nothing to do.
	mostIdle = 30
)

// Cell is a part of a column.
type Cell struct {
	Column string
	Lane   string // the swimlane that it is in; empty: all of the column
}

// laneKey is how a lane is called that the database names g.
func (t tabler) laneKey(g string) string {
	return cmp.Or(t.key(g), NoneLane)
}

// inLane is the database's name of a lane.
func (t tabler) inLane(key string) string {
	if key == NoneLane && t.look.Group != GroupPriority {
		return ""
	}
	return t.stored(key)
}

// swimming reads the cards of a board in parts.
func (s *Store) swimming(db *gorm.DB, b Board, look Look, by sift) tabler {
	return tabler{db: db, board: b, look: Look{Group: look.Swimlanes}, by: by, keys: keysFor(db, look.Sort, nil, byRank), group: grouping(look.Swimlanes, s.now())}
}

// InLanes are the lanes that a card is in.
func (c Card) InLanes(by string) (keys []string) {
	switch by {
	case GroupPriority:
		return []string{FilterPriorities[max(0, min(int(c.Priority), len(FilterPriorities)-1))]}
	case GroupOwner:
		keys = personIDs(c.Owners)
	case GroupLabel:
		keys = c.wears()
	case GroupRun:
		if c.RunID != "" {
			keys = []string{c.RunID}
		}
	}
	if len(keys) == 0 {
		return []string{NoneLane}
	}
	return keys
}

// cellCount is how many cards a lane has in a column.
type cellCount struct {
	G, ColumnID string
	N           int
}

func (t tabler) cells() (counts []cellCount, err error) {
	where, args := t.where()
	err = t.db.Raw("SELECT "+t.group.by+" AS g, tasks.column_id, COUNT(*) AS n FROM tasks "+t.group.join+" WHERE "+where+" GROUP BY 1, 2",
		slices.Concat(t.group.args, args)...).Scan(&counts).Error
	if err != nil {
		return nil, fmt.Errorf("count swimlanes: %w", err)
	}
	return counts, nil
}

// counts are how many cards there are in the lanes that hold some.
func (t tabler) counts() (map[string]int, error) {
	cells, err := t.cells()
	n := map[string]int{}
	for _, c := range cells {
		n[t.laneKey(c.G)] += c.N
	}
	return n, err
}

// swimming are the cards of all lanes, to be dressed.
func (v *BoardView) swimming() (all []*Card) {
	for _, s := range v.Swims {
		for i := range s.Cells {
			all = append(all, pointers(s.Cells[i].Cards)...)
		}
	}
	return all
}

// swim parts a board whose surroundings are read.
func (s *Store) swim(db *gorm.DB, v *BoardView, look Look, by sift) error {
	t := s.swimming(db, v.Board, look, by)
	counts, err := t.cells()
	if err != nil {
		return err
	}
	if v.Swims, err = t.named(v, counts); err != nil {
		return err
	}
	at := map[string]map[string]*Lane{}
	for i := range v.Swims {
		l := &v.Swims[i]
		l.Cells = make([]Lane, len(v.Lanes))
		at[l.Key] = map[string]*Lane{}
		for j, c := range v.Lanes {
			l.Cells[j].Column = c.Column
			at[l.Key][c.ID] = &l.Cells[j]
		}
	}
	usual := max(leastInCell, min(Window, laneCards/max(1, len(v.Swims)*len(v.Lanes))))
	for _, c := range counts {
		cell := at[t.laneKey(c.G)][c.ColumnID]
		cell.Count, cell.More = c.N, c.N > usual
	}
	places, err := t.firstOfCells(usual)
	if err != nil {
		return err
	}
	tasks, err := t.tasksAt(places)
	if err != nil {
		return err
	}
	for _, p := range places {
		task := tasks[p.ID]
		cell := at[t.laneKey(p.G)][task.ColumnID]
		cell.Cards = append(cell.Cards, Card{Task: task, Key: Key(v.Board.Key, task.Number)})
	}
	return nil
}

// named are the lanes that hold something, and while all is shown those that
// something could be put into, in order.
func (t tabler) named(v *BoardView, counts []cellCount) ([]Swimlane, error) {
	n := map[string]int{}
	for _, c := range counts {
		n[c.G] += c.N
	}
	if !v.Filter.Asks() {
		for _, g := range t.idle(v) {
			n[g] += 0
		}
	}
	view := TableView{BoardView: *v}
	for g := range n {
		view.Groups = append(view.Groups, TableGroup{Key: g, Total: Totals{Count: n[g]}})
	}
	slices.SortFunc(view.Groups, func(a, b TableGroup) int { return cmp.Compare(a.Key, b.Key) })
	if err := t.name(&view); err != nil {
		return nil, err
	}
	lanes := make([]Swimlane, len(view.Groups))
	for i, g := range view.Groups {
		lanes[i] = Swimlane{Key: cmp.Or(g.Key, NoneLane), Name: g.Name, Label: g.Label, Count: g.Total.Count}
	}
	return lanes, nil
}

// idle are the lanes of a board that there are even without a card.
func (t tabler) idle(v *BoardView) []string {
	all := []string{""}
	switch t.look.Group {
	case GroupPriority:
		all = nil
		for _, p := range Priorities {
			all = append(all, strconv.Itoa(int(p)))
		}
	case GroupLabel:
		for _, l := range v.Labels {
			all = append(all, l.ID)
		}
	case GroupRun: // nothing can be put into one
		all = nil
	case GroupOwner:
		if len(v.Members) > mostIdle {
			break
		}
		for _, p := range v.Members {
			if access.Can(p.Role, access.EditTask) {
				all = append(all, p.ID)
			}
		}
	}
	return all
}

// firstOfCells reads the first n cards of each cell.
func (t tabler) firstOfCells(n int) (places []place, err error) {
	where, args := t.where()
	err = t.db.Raw("SELECT id, g FROM (SELECT tasks.id AS id, "+t.group.by+" AS g, ROW_NUMBER() OVER (PARTITION BY "+t.group.by+
		", tasks.column_id ORDER BY "+orderBy(t.keys)+") AS n FROM tasks JOIN columns c ON c.id = tasks.column_id "+t.group.join+" WHERE "+where+
		") r WHERE n <= "+strconv.Itoa(n)+" ORDER BY g, n", slices.Concat(t.group.args, t.group.args, args)...).Scan(&places).Error
	if err != nil {
		return nil, fmt.Errorf("cards of swimlanes: %w", err)
	}
	return places, nil
}

// within leaves of a column what is in one lane.
func (s *Store) within(db *gorm.DB, b Board, in Cell, look Look, by *sift) {
	if in.Lane == "" || look.Swimlanes == "" {
		return
	}
	t := s.swimming(db, b, look, sift{})
	by.and("tasks.id IN (SELECT tasks.id FROM tasks "+t.group.join+" WHERE tasks.column_id = ? AND "+t.group.by+" = ?)", in.Column, t.inLane(in.Lane))
}

// ---- a card goes from one lane to another

// LaneMove takes a task out of one lane and into another one.
type LaneMove struct {
	By       string // one of Swimlanes; empty: it stays in its lane
	From, To string
}

// fields are those that nobody may have changed since the caller saw them.
func (m LaneMove) fields() []string {
	return map[string][]string{GroupOwner: {"owners"}, GroupLabel: {"labels"}, GroupPriority: {"priority"}}[m.By]
}

// toLane gives a task what the other lane stands for in place of what this one does.
// Where that is nothing, it loses all of it: else it would stay in a lane.
func (tx *Tx) toLane(t onBoard, m LaneMove) (onBoard, error) {
	if m.By == "" || m.From == m.To {
		return t, nil
	}
	var in TaskInput
	ids := []string{t.ID}
	swap := func(has []string) *[]string {
		kept := with(has, m.From, false)
		if m.To == NoneLane {
			kept = nil
		} else if !slices.Contains(kept, m.To) {
			kept = append(kept, m.To)
		}
		return &kept
	}
	switch m.By {
	case GroupOwner:
		owners, err := ownersOf(tx.db, ids)
		if err != nil {
			return t, err
		}
		in.Owners = swap(personIDs(owners[t.ID]))
	case GroupLabel:
		worn, err := labelsOn(tx.db, ids)
		if err != nil {
			return t, err
		}
		in.Labels = swap(Card{Labels: worn[t.ID]}.wears())
	case GroupPriority:
		p := Priority(slices.Index(FilterPriorities, m.To))
		in.Priority = &p
	case GroupRun:
		return t, fault.New(fault.Conflict, fault.StepStays)
	default:
		return t, fault.On("lane", fault.NotAChoice)
	}
	if err := tx.edit(t, in); err != nil {
		return t, err
	}
	return tx.task(t.ID)
}

// wears are the labels of a card.
func (c Card) wears() []string {
	ids := make([]string, len(c.Labels))
	for i, l := range c.Labels {
		ids[i] = l.ID
	}
	return ids
}

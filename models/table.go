package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/flow"
)

const (
	// TableWindow is how many rows of a table are read at a time.
	TableWindow = 100
	// MaxTableRows is how many rows of a group a page holds; further ones have pages
	// of their own.
	MaxTableRows = 500

	groupedRows             = 300   // rows that a grouped table reads at first, all groups together …
	leastWindow, mostWindow = 3, 50 // … but of each group as many as this
)

// TableView is a board's tasks as rows.
type TableView struct {
	BoardView // without cards in its lanes
	Look      Look
	Columns   []TableColumn
	Choices   []TableColumn // all that there could be
	Groups    []TableGroup  // one with an empty key if the table is not grouped
	Total     Totals        // of all rows, each task once
	After     string        // the task that the rows come after; empty: from the first on
}

// TableGroup is the part of the rows that have something in common.
type TableGroup struct {
	Key   string // a state, an owner's or label's ID, a priority's name, one of DueGroups, what a custom field holds; empty: nobody, no label, nothing
	Name  string // of an owner, a label, an option or a person of a custom field
	Label *Label
	Total Totals
	Rows  []Card
	More  bool // there are rows below
}

// Totals sum up rows.
type Totals struct {
	Count    int
	Estimate int // minutes
	Done     int // tasks that are
	Counted  int // tasks that are not cancelled, to know the share that is done
}

// What tasks are grouped by due date into, in order.
const (
	DueLater  = "later"
	DueClosed = "closed" // a date of a task that is done or cancelled
	DueNone   = "none"
)

// DueGroups lists them.
var DueGroups = []string{DueOverdue, DueToday, DueWeek, DueLater, DueClosed, DueNone}

// TableAsk is which part of a table somebody wants.
type TableAsk struct {
	Look  Look
	Shown map[string]int // how many rows of a group are shown already, where they are more than usual
	Group string         // with After: the group that the rows are of
	After string         // a task: the rows below it
}

// Table reads a board's page as a table: the first rows of each group, or those of
// one group after a task.
func (s *Store) Table(ctx context.Context, who Actor, board string, ask TableAsk) (v TableView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		v.Look, v.After = ask.Look, ask.After
		by, err := s.lookAt(db, who, board, ask.Look.Filter, &v.BoardView)
		if err != nil {
			return err
		}
		v.ask(ask.Look)
		t := tabler{db: db, board: v.Board, ask: ask, look: v.Look, by: by, keys: keysFor(db, v.Look.Sort, v.Fields, byPlace),
			group: grouping(v.Look.Group, s.now().In(Zone(who.Zone)))}
		if err := t.totals(&v); err != nil {
			return err
		}
		if err := t.rows(&v); err != nil {
			return err
		}
		if err := s.dress(db, v.Team, v.cards()); err != nil {
			return err
		}
		return v.fill(db)
	})
	return v, err
}

// ask takes over a look as far as the board can show it.
func (v *TableView) ask(look Look) {
	var gone []string
	look.Filter = v.Filter
	v.Look, gone = look.with(v.Fields)
	v.Gone = append(v.Gone, gone...)
	v.Choices = ColumnsWith(v.Fields)
	v.Columns = shownColumns(v.Look, v.Choices)
	if v.Look.Columns != nil && slices.EqualFunc(v.Columns, shownColumns(Look{}, v.Choices), func(a, b TableColumn) bool { return a.Name == b.Name }) {
		v.Look.Columns = nil // the usual ones need not be said
	}
}

// fill reads what the rows hold in the fields that the table shows.
func (v *TableView) fill(db *gorm.DB) error {
	if !slices.ContainsFunc(v.Columns, func(c TableColumn) bool { return c.Field != nil }) {
		return nil
	}
	cards := v.cards()
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	held, err := values(db, ids, false)
	for _, c := range cards {
		c.Fields = held[c.ID]
	}
	return err
}

// cards are all rows, to be dressed.
func (v *TableView) cards() (all []*Card) {
	for i := range v.Groups {
		all = append(all, pointers(v.Groups[i].Rows)...)
	}
	return all
}

// partition is how tasks fall into groups, in SQL.
type partition struct {
	by   string // the key; empty: they do not
	join string
	args []any // of by
}

func grouping(name string, now time.Time) partition {
	switch name {
	case GroupState:
		return partition{by: "tasks.state"}
	case GroupPriority:
		return partition{by: "CAST(tasks.priority AS TEXT)"}
	case GroupOwner:
		return partition{by: "COALESCE(go.user_id, '')", join: "LEFT JOIN task_owners go ON go.task_id = tasks.id"}
	case GroupLabel:
		return partition{by: "COALESCE(gl.label_id, '')", join: "LEFT JOIN task_labels gl ON gl.task_id = tasks.id"}
	case GroupRun:
		return partition{by: "tasks.run_id"}
	case GroupDue:
		_, today := dueRange(DueToday, now)
		_, week := dueRange(DueWeek, now)
		return partition{by: `CASE WHEN tasks.due = '' THEN 'none' WHEN tasks.state IN ('done', 'cancelled') THEN 'closed' WHEN tasks.due < ? THEN 'overdue'
			WHEN tasks.due = ? THEN 'today' WHEN tasks.due <= ? THEN 'week' ELSE 'later' END`, args: []any{today, today, week}}
	}
	if id, is := custom.IsKey(name); is && isID(id) {
		return partition{by: "COALESCE(gf.value, '')", join: "LEFT JOIN task_fields gf ON gf.task_id = tasks.id AND gf.field_id = '" + id + "'"}
	}
	return partition{}
}

// tabler reads the parts of a table.
type tabler struct {
	db    *gorm.DB
	board Board
	ask   TableAsk
	look  Look // as far as the board can show it
	by    sift
	keys  []key
	group partition
}

// onTable is which tasks a table has: those that the board shows.
const onTable = "tasks.board_id = ? AND tasks.column_id <> '' AND tasks.deleted_at IS NULL AND tasks.archived_at IS NULL"

func (t tabler) where() (string, []any) {
	if t.by.where == "" {
		return onTable, []any{t.board.ID}
	}
	return onTable + " AND (" + t.by.where + ")", append([]any{t.board.ID}, t.by.args...)
}

const sums = `COUNT(*) AS count, COALESCE(SUM(tasks.estimate), 0) AS estimate, COUNT(CASE WHEN tasks.state = 'done' THEN 1 END) AS done,
	COUNT(CASE WHEN tasks.state <> 'cancelled' THEN 1 END) AS counted`

// totals reads how much there is in all, and in each group, which it makes.
func (t tabler) totals(v *TableView) error {
	where, args := t.where()
	if err := t.db.Raw("SELECT "+sums+" FROM tasks WHERE "+where, args...).Scan(&v.Total).Error; err != nil {
		return fmt.Errorf("total of a table: %w", err)
	}
	if t.group.by == "" {
		v.Groups = []TableGroup{{Total: v.Total}}
		return nil
	}
	var rows []struct {
		G string
		Totals
	}
	err := t.db.Raw("SELECT "+t.group.by+" AS g, "+sums+" FROM tasks "+t.group.join+" WHERE "+where+" GROUP BY 1", slices.Concat(t.group.args, args)...).Scan(&rows).Error
	if err != nil {
		return fmt.Errorf("totals of groups: %w", err)
	}
	for _, r := range rows {
		v.Groups = append(v.Groups, TableGroup{Key: r.G, Total: r.Totals})
	}
	return t.name(v)
}

// name words the groups as far as data does, and puts them in order.
func (t tabler) name(v *TableView) error {
	place := map[string]int{}
	switch t.look.Group {
	case GroupState:
		for i, s := range flow.States {
			place[string(s)] = i
		}
	case GroupPriority: // the most urgent first
		for i := range v.Groups {
			p, _ := strconv.Atoi(v.Groups[i].Key)
			v.Groups[i].Key = FilterPriorities[max(0, min(p, len(FilterPriorities)-1))]
			place[v.Groups[i].Key] = -p
		}
	case GroupDue:
		for i, g := range DueGroups {
			place[g] = i
		}
	case GroupLabel:
		for i, l := range v.Labels {
			place[l.ID] = i
			for j := range v.Groups {
				if v.Groups[j].Key == l.ID {
					v.Groups[j].Name, v.Groups[j].Label = l.Name, &v.Labels[i]
				}
			}
		}
		place[""] = len(v.Labels)
	case GroupOwner:
		if err := t.byName(v, place); err != nil {
			return err
		}
	case GroupRun:
		if err := t.byRun(v, place); err != nil {
			return err
		}
	}
	if i := fieldNamed(v.Fields, t.look.Group); i >= 0 {
		if err := t.byField(v, v.Fields[i], place); err != nil {
			return err
		}
	}
	slices.SortStableFunc(v.Groups, func(a, b TableGroup) int { return cmp.Compare(place[a.Key], place[b.Key]) })
	return nil
}

// byName puts groups of people in the order of their names, nobody last.
func (t tabler) byName(v *TableView, place map[string]int) error {
	names, err := namesOf(t.db, v.Groups)
	if err != nil {
		return err
	}
	for i := range v.Groups {
		v.Groups[i].Name = names[v.Groups[i].Key]
	}
	slices.SortStableFunc(v.Groups, func(a, b TableGroup) int {
		return cmp.Or(strings.Compare(fold(a.Name), fold(b.Name)), strings.Compare(a.Key, b.Key))
	})
	for i, g := range v.Groups {
		place[g.Key] = i
	}
	place[""] = len(v.Groups)
	return nil
}

// byRun puts groups of runs in the order in which those were started, none last.
func (t tabler) byRun(v *TableView, place map[string]int) error {
	var runs []Run
	err := t.db.Raw("SELECT id, name FROM runs WHERE id IN (SELECT run_id FROM tasks WHERE board_id = ? AND deleted_at IS NULL) ORDER BY created_at, id", t.board.ID).Scan(&runs).Error
	if err != nil {
		return fmt.Errorf("runs of a table: %w", err)
	}
	names := map[string]string{}
	for i, r := range runs {
		names[r.ID], place[r.ID] = r.Name, i
	}
	for i := range v.Groups {
		v.Groups[i].Name = names[v.Groups[i].Key]
	}
	place[""] = len(runs)
	return nil
}

// byField puts groups in the order of a field's values, nothing last.
func (t tabler) byField(v *TableView, f Field, place map[string]int) error {
	place[""] = custom.MaxOptions + 1
	switch f.Kind {
	case custom.Person:
		return t.byName(v, place)
	case custom.YesNo:
		place[custom.Yes], place[custom.No] = 0, 1
	}
	for i, o := range f.Options {
		place[o.ID] = i
		for j := range v.Groups {
			if v.Groups[j].Key == o.ID {
				v.Groups[j].Name = o.Name
			}
		}
	}
	return nil
}

// namesOf are what the owners of groups are called, whether in the team or not.
func namesOf(db *gorm.DB, groups []TableGroup) (map[string]string, error) {
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = g.Key
	}
	var people []Person
	names := map[string]string{}
	for part := range slices.Chunk(ids, chunk) {
		if err := db.Raw("SELECT id, name FROM users WHERE id IN ?", part).Scan(&people).Error; err != nil {
			return nil, err
		}
		for _, p := range people {
			names[p.ID] = p.Name
		}
	}
	return names, nil
}

// rows fills the groups.
func (t tabler) rows(v *TableView) error {
	places, err := t.find(v)
	if err != nil {
		return fmt.Errorf("rows of a table: %w", err)
	}
	tasks, err := t.tasksAt(places)
	if err != nil {
		return err
	}
	group := map[string]*TableGroup{}
	for i := range v.Groups {
		group[v.Groups[i].Key] = &v.Groups[i]
	}
	for _, p := range places {
		if g, task := group[t.key(p.G)], tasks[p.ID]; g != nil {
			g.Rows = append(g.Rows, Card{Task: task, Key: Key(t.board.Key, task.Number)})
		}
	}
	return nil
}

// tasksAt reads the tasks of some places, by their IDs.
func (t tabler) tasksAt(places []place) (map[string]Task, error) {
	ids := make([]string, 0, len(places))
	for _, p := range places {
		ids = append(ids, p.ID)
	}
	slices.Sort(ids)
	tasks := map[string]Task{}
	for part := range slices.Chunk(slices.Compact(ids), chunk) {
		var some []Task
		if err := t.db.Omit("description").Find(&some, "id IN ?", part).Error; err != nil {
			return nil, err
		}
		for _, task := range some {
			tasks[task.ID] = task
		}
	}
	return tasks, nil
}

// key is how a group that the database names is called.
func (t tabler) key(g string) string {
	if t.look.Group == GroupPriority {
		if p, err := strconv.Atoi(g); err == nil && p >= 0 && p < len(FilterPriorities) {
			return FilterPriorities[p]
		}
	}
	return g
}

// place is where a task is shown: once in each of its groups.
type place struct{ ID, G string }

// find reads which tasks the groups show, in order, and whether there are more.
func (t tabler) find(v *TableView) ([]place, error) {
	if t.ask.After != "" {
		return t.below(v)
	}
	if t.group.by == "" {
		g := &v.Groups[0]
		n := t.window(g.Key, TableWindow)
		g.More = g.Total.Count > n
		return t.first(n)
	}
	return t.firstOfEach(v)
}

// window is how many rows of a group are read.
func (t tabler) window(group string, usual int) int {
	shown := min(t.ask.Shown[group], MaxTableRows)
	return max(usual, (shown+usual-1)/usual*usual)
}

func (t tabler) first(n int) (places []place, err error) {
	where, args := t.where()
	err = t.db.Raw("SELECT tasks.id FROM tasks JOIN columns c ON c.id = tasks.column_id WHERE "+where+
		" ORDER BY "+orderBy(t.keys)+" LIMIT "+strconv.Itoa(n), args...).Scan(&places).Error
	return places, err
}

// firstOfEach reads the first rows of all groups at once.
func (t tabler) firstOfEach(v *TableView) (places []place, err error) {
	usual := max(leastWindow, min(mostWindow, groupedRows/max(1, len(v.Groups))))
	most := "CASE g"
	var keys []any
	for i := range v.Groups {
		g := &v.Groups[i]
		n := t.window(g.Key, usual)
		g.More = g.Total.Count > n
		if n > usual {
			most += " WHEN ? THEN " + strconv.Itoa(n)
			keys = append(keys, t.stored(g.Key))
		}
	}
	if len(keys) == 0 {
		most = strconv.Itoa(usual)
	} else {
		most += " ELSE " + strconv.Itoa(usual) + " END"
	}
	where, args := t.where()
	err = t.db.Raw("SELECT id, g FROM (SELECT tasks.id AS id, "+t.group.by+" AS g, ROW_NUMBER() OVER (PARTITION BY "+t.group.by+
		" ORDER BY "+orderBy(t.keys)+") AS n FROM tasks JOIN columns c ON c.id = tasks.column_id "+t.group.join+" WHERE "+where+
		") r WHERE n <= "+most+" ORDER BY g, n", slices.Concat(t.group.args, t.group.args, args, keys)...).Scan(&places).Error
	return places, err
}

// stored is a group's key as the database has it.
func (t tabler) stored(key string) string {
	if t.look.Group == GroupPriority {
		return strconv.Itoa(max(0, slices.Index(FilterPriorities, key)))
	}
	return key
}

// below reads the rows of one group after a task; the others are left out.
func (t tabler) below(v *TableView) (places []place, err error) {
	v.Groups = slices.DeleteFunc(v.Groups, func(g TableGroup) bool { return g.Key != t.ask.Group })
	if len(v.Groups) == 0 {
		return nil, nil
	}
	n := t.window(t.ask.Group, TableWindow)
	join, after := seek(t.keys)
	where, args := t.where()
	args = append([]any{t.ask.After}, args...)
	if t.group.by != "" {
		where += " AND " + t.group.by + " = ?"
		args = append(slices.Concat(args, t.group.args), t.stored(t.ask.Group))
	}
	err = t.db.Raw("SELECT tasks.id FROM tasks JOIN columns c ON c.id = tasks.column_id "+join+" "+t.group.join+" WHERE "+where+" AND "+after+
		" ORDER BY "+orderBy(t.keys)+" LIMIT "+strconv.Itoa(n+1), args...).Scan(&places).Error
	if len(places) > n {
		places, v.Groups[0].More = places[:n], true
	}
	for i := range places {
		places[i].G = t.stored(t.ask.Group)
	}
	return places, err
}

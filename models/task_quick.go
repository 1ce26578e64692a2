package models

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/find"
	"relevo/models/flow"
	"relevo/models/quick"
)

// MaxLine is the most characters of a line that becomes a task: more than a title
// has, for what it says besides.
const MaxLine = 1000

// asked is a task that somebody asked for in a line.
type asked struct {
	draft
	prerequisites, dependents []onBoard
}

// understand reads lines as tasks of a board. Empty ones ask for nothing.
func (tx *Tx) understand(b Board, lines []string) ([]asked, error) {
	lines = filled(lines)
	switch {
	case len(lines) == 0:
		return nil, fault.On("titles", fault.Needed)
	case len(lines) > MaxAtOnce:
		return nil, fault.On("titles", fault.TooManyAtOnce, MaxAtOnce)
	}
	known, err := knownTo(tx.db, b, lines)
	if err != nil {
		return nil, err
	}
	reader := known.vocabulary(tx.actor, tx.now).Reader()
	all := make([]asked, len(lines))
	links := 0
	for i, line := range lines {
		if utf8.RuneCountInString(line) > MaxLine {
			return nil, inLine(fault.On("titles", fault.TooLong, MaxTitle), line, len(lines))
		}
		if all[i], err = tx.ask(reader.Read(line)); err != nil {
			return nil, inLine(err, line, len(lines))
		}
		links += len(all[i].prerequisites) + len(all[i].dependents)
	}
	if links > MaxAtOnce {
		return nil, fault.On("titles", fault.TooManyLinks, MaxAtOnce)
	}
	return all, nil
}

func filled(lines []string) []string {
	var kept []string
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// inLine says of which of several lines a fault is.
func inLine(err error, line string, of int) error {
	f := fault.From(err)
	if f == nil {
		return err
	}
	f.Field = "titles"
	if of > 1 {
		f.Task = &fault.Ref{Title: line}
	}
	return f
}

// ask is the task that a line asks for.
func (tx *Tx) ask(l quick.Line) (a asked, err error) {
	a.Title = l.Title
	switch {
	case a.Title == "":
		return a, fault.On("titles", fault.NoTitle)
	case utf8.RuneCountInString(a.Title) > MaxTitle:
		return a, fault.On("titles", fault.TooLong, MaxTitle)
	}
	for _, p := range l.Parts {
		switch p.Kind {
		case quick.Owner:
			a.owners = append(a.owners, p.ID)
		case quick.Label:
			a.labels = append(a.labels, p.Name)
		case quick.Priority:
			a.Priority = Priority(p.Number)
		case quick.Due:
			a.Due = Date(p.Day)
		case quick.Estimate:
			a.Estimate = p.Number
		case quick.Prerequisite, quick.Dependent:
			t, err := tx.task(p.ID)
			if err != nil {
				return a, err
			}
			if p.Kind == quick.Prerequisite {
				a.prerequisites = append(a.prerequisites, t)
			} else {
				a.dependents = append(a.dependents, t)
			}
		}
	}
	a.waits = !flow.Judge(flow.Task{Join: flow.All}, a.needs(), tx.now, tx.Team.calendar()).Satisfied
	return a, nil
}

// needs are the prerequisites as the rules see them.
func (a asked) needs() []flow.Prerequisite {
	var needs []flow.Prerequisite
	for _, p := range a.prerequisites {
		needs = append(needs, flow.Prerequisite{Dependency: flow.Dependency{OnCancel: flow.Skip, SatisfiedAt: flow.Done}, Task: p.flow()})
	}
	return needs
}

// connect gives new tasks the dependencies that their lines ask for, and lets the
// rules settle once for all.
func (tx *Tx) connect(b Board, tasks []Task, lines []asked) error {
	usual, err := DependencyInput{}.check()
	if err != nil {
		return err
	}
	var ends []onBoard
	var rejudge []string
	for i, a := range lines {
		made := onBoard{tasks[i], b}
		for _, p := range a.prerequisites {
			if err := tx.link(p, made, usual); err != nil {
				return err
			}
			ends, rejudge = append(ends, p, made), append(rejudge, made.ID)
		}
		for _, d := range a.dependents {
			err := tx.checkRoomFor(made.ID, d.ID)
			if err == nil {
				err = tx.checkRequire(made.ID, d.ID)
			}
			if err != nil {
				return inLine(err, a.Title, len(lines))
			}
			if err := tx.link(made, d, usual); err != nil {
				return err
			}
			ends, rejudge = append(ends, made, d), append(rejudge, d.ID)
		}
	}
	if len(ends) == 0 {
		return nil
	}
	if err := tx.touch(ends...); err != nil {
		return err
	}
	return tx.settle(nil, rejudge)
}

// known is what a line on a board can name.
type known struct {
	people []Person
	labels []Label
	tasks  map[string]Task // by key
}

// knownTo reads what lines on a board may name; nothing, where they have no marks.
func knownTo(db *gorm.DB, b Board, lines []string) (k known, err error) {
	if !strings.ContainsAny(strings.Join(lines, " "), quick.Marks) {
		return k, nil
	}
	if k.people, err = members(db, b.TeamID); err != nil {
		return k, err
	}
	if k.labels, err = labels(db, b.ID); err != nil {
		return k, err
	}
	k.tasks, err = tasksOf(db, b.TeamID, quick.Keys(lines))
	return k, err
}

// tasksOf are a team's tasks with those keys; of a great many, the first ones.
func tasksOf(db *gorm.DB, team string, keys []string) (map[string]Task, error) {
	found := map[string]Task{}
	if len(keys) == 0 {
		return found, nil
	}
	var boards []Board
	if err := db.Select("id", "key").Find(&boards, "team_id = ?", team).Error; err != nil {
		return nil, err
	}
	byKey, named := map[string]Board{}, map[string]string{}
	for _, b := range boards {
		byKey[b.Key], named[b.ID] = b, b.Key
	}
	var some []string
	var args []any
	for _, key := range keys[:min(len(keys), 2*MaxAtOnce)] {
		board, digits, _ := strings.Cut(key, "-")
		number, err := strconv.ParseInt(digits, 10, 64)
		if b, ok := byKey[board]; ok && err == nil {
			some, args = append(some, "(board_id = ? AND number = ?)"), append(args, b.ID, number)
		}
	}
	for first := 0; first < len(some); first += mostKeys {
		last := min(first+mostKeys, len(some))
		var tasks []Task
		err := db.Omit("description").Where("deleted_at IS NULL").Where("("+strings.Join(some[first:last], " OR ")+")", args[2*first:2*last]...).Find(&tasks).Error
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			found[Key(named[t.BoardID], t.Number)] = t
		}
	}
	return found, nil
}

// mostKeys is how many keys one query asks for.
const mostKeys = 200

// vocabulary is what is known, for somebody at a moment.
func (k known) vocabulary(who Actor, now time.Time) quick.Vocabulary {
	v := quick.Vocabulary{Now: now.In(Zone(who.Zone)), Me: who.ID, Tasks: map[string]string{}}
	for _, p := range k.people {
		v.People = append(v.People, quick.Named{ID: p.ID, Name: p.Name})
	}
	for _, l := range k.labels {
		v.Labels = append(v.Labels, quick.Named{ID: l.ID, Name: l.Name})
	}
	for key, t := range k.tasks {
		v.Tasks[key] = t.ID
	}
	return v
}

// QuickView is what would be made of lines, in a column.
type QuickView struct {
	Board  Board
	Column Column
	Lines  []quick.Line       // of the first few
	Count  int                // of all that are not empty
	Labels map[string]Label   // those that Lines name, by ID
	Tasks  map[string]TaskRef // likewise
}

// mostRead is how many lines a QuickView shows.
const mostRead = 3

// ReadLines tells what AddTasks would understand.
func (s *Store) ReadLines(ctx context.Context, who Actor, column string, lines []string) (v QuickView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if _, err := sees(db, who, ofColumn(column), access.EditTask); err != nil {
			return err
		}
		if err := db.Take(&v.Column, "id = ?", column).Error; err != nil {
			return err
		}
		if err := db.Take(&v.Board, "id = ?", v.Column.BoardID).Error; err != nil {
			return err
		}
		lines = filled(lines)
		v.Count = len(lines)
		lines = lines[:min(len(lines), mostRead)]
		known, err := knownTo(db, v.Board, lines)
		if err != nil {
			return err
		}
		reader := known.vocabulary(who, s.now()).Reader()
		for _, line := range lines {
			v.Lines = append(v.Lines, reader.Read(line))
		}
		v.Labels, v.Tasks = map[string]Label{}, map[string]TaskRef{}
		for _, l := range known.labels {
			v.Labels[l.ID] = l
		}
		for key, t := range known.tasks {
			v.Tasks[t.ID] = TaskRef{ID: t.ID, Key: key, Title: t.Title, State: t.State, BoardID: t.BoardID}
		}
		return nil
	})
	return v, err
}

// Offer is something that a line can name: of Person, Label and Task one is there.
type Offer struct {
	Write  string // as a line names it
	Person *Person
	Label  *Label
	Task   *TaskRef
}

// mostOffers is how many things are offered at once.
const mostOffers = 8

// Offers lists what a mark on a board may go on to name after what was typed: a
// person, a label or a task. What no line can name is left out.
func (s *Store) Offers(ctx context.Context, who Actor, board string, kind quick.Kind, typed string) (offers []Offer, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, team, err := seeBoard(db, who, board, access.EditTask)
		if err != nil {
			return err
		}
		if kind == quick.Prerequisite || kind == quick.Dependent {
			offers, err = s.taskOffers(db, who, team.Team, b, kind, typed)
			return err
		}
		known, err := knownTo(db, b, []string{quick.Marks})
		if err != nil {
			return err
		}
		reader := known.vocabulary(who, s.now()).Reader()
		offer := func(name string, o Offer) {
			if o.Write != "" && len(offers) < mostOffers && find.Has(name, find.Words(typed)) {
				offers = append(offers, o)
			}
		}
		if kind == quick.Owner {
			for _, p := range known.people {
				offer(p.Name, Offer{Write: reader.Write(kind, quick.Named{ID: p.ID, Name: p.Name}), Person: &p})
			}
		}
		if kind == quick.Label {
			for _, l := range known.labels {
				offer(l.Name, Offer{Write: reader.Write(kind, quick.Named{ID: l.ID, Name: l.Name}), Label: &l})
			}
		}
		return nil
	})
	return offers, err
}

// taskOffers are the tasks of a team that have what was typed in their title or are
// called so, those of the board first.
func (s *Store) taskOffers(db *gorm.DB, who Actor, team Team, b Board, kind quick.Kind, typed string) ([]Offer, error) {
	all, err := sightIn(db, team.ID)
	if err != nil {
		return nil, err
	}
	found, err := s.connectable(db, who, all, Task{BoardID: b.ID}, find.Parse(typed))
	var offers []Offer
	for _, f := range found[:min(len(found), mostOffers)] {
		t := all.ref(f)
		offers = append(offers, Offer{Write: map[quick.Kind]string{quick.Prerequisite: ">", quick.Dependent: "<"}[kind] + t.Key, Task: &t})
	}
	return offers, err
}

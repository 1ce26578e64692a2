package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// ImportBoard makes a whole board of a plan, or nothing: its columns, tasks and
// dependencies, each with its entry, all caused by one. from names the file. A
// task stands where the rules of movement want it from the first. It returns
// Cycle naming the path, NotInTeam, or Invalid faults for the name or key. Nobody
// is told: what was assigned elsewhere is no news.
func (s *Store) ImportBoard(ctx context.Context, who Actor, team, from string, plan *exchange.Plan) (Board, error) {
	var b Board
	err := s.change(ctx, who, inTeam(team), access.EditBoard, func(tx *Tx) (err error) {
		b, err = tx.importBoard(from, plan, func(int, int) {})
		return err
	})
	return b, err
}

func (tx *Tx) importBoard(from string, plan *exchange.Plan, tell func(done, all int)) (Board, error) {
	if cycle := planCycle(plan); cycle != nil {
		return Board{}, cycle
	}
	timers, err := plan.Settle(tx.now, tx.Team.calendar())
	if err != nil {
		return Board{}, err
	}
	b := Board{ID: NewID(), TeamID: tx.Team.ID, NextNumber: nextNumber(plan), CreatedAt: tx.now, Version: tx.seq + 1}
	if err := tx.describe(&b, BoardInput{Name: plan.Name, Key: plan.Key}); err != nil {
		return b, err
	}
	err = tx.create(&b, note{action: BoardCreated, subject: b.subject(), board: b.subject(),
		changes: []ledger.Change{{Field: "name", To: b.Name}, {Field: "key", To: b.Key}}})
	if err != nil {
		return b, fmt.Errorf("create board: %w", err)
	}
	cause := tx.record(note{action: BoardImported, subject: b.subject(), board: b.subject(), reason: from})
	columns, err := tx.importColumns(b, plan)
	if err != nil {
		return b, err
	}
	tasks, err := tx.importTasks(b, columns, plan, cause, tell)
	if err != nil {
		return b, err
	}
	var wait []flow.Timer
	for _, t := range timers {
		id := tasks[t.Task].ID
		wait = append(wait, flow.Timer{Task: id, At: t.At, Because: id})
	}
	return b, tx.setTimers(wait)
}

// planCycle refuses a plan whose tasks wait for each other in a circle.
func planCycle(plan *exchange.Plan) error {
	cycle := plan.Cycle()
	if cycle == nil {
		return nil
	}
	f := fault.New(fault.Conflict, fault.Cycle)
	for _, i := range cycle {
		t := plan.Tasks[i]
		f.Refs = append(f.Refs, fault.Ref{Key: cmp.Or(t.Key, fmt.Sprintf("#%d", t.Row)), Title: t.Title})
	}
	return f
}

// nextNumber is the first number that no task of the plan has.
func nextNumber(plan *exchange.Plan) int64 {
	next := int64(len(plan.Tasks) + 1)
	for _, t := range plan.Tasks {
		next = max(next, t.Number+1)
	}
	return next
}

func (tx *Tx) importColumns(b Board, plan *exchange.Plan) ([]Column, error) {
	columns := make([]Column, len(plan.Columns))
	if tx.columnNames == nil {
		tx.columnNames = map[string]string{}
	}
	last := ""
	for i, in := range plan.Columns {
		c, err := describeColumn(Column{ID: NewID(), BoardID: b.ID}, ColumnInput{Name: in.Name, State: in.State, WIPLimit: in.WIPLimit, WIPHard: in.WIPHard})
		if err != nil {
			return nil, err
		}
		last = flow.Below(last)
		c.Position = last
		if err := tx.insertColumn(b, &c); err != nil {
			return nil, err
		}
		columns[i] = c
		tx.columnNames[c.ID] = c.Name
	}
	return columns, nil
}

// importTasks records all entries first, so that each row is written once, as it is.
func (tx *Tx) importTasks(b Board, columns []Column, plan *exchange.Plan, cause int64, tell func(done, all int)) ([]Task, error) {
	people, err := tx.importPeople(plan)
	if err != nil {
		return nil, err
	}
	labels, err := tx.importLabels(b, plan, cause)
	if err != nil {
		return nil, err
	}
	fields, err := tx.importFields(b, plan, cause)
	if err != nil {
		return nil, err
	}
	if err := tx.importPatterns(b, plan, labels, fields, people, cause); err != nil {
		return nil, err
	}
	tasks := make([]Task, len(plan.Tasks))
	var held []TaskField
	var asked []consent
	var owners []TaskOwner
	var worn []taskLabel
	last := make([]string, len(columns))
	for _, i := range plan.Order() {
		t := tx.importTask(b, plan.Tasks[i], int64(i+1))
		if c := plan.Tasks[i].Column; c >= 0 {
			last[c] = flow.Below(last[c])
			t.ColumnID, t.Position = columns[c].ID, last[c]
		}
		tasks[i] = t
	}
	for i := range tasks {
		t := &tasks[i]
		changes, _ := tx.difference(Task{}, *t)
		if of, again := plan.Repeated[i]; again {
			t.RepeatOf = tasks[of].ID
			changes = append(changes, ledger.Change{Field: "repeat_of", To: t.RepeatOf, ToText: onBoard{tasks[of], b}.subject().Name})
		}
		mine := owned(people, plan.Tasks[i].Owners)
		if len(mine) > 0 {
			changes = append(changes, ledger.Change{Field: "owners", To: strings.Join(personIDs(mine), " "), ToText: personNames(mine)})
		}
		for _, p := range mine {
			owners = append(owners, TaskOwner{TaskID: t.ID, UserID: p.ID, TeamID: tx.Team.ID})
		}
		if ids, names, has := labelled(labels, plan.Tasks[i].Labels); has {
			changes = append(changes, ledger.Change{Field: "labels", To: ids, ToText: names})
		}
		for _, at := range plan.Tasks[i].Labels {
			worn = append(worn, taskLabel{TaskID: t.ID, LabelID: labels[at].ID})
		}
		rows, filled := importValues(*t, fields, plan.Tasks[i].Values, people)
		if ask, asks := tx.importApproval(*t, plan.Tasks[i].Approval, people); asks {
			asked, t.Approval = append(asked, ask), ApprovalPending
			changes = append(changes, ledger.Change{Field: "approval", To: string(ApprovalPending)})
			changes = append(changes, consentChanges(consent{}, ask)...)
		}
		held, changes = append(held, rows...), append(changes, filled...)
		subject := onBoard{*t, b}.subject()
		t.Version = tx.record(note{action: TaskCreated, subject: subject, task: subject, board: b.subject(), changes: changes, cause: cause})
		if t.Repeats != "" {
			t.RepeatAt, t.RepeatSeq = t.comesAt(tx.Team), t.Version
		}
		if i%500 == 499 {
			tell(i/2, len(tasks)) // to write them all is the other half
		}
	}
	items := tx.importItems(b, tasks, plan, people, cause)
	comments := tx.importComments(b, tasks, plan, people, cause)
	dependencies := make([]Dependency, 0, len(plan.Links))
	for _, l := range plan.Links {
		p, d := &tasks[l.Prerequisite], &tasks[l.Dependent]
		row := Dependency{PrerequisiteID: p.ID, DependentID: d.ID, TeamID: tx.Team.ID, CreatedAt: tx.now}.
			with(DependencyInput{Lag: l.Lag, OnCancel: l.OnCancel, SatisfiedAt: l.SatisfiedAt})
		n := dependencyNote(DependencyAdded, onBoard{*p, b}, onBoard{*d, b}, dependencyChanges(Dependency{}, *row))
		n.cause = cause
		seq := tx.record(n)
		p.Version, d.Version = seq, seq
		dependencies = append(dependencies, *row)
	}
	if err := insertMany(tx, tasks); err != nil {
		return nil, err
	}
	tell(len(tasks)*3/4, len(tasks))
	return tasks, errors.Join(tx.insertConsents(asked), insertMany(tx, owners), insertMany(tx, worn), insertMany(tx, held), insertMany(tx, items), insertMany(tx, comments), insertMany(tx, dependencies))
}

// insertMany inserts rows in few statements.
func insertMany[T any](tx *Tx, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if err := tx.rows().CreateInBatches(rows, 500).Error; err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}

func (tx *Tx) importTask(b Board, in exchange.Task, number int64) Task {
	if in.Number > 0 {
		number = in.Number
	}
	t := Task{ID: NewID(), TeamID: tx.Team.ID, BoardID: b.ID, Number: number, Title: in.Title, Description: in.Description,
		State: in.State, Due: Date(in.Due), Estimate: in.Estimate, Priority: Priority(in.Priority), Join: in.Join,
		NotBefore: orNil(in.NotBefore), NeedsFile: in.NeedsFile, Overridden: in.Overridden, OverrideReason: in.OverrideReason, AtRisk: in.AtRisk,
		Repeats: in.Repeats, RepeatsOn: Date(in.RepeatsOn),
		Blocked: in.Blocked, BlockedReason: in.BlockedReason, ReviewAt: orNil(in.ReviewAt), DoneAt: orNil(in.DoneAt), ArchivedAt: orNil(in.ArchivedAt),
		CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now}
	return t
}

// importPeople are the members who own tasks of the plan, by their place in it.
func (tx *Tx) importPeople(plan *exchange.Plan) (map[int]Person, error) {
	all, err := members(tx.db, tx.Team.ID)
	if err != nil {
		return nil, err
	}
	people := map[int]Person{}
	for i, p := range plan.People {
		if p.User == "" {
			continue
		}
		at := slices.IndexFunc(all, func(m Person) bool { return m.ID == p.User })
		if at < 0 {
			return nil, fault.On("people", fault.NotInTeam, p.Name)
		}
		people[i] = all[at]
	}
	return people, nil
}

// owned are the people at those places, each once.
func owned(people map[int]Person, places []int) []Person {
	var mine []Person
	for _, at := range places {
		if p, known := people[at]; known && !slices.ContainsFunc(mine, func(m Person) bool { return m.ID == p.ID }) {
			mine = append(mine, p)
		}
	}
	slices.SortFunc(mine, func(a, b Person) int { return strings.Compare(a.ID, b.ID) })
	return mine
}

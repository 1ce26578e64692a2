package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// StartRun makes a task of every step of a template's newest version, with its
// dependencies, dates and checklist, all in one change whose cause is the start. It
// returns what PlanRun does.
func (s *Store) StartRun(ctx context.Context, who Actor, template string, in RunInput) (Run, error) {
	var r Run
	err := s.change(ctx, who, ofTemplate(template), access.StartRun, func(tx *Tx) error {
		v, err := startOf(tx.db, tx.books, MyTeam{Team: tx.Team, Role: tx.Role, Seq: tx.seq}, template, in, tx.now)
		if err != nil {
			return err
		}
		if err := v.plan(); err != nil {
			return err
		}
		r, err = tx.startRun(NewID(), v)
		return err
	})
	return r, err
}

func (tx *Tx) startRun(id string, v StartView) (Run, error) {
	in := v.Input
	r := Run{ID: id, TeamID: tx.Team.ID, TemplateID: v.Template.ID, TemplateVersion: v.Version.Number, BoardID: in.Board, Name: in.Name, State: Running,
		Answers: canonical(in.Answers), Roles: canonical(in.Cast), Starts: Date(in.From), Ends: Date(strings.TrimSpace(in.Until)),
		ScheduleID: v.schedule.ID, CreatedBy: tx.actor.ID, CreatedAt: tx.now, Version: tx.seq + 1}
	tx.keepRun(r)
	n := note{action: RunStarted, subject: r.subject(), board: v.Board.subject(), changes: tx.nameRun(v, runChanges(Run{}, r))}
	if err := tx.create(&r, n); err != nil {
		return r, fmt.Errorf("start run: %w", err)
	}
	l := launch{tx: tx, v: v, run: r, cause: tx.seq, tasks: make([]Task, len(v.Sheet.Tasks)), at: map[string]int{}}
	if err := l.make(); err != nil {
		return r, fmt.Errorf("start run: %w", err)
	}
	return r, tx.settle(nil, l.ids())
}

// nameRun gives the answers and the people in a start's changes words to be read.
func (tx *Tx) nameRun(v StartView, changes []ledger.Change) []ledger.Change {
	var answers, roles []string
	for _, f := range v.Inputs {
		if is := v.Input.Answers[f.ID]; is != "" {
			if f.Type == playbook.Person {
				is = v.Named(is).Name
			}
			answers = append(answers, f.Label+": "+is)
		}
	}
	for _, r := range v.Roles {
		if is := v.Input.Cast[r.ID]; is != "" {
			roles = append(roles, r.Name+": "+v.Named(is).Name)
		}
	}
	for i, c := range changes {
		switch c.Field {
		case "answers":
			changes[i].ToText = strings.Join(answers, "; ")
		case "roles":
			changes[i].ToText = strings.Join(roles, "; ")
		case "template":
			changes[i].ToText = v.Template.Name
		case "board":
			changes[i].ToText = v.Board.Name
		case "schedule":
			changes[i].ToText = v.schedule.Name
		}
	}
	return changes
}

// launch makes the tasks of a run. All entries are recorded first, so that each row
// is written once, as it is.
type launch struct {
	tx    *Tx
	v     StartView
	run   Run
	cause int64
	board Board
	tasks []Task
	at    map[string]int // step → its task
}

func (l *launch) ids() []string {
	ids := make([]string, len(l.tasks))
	for i, t := range l.tasks {
		ids[i] = t.ID
	}
	return ids
}

func (l *launch) make() error {
	tx := l.tx
	var err error
	if l.board, err = tx.board(l.run.BoardID); err != nil {
		return err
	}
	labels, err := l.labels()
	if err != nil {
		return err
	}
	if err := l.rows(); err != nil {
		return err
	}
	var owners []TaskOwner
	var worn []taskLabel
	var asks []Approval
	var asked []Approver
	for i, p := range l.v.Sheet.Tasks {
		t := &l.tasks[i]
		changes, _ := tx.difference(Task{}, *t)
		if len(p.Owners) > 0 {
			person := l.v.Named(p.Owners[0])
			owners = append(owners, TaskOwner{TaskID: t.ID, UserID: person.ID, TeamID: tx.Team.ID})
			changes = append(changes, ledger.Change{Field: "owners", To: person.ID, ToText: person.Name})
		}
		var mine []Label
		for _, name := range p.Labels {
			mine = append(mine, labels[strings.ToLower(name)])
			worn = append(worn, taskLabel{TaskID: t.ID, LabelID: labels[strings.ToLower(name)].ID})
		}
		if ids, names := labelNames(mine); ids != "" {
			changes = append(changes, ledger.Change{Field: "labels", To: ids, ToText: names})
		}
		if ask := l.ask(*t, p); ask.TaskID != "" {
			changes = append(changes, consentChanges(consent{}, ask)...)
			asks = append(asks, ask.Approval)
			for _, a := range ask.approvers {
				asked = append(asked, Approver{t.ID, a.ID})
			}
		}
		on := onBoard{*t, l.board}
		t.Version = tx.record(note{action: TaskCreated, subject: on.subject(), task: on.subject(), board: l.board.subject(), changes: changes, cause: l.cause})
	}
	items, dependencies := l.items(), l.dependencies()
	if err := tx.rows().Exec("UPDATE boards SET next_number = ? WHERE id = ?", l.board.NextNumber+int64(len(l.tasks)), l.board.ID).Error; err != nil {
		return err
	}
	return errors.Join(insertMany(tx, l.tasks), insertMany(tx, owners), insertMany(tx, worn), insertMany(tx, items), insertMany(tx, dependencies),
		insertMany(tx, asks), insertMany(tx, asked))
}

// ask is whom a task asks for approval: those that its step names, by role or by
// address, who may approve; a manager of the team, if nobody of them is there.
func (l *launch) ask(t Task, p playbook.Planned) consent {
	if t.Approval == "" {
		return consent{}
	}
	c := consent{Approval: Approval{TaskID: t.ID, TeamID: t.TeamID, Mode: AnyApprover, AskedBy: t.CreatedBy, AskedAt: t.CreatedAt}}
	if p.Approval.Join == flow.All {
		c.Mode = AllApprovers
	}
	c.approvers = l.v.approvers(p.Approvers, p.Approval.By)
	if len(c.approvers) == 0 {
		c.Role, c.Mode = access.Manager, AnyApprover
	}
	return c
}

// approvers are those of the people who may approve: the ones given, and those whose
// addresses are among by.
func (v StartView) approvers(ids, by []string) (people []Person) {
	ids = slices.Clone(ids)
	for _, one := range by {
		if strings.Contains(one, "@") {
			ids = append(ids, v.idOf(one))
		}
	}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		if person := v.Named(id); access.Can(person.Role, access.EditTask) {
			people = append(people, person)
		}
	}
	return people
}

// rows are the tasks, each waiting until the rules have settled them.
func (l *launch) rows() error {
	tx := l.tx
	column, err := tx.columnFor(l.board.ID, Column{}, flow.Waiting)
	if err != nil {
		return err
	}
	for i, p := range l.v.Sheet.Tasks {
		step, _ := l.v.Step(p.Step)
		t := Task{ID: NewID(), TeamID: tx.Team.ID, BoardID: l.board.ID, ColumnID: column.ID, Number: l.board.NextNumber + int64(i), State: flow.Waiting,
			Title: firstOf(p.Title, step.Title), Description: p.Description, Due: Date(p.Due), Estimate: p.Estimate, NeedsFile: p.Evidence != "", Join: p.Join,
			Priority: Priority(slices.Index(playbook.Priorities, p.Priority)), RunID: l.run.ID, Step: p.Step,
			CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now}
		if len(p.Approval.By) > 0 {
			t.Approval = ApprovalPending
		}
		switch {
		case slices.Contains(l.v.Input.Without, p.Step):
			t.Wanted = WantedDropped
		case p.Condition == playbook.Falls:
			t.Wanted = WantedNo
		}
		if column.ID != "" {
			if t.Position, err = tx.bottomOf(column.ID); err != nil {
				return err
			}
		}
		l.tasks[i], l.at[p.Step] = t, i
	}
	return nil
}

// labels are those of the board by name, those that it had not made for it.
func (l *launch) labels() (map[string]Label, error) {
	tx := l.tx
	all, err := labels(tx.db, l.board.ID)
	if err != nil {
		return nil, err
	}
	by := map[string]Label{}
	for _, label := range all {
		by[strings.ToLower(label.Name)] = label
	}
	var made []Label
	for _, p := range l.v.Sheet.Tasks {
		for _, name := range p.Labels {
			key := strings.ToLower(name)
			if _, there := by[key]; there {
				continue
			}
			n := len(by)
			if n >= MaxLabels {
				return nil, fault.New(fault.Conflict, fault.TooManyAtOnce, MaxLabels)
			}
			label := Label{ID: NewID(), BoardID: l.board.ID, Name: name, Colour: Colours[n%len(Colours)], Icon: LabelIcons[0]}
			tx.importPart(labelNote(LabelAdded, l.board, label, labelChanges(Label{}, label)), l.cause)
			by[key], made = label, append(made, label)
		}
	}
	if len(made) == 0 {
		return by, nil
	}
	if err := tx.boardChanged(l.board.ID); err != nil {
		return nil, err
	}
	return by, insertMany(tx, made)
}

func (l *launch) items() []Item {
	tx := l.tx
	var items []Item
	for at, p := range l.v.Sheet.Tasks {
		t, last := &l.tasks[at], ""
		for n, in := range p.Checklist {
			last = flow.Below(last)
			step, _ := l.v.Step(p.Step)
			i := Item{ID: NewID(), TaskID: t.ID, TeamID: tx.Team.ID, Text: firstOf(in.Text, step.Checklist[n].Text), Required: in.Required, Position: last, CreatedAt: tx.now}
			t.Version = tx.importPart(itemNote(ItemAdded, onBoard{*t, l.board}, i, itemChanges(Item{}, i)), l.cause)
			items = append(items, i)
		}
	}
	return items
}

func (l *launch) dependencies() []Dependency {
	tx := l.tx
	var all []Dependency
	for i, p := range l.v.Sheet.Tasks {
		for _, need := range p.Needs {
			pre, d := &l.tasks[l.at[need.Step]], &l.tasks[i]
			lag := need.Lag
			if lag.Unit == "" {
				lag.Unit = flow.Days
			}
			row := Dependency{PrerequisiteID: pre.ID, DependentID: d.ID, TeamID: tx.Team.ID, CreatedAt: tx.now}.
				with(DependencyInput{Lag: lag, OnCancel: need.OnCancel, SatisfiedAt: need.At})
			n := dependencyNote(DependencyAdded, onBoard{*pre, l.board}, onBoard{*d, l.board}, dependencyChanges(Dependency{}, *row))
			n.cause = l.cause
			seq := tx.record(n)
			pre.Version, d.Version = seq, seq
			all = append(all, *row)
		}
	}
	return all
}

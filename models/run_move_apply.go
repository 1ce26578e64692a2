package models

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// MoveRuns brings chosen runs of a template to its newest version, all of them or
// none: what is finished stays, open steps become as the newer version has them
// where nobody has changed them by hand, those that it has besides are made, those
// that it does not have any more are cancelled. It returns OtherVersion, ChooseRuns,
// and for each run, with its ID in the field: RunOver, MovedAlready, RunChanged if it
// has gone on so that moving it does something else by now, BoardClosed, Cycle, or
// Invalid faults. The number is that of the entry with which the change begins.
func (s *Store) MoveRuns(ctx context.Context, who Actor, template string, in MovesInput) (seq int64, err error) {
	err = s.change(ctx, who, ofTemplate(template), access.StartRun, func(tx *Tx) error {
		t, err := readTemplate(tx.db, template)
		if err != nil {
			return err
		}
		reason, err := checkReason(in.Reason, false)
		if err != nil {
			return err
		}
		if in.Version != t.Published || t.Published == 0 {
			return fault.New(fault.Conflict, fault.OtherVersion, t.Published)
		}
		if len(in.Runs) == 0 {
			return fault.On("runs", fault.ChooseRuns)
		}
		if len(in.Runs) > MostMoved {
			return fault.On("runs", fault.TooManyAtOnce, MostMoved)
		}
		seq = tx.seq + 1
		return tx.moveRuns(t, in, reason)
	})
	return seq, err
}

func (tx *Tx) moveRuns(t Template, in MovesInput, reason string) error {
	v := MovesView{Team: MyTeam{Team: tx.Team, Role: tx.Role}, Template: t}
	b, err := tx.books.of(tx.db, t.ID, t.Published)
	if err != nil {
		return err
	}
	v.Definition = b.Definition
	if v.People, err = mates(tx.db, tx.Team.ID); err != nil {
		return err
	}
	runs, err := tx.movable(t, in)
	if err != nil {
		return err
	}
	if v.Moves, err = v.moves(tx.db, tx.books, runs, in); err != nil {
		return err
	}
	answers := make([]playbook.Answers, len(runs))
	var faults []*fault.Fault
	for i := range v.Moves {
		var wrong error
		if answers[i], wrong = tx.agreed(&v, &v.Moves[i], in); wrong != nil {
			f := fault.From(wrong)
			if f == nil {
				return wrong
			}
			faults = append(faults, f)
			faults = append(faults, f.Also...)
			f.Also = nil
		}
	}
	if err := fault.All(faults...); err != nil {
		return err
	}
	tx.cause = tx.record(note{action: RunsMoved, subject: t.subject(), reason: reason, changes: []ledger.Change{
		{Field: "template_version", To: strconv.FormatInt(t.Published, 10)}, {Field: "number", To: number(len(runs))}}})
	whole := tx.cause
	var rejudge []string
	for i := range v.Moves {
		tx.cause = whole
		m := mover{tx: tx, v: &v, move: &v.Moves[i], answers: answers[i], task: map[string]string{}}
		if err := m.all(); err != nil {
			return m.of(err)
		}
		rejudge = append(rejudge, m.ids...)
	}
	return tx.settle(nil, rejudge)
}

// movable are the runs that were chosen, by ID; whatever keeps one from being moved
// is told of all of them.
func (tx *Tx) movable(t Template, in MovesInput) ([]Run, error) {
	var runs []Run
	var faults []*fault.Fault
	for id := range in.Runs {
		r, err := tx.run(id)
		if err == nil && (r.TemplateID != t.ID || r.State == RunIsUndone) {
			err = fault.New(fault.Missing, fault.NotFound)
		}
		if err != nil {
			return nil, err
		}
		switch {
		case r.State == RunDropped:
			faults = append(faults, ofTheRun(r.ID, fault.New(fault.Conflict, fault.RunOver)))
		case r.TemplateVersion == t.Published:
			faults = append(faults, ofTheRun(r.ID, fault.New(fault.Conflict, fault.MovedAlready)))
		}
		runs = append(runs, r)
	}
	slices.SortFunc(runs, func(a, b Run) int { return strings.Compare(a.ID, b.ID) })
	return runs, fault.All(faults...)
}

func ofTheRun(run string, f *fault.Fault) *fault.Fault {
	f.Field = MoveField(run, "")
	return f
}

// agreed checks that moving the run does what the person has seen, and what they
// said of it.
func (tx *Tx) agreed(v *MovesView, m *RunMove, in MovesInput) (playbook.Answers, error) {
	if in.Runs[m.Run.ID].Seal != m.Seal {
		return nil, ofTheRun(m.Run.ID, fault.New(fault.Stale, fault.RunChanged))
	}
	b, err := tx.boardOf(m.Run.BoardID)
	if err != nil {
		return nil, err
	}
	if b.ArchivedAt != nil && len(m.Added) > 0 {
		return nil, ofTheRun(m.Run.ID, fault.New(fault.Conflict, fault.BoardClosed, b.Name))
	}
	return v.check(m)
}

// mover brings one run to another version.
type mover struct {
	tx      *Tx
	v       *MovesView
	move    *RunMove
	answers playbook.Answers
	cast    map[string]string
	ids     []string          // of all its tasks afterwards
	task    map[string]string // step → task
	was, is course            // before and after
	before  playbook.Sheet    // what its version would have made of it
	after   playbook.Sheet    // what the newer one makes of it
}

// of tells of a fault which run it is about.
func (m *mover) of(err error) error {
	if f := fault.From(err); f != nil {
		return ofTheRun(m.move.Run.ID, f)
	}
	return fmt.Errorf("move run %s: %w", m.move.Run.ID, err)
}

func (m *mover) all() error {
	tx := m.tx
	var err error
	if m.was, err = tx.course(m.move.Run.ID); err != nil {
		return err
	}
	if err := m.enter(); err != nil {
		return err
	}
	if err := m.plan(); err != nil {
		return err
	}
	for _, t := range m.move.tasks {
		m.task[t.Step] = t.ID
	}
	if err := m.remove(); err != nil {
		return err
	}
	if err := m.add(); err != nil {
		return err
	}
	for _, d := range m.move.Changed {
		if err := m.revise(d); err != nil {
			return err
		}
	}
	if err := m.connect(); err != nil {
		return err
	}
	if m.ids, err = tx.stepTasks(m.is.run, ""); err != nil || len(m.ids) == 0 {
		return err
	}
	for _, id := range m.ids {
		if tx.latest[id] < tx.cause {
			tx.latest[id] = tx.cause
		}
	}
	tx.wake(m.is.run.ID, m.ids[0])
	return nil
}

// enter records that the run is of the newer version from now on.
func (m *mover) enter() error {
	tx, was := m.tx, m.was.run
	is := was
	is.TemplateVersion = m.v.Template.Published
	m.cast = was.Cast()
	if m.cast == nil {
		m.cast = map[string]string{}
	}
	for _, r := range m.move.Cast {
		m.cast[r.ID] = m.move.Said.Cast[r.ID]
	}
	is.Answers, is.Roles = canonical(m.answers), canonical(m.cast)
	if m.move.NeedsDay {
		is.Ends = Date(strings.TrimSpace(m.move.Said.Until))
	}
	if err := tx.saveRun(was, is, note{action: RunMoved}); err != nil {
		return err
	}
	words := m.startView()
	words.Input.Answers, words.Input.Cast = m.answers, m.cast
	e := &tx.entries[len(tx.entries)-1]
	e.Changes = tx.nameRun(words, e.Changes)
	tx.cause = tx.seq
	var err error
	m.is, err = tx.course(is.ID)
	return err
}

// plan works out what either version makes of the run, so that what people have
// changed by hand since can be told from what the version said.
func (m *mover) plan() (err error) {
	show, err := shownAnswers(m.tx.db, m.tx.Team.ID)
	if err != nil {
		return err
	}
	sheet := func(d playbook.Definition, r Run) (playbook.Sheet, error) {
		cast := map[string][]string{}
		for role, id := range r.Cast() {
			if id != "" {
				cast[role] = []string{id}
			}
		}
		from, _ := time.Parse(time.DateOnly, string(r.Starts)) // written by us, as is the other
		until, _ := time.Parse(time.DateOnly, string(r.Ends))
		return playbook.Plan(d, playbook.Launch{Answers: r.Given(), Cast: cast, From: from, Until: until, Calendar: m.tx.Team.calendar(), Show: show})
	}
	if m.before, err = sheet(m.move.From, m.was.run); err != nil {
		return err
	}
	m.after, err = sheet(m.v.Definition, m.is.run)
	return err
}

func planned(sheet playbook.Sheet, step string) playbook.Planned {
	for _, p := range sheet.Tasks {
		if p.Step == step {
			return p
		}
	}
	return playbook.Planned{}
}

// remove cancels the open steps that the newer version does not have. They stay to
// be looked at, with all that was said and attached.
func (m *mover) remove() error {
	for _, id := range m.move.Removed {
		t, err := m.tx.task(m.task[id])
		if err != nil {
			return err
		}
		if err := m.tx.cancel(t, ""); err != nil {
			return err
		}
	}
	return nil
}

// add makes the steps that the newer version has besides. What they wait for is
// connected along with that of the others.
func (m *mover) add() error {
	if len(m.move.Added) == 0 {
		return nil
	}
	l := launch{tx: m.tx, v: m.startView(), run: m.is.run, cause: m.tx.cause, at: map[string]int{}}
	for _, p := range m.after.Tasks {
		if slices.Contains(m.move.Added, p.Step) {
			p.Needs = nil
			l.v.Sheet.Tasks = append(l.v.Sheet.Tasks, p)
		}
	}
	l.tasks = make([]Task, len(l.v.Sheet.Tasks))
	if err := l.make(); err != nil {
		return err
	}
	for _, t := range l.tasks {
		m.task[t.Step] = t.ID
	}
	return nil
}

// startView is what making tasks of steps needs to know.
func (m *mover) startView() StartView {
	return StartView{Team: m.v.Team, Template: m.v.Template, Definition: m.v.Definition, People: m.v.People}
}

// connect brings what the steps wait for to what the newer version says. What people
// have connected or taken apart by hand stays so.
func (m *mover) connect() error {
	for _, do := range []func(id string, had, want []playbook.Need) error{m.part, m.join} {
		for _, s := range m.move.Steps {
			was, _ := m.move.From.Step(s.ID)
			if err := do(s.ID, was.Needs, s.Needs); err != nil {
				return err
			}
		}
	}
	return nil
}

func needOf(all []playbook.Need, step string) (playbook.Need, bool) {
	i := slices.IndexFunc(all, func(n playbook.Need) bool { return n.Step == step })
	if i < 0 {
		return playbook.Need{}, false
	}
	return all[i], true
}

// part takes apart what the newer version does not connect any more.
func (m *mover) part(id string, had, want []playbook.Need) error {
	for _, n := range had {
		if _, stays := needOf(want, n.Step); stays || m.task[n.Step] == "" || m.task[id] == "" {
			continue
		}
		dep, err := m.tx.dependency(m.task[n.Step], m.task[id])
		if faultCode(err) == fault.NotFound {
			continue // somebody has taken it away
		}
		if err != nil {
			return err
		}
		p, d, err := m.tx.ends(dep.PrerequisiteID, dep.DependentID)
		if err != nil {
			return err
		}
		if err := m.tx.removeDependency(dep, p, d, 0); err != nil {
			return err
		}
	}
	return nil
}

// join connects what the newer version connects besides, and on its terms.
func (m *mover) join(id string, had, want []playbook.Need) error {
	for _, n := range want {
		was, older := needOf(had, n.Step)
		if older && was == n || m.task[n.Step] == "" || m.task[id] == "" {
			continue
		}
		p, d, err := m.tx.ends(m.task[n.Step], m.task[id])
		if err != nil {
			return err
		}
		dep, err := m.tx.dependency(p.ID, d.ID)
		switch there := err == nil; {
		case err != nil && faultCode(err) != fault.NotFound:
			return err
		case there && older && terms(dep) == terms(*Dependency{}.with(inputOf(was))):
			err = m.reterm(dep, n, p, d)
		case there || older: // as somebody wants it
			err = nil
		default:
			err = m.link(n, p, d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inputOf is a need as a person would say it of two tasks.
func inputOf(n playbook.Need) DependencyInput {
	if n.Lag.Unit == "" {
		n.Lag.Unit = flow.Days
	}
	return DependencyInput{Lag: n.Lag, OnCancel: n.OnCancel, SatisfiedAt: n.At}
}

// terms are on what terms a dependency holds, without whom it is between.
func terms(d Dependency) Dependency {
	if d.LagAmount == 0 {
		d.LagUnit = flow.Days
	}
	return Dependency{LagAmount: d.LagAmount, LagUnit: d.LagUnit, OnCancel: d.OnCancel, SatisfiedAt: d.SatisfiedAt}
}

func (m *mover) link(n playbook.Need, p, d onBoard) error {
	if err := m.tx.linkIfFit(p, d, inputOf(n)); err != nil {
		return err
	}
	return m.tx.touch(p, d)
}

func (m *mover) reterm(was Dependency, n playbook.Need, p, d onBoard) error {
	is := was.with(inputOf(n))
	changes := dependencyChanges(was, *is)
	if len(changes) == 0 {
		return nil
	}
	m.tx.record(dependencyNote(DependencyChanged, p, d, changes))
	err := one(m.tx.rows().Exec("UPDATE dependencies SET lag_amount = ?, lag_unit = ?, on_cancel = ?, satisfied_at = ? WHERE prerequisite_id = ? AND dependent_id = ?",
		is.LagAmount, is.LagUnit, is.OnCancel, is.SatisfiedAt, p.ID, d.ID))
	if err != nil {
		return err
	}
	return m.tx.touch(p, d)
}

// stepFree refuses to bring a task back whose step has another one by now.
func (tx *Tx) stepFree(t Task) error {
	var there int
	err := tx.db.Raw("SELECT COUNT(*) FROM tasks WHERE run_id = ? AND step = ? AND id <> ? AND deleted_at IS NULL", t.RunID, t.Step, t.ID).Row().Scan(&there)
	if err == nil && there > 0 {
		err = fault.New(fault.Conflict, fault.StepTaken)
	}
	return err
}

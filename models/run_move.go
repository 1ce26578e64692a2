package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
)

// Runs under way stay on their version until somebody moves them to the newest one:
// those that are chosen, all at once, after looking at what it does to each.

// MostMoved is how many runs one change moves, and a page offers.
const MostMoved = 50

// MovesInput is what a person says of runs that are to be moved, as it was typed.
type MovesInput struct {
	Version int64               // of the template, that they go to
	Runs    map[string]MoveSaid // those that were chosen
	Others  map[string]MoveSaid // what was typed of those that were not
	Reason  string
}

// MoveSaid is what is said of one run.
type MoveSaid struct {
	Seal    string            // of what the person saw that it does
	Answers map[string]string // to what the newer version asks besides, by input
	Cast    map[string]string // who plays roles that are new, by role
	Until   string            // the day on which it has to be finished, where that is new; YYYY-MM-DD
}

// MoveField names the field of a form in which something is said of one run.
func MoveField(run, field string) string { return run + "." + field }

// MovesView is the runs of a template that are on an older version than the newest,
// with what moving does to each.
type MovesView struct {
	Team     MyTeam
	Template Template
	playbook.Definition
	People []Mate
	Moves  []RunMove
	More   int // further runs, which the next page would have
}

// RunMove is what becomes of one run.
type RunMove struct {
	playbook.Migration
	Run       Run
	Done, All int // of its steps
	From      playbook.Definition
	NeedsDay  bool // the newer version counts from the day on which it has to be finished, which is not set
	Titles    map[string]string
	Seal      string   // of all this: what somebody agrees to
	Said      MoveSaid // what was typed, else what is proposed

	tasks []stepTask
}

// PlanMoves reads what moving the runs of a template to its newest version does to
// each; only, if it is not empty, names the one run that is asked about.
func (s *Store) PlanMoves(ctx context.Context, who Actor, template, only string, in MovesInput) (v MovesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.StartRun); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		return v.read(db, &s.books, only, in)
	})
	return v, err
}

func (v *MovesView) read(db *gorm.DB, books *books, only string, in MovesInput) error {
	if v.Template.Published == 0 {
		return fault.New(fault.Conflict, fault.NotPublished)
	}
	to, err := books.of(db, v.Template.ID, v.Template.Published)
	if err != nil {
		return err
	}
	v.Definition = to.Definition
	if v.People, err = mates(db, v.Team.ID); err != nil {
		return err
	}
	var runs []Run
	err = db.Raw("SELECT r.* FROM runs r WHERE r.template_id = ? AND r.template_version <> ? AND (? = '' OR r.id = ?) AND "+goingRun+" ORDER BY r.id LIMIT ?",
		v.Template.ID, v.Template.Published, only, only, MostMoved).Scan(&runs).Error
	if err != nil {
		return err
	}
	if v.More, err = runsBehind(db, v.Template); err != nil {
		return err
	}
	v.More = max(v.More-len(runs), 0)
	v.Moves, err = v.moves(db, books, runs, in)
	return err
}

// moves works out what becomes of runs.
func (v *MovesView) moves(db *gorm.DB, books *books, runs []Run, in MovesInput) ([]RunMove, error) {
	tasks, err := tasksOfRuns(db, runs)
	if err != nil {
		return nil, err
	}
	versions := make([]bookKey, len(runs))
	for i, r := range runs {
		versions[i] = bookKey{r.TemplateID, r.TemplateVersion}
	}
	read, err := books.all(db, versions)
	if err != nil {
		return nil, err
	}
	moves := make([]RunMove, len(runs))
	for i, r := range runs {
		from := read[versions[i]]
		m := RunMove{Run: r, From: from.Definition, tasks: tasks[r.ID], Titles: map[string]string{}}
		for _, t := range m.tasks {
			m.Titles[t.Step] = t.Title
			switch {
			case t.State == flow.Done:
				m.Done++
				m.All++
			case t.State.Open() && !t.Away:
				m.All++
			}
		}
		m.Migration = playbook.Migrate(m.From, v.Definition, m.states(v.Definition), r.Given())
		m.NeedsDay = r.Ends == "" && v.NeedsEnd()
		m.Seal = m.seal(v.Template.Published)
		if m.Said = in.Others[r.ID]; in.Chosen(r.ID) {
			m.Said = in.Runs[r.ID]
		}
		v.propose(&m)
		moves[i] = m
	}
	return moves, nil
}

// states are where the steps of the run stand. What was skipped may come back under
// other conditions; what is archived rests as it is.
func (m *RunMove) states(to playbook.Definition) map[string]flow.State {
	states := map[string]flow.State{}
	for _, t := range m.tasks {
		_, stays := to.Step(t.Step)
		switch {
		case t.Away, t.Skipped && !stays:
			states[t.Step] = flow.Cancelled
		case t.Skipped:
			states[t.Step] = flow.Waiting
		default:
			states[t.Step] = t.State
		}
		if t.Away && t.State == flow.Done {
			states[t.Step] = flow.Done
		}
	}
	return states
}

// seal is a mark of what moving does to the run and what it asks: who agrees to it
// sends it along, and is asked again if it is not the same any more.
func (m *RunMove) seal(version int64) string {
	text, _ := json.Marshal([]any{m.Run.TemplateVersion, version, m.Added, m.Removed, m.Changed, m.Kept, m.Ask, m.Cast, m.NeedsDay}) // plain values always marshal
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// propose fills in what was not typed.
func (v *MovesView) propose(m *RunMove) {
	given, start := m.Run.Given(), StartView{People: v.People}
	m.Said.Answers, m.Said.Cast = clone(m.Said.Answers), clone(m.Said.Cast)
	for _, f := range m.Ask {
		if _, typed := m.Said.Answers[f.ID]; typed {
			continue
		}
		m.Said.Answers[f.ID] = firstOf(given[f.ID], f.Default)
		if f.Type == playbook.Person {
			m.Said.Answers[f.ID] = start.idOf(m.Said.Answers[f.ID])
		}
	}
	cast := playbook.Cast(v.Definition, m.answered(), playersOf(start.People, m.Run.Starts), m.Run.Cast())
	for _, r := range m.Cast {
		if _, typed := m.Said.Cast[r.ID]; !typed || r.Who == playbook.FromInput {
			m.Said.Cast[r.ID] = cast[r.ID]
		}
	}
}

// answered are the run's answers with what is said now.
func (m *RunMove) answered() playbook.Answers {
	all := playbook.Answers(clone(m.Run.Given()))
	for _, f := range m.Ask {
		all[f.ID] = m.Said.Answers[f.ID]
	}
	return all
}

// tasksOfRuns reads the tasks of runs as far as conditions and moves need them.
func tasksOfRuns(db *gorm.DB, runs []Run) (map[string][]stepTask, error) {
	ids := make([]string, len(runs))
	for i, r := range runs {
		ids[i] = r.ID
	}
	of := map[string][]stepTask{}
	if len(ids) == 0 {
		return of, nil
	}
	var rows []stepTask
	err := db.Raw(`SELECT id, run_id, step, title, state, wanted, skipped, archived_at IS NOT NULL AS away FROM tasks
		WHERE run_id IN ? AND deleted_at IS NULL ORDER BY board_id, number`, ids).Scan(&rows).Error
	for _, r := range rows {
		of[r.RunID] = append(of[r.RunID], r)
	}
	return of, err
}

// check reads what is said of the run; all that is wrong is told at once, by field.
func (v *MovesView) check(m *RunMove) (playbook.Answers, error) {
	start := StartView{People: v.People}
	name := func(field string) string { return MoveField(m.Run.ID, field) }
	answers, err := v.ReadInputs(m.answered())
	faults := prefixed(err, func(input string) string { return name(AnswerField(input)) })
	if err != nil && faults == nil {
		return nil, err
	}
	for _, f := range m.Ask {
		if id := answers[f.ID]; f.Type == playbook.Person && id != "" && start.Named(id).Name == "" {
			faults = append(faults, fault.On(name(AnswerField(f.ID)), fault.NotInTeam))
		}
	}
	for _, r := range m.Cast {
		if id := m.Said.Cast[r.ID]; id != "" && start.Named(id).Name == "" {
			faults = append(faults, fault.On(name(RoleField(r.ID)), fault.NotInTeam))
		}
	}
	if m.NeedsDay {
		day, wrong := dayOf(name("until"), m.Said.Until)
		switch {
		case wrong != nil:
			faults = append(faults, wrong)
		case day.IsZero():
			faults = append(faults, fault.On(name("until"), fault.Needed))
		case day.Format(time.DateOnly) < string(m.Run.Starts):
			faults = append(faults, fault.On(name("until"), fault.EndsBeforeStart))
		}
	}
	return answers, fault.All(faults...)
}

// Chosen reports whether the run was chosen.
func (in MovesInput) Chosen(run string) bool { _, is := in.Runs[run]; return is }

// kept are the steps of a run, by the older version where they are finished.
func (m *RunMove) kept(id string) playbook.Step {
	i := slices.IndexFunc(m.Steps, func(s playbook.Step) bool { return s.ID == id })
	if i < 0 {
		return playbook.Step{ID: id}
	}
	return m.Steps[i]
}

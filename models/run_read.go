package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/playbook"
)

// RunView is a run's page.
type RunView struct {
	Team     MyTeam
	Run      Run
	Template Template
	Board    Board
	Starter  Person
	Schedule string   // name of the one that started it; empty: none did, or it is gone
	People   []Person // of the team
	playbook.Definition
	Steps  []RunStep // in the order of the template; those whose tasks are deleted have none
	Newest int64     // version of the template
	Ahead  *Forecast // when it is likely finished, where that was asked for; nil: nobody can tell
	Parts  []RolePlay

	deps  []Dependency       // of its tasks on others
	known map[string]Task    // its tasks, and those outside of it that they wait for
	refs  map[string]TaskRef // to those
}

// RolePlay is a role of a run and who plays it.
type RolePlay struct {
	playbook.Role
	Player Person // zero: nobody
	Open   int    // steps of it that are open
}

// RunStep is a step of a run with its task.
type RunStep struct {
	playbook.Step
	Task      Task   // zero: it is deleted
	Key       string // of the task
	Owners    []Person
	Items     []Item
	Values    map[string]FieldText // what was filled in, by field
	Comments  int
	Files     int
	WaitsFor  []TaskRef // prerequisites that are not satisfied
	ReleaseAt time.Time // when its turn comes by time alone; zero: somebody has to act first
	Standing  playbook.Standing
	Former    bool           // the version of the run does not have it any more
	Extra     bool           // it was added in this run alone
	Links     []StepLinkView // open ones, for people outside of the team
}

// FieldText is what was filled in for a field, as it is kept and as people read it.
type FieldText struct{ Value, Text string }

// There reports whether the step has a task.
func (s RunStep) There() bool { return s.Task.ID != "" }

// Turn reports whether the step is somebody's turn now.
func (s RunStep) Turn() bool {
	return s.Task.State == flow.Ready || s.Task.State == flow.InProgress || s.Task.State == flow.InReview
}

// Open reports whether somebody still has to finish the step.
func (s RunStep) Open() bool { return s.There() && s.Task.State.Open() && s.Task.ArchivedAt == nil }

// Progress counts the steps that are done, and those that count: all but what was
// skipped, cancelled or deleted.
func (v RunView) Progress() (done, all int) {
	for _, s := range v.Steps {
		switch {
		case s.Task.State == flow.Done:
			done++
			all++
		case s.Open():
			all++
		}
	}
	return done, all
}

// Over reports whether nothing of the run is open any more.
func (v RunView) Over() bool {
	return !slices.ContainsFunc(v.Steps, RunStep.Open)
}

// RunOf reads a run's page.
func (s *Store) RunOf(ctx context.Context, who Actor, run string) (v RunView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofRun(run), access.SeeBoard); err != nil {
			return err
		}
		if err := db.Take(&v.Run, "id = ?", run).Error; err != nil {
			return orMissing(err)
		}
		return v.read(db, s)
	})
	return v, err
}

func (v *RunView) read(db *gorm.DB, s *Store) error {
	var err error
	if v.Template, err = readTemplate(db, v.Run.TemplateID); err != nil {
		return err
	}
	b, err := s.books.of(db, v.Run.TemplateID, v.Run.TemplateVersion)
	if err != nil {
		return err
	}
	v.Definition = b.Definition
	if err := db.Take(&v.Board, "id = ?", v.Run.BoardID).Error; err != nil {
		return err
	}
	if v.People, err = members(db, v.Team.ID); err != nil {
		return err
	}
	if err := db.Raw("SELECT id, name FROM users WHERE id = ?", v.Run.CreatedBy).Scan(&v.Starter).Error; err != nil {
		return err
	}
	if err := db.Raw("SELECT name FROM schedules WHERE id = ?", v.Run.ScheduleID).Scan(&v.Schedule).Error; err != nil {
		return err
	}
	v.Newest = v.Template.Published
	if err := v.steps(db, &s.books); err != nil {
		return err
	}
	c := course{run: v.Run, book: b}
	if err := c.read(db); err != nil {
		return err
	}
	standings := b.Standings(c.Known, c.Ended)
	for i, step := range v.Steps {
		v.Steps[i].Standing = standings[step.ID]
	}
	v.parts()
	if err := v.links(db, s.now()); err != nil {
		return err
	}
	return v.waiting(db, s.now())
}

// steps reads the tasks with their people, checklists, answers and counts.
func (v *RunView) steps(db *gorm.DB, books *books) error {
	var tasks []Task
	if err := db.Find(&tasks, "run_id = ? AND deleted_at IS NULL", v.Run.ID).Error; err != nil {
		return err
	}
	by, ids, boards := map[string]Task{}, make([]string, len(tasks)), map[string]string{v.Board.ID: v.Board.Key}
	for i, t := range tasks {
		by[t.Step], ids[i] = t, t.ID
	}
	if slices.ContainsFunc(tasks, func(t Task) bool { return t.BoardID != v.Board.ID }) {
		var all []Board
		if err := db.Select("id", "key").Find(&all, "team_id = ?", v.Team.ID).Error; err != nil {
			return err
		}
		for _, b := range all {
			boards[b.ID] = b.Key
		}
	}
	owners, err := ownersOf(db, ids)
	if err != nil {
		return err
	}
	var items []Item
	if err := db.Raw("SELECT i.* FROM tasks t JOIN checklist_items i ON i.task_id = t.id WHERE t.run_id = ? AND t.deleted_at IS NULL ORDER BY i.position, i.id", v.Run.ID).Scan(&items).Error; err != nil {
		return err
	}
	on := map[string][]Item{}
	for _, i := range items {
		on[i.TaskID] = append(on[i.TaskID], i)
	}
	held, err := filledIn(db, v.Run.ID)
	if err != nil {
		return err
	}
	var counts []struct {
		ID              string
		Comments, Files int
	}
	err = db.Raw(`SELECT t.id, (SELECT COUNT(*) FROM comments c WHERE c.task_id = t.id) AS comments,
		(SELECT COUNT(*) FROM attachments a WHERE a.task_id = t.id AND a.removed_at IS NULL) AS files FROM tasks t WHERE t.run_id = ? AND t.deleted_at IS NULL`, v.Run.ID).Scan(&counts).Error
	if err != nil {
		return err
	}
	said := map[string][2]int{}
	for _, c := range counts {
		said[c.ID] = [2]int{c.Comments, c.Files}
	}
	besides, err := v.besides(db, books, tasks)
	if err != nil {
		return err
	}
	for i, s := range slices.Concat(v.Definition.Steps, besides) {
		t, there := by[s.ID]
		step := RunStep{Step: s, Task: t, Extra: isExtra(s.ID)}
		step.Former = i >= len(v.Definition.Steps) && !step.Extra
		if there {
			step.Key = Key(boards[t.BoardID], t.Number)
			step.Owners, step.Items, step.Comments, step.Files = owners[t.ID], on[t.ID], said[t.ID][0], said[t.ID][1]
			step.Values = v.texts(s, held[t.ID])
		}
		v.Steps = append(v.Steps, step)
	}
	return nil
}

// besides are the steps of tasks that the run's version does not have: those of older
// versions, then those that were added in this run alone.
func (v *RunView) besides(db *gorm.DB, books *books, tasks []Task) ([]playbook.Step, error) {
	var former, extra []playbook.Step
	slices.SortFunc(tasks, func(a, b Task) int { return strings.Compare(a.ID, b.ID) })
	for _, t := range tasks {
		if _, there := v.Definition.Step(t.Step); there {
			continue
		}
		s, err := books.step(db, v.Run, t.Step)
		if err != nil {
			return nil, err
		}
		if s.Title == "" {
			s.Title = t.Title
		}
		if isExtra(t.Step) {
			extra = append(extra, s)
		} else {
			former = append(former, s)
		}
	}
	return append(former, extra...), nil
}

// texts gives people in answers their names.
func (v *RunView) texts(s playbook.Step, held map[string]string) map[string]FieldText {
	all := map[string]FieldText{}
	for _, f := range s.Fields {
		value := held[f.ID]
		text := value
		if f.Type == playbook.Person {
			for _, p := range v.People {
				if p.ID == value {
					text = p.Name
				}
			}
		}
		all[f.ID] = FieldText{value, text}
	}
	return all
}

func (v *RunView) parts() {
	cast := v.Run.Cast()
	for _, r := range v.Roles {
		part := RolePlay{Role: r}
		if id := cast[r.ID]; id != "" {
			part.Player = Person{ID: id}
			for _, p := range v.People {
				if p.ID == id {
					part.Player = p
				}
			}
		}
		for _, s := range v.Steps {
			if s.Role == r.ID && s.Open() {
				part.Open++
			}
		}
		v.Parts = append(v.Parts, part)
	}
}

// waiting works out what the waiting steps wait for, tasks outside of the run
// included.
func (v *RunView) waiting(db *gorm.DB, now time.Time) error {
	var deps []Dependency
	err := db.Raw(`SELECT d.* FROM tasks t JOIN dependencies d ON d.dependent_id = t.id WHERE t.run_id = ? AND t.deleted_at IS NULL
		ORDER BY d.prerequisite_id`, v.Run.ID).Scan(&deps).Error
	if err != nil {
		return err
	}
	known, refs, rules := map[string]Task{}, map[string]TaskRef{}, make([]flow.Dependency, len(deps))
	for _, s := range v.Steps {
		if s.There() {
			known[s.Task.ID] = s.Task
			refs[s.Task.ID] = TaskRef{ID: s.Task.ID, Key: s.Key, Title: s.Task.Title, State: s.Task.State, BoardID: s.Task.BoardID}
		}
	}
	var outside []string
	for i, d := range deps {
		rules[i] = d.flow()
		if _, there := known[d.PrerequisiteID]; !there {
			outside = append(outside, d.PrerequisiteID)
		}
	}
	if len(outside) > 0 {
		var others []struct {
			Task
			BoardKey string
		}
		if err := db.Raw("SELECT t.*, b.key AS board_key FROM tasks t JOIN boards b ON b.id = t.board_id WHERE t.id IN ? AND t.deleted_at IS NULL", outside).Scan(&others).Error; err != nil {
			return err
		}
		for _, o := range others {
			known[o.ID] = o.Task
			refs[o.ID] = TaskRef{ID: o.ID, Key: Key(o.BoardKey, o.Number), Title: o.Title, State: o.State, BoardID: o.BoardID}
		}
	}
	v.deps, v.known, v.refs = deps, known, refs
	tasks := make([]flow.Task, 0, len(known))
	for _, t := range known {
		tasks = append(tasks, t.flow())
	}
	linked := flow.Link(rules, tasks)
	for i := range v.Steps {
		step := &v.Steps[i]
		if step.Task.State != flow.Waiting {
			continue
		}
		verdict := flow.Judge(step.Task.flow(), linked[step.Task.ID], now, v.Team.calendar())
		step.ReleaseAt = verdict.ReleaseAt
		for _, p := range verdict.Open {
			step.WaitsFor = append(step.WaitsFor, refs[p.Prerequisite])
		}
	}
	return nil
}

// StepOf is Missing unless the task is a step of the run that the actor may see.
func (s *Store) StepOf(ctx context.Context, who Actor, run, task string) error {
	db := s.parts.Read.WithContext(ctx)
	if _, err := sees(db, who, ofRun(run), access.SeeBoard); err != nil {
		return err
	}
	var there Task
	return orMissing(db.Select("id").Take(&there, "id = ? AND run_id = ? AND deleted_at IS NULL", task, run).Error)
}

// RunsView is the runs of a template, newest first.
type RunsView struct {
	Team     MyTeam
	Template Template
	Runs     []RunSummary
	Going    bool   // only those that have something open
	More     string // where the next page begins; empty: there is none
}

// RunSummary is a run in a list.
type RunSummary struct {
	Run
	Starter          string    // name
	Schedule         string    // the same, of the one that started it
	Done, Open, Late int       // of its steps
	Now              []TaskRef `gorm:"-"`
	More             int       // further ones whose turn it is
	TemplateName     string
}

// All are the steps that count.
func (r RunSummary) All() int { return r.Done + r.Open }

// runPage is how many runs a page lists, and nowShown how many tasks whose turn it
// is a run in a list names.
const (
	runPage  = 50
	nowShown = 2
)

// Runs lists the runs of a template below the one of an ID, newest first; with
// going only those that have something open.
func (s *Store) Runs(ctx context.Context, who Actor, template, below string, going bool) (v RunsView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeBoard); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		v.Going = going
		v.Runs, v.More, err = listRuns(db, v.Team.Team, "r.template_id = ?", []any{template}, below, going, s.now())
		return err
	})
	return v, err
}

func listRuns(db *gorm.DB, team Team, which string, args []any, below string, going bool, now time.Time) (runs []RunSummary, more string, err error) {
	query := `SELECT r.*, COALESCE(u.name, '') AS starter, COALESCE(s.name, '') AS schedule FROM runs r LEFT JOIN users u ON u.id = r.created_by LEFT JOIN schedules s ON s.id = r.schedule_id
		WHERE ` + which + ` AND r.state <> 'withdrawn' AND (? = '' OR r.id < ?)`
	if going {
		query += " AND " + goingRun
	}
	if err := db.Raw(query+" ORDER BY r.id DESC LIMIT ?", append(args, below, below, runPage+1)...).Scan(&runs).Error; err != nil {
		return nil, "", err
	}
	if len(runs) > runPage {
		runs = runs[:runPage]
		more = runs[runPage-1].ID
	}
	if len(runs) == 0 {
		return nil, "", nil
	}
	return runs, more, summarize(db, runs, now.In(Zone(team.Zone)).Format(time.DateOnly))
}

// summarize counts the steps of runs, and names whose turn it is.
func summarize(db *gorm.DB, runs []RunSummary, today string) error {
	ids := make([]string, len(runs))
	at := map[string]int{}
	for i, r := range runs {
		ids[i], at[r.ID] = r.ID, i
	}
	var counts []struct {
		RunID            string
		Done, Open, Late int
	}
	err := db.Raw(`SELECT t.run_id, COUNT(CASE WHEN t.state = 'done' THEN 1 END) AS done,
			COUNT(CASE WHEN t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled') THEN 1 END) AS open,
			COUNT(CASE WHEN t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled') AND t.due <> '' AND t.due < ? THEN 1 END) AS late
		FROM tasks t WHERE t.run_id IN ? AND t.deleted_at IS NULL GROUP BY t.run_id`, today, ids).Scan(&counts).Error
	if err != nil {
		return err
	}
	for _, c := range counts {
		r := &runs[at[c.RunID]]
		r.Done, r.Open, r.Late = c.Done, c.Open, c.Late
	}
	var turns []struct {
		Task
		BoardKey string
	}
	err = db.Raw(`SELECT t.id, t.run_id, t.title, t.number, t.state, b.key AS board_key FROM tasks t JOIN boards b ON b.id = t.board_id
		WHERE t.run_id IN ? AND t.deleted_at IS NULL AND t.archived_at IS NULL AND t.state IN ('ready', 'in_progress', 'in_review') ORDER BY t.number, t.id`, ids).Scan(&turns).Error
	for _, t := range turns {
		r := &runs[at[t.RunID]]
		if len(r.Now) == nowShown {
			r.More++
			continue
		}
		r.Now = append(r.Now, TaskRef{ID: t.ID, Key: Key(t.BoardKey, t.Number), Title: t.Title, State: t.State})
	}
	return err
}

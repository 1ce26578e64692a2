package models

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
	"relevo/models/rehearse"
	"relevo/models/report"
)

// RehearsalInput is what a person says of a rehearsal, as it was typed.
type RehearsalInput struct {
	Seed    string            // empty: 1
	Rounds  string            // empty: the usual number
	From    string            // YYYY-MM-DD; empty: today
	Until   string            // YYYY-MM-DD; empty: the nearest that no date is past for
	Answers map[string]string // by input; what is missing has its default
	Cast    map[string]string // users by role; what is missing is proposed
	Chances map[string]string // by step.field: how many per cent say yes, or the one answer that is given
	Plenty  bool              // as if everybody had time for everything
	Soon    bool              // nobody waits for a date
}

// ChanceField names the field of a form that says how an open question is answered.
func ChanceField(name string) string { return "chance." + name }

// Basis says what something about a step is known by.
type Basis int

// What durations and chances are made of.
const (
	ByHistory  Basis = iota + 1 // how it went in runs
	ByEstimate                  // its estimate, spread
	ByAssuming                  // nothing: a day is assumed, or that all answers are alike
	ByWord                      // what was said in the form
)

// StepBasis is what a step's duration is made of.
type StepBasis struct {
	By    Basis
	Times int // that it was done, for ByHistory
}

// OpenQuestion is something that conditions ask for and that only a run will answer.
type OpenQuestion struct {
	rehearse.Question
	Step  playbook.Step  // whose field it is; of an input, none
	Field playbook.Field // of it
	By    Basis
	Times int // that it was answered, for ByHistory
}

// RehearsalView is a template gone through many times before it runs.
type RehearsalView struct {
	Team     MyTeam
	Template Template
	Version  int64 // 0: the draft
	playbook.Definition
	People  []Mate
	Input   RehearsalInput // with what was left out filled in
	Inputs  []playbook.Field
	Open    []OpenQuestion
	Blind   []playbook.Step // whose conditions compare what nobody can list: they hold by chance
	Bases   map[string]StepBasis
	Dated   map[string]time.Time // steps that have a date from the start on: by when they are due
	Reading *StillReading        // the log is not read to its end, so that history is left out
	Uncast  []playbook.Role
	Advice  []playbook.Finding // what is probably not meant, with these people
	Seed    uint64
	Rounds  int
	Outcome rehearse.Outcome
	Gains   []rehearse.Gain
	Until   time.Time // the end of the last day; zero: no date counts from it

	from, until time.Time
	past        map[string][]rehearse.Span
	said        map[string]map[string]int // answers by step.field
	taken       map[string][2]int         // by step: times that its condition held, and that it was decided
}

// Hands says how the people were taken.
func (v RehearsalView) Hands() rehearse.Hands {
	if v.Input.Plenty {
		return rehearse.Plenty
	}
	return rehearse.OneEach
}

// Named is the person of an ID, without a name if there is none such in the team.
func (v RehearsalView) Named(id string) Person {
	return StartView{People: v.People}.Named(id)
}

// RoundChoices are the numbers of rounds to choose from.
var RoundChoices = []int{200, rehearse.UsualRounds, 2000}

// Rehearse goes through a template many times, as it would run from a day on: its
// newest version, or the draft as long as there is none. It returns Invalid faults by
// field with the view as far as it goes, or NotPublished for a draft with errors.
func (s *Store) Rehearse(ctx context.Context, who Actor, template string, in RehearsalInput) (v RehearsalView, err error) {
	v.Input = in
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.StartRun); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		if err := v.readDefinition(db, s); err != nil {
			return err
		}
		if v.People, err = mates(db, v.Team.ID); err != nil {
			return err
		}
		last, err := lastRun(db, template)
		if err != nil {
			return err
		}
		v.fillIn(last, s.now())
		return v.readPast(ctx, db, s)
	})
	if err != nil {
		return v, err
	}
	if err := v.check(); err != nil {
		return v, err
	}
	return v, v.run()
}

func (v *RehearsalView) readDefinition(db *gorm.DB, s *Store) error {
	if v.Version = v.Template.Published; v.Version > 0 {
		b, err := s.books.of(db, v.Template.ID, v.Version)
		if err != nil {
			return err
		}
		v.Definition = b.Definition
		return nil
	}
	d, findings := playbook.Review([]byte(v.Template.Draft))
	if !access.Can(v.Team.Role, access.EditTemplate) || playbook.Broken(findings) {
		return fault.New(fault.Conflict, fault.NotPublished)
	}
	v.Definition = d
	return nil
}

// fillIn proposes what was left out, as the form that starts a run does.
func (v *RehearsalView) fillIn(last Run, now time.Time) {
	in := &v.Input
	start := StartView{Team: v.Team, Template: v.Template, Definition: v.Definition, People: v.People,
		Input: RunInput{Answers: in.Answers, Cast: in.Cast, From: in.From, Until: in.Until}}
	start.fillIn(last, now)
	in.Answers, in.Cast, in.From = start.Input.Answers, start.Input.Cast, start.Input.From
	in.Chances = clone(in.Chances)
	in.Seed, in.Rounds = cmp.Or(in.Seed, "1"), cmp.Or(in.Rounds, strconv.Itoa(rehearse.UsualRounds))
	asked := map[string]bool{}
	branching := v.Definition.Branching()
	for _, s := range v.Steps {
		if c, asks := branching.When(s.ID); asks {
			for _, n := range c.Names() {
				asked[n] = true
			}
		}
		asked[s.Due.Input] = asked[s.Due.Input] || s.Due.From == playbook.AnInput
	}
	for _, r := range v.Roles {
		asked[r.Input] = asked[r.Input] || r.Who == playbook.FromInput
	}
	from, _ := dayOf("from", in.From)
	for _, f := range v.Definition.Inputs {
		if !asked[f.ID] {
			continue
		}
		if f.Type == playbook.Date && in.Answers[f.ID] == "" && f.Required && !from.IsZero() {
			in.Answers[f.ID] = v.ahead(from, playbook.AnInput, f.ID)
		}
		f.Required = false // a rehearsal goes on without
		v.Inputs = append(v.Inputs, f)
	}
	if v.NeedsEnd() && in.Until == "" && !from.IsZero() {
		in.Until = v.ahead(from, playbook.End, "")
	}
}

// ahead is the first day for which no date that counts back from it is before the start.
func (v *RehearsalView) ahead(from time.Time, anchor playbook.Anchor, input string) string {
	day := from
	for _, s := range v.Steps {
		if s.Due.From == anchor && s.Due.Input == input && s.Due.Amount < 0 {
			for s.Due.On(day, v.Team.calendar()).Before(from) {
				day = day.AddDate(0, 0, 1)
			}
		}
	}
	return day.Format(time.DateOnly)
}

// readPast reads how the template's runs went: how long its steps took, what was
// answered and which conditions held.
func (v *RehearsalView) readPast(ctx context.Context, db *gorm.DB, s *Store) (err error) {
	err = s.recall(ctx, db, func(hs ...*report.History) {
		v.past = spansOf(plan.OfficeHours(v.Team.calendar()), report.PastOf(v.Template.ID, hs[0]))
	}, v.Team)
	if still := (*StillReading)(nil); errors.As(err, &still) {
		v.Reading, err = still, nil
	}
	if err == nil {
		v.said, v.taken, err = answersBefore(db, v.Template.ID)
	}
	return err
}

// spansOf are the minutes of work that steps took. Of one that nobody said to have begun,
// all of the time counts as work.
func spansOf(work plan.Work, all []report.Past) map[string][]rehearse.Span {
	spans := map[string][]rehearse.Span{}
	for _, p := range all {
		if p.Begun.IsZero() || p.Begun.Before(p.Turn) {
			p.Begun = p.Turn
		}
		spans[p.Step] = append(spans[p.Step], rehearse.Span{Lies: float64(work.Between(p.Turn, p.Begun)), Lasts: float64(max(1, work.Between(p.Begun, p.Done)))})
	}
	return spans
}

// answersBefore counts what was filled in for the steps of a template's runs, by
// step.field, and for each step how often its condition held, of all times that it was
// decided.
func answersBefore(db *gorm.DB, template string) (said map[string]map[string]int, taken map[string][2]int, err error) {
	var answers []struct {
		Step, Field, Value string
		N                  int
	}
	err = db.Raw(`SELECT t.step, v.field, v.value, COUNT(*) AS n FROM runs r JOIN tasks t ON t.run_id = r.id JOIN step_values v ON v.task_id = t.id
		WHERE r.template_id = ? AND r.state <> 'withdrawn' AND t.state = 'done' AND t.deleted_at IS NULL AND v.value <> '' GROUP BY t.step, v.field, v.value`, template).Scan(&answers).Error
	if err != nil {
		return nil, nil, err
	}
	said = map[string]map[string]int{}
	for _, a := range answers {
		name := a.Step + "." + a.Field
		if said[name] == nil {
			said[name] = map[string]int{}
		}
		said[name][a.Value] = a.N
	}
	var ends []struct {
		Step    string
		Held, N int
	}
	err = db.Raw(`SELECT t.step, COUNT(CASE WHEN t.state = 'done' THEN 1 END) AS held, COUNT(*) AS n FROM runs r JOIN tasks t ON t.run_id = r.id
		WHERE r.template_id = ? AND r.state <> 'withdrawn' AND (t.state = 'done' OR t.skipped) AND t.deleted_at IS NULL GROUP BY t.step`, template).Scan(&ends).Error
	taken = map[string][2]int{}
	for _, e := range ends {
		taken[e.Step] = [2]int{e.Held, e.N}
	}
	return said, taken, err
}

// check reads what was typed; all that is wrong is told at once.
func (v *RehearsalView) check() error {
	in := &v.Input
	var faults []*fault.Fault
	var wrong *fault.Fault
	if v.from, wrong = dayOf("from", in.From); wrong != nil {
		faults = append(faults, wrong)
	}
	if v.until, wrong = dayOf("until", in.Until); wrong != nil {
		faults = append(faults, wrong)
	}
	if wrong == nil && !v.until.IsZero() && v.until.Before(v.from) {
		faults = append(faults, fault.On("until", fault.EndsBeforeStart))
	}
	for _, f := range v.Inputs {
		if _, wrong := f.Read(in.Answers[f.ID]); wrong != nil {
			faults = append(faults, fault.On(AnswerField(f.ID), wrong.Code, wrong.Args...))
		}
	}
	for role, id := range in.Cast {
		if id != "" && v.Named(id).Name == "" {
			faults = append(faults, fault.On(RoleField(role), fault.NotInTeam))
		}
	}
	seed, err := strconv.ParseUint(strings.TrimSpace(in.Seed), 10, 64)
	if v.Seed = seed; err != nil {
		faults = append(faults, fault.On("seed", fault.NotANumber))
	}
	v.Rounds, err = strconv.Atoi(in.Rounds)
	if err != nil || !slices.Contains(RoundChoices, v.Rounds) {
		faults = append(faults, fault.On("rounds", fault.NotAChoice))
	}
	return fault.All(append(faults, v.ask()...)...)
}

// ask finds what only a run will answer, and takes what was typed for how likely that is.
func (v *RehearsalView) ask() (faults []*fault.Fault) {
	v.Open = undecidedBy(v.Definition, v.Definition.Branching(), v.Input.Answers, v.said)
	for i := range v.Open {
		if wrong := v.Open[i].say(v.Input.Chances[v.Open[i].Name]); wrong != nil {
			faults = append(faults, wrong)
		}
	}
	return faults
}

// undecidedBy lists what conditions ask for and is not known yet, with how likely each
// answer is by what was said before.
func undecidedBy(d playbook.Definition, branching playbook.Branching, known playbook.Answers, said map[string]map[string]int) (open []OpenQuestion) {
	asking, names := map[string][]playbook.Condition{}, []string{}
	for _, id := range branching.Order() {
		c, asks := branching.When(id)
		if !asks {
			continue
		}
		for _, n := range c.Names() {
			if asking[n] == nil {
				names = append(names, n)
			}
			asking[n] = append(asking[n], c)
		}
	}
	for _, n := range names {
		step, field, isField := strings.Cut(n, ".")
		if field == playbook.Done && isField || known[n] != "" {
			continue
		}
		q := OpenQuestion{Question: rehearse.Question{Name: n}, By: ByAssuming}
		if isField {
			q.Step, _ = d.Step(step)
			i := slices.IndexFunc(q.Step.Fields, func(f playbook.Field) bool { return f.ID == field })
			q.Field = q.Step.Fields[i]
		} else {
			q.Field, _ = d.Input(n)
		}
		cases, ok := d.Cases(n, asking[n]...)
		if !ok {
			continue
		}
		q.Answers = slices.DeleteFunc(cases, func(a string) bool { return a == "" && (q.Field.Required || isField) || hairsbreadth(a) })
		q.weigh(said[n])
		open = append(open, q)
	}
	return open
}

// hairsbreadth reports whether an answer is one of those that stand for what is just beside
// a number that conditions compare with: nobody gives it.
func hairsbreadth(answer string) bool {
	_, fraction, _ := strings.Cut(answer, ".")
	return strings.HasSuffix(fraction, "000001") || strings.HasSuffix(fraction, "999999")
}

// weigh counts what was answered before. Each answer counts once more than it was given,
// so that what never was is not impossible (Laplace's rule of succession).
func (q *OpenQuestion) weigh(said map[string]int) {
	for _, n := range said {
		q.Times += n
	}
	if q.Times < rehearse.LeastSamples {
		return
	}
	q.By = ByHistory
	for value := range said {
		if !slices.Contains(q.Answers, value) && q.Field.Type != playbook.Choice && len(said) <= playbook.MaxOptions {
			q.Answers = append(q.Answers, value)
		}
	}
	slices.Sort(q.Answers)
	for _, a := range q.Answers {
		q.Weights = append(q.Weights, float64(said[a]+1))
	}
}

// say takes what was typed for how likely the answers are.
func (q *OpenQuestion) say(typed string) *fault.Fault {
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "":
		return nil
	case q.Field.Type == playbook.YesNo:
		percent, err := strconv.Atoi(strings.TrimSuffix(typed, "%"))
		if err != nil {
			return fault.On(ChanceField(q.Name), fault.NotANumber)
		}
		if percent < 0 || percent > 100 {
			return fault.On(ChanceField(q.Name), fault.OutOfRange, 0, 100)
		}
		q.By, q.Answers, q.Weights = ByWord, []string{playbook.Yes, playbook.No}, []float64{float64(percent), float64(100 - percent)}
	case slices.Contains(q.Answers, typed):
		q.By, q.Answers, q.Weights = ByWord, []string{typed}, nil
	default:
		return fault.On(ChanceField(q.Name), fault.NotAChoice)
	}
	return nil
}

// run goes through the rounds.
func (v *RehearsalView) run() error {
	net := v.net()
	v.Advice = rehearse.Lint(v.Definition, rehearse.Crew{Members: playersOf(v.People, ""), Cast: v.Input.Cast, Days: v.Team.calendar()})
	var err error
	if v.Outcome, err = rehearse.Run(net, v.Hands(), v.Rounds, v.Seed); err != nil {
		return err
	}
	v.Gains, err = rehearse.Gains(net, v.Outcome, v.Hands(), v.Rounds, v.Seed)
	return err
}

func (v *RehearsalView) net() rehearse.Net {
	work := plan.OfficeHours(v.Team.calendar())
	zone := work.Zone()
	net := rehearse.Net{Work: work, Known: playbook.Answers{}, From: time.Date(v.from.Year(), v.from.Month(), v.from.Day(), 0, work.From, 0, 0, zone)}
	for _, f := range v.Inputs {
		if answer, wrong := f.Read(v.Input.Answers[f.ID]); wrong == nil && answer != "" {
			net.Known[f.ID] = answer
		}
	}
	for _, q := range v.Open {
		net.Questions = append(net.Questions, q.Question)
	}
	v.Bases, v.Dated = map[string]StepBasis{}, map[string]time.Time{}
	branching := v.Definition.Branching()
	for _, s := range v.Steps {
		n := rehearse.Node{ID: s.ID, Role: s.Role, Any: s.Join == flow.Any && len(s.Needs) > 1, Chance: chanceOf(v.taken[s.ID])}
		n.Takes, v.Bases[s.ID] = takes(s.Estimate, v.past[s.ID])
		n.When, n.Asks = branching.When(s.ID)
		for _, need := range s.Needs {
			n.Needs = append(n.Needs, rehearse.Need{ID: need.Step, Lag: need.Lag})
		}
		if s.Role != "" {
			n.Hands = []string{cmp.Or(v.Input.Cast[s.Role], RoleField(s.Role))}
		}
		if day, dated := v.due(s); dated {
			v.Dated[s.ID] = time.Date(day.Year(), day.Month(), day.Day(), 0, work.Until, 0, 0, zone)
			n.By, n.Waits = v.Dated[s.ID], !v.Input.Soon
		}
		if s.Due.From == playbook.Needed && !v.Input.Soon {
			n.Due = s.Due
		}
		if v.blind(n, net.Known) {
			v.Blind = append(v.Blind, s)
		}
		net.Nodes = append(net.Nodes, n)
	}
	if v.NeedsEnd() {
		v.Until = time.Date(v.until.Year(), v.until.Month(), v.until.Day(), 0, work.Until, 0, 0, zone)
	}
	for _, r := range v.Roles {
		if v.Input.Cast[r.ID] == "" && slices.ContainsFunc(v.Steps, func(s playbook.Step) bool { return s.Role == r.ID }) {
			v.Uncast = append(v.Uncast, r)
		}
	}
	return net
}

// takes is how long a step takes: as it did before, if that was often enough, or else
// as it is estimated.
func takes(estimate int, past []rehearse.Span) (rehearse.Draw, StepBasis) {
	switch {
	case len(past) >= rehearse.LeastSamples:
		return rehearse.Before(past), StepBasis{ByHistory, len(past)}
	case estimate > 0:
		return rehearse.Estimated(estimate), StepBasis{By: ByEstimate}
	}
	return rehearse.Estimated(AssumedEstimate), StepBasis{By: ByAssuming}
}

// chanceOf is how likely a condition holds of which nobody can tell what it depends on:
// as often as it did, of all times that it was decided, if those are enough.
func chanceOf(t [2]int) float64 {
	if t[1] >= rehearse.LeastSamples {
		return float64(t[0]+1) / float64(t[1]+2)
	}
	return .5
}

// blind reports whether a step's condition asks for what has no cases.
func (v *RehearsalView) blind(n rehearse.Node, known playbook.Answers) bool {
	return n.Asks && slices.ContainsFunc(n.When.Names(), func(name string) bool {
		_, answered := known[name]
		open := slices.ContainsFunc(v.Open, func(q OpenQuestion) bool { return q.Name == name })
		return !answered && !open && !strings.HasSuffix(name, "."+playbook.Done)
	})
}

// due is a step's date, where it does not count from its needs.
func (v *RehearsalView) due(s playbook.Step) (day time.Time, dated bool) {
	var anchor time.Time
	switch s.Due.From {
	case playbook.Never, playbook.Needed:
		return day, false
	case playbook.Start:
		anchor = v.from
	case playbook.End:
		anchor = v.until
	case playbook.AnInput:
		var wrong *fault.Fault
		if anchor, wrong = dayOf("", v.Input.Answers[s.Due.Input]); wrong != nil {
			return day, false
		}
	}
	return s.Due.On(anchor, v.Team.calendar()), !anchor.IsZero()
}

package rehearse

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

// Review is playbook.Review with what Lint finds, where nothing keeps the definition
// from being used.
func Review(text []byte, crew Crew) (playbook.Definition, []playbook.Finding) {
	d, findings := playbook.Review(text)
	if playbook.Broken(findings) {
		return d, findings
	}
	return d, playbook.Locate(text, append(findings, Lint(d, crew)...))
}

// Lint finds what is probably not meant in a definition in which Check finds no error:
// beyond what is wrong in one place, what its parts do together. What nobody can tell
// for certain is not told. Nothing of it keeps a definition from being published.
func Lint(d playbook.Definition, crew Crew) []playbook.Finding {
	if crew.Days.Zone == nil {
		crew.Days = flow.Weekdays(time.UTC)
	}
	l := &linter{d: d, crew: crew, ways: newWays(d), at: map[string]int{}, followed: map[string]bool{}}
	for i, s := range d.Steps {
		l.at[s.ID] = i
		for _, n := range s.Needs {
			l.followed[n.Step] = true
		}
	}
	l.branches()
	l.roles()
	l.titles()
	l.lines()
	l.estimates()
	l.dues()
	return l.findings
}

type linter struct {
	d        playbook.Definition
	crew     Crew
	ways     *ways
	at       map[string]int  // step → its index
	followed map[string]bool // steps that others wait for
	findings []playbook.Finding
}

func (l *linter) tell(severity playbook.Severity, at playbook.Where, code fault.Code, args ...any) {
	l.findings = append(l.findings, playbook.Finding{Severity: severity, Code: code, Args: args, At: at})
}

// step is a field of a step, as findings name it.
func (l *linter) step(id, field string) playbook.Where {
	return playbook.Where{In: playbook.InStep, ID: id, Index: l.at[id], Field: field}
}

// branches looks for steps that are never done, and for ways that lead nowhere.
func (l *linter) branches() {
	for _, s := range l.d.Steps {
		if s.When == "" {
			continue
		}
		ever := false
		tried := l.ways.through([]string{s.ID}, "", func(w way) bool {
			ever = ever || w.holds[s.ID]
			return ever
		})
		if tried && !ever {
			l.tell(playbook.Warning, l.step(s.ID, "when"), fault.StepNever)
		}
	}
	var last []string
	for _, s := range l.d.Steps {
		if l.followed[s.ID] {
			continue
		}
		if s.When == "" {
			return // that one is always done
		}
		last = append(last, s.ID)
	}
	var lost playbook.Answers
	nowhere := func(w way) bool {
		return !w.unplanned && !slices.ContainsFunc(last, func(id string) bool { return w.holds[id] })
	}
	l.ways.through(last, "", func(w way) bool {
		if nowhere(w) {
			lost = w.answers
		}
		return lost != nil
	})
	if lost != nil {
		l.tell(playbook.Hint, playbook.Where{}, fault.EndsNowhere, l.ways.reason(last, lost, nowhere))
	}
}

// mostReasons is how many answers a reason names at most.
const mostReasons = 4

// reason leaves out of some answers those without which a way is the same, and writes
// the others down.
func (w *ways) reason(steps []string, answers playbook.Answers, same func(way) bool) string {
	cone, names := w.cone(steps...)
	var because []string
	for _, n := range names {
		if strings.HasSuffix(n, "."+playbook.Done) || answers[n] == "" {
			continue // follows from the others
		}
		matters := false
		for _, other := range w.cases[n] {
			tried := playbook.Answers{}
			for k, v := range answers {
				tried[k] = v
			}
			tried[n] = other
			if one, possible := w.follow(cone, names, tried); possible && !same(one) {
				matters = true
			}
		}
		if matters && len(because) < mostReasons {
			because = append(because, n+" = "+answers[n])
		}
	}
	return strings.Join(because, ", ")
}

// roles looks for roles that nobody in the team can play.
func (l *linter) roles() {
	for i, r := range l.d.Roles {
		at := playbook.Where{In: playbook.InRole, ID: r.ID, Index: i}
		switch {
		case r.Who == playbook.FromInput:
			l.mayLack(at, r)
		case len(l.crew.Members) == 0:
		case r.Who == playbook.ByName:
			l.named(at, r)
		case r.Who == playbook.LeastLoaded || r.Who == playbook.RoundRobin:
			l.pool(at, r)
		}
	}
}

func (l *linter) named(at playbook.Where, r playbook.Role) {
	at.Field = "who"
	switch m, there := l.member(r.Person); {
	case !there:
		l.tell(playbook.Warning, at, fault.RolePersonGone, r.Person)
	case m.Viewer:
		l.tell(playbook.Warning, at, fault.RoleOnlyReads, r.Person)
	}
}

func (l *linter) pool(at playbook.Where, r playbook.Role) {
	at.Field = "from"
	var gone []string
	for _, email := range r.Pool {
		if _, there := l.member(email); !there {
			gone = append(gone, email)
		}
	}
	switch {
	case len(gone) == 0:
	case len(gone) == len(r.Pool):
		l.tell(playbook.Warning, at, fault.RolePoolEmpty)
	default:
		l.tell(playbook.Hint, at, fault.RolePoolGone, strings.Join(gone, ", "))
	}
}

func (l *linter) member(email string) (playbook.Member, bool) {
	i := slices.IndexFunc(l.crew.Members, func(m playbook.Member) bool { return strings.EqualFold(m.Email, email) })
	if i < 0 {
		return playbook.Member{}, false
	}
	return l.crew.Members[i], true
}

// mayLack looks for a step that is to be done by whom nobody has named.
func (l *linter) mayLack(at playbook.Where, r playbook.Role) {
	in, there := l.d.Input(r.Input)
	if !there || in.Required || in.Default != "" {
		return
	}
	for _, s := range l.d.Steps {
		if s.Role != r.ID {
			continue
		}
		undone := false
		l.ways.through([]string{s.ID}, in.ID, func(w way) bool {
			undone = undone || w.answers[in.ID] == "" && w.holds[s.ID]
			return undone
		})
		if undone {
			at.Field = "who"
			l.tell(playbook.Hint, at, fault.RoleMayLack, in.Label, s.Title)
			return
		}
	}
}

// titles looks for names of tasks with a gap in them.
func (l *linter) titles() {
	for _, s := range l.d.Steps {
		for _, name := range playbook.Mentions(s.Title) {
			in, isInput := l.d.Input(name)
			if !isInput || in.Required || in.Default != "" {
				continue
			}
			empty := false
			l.ways.through([]string{s.ID}, in.ID, func(w way) bool {
				empty = empty || w.answers[in.ID] == "" && w.holds[s.ID]
				return empty
			})
			if empty {
				l.tell(playbook.Hint, l.step(s.ID, "title"), fault.TitleMayLack, in.Label)
			}
		}
	}
}

// lines looks for steps and sections that hang loose where others hang together.
func (l *linter) lines() {
	inside, across := map[string]int{}, map[string]int{} // lines by section
	lines := 0
	for _, s := range l.d.Steps {
		for _, n := range s.Needs {
			lines++
			if from := l.d.Steps[l.at[n.Step]].Section; from == s.Section {
				inside[from]++
			} else {
				across[from]++
				across[s.Section]++
			}
		}
	}
	for _, s := range l.d.Steps {
		if lines > 0 && len(l.d.Steps) > 2 && len(s.Needs) == 0 && !l.followed[s.ID] {
			l.tell(playbook.Hint, l.step(s.ID, "needs"), fault.StandsAlone)
		}
	}
	for i, s := range l.d.Sections {
		if len(across) > 0 && across[s.ID] == 0 && inside[s.ID] > 0 {
			l.tell(playbook.Hint, playbook.Where{In: playbook.InSection, ID: s.ID, Index: i}, fault.SectionLoose, s.Name)
		}
	}
}

// someMonday begins what is planned of no run; which one makes no difference, for no
// holidays are counted.
var someMonday = time.Date(2024, 1, 1, 9, 0, 0, 0, time.UTC)

func (l *linter) weekdays() flow.Calendar { return flow.Calendar{Zone: time.UTC, Off: l.crew.Days.Off} }

// estimates looks at the longest way through: who it hangs on, and what it knows.
func (l *linter) estimates() {
	if !slices.ContainsFunc(l.d.Steps, func(s playbook.Step) bool { return s.Estimate > 0 }) {
		l.tell(playbook.Hint, playbook.Where{}, fault.NoEstimates)
		return
	}
	made := schedule(l.d, estimated, l.weekdays(), someMonday)
	if made == nil {
		return
	}
	var critical []playbook.Step
	for _, s := range l.d.Steps {
		if !made.Bars[s.ID].Critical {
			continue
		}
		critical = append(critical, s)
		if s.Estimate == 0 {
			l.tell(playbook.Hint, l.step(s.ID, "estimate"), fault.EstimateLacks)
		}
	}
	l.one(critical)
}

// leastCritical is how many steps make a path that can hang on one person.
const leastCritical = 3

// one looks whether all that decides when a run ends is one person's.
func (l *linter) one(critical []playbook.Step) {
	who, others := "", false
	for _, s := range l.d.Steps {
		others = others || l.player(s.Role) != l.player(l.d.Steps[0].Role)
	}
	for i, s := range critical {
		if player := l.player(s.Role); i > 0 && player != who {
			return
		} else if who = player; who == "" {
			return
		}
	}
	if others && len(critical) >= leastCritical {
		r, _ := l.d.Role(critical[0].Role)
		l.tell(playbook.Hint, l.step(critical[0].ID, "role"), fault.OnePersonDecides, r.Name, len(critical))
	}
}

// player is who plays a role, as far as that is known: two with the same are one person,
// and of two with others nobody knows. Empty: there is no such role.
func (l *linter) player(role string) string {
	r, there := l.d.Role(role)
	switch {
	case !there:
		return ""
	case l.crew.Cast[role] != "":
		return l.crew.Cast[role]
	case r.Who == playbook.ByName:
		return l.addressed(r.Person)
	case r.Who == playbook.FromInput:
		return "input " + r.Input
	case r.Who == playbook.Manager:
		return "manager"
	}
	return "role " + r.ID
}

// addressed is who an address is, as player says it.
func (l *linter) addressed(email string) string {
	if m, there := l.member(email); there {
		return m.ID
	}
	return strings.ToLower(email)
}

// dues looks for dates that the estimates do not reach, and for approvals that are no
// second look.
func (l *linter) dues() {
	l.fromStart()
	for _, s := range l.d.Steps {
		l.tight(s)
		l.approver(s)
	}
}

// fromStart compares the dates that count from the start with the earliest that the
// estimates allow, whatever day of the week that is.
func (l *linter) fromStart() {
	type reach struct {
		possible bool
		least    int // minutes of work until then
	}
	reached := map[string]reach{}
	if !slices.ContainsFunc(l.d.Steps, func(s playbook.Step) bool { return s.Due.From == playbook.Start }) {
		return
	}
	cal := l.weekdays()
	work := plan.OfficeHours(cal)
	for i := range 7 {
		from := someMonday.AddDate(0, 0, i)
		made := schedule(l.d, func(s playbook.Step) int { return s.Estimate }, cal, from)
		if made == nil {
			return
		}
		for _, s := range l.d.Steps {
			if s.Due.From != playbook.Start {
				continue
			}
			due := s.Due.On(from, cal)
			end := time.Date(due.Year(), due.Month(), due.Day(), 0, work.Until, 0, 0, time.UTC)
			finish := made.Bars[s.ID].Finish
			r, seen := reached[s.ID]
			r.possible = r.possible || !finish.After(end)
			if needs := work.Between(from, finish); !seen || needs < r.least {
				r.least = needs
			}
			reached[s.ID] = r
		}
	}
	for _, s := range l.d.Steps {
		if r, counts := reached[s.ID]; counts && !r.possible && s.Due.Amount >= 0 {
			l.tell(playbook.Warning, l.step(s.ID, "due"), fault.DueUnreachable, s.Due.String(), flow.FormatEstimate(r.least))
		}
	}
}

// tight looks for a step that has less time between the date of what it waits for and
// its own than it is estimated to take.
func (l *linter) tight(s playbook.Step) {
	if s.Join == flow.Any && len(s.Needs) > 1 || s.Due.From == playbook.Never || s.Due.From == playbook.Needed {
		return
	}
	for _, n := range s.Needs {
		p := l.d.Steps[l.at[n.Step]]
		between := s.Due.Amount - p.Due.Amount
		same := p.Due.From == s.Due.From && p.Due.Input == s.Due.Input && (p.Due.Unit == s.Due.Unit || p.Due.Amount == 0 || s.Due.Amount == 0)
		if same && between >= 0 && s.Estimate > (between+1)*day {
			l.tell(playbook.Hint, l.step(s.ID, "due"), fault.DueTight, flow.FormatEstimate(s.Estimate), p.Title, p.Due.String(), s.Due.String())
			return
		}
	}
}

// approver looks for an approval by the very person who does the step, in another role.
func (l *linter) approver(s playbook.Step) {
	if len(s.Approval.By) > 1 && s.Approval.Join == flow.Any {
		return
	}
	does := l.player(s.Role)
	for _, by := range s.Approval.By {
		approves := cmp.Or(l.player(by), l.addressed(by))
		if by != s.Role && does != "" && approves == does {
			l.tell(playbook.Warning, l.step(s.ID, "approval"), fault.ApproverDoes, l.name(by), l.name(s.Role))
			return
		}
	}
}

// name is what a role is called; an address stays as it is.
func (l *linter) name(role string) string {
	if r, there := l.d.Role(role); there {
		return r.Name
	}
	return role
}

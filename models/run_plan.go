package models

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/playbook"
)

// RunInput is what a person says of a run that is to be started, as it was typed.
type RunInput struct {
	Version int64             // of the template that the form was made of
	Name    string            // empty: made of what is answered
	Board   string            // on which its tasks are made
	Answers map[string]string // by input; what is missing has its default
	Cast    map[string]string // users by role; what is missing is proposed
	From    string            // YYYY-MM-DD; empty: today
	Until   string            // YYYY-MM-DD; empty: no day is set
	Without []string          // steps that are left out of this run
}

// AnswerField and RoleField name the field of a form that an input's answer, or a
// role's person, is typed into.
func AnswerField(input string) string { return "input." + input }

// RoleField is as AnswerField.
func RoleField(role string) string { return "role." + role }

// StartView is all that somebody needs who starts a run.
type StartView struct {
	Team     MyTeam
	Template Template
	Version  TemplateVersion
	playbook.Definition
	Boards []Board // that tasks can be made on
	People []Mate
	Input  RunInput          // with what was left out filled in
	Cast   map[string]string // users by role: as typed, else as proposed
	Sheet  playbook.Sheet    // zero while something is wrong
	Board  Board             // that of the input; zero: none yet

	schedule Schedule // that starts it; zero: somebody does
	planner  playbook.Planner
	show     func(playbook.Field, string) string // how an answer reads
}

// Mate is somebody who may play a role, with the open tasks that they have already.
type Mate struct {
	Person
	Email string
	Open  int // tasks whose turn it is
	// Of those who look at a start: open tasks that are due in the next two weeks, and
	// whether that is far more than the others have.
	Soon       int
	Overloaded bool

	Away
}

// Named is the person of an ID, without a name if there is none such in the team.
func (v StartView) Named(id string) Person {
	for _, m := range v.People {
		if m.ID == id {
			return m.Person
		}
	}
	return Person{ID: id}
}

// PrepareRun reads what is needed to start a run of a template's newest version,
// and proposes what can be proposed and in does not say. What it says of anything else
// is left out; people may be named by their addresses.
func (s *Store) PrepareRun(ctx context.Context, who Actor, template string, in RunInput) (StartView, error) {
	v, err := s.startView(ctx, who, template, in, false)
	v.known()
	return v, err
}

// known leaves out what the template does not ask for.
func (v *StartView) known() {
	maps.DeleteFunc(v.Input.Answers, func(id, _ string) bool { _, is := v.Definition.Input(id); return !is })
	maps.DeleteFunc(v.Input.Cast, func(id, _ string) bool { _, is := v.Role(id); return !is })
	for role, person := range v.Input.Cast {
		v.Input.Cast[role] = v.idOf(person)
	}
	for name, own := range map[string]*string{"name": &v.Input.Name, "until": &v.Input.Until} {
		if _, taken := v.Definition.Input(name); taken {
			*own = "" // it was meant for the input
		}
	}
	v.Input.Name = shorten(v.Input.Name, MaxRunName)
}

// PlanRun is PrepareRun with all that a run would make. It returns Invalid faults by
// field, OtherVersion if the template has a newer one than the form, TemplateArchived
// or NotPublished; with the first the view is whole but for the sheet.
func (s *Store) PlanRun(ctx context.Context, who Actor, template string, in RunInput) (StartView, error) {
	return s.startView(ctx, who, template, in, true)
}

func (s *Store) startView(ctx context.Context, who Actor, template string, in RunInput, plan bool) (v StartView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, ofTemplate(template), access.StartRun)
		if err != nil {
			return err
		}
		v, err = startOf(db, &s.books, team, template, in, s.now())
		if err != nil || !plan {
			return err
		}
		return v.plan()
	})
	return v, err
}

// startOf reads all that a start needs, and fills in what was left out.
func startOf(db *gorm.DB, books *books, team MyTeam, template string, in RunInput, now time.Time) (StartView, error) {
	v, last, err := readStart(db, books, team, template)
	v.Input = in
	if err == nil {
		v.fillIn(last, now)
		err = weigh(db, team.Team, v.People, now)
	}
	return v, err
}

// readStart reads all that a start needs, and the run of the template before it.
func readStart(db *gorm.DB, books *books, team MyTeam, template string) (v StartView, last Run, err error) {
	v = StartView{Team: team}
	if v.Template, err = readTemplate(db, template); err != nil {
		return v, last, err
	}
	switch {
	case v.Template.ArchivedAt != nil:
		return v, last, fault.New(fault.Conflict, fault.TemplateArchived)
	case v.Template.Published == 0:
		return v, last, fault.New(fault.Conflict, fault.NotPublished)
	}
	if v.Version, err = templateVersion(db, template, v.Template.Published); err != nil {
		return v, last, err
	}
	b, err := books.of(db, template, v.Template.Published)
	if err != nil {
		return v, last, err
	}
	v.Definition = b.Definition
	if v.planner, err = playbook.NewPlanner(v.Definition); err != nil {
		return v, last, err
	}
	if err := db.Order("LOWER(name), id").Find(&v.Boards, "team_id = ? AND archived_at IS NULL", team.ID).Error; err != nil {
		return v, last, err
	}
	if v.People, err = mates(db, team.ID); err != nil {
		return v, last, err
	}
	if v.show, err = shownAnswers(db, team.ID); err != nil {
		return v, last, err
	}
	last, err = lastRun(db, template)
	return v, last, err
}

// mates are the members of a team with their open tasks.
func mates(db *gorm.DB, team string) (people []Mate, err error) {
	err = db.Raw(`SELECT u.id, u.name, u.email, u.away_from, u.away_until, m.role, (SELECT COUNT(*) FROM task_owners o JOIN tasks t ON t.id = o.task_id
			WHERE o.user_id = u.id AND o.team_id = m.team_id AND t.state IN ('ready', 'in_progress', 'in_review') AND t.archived_at IS NULL AND t.deleted_at IS NULL) AS open
		FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = ? ORDER BY LOWER(u.name), u.id`, team).Scan(&people).Error
	return people, err
}

// lastRun is the run of a template that was started last; zero if there is none.
func lastRun(db *gorm.DB, template string) (r Run, err error) {
	var found []Run
	err = db.Order("id DESC").Limit(1).Find(&found, "template_id = ? AND state <> ?", template, RunIsUndone).Error
	if len(found) > 0 {
		r = found[0]
	}
	return r, err
}

// fillIn proposes what was left out: defaults, people for the roles, the board of
// the run before, today.
func (v *StartView) fillIn(last Run, now time.Time) {
	in := &v.Input
	if in.Version == 0 {
		in.Version = v.Template.Published
	}
	in.Answers, in.Cast = clone(in.Answers), clone(in.Cast)
	for _, f := range v.Inputs {
		if _, given := in.Answers[f.ID]; !given {
			in.Answers[f.ID] = f.Default
		}
		if f.Type == playbook.Person {
			in.Answers[f.ID] = v.idOf(in.Answers[f.ID])
		}
	}
	if in.From == "" {
		in.From = now.In(Zone(v.Team.Zone)).Format(time.DateOnly)
	}
	cast := playbook.Cast(v.Definition, in.Answers, playersOf(v.People, Date(in.From)), last.Cast())
	for _, r := range v.Roles {
		switch typed, given := in.Cast[r.ID]; {
		case r.Who == playbook.FromInput:
			in.Cast[r.ID] = cast[r.ID]
		case given:
			in.Cast[r.ID] = typed
		case r.Who == playbook.Asked && slices.ContainsFunc(v.People, func(m Mate) bool { return m.ID == last.Cast()[r.ID] }):
			in.Cast[r.ID] = last.Cast()[r.ID] // whoever it was the last time
		default:
			in.Cast[r.ID] = cast[r.ID]
		}
	}
	v.Cast = in.Cast
	if in.Board == "" {
		in.Board = v.boardBefore(last)
	}
}

// boardBefore is the board of the run before, or the only one that there is.
func (v *StartView) boardBefore(last Run) string {
	if slices.ContainsFunc(v.Boards, func(b Board) bool { return b.ID == last.BoardID }) {
		return last.BoardID
	}
	if len(v.Boards) == 1 {
		return v.Boards[0].ID
	}
	return ""
}

func clone(m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return maps.Clone(m)
}

// idOf is the member of an address, for what a template says of a person.
func (v StartView) idOf(text string) string {
	for _, m := range v.People {
		if strings.EqualFold(m.Email, text) && text != "" {
			return m.ID
		}
	}
	if strings.Contains(text, "@") {
		return "" // the template's default is not in this team
	}
	return text
}

// playersOf are people as those who may play roles from a day on; empty: from any.
func playersOf(people []Mate, from Date) []playbook.Member {
	all := make([]playbook.Member, len(people))
	for i, m := range people {
		all[i] = playbook.Member{ID: m.ID, Email: m.Email, Manager: access.Can(m.Role, access.EditTemplate), Viewer: !access.Can(m.Role, access.EditTask), Load: m.Open, Away: m.On(from)}
	}
	return all
}

// plan works out the sheet; all that is wrong is told at once.
func (v *StartView) plan() error {
	in := &v.Input
	if in.Version != v.Template.Published {
		return fault.New(fault.Conflict, fault.OtherVersion, v.Template.Published)
	}
	answers, faults, err := v.said()
	if err != nil {
		return err
	}
	from, wrong := dayOf("from", in.From)
	faults = append(faults, wrong)
	until, wrong := dayOf("until", in.Until)
	faults = append(faults, wrong)
	switch {
	case wrong == nil && until.IsZero() && v.NeedsEnd():
		faults = append(faults, fault.On("until", fault.Needed))
	case !until.IsZero() && until.Before(from):
		faults = append(faults, fault.On("until", fault.EndsBeforeStart))
	}
	if i := slices.IndexFunc(v.Boards, func(b Board) bool { return b.ID == in.Board }); i >= 0 {
		v.Board = v.Boards[i]
	} else if in.Board == "" {
		faults = append(faults, fault.On("board", fault.Needed))
	} else {
		faults = append(faults, fault.On("board", fault.NotAChoice))
	}
	in.Name = tidy(in.Name)
	if utf8.RuneCountInString(in.Name) > MaxRunName {
		faults = append(faults, fault.On("name", fault.TooLong, MaxRunName))
	}
	in.Without = slices.DeleteFunc(slices.Clone(in.Without), func(id string) bool { _, there := v.Step(id); return !there })
	if err := fault.All(faults...); err != nil {
		return err
	}
	return v.sheet(answers, from, until)
}

// said reads the answers, and finds what is wrong with them and with the people.
func (v *StartView) said() (playbook.Answers, []*fault.Fault, error) {
	answers, err := v.ReadInputs(v.Input.Answers)
	faults := prefixed(err, AnswerField)
	if err != nil && faults == nil {
		return nil, nil, err
	}
	for _, f := range v.Inputs {
		if id := answers[f.ID]; f.Type == playbook.Person && id != "" && v.Named(id).Name == "" {
			faults = append(faults, fault.On(AnswerField(f.ID), fault.NotInTeam))
		}
	}
	for _, r := range v.Roles {
		if id := v.Input.Cast[r.ID]; id != "" && v.Named(id).Name == "" {
			faults = append(faults, fault.On(RoleField(r.ID), fault.NotInTeam))
		}
	}
	return answers, faults, nil
}

// cast are the people of the roles, as plans want them.
func (v *StartView) cast() map[string][]string {
	cast := map[string][]string{}
	for role, id := range v.Input.Cast {
		if id != "" {
			cast[role] = []string{id}
		}
	}
	return cast
}

// sheet plans the run, once all that was typed is right.
func (v *StartView) sheet(answers playbook.Answers, from, until time.Time) error {
	in := &v.Input
	in.Answers = answers
	if in.Name == "" {
		in.Name = v.nameOf(answers, v.show)
	}
	sheet, err := v.planner.Plan(playbook.Launch{Answers: answers, Cast: v.cast(), From: from, Until: until, Calendar: v.Team.calendar(), Show: v.show})
	v.Sheet = sheet
	return err
}

// nameOf is a run's name where nobody says one: the template's, and the first thing
// that had to be answered.
func (v *StartView) nameOf(answers playbook.Answers, show func(playbook.Field, string) string) string {
	name := v.Definition.Name
	for _, f := range v.Inputs {
		if f.Required && answers[f.ID] != "" && (f.Type == playbook.Text || f.Type == playbook.Person) {
			name += " · " + tidy(show(f, answers[f.ID]))
			break
		}
	}
	return shorten(name, MaxRunName)
}

func shorten(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// prefixed are the faults in err with their fields as a form names them; nil if it
// is no fault.
func prefixed(err error, name func(string) string) []*fault.Fault {
	f := fault.From(err)
	if f == nil {
		return nil
	}
	also := f.Also
	f.Also = nil
	all := append([]*fault.Fault{f}, also...)
	for _, f := range all {
		f.Field = name(f.Field)
	}
	return all
}

// dayOf reads YYYY-MM-DD; empty is no day.
func dayOf(field, text string) (time.Time, *fault.Fault) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return day, fault.On(field, fault.NotADate)
	}
	return day, nil
}

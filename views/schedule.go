package views

import (
	"context"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/models/recur"
	"relevo/views/say"
)

// SchedulesURL is the page of a template's schedules.
func SchedulesURL(template string) templ.SafeURL { return TemplateURL(template) + "/schedules" }

// ScheduleURL is where a schedule is changed.
func ScheduleURL(id string) templ.SafeURL { return templ.SafeURL("/schedules/" + id) }

// How a date of a schedule is counted, beside the field for a day of its own.
const (
	DateUnset     = ""
	DateOnStart   = "start"
	DateOwn       = "day"
	DateAfter     = "after"
	DateAfterWork = "after_work"
	DateAhead     = "before"
	DateAheadWork = "before_work"
)

// DateHow and DateDays name the fields beside a date's own.
func DateHow(name string) string { return name + ".how" }

// DateDays is as DateHow.
func DateDays(name string) string { return name + ".days" }

// ProposedRole is the value of a role that nobody is bound to: who plays it is proposed at
// each start.
const ProposedRole = "proposed"

// ScheduleForm is what somebody says of a schedule, as it was typed.
type ScheduleForm struct {
	models.ScheduleView
	Typed   url.Values // nil: nothing yet
	Problem *fault.Fault
}

func (f ScheduleForm) action() templ.SafeURL {
	if f.Schedule.ID != "" {
		return ScheduleURL(f.Schedule.ID)
	}
	return SchedulesURL(f.Template.ID)
}

func (f ScheduleForm) title(w *say.Words) string {
	if f.Schedule.ID != "" {
		return w.Schedule.Edit
	}
	return w.Schedule.NewTitle
}

func (f ScheduleForm) ruleFields() RuleFields {
	return RuleFields{Rule: f.In.Rule, Day: date(models.Date(f.In.From)), Typed: f.Typed, Problem: f.Problem}
}

func (f ScheduleForm) presets() []recur.Rule { return presetsOn(date(f.Today)) }

// preset is which of the usual rules the form shows.
func (f ScheduleForm) preset() string {
	is := f.In.Rule.String()
	for _, r := range f.presets() {
		if r.String() == is {
			return f.ruleFields().value("preset", is)
		}
	}
	return f.ruleFields().value("preset", CustomRepeat)
}

func (f ScheduleForm) offs(w *say.Words) []Option {
	var all []Option
	for _, o := range recur.OffDays {
		all = append(all, Option{string(o), w.Schedule.Offs[o]})
	}
	return all
}

// datePart is a date that may be counted from the day of a start.
type datePart struct {
	how, days, own string
}

func datePartOf(text string) datePart {
	due, counted := models.DateAnswer(text)
	amount := strconv.Itoa(max(due.Amount, -due.Amount))
	working := due.Unit == flow.WorkingDays
	switch {
	case text == "":
		return datePart{how: DateUnset}
	case !counted:
		return datePart{how: DateOwn, own: text}
	case due.Amount == 0:
		return datePart{how: DateOnStart}
	case due.Amount > 0 && working:
		return datePart{how: DateAfterWork, days: amount}
	case due.Amount > 0:
		return datePart{how: DateAfter, days: amount}
	case working:
		return datePart{how: DateAheadWork, days: amount}
	}
	return datePart{how: DateAhead, days: amount}
}

// dateHows are the ways to count a date; needed leaves none out.
func dateHows(w *say.Words, f playbook.Field) []Option {
	s := w.Schedule
	all := []Option{{DateOnStart, s.OnStart}, {DateAfter, s.After[0]}, {DateAfterWork, s.After[1]}, {DateAhead, s.Before[0]}, {DateAheadWork, s.Before[1]}, {DateOwn, s.OwnDay}}
	first := Option{DateUnset, s.Unset}
	if f.Required {
		first.Label = w.Runs.ChooseOne
	}
	return append([]Option{first}, all...)
}

// roleChoices are who can play a role each time.
func roleChoices(w *say.Words, f ScheduleForm, r playbook.Role) []Option {
	first := Option{ProposedRole, w.Schedule.AsSaid}
	if r.Who == playbook.Asked {
		first.Label = w.Schedule.AsBefore
	} else if who := w.Runs.Who(r, ""); who != "" {
		first.Label += " (" + who + ")"
	}
	return append([]Option{first}, loadOptions(w, f.People)...)
}

func (f ScheduleForm) role(id string) string {
	if is, bound := f.In.Cast[id]; bound {
		return is
	}
	return ProposedRole
}

// answer is what an input is answered with; its default, where nothing is said.
func (f ScheduleForm) answer(in playbook.Field) string {
	if is, given := f.In.Answers[in.ID]; given {
		return is
	}
	return in.Default
}

// rolesToBind are those that are not played by whoever an input names.
func rolesToBind(d playbook.Definition) (all []playbook.Role) {
	for _, r := range d.Roles {
		if r.Who != playbook.FromInput {
			all = append(all, r)
		}
	}
	return all
}

func schedulesEdits(v models.SchedulesView) bool {
	return access.Can(v.Team.Role, access.EditTemplate)
}

// schedulesStart reports whether a template can be put on a schedule.
func schedulesStart(v models.SchedulesView) bool {
	return schedulesEdits(v) && v.Template.Published > 0 && v.Template.ArchivedAt == nil
}

// troubleTexts say why the last run did not start.
func troubleTexts(ctx context.Context, s models.Schedule) []string {
	var all []string
	for _, t := range s.Troubles() {
		all = append(all, say.In(ctx).ScheduleTrouble(t.Field, t.Label, t.Fault()))
	}
	return all
}

// keeper says who keeps a schedule.
func keeper(w *say.Words, s models.ScheduleSummary) string {
	if s.Keeper == "" {
		return w.Schedule.Nobody
	}
	return w.Schedule.KeptBy(s.Keeper)
}

// startedBy says who, or which schedule, started a run.
func startedBy(w *say.Words, r models.Run, person, schedule string) string {
	switch {
	case r.ScheduleID == "":
		return w.Runs.StartedBy(person)
	case schedule == "":
		return w.Schedule.ByOneGone
	}
	return w.Schedule.StartedBy(schedule)
}

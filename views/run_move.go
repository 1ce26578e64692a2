package views

import (
	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/playbook"
	"relevo/views/say"
)

// MovesForm is what stands in the form that moves runs to another version.
type MovesForm struct {
	models.MovesInput
	Only    string // the one run that was asked about
	All     bool   // every run is chosen
	Problem *fault.Fault
}

// chosen reports whether the box of a run is ticked.
func (f MovesForm) chosen(run string) bool {
	return f.MovesInput.Chosen(run) || f.Problem == nil && (f.All || f.Only == run)
}

// movesURL is where runs of a template are moved to its newest version.
func movesURL(template string) templ.SafeURL { return TemplateURL(template) + "/moves" }

// stepGroup is what becomes of some steps of a run that is moved.
type stepGroup struct {
	Is    playbook.Change // empty: they stay
	Title string
	Steps []playbook.Difference
}

// stepGroups says what becomes of each step of the run that is not as it was.
func stepGroups(w *say.Words, d playbook.Definition, m models.RunMove) []stepGroup {
	v := w.Playbook.Versions
	named := func(ids []string, is playbook.Change) (all []playbook.Difference) {
		for _, id := range ids {
			name := m.Titles[id]
			if step, there := d.Step(id); there && name == "" {
				name = stepName(step)
			}
			all = append(all, playbook.Difference{Is: is, In: playbook.InStep, ID: id, Name: name})
		}
		return all
	}
	changed := make([]playbook.Difference, len(m.Changed))
	for i, c := range m.Changed {
		changed[i] = c
		if name := m.Titles[c.ID]; name != "" {
			changed[i].Name = name
		}
	}
	var groups []stepGroup
	for _, g := range []stepGroup{{playbook.Added, v.Gets, named(m.Added, playbook.Added)}, {playbook.Removed, v.Loses, named(m.Removed, playbook.Removed)},
		{playbook.Changed, v.Alters, changed}, {"", v.Keeps, named(m.Kept, "")}} {
		if len(g.Steps) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// asksMore reports whether moving the run needs an answer.
func asksMore(m models.RunMove) bool { return len(m.Ask)+len(m.Cast) > 0 || m.NeedsDay }

// wholeOf is what is wrong with moving a run, beside its fields.
func (f MovesForm) wholeOf(run string) *fault.Fault { return f.Problem.For(models.MoveField(run, "")) }

// wrongWith reports whether anything is wrong with what was said of a run.
func (f MovesForm) wrongWith(run string) bool {
	if f.Problem == nil {
		return false
	}
	for _, one := range append([]*fault.Fault{f.Problem}, f.Problem.Also...) {
		if len(one.Field) > len(run) && one.Field[:len(run)] == run {
			return true
		}
	}
	return false
}

func groupIcon(is playbook.Change) string {
	if is == "" {
		return "done"
	}
	return changeIcon(is)
}

func mayEditTemplates(role access.Role) bool { return access.Can(role, access.EditTemplate) }

func mayStart(team models.MyTeam) bool { return access.Can(team.Role, access.StartRun) }

// afterDid is where one goes on after undoing what led to a run's page: the run, but
// to the others if its very start is undone.
func afterDid(v models.RunView, did *ledger.Entry) templ.SafeURL {
	if did != nil && did.Action == string(models.RunStarted) {
		return TemplateURL(v.Template.ID) + "/runs"
	}
	return RunURL(v.Run.ID)
}

package playbook

import (
	"cmp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"relevo/models/flow"
)

// Work is a task as it stands on a board, of which a step can be made.
type Work struct {
	ID          string
	Title       string
	Description string
	Owner       string // e-mail address; empty: nobody
	OwnerName   string
	Due         string // YYYY-MM-DD; empty: none
	Estimate    int    // minutes
	Priority    Priority
	Labels      []string
	Checklist   []Item
	NeedsFile   bool
	Join        flow.Join
	Needs       []Need // by ID of the task
}

// Recall makes a definition of work that has been laid out by hand: each task is a
// step, each person a role, and due dates count from start, in working days where
// that comes out the same. Prerequisites that are not among the tasks are left out.
// Evidence names what is asked for where a task needs a file. What Check finds in
// it is what nobody can know for the team.
func Recall(name, lang, evidence string, tasks []Work, start time.Time, cal flow.Calendar) Definition {
	d := Definition{Name: fit(name, MaxName), Lang: lang}
	steps, roles := names{}, names{}
	ids := make(map[string]string, len(tasks))
	for i, t := range tasks {
		ids[t.ID] = steps.id(t.Title, "step", i)
	}
	people := map[string]string{}
	for _, t := range tasks {
		role := ""
		if t.Owner != "" {
			if people[t.Owner] == "" {
				people[t.Owner] = roles.id(cmp.Or(t.OwnerName, t.Owner), "role", len(people))
				d.Roles = append(d.Roles, roleOf(people[t.Owner], t))
			}
			role = people[t.Owner]
		}
		d.Steps = append(d.Steps, t.step(ids, role, evidence, start, cal))
	}
	return d
}

// roleOf is a role that its task's owner plays.
func roleOf(id string, t Work) Role {
	r := Role{ID: id, Name: fit(cmp.Or(t.OwnerName, t.Owner), MaxName), Who: Asked}
	if isEmail(t.Owner) {
		r.Who, r.Person = ByName, t.Owner
	}
	return r
}

func (t Work) step(ids map[string]string, role, evidence string, start time.Time, cal flow.Calendar) Step {
	s := Step{
		ID: ids[t.ID], Title: fit(t.Title, MaxTitle), Description: clearOf(t.Description, MaxDescription), Role: role, Due: dueAfter(start, t.Due, cal),
		Estimate: min(max(t.Estimate, 0), flow.MaxEstimate), Priority: t.Priority, Join: flow.All,
	}
	if t.NeedsFile {
		s.Evidence = evidence
	}
	seen := map[string]bool{}
	for _, l := range t.Labels {
		if l = fit(l, MaxLabel); l != "" && !seen[l] && len(s.Labels) < MaxLabels {
			seen[l] = true
			s.Labels = append(s.Labels, l)
		}
	}
	for _, item := range t.Checklist {
		if item.Text = fit(item.Text, MaxTitle); item.Text != "" && len(s.Checklist) < MaxItems {
			s.Checklist = append(s.Checklist, item)
		}
	}
	for _, n := range t.Needs {
		if id, there := ids[n.Step]; there {
			n.Step = id
			s.Needs = append(s.Needs, n)
		}
	}
	if len(s.Needs) > 0 && t.Join == flow.Any {
		s.Join = flow.Any
	}
	return s
}

// dueAfter counts how long after the start a day is.
func dueAfter(start time.Time, day string, cal flow.Calendar) Due {
	to, ok := readDate(day)
	if !ok {
		return Due{}
	}
	from := midnight(start)
	days := int(to.Sub(from).Hours() / 24)
	if days > MaxDue || days < -MaxDue {
		return Due{}
	}
	for n := range days + 1 {
		switch on := cal.Shift(from, n, true); {
		case n > 0 && on.Equal(to):
			return Due{From: Start, Amount: n, Unit: flow.WorkingDays}
		case on.After(to):
			return Due{From: Start, Amount: days, Unit: flow.Days}
		}
	}
	return Due{From: Start, Amount: days, Unit: flow.Days}
}

// fit makes a text of one line that means nothing but itself.
func fit(text string, most int) string {
	return clearOf(strings.Join(strings.Fields(text), " "), most)
}

// clearOf takes out of a text what a definition does not hold, and what would be
// taken for a placeholder.
func clearOf(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || r == '\ufeff' || r == '\u2028' || r == '\u2029' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for strings.Contains(text, "{{") {
		text = strings.ReplaceAll(text, "{{", "{ {")
	}
	text = Tidy(text)
	if utf8.RuneCountInString(text) > most {
		text = Tidy(string([]rune(text)[:most-1])) + "…"
	}
	return text
}

// names are IDs that are given already.
type names map[string]bool

// id makes an ID of a name: "Sign the contract" is sign_the_contract. Where nothing
// is left of it, or it means something else, it is the fallback with a number.
func (t names) id(name, fallback string, i int) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	id := strings.Trim(b.String(), "_")
	if len(id) > MaxID-4 { // room for a number
		id = strings.TrimRight(id[:MaxID-4], "_")
	}
	if !validID.MatchString(id) || Reserved(id) {
		id = fallback + "_" + itoa(i+1)
	}
	unique := id
	for n := 2; t[unique]; n++ {
		unique = id + "_" + itoa(n)
	}
	t[unique] = true
	return unique
}

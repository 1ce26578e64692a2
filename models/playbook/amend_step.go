package playbook

import (
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Form is what people say of a step in a form, as it was typed.
type Form struct {
	Title, Description string
	Section, Role      string // by name; one that is not there is made
	Due, Estimate      string
	When               string
	Any                bool // one of what it waits for is enough
}

// FormOf is the form of a step as it is.
func (d Definition) FormOf(s Step) Form {
	f := Form{Title: s.Title, Description: s.Description, Section: s.Section, Role: s.Role, Due: s.Due.String(), Estimate: flow.FormatEstimate(s.Estimate), When: s.When, Any: s.Join == flow.Any}
	if x, there := d.Section(s.Section); there {
		f.Section = x.Name
	}
	if x, there := d.Role(s.Role); there {
		f.Role = x.Name
	}
	return f
}

// Fill takes over what was typed about a step. Everything that is wrong is returned
// at once, by the field.
func (d *Definition) Fill(step string, f Form) error {
	at := d.at(step)
	if at < 0 {
		return fault.New(fault.Missing, fault.NotFound)
	}
	s := d.Steps[at]
	var wrong []*fault.Fault
	line := func(field, text string, most int, needed bool) string {
		text = strings.Join(strings.Fields(text), " ")
		sh := shaper{}
		if sh.line(field, text, most, needed); len(sh.findings) > 0 {
			wrong = append(wrong, fault.On(field, sh.findings[0].Code, sh.findings[0].Args...))
		}
		return text
	}
	s.Title = line("title", f.Title, MaxTitle, true)
	s.Description = Tidy(f.Description)
	sh := shaper{}
	if sh.text("description", s.Description, MaxDescription); len(sh.findings) > 0 {
		wrong = append(wrong, fault.On("description", sh.findings[0].Code, sh.findings[0].Args...))
	}
	section, role := line("section", f.Section, MaxName, false), line("role", f.Role, MaxName, false)
	s.Due, s.Estimate = Due{}, 0
	if text := strings.TrimSpace(f.Due); text != "" {
		due, ok := ParseDue(text)
		if !ok {
			wrong = append(wrong, fault.On("due", fault.BadDue, clip(text)))
		}
		s.Due = due
	}
	if text := strings.TrimSpace(f.Estimate); text != "" {
		minutes, ok := flow.ParseEstimate(text)
		if !ok || minutes < 0 || minutes > flow.MaxEstimate {
			wrong = append(wrong, fault.On("estimate", fault.NotAnEstimate))
		}
		s.Estimate = minutes
	}
	if s.When = line("when", f.When, MaxCondition, false); s.When != "" {
		if _, trouble := d.scope().compile(s.When); trouble != nil {
			wrong = append(wrong, fault.On("when", trouble.code, trouble.args...))
		}
	}
	s.Join = flow.All
	if f.Any && len(s.Needs) > 0 {
		s.Join = flow.Any
	}
	if err := fault.All(wrong...); err != nil {
		return err
	}
	var err error
	if s.Section, err = d.section(section); err != nil {
		return err
	}
	if s.Role, err = d.role(role); err != nil {
		return err
	}
	d.Steps[at] = s
	return nil
}

// section finds a section by its name or ID, or makes it.
func (d *Definition) section(name string) (string, error) {
	taken := names{}
	for _, s := range d.Sections {
		if strings.EqualFold(s.Name, name) || s.ID == name {
			return s.ID, nil
		}
		taken[s.ID] = true
	}
	if name == "" {
		return "", nil
	}
	if len(d.Sections) >= MaxSections {
		return "", fault.On("section", fault.TooManyOf, MaxSections)
	}
	s := Section{ID: taken.id(name, "section", len(d.Sections)), Name: name}
	d.Sections = append(d.Sections, s)
	return s.ID, nil
}

// role finds a role by its name or ID, or makes it.
func (d *Definition) role(name string) (string, error) {
	taken := names{}
	for _, r := range d.Roles {
		if strings.EqualFold(r.Name, name) || r.ID == name {
			return r.ID, nil
		}
		taken[r.ID] = true
	}
	if name == "" {
		return "", nil
	}
	if len(d.Roles) >= MaxRoles {
		return "", fault.On("role", fault.TooManyOf, MaxRoles)
	}
	r := Role{ID: taken.id(name, "role", len(d.Roles)), Name: name, Who: Asked}
	d.Roles = append(d.Roles, r)
	return r.ID, nil
}

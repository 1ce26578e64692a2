package models

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// patternOf is what a template keeps of a task.
func (tx *Tx) patternOf(t onBoard) (Pattern, error) {
	p := Pattern{ID: NewID(), BoardID: t.BoardID, Title: t.Title, Description: t.Description, Estimate: t.Estimate, Priority: t.Priority, NeedsFile: t.NeedsFile, CreatedAt: tx.now}
	d, err := tx.draftOf(t, CopyInput{Owners: true, Items: true})
	if err != nil {
		return p, err
	}
	slices.Sort(d.owners)
	p.Owners, p.Items = strings.Join(d.owners, " "), writeItems(d.items)
	worn, err := labelsOn(tx.db, []string{t.ID})
	if err != nil {
		return p, err
	}
	p.Labels, _ = labelNames(worn[t.ID])
	held := map[string]string{}
	for _, v := range d.values {
		held[v.ID] = v.Value
	}
	if p.Held, err = writeJSON(held, len(held) == 0); err != nil {
		return p, err
	}
	c, err := consentOf(tx.db, t.Task)
	if err != nil {
		return p, err
	}
	p.Asks, err = writeJSON(ApprovalInput{Approvers: personIDs(c.approvers), Role: c.Role, Mode: c.Mode, Note: c.Note}, c.TaskID == "")
	return p, err
}

// writeJSON is a value as text; empty for none.
func writeJSON(value any, none bool) (string, error) {
	if none {
		return "", nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// writeItems are the texts of a checklist, one a line, with what done needs marked.
func writeItems(items []Item) string {
	lines := make([]string, len(items))
	for i, item := range items {
		mark := "- "
		if item.Required {
			mark = "! "
		}
		lines[i] = mark + item.Text
	}
	return strings.Join(lines, "\n")
}

// Checklist are the items that a task made of the template begins with.
func (p Pattern) Checklist() (items []Item) {
	for line := range strings.Lines(p.Items) {
		if text := strings.TrimRight(line, "\n"); len(text) > 2 {
			items = append(items, Item{Text: text[2:], Required: text[0] == '!'})
		}
	}
	return items
}

// describePattern is the template as a person wants it.
func (tx *Tx) describePattern(was Pattern, in PatternInput, others []Pattern) (Pattern, error) {
	is := was
	t, wrong := TaskInput{Title: &in.Title, Description: &in.Description, Estimate: &in.Estimate, Priority: &in.Priority}.apply(Task{})
	is.Name, is.Title, is.Description, is.Estimate, is.Priority = oneSpaced(in.Name), t.Title, t.Description, t.Estimate, t.Priority
	is.DueIn, is.NeedsFile = in.DueIn, in.NeedsFile
	is.Owners, is.Labels = sortedIDs(in.Owners), sortedIDs(in.Labels)
	owners, err := tx.stillMembers(strings.Fields(is.Owners))
	if err != nil {
		return is, err
	}
	all, err := labels(tx.db, was.BoardID)
	if err != nil {
		return is, err
	}
	faults := []*fault.Fault{is.wrongName(others), fault.From(wrong), is.wrongDue()}
	for _, id := range strings.Fields(is.Owners) {
		if !slices.Contains(personIDs(owners), id) && !slices.Contains(strings.Fields(was.Owners), id) {
			faults = append(faults, fault.On("owners", fault.NotInTeam))
			break
		}
	}
	for _, id := range strings.Fields(is.Labels) {
		if !slices.ContainsFunc(all, func(l Label) bool { return l.ID == id }) && !slices.Contains(strings.Fields(was.Labels), id) {
			faults = append(faults, fault.On("labels", fault.NotAChoice))
			break
		}
	}
	items, tooLong := checkPatternItems(in.Items)
	is.Items = writeItems(items)
	return is, fault.All(append(faults, tooLong)...)
}

// checkPatternItems leaves out items without text, and refuses those that are too long or too many.
func checkPatternItems(items []Item) (kept []Item, wrong *fault.Fault) {
	for _, i := range items {
		i.Text = oneSpaced(i.Text)
		if utf8.RuneCountInString(i.Text) > MaxTitle {
			wrong = fault.On("items", fault.TooLong, MaxTitle)
		}
		if i.Text != "" {
			kept = append(kept, i)
		}
	}
	if len(kept) > MaxItems {
		wrong = fault.On("items", fault.TooManyAtOnce, MaxItems)
	}
	return kept, wrong
}

// sortedIDs writes IDs as a template keeps them.
func sortedIDs(ids []string) string {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " ")
}

// seen is the template with what of it is among those people, labels and fields.
func (p Pattern) seen(people []Person, all []Label, fields []Field) (PatternView, error) {
	v := PatternView{Pattern: p}
	var err error
	if v.held, err = p.parse(&v.Ask); err != nil {
		return v, err
	}
	owners, worn := strings.Fields(p.Owners), strings.Fields(p.Labels)
	names := map[string]string{}
	for _, person := range people {
		names[person.ID] = person.Name
		if slices.Contains(owners, person.ID) {
			v.OwnedBy = append(v.OwnedBy, person)
		}
		if slices.Contains(v.Ask.Approvers, person.ID) {
			v.AskedOf = append(v.AskedOf, person)
		}
	}
	for _, l := range all {
		if slices.Contains(worn, l.ID) {
			v.Worn = append(v.Worn, l)
		}
	}
	for _, f := range fields {
		value := FieldValue{Field: f, Value: v.held[f.ID]}
		gone := value.Value == ""
		switch f.Kind {
		case custom.Choice:
			o, there := f.option(value.Value)
			value.Text, gone = o.Name, !there
		case custom.Person:
			value.Text = names[value.Value]
			gone = value.Text == ""
		}
		if !gone {
			v.Fields = append(v.Fields, value)
		}
	}
	return v, nil
}

// parse reads what the template holds in fields, and whom it asks.
func (p Pattern) parse(ask *ApprovalInput) (held map[string]string, err error) {
	if p.Held != "" {
		err = json.Unmarshal([]byte(p.Held), &held)
	}
	if p.Asks != "" && err == nil {
		err = json.Unmarshal([]byte(p.Asks), ask)
	}
	if err != nil {
		return nil, fmt.Errorf("read task template: %w", err)
	}
	return held, nil
}

// seenPattern is seen where those are named, too, who have left the team.
func (tx *Tx) seenPattern(p Pattern) (v PatternView, err error) {
	held, err := p.parse(&v.Ask)
	if err != nil {
		return v, err
	}
	all, err := labels(tx.db, p.BoardID)
	if err != nil {
		return v, err
	}
	fields, err := tx.fieldsOf(p.BoardID)
	if err != nil {
		return v, err
	}
	var people []Person
	if ids := slices.Concat(strings.Fields(p.Owners), v.Ask.Approvers, slices.Sorted(maps.Values(held))); len(ids) > 0 {
		err = tx.db.Raw("SELECT id, name FROM users WHERE id IN ? ORDER BY id", ids).Scan(&people).Error
	}
	if err != nil {
		return v, err
	}
	return p.seen(people, all, fields)
}

// draftAs is a task as a template says, with what is still there.
func (tx *Tx) draftAs(p Pattern) (draft, error) {
	v, err := tx.seenPattern(p)
	d := draft{Task: Task{Title: p.Title, Description: p.Description, Estimate: p.Estimate, Priority: p.Priority, NeedsFile: p.NeedsFile},
		owners: personIDs(v.OwnedBy), items: p.Checklist(), values: v.Fields,
		more: []ledger.Change{{Field: "pattern", To: p.ID, ToText: p.Name}}}
	for _, l := range v.Worn {
		d.labels = append(d.labels, l.Name)
	}
	if p.DueIn != nil {
		d.Due = Date(tx.now.In(Zone(tx.Team.Zone)).AddDate(0, 0, *p.DueIn).Format(time.DateOnly))
	}
	return d, err
}

// askAs makes a task ask for approval as a template says, of those who can still
// give it.
func (tx *Tx) askAs(p Pattern, made onBoard) error {
	if p.Asks == "" {
		return nil
	}
	var in ApprovalInput
	if _, err := p.parse(&in); err != nil {
		return err
	}
	all, err := members(tx.db, tx.Team.ID)
	if err != nil {
		return err
	}
	can := func(id string) bool {
		return slices.ContainsFunc(all, func(m Person) bool { return m.ID == id && access.Can(m.Role, access.EditTask) })
	}
	in.Approvers = slices.DeleteFunc(in.Approvers, func(id string) bool { return !can(id) })
	is, err := tx.describeAsk(made, in)
	if fault.From(err) != nil {
		return nil // nobody of them is left
	} else if err != nil {
		return err
	}
	return tx.askFor(made, consent{}, is)
}

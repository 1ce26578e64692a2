package models

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"relevo/models/access"
	"relevo/models/fault"
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

// draftAs is a task as a template says, with what is still there.
func (tx *Tx) draftAs(p Pattern) (draft, error) {
	d := draft{Task: Task{Title: p.Title, Description: p.Description, Estimate: p.Estimate, Priority: p.Priority, NeedsFile: p.NeedsFile},
		owners: strings.Fields(p.Owners), items: p.Checklist()}
	all, err := labels(tx.db, p.BoardID)
	if err != nil {
		return d, err
	}
	for _, l := range all {
		if slices.Contains(strings.Fields(p.Labels), l.ID) {
			d.labels = append(d.labels, l.Name)
		}
	}
	if p.Held == "" {
		return d, nil
	}
	var held map[string]string
	if err := json.Unmarshal([]byte(p.Held), &held); err != nil {
		return d, fmt.Errorf("read task template: %w", err)
	}
	fields, err := tx.fieldsOf(p.BoardID)
	for _, f := range fields {
		v := FieldValue{Field: f, Value: held[f.ID]}
		for _, o := range f.Options {
			if o.ID == v.Value {
				v.Text = o.Name
			}
		}
		d.values = append(d.values, v)
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
	if err := json.Unmarshal([]byte(p.Asks), &in); err != nil {
		return fmt.Errorf("read task template: %w", err)
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

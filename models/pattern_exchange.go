package models

import (
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/exchange"
)

// exportPatterns writes down a board's task templates, with what of them is still there.
func exportPatterns(db *gorm.DB, who Actor, board string, out *exchange.Board) error {
	v, err := patternsFor(db, who, board, access.SeeBoard)
	for _, p := range v.Patterns {
		is := exchange.BoardPattern{Name: p.Name, Title: p.Title, Description: p.Description, DueIn: p.DueIn, Estimate: p.Estimate, Priority: int(p.Priority),
			NeedsFile: p.NeedsFile, Owners: personIDs(p.OwnedBy)}
		for _, l := range p.Worn {
			is.Labels = append(is.Labels, l.Name)
		}
		for _, i := range p.Checklist() {
			is.Checklist = append(is.Checklist, exchange.BoardItem{Text: i.Text, Required: i.Required})
		}
		for _, f := range p.Fields {
			if is.Fields == nil {
				is.Fields = map[string]string{}
			}
			if f.Kind == custom.Choice {
				f.Value = f.Text
			}
			is.Fields[f.Name] = f.Value
		}
		if len(p.AskedOf) > 0 || p.Ask.Role != "" {
			is.Approval = &exchange.BoardApproval{Of: personIDs(p.AskedOf), Role: string(p.Ask.Role), All: p.Ask.Mode == AllApprovers, Note: p.Ask.Note}
		}
		out.Patterns = append(out.Patterns, is)
	}
	return err
}

// importPatterns makes the task templates of a plan.
func (tx *Tx) importPatterns(b Board, plan *exchange.Plan, labels []Label, fields []Field, people map[int]Person, cause int64) error {
	for _, in := range plan.Patterns {
		p := Pattern{ID: NewID(), BoardID: b.ID, Name: in.Name, Title: in.Title, Description: in.Description, Estimate: in.Estimate, Priority: Priority(in.Priority),
			DueIn: in.DueIn, NeedsFile: in.NeedsFile, Owners: strings.Join(personIDs(owned(people, in.Owners)), " "), CreatedAt: tx.now}
		p.Labels, _, _ = labelled(labels, in.Labels)
		items := make([]Item, len(in.Items))
		for i, item := range in.Items {
			items[i] = Item{Text: item.Text, Required: item.Required}
		}
		p.Items = writeItems(items)
		rows, _ := importValues(Task{}, fields, in.Values, people)
		held := map[string]string{}
		for _, r := range rows {
			held[r.FieldID] = r.Value
		}
		var err error
		if p.Held, err = writeJSON(held, len(held) == 0); err != nil {
			return err
		}
		ask, asks := tx.importApproval(Task{}, in.Approval, people)
		if p.Asks, err = writeJSON(ApprovalInput{Approvers: personIDs(ask.approvers), Role: ask.Role, Mode: ask.Mode, Note: ask.Note}, !asks); err != nil {
			return err
		}
		if err := tx.addPattern(b, p, cause); err != nil {
			return err
		}
	}
	return nil
}

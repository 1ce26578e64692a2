package models

import (
	"maps"
	"slices"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// exportFields writes down a board's fields and what its tasks hold in them.
func exportFields(db *gorm.DB, board string, at map[string]*exchange.BoardTask, out *exchange.Board) error {
	fields, err := fieldsOn(db, board)
	if err != nil || len(fields) == 0 {
		return err
	}
	for _, f := range fields {
		field := exchange.BoardField{Name: f.Name, Kind: f.Kind, Help: f.Help, Required: f.Required, OnCard: f.OnCard}
		for _, o := range f.Options {
			field.Options = append(field.Options, o.Name)
		}
		out.Fields = append(out.Fields, field)
	}
	held, err := values(db, slices.Sorted(maps.Keys(at)), false)
	for id, values := range held {
		at[id].Fields = map[string]string{}
		for _, v := range values {
			if v.Kind == custom.Choice {
				v.Value = v.Text
			}
			at[id].Fields[v.Name] = v.Value
		}
	}
	return err
}

// exportedPeople are those whom fields of tasks name.
func exportedPeople(out *exchange.Board) (ids []string) {
	for _, f := range out.Fields {
		if f.Kind != custom.Person {
			continue
		}
		for _, t := range out.Tasks {
			ids = append(ids, t.Fields[f.Name])
		}
		for _, p := range out.Patterns {
			ids = append(ids, p.Fields[f.Name])
		}
	}
	return ids
}

// importFields makes the fields of a plan, by their place in it.
func (tx *Tx) importFields(b Board, plan *exchange.Plan, cause int64) ([]Field, error) {
	fields := make([]Field, len(plan.Customs))
	last := ""
	for i, in := range plan.Customs {
		last = flow.Below(last)
		f := Field{ID: NewID(), BoardID: b.ID, Kind: in.Kind, Position: last}
		said := FieldInput{Name: in.Name, Help: in.Help, Required: in.Required, OnCard: in.OnCard}
		for _, o := range in.Options {
			said.Options = append(said.Options, OptionInput{Name: o})
		}
		if f.Kind == custom.Choice && len(said.Options) == 0 {
			said.Options = []OptionInput{{Name: "–"}} // nobody has chosen, and nothing was there to choose
		}
		f, err := said.describe(f, fields[:i])
		if err != nil {
			return nil, err
		}
		if err := tx.insertField(b, f, cause); err != nil {
			return nil, err
		}
		fields[i] = f
	}
	return fields, nil
}

// importValues are the rows and the changes of what a task of the plan holds.
func importValues(t Task, fields []Field, in []exchange.Value, people map[int]Person) (rows []TaskField, changes []ledger.Change) {
	for _, v := range in {
		is := FieldValue{Field: fields[v.Custom], Value: v.Text}
		switch is.Kind {
		case custom.Choice:
			i := slices.IndexFunc(is.Options, func(o FieldOption) bool { return o.Name == v.Text })
			if i < 0 {
				continue
			}
			is.Value, is.Text = is.Options[i].ID, v.Text
		case custom.Person:
			is.Value, is.Text = people[v.Person].ID, people[v.Person].Name
		}
		if is.Value == "" {
			continue // nobody of this team
		}
		rows = append(rows, taskField(t.ID, is.Field, is.Value))
		changes = append(changes, valueChange(FieldValue{}, is))
	}
	return rows, changes
}

package models

import (
	"slices"

	"relevo/models/custom"
)

// TableColumn is one column that a table can have.
type TableColumn struct {
	Name  string // as addresses and words call it; that of a custom field is its key
	Usual bool   // shown unless somebody chooses columns
	Down  bool   // who sorts by it wants the greatest first
	Edits bool   // its cells can be edited
	Field *Field // that it shows; nil: one that every board has
}

// TableColumns are the columns that every board has, in their usual order. Each of
// them can be sorted by.
var TableColumns = []TableColumn{
	{Name: "key", Usual: true},
	{Name: "title", Usual: true, Edits: true},
	{Name: "state", Usual: true, Edits: true},
	{Name: "owners", Usual: true, Edits: true},
	{Name: "priority", Usual: true, Edits: true, Down: true},
	{Name: "due", Usual: true, Edits: true},
	{Name: "estimate", Usual: true, Edits: true, Down: true},
	{Name: "labels", Usual: true, Edits: true},
	{Name: "checklist", Usual: true, Down: true},
	{Name: "waits", Usual: true, Down: true},
	{Name: "created", Down: true},
	{Name: "changed", Usual: true, Down: true},
}

// ColumnsWith are all columns that the table of a board with those fields can have.
// What cards show of fields, a table shows, too, after the labels.
func ColumnsWith(fields []Field) []TableColumn {
	all := slices.Clone(TableColumns)
	at := slices.IndexFunc(all, func(c TableColumn) bool { return c.Name == "labels" }) + 1
	for i, f := range fields {
		c := TableColumn{Name: custom.Key(f.ID), Usual: f.OnCard, Down: f.Kind == custom.Number, Edits: true, Field: &fields[i]}
		all = slices.Insert(all, at+i, c)
	}
	return all
}

// isTableColumn reports whether a name can be that of a column; whether the board
// has such a field, it does not ask.
func isTableColumn(name string) bool {
	return isFieldName(name) || slices.ContainsFunc(TableColumns, func(c TableColumn) bool { return c.Name == name })
}

func isFieldName(name string) bool {
	id, is := custom.IsKey(name)
	return is && isID(id) && custom.Key(id) == name
}

// shownColumns are those of a look, among all that there can be.
func shownColumns(l Look, all []TableColumn) (columns []TableColumn) {
	if len(l.Columns) == 0 {
		return slices.DeleteFunc(slices.Clone(all), func(c TableColumn) bool { return !c.Usual })
	}
	for _, name := range l.Columns {
		if i := slices.IndexFunc(all, func(c TableColumn) bool { return c.Name == name }); i >= 0 {
			columns = append(columns, all[i])
		}
	}
	return columns
}

// with is the look as far as a board with those fields can show it. The parameters
// that ask for others are named.
func (l Look) with(fields []Field) (Look, []string) {
	var gone []string
	there := func(name string) bool {
		i := fieldNamed(fields, name)
		return !isFieldName(name) || i >= 0
	}
	if kept := slices.DeleteFunc(slices.Clone(l.Sort), func(k SortKey) bool { return !there(k.By) }); len(kept) < len(l.Sort) {
		l.Sort, gone = kept, append(gone, "sort")
	}
	if i := fieldNamed(fields, l.Group); isFieldName(l.Group) && (i < 0 || !fields[i].groups()) {
		l.Group, gone = "", append(gone, "group")
	}
	if kept := slices.DeleteFunc(slices.Clone(l.Columns), func(name string) bool { return !there(name) }); len(kept) < len(l.Columns) {
		l.Columns, gone = kept, append(gone, "columns")
	}
	return l, gone
}

// fieldNamed finds the field that a name is the key of; -1 if there is none.
func fieldNamed(fields []Field, name string) int {
	return slices.IndexFunc(fields, func(f Field) bool { return custom.Key(f.ID) == name })
}

// groups reports whether tasks can be grouped by the field: those of a kind with few
// values can.
func (f Field) groups() bool {
	return f.Kind == custom.Choice || f.Kind == custom.Person || f.Kind == custom.YesNo
}

// GroupsWith are what the table of a board with those fields can be grouped by.
func GroupsWith(fields []Field) (names []string) {
	names = slices.Clone(Groupings)
	for _, f := range fields {
		if f.groups() {
			names = append(names, custom.Key(f.ID))
		}
	}
	return names
}

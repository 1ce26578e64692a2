package models

import "slices"

// TableColumn is one column that a table can have.
type TableColumn struct {
	Name  string // as addresses and words call it
	Usual bool   // shown unless somebody chooses columns
	Down  bool   // who sorts by it wants the greatest first
	Edits bool   // its cells can be edited
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

// UsualColumns are the names of the columns that a table has unless somebody chooses.
func UsualColumns() (names []string) {
	for _, c := range TableColumns {
		if c.Usual {
			names = append(names, c.Name)
		}
	}
	return names
}

func isTableColumn(name string) bool {
	return slices.ContainsFunc(TableColumns, func(c TableColumn) bool { return c.Name == name })
}

// shownColumns are the columns of a look.
func shownColumns(l Look) (columns []TableColumn) {
	names := l.Columns
	if len(names) == 0 {
		names = UsualColumns()
	}
	for _, name := range names {
		if i := slices.IndexFunc(TableColumns, func(c TableColumn) bool { return c.Name == name }); i >= 0 {
			columns = append(columns, TableColumns[i])
		}
	}
	return columns
}

package views

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/views/say"
)

// TablePart is a table, or rows of it, as somebody asked for it.
type TablePart struct {
	models.TableView
	View SavedView
}

// face is the table as the switch and the filter know it.
func (p TablePart) face() Face {
	return Face{Name: models.FaceTable, At: p.Look.Arrangement()}.OpenedBy(p.View)
}

// with is the address of the same table in another look.
func (p TablePart) with(l models.Look) templ.SafeURL {
	return Face{Name: models.FaceTable, At: l.Arrangement()}.OpenedBy(p.View).URL(p.Board.ID, l.Filter)
}

// below is the address of the rows of a group after those that are shown.
func (p TablePart) below(g models.TableGroup) templ.SafeURL {
	place := maps.Clone(p.View.in(p.Look.Arrangement()))
	place.Set("after", g.Rows[len(g.Rows)-1].ID)
	if p.Look.Group != "" {
		place.Set("in", g.Key)
	}
	return Face{Name: "table/rows", At: place}.URL(p.Board.ID, p.Filter)
}

func (p TablePart) may(act access.Action) bool { return access.Can(p.Role, act) }

// edits reports whether cells can be edited here.
func (p TablePart) edits() bool { return p.may(access.EditTask) && p.Board.ArchivedAt == nil }

// sorting is where a column stands in the order: its key, and its place from 1; 0:
// it is not sorted by.
func (p TablePart) sorting(column string) (models.SortKey, int) {
	i := slices.IndexFunc(p.Look.Sort, func(k models.SortKey) bool { return k.By == column })
	if i < 0 {
		return models.SortKey{}, 0
	}
	return p.Look.Sort[i], i + 1
}

// sorted is the value of aria-sort: of the first key alone, as there may be one.
func (p TablePart) sorted(column string) string {
	k, at := p.sorting(column)
	switch {
	case at != 1:
		return "none"
	case k.Down:
		return "descending"
	}
	return "ascending"
}

// nextSort is what sorting by a column does when it is asked for again: as it is
// best, then the other way, then not.
func (p TablePart) nextSort(c models.TableColumn) (next models.SortKey, any bool) {
	switch k, at := p.sorting(c.Name); {
	case at == 0:
		return models.SortKey{By: c.Name, Down: c.Down}, true
	case k.Down == c.Down:
		return models.SortKey{By: c.Name, Down: !c.Down}, true
	}
	return models.SortKey{}, false
}

// sortURL sorts by a column alone.
func (p TablePart) sortURL(c models.TableColumn) templ.SafeURL {
	if next, any := p.nextSort(c); any {
		return p.with(p.Look.By(next))
	}
	return p.with(p.Look.By())
}

// alsoURL sorts by a column after what is sorted by already.
func (p TablePart) alsoURL(c models.TableColumn) templ.SafeURL {
	next, any := p.nextSort(c)
	keys := slices.Clone(p.Look.Sort)
	if i := slices.IndexFunc(keys, func(k models.SortKey) bool { return k.By == c.Name }); i >= 0 && any {
		keys[i] = next
	} else if i >= 0 {
		keys = slices.Delete(keys, i, i+1)
	} else {
		keys = append(keys[:min(len(keys), models.MaxSortKeys-1)], next)
	}
	return p.with(p.Look.By(keys...))
}

// sortWord says what a column's heading does.
func (p TablePart) sortWord(w *say.Words, c models.TableColumn) string {
	next, any := p.nextSort(c)
	switch {
	case !any:
		return w.Table.Unsorted
	case next.Down:
		return w.Table.Descending
	}
	return w.Table.Ascending
}

// columnName is what a column is called.
func columnName(w *say.Words, c models.TableColumn) string {
	if c.Field != nil {
		return c.Field.Name
	}
	return w.Table.Columns[c.Name]
}

// named is what something is called that one can sort or group by.
func (p TablePart) named(w *say.Words, name string) string {
	if i := slices.IndexFunc(p.Choices, func(c models.TableColumn) bool { return c.Name == name }); i >= 0 {
		return columnName(w, p.Choices[i])
	}
	return w.Table.Sorts[name]
}

// groupedBy is what a grouping is called.
func (p TablePart) groupedBy(w *say.Words, group string) string {
	if name := w.Table.Groups[group]; name != "" {
		return name
	}
	return p.named(w, group)
}

// groupName is what a group is called.
func (p TablePart) groupName(w *say.Words, g models.TableGroup) string {
	switch p.Look.Group {
	case models.GroupState:
		return w.Names.State[flow.State(g.Key)]
	case models.GroupPriority:
		return w.Names.Priority[max(0, slices.Index(models.FilterPriorities, g.Key))]
	case models.GroupDue:
		return w.Table.DueGroups[g.Key]
	case models.GroupOwner:
		switch {
		case g.Key == "":
			return w.Table.Nobody
		case g.Name == "":
			return w.Table.Former
		}
		return g.Name
	case models.GroupLabel:
		if g.Key == "" {
			return w.Table.NoLabel
		}
		return g.Name
	case models.GroupRun:
		if g.Key == "" {
			return w.Table.NoRun
		}
		return g.Name
	case "":
		return w.Table.AllTasks
	}
	if g.Key == "" {
		return w.Field.HasNothing
	}
	return w.FieldValue(p.groupKind(), g.Key, g.Name)
}

// groupKind is what sort of field the rows are grouped by; empty: none.
func (p TablePart) groupKind() custom.Kind {
	for _, f := range p.Fields {
		if custom.Key(f.ID) == p.Look.Group {
			return f.Kind
		}
	}
	return ""
}

// groupID is the document's name of a group.
func (p TablePart) groupID(g models.TableGroup) string { return "g-" + p.Look.Group + "-" + g.Key }

// rowID is the document's name of a row: a task may be in several groups.
func (p TablePart) rowID(g models.TableGroup, c models.Card) string {
	if p.Look.Group != models.GroupOwner && p.Look.Group != models.GroupLabel {
		return "r-" + c.ID
	}
	return "r-" + c.ID + "-" + g.Key
}

// doneShare words how much of a group is done.
func doneShare(w *say.Words, t models.Totals) string {
	if t.Counted == 0 {
		return ""
	}
	return w.Table.DoneOf(t.Done, t.Counted, 100*t.Done/t.Counted)
}

// held is what a row holds in the field of a column.
func held(c models.Card, col models.TableColumn) models.FieldValue {
	for _, v := range c.Fields {
		if v.ID == col.Field.ID {
			return v
		}
	}
	return models.FieldValue{}
}

// cellValue is what a cell's editor begins with.
func cellValue(col models.TableColumn, c models.Card) string {
	if col.Field != nil {
		return held(c, col).Value
	}
	switch col.Name {
	case "title":
		return c.Title
	case "state":
		return c.ColumnID
	case "due":
		return string(c.Due)
	case "estimate":
		return flow.FormatEstimate(c.Estimate)
	case "priority":
		return strconv.Itoa(int(c.Priority))
	case "owners":
		ids := make([]string, len(c.Owners))
		for i, o := range c.Owners {
			ids[i] = o.ID
		}
		return strings.Join(ids, " ")
	case "labels":
		ids := make([]string, len(c.Labels))
		for i, l := range c.Labels {
			ids[i] = l.ID
		}
		return strings.Join(ids, " ")
	}
	return ""
}

// columnOf is the column of the board that a row's task stands in.
func (p TablePart) columnOf(c models.Card) models.Column {
	if i := slices.IndexFunc(p.Lanes, func(l models.Lane) bool { return l.ID == c.ColumnID }); i >= 0 {
		return p.Lanes[i].Column
	}
	return models.Column{}
}

// sortOptions are all orders that a list offers, up and down.
func (p TablePart) sortOptions(w *say.Words, none string) []Option {
	options := []Option{{"", none}}
	for _, c := range p.Choices {
		name := columnName(w, c)
		options = append(options, Option{c.Name, w.Table.Up(name)}, Option{"-" + c.Name, w.Table.Down(name)})
	}
	return append(options, Option{models.SortAge, w.Table.Up(w.Table.Sorts[models.SortAge])}, Option{"-" + models.SortAge, w.Table.Down(w.Table.Sorts[models.SortAge])})
}

// sortAt is the i-th key of the order as a list offers it; empty if there is none.
func (p TablePart) sortAt(i int) string {
	if i < len(p.Look.Sort) {
		return p.Look.Sort[i].String()
	}
	return ""
}

func (p TablePart) groupOptions(w *say.Words) []Option {
	options := []Option{{"", w.Table.NoGroup}}
	for _, g := range models.GroupsWith(p.Fields) {
		options = append(options, Option{g, p.groupedBy(w, g)})
	}
	return options
}

// columnChoice is a column that can be shown, and whether it is.
type columnChoice struct {
	models.TableColumn
	shown bool
}

// columnChoices are those shown, in their order, and then the others.
func (p TablePart) columnChoices() []columnChoice {
	var all []columnChoice
	for _, c := range p.Columns {
		all = append(all, columnChoice{c, true})
	}
	for _, c := range p.Choices {
		if !slices.ContainsFunc(all, func(o columnChoice) bool { return o.Name == c.Name }) {
			all = append(all, columnChoice{c, false})
		}
	}
	return all
}

// asked are the parameters of a filter, for forms that keep it.
func asked(f models.BoardFilter) []Option {
	values, _ := url.ParseQuery(f.Query()) // it is our own writing
	var all []Option
	for _, name := range (Face{At: values}).names() {
		all = append(all, Option{name, values.Get(name)})
	}
	return all
}

// tableWords hands the table's script what it says by itself.
func tableWords(w *say.Words) string {
	b, err := json.Marshal(map[string]string{
		"saveMine": w.Table.SaveMine, "discarded": w.Table.Discarded, "override": w.Board.Override, "cancel": w.General.Cancel,
		"lost": w.General.Lost, "edit": w.Table.Edit("{field}", "{task}"), "saved": w.Table.SavedOf("{field}", "{task}"),
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

// arranged says in short how rows are arranged.
func (p TablePart) arranged(w *say.Words) string {
	var parts []string
	for _, k := range p.Look.Sort {
		name := p.named(w, k.By)
		if k.Down {
			parts = append(parts, w.Table.Down(name))
		} else {
			parts = append(parts, w.Table.Up(name))
		}
	}
	if p.Look.Group != "" {
		parts = append(parts, p.groupedBy(w, p.Look.Group))
	}
	return strings.Join(parts, ", ")
}

// arrangeNone is what the i-th list of an order offers first.
func arrangeNone(w *say.Words, i int) string {
	if i == 0 {
		return w.Table.AsRanked
	}
	return w.Table.NoGroup
}

// shortDay is a date as short as it is clear.
func shortDay(s sight, day time.Time) string {
	if day.Year() == s.now.Year() {
		return s.w.When.DayMonth(day)
	}
	return s.w.When.Date(day)
}

// shortMoment is the time of what happened today, else its date.
func shortMoment(s sight, t time.Time) string {
	if t.Format(time.DateOnly) == s.now.Format(time.DateOnly) {
		return t.Format("15:04")
	}
	return shortDay(s, t)
}

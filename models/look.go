package models

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Look is a way to look at a board's tasks: which of them, in which order, and
// for a table in which groups and columns. It is what an address says, and what a
// saved view keeps.
type Look struct {
	Filter  BoardFilter
	Sort    []SortKey // the first decides, the next where it does not; empty: as on the board
	Group   string    // one of Groupings, or the key of a custom field; empty: none
	Columns []string  // of a table, in order; empty: the usual ones

	Swimlanes string // of a board, one of Swimlanes; empty: none
}

// SortKey is one thing to sort by.
type SortKey struct {
	By   string // a column of the table, or SortAge; of a custom field, its key
	Down bool
}

// SortAge sorts by how long tasks have been in their state, longest first.
const SortAge = "age"

// What one can group by.
const (
	GroupState    = "state"
	GroupOwner    = "owner"
	GroupLabel    = "label"
	GroupPriority = "priority"
	GroupDue      = "due"
	GroupRun      = "run"
)

// Groupings lists them.
var Groupings = []string{GroupState, GroupOwner, GroupLabel, GroupPriority, GroupDue, GroupRun}

// BoardSorts are the orders that the cards of a board can have besides their own.
var BoardSorts = []SortKey{{By: "priority", Down: true}, {By: "due"}, {By: "title"}, {By: "changed", Down: true}, {By: SortAge}}

const (
	// MaxSortKeys is how many things one can sort by at once.
	MaxSortKeys = 3
	// MaxTableColumns bounds how many columns a table shows.
	MaxTableColumns = 40

	between = "~" // the names in a list: it needs no escape in an address
)

// ParseLook reads a look from an address. What it cannot read is left out; ignored
// names those parameters.
func ParseLook(asked url.Values) (l Look, ignored []string) {
	l.Filter, ignored = ParseBoardFilter(asked)
	whole := true
	for _, word := range listed(asked["sort"]) {
		key := SortKey{By: strings.TrimPrefix(word, "-"), Down: strings.HasPrefix(word, "-")}
		twice := slices.ContainsFunc(l.Sort, func(k SortKey) bool { return k.By == key.By })
		if key.By != SortAge && !isTableColumn(key.By) || twice || len(l.Sort) == MaxSortKeys {
			whole = false
			continue
		}
		l.Sort = append(l.Sort, key)
	}
	if !whole {
		ignored = append(ignored, "sort")
	}
	if g := strings.TrimSpace(asked.Get("group")); g != "" && !keepIf(&l.Group, g, slices.Contains(Groupings, g) || isFieldName(g)) {
		ignored = append(ignored, "group")
	}
	if by := strings.TrimSpace(asked.Get("lanes")); by != "" && !keepIf(&l.Swimlanes, by, slices.Contains(Swimlanes, by)) {
		ignored = append(ignored, "lanes")
	}
	whole = true
	for _, name := range listed(asked["columns"]) {
		if !isTableColumn(name) || slices.Contains(l.Columns, name) || len(l.Columns) == MaxTableColumns {
			whole = false
			continue
		}
		l.Columns = append(l.Columns, name)
	}
	if !whole {
		ignored = append(ignored, "columns")
	}
	return l, ignored
}

// listed are the names in a parameter, which a form sends once for each.
func listed(values []string) (names []string) {
	for _, v := range values {
		names = append(names, strings.FieldsFunc(v, func(r rune) bool { return r == '~' || r == ',' || r == ' ' })...)
	}
	return names
}

func (k SortKey) String() string {
	if k.Down {
		return "-" + k.By
	}
	return k.By
}

// Arrangement is what the look says besides its filter, as ParseLook reads it.
func (l Look) Arrangement() url.Values {
	asked := url.Values{}
	write := func(name string, words []string) {
		if len(words) > 0 {
			asked.Set(name, strings.Join(words, between))
		}
	}
	keys := make([]string, len(l.Sort))
	for i, k := range l.Sort {
		keys[i] = k.String()
	}
	write("sort", keys)
	if l.Group != "" {
		asked.Set("group", l.Group)
	}
	write("columns", l.Columns)
	if l.Swimlanes != "" {
		asked.Set("lanes", l.Swimlanes)
	}
	return asked
}

// Query writes the look as ParseLook reads it, encoded; nothing asked: empty.
func (l Look) Query() string {
	asked := l.Arrangement()
	maps.Copy(asked, l.Filter.values())
	return asked.Encode()
}

// OfTable is the look as far as a table can show it. The rest is named.
func (l Look) OfTable() (of Look, ignored []string) {
	if l.Swimlanes != "" {
		l.Swimlanes, ignored = "", []string{"lanes"}
	}
	return l, ignored
}

// OfBoard is the look as far as a board can show it: in one order that it knows.
// The rest is named.
func (l Look) OfBoard() (Look, []string) {
	of, ignored := Look{Filter: l.Filter, Swimlanes: l.Swimlanes}, []string(nil)
	if len(l.Sort) > 0 {
		if k := l.Sort[0]; len(l.Sort) == 1 && slices.ContainsFunc(BoardSorts, func(b SortKey) bool { return b.By == k.By }) {
			of.Sort = l.Sort
		} else {
			ignored = append(ignored, "sort")
		}
	}
	if l.Group != "" {
		ignored = append(ignored, "group")
	}
	if len(l.Columns) > 0 {
		ignored = append(ignored, "columns")
	}
	return of, ignored
}

// By is the look with another order.
func (l Look) By(keys ...SortKey) Look {
	l.Sort = keys
	return l
}

// PartedBy is the look with other swimlanes.
func (l Look) PartedBy(by string) Look {
	l.Swimlanes = by
	return l
}

// Order is what the look sorts by first; zero: as on the board.
func (l Look) Order() SortKey {
	if len(l.Sort) == 0 {
		return SortKey{}
	}
	return l.Sort[0]
}

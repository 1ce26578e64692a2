package models

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/find"
)

// FieldNothing asks of a choice, a person or a yes/no that nothing is said.
const FieldNothing = "none"

// fieldAsk is what a filter asks of one custom field: its value or, of a number or a
// date, between what it lies. Of a text, the value is a part.
type fieldAsk struct{ id, value, from, to string }

// readFieldAsks reads what an address asks of custom fields (field.ID, field.ID.from,
// field.ID.to) and writes it as one text, so that a filter can be compared.
func readFieldAsks(asked url.Values) (all string, ignored []string) {
	kept := url.Values{}
	for name, values := range asked {
		id, is := custom.IsKey(name)
		if value := strings.Join(strings.Fields(values[0]), " "); is && value != "" {
			id, _ = strings.CutSuffix(id, ".from")
			id, _ = strings.CutSuffix(id, ".to")
			legible := utf8.ValidString(value) && !strings.ContainsFunc(value, unicode.IsControl) && utf8.RuneCountInString(value) <= find.MaxText
			if !isID(id) || id == "" || !legible || len(kept) >= 2*custom.MaxFields {
				ignored = append(ignored, name)
				continue
			}
			kept.Set(name, value)
		}
	}
	slices.Sort(ignored)
	return kept.Encode(), ignored
}

func (f BoardFilter) fieldParams() url.Values {
	if f.Fields == "" {
		return nil
	}
	asked, _ := url.ParseQuery(f.Fields) // it was written by readFieldAsks
	return asked
}

// FieldAsked is what the filter asks of a field: end is empty, ".from" or ".to".
func (f BoardFilter) FieldAsked(id, end string) string {
	asked := f.fieldParams()
	value := asked.Get(custom.Key(id) + end)
	if value == "" && end != "" {
		return asked.Get(custom.Key(id)) // one value: from it to it
	}
	return value
}

// AsksMe reports whether what passes depends on who looks.
func (f BoardFilter) AsksMe() bool {
	return f.Owner == FilterMe || slices.ContainsFunc(f.fieldAsks(), func(a fieldAsk) bool { return a.value == FilterMe })
}

// fieldAsks are what is asked of fields, by their IDs.
func (f BoardFilter) fieldAsks() (all []fieldAsk) {
	asked := f.fieldParams()
	names := make([]string, 0, len(asked))
	for name := range asked {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		id, _ := custom.IsKey(name)
		id, from := strings.CutSuffix(id, ".from")
		id, to := strings.CutSuffix(id, ".to")
		i := slices.IndexFunc(all, func(a fieldAsk) bool { return a.id == id })
		if i < 0 {
			i, all = len(all), append(all, fieldAsk{id: id})
		}
		switch value := asked.Get(name); {
		case from:
			all[i].from = value
		case to:
			all[i].to = value
		default:
			all[i].value = value
		}
	}
	return all
}

// askingOf is the filter without what it asks of fields that are not among those;
// gone reports whether there was any.
func (f BoardFilter) askingOf(fields []Field) (left BoardFilter, gone bool) {
	asked := f.fieldParams()
	for _, a := range f.fieldAsks() {
		if !slices.ContainsFunc(fields, func(o Field) bool { return o.ID == a.id }) {
			gone = true
			for _, end := range []string{"", ".from", ".to"} {
				asked.Del(custom.Key(a.id) + end)
			}
		}
	}
	f.Fields = asked.Encode()
	return f, gone
}

// left is askingOf for a board whose fields have to be read first.
func (f BoardFilter) left(db *gorm.DB, b Board) (BoardFilter, error) {
	if f.Fields == "" {
		return f, nil
	}
	fields, err := fieldsOn(db, b.ID)
	f, _ = f.askingOf(fields)
	return f, err
}

// condition is what is asked as a condition on tasks. What is no number asks for
// nothing among numbers, and finds nothing.
func (a fieldAsk) condition(who Actor) (string, []any) {
	const holds = "EXISTS (SELECT 1 FROM task_fields v JOIN fields f ON f.id = v.field_id WHERE v.task_id = tasks.id AND v.field_id = ?"
	var parts []string
	var args []any
	and := func(part string, more ...any) {
		parts, args = append(parts, part), append(args, more...)
	}
	number := func(text string) any {
		if value, wrong := custom.Read(custom.Number, text); wrong == nil {
			return custom.Float(value)
		}
		return nil
	}
	if a.value == FieldNothing {
		and("((f.kind IN ('text', 'url') AND v.folded LIKE '%none%'))")
		return "(NOT EXISTS (SELECT 1 FROM task_fields v WHERE v.task_id = tasks.id AND v.field_id = ?) AND EXISTS (SELECT 1 FROM fields f WHERE f.id = ? AND f.kind IN ('choice', 'person', 'yes_no')) OR " +
			holds + " AND " + strings.Join(parts, " AND ") + "))", append([]any{a.id, a.id, a.id}, args...)
	}
	if a.value != "" {
		exact := a.value
		if exact == FilterMe {
			exact = who.ID
		}
		and("(f.kind IN ('text', 'url') AND v.folded LIKE ? ESCAPE '!' OR f.kind = 'number' AND v.number = ? OR f.kind IN ('date', 'choice', 'yes_no') AND v.value = ? OR f.kind = 'person' AND v.value = ?)",
			"%"+escaped.Replace(find.Fold(a.value))+"%", number(a.value), a.value, exact)
	}
	if a.from != "" {
		and("(f.kind = 'number' AND v.number >= ? OR f.kind = 'date' AND v.value >= ?)", number(a.from), a.from)
	}
	if a.to != "" {
		and("(f.kind = 'number' AND v.number <= ? OR f.kind = 'date' AND v.value <= ?)", number(a.to), a.to)
	}
	return holds + " AND " + strings.Join(parts, " AND ") + ")", append([]any{a.id}, args...)
}

// escaped takes their meaning from the signs of LIKE.
var escaped = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

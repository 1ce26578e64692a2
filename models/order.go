package models

import (
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"relevo/models/custom"
)

// order is how tasks are sorted by one thing, in SQL.
type order struct {
	lacks string // that a task has nothing of it; such come last, up or down
	by    string
}

// orders are the things that tasks can be sorted by, for each database.
var orders = map[string]map[string]order{"sqlite": ordersIn(""), "postgres": ordersIn(` COLLATE "C"`)}

// ordersIn are orders whose texts sort by their bytes. "tasks" is the task, and "c"
// the column that it stands in.
func ordersIn(bytewise string) map[string]order {
	folded := func(text string) string { return folded(text + bytewise) }
	return map[string]order{
		"key":   {by: "tasks.number"},
		"title": {by: folded("tasks.title")},
		"state": {by: "c.position"},
		"owners": {lacks: "NOT " + hasOwner,
			by: "COALESCE((SELECT MIN(" + folded("u.name") + ") FROM task_owners o JOIN users u ON u.id = o.user_id WHERE o.task_id = tasks.id), '')"},
		"priority": {lacks: "tasks.priority = 0", by: "tasks.priority"},
		"due":      {lacks: "tasks.due = ''", by: "tasks.due"},
		"estimate": {lacks: "tasks.estimate = 0", by: "tasks.estimate"},
		"labels": {lacks: "NOT EXISTS (SELECT 1 FROM task_labels w WHERE w.task_id = tasks.id)",
			by: "COALESCE((SELECT MIN(" + folded("l.name") + ") FROM task_labels w JOIN labels l ON l.id = w.label_id WHERE w.task_id = tasks.id), '')"},
		"checklist": {lacks: "NOT EXISTS (SELECT 1 FROM checklist_items i WHERE i.task_id = tasks.id)",
			by: `COALESCE((SELECT COUNT(CASE WHEN i.ticked_at IS NOT NULL OR m.state = 'done' THEN 1 END) * 1000 / NULLIF(COUNT(*), 0)
				FROM checklist_items i LEFT JOIN tasks m ON m.id = i.became_id AND m.deleted_at IS NULL WHERE i.task_id = tasks.id), 0)`},
		// As the rules count, but for lags: how many prerequisites are still open.
		"waits": {lacks: "NOT (tasks.state = 'waiting' OR tasks.at_risk)",
			by: `(SELECT COUNT(*) FROM dependencies d JOIN tasks p ON p.id = d.prerequisite_id WHERE d.dependent_id = tasks.id AND p.deleted_at IS NULL
				AND NOT (p.state = 'done' OR p.state = 'in_review' AND d.satisfied_at = 'in_review' OR p.state = 'cancelled' AND d.on_cancel = 'skip'))`},
		"created": {by: "tasks.created_at"},
		"changed": {by: "tasks.updated_at"},
		SortAge:   {by: "tasks.moved_seq"},
	}
}

const hasOwner = "EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = tasks.id)"

// accents are the letters of our languages that would sort after all others by
// their bytes, with what they sort as. An ñ comes after every n.
var accents = [...][2]string{{"á", "a"}, {"Á", "a"}, {"é", "e"}, {"É", "e"}, {"í", "i"}, {"Í", "i"}, {"ó", "o"}, {"Ó", "o"},
	{"ú", "u"}, {"Ú", "u"}, {"ü", "u"}, {"Ü", "u"}, {"ñ", "n~"}, {"Ñ", "n~"}}

// folded is a text as it sorts.
func folded(text string) string {
	text = "LOWER(" + text + ")"
	for _, a := range accents {
		text = "REPLACE(" + text + ", '" + a[0] + "', '" + a[1] + "')"
	}
	return text
}

// fold is folded for texts at hand.
func fold(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, text)
	for _, a := range accents {
		text = strings.ReplaceAll(text, a[0], a[1])
	}
	return text
}

// key is one expression that rows are in order of.
type key struct {
	by   string
	down bool
}

// byRank is the order of the cards of one column, byPlace that of a whole board.
var (
	byRank  = []key{{by: "tasks.position"}, {by: "tasks.id"}}
	byPlace = append([]key{{by: "c.position"}, {by: "c.id"}}, byRank...)
)

// ofField is the order by what tasks hold in a custom field: a number by its size, a
// choice by the order of its options, a person by name. Its ID stands in the query
// itself, which is why it is looked at once more.
func ofField(db *gorm.DB, f Field) (o order, known bool) {
	if !isID(f.ID) {
		return o, false
	}
	held := "FROM task_fields v WHERE v.task_id = tasks.id AND v.field_id = '" + f.ID + "'"
	text := func(name string) string {
		if db.Name() == "postgres" {
			name += ` COLLATE "C"`
		}
		return folded(name)
	}
	o.lacks = "NOT EXISTS (SELECT 1 " + held + ")"
	switch f.Kind {
	case custom.Number:
		o.by = "COALESCE((SELECT v.number " + held + "), 0)"
	case custom.Choice:
		o.by = "COALESCE((SELECT o.position FROM field_options o WHERE o.id = (SELECT v.value " + held + ")), '')"
	case custom.Person:
		o.by = "COALESCE((SELECT " + text("u.name") + " FROM users u WHERE u.id = (SELECT v.value " + held + ")), '')"
	default:
		o.by = "COALESCE((SELECT " + text("v.value") + " " + held + "), '')"
	}
	return o, true
}

// keysFor are the keys that a sort means, and then those of otherwise.
func keysFor(db *gorm.DB, sort []SortKey, fields []Field, otherwise []key) (keys []key) {
	for _, s := range sort {
		o, known := orders[db.Name()][s.By]
		if i := fieldNamed(fields, s.By); i >= 0 {
			o, known = ofField(db, fields[i])
		}
		if !known {
			continue
		}
		if o.lacks != "" {
			keys = append(keys, key{by: "CASE WHEN " + o.lacks + " THEN 1 ELSE 0 END"})
		}
		keys = append(keys, key{by: o.by, down: s.Down})
	}
	return append(keys, otherwise...)
}

// orderBy is what comes after ORDER BY.
func orderBy(keys []key) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = k.by
		if k.down {
			parts[i] += " DESC"
		}
	}
	return strings.Join(parts, ", ")
}

// seek goes on after one task: what to join with tasks and its column "c", given the
// task's ID, and the condition that a row comes after it. The task's keys are read in
// the same query, so that no value has to be written as the databases do.
func seek(keys []key) (join, after string) {
	var read strings.Builder
	for i := len(keys) - 1; i >= 0; i-- {
		at, beyond := fmt.Sprint("at.k", i), " > "
		if keys[i].down {
			beyond = " < "
		}
		if after == "" {
			after = keys[i].by + beyond + at
		} else {
			after = "(" + keys[i].by + beyond + at + " OR " + keys[i].by + " = " + at + " AND " + after + ")"
		}
	}
	for i, k := range keys {
		if i > 0 {
			read.WriteString(", ")
		}
		fmt.Fprintf(&read, "%s AS k%d", k.by, i)
	}
	return "JOIN (SELECT " + read.String() + " FROM tasks JOIN columns c ON c.id = tasks.column_id WHERE tasks.id = ?) at ON TRUE", after
}

// OrderIn is where a card stands in its column when that is sorted: by rank, which
// of all texts comes first, and whether it lacks what is asked, and so comes last.
// It tells scripts what orders tell the database.
func (t Task) OrderIn(by SortKey) (at string, lacks bool) {
	switch by.By {
	case "priority":
		return strconv.Itoa(int(t.Priority)), t.Priority == NoPriority
	case "due":
		return string(t.Due), t.Due == ""
	case "title":
		return fold(t.Title), false
	case "changed":
		return t.UpdatedAt.UTC().Format("2006-01-02T15:04:05.000000"), false
	case SortAge:
		return fmt.Sprintf("%019d", t.MovedSeq), false
	}
	return "", false
}

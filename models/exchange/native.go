package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Version is that of our own JSON.
const Version = 2 // 1 had no repetition

// Board is our own JSON: all that a board holds, its history aside.
type Board struct {
	Relevo   int            `json:"relevo"` // Version
	Board    BoardName      `json:"board"`
	Columns  []BoardColumn  `json:"columns"`
	Labels   []BoardLabel   `json:"labels,omitempty"`
	Fields   []BoardField   `json:"fields,omitempty"`
	Patterns []BoardPattern `json:"patterns,omitempty"` // by name
	People   []BoardPerson  `json:"people"`
	Tasks    []BoardTask    `json:"tasks"` // column by column, from the top
}

// BoardName is what a board is called.
type BoardName struct {
	Name string `json:"name"`
	Key  string `json:"key"`
}

// BoardColumn is a column, from left to right.
type BoardColumn struct {
	Name     string     `json:"name"`
	State    flow.State `json:"state"`
	WIPLimit int        `json:"wip_limit,omitempty"`
	WIPHard  bool       `json:"wip_hard,omitempty"`
}

// BoardPerson is somebody who has to do with a task.
type BoardPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// BoardTask is a task.
type BoardTask struct {
	Key         string       `json:"key"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Column      *int         `json:"column"` // place in Columns; null: in none
	State       flow.State   `json:"state"`
	Owners      []string     `json:"owners,omitempty"` // IDs of People
	Due         string       `json:"due,omitempty"`
	Estimate    int          `json:"estimate,omitempty"` // minutes
	Priority    int          `json:"priority,omitempty"`
	Join        flow.Join    `json:"join,omitempty"` // empty: all
	NotBefore   *time.Time   `json:"not_before,omitempty"`
	NeedsFile   bool         `json:"needs_file,omitempty"`
	Overridden  string       `json:"overridden,omitempty"` // the reason
	Blocked     string       `json:"blocked,omitempty"`    // the reason
	ReviewAt    *time.Time   `json:"review_at,omitempty"`
	DoneAt      *time.Time   `json:"done_at,omitempty"`
	ArchivedAt  *time.Time   `json:"archived_at,omitempty"`
	Requires    []BoardNeeds `json:"requires,omitempty"`
	Repeats     string       `json:"repeats,omitempty"`    // a rule, as models/recur writes it
	RepeatsOn   string       `json:"repeats_on,omitempty"` // the day from which it is counted
	RepeatOf    string       `json:"repeat_of,omitempty"`  // key of the task that it was made of when that came again

	Labels    []string          `json:"labels,omitempty"` // their names
	Fields    map[string]string `json:"fields,omitempty"` // values by the fields' names; an option's name, the ID of one of People
	Approval  *BoardApproval    `json:"approval,omitempty"`
	Checklist []BoardItem       `json:"checklist,omitempty"`
	Files     []BoardFile       `json:"files,omitempty"`    // the oldest first
	Comments  []BoardComment    `json:"comments,omitempty"` // the oldest first
}

// BoardLabel is a label.
type BoardLabel struct {
	Name   string `json:"name"`
	Colour string `json:"colour"`
	Icon   string `json:"icon"`
}

// BoardApproval is whom an unfinished task asks for approval. What was answered is for
// the log alone: in another place it has to be asked anew.
type BoardApproval struct {
	Of   []string `json:"of,omitempty"`   // IDs of People
	Role string   `json:"role,omitempty"` // manager or owner
	All  bool     `json:"all,omitempty"`  // all of them; otherwise one is enough
	Note string   `json:"note,omitempty"`
}

// BoardField is a custom field.
type BoardField struct {
	Name     string      `json:"name"`
	Kind     custom.Kind `json:"kind"`
	Help     string      `json:"help,omitempty"`
	Required bool        `json:"required,omitempty"`
	OnCard   bool        `json:"on_card,omitempty"`
	Options  []string    `json:"options,omitempty"`
}

// BoardItem is one thing of a checklist.
type BoardItem struct {
	Text     string     `json:"text"`
	Owner    string     `json:"owner,omitempty"` // ID of one of People
	Due      string     `json:"due,omitempty"`
	Required bool       `json:"required,omitempty"`
	TickedAt *time.Time `json:"ticked_at,omitempty"`
	TickedBy string     `json:"ticked_by,omitempty"` // ID of one of People
	Became   string     `json:"became,omitempty"`    // key of a task
}

// BoardComment is what somebody said.
type BoardComment struct {
	By       string     `json:"by"` // ID of one of People
	At       time.Time  `json:"at"`
	EditedAt *time.Time `json:"edited_at,omitempty"`
	Body     string     `json:"body"`
}

// BoardFile says what is attached; what is in it is not part of the export.
type BoardFile struct {
	Name   string    `json:"name"`
	Size   int64     `json:"size"` // bytes
	Type   string    `json:"type"`
	SHA256 string    `json:"sha256"`
	By     string    `json:"by"` // ID of one of People
	At     time.Time `json:"at"`
}

// BoardNeeds is a prerequisite of a task.
type BoardNeeds struct {
	Key         string     `json:"key"`
	Lag         int        `json:"lag,omitempty"`
	LagUnit     flow.Unit  `json:"lag_unit,omitempty"`
	OnCancel    string     `json:"on_cancel,omitempty"`    // hold, or empty
	SatisfiedAt flow.State `json:"satisfied_at,omitempty"` // in_review, or empty
}

// WriteJSON writes a board so that it can be read again without loss, a task a
// line.
func WriteJSON(w io.Writer, b Board) error {
	b.Relevo = Version
	tasks := b.Tasks
	b.Tasks = []BoardTask{}
	head, err := json.Marshal(b)
	if err != nil {
		return err
	}
	if _, err := w.Write(head[:len(head)-2]); err != nil { // up to the tasks' bracket
		return err
	}
	for i, t := range tasks {
		line, err := json.Marshal(t)
		if err != nil {
			return err
		}
		sep := ",\n"
		if i == 0 {
			sep = "\n"
		}
		if _, err := fmt.Fprintf(w, "%s%s", sep, line); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "\n]}\n")
	return err
}

func (b *Board) people() []Person {
	people := make([]Person, 0, len(b.People))
	for _, p := range b.People {
		people = append(people, Person{Ref: p.ID, Name: line(p.Name)})
	}
	return people
}

func (b *Board) plan(p *Plan) {
	states := map[int]flow.State{}
	for i, c := range b.Columns {
		if !slices.Contains(flow.States, c.State) {
			p.find(0, c.Name, found(fault.FoundNotAState, string(c.State)))
			c.State = flow.Ready
		}
		limit := max(0, min(c.WIPLimit, 999))
		states[i] = c.State
		p.Columns = append(p.Columns, Column{Name: p.columnName(c.Name), State: c.State, WIPLimit: limit, WIPHard: c.WIPHard && limit > 0})
	}
	for _, l := range b.Labels {
		p.label(&Task{Title: l.Name}, Label(l)) // those that no task has, too
	}
	for _, f := range b.Fields {
		p.custom(Custom(f))
	}
	people := map[string]int{}
	for i, person := range p.People {
		people[person.Ref] = i
	}
	for _, from := range b.Patterns {
		p.pattern(from, people)
	}
	needs := map[int][]need{}
	for i, from := range b.Tasks {
		t := Task{Row: i + 1, Key: from.Key, Column: -1, State: from.State}
		if oneLine(from.Title) == "" {
			p.find(t.Row, "", found(fault.FoundNoTitle))
			continue
		}
		p.describe(&t, from.Title, from.Description)
		if !slices.Contains(flow.States, t.State) {
			p.find(t.Row, t.Title, found(fault.FoundNotAState, string(from.State)))
			t.State = flow.Ready
		}
		if from.Column != nil && states[*from.Column] == t.State {
			t.Column = *from.Column
		}
		p.nativeFields(&t, from)
		p.repeats(&t, from)
		p.nativeDetail(&t, from, people)
		for _, r := range from.Requires {
			needs[len(p.Tasks)] = append(needs[len(p.Tasks)], need{r.Key, Link{Lag: flow.Lag{Amount: r.Lag, Unit: r.LagUnit},
				OnCancel: flow.OnCancel(r.OnCancel), SatisfiedAt: r.SatisfiedAt}})
		}
		p.Tasks = append(p.Tasks, t)
	}
	p.number()
	p.connect(needs)
	p.became()
	p.repeated()
}

func (p *Plan) nativeDetail(t *Task, from BoardTask, people map[string]int) {
	place := func(id string) int {
		if i, known := people[id]; known {
			return i
		}
		return -1
	}
	for _, id := range from.Owners {
		if o := place(id); o >= 0 && !slices.Contains(t.Owners, o) {
			t.Owners = append(t.Owners, o)
		}
	}
	for _, name := range from.Labels {
		p.label(t, Label{Name: name})
	}
	for _, name := range slices.Sorted(maps.Keys(from.Fields)) {
		at := slices.IndexFunc(p.Customs, func(c Custom) bool { return strings.EqualFold(c.Name, line(name)) })
		p.value(t, at, name, from.Fields[name], place(from.Fields[name]))
	}
	if a := from.Approval; a != nil {
		t.Approval = &Approval{Role: a.Role, All: a.All, Note: cut(strings.TrimSpace(clean(a.Note)), MaxReason)}
		for _, id := range a.Of {
			if at := place(id); at >= 0 && len(t.Approval.Of) < MaxApprovers {
				t.Approval.Of = append(t.Approval.Of, at)
			}
		}
	}
	for _, i := range from.Checklist {
		p.item(t, Item{Text: i.Text, Owner: place(i.Owner), Due: i.Due, Required: i.Required, TickedAt: at(i.TickedAt), TickedBy: place(i.TickedBy), became: i.Became})
	}
	if len(from.Files) > 0 {
		p.find(t.Row, t.Title, found(fault.FoundDropped, "contents", len(from.Files)))
	}
	for _, c := range from.Comments {
		said := Comment{By: place(c.By), Body: c.Body, At: at(&c.At), EditedAt: at(c.EditedAt)}
		if said.By >= 0 {
			said.Author = p.People[said.By].shown()
		}
		p.comment(t, said)
	}
}

func (p *Plan) nativeFields(t *Task, from BoardTask) {
	wrong := func(code fault.Code, value any) { p.find(t.Row, t.Title, found(code, value)) }
	if from.Due != "" {
		if _, err := time.Parse(time.DateOnly, from.Due); err != nil {
			wrong(fault.FoundNotADate, from.Due)
		} else {
			t.Due = from.Due
		}
	}
	if from.Estimate < 0 || from.Estimate > MaxEstimate {
		wrong(fault.FoundNotAnEstimate, from.Estimate)
	} else {
		t.Estimate = from.Estimate
	}
	if from.Priority < 0 || from.Priority > 4 {
		wrong(fault.FoundNotAPriority, from.Priority)
	} else {
		t.Priority = from.Priority
	}
	if from.Join == flow.Any {
		t.Join = flow.Any
	}
	t.NeedsFile = from.NeedsFile
	t.NotBefore, t.ReviewAt, t.DoneAt, t.ArchivedAt = at(from.NotBefore), at(from.ReviewAt), at(from.DoneAt), at(from.ArchivedAt)
	t.OverrideReason = cut(strings.TrimSpace(clean(from.Overridden)), MaxDescription)
	t.Overridden = t.OverrideReason != ""
	t.BlockedReason = cut(strings.TrimSpace(clean(from.Blocked)), MaxDescription)
	t.Blocked = t.BlockedReason != ""
}

func at(t *time.Time) time.Time {
	if t == nil || t.Year() < 1970 || t.Year() > 9999 {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

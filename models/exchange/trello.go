package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
)

// trelloBoard is what Trello writes for "Export as JSON", as far as we know it:
// lists and cards apart, ordered by pos; checklists and members apart too; and the
// comments among the board's latest 1,000 actions, newest first.
type trelloBoard struct {
	Name       string            `json:"name"`
	Desc       string            `json:"desc"`
	Lists      []trelloList      `json:"lists"`
	Cards      []trelloCard      `json:"cards"`
	Checklists []trelloChecklist `json:"checklists"`
	Members    []trelloMember    `json:"members"`
	Actions    []trelloAction    `json:"actions"`
	Fields     []trelloField     `json:"customFields"`
}

type trelloList struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Closed bool    `json:"closed"`
	Pos    float64 `json:"pos"`
}

type trelloCard struct {
	ID          string   `json:"id"`
	Short       int64    `json:"idShort"`
	Name        string   `json:"name"`
	Desc        string   `json:"desc"`
	Closed      bool     `json:"closed"`
	Pos         float64  `json:"pos"`
	List        string   `json:"idList"`
	Due         string   `json:"due"`
	Start       string   `json:"start"`
	DueComplete bool     `json:"dueComplete"`
	Template    bool     `json:"isTemplate"`
	Active      string   `json:"dateLastActivity"`
	Members     []string `json:"idMembers"`
	Labels      []struct {
		Name  string `json:"name"`
		Color string `json:"color"`
	} `json:"labels"`
	Attachments []struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	} `json:"attachments"`
	CustomFields []trelloValue `json:"customFieldItems"`
	Voted        []string      `json:"idMembersVoted"`
	Badges       struct {
		Comments int `json:"comments"`
	} `json:"badges"`
}

type trelloChecklist struct {
	Card  string       `json:"idCard"`
	Name  string       `json:"name"`
	Pos   float64      `json:"pos"`
	Items []trelloItem `json:"checkItems"`
}

type trelloItem struct {
	Name   string  `json:"name"`
	State  string  `json:"state"`
	Pos    float64 `json:"pos"`
	Due    string  `json:"due"`
	Member string  `json:"idMember"`
}

type trelloMember struct {
	ID       string `json:"id"`
	FullName string `json:"fullName"`
	Username string `json:"username"`
}

type trelloAction struct {
	Type string `json:"type"`
	Date string `json:"date"`
	Data struct {
		Text string `json:"text"`
		Card struct {
			ID string `json:"id"`
		} `json:"card"`
	} `json:"data"`
	Creator string       `json:"idMemberCreator"`
	By      trelloMember `json:"memberCreator"`
}

func (m trelloMember) shown() string {
	if m.FullName != "" {
		return line(m.FullName)
	}
	return line(m.Username)
}

func (b *trelloBoard) sorted() []trelloList {
	lists := slices.Clone(b.Lists)
	slices.SortStableFunc(lists, func(a, z trelloList) int { return cmp.Compare(a.Pos, z.Pos) })
	return lists
}

// lanes are the lists that are open, and those closed ones that have cards.
func (b *trelloBoard) lanes() []Lane {
	count := map[string]int{}
	for _, c := range b.Cards {
		count[c.List]++
	}
	var lanes []Lane
	for _, l := range b.sorted() {
		if !l.Closed || count[l.ID] > 0 {
			lanes = append(lanes, Lane{Ref: l.ID, Name: line(l.Name), Count: count[l.ID]})
		}
	}
	return lanes
}

// people are the board's members who have to do with a card.
func (b *trelloBoard) people() []Person {
	on := map[string]bool{}
	for _, c := range b.Cards {
		for _, m := range c.Members {
			on[m] = true
		}
	}
	for _, l := range b.Checklists {
		for _, i := range l.Items {
			on[i.Member] = true
		}
	}
	for _, a := range b.Actions {
		if a.says() {
			on[a.Creator] = true
		}
	}
	var people []Person
	for _, m := range b.Members {
		if on[m.ID] {
			people = append(people, Person{Ref: m.ID, Name: m.shown()})
			delete(on, m.ID)
		}
	}
	return people
}

func (b *trelloBoard) plan(p *Plan, m Mapping, by Local) {
	columns, closed := map[string]int{}, map[string]bool{}
	for _, l := range b.sorted() {
		closed[l.ID] = l.Closed
		if state := m.States[l.ID]; l.Closed && state != "" {
			columns[l.ID] = -1 // its cards are archived, and need no column of their own
		} else if state != "" {
			columns[l.ID] = len(p.Columns)
			p.Columns = append(p.Columns, Column{Name: p.columnName(l.Name), State: state})
		}
	}
	people := map[string]int{}
	for i, person := range p.People {
		people[person.Ref] = i
	}
	known := map[string]bool{}
	for _, l := range b.lanes() {
		known[l.Ref] = true
		if m.States[l.Ref] == "" && l.Count > 0 {
			p.find(0, "", found(fault.FoundLeftOut, l.Name, l.Count))
		}
	}
	detail := b.detail()
	fields := b.customs(p)
	for _, i := range b.byPlace() {
		c := b.Cards[i]
		column, taken := columns[c.List]
		if !taken && known[c.List] {
			continue
		}
		t := Task{Row: i + 1, Number: c.Short, Column: -1, State: flow.Ready}
		if taken {
			t.Column, t.State = column, m.States[c.List]
		} else {
			p.find(t.Row, oneLine(c.Name), found(fault.FoundNoList))
		}
		if oneLine(c.Name) == "" {
			p.find(t.Row, "", found(fault.FoundNoTitle))
			continue
		}
		p.describe(&t, c.Name, joined(clean(c.Desc), c.text(by.Headings)))
		p.trelloFields(&t, c, people, by)
		p.trelloDetail(&t, c, detail, people, by)
		b.values(p, &t, c, fields, by)
		if c.Closed || closed[c.List] {
			t.ArchivedAt = moment(c.Active)
			if t.ArchivedAt.IsZero() {
				t.ArchivedAt = time.Unix(0, 0).UTC()
			}
		}
		if n := c.Badges.Comments - len(detail.comments[c.ID]); n > 0 {
			p.find(t.Row, t.Title, found(fault.FoundOldComments, n))
		}
		p.Tasks = append(p.Tasks, t)
	}
	p.numberShort()
	b.report(p)
}

// numberShort keeps Trello's own numbers of the cards, which people call them by,
// if they are fit for it.
func (p *Plan) numberShort() {
	seen := map[int64]bool{}
	for _, t := range p.Tasks {
		if t.Number < 1 || t.Number > maxNumber || seen[t.Number] {
			for i := range p.Tasks {
				p.Tasks[i].Number = 0
			}
			return
		}
		seen[t.Number] = true
	}
}

// byPlace lists the cards as they stand: archived ones after the others.
func (b *trelloBoard) byPlace() []int {
	order := make([]int, len(b.Cards))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(b.Cards[i].Pos, b.Cards[j].Pos) })
	return order
}

func (p *Plan) trelloFields(t *Task, c trelloCard, people map[string]int, by Local) {
	for _, id := range c.Members {
		if i, known := people[id]; known {
			t.Owners = append(t.Owners, i)
		}
	}
	if c.Due != "" {
		if due := moment(c.Due); !due.IsZero() {
			t.Due = due.In(by.zone()).Format(time.DateOnly)
		} else {
			p.find(t.Row, t.Title, found(fault.FoundNotADate, c.Due))
		}
	}
	if c.DueComplete && t.State.Open() {
		p.find(t.Row, t.Title, found(fault.FoundCompleted))
		t.State, t.Column = flow.Done, -1
	}
	if t.State == flow.Done || t.State == flow.InReview {
		t.DoneAt = moment(c.Active)
		t.ReviewAt = t.DoneAt
	}
}

func (by Local) zone() *time.Location {
	if by.Zone == nil {
		return time.UTC
	}
	return by.Zone
}

func moment(text string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || at.Year() < 1970 || at.Year() > 9999 {
		return time.Time{}
	}
	return at.UTC()
}

// trelloDetail is what cards have that Trello keeps apart from them, by card.
type trelloDetail struct {
	checklists map[string][]trelloChecklist
	comments   map[string][]trelloAction
}

func (b *trelloBoard) detail() trelloDetail {
	d := trelloDetail{map[string][]trelloChecklist{}, map[string][]trelloAction{}}
	lists := slices.Clone(b.Checklists)
	slices.SortStableFunc(lists, func(a, z trelloChecklist) int { return cmp.Compare(a.Pos, z.Pos) })
	for _, l := range lists {
		d.checklists[l.Card] = append(d.checklists[l.Card], l)
	}
	for _, a := range slices.Backward(b.Actions) { // the newest is first
		if a.says() {
			d.comments[a.Data.Card.ID] = append(d.comments[a.Data.Card.ID], a)
		}
	}
	return d
}

func (a trelloAction) says() bool {
	return (a.Type == "commentCard" || a.Type == "copyCommentCard") && strings.TrimSpace(a.Data.Text) != ""
}

// trelloDetail gives a task its checklist and comments. Several checklists become
// one, in which each item says what list it is of.
func (p *Plan) trelloDetail(t *Task, card trelloCard, d trelloDetail, people map[string]int, by Local) {
	place := func(id string) int {
		if i, known := people[id]; known {
			return i
		}
		return -1
	}
	for _, l := range card.Labels {
		p.label(t, Label{Name: cmp.Or(line(l.Name), l.Color), Colour: trelloColour(l.Color)})
	}
	lists := d.checklists[card.ID]
	for _, l := range lists {
		items := slices.Clone(l.Items)
		slices.SortStableFunc(items, func(a, z trelloItem) int { return cmp.Compare(a.Pos, z.Pos) })
		for _, i := range items {
			item := Item{Text: i.Name, Owner: place(i.Member), TickedBy: -1, Became: -1}
			if len(lists) > 1 {
				item.Text = l.Name + ": " + i.Name
			}
			if due := moment(i.Due); !due.IsZero() {
				item.Due = due.In(by.zone()).Format(time.DateOnly)
			}
			if i.State == "complete" {
				item.TickedAt = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) // it does not say when: now
			}
			p.item(t, item)
		}
	}
	for _, a := range d.comments[card.ID] {
		p.comment(t, Comment{Author: a.By.shown(), By: place(cmp.Or(a.By.ID, a.Creator)), Body: a.Data.Text, At: moment(a.Date)})
	}
}

// text is what a card's description has to keep.
func (c trelloCard) text(by Headings) string {
	var files []string
	for _, f := range c.Attachments {
		name := strings.NewReplacer("[", "(", "]", ")").Replace(line(cmp.Or(f.Name, f.URL)))
		files = append(files, fmt.Sprintf("- [%s](<%s>)", name, strings.NewReplacer("<", "%3C", ">", "%3E").Replace(line(f.URL))))
	}
	if len(files) == 0 {
		return ""
	}
	return fmt.Sprintf("**%s**\n\n%s", by.Files, strings.Join(files, "\n"))
}

// trelloColours are ours for Trello's; each comes as _light and _dark, too.
var trelloColours = map[string]string{"green": "green", "lime": "green", "yellow": "yellow", "orange": "orange", "red": "red",
	"purple": "purple", "blue": "blue", "sky": "teal", "pink": "pink", "black": "grey", "": "grey"}

func trelloColour(name string) string {
	name, _, _ = strings.Cut(name, "_")
	return trelloColours[name]
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return strings.TrimRight(a, "\n ") + "\n\n" + b
}

// report says what of the board is kept otherwise, or not at all.
func (b *trelloBoard) report(p *Plan) {
	kept, lost := map[string]int{}, map[string]int{}
	for _, c := range b.Cards {
		kept["files"] += len(c.Attachments)
		lost["votes"] += len(c.Voted)
		if c.Start != "" {
			lost["starts"]++
		}
		if c.Template {
			lost["templates"]++
		}
	}
	if slices.ContainsFunc(b.Actions, trelloAction.says) {
		p.find(0, "", found(fault.FoundComments))
	}
	if kept["files"] > 0 {
		p.find(0, "", found(fault.FoundInText, "files", kept["files"]))
	}
	if strings.TrimSpace(b.Desc) != "" {
		lost["description"] = 1
	}
	for _, what := range []string{"description", "starts", "votes", "templates"} {
		if lost[what] > 0 {
			p.find(0, "", found(fault.FoundDropped, what, lost[what]))
		}
	}
}

package exchange

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/fault"
)

// item adds an item to a task's checklist, as far as it is fit for it.
func (p *Plan) item(t *Task, i Item) {
	i.Text = line(i.Text)
	switch {
	case i.Text == "":
		return
	case len(t.Items) == MaxItems:
		p.find(t.Row, t.Title, found(fault.FoundTooManyItems, MaxItems))
		return
	case utf8.RuneCountInString(i.Text) > MaxTitle:
		p.find(t.Row, t.Title, found(fault.FoundCut, MaxTitle))
		i.Text = strings.TrimSpace(cut(i.Text, MaxTitle-1)) + "…"
	}
	if _, err := time.Parse(time.DateOnly, i.Due); i.Due != "" && err != nil {
		p.find(t.Row, t.Title, found(fault.FoundNotADate, i.Due))
		i.Due = ""
	}
	t.Items = append(t.Items, i)
}

// comment adds what somebody said of a task.
func (p *Plan) comment(t *Task, c Comment) {
	c.Author, c.Body = cut(line(c.Author), MaxName), strings.TrimSpace(clean(c.Body))
	if c.Body == "" {
		return
	}
	if most := MaxComment - MaxName - 10; utf8.RuneCountInString(c.Body) > most { // room for who said it
		p.find(t.Row, t.Title, found(fault.FoundCut, most))
		c.Body = strings.TrimSpace(cut(c.Body, most))
	}
	t.Comments = append(t.Comments, c)
}

// became finds the tasks that items were turned into by their keys.
func (p *Plan) became() {
	at := map[string]int{}
	for i, t := range p.Tasks {
		at[t.Key] = i
	}
	for i, t := range p.Tasks {
		for j, item := range t.Items {
			p.Tasks[i].Items[j].Became = -1
			if task, there := at[item.became]; there && item.became != "" && task != i {
				p.Tasks[i].Items[j].Became = task
			}
		}
	}
}

// label gives a task a label by its name, and the board the label if it is new.
func (p *Plan) label(t *Task, l Label) {
	l.Name = strings.TrimSpace(cut(line(l.Name), MaxLabelName))
	if l.Name == "" {
		return
	}
	i := slices.IndexFunc(p.Labels, func(o Label) bool { return strings.EqualFold(o.Name, l.Name) })
	if i < 0 && len(p.Labels) == MaxLabels {
		p.find(t.Row, t.Title, found(fault.FoundTooManyLabels, MaxLabels, l.Name))
		return
	}
	if i < 0 {
		i, p.Labels = len(p.Labels), append(p.Labels, l)
	}
	if !slices.Contains(t.Labels, i) {
		t.Labels = append(t.Labels, i)
	}
}

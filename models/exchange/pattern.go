package exchange

import (
	"fmt"
	"slices"
	"strings"
)

// BoardPattern is a template of a task.
type BoardPattern struct {
	Name        string            `json:"name"`
	Title       string            `json:"title"`
	Description string            `json:"description,omitempty"`
	Owners      []string          `json:"owners,omitempty"` // IDs of People
	DueIn       *int              `json:"due_in,omitempty"` // days after a task is made
	Estimate    int               `json:"estimate,omitempty"`
	Priority    int               `json:"priority,omitempty"`
	NeedsFile   bool              `json:"needs_file,omitempty"`
	Labels      []string          `json:"labels,omitempty"` // their names
	Fields      map[string]string `json:"fields,omitempty"` // as a task's
	Approval    *BoardApproval    `json:"approval,omitempty"`
	Checklist   []BoardItem       `json:"checklist,omitempty"` // of which the text counts, and whether it is required
}

// Pattern is a template of a task to be made.
type Pattern struct {
	Task  // what a task made of it begins with
	Name  string
	DueIn *int
}

// pattern adds a template to the board, as far as it is fit for one.
func (p *Plan) pattern(from BoardPattern, people map[string]int) {
	name := strings.TrimSpace(cut(line(from.Name), MaxPatternName))
	if name == "" || oneLine(from.Title) == "" || len(p.Patterns) == MaxPatterns {
		return
	}
	taken := func(name string) bool {
		return slices.ContainsFunc(p.Patterns, func(o Pattern) bool { return fold(o.Name) == fold(name) })
	}
	made := Pattern{Name: name, DueIn: from.DueIn}
	for n := 2; taken(made.Name); n++ {
		made.Name = fmt.Sprintf("%s (%d)", cut(name, MaxPatternName-6), n)
	}
	if from.DueIn != nil && (*from.DueIn < 0 || *from.DueIn > MaxDueIn) {
		made.DueIn = nil
	}
	t := BoardTask{Estimate: from.Estimate, Priority: from.Priority, NeedsFile: from.NeedsFile, Owners: from.Owners, Labels: from.Labels,
		Fields: from.Fields, Approval: from.Approval, Checklist: from.Checklist}
	p.describe(&made.Task, from.Title, from.Description)
	p.nativeFields(&made.Task, t)
	p.nativeDetail(&made.Task, t, people)
	p.Patterns = append(p.Patterns, made)
}

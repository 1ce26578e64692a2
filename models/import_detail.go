package models

import (
	"slices"

	"relevo/models/exchange"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// importItems records the checklists of a plan and returns their rows.
func (tx *Tx) importItems(b Board, tasks []Task, plan *exchange.Plan, people map[int]Person, cause int64) []Item {
	var items []Item
	for at := range tasks {
		t, last := &tasks[at], ""
		for _, in := range plan.Tasks[at].Items {
			last = flow.Below(last)
			i := Item{ID: NewID(), TaskID: t.ID, TeamID: tx.Team.ID, Text: in.Text, OwnerID: people[in.Owner].ID, Due: Date(in.Due),
				Required: in.Required, Position: last, TickedAt: orNil(in.TickedAt), CreatedAt: tx.now}
			ticker := people[in.TickedBy]
			if ticker.ID == "" {
				ticker = Person{ID: tx.actor.ID, Name: tx.actor.Name}
			}
			if i.TickedAt != nil {
				i.TickedBy = ticker.ID
			}
			if in.Became >= 0 {
				i.BecameID = tasks[in.Became].ID
			}
			changes := itemChanges(Item{}, i)
			for c := range changes {
				switch changes[c].Field {
				case "owner":
					changes[c].ToText = people[in.Owner].Name
				case "ticked_by":
					changes[c].ToText = ticker.Name
				case "became":
					changes[c].ToText = onBoard{tasks[in.Became], b}.subject().Name
				}
			}
			t.Version = tx.importPart(itemNote(ItemAdded, onBoard{*t, b}, i, changes), cause)
			items = append(items, i)
		}
	}
	return items
}

// importComments records the comments of a plan and returns their rows. They are
// the importer's, for nobody may speak in another's name: who said it stands
// before each that is not their own.
func (tx *Tx) importComments(b Board, tasks []Task, plan *exchange.Plan, people map[int]Person, cause int64) []Comment {
	var comments []Comment
	for at := range tasks {
		t := &tasks[at]
		for _, in := range plan.Tasks[at].Comments {
			c := Comment{ID: NewID(), TaskID: t.ID, TeamID: tx.Team.ID, AuthorID: tx.actor.ID, Body: in.Body, CreatedAt: in.At, EditedAt: orNil(in.EditedAt)}
			if people[in.By].ID != tx.actor.ID && in.Author != "" {
				c.Body = "**" + in.Author + "**:\n\n" + in.Body
			}
			t.Version = tx.importPart(commentNote(CommentAdded, onBoard{*t, b}, c, []ledger.Change{{Field: "body", To: c.Body}}), cause)
			comments = append(comments, c)
		}
	}
	return comments
}

func (tx *Tx) importPart(n note, cause int64) int64 {
	n.cause = cause
	return tx.record(n)
}

// taskLabel is a label on a task.
type taskLabel struct{ TaskID, LabelID string }

// TableName is where they are kept.
func (taskLabel) TableName() string { return "task_labels" }

// importLabels makes the labels of a plan, by their place in it.
func (tx *Tx) importLabels(b Board, plan *exchange.Plan, cause int64) ([]Label, error) {
	labels := make([]Label, len(plan.Labels))
	for i, in := range plan.Labels {
		l := Label{ID: NewID(), BoardID: b.ID, Name: in.Name, Colour: in.Colour, Icon: in.Icon}
		if !slices.Contains(Colours, l.Colour) {
			l.Colour = Colours[i%len(Colours)]
		}
		if !slices.Contains(LabelIcons, l.Icon) {
			l.Icon = LabelIcons[0]
		}
		tx.importPart(labelNote(LabelAdded, b, l, labelChanges(Label{}, l)), cause)
		labels[i] = l
	}
	return labels, insertMany(tx, labels)
}

// labelled are the IDs and names of the labels at those places.
func labelled(labels []Label, places []int) (ids, names string, has bool) {
	var mine []Label
	for _, at := range places {
		mine = append(mine, labels[at])
	}
	ids, names = labelNames(mine)
	return ids, names, len(mine) > 0
}

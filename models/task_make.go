package models

import (
	"fmt"
	"slices"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// draft is a task that is made whole, of another one or of a template.
type draft struct {
	Task                // what it says of itself; the rest is filled in
	owners []string     // those who have left the team are left out
	labels []string     // names; those that the board has not are left out
	files  []Attachment // what is in them is shared with what it was made of
	items  []Item       // what they say; none is ticked
	values []FieldValue // those that have no place on the board are left out

	of    ledger.Subject  // what it was made of; zero: of nothing
	more  []ledger.Change // what the entry says besides
	cause int64           // the entry that brought it about; 0: the actor's own act
	above string          // the card that it goes above; empty: at the bottom
	waits bool            // for a prerequisite that is open, or for its time
}

// makeTask adds a task that is ready, or waits, to a board, with all that the draft says, and tells
// its owners.
func (tx *Tx) makeTask(board string, d draft) (onBoard, error) {
	b, err := tx.board(board) // its next number changes with each task
	if err != nil {
		return onBoard{}, err
	}
	state := flow.Ready
	if d.waits {
		state = flow.Waiting
	}
	c, err := tx.columnFor(b.ID, Column{}, state)
	if err != nil {
		return onBoard{}, err
	}
	if err := tx.checkRoom(c, 1); err != nil && d.cause == 0 {
		return onBoard{}, err
	}
	t := Task{ID: NewID(), TeamID: tx.Team.ID, BoardID: b.ID, ColumnID: c.ID, Number: b.NextNumber, State: state, Join: d.Join, NotBefore: d.NotBefore,
		Title: d.Title, Description: d.Description, Due: d.Due, Estimate: d.Estimate, Priority: d.Priority, NeedsFile: d.NeedsFile,
		Repeats: d.Repeats, RepeatsOn: d.RepeatsOn, RepeatOf: d.RepeatOf,
		CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now, Version: tx.seq + 1}
	if t.Repeats != "" {
		t.RepeatAt, t.RepeatSeq = t.comesAt(tx.Team), t.Version
	}
	if t.Join == "" {
		t.Join = flow.All
	}
	if t.Position, err = tx.bottomOf(c.ID); d.above != "" && err == nil {
		t.Position, err = tx.above(c.ID, d.above, t.ID)
	}
	if err != nil {
		return onBoard{}, err
	}
	made := onBoard{t, b}
	owners, err := tx.enter(made, d)
	if err != nil {
		return made, err
	}
	seq := t.Version
	if err := tx.makeItems(made, d.items, seq); err != nil {
		return made, err
	}
	if err := tx.makeFiles(made, d.files, seq); err != nil {
		return made, err
	}
	if err := tx.rows().Exec("UPDATE boards SET next_number = ? WHERE id = ?", b.NextNumber+1, b.ID).Error; err != nil {
		return made, err
	}
	kind := Assigned
	if d.cause != 0 && d.waits {
		return made, nil // its owners are told when its time comes
	}
	if d.cause != 0 {
		kind = YourTurn
	}
	return made, tx.tell(personIDs(owners), t.ID, kind, seq)
}

// enter records and inserts a new task with what its draft says besides: who owns
// it, whom it returns, its labels and its values.
func (tx *Tx) enter(made onBoard, d draft) ([]Person, error) {
	t := made.Task
	owners, err := tx.stillMembers(d.owners)
	if err != nil {
		return nil, err
	}
	worn, err := tx.labelsNamed(made.BoardID, d.labels)
	if err != nil {
		return nil, err
	}
	changes, _ := tx.difference(Task{}, t)
	if len(owners) > 0 {
		changes = append(changes, ledger.Change{Field: "owners", To: strings.Join(personIDs(owners), " "), ToText: personNames(owners)})
	}
	if ids, names := labelNames(worn); ids != "" {
		changes = append(changes, ledger.Change{Field: "labels", To: ids, ToText: names})
	}
	rows, held, err := tx.draftValues(t, d.values)
	if err != nil {
		return nil, err
	}
	changes = append(changes, held...)
	if d.of.ID == "" {
		d.of = made.subject()
	}
	n := note{action: TaskCreated, subject: d.of, task: made.subject(), board: made.board.subject(), changes: append(changes, d.more...), cause: d.cause}
	if err := tx.create(&t, n); err != nil {
		return nil, fmt.Errorf("make task: %w", err)
	}
	for _, o := range owners {
		if err := tx.rows().Create(&TaskOwner{TaskID: t.ID, UserID: o.ID, TeamID: tx.Team.ID}).Error; err != nil {
			return nil, err
		}
	}
	for _, l := range worn {
		if err := tx.rows().Exec("INSERT INTO task_labels (task_id, label_id) VALUES (?, ?)", t.ID, l.ID).Error; err != nil {
			return nil, err
		}
	}
	if err := insertMany(tx, rows); err != nil {
		return nil, err
	}
	return owners, nil
}

// makeItems adds items with new places and unticked.
func (tx *Tx) makeItems(t onBoard, items []Item, cause int64) error {
	last := ""
	for _, in := range items {
		last = flow.Below(last)
		owner, err := tx.stillMembers([]string{in.OwnerID})
		if err != nil {
			return err
		}
		i := Item{ID: NewID(), TaskID: t.ID, TeamID: tx.Team.ID, Text: in.Text, Due: in.Due, Required: in.Required, Position: last, CreatedAt: tx.now}
		if len(owner) > 0 {
			i.OwnerID = owner[0].ID
		}
		changes := itemChanges(Item{}, i)
		if err := tx.nameItemChanges(changes); err != nil {
			return err
		}
		n := itemNote(ItemAdded, t, i, changes)
		n.cause = cause
		if err := tx.create(&i, n); err != nil {
			return fmt.Errorf("make item: %w", err)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return tx.touch(t)
}

// stillMembers are the people with those IDs who are members of the team, by ID.
func (tx *Tx) stillMembers(ids []string) (people []Person, err error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	if len(ids) == 0 {
		return nil, nil
	}
	err = tx.db.Raw("SELECT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = ? AND u.id IN ? ORDER BY u.id", tx.Team.ID, ids).Scan(&people).Error
	return people, err
}

// labelsNamed are the labels of a board with those names, whatever their case.
func (tx *Tx) labelsNamed(board string, names []string) ([]Label, error) {
	if len(names) == 0 {
		return nil, nil
	}
	all, err := labels(tx.db, board)
	return slices.DeleteFunc(all, func(l Label) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(l.Name, name) })
	}), err
}

// otherBoard is a board of the team that tasks can be brought to; NotAChoice if
// there is none such.
func (tx *Tx) otherBoard(id string) (Board, error) {
	b, err := tx.board(id)
	if f := fault.From(err); f != nil && f.Kind == fault.Missing || err == nil && b.ArchivedAt != nil {
		return b, fault.On("board", fault.NotAChoice)
	}
	return b, err
}

package models

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// MaxItems is the most items of one checklist.
const MaxItems = 200

// Item is one thing to tick off on a task.
type Item struct {
	ID        string `gorm:"primaryKey"`
	TaskID    string
	TeamID    string
	Text      string // one line; at most MaxTitle characters, for it may become a task
	OwnerID   string // empty: nobody
	Due       Date
	Required  bool // not ticked, it keeps the task from being done
	Position  string
	TickedAt  *time.Time
	TickedBy  string
	BecameID  string // the task that it was turned into; empty: none
	CreatedAt time.Time
}

// TableName is where items are kept.
func (Item) TableName() string { return "checklist_items" }

func (i Item) subject() ledger.Subject {
	return ledger.Subject{Kind: "item", ID: i.ID, Name: i.Text}
}

// ItemView is an item as the panel shows it.
type ItemView struct {
	Item
	Owner  Person   // zero: nobody
	Ticker Person   // who ticked it; zero: nobody
	Became *TaskRef // the task that it was turned into, as long as that is not deleted
}

// Done reports whether the item is ticked, or the task it was turned into is done.
func (i ItemView) Done() bool {
	return i.TickedAt != nil || i.Became != nil && i.Became.State == flow.Done
}

// ByHand reports whether a person ticks the item; one that is a task is ticked by
// finishing that.
func (i ItemView) ByHand() bool {
	return i.Became == nil || itemByHand(i.TickedAt, i.Became.State)
}

// ItemInput is what a person says of an item.
type ItemInput struct {
	Text     string
	Owner    string // a member's ID; empty: nobody
	Due      Date
	Required bool
}

// AddItems adds an item for each text at the end of a task's checklist. The marks
// of a pasted list are left out. It returns Invalid faults for the field texts.
func (s *Store) AddItems(ctx context.Context, who Actor, task string, texts []string, required bool) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		texts, err := checkItems(texts)
		if err != nil {
			return err
		}
		var has int
		var last string
		if err := tx.db.Raw("SELECT COUNT(*), COALESCE(MAX(position), '') FROM checklist_items WHERE task_id = ?", task).Row().Scan(&has, &last); err != nil {
			return err
		}
		if has+len(texts) > MaxItems {
			return fault.On("texts", fault.TooManyAtOnce, MaxItems-has)
		}
		for _, text := range texts {
			last = flow.Below(last)
			i := Item{ID: NewID(), TaskID: task, TeamID: tx.Team.ID, Text: text, Required: required, Position: last, CreatedAt: tx.now}
			if err := tx.create(&i, itemNote(ItemAdded, t, i, itemChanges(Item{}, i))); err != nil {
				return err
			}
		}
		if required {
			if err := tx.approvalFalls(t, tx.seq); err != nil {
				return err
			}
		}
		return tx.listed(t)
	})
}

// listMark begins a line of a list as people paste it: "- [ ] ", "* ", "3. ".
var listMark = regexp.MustCompile(`^(?:(?:[-*+•]|\d{1,3}[.)])(?:\s+|$))?(?:\[[ xX]?\](?:\s+|$))?`)

func checkItems(texts []string) ([]string, error) {
	var kept []string
	for _, t := range texts {
		t = strings.Join(strings.Fields(listMark.ReplaceAllString(strings.TrimSpace(t), "")), " ")
		if t == "" {
			continue
		}
		if utf8.RuneCountInString(t) > MaxTitle {
			return nil, fault.On("texts", fault.TooLong, MaxTitle)
		}
		kept = append(kept, t)
	}
	if len(kept) == 0 {
		return nil, fault.On("texts", fault.Needed)
	}
	return kept, nil
}

// EditItem changes what an item says. It returns Invalid faults by field, and
// Stale if somebody has changed the same since seen.
func (s *Store) EditItem(ctx context.Context, who Actor, task, item string, seen int64, in ItemInput) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		is := was
		is.Text, is.Due, is.OwnerID, is.Required = strings.Join(strings.Fields(in.Text), " "), in.Due, in.Owner, in.Required
		if err := tx.checkItem(was, is); err != nil {
			return err
		}
		changes := itemChanges(was, is)
		fields := make([]string, len(changes))
		for i, c := range changes {
			fields[i] = c.Field
		}
		if err := tx.meanwhile(task, item, seen, fields); err != nil {
			return err
		}
		return tx.saveItem(t, was, is, ItemEdited)
	})
}

func (tx *Tx) checkItem(was, is Item) error {
	var text, due, owner *fault.Fault
	switch {
	case is.Text == "":
		text = fault.On("text", fault.Needed)
	case utf8.RuneCountInString(is.Text) > MaxTitle:
		text = fault.On("text", fault.TooLong, MaxTitle)
	}
	if _, err := time.Parse(time.DateOnly, string(is.Due)); is.Due != "" && err != nil {
		due = fault.On("due", fault.NotADate)
	}
	if is.OwnerID != "" && is.OwnerID != was.OwnerID {
		var known int
		if err := tx.db.Raw("SELECT COUNT(*) FROM memberships WHERE team_id = ? AND user_id = ?", tx.Team.ID, is.OwnerID).Row().Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			owner = fault.On("owner", fault.NotInTeam)
		}
	}
	return fault.All(text, owner, due)
}

// TickItem ticks an item off. One that is an open task is refused: ItemIsTask.
func (s *Store) TickItem(ctx context.Context, who Actor, task, item string) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		if was.TickedAt != nil {
			return nil
		}
		if err := tx.byHand(was); err != nil {
			return err
		}
		is := was
		is.TickedAt, is.TickedBy = &tx.now, tx.actor.ID
		return tx.saveItem(t, was, is, ItemTicked)
	})
}

// UntickItem takes the tick back. One that is a finished task is refused: ItemIsTask.
func (s *Store) UntickItem(ctx context.Context, who Actor, task, item string) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		if was.TickedAt == nil {
			return nil
		}
		if err := tx.byHand(was); err != nil {
			return err
		}
		is := was
		is.TickedAt, is.TickedBy = nil, ""
		return tx.saveItem(t, was, is, ItemUnticked)
	})
}

// MoveItem puts an item above another one of its list; empty: last.
func (s *Store) MoveItem(ctx context.Context, who Actor, task, item, before string) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		if before == item {
			return nil
		}
		var others []Item
		if err := tx.db.Order("position, id").Find(&others, "task_id = ? AND id <> ?", task, item).Error; err != nil {
			return err
		}
		at := slices.IndexFunc(others, func(o Item) bool { return o.ID == before })
		if at < 0 {
			at = len(others)
		}
		is := was
		switch {
		case len(others) == 0:
			return nil
		case at == 0:
			is.Position = flow.Above(others[0].Position)
		case at == len(others):
			is.Position = flow.Below(others[at-1].Position)
		default:
			is.Position = flow.Between(others[at-1].Position, others[at].Position)
		}
		return tx.saveItem(t, was, is, ItemMoved)
	})
}

// RemoveItem takes an item off its list. A task that it was turned into stays.
func (s *Store) RemoveItem(ctx context.Context, who Actor, task, item string) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		if err := tx.delete(&Item{ID: item}, itemNote(ItemRemoved, t, was, itemChanges(was, Item{}))); err != nil {
			return err
		}
		if err := tx.itemChanged(t, was, Item{}); err != nil {
			return err
		}
		return tx.listed(t)
	})
}

// MakeItemTask turns an item into a task of the same board, with its owner and
// date. The new task is a prerequisite of the one it came from.
func (s *Store) MakeItemTask(ctx context.Context, who Actor, task, item string) error {
	return s.changeItem(ctx, who, task, item, func(tx *Tx, t onBoard, was Item) error {
		switch {
		case was.BecameID != "":
			return fault.New(fault.Conflict, fault.ItemIsTask)
		case !t.State.Open():
			return fault.New(fault.Conflict, fault.NotOpen)
		}
		var there int
		if err := tx.db.Raw("SELECT COUNT(*) FROM dependencies WHERE dependent_id = ?", task).Row().Scan(&there); err != nil {
			return err
		}
		if there >= MaxPrerequisites {
			return fault.New(fault.Conflict, fault.TooManyAtOnce, MaxPrerequisites)
		}
		made, err := tx.taskOf(t.board, was)
		if err != nil {
			return err
		}
		is := was
		is.BecameID = made.ID
		if err := tx.saveItem(t, was, is, ItemMadeTask); err != nil {
			return err
		}
		usual, err := DependencyInput{}.check()
		if err != nil {
			return err
		}
		if err := tx.link(made, t, usual); err != nil {
			return err
		}
		return tx.relinked(made, t)
	})
}

// taskOf adds a ready task that says what an item says.
func (tx *Tx) taskOf(b Board, i Item) (onBoard, error) {
	ready, err := tx.columnFor(b.ID, Column{}, flow.Ready)
	if err != nil {
		return onBoard{}, err
	}
	if err := tx.checkRoom(ready, 1); err != nil {
		return onBoard{}, err
	}
	added, err := tx.addTasks(b, ready, bare(i.Text))
	if err != nil {
		return onBoard{}, err
	}
	made, is := onBoard{added[0], b}, added[0]
	is.Due = i.Due
	var owners []ledger.Change
	var told []string
	if i.OwnerID != "" {
		owners, told, err = tx.setOwners(made.ID, []string{i.OwnerID})
		if f := fault.From(err); err != nil && (f == nil || f.Code != fault.NotInTeam) { // who has left the team owns no new task
			return made, err
		}
	}
	seq, err := tx.saveWith(made, is, note{action: TaskEdited}, owners)
	if err != nil || seq == 0 {
		return made, err
	}
	made.Task = is
	return made, tx.tell(told, made.ID, Assigned, seq)
}

// changeItem is change for an item of a task.
func (s *Store) changeItem(ctx context.Context, who Actor, task, item string, fn func(*Tx, onBoard, Item) error) error {
	return s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		var i Item
		if err := tx.db.Take(&i, "id = ? AND task_id = ?", item, task).Error; err != nil {
			return orMissing(err)
		}
		return fn(tx, t, i)
	})
}

func (tx *Tx) saveItem(t onBoard, was, is Item, action Action) error {
	changes := itemChanges(was, is)
	if len(changes) == 0 {
		return nil
	}
	if err := tx.nameItemChanges(changes); err != nil {
		return err
	}
	err := tx.update(&Item{ID: is.ID}, map[string]any{"text": is.Text, "owner_id": is.OwnerID, "due": is.Due, "required": is.Required,
		"position": is.Position, "ticked_at": is.TickedAt, "ticked_by": is.TickedBy, "became_id": is.BecameID}, itemNote(action, t, is, changes))
	if err != nil {
		return err
	}
	if err := tx.itemChanged(t, was, is); err != nil {
		return err
	}
	return tx.listed(t)
}

// listed ends a change of a task's checklist: the card shows it anew. What is done
// stays complete: a required item cannot come up on it.
func (tx *Tx) listed(t onBoard) error {
	if t.State == flow.Done {
		missing, err := itemsTicked(tx, t)
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			return fault.New(fault.Conflict, fault.NotOpen)
		}
	}
	return tx.touch(t)
}

func itemNote(action Action, t onBoard, i Item, changes []ledger.Change) note {
	return note{action: action, subject: i.subject(), task: t.subject(), board: t.board.subject(), changes: changes}
}

func itemChanges(was, is Item) []ledger.Change {
	return changed("text", was.Text, is.Text, "owner", was.OwnerID, is.OwnerID, "due", string(was.Due), string(is.Due),
		"required", yes(was.Required), yes(is.Required), "position", was.Position, is.Position,
		"ticked_at", moment(was.TickedAt), moment(is.TickedAt), "ticked_by", was.TickedBy, is.TickedBy, "became", was.BecameID, is.BecameID)
}

// nameItemChanges gives the people and the task in changes their names of now.
func (tx *Tx) nameItemChanges(changes []ledger.Change) error {
	name := func(id, field string) (text string, err error) {
		if id == "" {
			return "", nil
		}
		if field == "became" {
			t, err := tx.task(id)
			return t.subject().Name, err
		}
		err = tx.db.Raw("SELECT name FROM users WHERE id = ?", id).Row().Scan(&text)
		return text, err
	}
	for i, c := range changes {
		if c.Field != "owner" && c.Field != "became" {
			continue
		}
		var err error
		if changes[i].FromText, err = name(c.From, c.Field); err != nil {
			return err
		}
		if changes[i].ToText, err = name(c.To, c.Field); err != nil {
			return err
		}
	}
	return nil
}

// itemsTicked is the requirement that each required item is ticked, or the task
// that it was turned into done.
func itemsTicked(tx *Tx, t onBoard) ([]*fault.Fault, error) {
	var open []string
	err := tx.db.Raw(`SELECT i.text FROM checklist_items i LEFT JOIN tasks m ON m.id = i.became_id AND m.deleted_at IS NULL
		WHERE i.task_id = ? AND i.required AND i.ticked_at IS NULL AND COALESCE(m.state, '') <> 'done' ORDER BY i.position, i.id`, t.ID).Scan(&open).Error
	if err != nil {
		return nil, err
	}
	missing := make([]*fault.Fault, len(open))
	for i, text := range open {
		missing[i] = fault.New(fault.Conflict, fault.ItemOpen, text)
	}
	return missing, nil
}

// items reads a task's checklist.
func items(db *gorm.DB, task string) ([]ItemView, error) {
	var rows []Item
	if err := db.Order("position, id").Find(&rows, "task_id = ?", task).Error; err != nil || len(rows) == 0 {
		return nil, err
	}
	people, made := []string{}, []string{}
	for _, i := range rows {
		people, made = append(people, i.OwnerID, i.TickedBy), append(made, i.BecameID)
	}
	var named []Person
	if err := db.Raw("SELECT id, name FROM users WHERE id IN ?", people).Scan(&named).Error; err != nil {
		return nil, err
	}
	var tasks []Task
	if err := db.Omit("description").Find(&tasks, "id IN ? AND deleted_at IS NULL", made).Error; err != nil {
		return nil, err
	}
	var boards []Board // a task may have gone to another one
	if err := db.Select("id", "key", "name").Find(&boards, "id IN (SELECT board_id FROM tasks WHERE id IN ?)", made).Error; err != nil {
		return nil, err
	}
	on := map[string]Board{}
	for _, b := range boards {
		on[b.ID] = b
	}
	views := make([]ItemView, len(rows))
	for n, i := range rows {
		views[n].Item = i
		for _, p := range named {
			if p.ID == i.OwnerID {
				views[n].Owner = p
			}
			if p.ID == i.TickedBy {
				views[n].Ticker = p
			}
		}
		for _, t := range tasks {
			if t.ID == i.BecameID {
				ref := onBoard{t, on[t.BoardID]}.ref()
				views[n].Became = &ref
			}
		}
	}
	return views, nil
}

// progress counts the items of cards and those done.
func progress(db *gorm.DB, ids []string) (map[string][2]int, error) {
	counts := map[string][2]int{}
	for part := range slices.Chunk(ids, chunk) {
		var rows []struct {
			TaskID     string
			Total, Got int
		}
		err := db.Raw(`SELECT i.task_id, COUNT(*) AS total, COUNT(CASE WHEN i.ticked_at IS NOT NULL OR m.state = 'done' THEN 1 END) AS got
			FROM checklist_items i LEFT JOIN tasks m ON m.id = i.became_id AND m.deleted_at IS NULL
			WHERE i.task_id IN ? GROUP BY i.task_id`, part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			counts[r.TaskID] = [2]int{r.Got, r.Total}
		}
	}
	return counts, nil
}

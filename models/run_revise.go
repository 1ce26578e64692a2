package models

import (
	"slices"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// revision brings the task of one step from what the older version said to what the
// newer one says. Whatever people have changed of it by hand stays as they want it.
type revision struct {
	*mover
	t        onBoard
	is       Task
	old, new playbook.Planned
	differs  map[string]bool // keys in which the versions have it differently
	more     []ledger.Change
	added    []string // owners
	asked    *consent // what it asks approval of from now on; nil: as before
}

func (m *mover) revise(d playbook.Difference) error {
	t, err := m.tx.task(m.task[d.ID])
	if err != nil {
		return err
	}
	r := revision{mover: m, t: t, is: t.Task, old: planned(m.before, d.ID), new: planned(m.after, d.ID), differs: map[string]bool{}}
	for _, e := range d.Edits {
		key, _, _ := strings.Cut(e.Key, ".")
		r.differs[key] = true
	}
	if err := r.texts(); err != nil {
		return err
	}
	r.plain()
	if err := r.owners(); err != nil {
		return err
	}
	if err := r.labels(); err != nil {
		return err
	}
	if err := r.approval(); err != nil {
		return err
	}
	if err := r.save(); err != nil {
		return err
	}
	return r.items()
}

// texts fills both versions' texts with what the run knows by now.
func (r *revision) texts() error {
	before, err := r.was.filler(r.tx.db)
	if err != nil {
		return err
	}
	after, err := r.mover.is.filler(r.tx.db)
	if err != nil {
		return err
	}
	old, _ := r.move.From.Step(r.old.Step)
	now, _ := r.v.Step(r.new.Step)
	line := func(f playbook.Filler, s playbook.Step) string {
		text, _ := f.Line(s.Title, MaxTitle)
		return firstOf(text, s.Title)
	}
	if r.differs["title"] && r.is.Title == line(before, old) {
		r.is.Title = line(after, now)
	}
	text, _ := before.Markdown(old.Description, MaxDescription)
	if r.differs["description"] && r.is.Description == text {
		r.is.Description, _ = after.Markdown(now.Description, MaxDescription)
	}
	for i := range r.old.Checklist {
		r.old.Checklist[i].Text, _ = before.Line(old.Checklist[i].Text, MaxTitle)
	}
	for i := range r.new.Checklist {
		r.new.Checklist[i].Text, _ = after.Line(now.Checklist[i].Text, MaxTitle)
	}
	return nil
}

// plain takes over what is one value.
func (r *revision) plain() {
	t, old, now := &r.is, r.old, r.new
	if r.differs["due"] && (t.Due == Date(old.Due) || old.Moves) {
		t.Due = Date(now.Due)
		if step, _ := r.v.Step(now.Step); now.Moves && t.State != flow.Waiting {
			cal := r.tx.Team.calendar()
			t.Due = Date(step.DueWhenReady(r.tx.now.In(cal.Zone), cal))
		}
	}
	if r.differs["estimate"] && t.Estimate == old.Estimate {
		t.Estimate = now.Estimate
	}
	rank := func(p playbook.Priority) Priority { return Priority(slices.Index(playbook.Priorities, p)) }
	if r.differs["priority"] && t.Priority == rank(old.Priority) {
		t.Priority = rank(now.Priority)
	}
	if r.differs["evidence"] && t.NeedsFile == (old.Evidence != "") {
		t.NeedsFile = now.Evidence != ""
	}
	if (r.differs["join"] || r.differs["needs"]) && t.Join == old.Join {
		if t.Join = r.move.kept(now.Step).Join; t.Join == "" {
			t.Join = flow.All
		}
	}
}

// owners hands the task over if another role does it from now on.
func (r *revision) owners() error {
	if !r.differs["role"] {
		return nil
	}
	var ids []string
	if err := r.tx.db.Raw("SELECT user_id FROM task_owners WHERE task_id = ? ORDER BY user_id", r.t.ID).Scan(&ids).Error; err != nil {
		return err
	}
	before, now := r.was.run.Cast()[r.old.Role], r.cast[r.new.Role]
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == before || id == now })
	people, err := r.tx.stillMembers([]string{now})
	if err != nil {
		return err
	}
	changes, added, err := r.tx.setOwners(r.t.ID, append(ids, personIDs(people)...))
	r.more, r.added = append(r.more, changes...), added
	return err
}

func (r *revision) labels() error {
	if !r.differs["labels"] {
		return nil
	}
	has, err := r.tx.labelsNamed(r.t.BoardID, r.new.Labels)
	if err != nil {
		return err
	}
	if len(has) < len(r.new.Labels) {
		l := launch{tx: r.tx, board: r.t.board, cause: r.tx.cause, v: StartView{Sheet: playbook.Sheet{Tasks: []playbook.Planned{r.new}}}}
		if _, err := l.labels(); err != nil {
			return err
		}
		if has, err = r.tx.labelsNamed(r.t.BoardID, r.new.Labels); err != nil {
			return err
		}
	}
	worn, err := labelsOn(r.tx.db, []string{r.t.ID})
	if err != nil {
		return err
	}
	named := func(names []string, l Label) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, l.Name) })
	}
	var ids []string
	for _, l := range worn[r.t.ID] {
		if !named(r.old.Labels, l) || named(r.new.Labels, l) {
			ids = append(ids, l.ID)
		}
	}
	for _, l := range has {
		if !named(r.old.Labels, l) && !slices.Contains(ids, l.ID) {
			ids = append(ids, l.ID)
		}
	}
	changes, err := r.tx.setLabels(r.t, ids)
	r.more = append(r.more, changes...)
	return err
}

// approval asks others, unless somebody has answered or asked otherwise by hand.
func (r *revision) approval() error {
	if !r.differs["approval"] {
		return nil
	}
	was, err := consentOf(r.tx.db, r.t.Task)
	if err != nil {
		return err
	}
	ask := func(p playbook.Planned) consent {
		t := r.t.Task
		if t.Approval = ""; len(p.Approval.By) > 0 {
			t.Approval = ApprovalPending
		}
		l := launch{tx: r.tx, v: r.startView()}
		c := l.ask(t, p)
		c.AskedBy, c.AskedAt = r.tx.actor.ID, r.tx.now
		if c.TaskID == "" {
			c = consent{}
		}
		return c
	}
	if len(was.answers) > 0 || r.t.Approval == Rejected || r.t.Approval == Fallen || len(consentChanges(ask(r.old), was)) > 0 {
		return nil
	}
	is := ask(r.new)
	if r.is.Approval = ""; is.TaskID != "" {
		r.is.Approval = ApprovalPending
	}
	r.more, r.asked = append(r.more, consentChanges(was, is)...), &is
	return nil
}

// save writes it all as one entry, and tells those whom it concerns.
func (r *revision) save() error {
	seq, err := r.tx.saveWith(r.t, r.is, note{action: TaskRevised}, r.more)
	if err != nil || seq == 0 {
		return err
	}
	r.t.Task = r.is
	if r.asked != nil {
		if err := r.tx.putConsent(r.t.ID, *r.asked); err != nil {
			return err
		}
		if r.asked.TaskID != "" && r.t.State != flow.Waiting && r.t.State.Open() {
			people, err := r.tx.asked(*r.asked)
			if err != nil {
				return err
			}
			if err := r.tx.tell(people, r.t.ID, ApprovalWanted, seq); err != nil {
				return err
			}
		}
	}
	if r.t.State.Open() && r.t.State != flow.Waiting {
		if err := r.tx.tell(r.added, r.t.ID, Assigned, seq); err != nil {
			return err
		}
	}
	return r.tx.contentChanged(r.t, seq, []string{"title", "description", "due", "needs_file"})
}

// putConsent keeps whom a task asks, or forgets it.
func (tx *Tx) putConsent(task string, c consent) error {
	if c.TaskID == "" {
		return tx.forgetConsent(task)
	}
	return tx.keepConsent(c)
}

// items takes over what there is to tick off: new ones come at the end, those that
// nobody has ticked go if the newer version does without them.
func (r *revision) items() error {
	if !r.differs["checklist"] {
		return nil
	}
	var there []Item
	if err := r.tx.db.Order("position, id").Find(&there, "task_id = ?", r.t.ID).Error; err != nil {
		return err
	}
	said := func(all []playbook.Item, text string) (playbook.Item, bool) {
		i := slices.IndexFunc(all, func(i playbook.Item) bool { return i.Text == text })
		if i < 0 {
			return playbook.Item{}, false
		}
		return all[i], true
	}
	last := ""
	for _, i := range there {
		last = i.Position
		old, older := said(r.old.Checklist, i.Text)
		now, stays := said(r.new.Checklist, i.Text)
		var err error
		switch {
		case older && !stays && i.TickedAt == nil && i.BecameID == "":
			err = r.tx.dropItem(r.t, i)
		case older && stays && old.Required != now.Required && i.Required == old.Required:
			is := i
			is.Required = now.Required
			err = r.tx.saveItem(r.t, i, is, ItemEdited)
		}
		if err != nil {
			return err
		}
	}
	for _, now := range r.new.Checklist {
		_, older := said(r.old.Checklist, now.Text)
		if older || now.Text == "" || slices.ContainsFunc(there, func(i Item) bool { return i.Text == now.Text }) {
			continue
		}
		if len(there) >= MaxItems {
			return fault.New(fault.Conflict, fault.TooManyAtOnce, MaxItems)
		}
		last = flow.Below(last)
		i := Item{ID: NewID(), TaskID: r.t.ID, TeamID: r.tx.Team.ID, Text: now.Text, Required: now.Required, Position: last, CreatedAt: r.tx.now}
		if err := r.tx.putItem(r.t, i); err != nil {
			return err
		}
		there = append(there, i)
	}
	return nil
}

// putItem adds an item in its place.
func (tx *Tx) putItem(t onBoard, i Item) error {
	if err := tx.create(&i, itemNote(ItemAdded, t, i, itemChanges(Item{}, i))); err != nil {
		return err
	}
	if err := tx.itemChanged(t, Item{}, i); err != nil {
		return err
	}
	return tx.listed(t)
}

// dropItem takes an item off a task's list.
func (tx *Tx) dropItem(t onBoard, i Item) error {
	if err := tx.delete(&Item{ID: i.ID}, itemNote(ItemRemoved, t, i, itemChanges(i, Item{}))); err != nil {
		return err
	}
	if err := tx.itemChanged(t, i, Item{}); err != nil {
		return err
	}
	return tx.listed(t)
}

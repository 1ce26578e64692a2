package views

import (
	"slices"
	"strconv"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// ItemForm names the form that edits an item.
func ItemForm(item string) string { return "item-" + item }

func (p TaskPage) tickedN() (n int) {
	for _, i := range p.Items {
		if i.Done() {
			n++
		}
	}
	return n
}

func (p TaskPage) ticked() string { return fraction(p.tickedN(), len(p.Items)) }

func fraction(part, all int) string { return strconv.Itoa(part) + "/" + strconv.Itoa(all) }

// itemAt is the ID of the item at a place; empty beyond the last.
func (p TaskPage) itemAt(n int) string {
	if n >= len(p.Items) {
		return ""
	}
	return p.Items[n].ID
}

// itemOwners are the members and whoever has the item without being one any more.
func (p TaskPage) itemOwners(i models.ItemView) []models.Person {
	people := slices.Clone(p.Members)
	if i.Owner.ID != "" && !slices.ContainsFunc(people, func(m models.Person) bool { return m.ID == i.OwnerID }) {
		people = append(people, i.Owner)
	}
	return people
}

// tickedBox reports whether a box that sends nothing when it is empty is ticked.
func (p TaskPage) tickedBox(form, name string, saved bool) bool {
	if p.back(form) {
		return p.Back.Typed.Has(name)
	}
	return saved
}

// lacks is what keeps the task from being done, but for a block, which is a flag.
func (p TaskPage) lacks() []*fault.Fault {
	return slices.DeleteFunc(slices.Clone(p.Missing), func(f *fault.Fault) bool { return f.Code == fault.IsBlocked })
}

func boxWord(w *say.Words, ticked bool) string {
	if ticked {
		return w.Task.Ticked
	}
	return w.Task.Unticked
}

func ariaBool(b bool) string { return strconv.FormatBool(b) }

package past

import (
	"slices"
	"strings"
	"time"

	"relevo/models/ledger"
)

// Story is what happened to one task, or to a board itself (then Task is zero), within
// some entries of a log.
type Story struct {
	Task ledger.Subject // as it was named last

	Made, Deleted, Recalled, Archived bool
	From, To                          string   // states, where the first one and the last one differ
	FromColumn, ToColumn              string   // names, where those differ
	Edited                            []string // fields
	Comments, Others                  int      // comments added; entries that none of this tells
	Who                               []string // names of people, in the order in which they came

	First, Last int64 // entries
	At          time.Time
}

// moves are told by where a task came from and where it went.
var moves = []string{"state", "column", "position", "board", "number", "done_at", "review_at"}

// Stories gathers entries, which are in order, by task; what changed last comes first.
func Stories(entries []ledger.Entry) []*Story {
	var all []*Story
	by := map[string]*Story{}
	for _, e := range entries {
		s := by[e.Task.ID]
		if s == nil {
			s = &Story{First: e.Seq}
			by[e.Task.ID] = s
			all = append(all, s)
		}
		s.add(e)
	}
	slices.SortStableFunc(all, func(a, b *Story) int { return int(b.Last - a.Last) })
	return all
}

func (s *Story) add(e ledger.Entry) {
	s.Task, s.Last, s.At = e.Task, e.Seq, e.At
	if name := e.Actor.Name; name != "" && e.Actor.Kind == ledger.Person && !slices.Contains(s.Who, name) {
		s.Who = append(s.Who, name)
	}
	told := s.told(e)
	for _, c := range e.Changes {
		switch {
		case c.Field == "state" && s.From == "" && s.To == "":
			s.From, s.To, told = c.From, c.To, true
		case c.Field == "state":
			s.To, told = c.To, true
		case c.Field == "column" && s.FromColumn == "" && s.ToColumn == "":
			s.FromColumn, s.ToColumn, told = c.FromText, c.ToText, true
		case c.Field == "column":
			s.ToColumn, told = c.ToText, true
		case e.Action == "task.created" || slices.Contains(moves, c.Field):
			told = told || c.Field == "position"
		case e.Action == "task.edited" || e.Action == "task.undone":
			told = true
			if !slices.Contains(s.Edited, c.Field) {
				s.Edited = append(s.Edited, c.Field)
			}
		}
	}
	if !told {
		s.Others++
	}
}

// told is what an action says by itself, and whether it says anything.
func (s *Story) told(e ledger.Entry) bool {
	switch e.Action {
	case "task.created":
		s.Made = true
	case "task.deleted", "task.purged":
		s.Deleted, s.Recalled = true, false
	case "task.recalled":
		s.Recalled, s.Deleted = !s.Deleted, false
	case "task.archived":
		s.Archived = true
	case "task.restored":
		s.Archived = false
	case "comment.added":
		s.Comments++
	default:
		return false
	}
	return true
}

// Moved reports whether the task went from one state, or else column, to another.
func (s *Story) Moved() bool { return !s.Made && s.From != s.To }

// Went reports whether it stayed in its state and went to another column.
func (s *Story) Went() bool {
	return !s.Made && s.From == s.To && s.FromColumn != s.ToColumn && s.FromColumn != "" && s.ToColumn != ""
}

// Nothing reports whether it all comes to nothing: it is as it was before.
func (s *Story) Nothing() bool {
	return !s.Made && !s.Deleted && !s.Recalled && !s.Archived && !s.Moved() && !s.Went() && len(s.Edited) == 0 && s.Comments == 0 && s.Others == 0
}

// OfBoard reports whether it is of the board itself.
func (s *Story) OfBoard() bool { return strings.TrimSpace(s.Task.ID) == "" }

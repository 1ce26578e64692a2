package playbook

import (
	"cmp"
	"slices"
	"strings"
)

// Role is a part in a workflow that somebody plays in each run.
type Role struct {
	ID, Name string
	Who      Who
	Person   string   // e-mail address, for ByName
	Input    string   // ID of an input of type person, for FromInput
	Pool     []string // e-mail addresses to choose from, for LeastLoaded and RoundRobin; empty: everybody in the team
}

// Who says how it is found out who plays a role.
type Who string

const (
	Asked       Who = "ask"          // whoever starts the run says it
	ByName      Who = "person"       // always the same person
	FromInput   Who = "input"        // the answer to an input
	Manager     Who = "manager"      // the manager of the team
	LeastLoaded Who = "least loaded" // who has the least open work
	RoundRobin  Who = "round robin"  // each in turn
)

// Member is somebody who may play a role.
type Member struct {
	ID      string
	Email   string
	Manager bool
	Viewer  bool // only reads: plays no role by itself
	Away    bool // not there when the run starts: gets no role by turns or by load, unless all are away
	Load    int  // minutes, or tasks, of open work: whatever the caller compares by
}

// Cast proposes who plays each role: member IDs by role ID; a role for which
// nobody can be told is not in it. Members are taken in the order given where
// nothing else decides. last is who played a role in the run before, by role ID,
// for those that go round. The same input gives the same proposal.
func Cast(d Definition, answers Answers, members []Member, last map[string]string) map[string]string {
	cast := map[string]string{}
	given := map[string]int{} // roles that this very run has given a member, so that one does not get all
	for _, r := range d.Roles {
		id := r.play(answers, members, given, last[r.ID])
		if id == "" {
			continue
		}
		cast[r.ID] = id
		given[id]++
	}
	return cast
}

func (r Role) play(answers Answers, members []Member, given map[string]int, last string) string {
	switch r.Who {
	case ByName:
		return first(members, func(m Member) bool { return strings.EqualFold(m.Email, r.Person) })
	case FromInput:
		return answers[r.Input]
	case Manager:
		return first(members, func(m Member) bool { return m.Manager })
	case LeastLoaded:
		pool := r.pool(members)
		if there := slices.DeleteFunc(slices.Clone(pool), func(m Member) bool { return m.Away }); len(there) > 0 {
			pool = there
		}
		if len(pool) == 0 {
			return ""
		}
		return slices.MinFunc(pool, func(a, b Member) int {
			return cmp.Or(cmp.Compare(a.Load, b.Load), cmp.Compare(given[a.ID], given[b.ID]))
		}).ID
	case RoundRobin:
		pool := r.pool(members)
		if len(pool) == 0 {
			return ""
		}
		was := slices.IndexFunc(pool, func(m Member) bool { return m.ID == last })
		for i := range pool {
			if m := pool[(was+1+i)%len(pool)]; !m.Away {
				return m.ID
			}
		}
		return pool[(was+1)%len(pool)].ID
	case Asked:
	}
	return ""
}

// pool is the members of whom one is chosen.
func (r Role) pool(members []Member) []Member {
	var pool []Member
	for _, m := range members {
		named := slices.ContainsFunc(r.Pool, func(email string) bool { return strings.EqualFold(email, m.Email) })
		if named || len(r.Pool) == 0 && !m.Viewer {
			pool = append(pool, m)
		}
	}
	return pool
}

func first(members []Member, is func(Member) bool) string {
	if i := slices.IndexFunc(members, is); i >= 0 {
		return members[i].ID
	}
	return ""
}

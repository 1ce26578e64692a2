package models

import (
	"maps"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/flow"
)

// linksShown is how many linked tasks a card names; the rest it counts.
const linksShown = 3

// dress gives cards their owners, what they wait for and what they would release,
// in a fixed number of queries.
func (s *Store) dress(db *gorm.DB, team Team, cards []*Card) error {
	if len(cards) == 0 {
		return nil
	}
	ids := make([]string, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	owners, err := ownersOf(db, ids)
	if err != nil {
		return err
	}
	n, err := s.neighbours(db, team, ids)
	if err != nil {
		return err
	}
	ticked, err := progress(db, ids)
	if err != nil {
		return err
	}
	worn, err := labelsOn(db, ids)
	if err != nil {
		return err
	}
	shown, err := values(db, ids, true)
	if err != nil {
		return err
	}
	attached, err := filesOn(db, ids)
	if err != nil {
		return err
	}
	if err := s.age(db, team, cards); err != nil {
		return err
	}
	for _, c := range cards {
		c.Labels, c.Fields, c.Files = worn[c.ID], shown[c.ID], attached[c.ID]
		c.ItemsDone, c.Items = ticked[c.ID][0], ticked[c.ID][1]
		c.Owners = owners[c.ID]
		if c.State.Open() && c.ArchivedAt == nil {
			c.WaitsFor, c.WaitsN = n.waitsFor(c.Task)
			c.Releases, c.ReleasesN = n.releases(c.ID)
		}
		c.Dependents = len(n.dependents[c.ID])
		if c.MovedBy != "" {
			c.Because = n.refs[c.MovedBy]
		}
	}
	return nil
}

func ownersOf(db *gorm.DB, ids []string) (map[string][]Person, error) {
	owners := map[string][]Person{}
	for part := range slices.Chunk(ids, chunk) {
		var rows []struct{ TaskID, ID, Name string }
		err := db.Raw(`SELECT o.task_id, u.id, u.name FROM task_owners o JOIN users u ON u.id = o.user_id
			WHERE o.task_id IN ? ORDER BY u.name, u.id`, part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			owners[r.TaskID] = append(owners[r.TaskID], Person{ID: r.ID, Name: r.Name})
		}
	}
	return owners, nil
}

// neighbourhood is what the rules need to say what some tasks wait for and what
// each of them would release.
type neighbourhood struct {
	now           time.Time
	calendar      flow.Calendar
	tasks         map[string]Task
	refs          map[string]TaskRef
	prerequisites map[string][]Dependency // by dependent
	dependents    map[string][]Dependency // by prerequisite
}

// neighbours reads the dependencies around tasks: theirs, their dependents' and
// all tasks at the ends of those.
func (s *Store) neighbours(db *gorm.DB, team Team, ids []string) (*neighbourhood, error) {
	n := &neighbourhood{now: s.now(), calendar: team.calendar(), tasks: map[string]Task{}, refs: map[string]TaskRef{},
		prerequisites: map[string][]Dependency{}, dependents: map[string][]Dependency{}}
	needed := map[string]bool{}
	for _, id := range ids {
		needed[id] = true
	}
	for part := range slices.Chunk(ids, chunk) {
		var deps []Dependency
		// Dependencies of the tasks and of their dependents, each once.
		err := db.Raw(`SELECT * FROM dependencies WHERE dependent_id IN ?
			UNION SELECT b.* FROM dependencies a JOIN dependencies b ON b.dependent_id = a.dependent_id WHERE a.prerequisite_id IN ?
			ORDER BY prerequisite_id, dependent_id`, part, part).Scan(&deps).Error
		if err != nil {
			return nil, err
		}
		for _, d := range deps {
			if slices.ContainsFunc(n.prerequisites[d.DependentID], func(o Dependency) bool { return o.PrerequisiteID == d.PrerequisiteID }) {
				continue
			}
			n.prerequisites[d.DependentID] = append(n.prerequisites[d.DependentID], d)
			n.dependents[d.PrerequisiteID] = append(n.dependents[d.PrerequisiteID], d)
			needed[d.PrerequisiteID], needed[d.DependentID] = true, true
		}
		var because []string
		if err := db.Raw("SELECT DISTINCT moved_by FROM tasks WHERE id IN ? AND moved_by <> ''", part).Scan(&because).Error; err != nil {
			return nil, err
		}
		for _, id := range because {
			needed[id] = true
		}
	}
	var boards []Board
	if err := db.Select("id", "key", "name").Find(&boards, "team_id = ?", team.ID).Error; err != nil {
		return nil, err
	}
	byID := map[string]Board{}
	for _, b := range boards {
		byID[b.ID] = b
	}
	for part := range slices.Chunk(slices.Sorted(maps.Keys(needed)), chunk) {
		var tasks []Task
		if err := db.Omit("description").Find(&tasks, "id IN ?", part).Error; err != nil {
			return nil, err
		}
		for _, t := range tasks {
			n.refs[t.ID] = onBoard{t, byID[t.BoardID]}.ref()
			if t.DeletedAt == nil {
				n.tasks[t.ID] = t
			}
		}
	}
	return n, nil
}

// links are the prerequisites of a task with the tasks they name.
func (n *neighbourhood) links(task string) []flow.Prerequisite {
	var links []flow.Prerequisite
	for _, d := range n.prerequisites[task] {
		if t, ok := n.tasks[d.PrerequisiteID]; ok {
			links = append(links, flow.Prerequisite{Dependency: d.flow(), Task: t.flow()})
		}
	}
	return links
}

func (n *neighbourhood) judge(t Task) flow.Verdict {
	return flow.Judge(t.flow(), n.links(t.ID), n.now, n.calendar)
}

// waitsFor names the open prerequisites of a task that waits or is at risk.
func (n *neighbourhood) waitsFor(t Task) ([]TaskRef, int) {
	if t.State != flow.Waiting && !t.AtRisk {
		return nil, 0
	}
	var refs []TaskRef
	v := n.judge(t)
	for _, p := range v.Open {
		if len(refs) < linksShown {
			refs = append(refs, n.refs[p.Prerequisite])
		}
	}
	return refs, len(v.Open)
}

// releases names the waiting tasks that completing this one would release, at once
// or by the time its lag gives.
func (n *neighbourhood) releases(task string) ([]TaskRef, int) {
	var refs []TaskRef
	count := 0
	for _, d := range n.dependents[task] {
		t, ok := n.tasks[d.DependentID]
		if !ok || t.State != flow.Waiting || t.ArchivedAt != nil {
			continue
		}
		before := flow.Judge(t.flow(), n.links(t.ID), n.now, n.calendar)
		if before.Satisfied || !before.ReleaseAt.IsZero() {
			continue
		}
		links := n.links(t.ID)
		for i := range links {
			if links[i].Prerequisite == task {
				links[i].Task.State, links[i].Task.ReviewAt, links[i].Task.DoneAt = flow.Done, n.now, n.now
			}
		}
		after := flow.Judge(t.flow(), links, n.now, n.calendar)
		if !after.Satisfied && after.ReleaseAt.IsZero() {
			continue
		}
		count++
		if len(refs) < linksShown {
			refs = append(refs, n.refs[t.ID])
		}
	}
	return refs, count
}

package models

import (
	"slices"

	"gorm.io/gorm"

	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// The four eyes. An approver is not one who did the work: that is the principle of
// two persons, each of whom alone cannot carry a thing through (NIST SP 800-53
// Rev. 5, AC-5 Separation of Duties and AC-3(2) Dual Authorization; ISO/IEC
// 27001:2022, Annex A 5.3). Who did the work on a task is, for us,
//
//   - its owners now;
//   - whoever moved it to in progress or in review, or made it there, at any time:
//     otherwise one could have somebody else move it once more, and be free;
//   - whoever last wrote its title or its description after the work began, that is
//     after it was first in progress or in review. What was written before is the
//     order, and not the work; if the work never began in that sense, it counts;
//   - whoever last filled in a custom field of it, at any time: that is evidence;
//   - whoever ticked a required item of its checklist, or attached a file that is there.
//
// Not so who made it, asked for approval, completed it, rejected it, or undid a
// change. Whoever approved and then does some of the work has not approved it any
// more when it comes to done.

// Did is what somebody did of the work on a task.
type Did string

// The kinds of work, that which says most first.
const (
	DidOwn  Did = "owns"
	DidMove Did = "moved"
	DidText Did = "wrote"
	DidFill Did = "filled"
	DidTick Did = "ticked"
	DidFile Did = "attached"
)

// workOn finds who did the work on a task, and what of it.
func workOn(db *gorm.DB, t Task) (map[string]Did, error) {
	work := map[string]Did{}
	did := func(people []string, what Did) {
		for _, id := range people {
			if work[id] == "" && id != "" {
				work[id] = what
			}
		}
	}
	var owners, ticked, attached, data []string
	if err := db.Raw("SELECT user_id FROM task_owners WHERE task_id = ?", t.ID).Scan(&owners).Error; err != nil {
		return nil, err
	}
	if err := db.Raw("SELECT DISTINCT ticked_by FROM checklist_items WHERE task_id = ? AND required AND ticked_at IS NOT NULL", t.ID).Scan(&ticked).Error; err != nil {
		return nil, err
	}
	if err := db.Raw("SELECT DISTINCT created_by FROM attachments WHERE task_id = ? AND removed_at IS NULL", t.ID).Scan(&attached).Error; err != nil {
		return nil, err
	}
	err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND actor_kind = ? ORDER BY seq", t.TeamID, t.ID, ledger.Person).Scan(&data).Error
	if err != nil {
		return nil, err
	}
	s := story{last: map[string]string{}, order: map[string]string{}}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return nil, err
		}
		s.tell(e)
	}
	did(owners, DidOwn)
	did(s.movers, DidMove)
	for field, id := range s.last {
		if _, custom := custom.IsKey(field); !custom {
			did([]string{id}, DidText)
		}
	}
	if !s.began {
		for _, id := range s.order {
			did([]string{id}, DidText)
		}
	}
	for field, id := range s.last {
		if _, custom := custom.IsKey(field); custom {
			did([]string{id}, DidFill)
		}
	}
	did(ticked, DidTick)
	did(attached, DidFile)
	return work, nil
}

// story is what the log tells of the work on a task.
type story struct {
	began  bool
	movers []string
	last   map[string]string // who last wrote a field
	order  map[string]string // the same, before the work began
}

func (s *story) tell(e ledger.Entry) {
	made := Action(e.Action) == TaskCreated
	if slices.Contains([]Action{TaskUndone, TaskSentBack, TaskTransferred, TaskValuesDropped}, Action(e.Action)) || made && e.Cause != 0 || e.Subject.Kind != "task" {
		return
	}
	for _, c := range e.Changes {
		_, isCustom := custom.IsKey(c.Field)
		switch {
		case c.Field == "state" && (c.To == string(flow.InProgress) || c.To == string(flow.InReview)):
			s.began = true
			s.movers = append(s.movers, e.Actor.ID)
		case made:
		case isCustom:
			s.last[custom.KeyOf(c.Field)] = e.Actor.ID
		case c.Field == "title" || c.Field == "description":
			if s.began {
				s.last[c.Field] = e.Actor.ID
			} else {
				s.order[c.Field] = e.Actor.ID
			}
		}
	}
}

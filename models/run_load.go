package models

import (
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
)

// How much work is too much: so many tasks at least, and so many times what the others
// have on average.
const (
	heavyTasks = 5
	heavyTimes = 2
	soonDays   = 14 // of what is due soon
)

// weigh says of the people of a team what they have to do in the next two weeks, and
// who has far more to do than the others. Who has been away is back.
func weigh(db *gorm.DB, team Team, people []Mate, now time.Time) error {
	var due []struct {
		UserID string
		Soon   int
	}
	until := now.In(Zone(team.Zone)).AddDate(0, 0, soonDays).Format(time.DateOnly)
	err := db.Raw(`SELECT o.user_id, COUNT(*) AS soon FROM task_owners o JOIN tasks t ON t.id = o.task_id
		WHERE o.team_id = ? AND t.due <> '' AND t.due <= ? AND t.state NOT IN ('done', 'cancelled') AND t.archived_at IS NULL AND t.deleted_at IS NULL
		GROUP BY o.user_id`, team.ID, until).Scan(&due).Error
	if err != nil {
		return err
	}
	all, workers := 0, 0
	today := Date(now.In(Zone(team.Zone)).Format(time.DateOnly))
	for i := range people {
		if people[i].AwayUntil < today {
			people[i].Away = Away{} // they are back
		}
		for _, d := range due {
			if d.UserID == people[i].ID {
				people[i].Soon = d.Soon
			}
		}
		if access.Can(people[i].Role, access.EditTask) {
			all += people[i].load()
			workers++
		}
	}
	for i := range people {
		load := people[i].load()
		people[i].Overloaded = load >= heavyTasks && access.Can(people[i].Role, access.EditTask) && load*(workers-1) > heavyTimes*(all-load)
	}
	return nil
}

// load is what somebody has to do, whether it is their turn or will be.
func (m Mate) load() int { return max(m.Open, m.Soon) }

package models

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/flow"
)

// ExportBoard reads all that a board holds, its history aside, for whoever may see
// it. Like any other reading it leaves no entry: it changes nothing, and shows
// nothing that the board does not.
func (s *Store) ExportBoard(ctx context.Context, who Actor, board string) (out exchange.Board, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		b, _, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		out.Board = exchange.BoardName{Name: b.Name, Key: b.Key}
		var columns []Column
		if err := db.Where("board_id = ?", board).Order("position, id").Find(&columns).Error; err != nil {
			return err
		}
		places := map[string]int{}
		for i, c := range columns {
			places[c.ID] = i
			out.Columns = append(out.Columns, exchange.BoardColumn{Name: c.Name, State: c.State, WIPLimit: c.WIPLimit, WIPHard: c.WIPHard})
		}
		var tasks []Task
		if err := db.Where("board_id = ? AND deleted_at IS NULL", board).Order("position, id").Find(&tasks).Error; err != nil {
			return err
		}
		at := make(map[string]*exchange.BoardTask, len(tasks))
		out.Tasks = make([]exchange.BoardTask, len(tasks))
		slices.SortStableFunc(tasks, func(a, b Task) int { return placeOf(places, a) - placeOf(places, b) })
		for i, t := range tasks {
			out.Tasks[i] = exportTask(b, t, places)
			at[t.ID] = &out.Tasks[i]
		}
		if err := exportOwners(db, board, at, &out); err != nil {
			return err
		}
		return exportNeeds(db, board, at)
	})
	return out, err
}

// placeOf is the column of a task from the left; what is in none comes last.
func placeOf(places map[string]int, t Task) int {
	if i, ok := places[t.ColumnID]; ok {
		return i
	}
	return len(places)
}

func exportTask(b Board, t Task, places map[string]int) exchange.BoardTask {
	out := exchange.BoardTask{Key: Key(b.Key, t.Number), Title: t.Title, Description: t.Description, State: t.State, Due: string(t.Due),
		Estimate: t.Estimate, Priority: int(t.Priority), NotBefore: t.NotBefore, ReviewAt: t.ReviewAt, DoneAt: t.DoneAt, ArchivedAt: t.ArchivedAt}
	if i, ok := places[t.ColumnID]; ok {
		out.Column = &i
	}
	if t.Join == flow.Any {
		out.Join = t.Join
	}
	if t.Overridden {
		out.Overridden = t.OverrideReason
	}
	if t.Blocked {
		out.Blocked = t.BlockedReason
	}
	return out
}

func exportOwners(db *gorm.DB, board string, at map[string]*exchange.BoardTask, out *exchange.Board) error {
	var owners []struct{ TaskID, ID, Name string }
	err := db.Raw(`SELECT o.task_id, u.id, u.name FROM task_owners o JOIN users u ON u.id = o.user_id JOIN tasks t ON t.id = o.task_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL ORDER BY u.name, u.id`, board).Scan(&owners).Error
	for _, o := range owners {
		at[o.TaskID].Owners = append(at[o.TaskID].Owners, o.ID)
		if n := len(out.People); n == 0 || out.People[n-1].ID != o.ID {
			out.People = append(out.People, exchange.BoardPerson{ID: o.ID, Name: o.Name})
		}
	}
	return err
}

func exportNeeds(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var needs []struct {
		Dependency
		Key    string
		Number int64
	}
	err := db.Raw(`SELECT d.*, b."key", p.number FROM dependencies d JOIN tasks t ON t.id = d.dependent_id
		JOIN tasks p ON p.id = d.prerequisite_id JOIN boards b ON b.id = p.board_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL AND p.deleted_at IS NULL ORDER BY b."key", p.number`, board).Scan(&needs).Error
	for _, n := range needs {
		need := exchange.BoardNeeds{Key: Key(n.Key, n.Number)}
		if n.LagAmount > 0 {
			need.Lag, need.LagUnit = n.LagAmount, n.LagUnit
		}
		if n.OnCancel == flow.Hold {
			need.OnCancel = string(n.OnCancel)
		}
		if n.SatisfiedAt == flow.InReview {
			need.SatisfiedAt = n.SatisfiedAt
		}
		at[n.DependentID].Requires = append(at[n.DependentID].Requires, need)
	}
	return err
}

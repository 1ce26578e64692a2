package models

import (
	"context"
	"errors"
	"maps"
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
		for i, t := range tasks {
			if of, there := at[t.RepeatOf]; there {
				out.Tasks[i].RepeatOf = of.Key
			}
		}
		return errors.Join(exportOwners(db, board, at), exportNeeds(db, board, at), exportItems(db, board, at), exportComments(db, board, at), exportFiles(db, board, at), exportLabels(db, board, at, &out), exportFields(db, board, at, &out), exportApprovals(db, board, at), exportPatterns(db, who, board, &out), exportPeople(db, &out))
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
		Estimate: t.Estimate, Priority: int(t.Priority), NotBefore: t.NotBefore, NeedsFile: t.NeedsFile, ReviewAt: t.ReviewAt, DoneAt: t.DoneAt, ArchivedAt: t.ArchivedAt}
	if i, ok := places[t.ColumnID]; ok {
		out.Column = &i
	}
	if t.Join == flow.Any {
		out.Join = t.Join
	}
	if t.Overridden {
		out.Overridden = t.OverrideReason
	}
	out.Repeats, out.RepeatsOn = t.Repeats, string(t.RepeatsOn)
	if t.Blocked {
		out.Blocked = t.BlockedReason
	}
	return out
}

func exportOwners(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var owners []struct{ TaskID, ID string }
	err := db.Raw(`SELECT o.task_id, u.id FROM task_owners o JOIN users u ON u.id = o.user_id JOIN tasks t ON t.id = o.task_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL ORDER BY u.name, u.id`, board).Scan(&owners).Error
	for _, o := range owners {
		at[o.TaskID].Owners = append(at[o.TaskID].Owners, o.ID)
	}
	return err
}

func exportItems(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var items []Item
	err := db.Raw(`SELECT i.* FROM checklist_items i JOIN tasks t ON t.id = i.task_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL ORDER BY i.task_id, i.position, i.id`, board).Scan(&items).Error
	for _, i := range items {
		item := exchange.BoardItem{Text: i.Text, Owner: i.OwnerID, Due: string(i.Due), Required: i.Required, TickedAt: i.TickedAt, TickedBy: i.TickedBy}
		if made, there := at[i.BecameID]; there {
			item.Became = made.Key
		}
		at[i.TaskID].Checklist = append(at[i.TaskID].Checklist, item)
	}
	return err
}

func exportComments(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var comments []Comment
	err := db.Raw(`SELECT c.* FROM comments c JOIN tasks t ON t.id = c.task_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL ORDER BY c.id`, board).Scan(&comments).Error
	for _, c := range comments {
		at[c.TaskID].Comments = append(at[c.TaskID].Comments, exchange.BoardComment{By: c.AuthorID, At: c.CreatedAt.UTC(), EditedAt: c.EditedAt, Body: c.Body})
	}
	return err
}

// exportFiles lists what is attached; what is in the files stays here.
func exportFiles(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var files []Attachment
	err := db.Raw(`SELECT a.* FROM attachments a JOIN tasks t ON t.id = a.task_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL AND a.removed_at IS NULL ORDER BY a.created_at, a.id`, board).Scan(&files).Error
	for _, f := range files {
		at[f.TaskID].Files = append(at[f.TaskID].Files, exchange.BoardFile{Name: f.Name, Size: f.Size, Type: f.Type, SHA256: f.SHA256, By: f.CreatedBy, At: f.CreatedAt.UTC()})
	}
	return err
}

func exportLabels(db *gorm.DB, board string, at map[string]*exchange.BoardTask, out *exchange.Board) error {
	all, err := labels(db, board)
	if err != nil {
		return err
	}
	for _, l := range all {
		out.Labels = append(out.Labels, exchange.BoardLabel{Name: l.Name, Colour: l.Colour, Icon: l.Icon})
	}
	worn, err := labelsOn(db, slices.Sorted(maps.Keys(at)))
	for id, labels := range worn {
		for _, l := range labels {
			at[id].Labels = append(at[id].Labels, l.Name)
		}
	}
	return err
}

// exportPeople names everybody whom the tasks speak of.
func exportPeople(db *gorm.DB, out *exchange.Board) error {
	ids := map[string]bool{}
	for _, t := range out.Tasks {
		for _, id := range t.Owners {
			ids[id] = true
		}
		for _, i := range t.Checklist {
			ids[i.Owner], ids[i.TickedBy] = true, true
		}
		for _, c := range t.Comments {
			ids[c.By] = true
		}
		for _, f := range t.Files {
			ids[f.By] = true
		}
	}
	for _, t := range out.Tasks {
		if t.Approval != nil {
			for _, id := range t.Approval.Of {
				ids[id] = true
			}
		}
	}
	for _, p := range out.Patterns {
		people := p.Owners
		if p.Approval != nil {
			people = slices.Concat(people, p.Approval.Of)
		}
		for _, id := range people {
			ids[id] = true
		}
	}
	for _, id := range exportedPeople(out) {
		ids[id] = true
	}
	out.People = []exchange.BoardPerson{}
	return db.Raw("SELECT id, name FROM users WHERE id IN ? ORDER BY name, id", slices.Sorted(maps.Keys(ids))).Scan(&out.People).Error
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

package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
)

// MaxEdges is the most dependencies of a board that are told at once.
const MaxEdges = 2000

// Edges are the dependencies of a board's cards, for lines from one to the other.
type Edges struct {
	Tasks []EdgeTask
	Edges []Edge // those that hold somebody up first
	Left  int    // how many there are besides
}

// EdgeTask is a task at an end.
type EdgeTask struct {
	ID, Key string
	Column  string // empty: it has no card on the board
	Board   string // name of the other board it is on
}

// Edge is a dependency; its ends are places in Tasks.
type Edge struct {
	Prerequisite, Dependent int
	Open                    bool // not satisfied yet
}

// edgeRow is a dependency with what the rules and a line need to know of its ends.
type edgeRow struct {
	Dependency `gorm:"embedded"`

	PBoard, PColumn, PBoardName, PKey string
	PNumber                           int64
	PState                            flow.State
	PReviewAt, PDoneAt, PArchivedAt   *time.Time
	DBoard, DColumn, DBoardName, DKey string
	DNumber                           int64
	DArchivedAt                       *time.Time

	open bool // not satisfied yet
}

// endsOf are both ends of the dependencies one end of which is a card of the board,
// which is asked for twice.
const endsOf = `SELECT a.prerequisite_id, a.dependent_id FROM tasks c JOIN dependencies a ON a.prerequisite_id = c.id
			WHERE c.board_id = ? AND c.column_id <> '' AND c.archived_at IS NULL AND c.deleted_at IS NULL
		UNION SELECT a.prerequisite_id, a.dependent_id FROM tasks c JOIN dependencies a ON a.dependent_id = c.id
			WHERE c.board_id = ? AND c.column_id <> '' AND c.archived_at IS NULL AND c.deleted_at IS NULL`

// edgesOf reads those dependencies.
const edgesOf = `SELECT d.*, p.board_id AS p_board, p.column_id AS p_column, p.number AS p_number, p.state AS p_state, p.review_at AS p_review_at, p.done_at AS p_done_at,
		p.archived_at AS p_archived_at, pb.name AS p_board_name, pb.key AS p_key,
		t.board_id AS d_board, t.column_id AS d_column, t.number AS d_number, t.archived_at AS d_archived_at, tb.name AS d_board_name, tb.key AS d_key
	FROM dependencies d JOIN tasks p ON p.id = d.prerequisite_id JOIN boards pb ON pb.id = p.board_id
	JOIN tasks t ON t.id = d.dependent_id JOIN boards tb ON tb.id = t.board_id
	WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL AND (d.prerequisite_id, d.dependent_id) IN (` + endsOf + `)
	ORDER BY d.prerequisite_id, d.dependent_id`

// Edges reads who holds whom on a board, in one query.
func (s *Store) Edges(ctx context.Context, who Actor, board string) (e Edges, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		_, team, err := seeBoard(db, who, board, access.SeeBoard)
		if err != nil {
			return err
		}
		var rows []edgeRow
		if err := db.Raw(edgesOf, board, board).Scan(&rows).Error; err != nil {
			return err
		}
		now, calendar := s.now(), team.calendar()
		for i := range rows {
			rows[i].open = rows[i].judge(now, calendar)
		}
		slices.SortStableFunc(rows, func(a, b edgeRow) int {
			switch {
			case a.open == b.open:
				return 0
			case a.open:
				return -1
			}
			return 1
		})
		e.Left = max(0, len(rows)-MaxEdges)
		at := map[string]int{}
		place := func(t EdgeTask) int {
			i, known := at[t.ID]
			if !known {
				i = len(e.Tasks)
				at[t.ID] = i
				e.Tasks = append(e.Tasks, t)
			}
			return i
		}
		for _, r := range rows[:min(len(rows), MaxEdges)] {
			e.Edges = append(e.Edges, Edge{
				Prerequisite: place(r.end(board, r.PrerequisiteID, r.PBoard, r.PColumn, r.PBoardName, Key(r.PKey, r.PNumber), r.PArchivedAt)),
				Dependent:    place(r.end(board, r.DependentID, r.DBoard, r.DColumn, r.DBoardName, Key(r.DKey, r.DNumber), r.DArchivedAt)),
				Open:         r.open,
			})
		}
		return nil
	})
	return e, err
}

// judge reports whether the prerequisite is not satisfied yet.
func (r edgeRow) judge(now time.Time, calendar flow.Calendar) bool {
	return r.holds(Task{State: r.PState, ReviewAt: r.PReviewAt, DoneAt: r.PDoneAt, ArchivedAt: r.PArchivedAt}, now, calendar)
}

// holds reports whether a prerequisite does not satisfy the dependency yet.
func (d Dependency) holds(prerequisite Task, now time.Time, calendar flow.Calendar) bool {
	v := flow.Judge(flow.Task{State: flow.Waiting, Join: flow.All}, []flow.Prerequisite{{Dependency: d.flow(), Task: prerequisite.flow()}}, now, calendar)
	return len(v.Open) > 0
}

func (edgeRow) end(board, id, on, column, name, key string, archived *time.Time) EdgeTask {
	t := EdgeTask{ID: id, Key: key, Column: column}
	if archived != nil || on != board {
		t.Column = ""
	}
	if on != board {
		t.Board = name
	}
	return t
}

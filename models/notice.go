package models

import (
	"cmp"
	"database/sql"
	"maps"
	"slices"
	"time"

	"gorm.io/gorm/clause"
)

// NoticeKinds lists every kind of notice, in the order in which people choose among
// them.
var NoticeKinds = []NoticeKind{
	YourTurn, Assigned, Mentioned, ApprovalWanted, ApprovalAnswered, ApprovalLost, DueSoon, PastDue, AtRisk, Blocked, Unblocked, Commented, WasClosed, WasMoved, WasAdded,
}

// telling is something that one person is to be told of a task.
type telling struct {
	person, task string
	kind         NoticeKind
	seq          int64
	because      NoticeReason
	about        Date
}

// told is a person and a task that they are told of.
type toldOf struct{ person, task string }

// tell tells people of a task when the change is whole; but never of one's own act.
func (tx *Tx) tell(people []string, task string, kind NoticeKind, seq int64) error {
	for _, id := range people {
		t := telling{person: id, task: task, kind: kind, seq: seq}
		if kind == YourTurn {
			t.because = AsOwner
		}
		tx.tellings = append(tx.tellings, t)
	}
	return nil
}

// tellOwners tells the owners of the tasks, given with the entry that it tells of.
func (tx *Tx) tellOwners(tasks map[string]int64, kind NoticeKind) error {
	for part := range slices.Chunk(slices.Sorted(maps.Keys(tasks)), chunk) {
		var owners []TaskOwner
		err := tx.db.Where("task_id IN ? AND user_id <> ?", part, tx.actor.ID).Order("task_id, user_id").Find(&owners).Error
		if err != nil {
			return err
		}
		for _, o := range owners {
			_ = tx.tell([]string{o.UserID}, o.TaskID, kind, tasks[o.TaskID])
		}
	}
	return nil
}

// tellFollowers tells owners and watchers of a task, unless they are told something
// of it in person.
func (tx *Tx) tellFollowers(task string, kind NoticeKind, seq int64) {
	tx.events = append(tx.events, event{task: task, kind: kind, seq: seq})
}

// tellAll ends a change for those whom it concerns: what it makes untrue of what
// they have not read yet is taken back, and what happened is told, to nobody twice.
func (tx *Tx) tellAll() error {
	nets := netsOf(tx.entries)
	tx.events = append(tx.events, eventsOf(tx.entries)...)
	tx.events = slices.DeleteFunc(tx.events, tx.unheard)
	if err := tx.recall(nets); err != nil {
		return err
	}
	followers, err := tx.followers()
	if err != nil {
		return err
	}
	all := append(tx.stillTrue(nets), followers...)
	tx.tellings, tx.events = nil, nil
	return tx.deliver(all)
}

// stillTrue leaves out what was to be told, and the rest of the change made untrue.
func (tx *Tx) stillTrue(nets map[string]*net) []telling {
	return slices.DeleteFunc(tx.tellings, func(t telling) bool {
		n := nets[t.task]
		return t.person == tx.actor.ID || t.kind == YourTurn && n != nil && n.state() != "" && n.state() != "ready"
	})
}

// deliver puts into inboxes what their owners want to hear.
func (tx *Tx) deliver(all []telling) error {
	for part := range slices.Chunk(all, chunk) {
		wants, err := tx.wants(part)
		if err != nil {
			return err
		}
		var notices []Notice
		for _, t := range part {
			if !wants.hears(t, tx.boardAt(t.task)) {
				continue
			}
			id := NewID()
			notices = append(notices, Notice{ID: id, Place: id, UserID: t.person, TeamID: tx.Team.ID, TaskID: t.task, Kind: t.kind, Seq: t.seq,
				CreatedAt: tx.now, Because: t.because, About: t.about, SnoozedUntil: wants.later[toldOf{t.person, t.task}]})
			tx.told[t.person] = true
		}
		if len(notices) == 0 {
			continue
		}
		if err := tx.rows().Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(notices, 500).Error; err != nil {
			return err
		}
	}
	return nil
}

// boardAt is the board of a task that the change is about.
func (tx *Tx) boardAt(task string) string {
	if board, ok := tx.boardsOf[task]; ok {
		return board
	}
	return tx.entries[tx.latest[task]-tx.entries[0].Seq].Board.ID
}

// wants are what some people want to hear.
type wants struct {
	members map[string]bool
	off     map[string]map[NoticeKind]bool // by person
	muted   map[toldOf]bool                // tasks and boards
	later   map[toldOf]*time.Time          // what a snoozed task tells waits until then
}

func (w wants) hears(t telling, board string) bool {
	return w.members[t.person] && !w.off[t.person][t.kind] && !w.muted[toldOf{t.person, t.task}] && !w.muted[toldOf{t.person, board}]
}

// wants reads what the people of some tellings want to hear.
func (tx *Tx) wants(all []telling) (wants, error) {
	w := wants{map[string]bool{}, map[string]map[NoticeKind]bool{}, map[toldOf]bool{}, map[toldOf]*time.Time{}}
	people, tasks, boards := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, t := range all {
		people[t.person], tasks[t.task], boards[tx.boardAt(t.task)] = true, true, true
	}
	who, what := anys(slices.Sorted(maps.Keys(people))), anys(slices.Sorted(maps.Keys(tasks)))
	where := anys(slices.Sorted(maps.Keys(boards)))
	err := tx.each(`SELECT 'member', user_id, '' FROM memberships WHERE team_id = ? AND user_id IN `+places(len(who))+`
		UNION ALL SELECT 'off', user_id, kind FROM notice_choices WHERE channel = 'inbox' AND NOT wanted AND user_id IN `+places(len(who))+`
		UNION ALL SELECT 'muted', user_id, task_id FROM muted_tasks WHERE task_id IN `+places(len(what))+`
		UNION ALL SELECT 'muted', user_id, board_id FROM muted_boards WHERE board_id IN `+places(len(where)),
		slices.Concat([]any{tx.Team.ID}, who, who, what, where), func(rows *sql.Rows) error {
			var is, person, of string
			if err := rows.Scan(&is, &person, &of); err != nil {
				return err
			}
			switch is {
			case "member":
				w.members[person] = true
			case "muted":
				w.muted[toldOf{person, of}] = true
			case "off":
				if w.off[person] == nil {
					w.off[person] = map[NoticeKind]bool{}
				}
				w.off[person][NoticeKind(of)] = true
			}
			return nil
		})
	if err != nil {
		return w, err
	}
	return w, tx.each("SELECT user_id, task_id, until FROM snoozed_tasks WHERE task_id IN "+places(len(what)), what, func(rows *sql.Rows) error {
		var s struct {
			toldOf
			until time.Time
		}
		err := rows.Scan(&s.person, &s.task, &s.until)
		w.later[s.toldOf] = &s.until
		return err
	})
}

// rank orders the kinds that owners and watchers are told of by how much they say:
// of one change they hear one thing of a task.
var rank = map[NoticeKind]int{Commented: 1, WasClosed: 2, Blocked: 3, Unblocked: 4, AtRisk: 5, WasMoved: 6, WasAdded: 7}

// weightier tells which of two events of a task is told.
func weightier(a, b event) int {
	return cmp.Or(cmp.Compare(rank[a.kind], rank[b.kind]), cmp.Compare(b.seq, a.seq))
}

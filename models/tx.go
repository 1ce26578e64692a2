package models

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/feed"
	"relevo/models/ledger"
)

// Tx is one change: all of it or nothing, with its entries.
type Tx struct {
	Team Team
	Role access.Role // of the actor; empty for the automation

	ctx     context.Context
	db      *gorm.DB
	guest   bool // the actor holds a link that lets it act; whoever began the change has checked it
	parts   Parts
	shapes  *shapes
	books   *books
	actor   Actor
	now     time.Time // one moment for the whole change, taken under the lock: time rises with the numbers
	log     string
	first   int64 // the log's last entry before this change
	seq     int64 // of the last entry, those recorded so far included
	entries []ledger.Entry
	cause   int64            // of what people do to tasks in one deed; 0: none
	latest  map[string]int64 // last entry recorded of a task, for causes
	boards  map[string]bool  // boards whose pages show something of this change
	told    map[string]bool  // people whose inbox changed

	// Whom the change is told to, when it is whole.
	tellings []telling
	events   []event
	silent   map[toldOf]bool
	heeds    map[string]heed   // of tasks, as their rows said when they were read
	boardsOf map[string]string // of tasks that no entry of the change names

	// What is read once a change.
	boardsInTeam int
	loaded       map[string]Board
	reshaped     map[string]bool // boards whose columns this change has changed
	columnNames  map[string]string
	tasks        map[string]Task   // those that the rules looked at
	bottoms      map[string]string // rank of the last card of a column
	runs         map[string]Run

	others []*Tx // of other logs, that are written together with this one

	courses map[string]course
	stirred map[string]string // runs in which something ended or began again → the task that did
}

// open locks the log row of the subject's team and learns who the actor is in the
// team, in one query. For a stranger the subject is Missing, so that its existence
// stays unknown.
func (tx *Tx) open(of subject) error {
	query := `SELECT l.seq, t.id, t.name, t.zone, t.days_off, t.holidays, t.created_at, COALESCE(m.role, ''),
			(SELECT COUNT(*) FROM boards n WHERE n.team_id = t.id)
		FROM ` + of.from + ` JOIN teams t ON t.id = ` + of.team + ` JOIN logs l ON l.id = t.id
		LEFT JOIN memberships m ON m.team_id = t.id AND m.user_id = ?
		WHERE ` + of.is
	if tx.db.Name() == "postgres" {
		query += " FOR UPDATE OF l"
	}
	err := tx.row(query, tx.actor.ID, of.id).Scan(&tx.seq, &tx.Team.ID, &tx.Team.Name, &tx.Team.Zone, &tx.Team.DaysOff, &tx.Team.Holidays, &tx.Team.CreatedAt, &tx.Role, &tx.boardsInTeam)
	if err != nil {
		return orMissing(err)
	}
	if tx.Role == "" && !tx.actor.trusted() && !tx.guest {
		return fault.New(fault.Missing, fault.NotFound)
	}
	tx.log, tx.first, tx.now = tx.Team.ID, tx.seq, tx.parts.now()
	return nil
}

// beside begins a change of a team's log that is written together with this one, or
// not at all. Whoever holds the server's log may do so, one team after the other in the
// order of their IDs, so that no two wait for each other; and has checked who acts.
func (tx *Tx) beside(team string) (*Tx, error) {
	other := &Tx{ctx: tx.ctx, db: tx.db, guest: true, actor: tx.actor, parts: tx.parts, shapes: tx.shapes, books: tx.books,
		boards: map[string]bool{}, told: map[string]bool{}, latest: map[string]int64{}}
	tx.others = append(tx.others, other)
	return other, other.open(inTeam(team))
}

// lock locks a log row without a team.
func (tx *Tx) lock(log string) error {
	query := "SELECT seq FROM logs WHERE id = ?"
	if tx.db.Name() == "postgres" {
		query += " FOR UPDATE"
	}
	if err := tx.row(query, log).Scan(&tx.seq); err != nil {
		return err
	}
	tx.log, tx.now = log, tx.parts.now()
	return nil
}

// note is what an entry says beyond who, when and where from.
type note struct {
	action  Action
	subject ledger.Subject
	board   ledger.Subject
	task    ledger.Subject
	changes []ledger.Change
	reason  string
	auto    bool  // done by a rule of movement
	cause   int64 // the entry that brought it about
}

// record adds an entry and returns its number.
func (tx *Tx) record(n note) int64 {
	tx.seq++
	who := ledger.Actor{Kind: ledger.Person, ID: tx.actor.ID, Name: tx.actor.Name}
	if n.auto || tx.actor.Kind == ledger.Automation {
		who = ledger.Actor{Kind: ledger.Automation}
	} else if tx.actor.ID == "" {
		who.Kind = ledger.System
	}
	if n.cause == 0 && !n.auto {
		n.cause = tx.cause
	}
	tx.entries = append(tx.entries, ledger.Entry{
		Log: tx.log, Seq: tx.seq, At: tx.now, Actor: who, Cause: n.cause, Action: string(n.action),
		Subject: n.subject, Board: n.board, Task: n.task, Changes: n.changes, Reason: n.reason,
		Request: tx.actor.Request, Address: tx.actor.Address,
	})
	if n.task.ID != "" {
		tx.latest[n.task.ID] = tx.seq
	}
	if n.board.ID != "" {
		tx.boards[n.board.ID] = true
	}
	return tx.seq
}

// create records n and inserts row.
func (tx *Tx) create(row any, n note) error {
	tx.record(n)
	return tx.rows().Create(row).Error
}

// update records n and sets columns of the row that row's key names.
func (tx *Tx) update(row any, columns map[string]any, n note) error {
	tx.record(n)
	return one(tx.rows().Model(row).Updates(columns))
}

// delete records n and deletes the row that row's key names.
func (tx *Tx) delete(row any, n note) error {
	tx.record(n)
	return one(tx.rows().Delete(row))
}

// one holds a write to the row that it means.
func one(res *gorm.DB) error {
	if res.Error == nil && res.RowsAffected != 1 {
		return errors.Join(errRows, res.Error)
	}
	return res.Error
}

var errRows = errors.New("models: a write met another number of rows than it meant")

// rows returns a fresh session for a write: a kept one carries its last statement
// into the next.
func (tx *Tx) rows() *gorm.DB { return tx.db.Set(marked, true) }

// seal stores the entries and moves the log on, the last writes before commit.
func (tx *Tx) seal() error {
	if err := tx.write(); err != nil {
		return err
	}
	if news := tx.news(); tx.parts.Announce != nil && len(news) > 0 {
		return tx.parts.Announce(tx.ctx, tx.db, news)
	}
	return nil
}

func (tx *Tx) write() error {
	if len(tx.entries) == 0 {
		return nil
	}
	for chunk := range slices.Chunk(tx.entries, 400) {
		var sql strings.Builder
		sql.WriteString(`INSERT INTO entries (log_id, seq, at, actor_kind, actor_id, action, board_id, task_id, cause, data, leaf) VALUES `)
		args := make([]any, 0, 11*len(chunk))
		for i, e := range chunk {
			if i > 0 {
				sql.WriteByte(',')
			}
			sql.WriteString("(?,?,?,?,?,?,?,?,?,?,?)")
			data := e.Canonical()
			leaf := ledger.Leaf(data)
			args = append(args, e.Log, e.Seq, e.At, e.Actor.Kind, e.Actor.ID, e.Action, e.Board.ID, e.Task.ID, e.Cause, string(data), leaf[:])
		}
		if err := tx.rows().Exec(sql.String(), args...).Error; err != nil {
			return err
		}
	}
	return one(tx.rows().Exec("UPDATE logs SET seq = ? WHERE id = ?", tx.seq, tx.log))
}

// news is what open pages are told of this change.
func (tx *Tx) news() []feed.News {
	var news []feed.News
	if len(tx.entries) > 0 {
		news = append(news, feed.News{Topic: tx.log, Seq: tx.seq, Boards: slices.Sorted(maps.Keys(tx.boards))})
	}
	for _, person := range slices.Sorted(maps.Keys(tx.told)) {
		news = append(news, feed.News{Topic: feed.PersonTopic(person), Seq: tx.seq})
	}
	return news
}

const marked = "relevo:marked"

// ErrUnmarked is a bug: a write that did not come through the one door.
var ErrUnmarked = errors.New("models: a write outside Store.change")

// guardWrites makes gorm refuse each write that did not come through the door.
func guardWrites(db *gorm.DB) error {
	guard := func(db *gorm.DB) {
		if _, ok := db.Get(marked); !ok {
			_ = db.AddError(ErrUnmarked)
		}
	}
	const name = "relevo:guard"
	cb := db.Callback()
	if cb.Create().Get(name) != nil {
		return nil // one handle for both, or a second Store on it
	}
	return errors.Join(
		cb.Create().Before("gorm:before_create").Register(name, guard),
		cb.Update().Before("gorm:before_update").Register(name, guard),
		cb.Delete().Before("gorm:before_delete").Register(name, guard),
		cb.Raw().Before("gorm:raw").Register(name, guard),
	)
}

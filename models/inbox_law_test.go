package models_test

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// onlooker is a naive model of everybody's inbox: it reads the log, entry by entry,
// and knows what people chose; it knows nothing of how notices are made.
type onlooker struct {
	tasks    map[string]looked
	comments map[string]comment // by ID
	acts     [][]ledger.Entry   // each a change

	members           map[string]bool
	zones             map[string]string
	watches, mutes    map[string]bool      // person + task or board
	off               map[string]bool      // person + kind
	later             map[string]time.Time // person + task
	watchesCommented  map[string]bool
	rounds            map[string]string
	notices           []*seen
	unreadLeft, heard int // what has come about, so that the test is known to test
	taken             int
}

// looked is a task as the log tells of it.
type looked struct {
	board, state, due      string
	owners                 []string
	blocked, risk          bool
	archived, deleted, was bool // was: it was there before the change at hand
}

type comment struct {
	task     string
	mentions []string
	seqs     []int64
	gone     bool
}

type seen struct {
	person, task string
	kind         models.NoticeKind
	seq          int64
	about        string

	read, cleared bool
	byClearing    bool // read, for it was cleared
	until         time.Time
}

func (n seen) String() string {
	if n.about != "" {
		n.seq = 0
	}
	return fmt.Sprint(n.person, " ", n.task[len(n.task)-4:], " ", n.kind, " ", n.seq, " ", n.about)
}

func open(state string) bool { return flow.State(state).Open() }

func (l looked) is(field string, c ledger.Change) looked {
	switch field {
	case "state":
		l.state = c.To
	case "due":
		l.due = c.To
	case "owners":
		l.owners = strings.Fields(c.To)
	case "board":
		l.board = c.To
	case "blocked":
		l.blocked = c.To != ""
	case "at_risk":
		l.risk = c.To != ""
	case "archived_at":
		l.archived = c.To != ""
	case "deleted_at":
		l.deleted = c.To != ""
	}
	return l
}

// look takes a change of somebody's in; undone is the change that it undid, if it did.
func (o *onlooker) look(actor string, entries, undone []ledger.Entry) {
	o.acts = append(o.acts, entries)
	before := maps.Clone(o.tasks)
	var direct, wide []seen
	dropped := map[string]bool{}
	for _, e := range entries {
		id := e.Task.ID
		if id == "" {
			continue
		}
		was := o.tasks[id]
		if e.Action == "task.created" {
			was.board = e.Board.ID
			wide = append(wide, seen{task: id, kind: models.WasAdded, seq: e.Seq})
		}
		is := was
		if strings.HasPrefix(e.Action, "task.") {
			for _, c := range e.Changes {
				is = is.is(c.Field, c)
				if c.Field == "owners" {
					for _, p := range strings.Fields(c.To) {
						if !slices.Contains(strings.Fields(c.From), p) {
							direct = append(direct, seen{person: p, task: id, kind: models.Assigned, seq: e.Seq})
						}
					}
				}
			}
			o.tasks[id] = is
			if k := what(e, was, is); k != "" {
				wide = append(wide, seen{task: id, kind: k, seq: e.Seq})
			}
		}
		switch e.Action {
		case "task.released", "task.overridden":
			for _, p := range is.owners {
				direct = append(direct, seen{person: p, task: id, kind: models.YourTurn, seq: e.Seq})
			}
		case "comment.added", "comment.edited", "comment.deleted":
			c := o.comments[e.Subject.ID]
			c.task = id
			had := c.mentions
			for _, change := range e.Changes {
				if change.Field == "mentions" {
					c.mentions = strings.Fields(change.To)
				}
			}
			for _, p := range c.mentions {
				if !slices.Contains(had, p) {
					direct = append(direct, seen{person: p, task: id, kind: models.Mentioned, seq: e.Seq})
				}
			}
			if e.Action == "comment.deleted" {
				c.gone = true
			} else {
				c.seqs = append(c.seqs, e.Seq)
			}
			if e.Action == "comment.added" {
				wide = append(wide, seen{task: id, kind: models.Commented, seq: e.Seq})
				if o.watchesCommented[actor] {
					defer func() { o.watches[actor+id] = true }()
				}
			}
			o.comments[e.Subject.ID] = c
		}
	}
	o.drop(actor, before, undone, dropped)
	o.tell(actor, direct, wide, dropped)
	for id, t := range o.tasks {
		t.was = true
		o.tasks[id] = t
	}
}

// what is the one thing that an entry says to owners and watchers.
func what(e ledger.Entry, was, is looked) models.NoticeKind {
	var column bool
	for _, c := range e.Changes {
		column = column || c.Field == "column"
	}
	switch {
	case e.Action == "task.created":
		return ""
	case was.state != is.state && (!open(was.state) || !open(is.state)):
		return models.WasClosed
	case !was.blocked && is.blocked:
		return models.Blocked
	case was.blocked && !is.blocked:
		return models.Unblocked
	case !was.risk && is.risk:
		return models.AtRisk
	case was.state != is.state || column || was.board != is.board:
		return models.WasMoved
	}
	return ""
}

// drop forgets what is not read and does not hold any more.
func (o *onlooker) drop(actor string, before map[string]looked, undone []ledger.Entry, silent map[string]bool) {
	var left []*seen
	for _, n := range o.notices {
		was, is := before[n.task], o.tasks[n.task]
		closed := open(was.state) && !open(is.state)
		gone, quiet := false, false
		switch n.kind {
		case models.YourTurn:
			gone = is.state != "ready" || is.archived
		case models.DueSoon, models.PastDue:
			gone = is.due != n.about || is.archived || closed
		case models.AtRisk:
			gone = closed || was.risk && !is.risk
		case models.Blocked:
			quiet = was.blocked && !is.blocked
			gone = closed || quiet
		case models.Unblocked:
			gone = closed || is.blocked && !was.blocked
		case models.WasMoved:
			gone = closed
		case models.WasClosed:
			quiet = !open(was.state) && open(is.state)
			gone = quiet
		case models.Mentioned, models.Commented:
			for _, c := range o.comments {
				if c.task == n.task && slices.Contains(c.seqs, n.seq) {
					gone = c.gone || n.kind == models.Mentioned && !slices.Contains(c.mentions, n.person)
				}
			}
		}
		switch n.kind {
		case models.Assigned, models.YourTurn, models.DueSoon, models.PastDue:
			gone = gone || slices.Contains(was.owners, n.person) && !slices.Contains(is.owners, n.person)
		}
		for _, e := range undone {
			if e.Seq == n.seq && n.about == "" {
				gone, quiet = true, true
			}
		}
		if n.read || !gone {
			left = append(left, n)
			continue
		}
		o.taken++
		silent[n.person+n.task] = silent[n.person+n.task] || quiet
		if n.person == actor {
			n.read, n.until = true, time.Time{}
			left = append(left, n)
		}
	}
	o.notices = left
}

// weight: of one change, people who follow a task hear its weightiest event, and of
// equal ones the last.
var weight = []models.NoticeKind{models.Commented, models.WasClosed, models.Blocked, models.Unblocked, models.AtRisk, models.WasMoved, models.WasAdded}

func (o *onlooker) tell(actor string, direct, wide []seen, silent map[string]bool) {
	hasDirect := map[string]bool{}
	for _, n := range direct {
		if n.person == actor {
			continue
		}
		hasDirect[n.person+n.task] = true
		if n.kind == models.YourTurn && o.tasks[n.task].state != "ready" {
			hasDirect[n.person+n.task] = hasDirect[n.person+n.task] && true
			continue
		}
		o.notice(n)
	}
	sort.SliceStable(wide, func(i, j int) bool {
		a, b := slices.Index(weight, wide[i].kind), slices.Index(weight, wide[j].kind)
		return a < b || a == b && wide[i].seq > wide[j].seq
	})
	heard := map[string]bool{}
	for _, n := range wide {
		for person := range o.members {
			task := o.tasks[n.task]
			owner, watcher, board := slices.Contains(task.owners, person), o.watches[person+n.task], o.watches[person+task.board]
			hears := owner && n.kind != models.WasMoved && n.kind != models.WasAdded || watcher && n.kind != models.WasAdded || board
			if person == actor || !hears || heard[person+n.task] || hasDirect[person+n.task] || silent[person+n.task] {
				continue
			}
			heard[person+n.task] = true
			n.person = person
			o.notice(n)
		}
	}
}

func (o *onlooker) notice(n seen) {
	if !o.members[n.person] || o.off[n.person+string(n.kind)] || o.mutes[n.person+n.task] || o.mutes[n.person+o.tasks[n.task].board] {
		return
	}
	n.until = o.later[n.person+n.task]
	o.notices = append(o.notices, &n)
	o.heard++
}

// morning goes through all that is due, for whom it is past eight.
func (o *onlooker) morning(now time.Time) {
	made := map[string]string{}
	for person, zone := range o.zones {
		if !o.members[person] {
			continue
		}
		at, err := time.LoadLocation(zone)
		if err != nil {
			panic(err)
		}
		local := now.In(at)
		today := local.Format(time.DateOnly)
		if local.Hour() < 8 || o.rounds[zone] >= today {
			continue
		}
		made[zone] = today
		until := local.AddDate(0, 0, -1)
		if local.Weekday() != time.Saturday && local.Weekday() != time.Sunday {
			until = local.AddDate(0, 0, 1)
			for until.Weekday() == time.Saturday || until.Weekday() == time.Sunday {
				until = until.AddDate(0, 0, 1)
			}
		}
		for id, t := range o.tasks {
			mine := slices.Contains(t.owners, person) || o.watches[person+id]
			if !mine || !open(t.state) || t.archived || t.deleted || t.due == "" || t.due > until.Format(time.DateOnly) || t.due < local.AddDate(0, 0, -14).Format(time.DateOnly) {
				continue
			}
			n := seen{person: person, task: id, kind: models.DueSoon, about: t.due}
			if t.due < today {
				n.kind = models.PastDue
			}
			if slices.ContainsFunc(o.notices, func(m *seen) bool {
				return m.person == person && m.task == id && m.kind == n.kind && m.about == n.about
			}) {
				continue
			}
			if n.kind == models.PastDue {
				o.notices = slices.DeleteFunc(o.notices, func(m *seen) bool {
					return m.person == person && m.task == id && m.kind == models.DueSoon && !m.read && m.about < today
				})
			}
			o.notice(n)
		}
	}
	maps.Copy(o.rounds, made)
}

func (o *onlooker) wake(now time.Time) {
	maps.DeleteFunc(o.later, func(_ string, at time.Time) bool { return !at.After(now) })
	for _, n := range o.notices {
		if !n.until.IsZero() && !n.until.After(now) {
			n.until, n.read = time.Time{}, false
		}
	}
}

// unread is what a person is shown as unread, sorted.
func (o *onlooker) unread(person string) []string {
	all := []string{}
	for _, n := range o.notices {
		t := o.tasks[n.task]
		if n.person == person && o.members[person] && !n.read && !n.cleared && n.until.IsZero() && !t.deleted && !o.mutes[person+n.task] && !o.mutes[person+t.board] {
			all = append(all, n.String())
		}
	}
	slices.Sort(all)
	return all
}

// crew is the people and the board of one story.
type crew struct {
	*house
	o      *onlooker
	boards []models.Board
	tasks  []string
	seq    int64
}

var everybody = map[string]models.Actor{
	"ana": ana, "ben": {ID: "ben", Name: "Ben", Zone: "America/Los_Angeles"}, "zoe": {ID: "zoe", Name: "Zoe", Zone: "Asia/Kathmandu"}, "vic": vic,
}

func newCrew(t *rapid.T, h *house) *crew {
	h.now = time.Date(2026, 3, rapid.IntRange(2, 15).Draw(t, "day"), 6, 0, 0, 0, time.UTC)
	for _, query := range []string{"DELETE FROM notices", "DELETE FROM due_rounds", "DELETE FROM notice_choices", "DELETE FROM snoozed_tasks",
		"UPDATE tasks SET due = ''", "UPDATE users SET watches_commented = TRUE"} {
		h.exec(query)
	}
	c := &crew{house: h, o: &onlooker{tasks: map[string]looked{}, comments: map[string]comment{}, members: map[string]bool{}, zones: map[string]string{},
		watches: map[string]bool{}, mutes: map[string]bool{}, off: map[string]bool{}, later: map[string]time.Time{}, watchesCommented: map[string]bool{}, rounds: map[string]string{}}}
	for id, who := range everybody {
		c.o.zones[id], c.o.watchesCommented[id] = "UTC", true
		if who.Zone != "" {
			c.o.zones[id] = who.Zone
		}
		c.join(id)
	}
	for _, name := range []string{"Onboarding", "Elsewhere"} {
		b, err := h.CreateBoard(h.t.Context(), ana, h.team, models.BoardInput{Name: name, Key: freshKey(), Columns: columnNames})
		require.NoError(t, err)
		c.boards = append(c.boards, b)
	}
	c.seq = h.seq()
	for range 3 {
		c.act(t, ana, func(who models.Actor) error { return c.addTask(who, 0) })
	}
	for i, id := range c.tasks {
		owners := [][]string{{"ana", "ben"}, {"ben", "zoe"}, {"zoe"}}[i]
		c.act(t, ana, func(who models.Actor) error {
			return c.EditTask(h.t.Context(), who, id, latest, models.TaskInput{Owners: &owners})
		})
		for _, who := range []models.Actor{ana, vic} {
			require.NoError(t, c.WatchTask(h.t.Context(), who, id))
			c.o.watches[who.ID+id] = true
		}
	}
	require.NoError(t, c.WatchBoard(h.t.Context(), everybody["zoe"], c.boards[0].ID))
	c.o.watches["zoe"+c.boards[0].ID] = true
	return c
}

var keys int

// freshKey is a key that no board has had.
func freshKey() string {
	keys++
	return "K" + string(rune('A'+keys/676%26)) + string(rune('A'+keys/26%26)) + string(rune('A'+keys%26))
}

func (c *crew) join(id string) {
	if c.o.members[id] {
		return
	}
	c.o.members[id] = true
	c.exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", c.team, id,
		map[string]string{"ana": "manager", "ben": "manager", "zoe": "member", "vic": "viewer"}[id], c.now)
	c.exec("UPDATE memberships SET role = 'manager' WHERE user_id = 'ben'")
}

func (c *crew) addTask(who models.Actor, board int) error {
	tasks, err := c.AddTasks(c.t.Context(), who, c.column(c.boards[board], flow.Ready), []string{fmt.Sprint("Task ", len(c.tasks))})
	if err == nil {
		c.tasks = append(c.tasks, tasks[0].ID)
	}
	return err
}

// act lets somebody do something, and lets the onlooker look.
func (c *crew) act(t *rapid.T, who models.Actor, do func(models.Actor) error) {
	c.now = c.now.Add(time.Second)
	err := do(asking(who))
	if fault.From(err) == nil {
		require.NoError(t, err)
	}
	c.look(t, who.ID, nil)
}

func (c *crew) look(t *rapid.T, actor string, undone []ledger.Entry) {
	var data []string
	require.NoError(t, c.db.Raw("SELECT data FROM entries WHERE log_id = ? AND seq > ? ORDER BY seq", c.team, c.seq).Scan(&data).Error)
	var entries []ledger.Entry
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		require.NoError(t, err)
		entries = append(entries, e)
	}
	if len(entries) > 0 {
		c.seq = entries[len(entries)-1].Seq
		c.o.look(actor, entries, undone)
	}
}

func (c *crew) who(t *rapid.T) models.Actor {
	id := rapid.SampledFrom([]string{"ana", "ben", "ana", "ben", "zoe", "vic"}).Draw(t, "who")
	if !c.o.members[id] {
		t.Skip("has left")
	}
	return everybody[id]
}

func (c *crew) one(t *rapid.T) string { return rapid.SampledFrom(c.tasks).Draw(t, "task") }

const latest = 1 << 40 // a version that nobody has passed

// check compares what people are shown with what they should be.
func (c *crew) check(t *rapid.T) {
	for id, who := range everybody {
		shown := []string{}
		kinds := map[string]bool{}
		for below := ""; ; {
			v, err := c.Inbox(c.t.Context(), who, models.InboxFilter{Part: models.InboxUnread}, below)
			require.NoError(t, err)
			for _, i := range v.Items {
				require.Len(t, i.Notices, i.Count)
				for _, n := range i.Notices {
					shown = append(shown, seen{person: n.UserID, task: n.TaskID, kind: n.Kind, seq: n.Seq, about: string(n.About)}.String())
					kinds[n.TaskID+string(n.Kind)] = true
				}
			}
			require.Equal(t, v.Unread, func() int { n, _ := c.UnreadNotices(c.t.Context(), who); return n }())
			if below = v.Older; below == "" {
				require.Equal(t, len(kinds), v.Unread, "the badge of %s", id)
				break
			}
		}
		slices.Sort(shown)
		require.Equal(t, c.o.unread(id), shown, "unread of %s", id)
		c.o.unreadLeft += len(shown)
	}
}

func (c *crew) acts() map[string]func(*rapid.T) {
	ctx := c.t.Context()
	task := func(do func(t *rapid.T, who models.Actor, task string) error) func(*rapid.T) {
		return func(t *rapid.T) {
			who, id := c.who(t), c.one(t)
			c.act(t, who, func(who models.Actor) error { return do(t, who, id) })
		}
	}
	// own is what people do to their own state; the onlooker is told in then.
	own := func(do func(t *rapid.T, who models.Actor, task string) (then func(), err error)) func(*rapid.T) {
		return func(t *rapid.T) {
			who, id := c.who(t), c.one(t)
			c.now = c.now.Add(time.Second)
			then, err := do(t, who, id)
			if fault.From(err) == nil {
				require.NoError(t, err)
				then()
			}
		}
	}
	of := func(person, task string) (all []*seen) {
		for _, n := range c.o.notices {
			if n.person == person && n.task == task {
				all = append(all, n)
			}
		}
		return all
	}
	return map[string]func(*rapid.T){
		"": c.check,
		"add": func(t *rapid.T) {
			who, board := c.who(t), rapid.IntRange(0, 1).Draw(t, "board")
			c.act(t, who, func(who models.Actor) error { return c.addTask(who, board) })
		},
		"own": task(func(t *rapid.T, who models.Actor, id string) error {
			owners := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"ana", "ben", "zoe", "vic"}), 0, 3, rapid.ID[string]).Draw(t, "owners")
			return c.EditTask(ctx, who, id, latest, models.TaskInput{Owners: &owners})
		}),
		"due": task(func(t *rapid.T, who models.Actor, id string) error {
			due := models.Date("")
			if n := rapid.IntRange(-3, 5).Draw(t, "in days"); n < 5 {
				due = models.Date(c.now.AddDate(0, 0, n).Format(time.DateOnly))
			}
			return c.EditTask(ctx, who, id, latest, models.TaskInput{Due: &due})
		}),
		"move": task(func(t *rapid.T, who models.Actor, id string) error {
			v, err := c.Task(ctx, ana, id)
			if err != nil {
				return err
			}
			to := models.Place{Column: rapid.SampledFrom(v.Columns).Draw(t, "to").ID}
			if rapid.IntRange(0, 2).Draw(t, "override") == 0 {
				to.Override = "it cannot wait"
			}
			return c.MoveTask(ctx, who, id, latest, to)
		}),
		"complete": task(func(_ *rapid.T, who models.Actor, id string) error { return c.CompleteTask(ctx, who, id, latest) }),
		"reopen":   task(func(_ *rapid.T, who models.Actor, id string) error { return c.ReopenTask(ctx, who, id, latest) }),
		"cancel":   task(func(_ *rapid.T, who models.Actor, id string) error { return c.CancelTask(ctx, who, id, latest, "") }),
		"archive":  task(func(_ *rapid.T, who models.Actor, id string) error { return c.ArchiveTask(ctx, who, id, latest) }),
		"restore":  task(func(_ *rapid.T, who models.Actor, id string) error { return c.RestoreTask(ctx, who, id, latest) }),
		"delete":   task(func(_ *rapid.T, who models.Actor, id string) error { return c.DeleteTask(ctx, who, id, latest) }),
		"recall":   task(func(_ *rapid.T, who models.Actor, id string) error { return c.RecallTask(ctx, who, id) }),
		"block": task(func(_ *rapid.T, who models.Actor, id string) error {
			return c.BlockTask(ctx, who, id, latest, "no paper")
		}),
		"unblock": task(func(_ *rapid.T, who models.Actor, id string) error { return c.UnblockTask(ctx, who, id, latest) }),
		"override": task(func(_ *rapid.T, who models.Actor, id string) error {
			return c.OverrideTask(ctx, who, id, latest, "it cannot wait")
		}),
		"transfer": task(func(_ *rapid.T, who models.Actor, id string) error {
			return c.TransferTask(ctx, who, id, latest, c.boards[1].ID)
		}),
		"require": task(func(t *rapid.T, who models.Actor, id string) error {
			return c.Require(ctx, who, c.one(t), id, models.DependencyInput{})
		}),
		"require on": task(func(t *rapid.T, who models.Actor, id string) error {
			return c.Require(ctx, who, id, c.one(t), models.DependencyInput{})
		}),
		"many": func(t *rapid.T) {
			who := c.who(t)
			chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(c.tasks), 1, 4, rapid.ID[string]).Draw(t, "chosen")
			bulk := models.Bulk{Deed: rapid.SampledFrom([]models.Deed{models.DeedAssign, models.DeedUnassign, models.DeedCancel, models.DeedDue, models.DeedMove}).Draw(t, "deed"),
				Person: "zoe", Due: models.Date(c.now.AddDate(0, 0, 1).Format(time.DateOnly)), Place: models.Place{Column: c.column(c.boards[0], flow.Done)}}
			c.act(t, who, func(who models.Actor) error {
				_, err := c.ChangeTasks(ctx, who, c.boards[0].ID, latest, chosen, bulk)
				return err
			})
		},
		"comment": task(func(t *rapid.T, who models.Actor, id string) error {
			return c.AddComment(ctx, who, id, rapid.SampledFrom([]string{"Hello", "Hello @Ben", "@Zoe and @Ana, look"}).Draw(t, "body"))
		}),
		"comment anew": task(func(t *rapid.T, who models.Actor, id string) error {
			v, err := c.Task(ctx, ana, id)
			if err != nil || len(v.Comments) == 0 {
				return err
			}
			last := v.Comments[len(v.Comments)-1]
			if rapid.Bool().Draw(t, "delete") {
				return c.DeleteComment(ctx, who, id, last.ID)
			}
			return c.EditComment(ctx, who, id, last.ID, latest, rapid.SampledFrom([]string{"Hello again", "Hello @Ana"}).Draw(t, "body"))
		}),
		"undo": func(t *rapid.T) {
			i := len(c.o.acts) - 1 - rapid.IntRange(0, min(3, len(c.o.acts)-1)).Draw(t, "acts ago")
			undone := c.o.acts[i]
			who := everybody["ben"]
			if !c.o.members["ben"] {
				who = ana
			}
			c.now = c.now.Add(time.Second)
			_, err := c.Undo(ctx, asking(who), c.team, undone[0].Seq)
			if fault.From(err) == nil {
				require.NoError(t, err)
			}
			c.look(t, who.ID, undone)
		},
		"watch": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() { c.o.watches[who.ID+id] = true }, c.WatchTask(ctx, who, id)
		}),
		"unwatch": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() { delete(c.o.watches, who.ID+id) }, c.UnwatchTask(ctx, who, id)
		}),
		"mute": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() { c.o.mutes[who.ID+id] = true }, c.MuteTask(ctx, who, id)
		}),
		"unmute": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() { delete(c.o.mutes, who.ID+id) }, c.UnmuteTask(ctx, who, id)
		}),
		"heed board": own(func(t *rapid.T, who models.Actor, _ string) (func(), error) {
			board := c.boards[rapid.IntRange(0, 1).Draw(t, "board")].ID
			switch rapid.IntRange(0, 4).Draw(t, "how") {
			case 0:
				return func() { c.o.mutes[who.ID+board] = true }, c.MuteBoard(ctx, who, board)
			case 1, 2:
				return func() { delete(c.o.mutes, who.ID+board) }, c.UnmuteBoard(ctx, who, board)
			case 3:
				return func() { delete(c.o.watches, who.ID+board) }, c.UnwatchBoard(ctx, who, board)
			}
			return func() { c.o.watches[who.ID+board] = true }, c.WatchBoard(ctx, who, board)
		}),
		"choose": own(func(t *rapid.T, who models.Actor, _ string) (func(), error) {
			kind, want := rapid.SampledFrom(models.NoticeKinds).Draw(t, "kind"), rapid.IntRange(0, 2).Draw(t, "want") > 0
			comments := rapid.Bool().Draw(t, "watch what they comment on")
			return func() { c.o.off[who.ID+string(kind)], c.o.watchesCommented[who.ID] = !want, comments },
				c.Choose(ctx, who, models.Choices{WatchesCommented: comments, Wanted: map[models.Channel]map[models.NoticeKind]bool{models.InInbox: {kind: want}}})
		}),
		"read": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() {
				for _, n := range of(who.ID, id) {
					n.read = n.read || n.until.IsZero()
				}
			}, c.MarkTaskRead(ctx, who, id)
		}),
		"clear": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() {
				delete(c.o.later, who.ID+id)
				for _, n := range of(who.ID, id) {
					if !n.cleared {
						n.byClearing = !n.read
					}
					n.read, n.cleared, n.until = true, true, time.Time{}
				}
			}, c.ClearTask(ctx, who, id)
		}),
		"return": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() {
				for _, n := range of(who.ID, id) {
					if n.cleared {
						n.read, n.cleared = !n.byClearing, false
					}
				}
			}, c.ReturnTask(ctx, who, id)
		}),
		"snooze": own(func(t *rapid.T, who models.Actor, id string) (func(), error) {
			at, err := c.SnoozeTask(ctx, who, id, rapid.SampledFrom([]models.Until{models.Tomorrow, models.NextMonday}).Draw(t, "until"), "")
			return func() {
				c.o.later[who.ID+id] = at
				for _, n := range of(who.ID, id) {
					if !n.cleared {
						n.read, n.until = false, at
					}
				}
			}, err
		}),
		"wake": own(func(_ *rapid.T, who models.Actor, id string) (func(), error) {
			return func() {
				delete(c.o.later, who.ID+id)
				for _, n := range of(who.ID, id) {
					if !n.until.IsZero() {
						n.read, n.until = false, time.Time{}
					}
				}
			}, c.WakeTask(ctx, who, id)
		}),
		"pass": func(t *rapid.T) {
			c.now = c.now.Add(time.Duration(rapid.IntRange(1, 30).Draw(t, "hours")) * time.Hour)
			require.NoError(t, c.WakeAll(ctx))
			c.o.wake(c.now)
			require.NoError(t, c.TellDue(ctx))
			require.NoError(t, c.TellDue(ctx), "again does no harm")
			c.o.morning(c.now)
		},
		"leave": func(t *rapid.T) {
			if rapid.IntRange(0, 4).Draw(t, "really") > 0 {
				for id := range everybody {
					c.join(id)
				}
				return
			}
			if !c.o.members["zoe"] {
				return
			}
			c.act(t, everybody["zoe"], func(who models.Actor) error { return c.Leave(ctx, who, c.team) })
			delete(c.o.members, "zoe")
			for _, of := range []map[string]bool{c.o.watches, c.o.mutes} {
				maps.DeleteFunc(of, func(key string, _ bool) bool { return strings.HasPrefix(key, "zoe") })
			}
			maps.DeleteFunc(c.o.later, func(key string, _ time.Time) bool { return strings.HasPrefix(key, "zoe") })
		},
	}
}

// Whatever people do, each one's unread notices are exactly those that follow from the
// log and what they chose: nothing for one's own acts, nothing twice, nothing that
// does not hold any more, nothing muted.
func TestTheInboxHoldsWhatFollowsFromTheLogAndTheChoices(t *testing.T) {
	fewer(t, "15")
	h := newHouse(t)
	h.exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ('zoe', 'zoe@example.org', 'Zoe', 'x', 'en', 'Asia/Kathmandu', $1)", h.now)
	h.exec("UPDATE users SET zone = 'America/Los_Angeles' WHERE id = 'ben'")
	var heard, shown, taken int
	rapid.Check(t, func(t *rapid.T) {
		c := newCrew(t, h)
		t.Repeat(c.acts())
		heard, shown, taken = heard+c.o.heard, shown+c.o.unreadLeft, taken+c.o.taken
	})
	t.Logf("%d notices were made, %d taken back; %d times one was there as unread", heard, taken, shown)
}

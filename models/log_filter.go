package models

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/fault"
)

// LogQuery is what a reader asks of the log, as it was typed; empty fields ask
// for nothing. Times are in the reader's zone.
type LogQuery struct {
	Person   string // a user's ID
	Action   string // an Action, or the name of a group of LogGroups
	Board    string // a board's ID
	Task     string // a key: ONB-12
	Run      string // a run's ID: its tasks, and what was done to itself
	Template string // a template's ID: all of its runs, and what was done to itself
	Role     string // what whoever acted is in the team today, or FormerRole
	From     string // 2026-03-31T14:30, or a date: from its beginning
	To       string // the same, to its end
	By       string // ByHand or Automatic
	Words    string // that it has in what it names, changed, or gives as the reason
	Before   int64  // only entries with a smaller number; 0: from the newest
}

// Asked is one condition of a query.
type Asked struct{ Name, Value string }

// Each returns the conditions by the names that they have in an address.
func (q LogQuery) Each() []Asked {
	return []Asked{{"person", q.Person}, {"action", q.Action}, {"board", q.Board}, {"task", q.Task}, {"run", q.Run}, {"template", q.Template}, {"role", q.Role}, {"from", q.From}, {"to", q.To}, {"by", q.By}, {"words", q.Words}}
}

// Who acted, for LogQuery.By.
const (
	ByHand    = "hand"
	Automatic = "auto"
)

// LogGroup is a set of actions that one looks for together.
type LogGroup struct {
	Name    string
	Actions []Action
	Listed  []Action // those offered one by one here; others are in another group
}

// LogGroups lists the groups in the order in which the filter offers them. Each
// action of a team's log is in at least one.
var LogGroups = []LogGroup{
	group("tasks", nil, TaskCreated, TaskEdited, TaskCompleted, TaskReopened, TaskCancelled, TaskArchived, TaskRestored, TaskDeleted, TaskBlocked, TaskUnblocked,
		TaskUndone, TaskRecalled, TaskPurged, TasksChanged, TaskValuesDropped, TaskRepeated),
	group("movement", []Action{TaskCompleted, TaskReopened, TaskCancelled}, TaskMoved, TaskTransferred, TaskReleased, TaskHeld, TaskSkipped, TaskFlagged, TaskCleared, TaskOverridden, TaskOverrideWithdrawn),
	group("checklist", nil, ItemAdded, ItemEdited, ItemTicked, ItemUnticked, ItemMoved, ItemMadeTask, ItemRemoved),
	group("approvals", nil, ApprovalAsked, ApprovalGiven, ApprovalRejected, ApprovalFell, ApprovalWithdrawn, SelfApprovalTried, TaskSentBack),
	group("dependencies", nil, DependencyAdded, DependencyChanged, DependencyRemoved, DependencyReturned, DependencyWithdrawn, DependencyReverted),
	group("comments", nil, CommentAdded, CommentEdited, CommentDeleted),
	group("files", nil, FileAdded, FileRenamed, FileRemoved, FileRecalled, FilePurged, FileReturned, FileWithdrawn, FileReverted),
	group("boards", nil, BoardCreated, BoardImported, BoardEdited, BoardArchived, BoardRestored, BoardDiscarded, ColumnAdded, ColumnEdited, ColumnMoved, ColumnRemoved,
		LabelAdded, LabelEdited, LabelRemoved, PatternAdded, PatternEdited, PatternRemoved, ViewAdded, ViewEdited, ViewRemoved, FieldAdded, FieldEdited, FieldMoved, FieldRemoved),
	group("runs", nil, TemplateCreated, TemplateEdited, TemplatePublished, TemplateArchived, TemplateRestored,
		RunsStarted, RunStarted, RunPaused, RunResumed, RunCancelled, RunRecast, RunWithdrawn, RunReturned, RunReverted, RunsMoved, RunsMovedBack, RunMoved, RunDeviated, TaskRevised,
		ScheduleAdded, ScheduleEdited, SchedulePaused, ScheduleResumed, ScheduleRemoved, ScheduleFailed, ScheduleStopped,
		StepLinkMade, StepLinkUsed, StepLinkRevoked, RunLinkMade, RunLinkRevoked, TaskAnswered, TaskDropped, TaskKept, TaskRuledOut, TaskRuledIn, TaskAdapted),
	group("overrides", []Action{TaskOverridden, TaskOverrideWithdrawn, SelfApprovalTried}),
	group("log", nil, LogExported, FilterAdded, FilterEdited, FilterRemoved, FindingMarked, FindingUnmarked, AttentionRuleSet,
		ReviewOpened, EntryWasSeen, EntryWasQuestioned, EntryWasAnswered, ReviewSigned),
	group("members", nil, TeamCreated, TeamEdited, MemberAdded, MemberRoleChanged, MemberRemoved, MemberLeft, PersonErased, InvitationCreated, InvitationRevoked, InvitationUsed),
}

func group(name string, also []Action, listed ...Action) LogGroup {
	return LogGroup{Name: name, Actions: slices.Concat(listed, also), Listed: listed}
}

// Asks reports whether the query narrows the log at all.
func (q LogQuery) Asks() bool {
	return q.Person+q.Action+q.Board+q.Task+q.Run+q.Template+q.Role+q.From+q.To+q.By+q.Words != ""
}

// logFilter is a query that was understood.
type logFilter struct {
	log     string
	actor   string
	actions []Action
	board   string
	task    string
	by      string
	role    []string // who has it; nil: any
	about   *logScope
	words   *logWords
	from    int64 // least number; 0: none
	below   int64 // numbers are smaller than this; 0: any
}

// read understands the query; v holds what its choices are made from.
func (q LogQuery) read(db *gorm.DB, team string, v LogView, zone *time.Location) (logFilter, error) {
	f := logFilter{log: team, actor: q.Person, board: q.Board, by: q.By, below: q.Before}
	var faults []*fault.Fault
	refuse := func(x *fault.Fault) {
		faults = append(faults, x)
	}
	if q.Person != "" && !slices.ContainsFunc(v.People, func(p Person) bool { return p.ID == q.Person }) {
		refuse(fault.On("person", fault.NotAChoice))
	}
	if q.Board != "" && !slices.ContainsFunc(v.Boards, func(b Board) bool { return b.ID == q.Board }) {
		refuse(fault.On("board", fault.NotAChoice))
	}
	if q.By != "" && q.By != ByHand && q.By != Automatic {
		refuse(fault.On("by", fault.NotAChoice))
	}
	if f.role = v.having(q.Role); q.Role != "" && f.role == nil {
		refuse(fault.On("role", fault.NotAChoice))
	}
	if f.actions = actionsOf(q.Action); q.Action != "" && f.actions == nil {
		refuse(fault.On("action", fault.NotAChoice))
	}
	task, err := taskByKey(db, team, q.Task)
	if err != nil {
		return f, err
	}
	if f.task = task; q.Task != "" && task == "" {
		refuse(fault.On("task", fault.NoSuchTask, q.Task))
	}
	if f.about, err = q.scope(db, team); fault.From(err) != nil {
		refuse(fault.From(err))
	} else if err != nil {
		return f, err
	}
	if f.words, err = q.words(db, team); fault.From(err) != nil {
		refuse(fault.From(err))
	} else if err != nil {
		return f, err
	}
	from, _, fromFault := readTime("from", q.From, zone)
	_, to, toFault := readTime("to", q.To, zone)
	refuse(fromFault)
	refuse(toFault)
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		refuse(fault.On("to", fault.EndsBeforeStart))
	}
	if err := fault.All(faults...); err != nil {
		return f, err
	}
	return f, f.within(db, from, to)
}

func actionsOf(name string) []Action {
	for _, g := range LogGroups {
		if g.Name == name {
			return g.Actions
		}
	}
	if slices.Contains(Actions, Action(name)) {
		return []Action{Action(name)}
	}
	return nil
}

var taskKey = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9]*)-([0-9]{1,18})$`)

// taskByKey finds a task of the team, deleted ones too; empty if there is none.
func taskByKey(db *gorm.DB, team, key string) (id string, err error) {
	parts := taskKey.FindStringSubmatch(strings.TrimSpace(key))
	if parts == nil {
		return "", nil
	}
	number, _ := strconv.ParseInt(parts[2], 10, 64) // 18 digits fit
	err = db.Raw(`SELECT t.id FROM tasks t JOIN boards b ON b.id = t.board_id
		WHERE b.team_id = ? AND b."key" = ? AND t.number = ?`, team, strings.ToUpper(parts[1]), number).Scan(&id).Error
	return id, err
}

// readTime reads a day, a minute or a second in zone: when it begins and when it
// is over.
func readTime(field, text string, zone *time.Location) (begin, end time.Time, f *fault.Fault) {
	text = strings.Replace(strings.TrimSpace(text), "T", " ", 1)
	if text == "" {
		return begin, end, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return t, t.AddDate(0, 0, 1), nil
	}
	if t, err := time.ParseInLocation("2006-01-02 15:04", text, zone); err == nil {
		return t, t.Add(time.Minute), nil
	}
	if t, err := time.ParseInLocation(time.DateTime, text, zone); err == nil {
		return t, t.Add(time.Second), nil
	}
	return begin, end, fault.On(field, fault.NotATime)
}

// within turns times into numbers: in a log, time follows number. A time is
// looked up once, so that the entries themselves are found by number.
func (f *logFilter) within(db *gorm.DB, from, to time.Time) error {
	if !from.IsZero() {
		first, err := firstFrom(db, f.log, from)
		if err != nil {
			return err
		}
		f.from = first
	}
	if !to.IsZero() {
		first, err := firstFrom(db, f.log, to)
		if err != nil {
			return err
		}
		if f.below == 0 || first < f.below {
			f.below = first
		}
	}
	return nil
}

// firstFrom is the number of the first entry at or after a time; one past the last
// entry if there is none. Times rise with the numbers, for both are given out under
// the log's lock, so it is found by halves and needs no index of its own.
func firstFrom(db *gorm.DB, log string, at time.Time) (int64, error) {
	var last int64
	if err := db.Raw("SELECT seq FROM logs WHERE id = ?", log).Row().Scan(&last); err != nil {
		return 0, orMissing(err)
	}
	low, high := int64(1), last+1 // the answer is in between, both included
	for low < high {
		middle := (low + high) / 2
		var was time.Time
		if err := db.Raw("SELECT at FROM entries WHERE log_id = ? AND seq = ?", log, middle).Row().Scan(&was); err != nil {
			return 0, err
		}
		if was.Before(at) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, nil
}

// mostMerged is how many indexes are read side by side: SQLite joins at most 500.
const mostMerged = 200

// few is how many entries are read without a thought.
const few = 5000

// numbers is the query for the newest entries that pass, by number downwards. It
// reads one index: of the columns that are asked for the first that holds few
// entries of what is asked, else the one that carries most of the other columns
// along. No other condition is left to be taken for an index of its own.
func (f logFilter) numbers(db *gorm.DB, limit int) (string, []any, error) {
	if f.words != nil {
		sql, args := f.scan("", "", limit)
		return sql, args, nil
	}
	type way struct {
		asked bool
		read  func() (string, []any)
		among func() (string, []any) // what it would have to look through
	}
	by := func(column, value string) way {
		return way{value != "",
			func() (string, []any) { return f.scan(column, value, limit) },
			func() (string, []any) { return logFilter{log: f.log}.scan(column, value, few) }}
	}
	merged := func(column string, values []string) way {
		return way{len(values) > 0 && len(values) <= mostMerged,
			func() (string, []any) { return f.merge(column, values, limit) },
			func() (string, []any) { return logFilter{log: f.log}.merge(column, values, few) }}
	}
	ways := []way{
		{f.about != nil, func() (string, []any) { return f.scoped(limit) }, func() (string, []any) { return logFilter{log: f.log, about: f.about}.scoped(few) }},
		by("task_id", f.task), by("board_id", f.board), by("actor_id", f.actor), merged("actor_id", f.role), merged("action", f.actionNames())}
	ways = slices.DeleteFunc(ways, func(w way) bool { return !w.asked })
	if len(ways) == 0 {
		sql, args := f.rest(limit)
		return sql, args, nil
	}
	for _, w := range ways {
		if len(ways) == 1 && f.about == nil {
			break
		}
		var n int
		sql, args := w.among()
		if err := db.Raw("SELECT COUNT(*) FROM ("+sql+") AS few", args...).Row().Scan(&n); err != nil {
			return "", nil, fmt.Errorf("weigh the ways into the log: %w", err)
		}
		if n < few {
			sql, args := w.read()
			return sql, args, nil
		}
	}
	if f.about != nil { // of too many tasks to gather what was done to each
		ways = ways[1:]
	}
	if len(ways) == 0 {
		sql, args := f.rest(limit)
		return sql, args, nil
	}
	sql, args := ways[0].read()
	return sql, args, nil
}

// rest reads the log where no index is of help but its own order.
func (f logFilter) rest(limit int) (string, []any) {
	if f.by == Automatic {
		return f.scan("actor_id", "", limit) // only the automation has no ID
	}
	return f.scan("", "", limit)
}

// merge takes the newest of each value that a column may have, and of these the newest.
func (f logFilter) merge(column string, values []string, limit int) (string, []any) {
	var parts []string
	var args []any
	for _, value := range values {
		part, its := f.scan(column, value, limit)
		parts = append(parts, "SELECT * FROM ("+part+") AS a"+strconv.Itoa(len(parts)))
		args = append(args, its...)
	}
	return strings.Join(parts, " UNION ALL ") + " ORDER BY 1 DESC LIMIT " + strconv.Itoa(limit), args
}

func (f logFilter) actionNames() []string {
	names := make([]string, len(f.actions))
	for i, a := range f.actions {
		names[i] = string(a)
	}
	return names
}

// scan reads one index downwards: that on column, or the primary key.
func (f logFilter) scan(column, value string, limit int) (string, []any) {
	where, args := f.where(column, value)
	return "SELECT seq FROM " + f.entries() + where + " ORDER BY " + f.order() + " DESC LIMIT " + strconv.Itoa(limit), args
}

// entries is what is read: the entries, with their words where those are asked for.
func (f logFilter) entries() string {
	if f.words == nil {
		return "entries"
	}
	return f.words.from
}

// order is the column by which entries are read in their order.
func (f logFilter) order() string {
	if f.words == nil {
		return "seq"
	}
	return f.words.order
}

// forward reads entries after a number upwards, for who wants all of them. It reads
// the index of a task, a board or a person, or else the log from end to end.
func (f logFilter) forward(after int64, limit int) (string, []any) {
	f.from = max(f.from, after+1)
	where, args := f.where(f.narrow())
	return "SELECT seq, data, leaf FROM " + f.entries() + where + " ORDER BY " + f.order() + " LIMIT " + strconv.Itoa(limit), args
}

// count counts what passes.
func (f logFilter) count() (string, []any) {
	where, args := f.where(f.narrow())
	return "SELECT COUNT(*) FROM " + f.entries() + where, args
}

func (f logFilter) narrow() (column, value string) {
	switch {
	case f.words != nil:
		return "", ""
	case f.task != "":
		return "task_id", f.task
	case f.board != "":
		return "board_id", f.board
	case f.actor != "":
		return "actor_id", f.actor
	}
	return "", ""
}

// where lets through what passes, so that the index on column is read, or the
// primary key.
func (f logFilter) where(column, value string) (string, []any) {
	var sql strings.Builder
	sql.WriteString(" WHERE log_id = ?")
	args := []any{f.log}
	also := func(condition string, arg ...any) {
		sql.WriteString(" AND " + condition)
		args = append(args, arg...)
	}
	if column != "" {
		also(column+" = ?", value)
	}
	if f.words != nil {
		also(f.words.where, f.words.args...)
	}
	if f.board != "" && column != "board_id" {
		also("board_id || '' = ?", f.board)
	}
	if f.actor != "" && column != "actor_id" {
		also("actor_id || '' = ?", f.actor)
	}
	if f.role != nil && column != "actor_id" {
		also("actor_id || '' IN ?", f.role)
	} else if f.role != nil && !slices.Contains(f.role, value) {
		also("1 = 0")
	}
	if f.about != nil {
		condition, its := f.about.condition()
		also(condition, its...)
	}
	if len(f.actions) > 0 && column != "action" {
		also("action || '' IN ?", f.actions)
	}
	switch {
	case f.by == ByHand && column == "" && f.words == nil:
		also("actor_id <> ''") // the condition of the index of what was done by hand
	case f.by == ByHand:
		also("actor_id || '' <> ''")
	case f.by == Automatic && column != "actor_id":
		also("actor_id || '' = ''")
	case f.by == Automatic && value != "":
		also("1 = 0") // a person did nothing automatically
	}
	if f.from > 0 {
		also("seq >= ?", f.from)
	}
	if f.below > 0 {
		also("seq < ?", f.below)
	}
	return sql.String(), args
}

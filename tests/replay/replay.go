// Package replay rebuilds what the tables hold from nothing but the log, and
// compares the two: no change may be missing from the log, none may be told in
// it that did not happen, and no entry may start from what was not there.
package replay

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models"
	"relevo/models/attention"
	"relevo/models/custom"
	"relevo/models/ledger"
	"relevo/models/past"
)

// told is one kind of thing: by ID, its fields as the log writes them.
type told map[string]map[string]string

// state is all that is rebuilt: what package past tells, and what else the logs hold.
type state struct {
	tasks, boards, columns, dependencies, items, comments, labels, fields, files, views, patterns, filters, marks, rules, reviews, reviewed, templates, runs, links, shares, remarks, schedules told
}

// nothing is the state before the first entry.
func nothing() state {
	return state{told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}, told{}}
}

// Check fails the test unless every log of the database is whole and the tables
// hold exactly what the logs tell.
func Check(t require.TestingT, db *gorm.DB) {
	if h, ok := t.(interface{ Helper() }); ok {
		h.Helper()
	}
	// One snapshot: people and timers may be at work meanwhile.
	moment := &sql.TxOptions{ReadOnly: true}
	if db.Name() == "postgres" {
		moment.Isolation = sql.LevelRepeatableRead
	}
	var got, want state
	require.NoError(t, db.Transaction(func(tx *gorm.DB) error {
		got, want = logs(t, tx), tables(t, tx)
		return nil
	}, moment))
	compare(t, "task", want.tasks, got.tasks)
	compare(t, "board", want.boards, got.boards)
	compare(t, "column", want.columns, got.columns)
	compare(t, "label", want.labels, got.labels)
	compare(t, "field", want.fields, got.fields)
	compare(t, "shared view", want.views, got.views)
	compare(t, "task template", want.patterns, got.patterns)
	compare(t, "shared filter of the log", want.filters, got.filters)
	compare(t, "review", want.reviews, got.reviews)
	compare(t, "entry of a review", want.reviewed, got.reviewed)
	compare(t, "mark of the attention list", want.marks, got.marks)
	compare(t, "rule of the attention list", want.rules, got.rules)
	compare(t, "comment", want.comments, got.comments)
	compare(t, "item", want.items, got.items)
	compare(t, "file", want.files, got.files)
	compare(t, "template", want.templates, got.templates)
	compare(t, "run", want.runs, got.runs)
	compare(t, "link to a step", want.links, got.links)
	compare(t, "link to a diagram", want.shares, got.shares)
	compare(t, "remark", want.remarks, got.remarks)
	compare(t, "schedule", want.schedules, got.schedules)
	stored(t, db)
	compare(t, "dependency", want.dependencies, got.dependencies)
}

// logs rebuilds what all logs tell.
func logs(t require.TestingT, db *gorm.DB) state {
	got, whole := nothing(), past.New()
	var logs []struct {
		ID  string
		Seq int64
	}
	require.NoError(t, db.Raw("SELECT id, seq FROM logs ORDER BY id").Scan(&logs).Error)
	for _, l := range logs {
		entries := read(t, db, l.ID)
		require.Len(t, entries, int(l.Seq), "the log %s knows how long it is", l.ID)
		for _, e := range entries {
			got.add(t, whole, e)
		}
	}
	for of, things := range map[*told]past.Things{&got.tasks: whole.Tasks, &got.boards: whole.Boards, &got.columns: whole.Columns, &got.dependencies: whole.Dependencies,
		&got.items: whole.Items, &got.comments: whole.Comments, &got.labels: whole.Labels, &got.fields: whole.Fields, &got.files: whole.Files, &got.views: whole.Views, &got.patterns: whole.Patterns,
		&got.templates: whole.Templates, &got.runs: whole.Runs, &got.links: whole.Links} {
		for id, thing := range things {
			(*of)[id] = thing.Fields
		}
	}
	for _, fields := range got.tasks {
		delete(fields, "pattern") // the log alone keeps what it was made from
	}
	return got
}

// read reads a log and checks that it is whole: numbered without a gap, each
// entry's hash that of its bytes, its columns what the bytes say, its cause before it.
func read(t require.TestingT, db *gorm.DB, log string) []ledger.Entry {
	var rows []struct {
		Seq, Cause                                        int64
		ActorKind, ActorID, Action, BoardID, TaskID, Data string
		Leaf                                              []byte
	}
	require.NoError(t, db.Raw("SELECT * FROM entries WHERE log_id = ? ORDER BY seq", log).Scan(&rows).Error)
	entries := make([]ledger.Entry, len(rows))
	for i, r := range rows {
		e, err := ledger.Parse([]byte(r.Data))
		require.NoError(t, err)
		require.EqualValues(t, i+1, r.Seq, "no gap in %s", log)
		leaf := ledger.Leaf([]byte(r.Data))
		require.Equal(t, hex.EncodeToString(leaf[:]), hex.EncodeToString(r.Leaf), "hash of %d", r.Seq)
		require.Equal(t, r.Data, string(e.Canonical()), "form of %d", r.Seq)
		require.Equal(t, [...]any{log, r.Seq, r.Cause, r.ActorKind, r.ActorID, r.Action, r.BoardID, r.TaskID},
			[...]any{e.Log, e.Seq, e.Cause, string(e.Actor.Kind), e.Actor.ID, e.Action, e.Board.ID, e.Task.ID}, "columns of %d", r.Seq)
		require.Less(t, e.Cause, e.Seq, "a cause comes before")
		if e.Actor.Kind == ledger.Automation {
			require.Equal(t, ledger.Person, origin(entries, e).Actor.Kind, "%s %d goes back to a person's click", e.Action, e.Seq)
		}
		entries[i] = e
	}
	return entries
}

// origin follows the causes to their beginning.
func origin(before []ledger.Entry, e ledger.Entry) ledger.Entry {
	for e.Cause > 0 {
		e = before[e.Cause-1]
	}
	return e
}

// add reads an entry of a log. It must fit: what it makes is not there yet, what it
// changes or ends is, and each change starts from what is there. Otherwise a change
// was lost, or two were written on top of each other.
func (s state) add(t require.TestingT, whole *past.State, e ledger.Entry) {
	things, id := whole.About(e)
	if things == nil {
		s.fold(t, e)
		return
	}
	is := things[id]
	switch {
	case past.Makes(e.Action):
		require.Nil(t, is, "%s %d makes what is there", e.Action, e.Seq)
	default:
		require.NotNil(t, is, "%s %d is about what was never made", e.Action, e.Seq)
	}
	switch e.Action {
	case "task.purged":
		require.NotEmpty(t, is.Get("deleted_at"), "only what is deleted is purged")
	case "file.purged":
		require.NotEmpty(t, is.Get("removed_at"), "only what is removed is purged")
	}
	if !past.Ends(e.Action) {
		fits(t, is, e)
	}
	whole.Add(e)
}

func fits(t require.TestingT, is *past.Thing, e ledger.Entry) {
	for _, c := range e.Changes {
		from := c.From
		if strings.HasSuffix(e.Action, ".created") || strings.HasSuffix(e.Action, ".added") || strings.HasSuffix(e.Action, ".started") {
			from = "" // what it says it was is what anything is before it is
		}
		require.Equal(t, is.Get(custom.KeyOf(c.Field)), from, "%s %d: %s was", e.Action, e.Seq, c.Field)
	}
}

// fold reads an entry about what is no part of a team's work.
func (s state) fold(t require.TestingT, e ledger.Entry) {
	switch kind, verb, _ := strings.Cut(e.Action, "."); kind {
	case "filter": // those that are shared
		switch verb {
		case "added":
			require.NotContains(t, s.filters, e.Subject.ID)
			s.filters[e.Subject.ID] = map[string]string{"team": e.Log}
		case "removed":
			require.Contains(t, s.filters, e.Subject.ID)
			delete(s.filters, e.Subject.ID)
			return
		}
		apply(t, s.filters[e.Subject.ID], e)
	case "review":
		if verb == "opened" {
			require.NotContains(t, s.reviews, e.Subject.ID)
			s.reviews[e.Subject.ID] = map[string]string{"by": e.Actor.ID}
		}
		if verb == "opened" || verb == "signed" {
			apply(t, s.reviews[e.Subject.ID], e)
			if verb == "signed" {
				s.reviews[e.Subject.ID]["signed_by"] = e.Actor.ID
			}
			return
		}
		id := e.Subject.ID + " " + e.Changes[0].To
		if s.reviewed[id] == nil {
			s.reviewed[id] = map[string]string{}
		}
		e.Changes = e.Changes[1:] // which one it is
		apply(t, s.reviewed[id], e)
	case "attention":
		id := e.Log + " " + e.Subject.ID
		switch verb {
		case "marked":
			if s.marks[id] == nil {
				s.marks[id] = map[string]string{}
			}
			apply(t, s.marks[id], e)
			s.marks[id]["by"] = e.Actor.ID
		case "unmarked":
			require.Contains(t, s.marks, id)
			delete(s.marks, id)
		case "rule_set":
			if s.rules[id] == nil {
				s.rules[id] = usual(attention.Rule(e.Subject.ID))
			}
			apply(t, s.rules[id], e)
		}
	case "schedule":
		switch verb {
		case "added":
			require.NotContains(t, s.schedules, e.Subject.ID)
			s.schedules[e.Subject.ID] = map[string]string{}
		case "removed":
			require.Contains(t, s.schedules, e.Subject.ID)
			delete(s.schedules, e.Subject.ID)
			return
		}
		apply(t, s.schedules[e.Subject.ID], e)
		if verb == "added" || verb == "edited" {
			s.schedules[e.Subject.ID]["kept_by"], s.schedules[e.Subject.ID]["seq"] = e.Actor.ID, fmt.Sprint(e.Seq)
		}
	case "share":
		if verb == "made" {
			require.NotContains(t, s.shares, e.Subject.ID)
			s.shares[e.Subject.ID] = map[string]string{"created_by": e.Actor.ID}
		}
		apply(t, s.shares[e.Subject.ID], e)
	case "remark":
		if verb == "sent" {
			require.NotContains(t, s.remarks, e.Subject.ID)
			s.remarks[e.Subject.ID] = map[string]string{"by": e.Actor.ID}
		}
		apply(t, s.remarks[e.Subject.ID], e)
		if verb == "answered" {
			s.remarks[e.Subject.ID]["answered_by"] = e.Actor.ID
		}
	}
}

// apply makes an entry's changes, each of which must start from what is there:
// otherwise a change was lost, or two were written on top of each other.
func apply(t require.TestingT, fields map[string]string, e ledger.Entry) {
	require.NotNil(t, fields, "%s %d is about what was never made", e.Action, e.Seq)
	for _, c := range e.Changes {
		c.Field = custom.KeyOf(c.Field)
		from := c.From
		if strings.HasSuffix(e.Action, ".created") || strings.HasSuffix(e.Action, ".added") || strings.HasSuffix(e.Action, ".started") {
			from = "" // what it says it was is what anything is before it is
		}
		if !empty("", fields[c.Field]) || !empty("", from) {
			require.Equal(t, fields[c.Field], from, "%s %d: %s was", e.Action, e.Seq, c.Field)
		}
		fields[c.Field] = c.To
	}
}

func tables(t require.TestingT, db *gorm.DB) state {
	s := nothing()
	var tasks []models.Task
	require.NoError(t, db.Find(&tasks).Error)
	for _, r := range tasks {
		s.tasks[r.ID] = map[string]string{
			"board": r.BoardID, "number": fmt.Sprint(r.Number), "created_by": r.CreatedBy,
			"title": r.Title, "description": r.Description, "state": string(r.State), "column": r.ColumnID, "position": r.Position,
			"due": string(r.Due), "estimate": number(r.Estimate), "priority": number(int(r.Priority)), "join": string(r.Join),
			"not_before": moment(r.NotBefore), "needs_file": yes(r.NeedsFile), "overridden": yes(r.Overridden), "override_reason": r.OverrideReason, "at_risk": yes(r.AtRisk),
			"blocked": yes(r.Blocked), "blocked_reason": r.BlockedReason, "review_at": moment(r.ReviewAt), "done_at": moment(r.DoneAt),
			"archived_at": moment(r.ArchivedAt), "deleted_at": moment(r.DeletedAt), "approval": string(r.Approval),
			"run": r.RunID, "step": r.Step, "wanted": string(r.Wanted), "skipped": yes(r.Skipped),
			"repeats": r.Repeats, "repeats_on": string(r.RepeatsOn), "repeat_of": r.RepeatOf,
		}
	}
	var owners []models.TaskOwner
	require.NoError(t, db.Order("task_id, user_id").Find(&owners).Error)
	for _, r := range owners {
		task := s.tasks[r.TaskID]
		task["owners"] = strings.TrimSpace(task["owners"] + " " + r.UserID)
	}
	var boards []models.Board
	require.NoError(t, db.Find(&boards).Error)
	for _, r := range boards {
		s.boards[r.ID] = map[string]string{"name": r.Name, "key": r.Key, "archived": yes(r.ArchivedAt != nil)}
	}
	var columns []models.Column
	require.NoError(t, db.Find(&columns).Error)
	for _, r := range columns {
		s.columns[r.ID] = map[string]string{"board": r.BoardID, "name": r.Name, "state": string(r.State), "position": r.Position,
			"wip_limit": number(r.WIPLimit), "wip_hard": yes(r.WIPHard)}
	}
	var items []models.Item
	require.NoError(t, db.Find(&items).Error)
	for _, r := range items {
		s.items[r.ID] = map[string]string{"task": r.TaskID, "text": r.Text, "owner": r.OwnerID, "due": string(r.Due), "required": yes(r.Required),
			"position": r.Position, "ticked_at": moment(r.TickedAt), "ticked_by": r.TickedBy, "became": r.BecameID}
	}
	var labels []models.Label
	require.NoError(t, db.Find(&labels).Error)
	for _, r := range labels {
		s.labels[r.ID] = map[string]string{"board": r.BoardID, "name": r.Name, "colour": r.Colour, "icon": r.Icon}
	}
	var views []models.SavedView
	require.NoError(t, db.Find(&views, "user_id IS NULL").Error)
	for _, r := range views {
		s.views[r.ID] = map[string]string{"board": r.BoardID, "name": r.Name, "face": r.Face, "query": r.Query}
	}
	var patterns []models.Pattern
	require.NoError(t, db.Find(&patterns).Error)
	for _, r := range patterns {
		s.patterns[r.ID] = map[string]string{"board": r.BoardID, "name": r.Name, "title": r.Title, "description": r.Description, "estimate": number(r.Estimate), "priority": number(int(r.Priority)),
			"needs_file": yes(r.NeedsFile), "owners": r.Owners, "labels": r.Labels, "checklist": r.Items}
		if r.DueIn != nil {
			s.patterns[r.ID]["due_in"] = fmt.Sprint(*r.DueIn)
		}
		var held map[string]string
		var asks models.ApprovalInput
		require.NoError(t, json.Unmarshal([]byte(cmp.Or(r.Held, "{}")), &held))
		require.NoError(t, json.Unmarshal([]byte(cmp.Or(r.Asks, "{}")), &asks))
		for id, value := range held {
			s.patterns[r.ID][custom.Key(id)] = value
		}
		maps.Copy(s.patterns[r.ID], map[string]string{"approvers": strings.Join(asks.Approvers, " "), "approval_role": string(asks.Role),
			"approval_mode": string(asks.Mode), "approval_note": asks.Note})
	}
	var filters []models.LogSaved
	require.NoError(t, db.Find(&filters, "user_id IS NULL").Error)
	for _, r := range filters {
		s.filters[r.ID] = map[string]string{"team": r.TeamID, "name": r.Name, "query": r.Query}
	}
	var marks []models.Mark
	require.NoError(t, db.Find(&marks).Error)
	for _, r := range marks {
		s.marks[fmt.Sprintf("%s %s:%d", r.TeamID, r.Rule, r.Seq)] = map[string]string{"verdict": string(r.Verdict), "note": r.Note, "by": r.ByID}
	}
	var rules []models.RuleSet
	require.NoError(t, db.Find(&rules).Error)
	for _, r := range rules {
		s.rules[r.TeamID+" "+string(r.Rule)] = setting(attention.Setting{On: r.IsOn, Least: r.Least, Opens: r.Opens, Closes: r.Closes})
	}
	var reviews []models.Review
	require.NoError(t, db.Find(&reviews).Error)
	for _, r := range reviews {
		s.reviews[r.ID] = map[string]string{"by": r.OpenedBy, "name": r.Name, "query": r.Query, "upto": fmt.Sprint(r.Upto), "entries": fmt.Sprint(r.Matched),
			"drawn": number(r.Sample), "seed": r.Seed, "conclusion": r.Conclusion, "signed_by": r.SignedBy}
	}
	var reviewed []models.ReviewEntry
	require.NoError(t, db.Find(&reviewed, "state <> ''").Error)
	for _, r := range reviewed {
		s.reviewed[fmt.Sprintf("%s %d", r.ReviewID, r.Seq)] = map[string]string{"review_state": string(r.State), "question": r.Question, "asked": r.AskedID, "answer": r.Answer}
	}
	var remarks []models.Remark
	require.NoError(t, db.Find(&remarks).Error)
	for _, r := range remarks {
		s.remarks[r.ID] = map[string]string{"by": r.UserID, "kind": string(r.Kind), "page": r.Page, "body": r.Body, "answer": r.Answer, "answered_by": r.AnsweredBy, "closed_at": moment(r.ClosedAt)}
	}
	var worn []struct{ TaskID, LabelID string }
	require.NoError(t, db.Raw("SELECT task_id, label_id FROM task_labels ORDER BY task_id, label_id").Scan(&worn).Error)
	for _, r := range worn {
		task := s.tasks[r.TaskID]
		task["labels"] = strings.TrimSpace(task["labels"] + " " + r.LabelID)
	}
	var fields []models.Field
	require.NoError(t, db.Find(&fields).Error)
	for _, r := range fields {
		s.fields[r.ID] = map[string]string{"board": r.BoardID, "name": r.Name, "kind": string(r.Kind), "help": r.Help,
			"required": yes(r.Required), "on_card": yes(r.OnCard), "position": r.Position}
	}
	var options []models.FieldOption
	require.NoError(t, db.Order("position, id").Find(&options).Error)
	for _, r := range options {
		field := s.fields[r.FieldID]
		field["options"] = strings.TrimPrefix(field["options"]+"\n"+r.ID+" "+r.Name, "\n")
	}
	var held []models.TaskField
	require.NoError(t, db.Find(&held).Error)
	for _, r := range held {
		s.tasks[r.TaskID][custom.Key(r.FieldID)] = r.Value
	}
	var filled []struct{ TaskID, Field, Value string }
	require.NoError(t, db.Raw("SELECT task_id, field, value FROM step_values").Scan(&filled).Error)
	for _, r := range filled {
		s.tasks[r.TaskID][custom.AnswerKey(r.Field)] = r.Value
	}
	var templates []models.Template
	require.NoError(t, db.Find(&templates).Error)
	for _, r := range templates {
		s.templates[r.ID] = map[string]string{"name": r.Name, "shipped": r.Shipped, "draft": sha(r.Draft), "published": number(int(r.Published)), "archived_at": moment(r.ArchivedAt)}
	}
	var runs []models.Run
	require.NoError(t, db.Find(&runs).Error)
	for _, r := range runs {
		s.runs[r.ID] = map[string]string{"template": r.TemplateID, "template_version": number(int(r.TemplateVersion)), "board": r.BoardID, "name": r.Name,
			"run_state": string(r.State), "answers": r.Answers, "roles": r.Roles, "starts": string(r.Starts), "ends": string(r.Ends), "schedule": r.ScheduleID}
	}
	var schedules []models.Schedule
	require.NoError(t, db.Find(&schedules).Error)
	for _, r := range schedules {
		s.schedules[r.ID] = map[string]string{"template": r.TemplateID, "board": r.BoardID, "name": r.Name, "repeats": r.Repeats, "starts": string(r.Begins), "off_day": string(r.OffDay), "clock": r.Clock,
			"answers": r.Answers, "roles": r.Roles, "ends": r.Ends, "paused_at": moment(r.PausedAt), "stopped_at": moment(r.StoppedAt), "kept_by": r.KeptBy, "seq": fmt.Sprint(r.Seq)}
	}
	var links []models.StepLink
	require.NoError(t, db.Find(&links).Error)
	for _, r := range links {
		s.links[r.ID] = map[string]string{"task": r.TaskID, "created_by": r.CreatedBy, "whom": r.Whom, "expires": moment(&r.ExpiresAt), "used_at": moment(r.UsedAt), "revoked_at": moment(r.RevokedAt)}
	}
	var shares []models.RunLink
	require.NoError(t, db.Find(&shares).Error)
	for _, r := range shares {
		s.shares[r.ID] = map[string]string{"run": r.RunID, "created_by": r.CreatedBy, "place": r.Place, "names": yes(r.Names), "expires": moment(r.ExpiresAt), "revoked_at": moment(r.RevokedAt)}
	}
	var files []models.Attachment
	require.NoError(t, db.Find(&files).Error)
	for _, r := range files {
		s.files[r.ID] = map[string]string{"task": r.TaskID, "created_by": r.CreatedBy, "name": r.Name, "size": strconv.FormatInt(r.Size, 10), "type": r.Type,
			"sha256": r.SHA256, "removed_at": moment(r.RemovedAt)}
	}
	var asks []models.Approval
	require.NoError(t, db.Find(&asks).Error)
	for _, r := range asks {
		s.tasks[r.TaskID]["approval_role"], s.tasks[r.TaskID]["approval_mode"] = string(r.Role), string(r.Mode)
	}
	var approvers []models.Approver
	require.NoError(t, db.Order("task_id, user_id").Find(&approvers).Error)
	for _, r := range approvers {
		s.tasks[r.TaskID]["approvers"] = strings.TrimSpace(s.tasks[r.TaskID]["approvers"] + " " + r.UserID)
	}
	var answers []models.ApprovalAnswer
	require.NoError(t, db.Order("task_id, user_id").Find(&answers).Error)
	for _, r := range answers {
		by := map[bool]string{true: "approved_by", false: "rejected_by"}[r.Approved]
		s.tasks[r.TaskID][by] = strings.TrimSpace(s.tasks[r.TaskID][by] + " " + r.UserID)
	}
	var comments []models.Comment
	require.NoError(t, db.Find(&comments).Error)
	for _, r := range comments {
		s.comments[r.ID] = map[string]string{"task": r.TaskID, "author": r.AuthorID, "body": r.Body, "mentions": r.Mentions}
	}
	var dependencies []models.Dependency
	require.NoError(t, db.Find(&dependencies).Error)
	for _, r := range dependencies {
		lag := ""
		if r.LagAmount > 0 {
			lag = fmt.Sprint(r.LagAmount, " ", r.LagUnit)
		}
		s.dependencies[r.PrerequisiteID+" → "+r.DependentID] = map[string]string{"lag": lag, "on_cancel": string(r.OnCancel), "satisfied_at": string(r.SatisfiedAt)}
	}
	return s
}

// stored checks that what teams are said to keep is what they keep, that every file
// has what is in it, and that nothing is kept for nobody.
func stored(t require.TestingT, db *gorm.DB) {
	for what, query := range map[string]string{
		"a team's count of bytes": `SELECT t.id FROM teams t WHERE t.stored <> (SELECT COALESCE(SUM(b.size), 0) FROM blobs b WHERE b.team_id = t.id AND b.sealed)`,
		"a blob's parts":          `SELECT b.id FROM blobs b WHERE b.sealed AND b.size <> (SELECT COALESCE(SUM(length(p.data)), 0) FROM blob_parts p WHERE p.blob_id = b.id)`,
		"a file's blob": `SELECT a.id FROM attachments a LEFT JOIN blobs b ON b.id = a.blob_id AND b.team_id = a.team_id AND b.sha256 = a.sha256 AND b.size = a.size AND b.sealed
			WHERE b.id IS NULL`,
		"a template's newest version": `SELECT t.id FROM templates t WHERE t.published <> (SELECT COALESCE(MAX(v.number), 0) FROM template_versions v WHERE v.template_id = t.id)`,
		"a blob without a file":       `SELECT b.id FROM blobs b WHERE b.sealed AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.blob_id = b.id)`,
	} {
		var wrong []string
		require.NoError(t, db.Raw(query).Scan(&wrong).Error)
		require.Empty(t, wrong, what)
	}
}

// usual is how a rule of the attention list is set before anybody sets it.
func usual(r attention.Rule) map[string]string { return setting(attention.Usual()[r]) }

func setting(s attention.Setting) map[string]string {
	return map[string]string{"on": yes(s.On), "least": strconv.Itoa(s.Least), "opens": strconv.Itoa(s.Opens), "closes": strconv.Itoa(s.Closes)}
}

// empty is what a field holds before anybody says anything.
func empty(_, value string) bool { return value == "" }

// compare leaves out what is empty.
func compare(t require.TestingT, kind string, want, got told) {
	require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), "every %s is in the log", kind)
	for id, fields := range want {
		maps.DeleteFunc(fields, empty)
		maps.DeleteFunc(got[id], empty)
		require.Equal(t, fields, got[id], "%s %s as the log tells it", kind, id)
	}
}

func sha(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

package say

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Log is the wording of the log, of a task's history, and of the sentences that
// tell what an entry says.
type Log struct {
	Title, Lead              string
	HistoryTitle             func(task string) string
	HistoryLead              string
	HistoryShort             string // the heading where the page already names the task
	WholeLog                 string // link from a task's history to the log
	BackToTask               string
	Filter, Clear            string
	Words, WordsHint         string
	Person, Anybody          string
	Former                   string // beside somebody who is no longer in the team
	Action                   string
	Anything                 string
	AllOf                    func(group string) string
	Board, AnyBoard          string
	Archived                 string // beside an archived board
	Task                     string
	Run, AnyRun              string
	Template, AnyTemplate    string
	Role, AnyRole            string
	From, To                 string
	TimeHint                 func(zone string) string
	How, HandOrAuto          string
	ByHand, Auto             string
	Older, Newest            string
	Today, Monday, Overrides string // ways to ask that are a click away
	QuickWays                string // names them
	Empty                    string // no entry at all
	NoMatch                  string // none that matches
	NoMatchHint              string
	Matching                 string // says that filters are on
	Details                  string
	Exact, Number            string
	Request, Source          string
	CauseNumber              string
	Leaf, Canonical          string
	CanonicalHint            string
	None                     string // an empty value
	NoOne                    string // no owner
	Yes, No                  string
	Before, After            string // for those who cannot see the arrow
	LongText                 string // a text too long to show in a line
	Groups                   map[string]string
	Actions                  map[string]string
	Fields                   map[string]string

	Automation, Server, Someone string
	Through                     func(whom, maker string) string // who acts through a link
	sentences                   map[string]sentence
	unknown                     sentence
	because, onceOver, undid    string // of causes; undid: of an entry that undoes its cause
	inItsTime                   string
}

type sentence func(*Words, ledger.Entry) Told

// Tell says what an entry says. An action without a sentence of its own gets a
// plain one. Cause is the entry that brought it about, if it is at hand.
func (w *Words) Tell(e ledger.Entry, cause *ledger.Entry) Told {
	told := w.plainly(e)
	switch {
	case e.Reason != "":
		told = append(told, Piece{Text: ": "}, Piece{Kind: AReason, Text: e.Reason})
	case e.Action == "task.purged", e.Action == "task.repeated":
	case e.Action == "task.created" && e.Actor.Kind == ledger.Automation && cause != nil && cause.At.Before(e.At): // its rule's day has come
	case e.Action == "run.started" && cause != nil && strings.HasPrefix(cause.Action, "schedule."):
		told = append(told, w.around(w.Log.because, *cause)...)
	case cause != nil && undoes(e, *cause):
		told = append(told, w.around(w.Log.undid, *cause)...)
	case cause != nil && cause.At.Before(e.At):
		told = append(told, w.around(w.Log.onceOver, *cause)...)
	case cause != nil:
		told = append(told, w.around(w.Log.because, *cause)...)
	case e.Cause == 0 && e.Action == "task.released" && e.Actor.Kind == ledger.Automation:
		told = append(told, Piece{Text: w.Log.inItsTime})
	}
	return told
}

// undoes reports whether an entry is there to undo its cause.
func undoes(e, cause ledger.Entry) bool {
	switch e.Action {
	case "task.undone":
		return true
	case "dependency.returned", "dependency.withdrawn", "dependency.reverted":
		return strings.HasPrefix(cause.Action, "dependency.")
	case "file.returned", "file.withdrawn", "file.reverted":
		return strings.HasPrefix(cause.Action, "file.")
	}
	return false
}

func (w *Words) plainly(e ledger.Entry) Told {
	if s, ok := w.Log.sentences[e.Action]; ok {
		return s(w, e)
	}
	return w.Log.unknown(w, e)
}

// Why says what brought an entry about, as a sentence of its own; the whole of the
// entry where it was somebody's own act.
func (w *Words) Why(e ledger.Entry, cause *ledger.Entry) Told {
	told := w.Tell(e, cause)
	if cause == nil || e.Reason != "" || len(told) == len(w.plainly(e)) {
		return told
	}
	why := slices.Clone(told[len(w.plainly(e)):])
	why[0].Text = Capital(strings.TrimLeft(why[0].Text, ": "))
	return why
}

// around puts the cause into the % of a clause.
func (w *Words) around(clause string, cause ledger.Entry) Told {
	const mark = "\x00"
	var t Told
	for _, p := range tell(clause, Piece{Text: mark}) {
		if p.Text == mark {
			t = append(t, w.plainly(cause)...)
		} else {
			t = append(t, p)
		}
	}
	return t
}

// Says reports whether an action has a sentence and a name of its own.
func (w *Words) Says(action string) bool {
	return w.Log.sentences[action] != nil && w.Log.Actions[action] != ""
}

// Who names an actor as they were called then.
func (w *Words) Who(a ledger.Actor) Piece {
	text := a.Name
	if whom, maker, is := a.Link(); is {
		return Piece{Kind: APerson, Text: w.Log.Through(whom, maker)}
	}
	switch {
	case a.Kind == ledger.Automation:
		text = w.Log.Automation
	case a.Kind == ledger.System:
		text = w.Log.Server
	case text == "":
		text = w.Log.Someone
	}
	return Piece{Kind: APerson, Text: text}
}

// plain is a sentence of the actor and one name.
func plain(words string, of func(ledger.Entry) Piece) sentence {
	return func(w *Words, e ledger.Entry) Told { return tell(words, w.Who(e.Actor), of(e)) }
}

// alone is a sentence of the actor only.
func alone(words string) sentence {
	return func(w *Words, e ledger.Entry) Told { return tell(words, w.Who(e.Actor)) }
}

func theTask(e ledger.Entry) Piece    { return task(e.Task) }
func theBoard(e ledger.Entry) Piece   { return board(e.Board) }
func theSubject(e ledger.Entry) Piece { return name(e.Subject) }
func thePerson(e ledger.Entry) Piece  { return person(e.Subject) }

// invitation is a sentence of the actor and an invitation, which may have no label.
func invitation(labelled, bare string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		if e.Subject.Name == "" {
			return tell(bare, w.Who(e.Actor))
		}
		return tell(labelled, w.Who(e.Actor), name(e.Subject))
	}
}

// erased tells who was erased, by themselves or by another.
func erased(own, other string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		if e.Actor.ID == e.Subject.ID {
			return tell(own, w.Who(e.Actor))
		}
		return tell(other, w.Who(e.Actor), person(e.Subject))
	}
}

// column is a sentence of the actor, a column and its board.
func column(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), name(e.Subject), board(e.Board))
	}
}

// manyRuns is a sentence of the actor, how many runs, their template and the board.
func manyRuns(words, one, many string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "runs")
		n, _ := strconv.Atoi(c.To)
		return tell(words, w.Who(e.Actor), value(count(n, one, many)), name(e.Subject), board(e.Board))
	}
}

// part is a sentence of the actor, a part of a task and the task.
func part(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), name(e.Subject), task(e.Task))
	}
}

// renamed tells what a part of a task was called, and what it is called now.
func renamed(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "name")
		return tell(words, w.Who(e.Actor), value(c.From), task(e.Task), value(c.To))
	}
}

// ends is a sentence of the actor, a dependent and its prerequisite.
func ends(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), end(e, "dependent", e.Task), end(e, "prerequisite", e.Subject))
	}
}

// moved tells a move by what it changed: the state, else the column, else the
// place in the column.
func moved(states, columns, place string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		if c, ok := changeOf(e, "state"); ok {
			return tell(states, w.Who(e.Actor), task(e.Task), value(w.Names.State[flow.State(c.From)]), value(w.Names.State[flow.State(c.To)]))
		}
		if c, ok := changeOf(e, "column"); ok {
			return tell(columns, w.Who(e.Actor), task(e.Task), value(textOr(c.FromText, w.Log.None)), value(textOr(c.ToText, w.Log.None)))
		}
		return tell(place, w.Who(e.Actor), task(e.Task))
	}
}

// created tells that a task was added, and of what it is a copy, if it is one, or
// what repeats.
func created(anew, copied, again string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		if _, repeats := changeOf(e, "repeat_of"); repeats && e.Subject.ID != e.Task.ID {
			return tell(again, w.Who(e.Actor), task(e.Task), board(e.Board), task(e.Subject))
		}
		if e.Subject.Kind == "task" && e.Subject.ID != e.Task.ID {
			return tell(copied, w.Who(e.Actor), task(e.Task), board(e.Board), task(e.Subject))
		}
		return tell(anew, w.Who(e.Actor), task(e.Task), board(e.Board))
	}
}

// transferred tells from which board to which one a task went.
func transferred(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "board")
		return tell(words, w.Who(e.Actor), task(e.Task), Piece{Kind: ABoard, Text: c.FromText, ID: c.From}, Piece{Kind: ABoard, Text: c.ToText, ID: c.To})
	}
}

// joined tells that a person came in by themselves or was added by another.
func joined(joined, added string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "role")
		role := value(textOr(w.Names.Role[c.To], c.To))
		if e.Actor.ID == e.Subject.ID {
			return tell(joined, w.Who(e.Actor), role)
		}
		return tell(added, w.Who(e.Actor), person(e.Subject), role)
	}
}

// roleChanged tells who got which role.
func roleChanged(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "role")
		return tell(words, w.Who(e.Actor), person(e.Subject), value(textOr(w.Names.Role[c.From], c.From)), value(textOr(w.Names.Role[c.To], c.To)))
	}
}

// exported tells in which form the log, or a part of it, was taken away.
func exported(whole, part string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		words := whole
		if slices.ContainsFunc(e.Changes, func(c ledger.Change) bool { return strings.HasPrefix(c.Field, "asked_") }) {
			words = part
		}
		return tell(words, w.Who(e.Actor), value(textOr(w.Take.Forms[e.Subject.Name], e.Subject.Name)))
	}
}

// about is a sentence of the subject only.
func about(words string) sentence {
	return func(_ *Words, e ledger.Entry) Told { return tell(words, name(e.Subject)) }
}

// other tells of an action that has no sentence.
func other(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), value(e.Action), name(e.Subject))
	}
}

func textOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

var logEnglish = Log{
	Title: "Log", Lead: "Everything that was done in this team, by whom, and why each card moved by itself. Newest first.",
	HistoryTitle: func(task string) string { return "History of " + task },
	HistoryLead:  "Everything that happened to this task. Newest first.", HistoryShort: "History",
	WholeLog: "Open in the team’s log", BackToTask: "Back to the task",
	Filter: "Filter", Clear: "Clear filters",
	Words: "Words", WordsHint: "In titles, texts and reasons",
	Person: "Person", Anybody: "Anybody", Former: "no longer in the team",
	Action: "What happened", Anything: "Anything",
	AllOf: func(group string) string { return "All: " + group },
	Board: "Board", AnyBoard: "Any board", Archived: "archived",
	Task: "Task", Run: "Run", AnyRun: "Any run", Template: "Template", AnyTemplate: "Any template", Role: "Role today", AnyRole: "Any role",
	From: "From", To: "Until",
	TimeHint: func(zone string) string { return "Times are in your time zone, " + zone + "." },
	How:      "How", HandOrAuto: "Either way", ByHand: "By hand", Auto: "Automatic",
	Older: "Older", Newest: "Back to the newest",
	Today: "Today", Monday: "Since Monday", Overrides: "Overrides only", QuickWays: "Often asked",
	Empty:   "Nothing has happened here yet. As soon as somebody adds or moves a task, it is written down here.",
	NoMatch: "Nothing in the log matches these filters.", NoMatchHint: "Widen the time, choose another person, or clear the filters.",
	Matching: "Only entries that match the filters are shown.",
	Details:  "Details", Exact: "Exact time", Number: "Entry", Request: "Request", Source: "Address",
	CauseNumber: "Brought about by entry", Leaf: "Leaf hash (SHA-256)", Canonical: "Entry as it is stored",
	CanonicalHint: "The leaf hash is the SHA-256 of a zero byte and exactly this text.",
	None:          "nothing", NoOne: "nobody", Yes: "yes", No: "no", Before: "before:", After: "after:",
	LongText: "(text changed; see the details)",
	Groups: map[string]string{"tasks": "Tasks", "movement": "Movement", "dependencies": "Dependencies", "checklist": "Checklists", "comments": "Comments", "files": "Files", "approvals": "Approvals",
		"boards": "Boards and columns", "runs": "Templates and runs", "members": "Team and members", "log": "The log itself", "overrides": "Overrides"},
	Actions: map[string]string{
		"team.created": "Team created", "team.edited": "Team edited",
		"member.added": "Person added", "member.role_changed": "Role changed", "member.removed": "Person removed", "member.left": "Person left", "person.erased": "Person erased",
		"invitation.created": "Invitation made", "invitation.revoked": "Invitation revoked", "invitation.used": "Invitation used",
		"board.created": "Board created", "board.imported": "Board imported", "board.edited": "Board edited", "board.archived": "Board archived", "board.restored": "Board restored", "board.discarded": "Sample board thrown away",
		"column.added": "Column added", "column.edited": "Column edited", "column.moved": "Column moved", "column.removed": "Column removed",
		"task.created": "Task added", "task.edited": "Task edited", "task.moved": "Task moved", "task.transferred": "Task moved to another board", "task.completed": "Task completed",
		"task.reopened": "Task reopened", "task.cancelled": "Task cancelled", "task.archived": "Task archived", "task.restored": "Task restored",
		"task.deleted": "Task deleted", "task.blocked": "Task blocked", "task.unblocked": "Task unblocked",
		"task.overridden": "Rules overridden", "task.override_withdrawn": "Override withdrawn",
		"task.released": "Released: became ready", "task.held": "Held: back to waiting", "task.flagged": "Flagged at risk", "task.cleared": "No longer at risk",
		"review.opened": "Review opened", "review.seen": "Entry reviewed", "review.questioned": "Entry questioned", "review.answered": "Question answered", "review.signed": "Review signed",
		"attention.marked": "Finding looked at", "attention.unmarked": "Finding to be looked at again", "attention.rule_set": "Rule of the attention list set",
		"filter.added": "Filter of the log shared", "filter.edited": "Shared filter of the log renamed", "filter.removed": "Shared filter of the log removed",
		"pattern.added": "Task template saved", "pattern.edited": "Task template edited", "pattern.removed": "Task template removed",
		"view.added": "View shared", "view.edited": "Shared view edited", "view.removed": "Shared view removed",
		"label.added": "Label added", "label.edited": "Label edited", "label.removed": "Label removed",
		"field.added": "Field added", "field.edited": "Field edited", "field.moved": "Field moved", "field.removed": "Field removed", "task.values_dropped": "Field of a task emptied",
		"approval.asked": "Approval asked for", "approval.given": "Approval given", "approval.rejected": "Approval rejected", "approval.fell": "Approval fell", "approval.withdrawn": "Approval no longer asked for",
		"approval.self_tried": "Self-approval tried", "task.sent_back": "Sent back to work",
		"comment.added": "Comment added", "comment.edited": "Comment edited", "comment.deleted": "Comment deleted",
		"file.added": "File attached", "file.renamed": "File renamed", "file.removed": "File removed", "file.recalled": "File brought back", "file.purged": "File deleted for good",
		"file.returned": "Removal of a file undone", "file.withdrawn": "Attaching of a file undone", "file.reverted": "Renaming of a file undone",
		"item.added": "Checklist item added", "item.edited": "Checklist item edited", "item.ticked": "Checklist item ticked",
		"item.unticked": "Checklist item unticked", "item.moved": "Checklist item moved", "item.made_task": "Checklist item made a task", "item.removed": "Checklist item removed",
		"task.repeated": "Repetition handed on", "tasks.changed": "Many tasks changed at once", "dependency.added": "Dependency added", "dependency.changed": "Dependency changed", "dependency.removed": "Dependency removed",
		"task.undone": "Change undone", "task.recalled": "Brought back from the bin", "task.purged": "Removed from the bin",
		"dependency.returned": "Dependency brought back", "dependency.withdrawn": "Adding of a dependency undone", "dependency.reverted": "Change of a dependency undone",
		"template.created": "Template made", "template.edited": "Template edited", "template.published": "Template published", "template.archived": "Template archived", "template.restored": "Template restored",
		"schedule.added": "Schedule set up", "schedule.edited": "Schedule changed", "schedule.paused": "Schedule paused", "schedule.resumed": "Schedule resumed", "schedule.removed": "Schedule removed", "schedule.failed": "Start by schedule failed", "schedule.stopped": "Schedule stopped",
		"link.made": "Link for an outsider made", "link.used": "Link of an outsider used", "link.revoked": "Link for an outsider revoked", "share.made": "Diagram shown elsewhere", "share.revoked": "Diagram no longer shown elsewhere", "runs.started": "Runs started of a table", "run.started": "Run started", "run.paused": "Run paused", "run.resumed": "Run resumed", "run.cancelled": "Run cancelled", "run.recast": "Role handed over",
		"run.withdrawn": "Start of a run undone", "run.returned": "Run brought back", "run.reverted": "Change of a run undone",
		"runs.moved": "Runs moved to a new version", "runs.moved_back": "Move of runs undone", "run.moved": "Run moved to a new version", "run.deviated": "Step added in one run alone", "task.revised": "Step changed with its template",
		"task.answered": "Fields of a step filled in", "task.dropped": "Step left out", "task.kept": "Step taken in again", "task.skipped": "Step skipped",
		"task.ruled_out": "Condition does not hold", "task.ruled_in": "Condition holds after all", "task.adapted": "Step brought up to date",
		"user.signed_up": "Signed up", "user.edited": "Account edited", "user.password_changed": "Password changed",
		"session.started": "Logged in", "session.ended": "Logged out", "session.revoked": "Session ended", "sign_in.refused": "Log-in refused", "sign_up.refused": "Sign-up refused",
		"log.exported":    "Log exported",
		"setting.changed": "Setting changed", "key.changed": "Key changed",
		"remark.sent": "Feedback sent", "remark.answered": "Feedback answered", "remark.closed": "Feedback closed", "remark.reopened": "Feedback reopened",
	},
	Fields: map[string]string{
		"title": "Title", "description": "Description", "owners": "Owners", "due": "Due date", "estimate": "Estimate", "priority": "Priority",
		"join": "Waits for", "not_before": "Not before", "state": "State", "column": "Column", "position": "Place",
		"blocked": "Blocked", "blocked_reason": "Reason of the block", "overridden": "Overridden", "override_reason": "Reason of the override",
		"at_risk": "At risk", "archived": "Archived", "archived_at": "Archived", "deleted_at": "Deleted", "review_at": "In review since", "done_at": "Done since",
		"name": "Name", "key": "Key", "zone": "Time zone", "role": "Role", "checklist": "Checklist", "due_in": "Due, days after it is made", "approval_note": "What is to be approved", "pattern": "Made from the template", "wip_limit": "Limit of cards", "wip_hard": "Limit refuses more cards",
		"lag": "Wait afterwards", "on_cancel": "If it is cancelled", "satisfied_at": "Counts as done at", "prerequisite": "Prerequisite", "dependent": "Dependent",
		"label": "Label", "expires": "Expires", "expires_at": "Expires", "max_uses": "Uses at most", "lang": "Language", "no_shortcuts": "Shortcuts off", "away_from": "Away from", "away_until": "Away until", "email": "E-mail", "value": "Value", "board": "Board",
		"face": "Way to look", "query": "What it shows", "verdict": "What it is", "entry": "Entry", "review_state": "Standing", "question": "Question", "asked": "Asked", "answer": "Answer", "conclusion": "Conclusion", "upto": "Up to entry", "drawn": "Sample of", "seed": "Seed", "note": "Note", "on": "Switched on", "least": "What it takes", "opens": "Work begins", "closes": "Work ends",
		"text": "Text", "labels": "Labels", "colour": "Colour", "icon": "Icon", "body": "Comment", "mentions": "Mentions", "owner": "Owner", "required": "Required", "ticked_at": "Ticked", "ticked_by": "Ticked by", "became": "Became the task",
		"number": "Number", "kind": "Kind", "help": "Help", "on_card": "On cards", "options": "Options", "approval": "Approval", "approvers": "Asked of", "approval_role": "Asked of the role", "approval_mode": "How many", "approved_by": "Approved by", "rejected_by": "Rejected by", "items": "Checklist", "uses": "Uses", "release_at": "Released at", "sample": "Sample board", "admin": "Administrator", "page": "Page", "closed_at": "Closed",
		"size": "Size in bytes", "type": "Type", "sha256": "SHA-256", "removed_at": "Removed", "needs_file": "Needs a file", "repeats": "Repeats", "repeats_on": "Counted from", "repeat_of": "Came after",
		"run": "Run", "step": "Step", "wanted": "Wanted", "skipped": "Skipped", "template": "Template", "template_version": "Version of the template", "run_state": "Run",
		"whom": "For", "place": "Shown where", "names": "With names of people", "used_at": "Used", "revoked_at": "Revoked", "runs": "Runs", "days_off": "Days off", "holidays": "Holidays", "answers": "Answers", "roles": "Roles", "starts": "Starts", "ends": "Finished by", "draft": "Draft (SHA-256)", "published": "Version", "shipped": "Made of", "schedule": "Schedule", "off_day": "On days off", "clock": "Time", "paused_at": "Paused", "stopped_at": "Stopped",
		"entries": "Entries", "erased": "Entries without the name", "asked_person": "Person", "asked_words": "Words", "asked_action": "What happened", "asked_board": "Board", "asked_task": "Task", "asked_run": "Run", "asked_template": "Template", "asked_role": "Role", "asked_from": "From", "asked_to": "Until", "asked_by": "How",
	},
	Through:    func(whom, maker string) string { return whom + " (through a link that " + maker + " made)" },
	Automation: "Automation", Server: "The server", Someone: "Somebody",
	because: " because %", undid: ": “%”", onceOver: ": the wait after “%” was over", inItsTime: ": its time had come",
	unknown: other("% did “%”: %"),
	sentences: map[string]sentence{
		"team.created": plain("% created the team %", theSubject), "team.edited": alone("% changed the team’s settings"),
		"member.added":        joined("% joined the team as %", "% added % to the team as %"),
		"member.role_changed": roleChanged("% changed the role of % from % to %"),
		"member.removed":      plain("% removed % from the team", thePerson), "member.left": alone("% left the team"), "person.erased": erased("% was erased, at their own wish", "% erased %"),
		"invitation.created": invitation("% made the invitation “%”", "% made an invitation"), "invitation.revoked": invitation("% revoked the invitation “%”", "% revoked an invitation"),
		"invitation.used": invitation("% accepted the invitation “%”", "% accepted an invitation"),
		"board.created":   plain("% created the board %", theBoard), "board.edited": plain("% edited the board %", theBoard),
		"board.imported": plain("% imported the board %", theBoard),
		"board.archived": plain("% archived the board %", theBoard), "board.restored": plain("% restored the board %", theBoard), "board.discarded": plain("% threw the sample board % away", theBoard),
		"column.added": column("% added the column % to %"), "column.edited": column("% edited the column % of %"),
		"column.moved": column("% moved the column % of %"), "column.removed": column("% removed the column % from %"),
		"task.created":     created("% added % to %", "% added % to % as a copy of %", "% added % to %: % repeats"),
		"task.transferred": transferred("% moved % from the board % to %"),
		"task.edited":      plain("% edited %", theTask),
		"task.moved":       moved("% moved % from % to %", "% moved % from the column % to %", "% changed the place of % in its column"),
		"task.completed":   plain("% completed %", theTask), "task.reopened": plain("% reopened %", theTask),
		"task.cancelled": plain("% cancelled %", theTask), "task.archived": plain("% archived %", theTask),
		"task.restored": plain("% restored %", theTask), "task.deleted": plain("% deleted %", theTask),
		"task.blocked": plain("% marked % as blocked", theTask), "task.unblocked": plain("% cleared the block on %", theTask),
		"tasks.changed": bulked("% changed many at once: % on %"), "task.repeated": plain("% lets the next one repeat instead of %", theTask),
		"task.overridden":         plain("% let % go ahead of its prerequisites", theTask),
		"task.override_withdrawn": plain("% withdrew the override of %", theTask),
		"task.released":           plain("% moved % to Ready", theTask), "task.held": plain("% sent % back to Waiting", theTask),
		"task.flagged": plain("% flagged % as at risk", theTask), "task.cleared": plain("% cleared the risk flag of %", theTask),
		"dependency.added": ends("% made % wait for %"), "dependency.changed": ends("% changed how % waits for %"),
		"dependency.removed": ends("% ended that % waits for %"),
		"review.opened":      plain("% opened the review %", theSubject), "review.seen": ofEntry("% has seen % in the review %"), "review.questioned": asking("% asked % about % in the review %"),
		"review.answered": ofEntry("% answered about % in the review %"), "review.signed": plain("% signed the review %", theSubject),
		"attention.marked": marked("% looked at the finding “%” (%): %"), "attention.unmarked": marked("% wants the finding “%” (%) looked at again"), "attention.rule_set": ruleOf("% set the rule “%” of the attention list"),
		"filter.added": plain("% shared the filter % of this log", theSubject), "filter.edited": plain("% renamed the shared filter % of this log", theSubject), "filter.removed": plain("% removed the shared filter % of this log", theSubject),
		"pattern.added": column("% saved the task template % of %"), "pattern.edited": column("% edited the task template % of %"), "pattern.removed": column("% removed the task template % from %"),
		"view.added": column("% shared the view % of %"), "view.edited": column("% edited the shared view % of %"), "view.removed": column("% removed the shared view % of %"),
		"label.added": column("% added the label % to %"), "label.edited": column("% edited the label % of %"), "label.removed": column("% removed the label % from %"),
		"field.added": column("% added the field % to %"), "field.edited": column("% edited the field % of %"), "field.moved": column("% moved the field % of %"),
		"field.removed": column("% removed the field % from %"), "task.values_dropped": plain("% emptied a field of %", theTask),
		"approval.asked": plain("% asked for approval of %", theTask), "approval.given": plain("% approved %", theTask), "approval.rejected": plain("% rejected %", theTask),
		"approval.fell": plain("% took the approval of % back", theTask), "approval.withdrawn": plain("% no longer asks for approval of %", theTask),
		"approval.self_tried": plain("% tried to approve their own work on %, and was refused", theTask), "task.sent_back": plain("% sent % back to work", theTask),
		"comment.added": plain("% commented on %", theTask), "comment.edited": plain("% edited a comment on %", theTask),
		"comment.deleted": plain("% deleted a comment on %", theTask),
		"file.added":      part("% attached “%” to %"), "file.renamed": renamed("% renamed “%” on % to “%”"), "file.removed": part("% removed the file “%” from %"),
		"file.recalled": part("% brought the file “%” back to %"), "file.purged": part("% deleted the file “%” of % for good"),
		"file.returned": part("% undid the removal of the file “%” from %"), "file.withdrawn": part("% undid attaching “%” to %"),
		"file.reverted": renamed("% undid the renaming of “%” on %: it is “%” again"),
		"item.added":    part("% added “%” to the checklist of %"), "item.edited": part("% edited “%” in the checklist of %"),
		"item.ticked": part("% ticked “%” in %"), "item.unticked": part("% took the tick off “%” in %"),
		"item.moved": part("% moved “%” in the checklist of %"), "item.made_task": part("% turned “%” in % into a task"),
		"item.removed": part("% removed “%” from the checklist of %"),
		"task.undone":  plain("% undid a change of %", theTask), "task.recalled": plain("% brought % back from the bin", theTask),
		"task.purged":         plain("% removed % from the bin after 30 days", theTask),
		"dependency.returned": ends("% made % wait for % again"), "dependency.withdrawn": ends("% undid that % waits for %"),
		"dependency.reverted": ends("% undid a change of how % waits for %"),
		"template.created":    plain("% made the template %", theSubject), "template.edited": plain("% edited the draft of the template %", theSubject),
		"template.published": plain("% published a version of the template %", theSubject), "template.archived": plain("% archived the template %", theSubject),
		"template.restored": plain("% restored the template %", theSubject),
		"schedule.added":    column("% set up the schedule % on %"), "schedule.edited": column("% changed the schedule % on %"), "schedule.paused": plain("% paused the schedule %", theSubject),
		"schedule.resumed": plain("% resumed the schedule %", theSubject), "schedule.removed": plain("% removed the schedule %", theSubject),
		"schedule.failed": plain("% could not start a run by the schedule %", theSubject), "schedule.stopped": plain("% stopped the schedule %", theSubject),
		"link.made": part("% made a link for % to %"), "link.used": part("% used up the link for % to %"), "link.revoked": part("% revoked the link for % to %"),
		"share.made": plain("% made a link that shows a run’s diagram: %", theSubject), "share.revoked": plain("% revoked the link that shows a run’s diagram: %", theSubject),
		"runs.started": manyRuns("% started % of % on %", "run", "runs"),
		"run.started":  column("% started % on %"), "run.paused": plain("% paused %", theSubject), "run.resumed": plain("% resumed %", theSubject),
		"run.cancelled": plain("% cancelled the run %", theSubject), "run.recast": plain("% handed a role over in %", theSubject),
		"run.withdrawn": plain("% undid the start of %", theSubject), "run.returned": plain("% brought the run % back", theSubject), "run.reverted": plain("% undid a change of the run %", theSubject),
		"runs.moved": plain("% moved runs of % to its newest version", theSubject), "runs.moved_back": plain("% undid moving runs of % to its newest version", theSubject),
		"run.deviated": plain("% added a step to % that its template does not have", theSubject),
		"run.moved":    plain("% moved the run % to another version of its template", theSubject), "task.revised": plain("% brought % to what the new version says", theTask),
		"task.answered": plain("% filled in fields of %", theTask), "task.dropped": plain("% left % out of its run", theTask), "task.kept": plain("% took % into its run again", theTask),
		"task.skipped": plain("% skipped %", theTask), "task.ruled_out": plain("% found that the condition of % does not hold", theTask),
		"task.ruled_in": plain("% found that the condition of % may hold after all", theTask), "task.adapted": plain("% brought % up to date", theTask),
		"user.signed_up": alone("% signed up"), "user.edited": alone("% edited their account"), "user.password_changed": alone("% changed their password"),
		"session.started": alone("% logged in"), "session.ended": alone("% logged out"), "session.revoked": alone("% ended a session of theirs"),
		"sign_in.refused": about("A log-in as % was refused"), "sign_up.refused": about("A sign-up with the address of % was refused"), "setting.changed": plain("% changed the setting %", theSubject),
		"log.exported": exported("% exported the whole log as %", "% exported a part of the log as %"),
		"key.changed":  about("Heads of the logs are signed with another key: %"),
		"remark.sent":  plain("% sent feedback: %", theSubject), "remark.answered": plain("% answered the feedback %", theSubject),
		"remark.closed": plain("% closed the feedback %", theSubject), "remark.reopened": plain("% reopened the feedback %", theSubject),
	},
}

var logSpanish = Log{
	Title: "Registro", Lead: "Todo lo que se hizo en este equipo, quién lo hizo y por qué cada tarjeta se movió sola. Lo más reciente, primero.",
	HistoryTitle: func(task string) string { return "Historial de " + task },
	HistoryLead:  "Todo lo que le pasó a esta tarea. Lo más reciente, primero.", HistoryShort: "Historial",
	WholeLog: "Abrir en el registro del equipo", BackToTask: "Volver a la tarea",
	Filter: "Filtrar", Clear: "Quitar los filtros",
	Words: "Palabras", WordsHint: "En títulos, textos y motivos",
	Person: "Persona", Anybody: "Cualquiera", Former: "ya no está en el equipo",
	Action: "Qué pasó", Anything: "Cualquier cosa",
	AllOf: func(group string) string { return "Todo: " + group },
	Board: "Tablero", AnyBoard: "Cualquier tablero", Archived: "archivado",
	Task: "Tarea", Run: "Ejecución", AnyRun: "Cualquier ejecución", Template: "Plantilla", AnyTemplate: "Cualquier plantilla", Role: "Rol actual", AnyRole: "Cualquier rol",
	From: "Desde", To: "Hasta",
	TimeHint: func(zone string) string { return "Las horas están en tu zona horaria, " + zone + "." },
	How:      "Cómo", HandOrAuto: "De ambas formas", ByHand: "A mano", Auto: "Automático",
	Older: "Anteriores", Newest: "Volver a lo más reciente",
	Today: "Hoy", Monday: "Desde el lunes", Overrides: "Solo excepciones", QuickWays: "Consultas frecuentes",
	Empty:   "Aquí todavía no ha pasado nada. En cuanto alguien añada o mueva una tarea, quedará anotado aquí.",
	NoMatch: "Nada en el registro coincide con estos filtros.", NoMatchHint: "Amplía el tiempo, elige a otra persona o quita los filtros.",
	Matching: "Solo se muestra lo que coincide con los filtros.",
	Details:  "Detalles", Exact: "Hora exacta", Number: "Entrada", Request: "Petición", Source: "Dirección",
	CauseNumber: "Causada por la entrada", Leaf: "Hash de la hoja (SHA-256)", Canonical: "La entrada tal como está guardada",
	CanonicalHint: "El hash de la hoja es el SHA-256 de un byte cero y exactamente este texto.",
	None:          "nada", NoOne: "nadie", Yes: "sí", No: "no", Before: "antes:", After: "después:",
	LongText: "(el texto cambió; míralo en los detalles)",
	Groups: map[string]string{"tasks": "Tareas", "movement": "Movimiento", "dependencies": "Dependencias", "checklist": "Listas de control", "comments": "Comentarios", "files": "Archivos", "approvals": "Aprobaciones",
		"boards": "Tableros y columnas", "runs": "Plantillas y ejecuciones", "members": "Equipo y miembros", "log": "El propio registro", "overrides": "Excepciones"},
	Actions: map[string]string{
		"team.created": "Equipo creado", "team.edited": "Equipo editado",
		"member.added": "Persona añadida", "member.role_changed": "Papel cambiado", "member.removed": "Persona quitada", "member.left": "Persona que se fue", "person.erased": "Persona borrada",
		"invitation.created": "Invitación creada", "invitation.revoked": "Invitación revocada", "invitation.used": "Invitación usada",
		"board.created": "Tablero creado", "board.imported": "Tablero importado", "board.edited": "Tablero editado", "board.archived": "Tablero archivado", "board.restored": "Tablero recuperado", "board.discarded": "Tablero de ejemplo tirado",
		"column.added": "Columna añadida", "column.edited": "Columna editada", "column.moved": "Columna movida", "column.removed": "Columna quitada",
		"task.created": "Tarea añadida", "task.edited": "Tarea editada", "task.moved": "Tarea movida", "task.transferred": "Tarea movida a otro tablero", "task.completed": "Tarea completada",
		"task.reopened": "Tarea reabierta", "task.cancelled": "Tarea cancelada", "task.archived": "Tarea archivada", "task.restored": "Tarea recuperada",
		"task.deleted": "Tarea eliminada", "task.blocked": "Tarea bloqueada", "task.unblocked": "Tarea desbloqueada",
		"task.overridden": "Reglas pasadas por alto", "task.override_withdrawn": "Excepción retirada",
		"task.released": "Liberada: quedó lista", "task.held": "Retenida: de vuelta a la espera", "task.flagged": "Señalada en riesgo", "task.cleared": "Ya sin riesgo",
		"review.opened": "Revisión abierta", "review.seen": "Entrada revisada", "review.questioned": "Entrada cuestionada", "review.answered": "Pregunta respondida", "review.signed": "Revisión firmada",
		"attention.marked": "Hallazgo mirado", "attention.unmarked": "Hallazgo por mirar de nuevo", "attention.rule_set": "Regla de la lista de atención cambiada",
		"filter.added": "Filtro del registro compartido", "filter.edited": "Filtro compartido del registro renombrado", "filter.removed": "Filtro compartido del registro quitado",
		"pattern.added": "Plantilla de tarea guardada", "pattern.edited": "Plantilla de tarea editada", "pattern.removed": "Plantilla de tarea quitada",
		"view.added": "Vista compartida", "view.edited": "Vista compartida editada", "view.removed": "Vista compartida quitada",
		"label.added": "Etiqueta añadida", "label.edited": "Etiqueta editada", "label.removed": "Etiqueta quitada",
		"field.added": "Campo añadido", "field.edited": "Campo editado", "field.moved": "Campo movido", "field.removed": "Campo quitado", "task.values_dropped": "Campo de una tarea vaciado",
		"approval.asked": "Aprobación pedida", "approval.given": "Aprobación dada", "approval.rejected": "Aprobación rechazada", "approval.fell": "Aprobación caducada", "approval.withdrawn": "Aprobación que ya no se pide",
		"approval.self_tried": "Intento de aprobar lo propio", "task.sent_back": "Devuelta al trabajo",
		"comment.added": "Comentario añadido", "comment.edited": "Comentario editado", "comment.deleted": "Comentario eliminado",
		"file.added": "Archivo adjuntado", "file.renamed": "Archivo con otro nombre", "file.removed": "Archivo quitado", "file.recalled": "Archivo recuperado", "file.purged": "Archivo eliminado definitivamente",
		"file.returned": "Archivo quitado: deshecho", "file.withdrawn": "Archivo adjuntado: deshecho", "file.reverted": "Cambio de nombre de un archivo: deshecho",
		"item.added": "Punto añadido", "item.edited": "Punto editado", "item.ticked": "Punto marcado",
		"item.unticked": "Punto desmarcado", "item.moved": "Punto movido", "item.made_task": "Punto convertido en tarea", "item.removed": "Punto quitado",
		"task.repeated": "Repetición traspasada", "tasks.changed": "Varias tareas cambiadas a la vez", "dependency.added": "Dependencia añadida", "dependency.changed": "Dependencia cambiada", "dependency.removed": "Dependencia quitada",
		"task.undone": "Cambio deshecho", "task.recalled": "Sacada de la papelera", "task.purged": "Retirada de la papelera",
		"dependency.returned": "Dependencia recuperada", "dependency.withdrawn": "Dependencia añadida, deshecha", "dependency.reverted": "Cambio de dependencia deshecho",
		"template.created": "Plantilla creada", "template.edited": "Plantilla editada", "template.published": "Plantilla publicada", "template.archived": "Plantilla archivada", "template.restored": "Plantilla recuperada",
		"schedule.added": "Programación creada", "schedule.edited": "Programación cambiada", "schedule.paused": "Programación en pausa", "schedule.resumed": "Programación reanudada", "schedule.removed": "Programación quitada", "schedule.failed": "Inicio programado fallido", "schedule.stopped": "Programación detenida",
		"link.made": "Enlace para alguien de fuera creado", "link.used": "Enlace de alguien de fuera usado", "link.revoked": "Enlace para alguien de fuera revocado", "share.made": "Diagrama mostrado fuera", "share.revoked": "Diagrama que ya no se muestra fuera", "runs.started": "Ejecuciones iniciadas con una tabla", "run.started": "Ejecución iniciada", "run.paused": "Ejecución en pausa", "run.resumed": "Ejecución reanudada", "run.cancelled": "Ejecución cancelada", "run.recast": "Papel traspasado",
		"run.withdrawn": "Inicio de una ejecución deshecho", "run.returned": "Ejecución recuperada", "run.reverted": "Cambio de una ejecución deshecho",
		"runs.moved": "Ejecuciones pasadas a otra versión", "runs.moved_back": "Paso a otra versión deshecho", "run.moved": "Ejecución pasada a otra versión", "run.deviated": "Paso añadido solo en una ejecución", "task.revised": "Paso cambiado con su plantilla",
		"task.answered": "Campos de un paso rellenados", "task.dropped": "Paso omitido a mano", "task.kept": "Paso incluido de nuevo", "task.skipped": "Paso omitido",
		"task.ruled_out": "La condición no se cumple", "task.ruled_in": "La condición puede cumplirse", "task.adapted": "Paso puesto al día",
		"user.signed_up": "Cuenta creada", "user.edited": "Cuenta editada", "user.password_changed": "Contraseña cambiada",
		"session.started": "Sesión iniciada", "session.ended": "Sesión cerrada", "session.revoked": "Sesión revocada", "sign_in.refused": "Entrada rechazada", "sign_up.refused": "Cuenta nueva rechazada",
		"log.exported":    "Registro exportado",
		"setting.changed": "Ajuste cambiado", "key.changed": "Clave cambiada",
		"remark.sent": "Comentario enviado", "remark.answered": "Comentario respondido", "remark.closed": "Comentario cerrado", "remark.reopened": "Comentario reabierto",
	},
	Fields: map[string]string{
		"title": "Título", "description": "Descripción", "owners": "Responsables", "due": "Fecha límite", "estimate": "Estimación", "priority": "Prioridad",
		"join": "Espera a", "not_before": "No antes de", "state": "Estado", "column": "Columna", "position": "Lugar",
		"blocked": "Bloqueada", "blocked_reason": "Motivo del bloqueo", "overridden": "Reglas pasadas por alto", "override_reason": "Motivo de la excepción",
		"at_risk": "En riesgo", "archived": "Archivado", "archived_at": "Archivado", "deleted_at": "Eliminado", "review_at": "En revisión desde", "done_at": "Hecha desde",
		"name": "Nombre", "key": "Clave", "zone": "Zona horaria", "role": "Papel", "checklist": "Lista de control", "due_in": "Fecha límite, días después de crearla", "approval_note": "Qué hay que aprobar", "pattern": "Hecha con la plantilla", "wip_limit": "Límite de tarjetas", "wip_hard": "El límite rechaza más tarjetas",
		"lag": "Espera posterior", "on_cancel": "Si se cancela", "satisfied_at": "Cuenta como hecha en", "prerequisite": "Requisito previo", "dependent": "Dependiente",
		"label": "Etiqueta", "expires": "Caduca", "expires_at": "Caduca", "max_uses": "Usos como máximo", "lang": "Idioma", "no_shortcuts": "Atajos desactivados", "away_from": "Ausente desde", "away_until": "Ausente hasta", "email": "Correo", "value": "Valor", "board": "Tablero",
		"face": "Manera de ver", "query": "Lo que muestra", "verdict": "Qué es", "entry": "Entrada", "review_state": "Estado", "question": "Pregunta", "asked": "A quién", "answer": "Respuesta", "conclusion": "Conclusión", "upto": "Hasta la entrada", "drawn": "Muestra de", "seed": "Semilla", "note": "Nota", "on": "Activa", "least": "Lo que hace falta", "opens": "Empieza el trabajo", "closes": "Termina el trabajo",
		"text": "Texto", "labels": "Etiquetas", "colour": "Color", "icon": "Icono", "body": "Comentario", "mentions": "Menciones", "owner": "Responsable", "required": "Obligatorio", "ticked_at": "Marcado", "ticked_by": "Marcado por", "became": "Convertido en la tarea",
		"number": "Número", "kind": "Tipo", "help": "Ayuda", "on_card": "En tarjetas", "options": "Opciones", "approval": "Aprobación", "approvers": "Pedida a", "approval_role": "Pedida al papel", "approval_mode": "Cuántas", "approved_by": "La aprobó", "rejected_by": "La rechazó", "items": "Lista de control", "uses": "Usos", "release_at": "Se libera", "sample": "Tablero de ejemplo", "admin": "Administrador", "page": "Página", "closed_at": "Cerrado",
		"size": "Tamaño en bytes", "type": "Tipo", "sha256": "SHA-256", "removed_at": "Quitado", "needs_file": "Necesita un archivo", "repeats": "Se repite", "repeats_on": "Contada desde", "repeat_of": "Vino después de",
		"run": "Ejecución", "step": "Paso", "wanted": "Requerido", "skipped": "Omitido", "template": "Plantilla", "template_version": "Versión de la plantilla", "run_state": "Ejecución",
		"whom": "Para", "place": "Dónde se muestra", "names": "Con nombres de personas", "used_at": "Usado", "revoked_at": "Revocado", "runs": "Ejecuciones", "days_off": "Días libres", "holidays": "Festivos", "answers": "Respuestas", "roles": "Papeles", "starts": "Empieza", "ends": "Acaba", "draft": "Borrador (SHA-256)", "published": "Versión", "shipped": "Hecha de", "schedule": "Programación", "off_day": "En días libres", "clock": "Hora", "paused_at": "En pausa", "stopped_at": "Detenida",
		"entries": "Entradas", "erased": "Entradas sin el nombre", "asked_person": "Persona", "asked_words": "Palabras", "asked_action": "Qué pasó", "asked_board": "Tablero", "asked_task": "Tarea", "asked_run": "Ejecución", "asked_template": "Plantilla", "asked_role": "Rol", "asked_from": "Desde", "asked_to": "Hasta", "asked_by": "Cómo",
	},
	Through:    func(whom, maker string) string { return whom + " (con un enlace que creó " + maker + ")" },
	Automation: "La automatización", Server: "El servidor", Someone: "Alguien",
	because: " porque %", undid: ": «%»", onceOver: ": terminó la espera tras «%»", inItsTime: ": le llegó la hora",
	unknown: other("% hizo «%»: %"),
	sentences: map[string]sentence{
		"team.created": plain("% creó el equipo %", theSubject), "team.edited": alone("% cambió los ajustes del equipo"),
		"member.added":        joined("% se unió al equipo con el papel de %", "% añadió a % al equipo con el papel de %"),
		"member.role_changed": roleChanged("% cambió el papel de % de % a %"),
		"member.removed":      plain("% quitó a % del equipo", thePerson), "member.left": alone("% dejó el equipo"), "person.erased": erased("Se borró a % por su propia voluntad", "% borró a %"),
		"invitation.created": invitation("% creó la invitación «%»", "% creó una invitación"), "invitation.revoked": invitation("% revocó la invitación «%»", "% revocó una invitación"),
		"invitation.used": invitation("% aceptó la invitación «%»", "% aceptó una invitación"),
		"board.created":   plain("% creó el tablero %", theBoard), "board.edited": plain("% editó el tablero %", theBoard),
		"board.imported": plain("% importó el tablero %", theBoard),
		"board.archived": plain("% archivó el tablero %", theBoard), "board.restored": plain("% recuperó el tablero %", theBoard), "board.discarded": plain("% tiró el tablero de ejemplo %", theBoard),
		"column.added": column("% añadió la columna % a %"), "column.edited": column("% editó la columna % de %"),
		"column.moved": column("% movió la columna % de %"), "column.removed": column("% quitó la columna % de %"),
		"task.created":     created("% añadió % a %", "% añadió % a % como copia de %", "% añadió % a %: % se repite"),
		"task.transferred": transferred("% movió % del tablero % a %"),
		"task.edited":      plain("% editó %", theTask),
		"task.moved":       moved("% movió % de % a %", "% movió % de la columna % a %", "% cambió el lugar de % en su columna"),
		"task.completed":   plain("% completó %", theTask), "task.reopened": plain("% reabrió %", theTask),
		"task.cancelled": plain("% canceló %", theTask), "task.archived": plain("% archivó %", theTask),
		"task.restored": plain("% recuperó %", theTask), "task.deleted": plain("% eliminó %", theTask),
		"task.blocked": plain("% marcó % como bloqueada", theTask), "task.unblocked": plain("% quitó el bloqueo de %", theTask),
		"tasks.changed": bulked("% cambió varias a la vez: % en %"), "task.repeated": plain("% deja que se repita la siguiente en lugar de %", theTask),
		"task.overridden":         plain("% dejó que % se adelante a sus requisitos previos", theTask),
		"task.override_withdrawn": plain("% retiró la excepción de %", theTask),
		"task.released":           plain("% movió % a Lista", theTask), "task.held": plain("% devolvió % a En espera", theTask),
		"task.flagged": plain("% señaló % en riesgo", theTask), "task.cleared": plain("% quitó la señal de riesgo de %", theTask),
		"dependency.added": ends("% hizo que % espere a %"), "dependency.changed": ends("% cambió cómo % espera a %"),
		"dependency.removed": ends("% hizo que % ya no espere a %"),
		"review.opened":      plain("% abrió la revisión %", theSubject), "review.seen": ofEntry("% ha visto % en la revisión %"), "review.questioned": asking("% preguntó a % sobre % en la revisión %"),
		"review.answered": ofEntry("% respondió sobre % en la revisión %"), "review.signed": plain("% firmó la revisión %", theSubject),
		"attention.marked": marked("% miró el hallazgo «%» (%): %"), "attention.unmarked": marked("% quiere que se mire de nuevo el hallazgo «%» (%)"), "attention.rule_set": ruleOf("% cambió la regla «%» de la lista de atención"),
		"filter.added": plain("% compartió el filtro % de este registro", theSubject), "filter.edited": plain("% cambió el nombre del filtro compartido % de este registro", theSubject), "filter.removed": plain("% quitó el filtro compartido % de este registro", theSubject),
		"pattern.added": column("% guardó la plantilla de tarea % de %"), "pattern.edited": column("% editó la plantilla de tarea % de %"), "pattern.removed": column("% quitó la plantilla de tarea % de %"),
		"view.added": column("% compartió la vista % de %"), "view.edited": column("% editó la vista compartida % de %"), "view.removed": column("% quitó la vista compartida % de %"),
		"label.added": column("% añadió la etiqueta % a %"), "label.edited": column("% editó la etiqueta % de %"), "label.removed": column("% quitó la etiqueta % de %"),
		"field.added": column("% añadió el campo % a %"), "field.edited": column("% editó el campo % de %"), "field.moved": column("% movió el campo % de %"),
		"field.removed": column("% quitó el campo % de %"), "task.values_dropped": plain("% vació un campo de %", theTask),
		"approval.asked": plain("% pidió aprobación para %", theTask), "approval.given": plain("% aprobó %", theTask), "approval.rejected": plain("% rechazó %", theTask),
		"approval.fell": plain("% retiró la aprobación de %", theTask), "approval.withdrawn": plain("% ya no pide aprobación para %", theTask),
		"approval.self_tried": plain("% intentó aprobar su propio trabajo en % y se le rechazó", theTask), "task.sent_back": plain("% devolvió % al trabajo", theTask),
		"comment.added": plain("% comentó %", theTask), "comment.edited": plain("% editó un comentario de %", theTask),
		"comment.deleted": plain("% eliminó un comentario de %", theTask),
		"file.added":      part("% adjuntó «%» a %"), "file.renamed": renamed("% cambió el nombre de «%» en %: ahora es «%»"), "file.removed": part("% quitó el archivo «%» de %"),
		"file.recalled": part("% recuperó el archivo «%» de %"), "file.purged": part("% eliminó definitivamente el archivo «%» de %"),
		"file.returned": part("% deshizo que el archivo «%» se quitara de %"), "file.withdrawn": part("% deshizo haber adjuntado «%» a %"),
		"file.reverted": renamed("% deshizo el cambio de nombre de «%» en %: vuelve a ser «%»"),
		"item.added":    part("% añadió «%» a la lista de control de %"), "item.edited": part("% editó «%» en la lista de control de %"),
		"item.ticked": part("% marcó «%» en %"), "item.unticked": part("% desmarcó «%» en %"),
		"item.moved": part("% movió «%» en la lista de control de %"), "item.made_task": part("% convirtió «%» de % en una tarea"),
		"item.removed": part("% quitó «%» de la lista de control de %"),
		"task.undone":  plain("% deshizo un cambio de %", theTask), "task.recalled": plain("% sacó % de la papelera", theTask),
		"task.purged":         plain("% retiró % de la papelera a los 30 días", theTask),
		"dependency.returned": ends("% hizo que % vuelva a esperar a %"), "dependency.withdrawn": ends("% deshizo que % espere a %"),
		"dependency.reverted": ends("% deshizo un cambio de cómo % espera a %"),
		"template.created":    plain("% creó la plantilla %", theSubject), "template.edited": plain("% editó el borrador de la plantilla %", theSubject),
		"template.published": plain("% publicó una versión de la plantilla %", theSubject), "template.archived": plain("% archivó la plantilla %", theSubject),
		"template.restored": plain("% recuperó la plantilla %", theSubject),
		"schedule.added":    column("% creó la programación % en %"), "schedule.edited": column("% cambió la programación % en %"), "schedule.paused": plain("% puso en pausa la programación %", theSubject),
		"schedule.resumed": plain("% reanudó la programación %", theSubject), "schedule.removed": plain("% quitó la programación %", theSubject),
		"schedule.failed": plain("% no pudo iniciar una ejecución por la programación %", theSubject), "schedule.stopped": plain("% detuvo la programación %", theSubject),
		"link.made": part("% creó un enlace para % a %"), "link.used": part("% usó el enlace para % a %"), "link.revoked": part("% revocó el enlace para % a %"),
		"share.made": plain("% creó un enlace que muestra el diagrama de una ejecución: %", theSubject), "share.revoked": plain("% revocó el enlace que muestra el diagrama de una ejecución: %", theSubject),
		"runs.started": manyRuns("% inició % de % en %", "ejecución", "ejecuciones"),
		"run.started":  column("% inició % en %"), "run.paused": plain("% puso en pausa %", theSubject), "run.resumed": plain("% reanudó %", theSubject),
		"run.cancelled": plain("% canceló la ejecución %", theSubject), "run.recast": plain("% traspasó un papel en %", theSubject),
		"run.withdrawn": plain("% deshizo el inicio de %", theSubject), "run.returned": plain("% recuperó la ejecución %", theSubject), "run.reverted": plain("% deshizo un cambio de la ejecución %", theSubject),
		"runs.moved": plain("% pasó ejecuciones de % a su versión más reciente", theSubject), "runs.moved_back": plain("% deshizo el paso de ejecuciones de % a su versión más reciente", theSubject),
		"run.deviated": plain("% añadió a % un paso que su plantilla no tiene", theSubject),
		"run.moved":    plain("% pasó la ejecución % a otra versión de su plantilla", theSubject), "task.revised": plain("% ajustó % a lo que dice la versión nueva", theTask),
		"task.answered": plain("% rellenó campos de %", theTask), "task.dropped": plain("% dejó % fuera de su ejecución", theTask), "task.kept": plain("% volvió a incluir % en su ejecución", theTask),
		"task.skipped": plain("% omitió %", theTask), "task.ruled_out": plain("% vio que la condición de % no se cumple", theTask),
		"task.ruled_in": plain("% vio que la condición de % aún puede cumplirse", theTask), "task.adapted": plain("% puso al día %", theTask),
		"user.signed_up": alone("% creó su cuenta"), "user.edited": alone("% editó su cuenta"), "user.password_changed": alone("% cambió su contraseña"),
		"session.started": alone("% entró"), "session.ended": alone("% salió"), "session.revoked": alone("% cerró una de sus sesiones"),
		"sign_in.refused": about("Se rechazó una entrada como %"), "sign_up.refused": about("Se rechazó una cuenta nueva con la dirección de %"), "setting.changed": plain("% cambió el ajuste %", theSubject),
		"log.exported": exported("% exportó el registro entero como %", "% exportó una parte del registro como %"),
		"key.changed":  about("Las cabeceras de los registros se firman con otra clave: %"),
		"remark.sent":  plain("% envió un comentario: %", theSubject), "remark.answered": plain("% respondió al comentario %", theSubject),
		"remark.closed": plain("% cerró el comentario %", theSubject), "remark.reopened": plain("% reabrió el comentario %", theSubject),
	},
}

var logFaultsEnglish = faults{
	fault.NoSuchTask: func(f *fault.Fault) string {
		return fmt.Sprintf("There is no task %v in this team. Write its key, like ONB-12.", f.Args[0])
	},
	fault.NotAWord:        text("Write a word or a part of one: letters or digits."),
	fault.NotATime:        text("Write a date and time like 2026-03-31 14:30, or a date alone."),
	fault.EndsBeforeStart: text("This is before the start. Choose a later time, or leave it empty."),
	fault.NoHead:          text("This is no signed head of a log. Paste all of it, from the line “relevo-log/…” to the line that begins with a dash."),
	fault.OtherLog:        text("This head is of another log. Compare it on the page of its own team."),
	fault.TooManyEntries: func(f *fault.Fault) string {
		return fmt.Sprintf("A sheet takes at most %v entries. Narrow the filters, or choose CSV.", f.Args[0])
	},
	fault.LogBroken: text("Entries of this log are missing, so it cannot be signed. Check the log: the page Proof says where it is broken."),
	fault.NoNotary:  text("This server has no key, so it cannot sign. Whoever runs it can set RELEVO_KEYS."),
}

var logFaultsSpanish = faults{
	fault.NoSuchTask: func(f *fault.Fault) string {
		return fmt.Sprintf("En este equipo no hay ninguna tarea %v. Escribe su clave, como ONB-12.", f.Args[0])
	},
	fault.NotAWord:        text("Escribe una palabra o su comienzo: letras o cifras."),
	fault.NotATime:        text("Escribe una fecha y hora como 2026-03-31 14:30, o solo la fecha."),
	fault.EndsBeforeStart: text("Esto es antes del comienzo. Elige una hora posterior o déjalo vacío."),
	fault.NoHead:          text("Esto no es una cabecera firmada de un registro. Pégala entera, desde la línea «relevo-log/…» hasta la que empieza con una raya."),
	fault.OtherLog:        text("Esta cabecera es de otro registro. Compárala en la página de su equipo."),
	fault.TooManyEntries: func(f *fault.Fault) string {
		return fmt.Sprintf("En una hoja caben como máximo %v entradas. Acota los filtros o elige CSV.", f.Args[0])
	},
	fault.LogBroken: text("Faltan entradas de este registro y no se puede firmar. Compruébalo: la página Prueba dice dónde está roto."),
	fault.NoNotary:  text("Este servidor no tiene clave y no puede firmar. Quien lo administra puede configurar RELEVO_KEYS."),
}

package models

import "relevo/models/ledger"

// Action names what an entry of the log says was done.
type Action string

// By people.
const (
	TeamCreated       Action = "team.created"
	TeamEdited        Action = "team.edited"
	MemberAdded       Action = "member.added"
	MemberRoleChanged Action = "member.role_changed"
	MemberRemoved     Action = "member.removed"
	MemberLeft        Action = "member.left"
	InvitationCreated Action = "invitation.created"
	InvitationRevoked Action = "invitation.revoked"
	InvitationUsed    Action = "invitation.used"

	BoardCreated   Action = "board.created"
	BoardEdited    Action = "board.edited"
	BoardImported  Action = "board.imported" // from a file, named as the reason; all that came with it has this as its cause
	BoardArchived  Action = "board.archived"
	BoardDiscarded Action = "board.discarded" // a sample board, with all that was on it
	BoardRestored  Action = "board.restored"
	ColumnAdded    Action = "column.added"
	ColumnEdited   Action = "column.edited"
	ColumnMoved    Action = "column.moved"
	ColumnRemoved  Action = "column.removed"

	TaskCreated           Action = "task.created"
	TaskEdited            Action = "task.edited"
	TaskMoved             Action = "task.moved"
	TaskTransferred       Action = "task.transferred" // to another board
	TaskCompleted         Action = "task.completed"
	TaskReopened          Action = "task.reopened"
	TaskCancelled         Action = "task.cancelled"
	TaskArchived          Action = "task.archived"
	TaskRestored          Action = "task.restored"
	TaskDeleted           Action = "task.deleted"
	TaskBlocked           Action = "task.blocked"
	TaskUnblocked         Action = "task.unblocked"
	TaskOverridden        Action = "task.overridden"
	TaskOverrideWithdrawn Action = "task.override_withdrawn"

	TaskRepeated Action = "task.repeated" // by itself: the next one has been made, and has its rule from now on

	TasksChanged Action = "tasks.changed" // many at once; what was done to each has this as its cause

	DependencyAdded   Action = "dependency.added"
	DependencyChanged Action = "dependency.changed"
	DependencyRemoved Action = "dependency.removed"

	ItemAdded    Action = "item.added"
	ItemEdited   Action = "item.edited"
	ItemTicked   Action = "item.ticked"
	ItemUnticked Action = "item.unticked"
	ItemMoved    Action = "item.moved"
	ItemMadeTask Action = "item.made_task"
	ItemRemoved  Action = "item.removed"
	// Of the bin, and of undoing. An entry that undoes has the one that it undoes as
	// its cause.
	TaskRecalled        Action = "task.recalled" // brought back from the bin
	TaskUndone          Action = "task.undone"
	DependencyReturned  Action = "dependency.returned"  // there again, after it was removed
	DependencyWithdrawn Action = "dependency.withdrawn" // its adding was undone
	DependencyReverted  Action = "dependency.reverted"  // its change was undone

	CommentAdded   Action = "comment.added"
	CommentEdited  Action = "comment.edited"
	CommentDeleted Action = "comment.deleted"

	FileAdded     Action = "file.added"
	FileRenamed   Action = "file.renamed"
	FileRemoved   Action = "file.removed"
	FileRecalled  Action = "file.recalled"  // brought back after it was removed
	FilePurged    Action = "file.purged"    // for good: by a person, or when its time is over
	FileReturned  Action = "file.returned"  // its removal was undone
	FileWithdrawn Action = "file.withdrawn" // its adding was undone
	FileReverted  Action = "file.reverted"  // its renaming was undone

	ViewAdded   Action = "view.added" // shared
	ViewEdited  Action = "view.edited"
	ViewRemoved Action = "view.removed" // or no longer shared

	LabelAdded     Action = "label.added"
	PatternAdded   Action = "pattern.added" // a template of a single task
	PatternEdited  Action = "pattern.edited"
	PatternRemoved Action = "pattern.removed"
	LabelEdited    Action = "label.edited"
	LabelRemoved   Action = "label.removed"

	FieldAdded        Action = "field.added"
	FieldEdited       Action = "field.edited"
	FieldMoved        Action = "field.moved"
	FieldRemoved      Action = "field.removed"
	TaskValuesDropped Action = "task.values_dropped" // what it held in a field went with the field, or with an option

	ApprovalAsked     Action = "approval.asked"
	ApprovalGiven     Action = "approval.given"
	ApprovalRejected  Action = "approval.rejected"
	ApprovalWithdrawn Action = "approval.withdrawn"  // it is asked for no more
	SelfApprovalTried Action = "approval.self_tried" // and refused: whoever did the work does not approve it
	TaskSentBack      Action = "task.sent_back"      // to work, because it was rejected

	TemplateCreated   Action = "template.created"
	TemplateEdited    Action = "template.edited"
	TemplatePublished Action = "template.published"
	TemplateArchived  Action = "template.archived"
	TemplateRestored  Action = "template.restored"
	RunsStarted       Action = "runs.started" // many at once, of a table that is named as the reason; each start has this as its cause
	RunStarted        Action = "run.started"  // all that came with it has this as its cause
	RunPaused         Action = "run.paused"
	RunResumed        Action = "run.resumed"
	RunCancelled      Action = "run.cancelled"
	RunRecast         Action = "run.recast"      // somebody else plays a role from now on
	RunWithdrawn      Action = "run.withdrawn"   // its start was undone
	RunReturned       Action = "run.returned"    // there again after that
	RunReverted       Action = "run.reverted"    // its pause, resumption, cancellation or move was undone
	RunsMoved         Action = "runs.moved"      // to the newest version of their template
	RunsMovedBack     Action = "runs.moved_back" // that was undone
	RunMoved          Action = "run.moved"       // one of them
	RunDeviated       Action = "run.deviated"    // a step was added in it alone
	TaskRevised       Action = "task.revised"    // to what the newer version says of its step
	TaskAnswered      Action = "task.answered"   // fields of the step were filled in
	TaskDropped       Action = "task.dropped"    // left out of this run
	TaskKept          Action = "task.kept"       // not left out after all
	ScheduleAdded     Action = "schedule.added"  // runs start by it from now on, each with this as its cause, or the last editing
	ScheduleEdited    Action = "schedule.edited"
	SchedulePaused    Action = "schedule.paused"
	ScheduleResumed   Action = "schedule.resumed"
	ScheduleRemoved   Action = "schedule.removed"
	ScheduleFailed    Action = "schedule.failed"  // by itself: the run of a day could not be started
	ScheduleStopped   Action = "schedule.stopped" // by itself: nor could anybody be told with a task
	StepLinkMade      Action = "link.made"        // by which an outsider does a step
	StepLinkUsed      Action = "link.used"        // the step was done through it
	StepLinkRevoked   Action = "link.revoked"
	RunLinkMade       Action = "share.made" // by which a run's diagram is shown elsewhere
	RunLinkRevoked    Action = "share.revoked"
)

// Of the log itself.
const (
	LogExported Action = "log.exported" // somebody took entries away

	FilterAdded   Action = "filter.added" // shared
	FilterEdited  Action = "filter.edited"
	FilterRemoved Action = "filter.removed" // or no longer shared

	FindingMarked    Action = "attention.marked"   // somebody looked at a finding of the attention list
	FindingUnmarked  Action = "attention.unmarked" // or wants it looked at again
	AttentionRuleSet Action = "attention.rule_set"

	ReviewOpened       Action = "review.opened"
	EntryWasSeen       Action = "review.seen"
	EntryWasQuestioned Action = "review.questioned"
	EntryWasAnswered   Action = "review.answered"
	ReviewSigned       Action = "review.signed"

	PersonErased Action = ledger.PersonErased // their name was taken out of the entries that it lists
)

// By the rules of movement.
const (
	TaskReleased Action = "task.released" // waiting → ready
	TaskHeld     Action = "task.held"     // ready → waiting
	TaskFlagged  Action = "task.flagged"  // at risk: started, but a prerequisite is open again
	TaskCleared  Action = "task.cleared"  // no longer at risk
	TaskPurged   Action = "task.purged"   // its time in the bin is over
	ApprovalFell Action = "approval.fell" // what was approved has changed

	TaskSkipped  Action = "task.skipped"   // its turn came, and nobody wants it
	TaskRuledOut Action = "task.ruled_out" // the condition of its step does not hold
	TaskRuledIn  Action = "task.ruled_in"  // it holds, or may hold, after all
	TaskAdapted  Action = "task.adapted"   // what it says and when it is due, to what is known by now
)

// In the server's own log.
const (
	UserSignedUp        Action = "user.signed_up"
	SignUpRefused       Action = "sign_up.refused" // the address had an account
	UserEdited          Action = "user.edited"
	UserPasswordChanged Action = "user.password_changed"
	SessionStarted      Action = "session.started"
	SessionEnded        Action = "session.ended"
	SessionRevoked      Action = "session.revoked"
	SignInRefused       Action = "sign_in.refused"
	SettingChanged      Action = "setting.changed"
	KeyChanged          Action = "key.changed" // heads of logs are signed with another key from now on

	RemarkSent        Action = "remark.sent"
	RemarkWasAnswered Action = "remark.answered"
	RemarkWasClosed   Action = "remark.closed"
	RemarkReopened    Action = "remark.reopened"
)

// Actions lists every action, for filters and for the test that each has wording.
var Actions = []Action{
	TeamCreated, TeamEdited, MemberAdded, MemberRoleChanged, MemberRemoved, MemberLeft,
	InvitationCreated, InvitationRevoked, InvitationUsed,
	BoardCreated, BoardImported, BoardEdited, BoardArchived, BoardRestored, BoardDiscarded, ColumnAdded, ColumnEdited, ColumnMoved, ColumnRemoved,
	TaskCreated, TaskEdited, TaskMoved, TaskTransferred, TaskCompleted, TaskReopened, TaskCancelled, TaskArchived, TaskRestored, TaskDeleted,
	TaskBlocked, TaskUnblocked, TaskOverridden, TaskOverrideWithdrawn,
	TaskRepeated, TasksChanged,
	TaskReleased, TaskHeld, TaskFlagged, TaskCleared,
	DependencyAdded, DependencyChanged, DependencyRemoved,
	ItemAdded, ItemEdited, ItemTicked, ItemUnticked, ItemMoved, ItemMadeTask, ItemRemoved,
	TaskRecalled, TaskPurged, TaskUndone, DependencyReturned, DependencyWithdrawn, DependencyReverted,
	CommentAdded, CommentEdited, CommentDeleted,
	FileAdded, FileRenamed, FileRemoved, FileRecalled, FilePurged, FileReturned, FileWithdrawn, FileReverted,
	LabelAdded, LabelEdited, LabelRemoved, ViewAdded, ViewEdited, ViewRemoved, PatternAdded, PatternEdited, PatternRemoved,
	FieldAdded, FieldEdited, FieldMoved, FieldRemoved, TaskValuesDropped,
	ApprovalAsked, ApprovalGiven, ApprovalRejected, ApprovalFell, ApprovalWithdrawn, SelfApprovalTried, TaskSentBack,
	TemplateCreated, TemplateEdited, TemplatePublished, TemplateArchived, TemplateRestored,
	RunsStarted, RunStarted, RunPaused, RunResumed, RunCancelled, RunRecast, RunWithdrawn, RunReturned, RunReverted, RunsMoved, RunsMovedBack, RunMoved, RunDeviated, TaskRevised,
	ScheduleAdded, ScheduleEdited, SchedulePaused, ScheduleResumed, ScheduleRemoved, ScheduleFailed, ScheduleStopped,
	StepLinkMade, StepLinkUsed, StepLinkRevoked, RunLinkMade, RunLinkRevoked,
	TaskAnswered, TaskDropped, TaskKept, TaskSkipped, TaskRuledOut, TaskRuledIn, TaskAdapted,
	LogExported, FilterAdded, FilterEdited, FilterRemoved, FindingMarked, FindingUnmarked, AttentionRuleSet,
	ReviewOpened, EntryWasSeen, EntryWasQuestioned, EntryWasAnswered, ReviewSigned, PersonErased,
	UserSignedUp, SignUpRefused, UserEdited, UserPasswordChanged, SessionStarted, SessionEnded, SessionRevoked, SignInRefused, SettingChanged, KeyChanged,
	RemarkSent, RemarkWasAnswered, RemarkWasClosed, RemarkReopened,
}

package models

import (
	"fmt"
	"time"

	"relevo/models/access"
	"relevo/models/flow"
)

// Keys are UUIDv7 strings made in Go (NewID); times are UTC with microseconds.

// User is a person with an account.
type User struct {
	ID           string `gorm:"primaryKey"`
	Email        string // lower case, unique
	Name         string
	PasswordHash string // argon2id
	Admin        bool
	Lang         string // "en" or "es"
	Zone         string // IANA time zone
	CreatedAt    time.Time
	NoShortcuts  bool // keys do nothing by themselves

	WatchesCommented bool `gorm:"default:true"` // what they comment on

	Away // when they are away next

	Erased int64 // number of the pseudonym that is all that is left of their name; 0: they are not erased
}

// Team is a group of people who share boards.
type Team struct {
	ID        string `gorm:"primaryKey"`
	Name      string
	Zone      string // IANA time zone in which the team's working days begin
	DaysOff   string // weekdays on which it does not work, by number: "06" is Sunday and Saturday
	Holidays  string // further days without work, YYYY-MM-DD, in order, by spaces
	CreatedAt time.Time
}

// Membership gives a person a role in a team.
type Membership struct {
	TeamID    string `gorm:"primaryKey"`
	UserID    string `gorm:"primaryKey"`
	Role      access.Role
	CreatedAt time.Time
}

// Invitation lets whoever holds its link join a team. Only the SHA-256 of the
// link's token is kept.
type Invitation struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	Hash      []byte
	Role      access.Role
	Label     string // what the inviter wrote down for it: "for Ana", "IT people"
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt *time.Time
	Uses      int
	MaxUses   int // 0: any number
}

// Board is columns of cards.
type Board struct {
	ID         string `gorm:"primaryKey"`
	TeamID     string
	Name       string
	Key        string // prefix of its tasks' numbers: ONB; unique in the team
	NextNumber int64
	Sample     bool // made as the sample board
	CreatedAt  time.Time
	ArchivedAt *time.Time
	Version    int64 // Seq of the last entry that changed the board or its columns
}

// Column is a lane of a board; the cards in it have its state.
type Column struct {
	ID       string `gorm:"primaryKey"`
	BoardID  string
	Name     string
	State    flow.State
	WIPLimit int    `gorm:"column:wip_limit"` // 0: none
	WIPHard  bool   `gorm:"column:wip_hard"`  // refuse people over the limit, instead of warning
	Position string // rank among the board's columns
	Version  int64
}

// Priority orders what to do first.
type Priority int

const (
	NoPriority Priority = iota
	Low
	Medium
	High
	Urgent
)

// Priorities lists every priority, least first.
var Priorities = []Priority{NoPriority, Low, Medium, High, Urgent}

// Date is a calendar day, YYYY-MM-DD; empty for none. It has no time zone: a due
// date is the same day for everyone.
type Date string

// Task is a unit of work. Version is the Seq of the last entry that changed it,
// so that "what changed since I saw it" is a question to the log.
type Task struct {
	ID          string `gorm:"primaryKey"`
	TeamID      string
	BoardID     string
	ColumnID    string // empty: in no column (cancelled where the board has no such column)
	Number      int64
	Title       string
	Description string // Markdown
	State       flow.State
	Position    string // rank in its column
	Due         Date
	Estimate    int // minutes; 0: none
	Priority    Priority

	Join           flow.Join
	NotBefore      *time.Time
	NeedsFile      bool // it is not done without one
	Overridden     bool
	OverrideReason string
	AtRisk         bool
	Blocked        bool
	BlockedReason  string
	ReviewAt       *time.Time
	DoneAt         *time.Time
	ArchivedAt     *time.Time
	DeletedAt      *time.Time
	Approval       ApprovalState

	RunID     string // the run that it is a step of; empty: none
	Step      string // which step of it
	Wanted    Wanted
	Skipped   bool       // it is cancelled because nobody wanted it when its turn came
	resting   bool       // its run is paused: the rules leave it as it is
	Repeats   string     // how it comes again, as models/recur writes it; empty: it does not
	RepeatsOn Date       // from which that is counted
	RepeatOf  string     // the task that it was made of, when that came again
	RepeatAt  *time.Time // when the next one is made; nil: not by time
	RepeatSeq int64      // Seq of the entry with which it came to its rule

	MovedSeq  int64  // Seq of the entry of its last change of state
	MovedAuto bool   // that change was made by a rule
	MovedBy   string // the task whose change made the rule move it; empty: time, or its own change
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
	Version   int64
}

// TaskOwner makes a person an owner of a task.
type TaskOwner struct {
	TaskID string `gorm:"primaryKey"`
	UserID string `gorm:"primaryKey"`
	TeamID string
}

// Dependency makes one task wait for another.
type Dependency struct {
	PrerequisiteID string `gorm:"primaryKey"`
	DependentID    string `gorm:"primaryKey"`
	TeamID         string
	LagAmount      int
	LagUnit        flow.Unit
	OnCancel       flow.OnCancel
	SatisfiedAt    flow.State // done or in_review
	CreatedAt      time.Time
}

// NoticeKind says why something is in a person's inbox.
type NoticeKind string

const (
	YourTurn         NoticeKind = "your_turn"         // a task of theirs became ready
	Assigned         NoticeKind = "assigned"          // somebody made them an owner
	Mentioned        NoticeKind = "mentioned"         // somebody named them in a comment
	ApprovalWanted   NoticeKind = "approval_asked"    // somebody asks for their approval
	ApprovalAnswered NoticeKind = "approval_answered" // to who asked for it, and to the owners
	ApprovalLost     NoticeKind = "approval_fell"     // the same: what was approved has changed
	Commented        NoticeKind = "commented"         // somebody commented on a task that they own or watch
	WasClosed        NoticeKind = "closed"            // such a task was completed, cancelled or reopened
	Blocked          NoticeKind = "blocked"           // such a task was blocked by hand
	Unblocked        NoticeKind = "unblocked"         // and goes on
	AtRisk           NoticeKind = "at_risk"           // something that such a task needs was reopened
	WasMoved         NoticeKind = "moved"             // a task that they watch is elsewhere now
	WasAdded         NoticeKind = "added"             // there is one more on a board that they watch
	DueSoon          NoticeKind = "due_soon"          // a task of theirs is due by the next working day
	PastDue          NoticeKind = "overdue"           // a task of theirs was due yesterday
)

// NoticeReason says why a notice came to somebody.
type NoticeReason string

const (
	AsOwner        NoticeReason = "owner"
	AsWatcher      NoticeReason = "watcher"
	AsBoardWatcher NoticeReason = "board"
)

// Notice is one line of a person's inbox.
type Notice struct {
	ID        string `gorm:"primaryKey"`
	UserID    string
	TeamID    string
	TaskID    string
	Kind      NoticeKind
	Seq       int64 // the entry that it tells of; of one of time: the log's last
	CreatedAt time.Time
	ReadAt    *time.Time

	Because      NoticeReason // empty: the kind says it
	About        Date         // the due date that it is about, if it is
	Place        string       // in the inbox, the highest first
	ClearedAt    *time.Time   // its owner is through with it
	SnoozedUntil *time.Time   // out of sight; nil: it is not
}

// Key is the number that people call a task by: ONB-12.
func Key(board string, number int64) string { return fmt.Sprintf("%s-%d", board, number) }

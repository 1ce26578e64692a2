package models

import (
	"time"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
)

// What pages show. Each is read in one snapshot by the verb named after it.

// Person is a member as other members see them.
type Person struct {
	ID   string
	Name string
	Role access.Role // in the team at hand; empty for someone who has left
}

// TaskRef names a task wherever another one speaks of it.
type TaskRef struct {
	ID      string
	Key     string // ONB-12
	Title   string
	State   flow.State
	BoardID string
	Board   string // the board's name
	Owners  []Person
}

// Link is a dependency seen from one of its ends; Task is the other end.
type Link struct {
	Task        TaskRef
	Lag         flow.Lag
	OnCancel    flow.OnCancel
	SatisfiedAt flow.State
	Open        bool       // not satisfied yet
	From        *time.Time // Open, and by time alone: satisfied from then on
}

// Card is a task as a board shows it.
type Card struct {
	Task
	Key        string
	Owners     []Person
	WaitsFor   []TaskRef // open prerequisites, the first three
	WaitsN     int       // all open prerequisites
	Releases   []TaskRef // waiting tasks that its completion would release, the first three
	ReleasesN  int
	Labels     []Label      // by name
	Fields     []FieldValue // that cards show and that it holds something in
	Items      int          // of its checklist
	ItemsDone  int          // of those
	Files      int
	Dependents int     // tasks that depend on it at all
	Because    TaskRef // the task whose change made the rules move it last; zero: none
	Age        int     // full working days that it has been in its state, where somebody could move it on
}

// Lane is a column with the window of its cards that is shown.
type Lane struct {
	Column
	Count   int // cards in it, all told
	Matches int // of those, the ones that pass the filter
	Work    int // minutes that those are estimated to take, all told
	Cards   []Card
	More    bool // there are cards below the window
}

// BoardView is a board's page. Seq is the team's sequence that it was read at;
// asking for what changed since then misses nothing.
type BoardView struct {
	Team    Team
	Board   Board
	Role    access.Role
	Seq     int64
	Filter  BoardFilter // which cards there are in Lanes
	Sort    SortKey     // in which order; zero: by rank
	Lanes   []Lane      // without cards where those are in Swims
	Members []Person
	Labels  []Label // those that its tasks can have
	Fields  []Field // those of its tasks

	Swimlanes string // what it is parted by, one of Swimlanes; empty: it is not
	Swims     []Swimlane

	Gone       []string // parameters of the address that asked for what is no longer there; they are left out
	FieldsGone bool     // the filter asked for some that the board has no more; they are left out
	Cancelled  int      // cancelled tasks in no column
	Patterns   int      // templates of a task
	Archived   int
}

// BoardChanges is what an open board fetches after news.
type BoardChanges struct {
	Seq    int64
	Reload bool     // too much changed, or the columns did: fetch the whole board
	Cards  []Card   // as they are now; place each by its column and position
	Gone   []string // tasks that are no longer on the board
	Lanes  []Lane   // counts only, no cards
	Board  Board
	Filter BoardFilter // what does not pass it is gone
	Sort   SortKey     // how to place the cards; zero: by rank

	Swimlanes string         // what the board is parted by
	Swims     map[string]int // how many cards there are in the lanes that hold some

	Moved []Moved // automatic moves among them, to be said aloud
}

// Moved is one automatic move with its reason, for "why did this move?".
type Moved struct {
	Task     TaskRef
	From, To flow.State
	Because  TaskRef // the task that brought it about; zero: time, or its own change
	Seq      int64
}

// TaskView is a task's panel.
type TaskView struct {
	Team        Team
	Board       Board
	Role        access.Role
	Task        Task
	Key         string
	Column      Column
	Columns     []Column
	Owners      []Person
	Members     []Person  // whom one can assign
	WaitsFor    []Link    // prerequisites
	HoldsUp     []Link    // dependents
	Releases    []TaskRef // what finishing it now would release
	Why         []Step    // why it last moved, back to a person's click; newest first
	CreatedBy   Person
	Labels      []Label        // by name
	BoardLabels []Label        // those that it can have
	Fields      []FieldValue   // all fields of its board, in their order
	Items       []ItemView     // its checklist
	Comments    []CommentView  // the last few, newest last
	Files       []FileView     // the oldest first
	Removed     []FileView     // files that can be brought back
	Room        Room           // for more files
	Earlier     string         // earlier ones are before this comment; empty: there are none
	Approval    *ApprovalView  // nil: it asks for none
	Repeat      RepeatView     // how it comes again
	Missing     []*fault.Fault // what it lacks before it is done
	Run         *Run           // that it is a step of; nil: of none
	Attention   Attention
	Seq         int64
}

// Step is one link in the answer to "why did this move?".
type Step struct {
	Seq      int64
	At       time.Time
	Who      string // as they were called then
	Auto     bool
	Action   string
	Task     TaskRef
	From, To string // states, where it was a move
	Reason   string
}

// Home is a team's page: its boards.
type Home struct {
	Team    Team
	Role    access.Role
	Boards  []BoardSummary
	Members []Person
}

// BoardSummary is a board in a list of boards.
type BoardSummary struct {
	Board
	Counts map[flow.State]int
}

// ApprovalView is what a task asks approval of, and what was answered.
type ApprovalView struct {
	State   ApprovalState
	Mode    ApprovalMode
	Note    string
	AskedBy Person
	AskedAt time.Time
	Seats   []Seat
	Fell    *Fall // what made it fall; nil: nothing

	MayAnswer bool // the viewer is asked, and did none of the work
	MayReject bool // the viewer is asked
	Did       Did  // what the viewer did of the work, if they are asked
	MayChange bool // whom it asks
}

// Seat is an answer that is asked for: of a person, or of whoever has a role.
type Seat struct {
	Person   Person      // of a role: who answered; zero: nobody yet
	Role     access.Role // empty: of the person by name
	Left     bool        // the person cannot answer any more
	Did      Did         // what the person did of the work
	Answered bool
	Approved bool
	Comment  string
	At       time.Time
}

// Fall is the entry that changed what was approved.
type Fall struct {
	Who    string
	Fields []string // as the log names them; "items" for the checklist, "files"
	At     time.Time
}

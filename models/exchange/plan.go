// Package exchange reads boards that come from elsewhere (Trello's JSON, CSV, our
// own JSON) into one neutral Plan, and writes ours down as CSV and JSON. What a
// file holds and we do not understand is reported row by row, and is never fatal.
// It does no I/O and keeps no clock.
package exchange

import (
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Bounds of what is read.
const (
	MaxBytes       = 20 << 20
	MaxTasks       = 10_000
	MaxColumns     = 30
	MaxName        = 80     // characters of a board's or column's name
	MaxTitle       = 200    // characters
	MaxDescription = 50_000 // characters
	MaxEstimate    = 1000 * 8 * 60
	MaxRequires    = 200 // prerequisites of one task
	MaxItems       = 200 // of one checklist
	MaxLabels      = 50  // of one board
	MaxLabelName   = 40
	MaxComment     = 20_000
	MaxReason      = 500
	MaxApprovers   = 20
	MaxPatterns    = 50 // of one board
	MaxPatternName = 60
	MaxDueIn       = 3650 // days
	maxNumber      = 1_000_000_000
	maxFindings    = 1000
)

// Plan is a board to be made.
type Plan struct {
	Name     string
	Key      string // empty: made from the name
	Columns  []Column
	Tasks    []Task // those of a column in their order
	Links    []Link
	Repeated map[int]int // of which task each was made that came again, both by place
	Labels   []Label
	Customs  []Custom  // fields that its tasks hold something in
	Patterns []Pattern // templates of a task
	People   []Person  // whom the tasks name
	Found    []Finding // what was not understood, or is taken otherwise than it was
	More     int       // findings beyond those listed

	order []int // of the tasks in their columns, once settled
}

// Column is a lane to be made.
type Column struct {
	Name     string
	State    flow.State
	WIPLimit int
	WIPHard  bool
	Added    bool // not in the file: a board cannot do without its state
}

// Task is a card to be made.
type Task struct {
	Row    int    // where it is in the file: a line of CSV, else its place from 1
	Key    string // what the file calls it
	Number int64  // 0: the next one

	Title, Description string
	Column             int // place in Plan.Columns; -1: in none
	State              flow.State
	Owners             []int  // places in Plan.People
	Due                string // YYYY-MM-DD
	Estimate           int    // minutes
	Priority           int    // 0 none to 4 urgent
	Labels             []int  // places in Plan.Labels
	Items              []Item
	Values             []Value
	Approval           *Approval // asked for; nil: none
	Comments           []Comment

	Join           flow.Join
	NotBefore      time.Time
	NeedsFile      bool
	Overridden     bool
	OverrideReason string
	AtRisk         bool
	Blocked        bool
	BlockedReason  string
	ReviewAt       time.Time
	DoneAt         time.Time
	ArchivedAt     time.Time

	Repeats   string // as models/recur writes it; empty: it does not
	RepeatsOn string // YYYY-MM-DD

	repeatOf string // key of the task that it was made of
}

// Label is a label of the board; an empty colour or icon is for the board to choose.
type Label struct{ Name, Colour, Icon string }

// Item is one thing to tick off.
type Item struct {
	Text     string
	Owner    int // place in Plan.People; -1: nobody
	Due      string
	Required bool
	TickedAt time.Time // zero: it is not ticked
	TickedBy int       // place in Plan.People; -1: not known
	Became   int       // place in Plan.Tasks of the task that it was turned into; -1: none

	became string // its key
}

// Approval is whom a task asks for approval.
type Approval struct {
	Of   []int // places in Plan.People
	Role string
	All  bool
	Note string
}

// Comment is what somebody said of a task.
type Comment struct {
	Author   string // what they are called in the file
	By       int    // place in Plan.People; -1: not known
	Body     string
	At       time.Time
	EditedAt time.Time
}

// Link makes one task of the plan wait for another; both by place.
type Link struct {
	Prerequisite, Dependent int
	Lag                     flow.Lag
	OnCancel                flow.OnCancel
	SatisfiedAt             flow.State
}

// Person is somebody whom the file names.
type Person struct {
	Ref   string // by which the mapping knows them
	Name  string
	Email string
	User  string // who that is in the team; empty: nobody
}

// Finding is one thing that will not be as it was in the file.
type Finding struct {
	Row   int // 0: the file as a whole
	About string
	Fault *fault.Fault
}

// Local is what a file is read by beside itself.
type Local struct {
	Zone     *time.Location           // in which moments become days
	Estimate func(string) (int, bool) // reads "1h 30m" as minutes
	Columns  map[flow.State]string    // names of columns that must be added
	Headings Headings                 // over what is kept in a description
	Team     []Person                 // Ref is empty, User is set
	Free     func(key string) bool    // nil: every key is free
}

// Headings stand over what a description keeps because we have no place for it.
type Headings struct{ Files string }

// find adds a finding.
func (p *Plan) find(row int, about string, f *fault.Fault) {
	if len(p.Found) >= maxFindings {
		p.More++
		return
	}
	p.Found = append(p.Found, Finding{Row: row, About: about, Fault: f})
}

// Package attention says what in a log deserves a manager's look. Each rule can be
// said in a sentence, and is computed from the entries alone: whoever has them, finds
// the same. A finding accuses nobody: most have a good reason. It does no I/O.
package attention

import "time"

// Rule is a reason to look.
type Rule string

// The rules. What Least means is told of each.
const (
	Overrides    Rule = "overrides"     // somebody let tasks go ahead of their prerequisites, Least times within a month
	Reopened     Rule = "reopened"      // a finished task was opened again, Least times
	SelfApproval Rule = "self_approval" // somebody tried to approve their own work, Least times within a month
	SamePair     Rule = "same_pair"     // somebody approved work of the same person, Least times within a month
	QuickDone    Rule = "quick_done"    // a task was finished at most Least seconds after it was started
	LateEdits    Rule = "late_edits"    // a task was changed Least minutes or more after it was finished
	BulkDeletes  Rule = "bulk_deletes"  // somebody deleted Least things with pauses of ten minutes at most
	OddHours     Rule = "odd_hours"     // somebody did Least things on one day outside the team's working time
)

// Rules lists every rule in the order in which they are shown.
var Rules = []Rule{Overrides, Reopened, SelfApproval, SamePair, QuickDone, LateEdits, BulkDeletes, OddHours}

const (
	month = 30 * 24 * time.Hour
	pause = 10 * time.Minute
)

// Setting is how a team has set a rule.
type Setting struct {
	On     bool
	Least  int // what it takes
	Opens  int // of OddHours: the hour at which the day's work may begin, 0 to 23
	Closes int // and the one at which it ends, 1 to 24
}

// Settings are those of every rule.
type Settings map[Rule]Setting

// Usual is how the rules are set until a team says otherwise.
func Usual() Settings {
	s := Settings{}
	for rule, least := range map[Rule]int{Overrides: 1, Reopened: 1, SelfApproval: 1, SamePair: 5, QuickDone: 30, LateEdits: 15, BulkDeletes: 10, OddHours: 5} {
		s[rule] = Setting{On: true, Least: least, Opens: 6, Closes: 22}
	}
	return s
}

// Most is the most that a setting can ask for.
func (r Rule) Most() int {
	switch r {
	case QuickDone:
		return 24 * 60 * 60
	case LateEdits:
		return 365 * 24 * 60
	}
	return 1000
}

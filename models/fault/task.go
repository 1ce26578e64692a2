package fault

const (
	StillWaits     Code = "still-waits"       // Refs: what it waits for; args: time of release or zero
	NothingToWait  Code = "nothing-to-wait"   // a task with nothing open cannot be put in a waiting column
	IsBlocked      Code = "is-blocked"        // args: the reason given
	IsArchived     Code = "is-archived"       // an archived task must be brought back first
	IsCancelled    Code = "is-cancelled"      // a cancelled task must be reopened first
	NotWaiting     Code = "not-waiting"       // an override of a task that does not wait
	ReasonNeeded   Code = "reason-needed"     // an override or a block without its reason
	NotOpen        Code = "not-open"          // done or cancelled already
	NotClosed      Code = "not-closed"        // reopening what is open
	NotInTeam      Code = "not-in-team"       // an owner who is no member; args: name
	TooManyAtOnce  Code = "too-many-at-once"  // args: most
	IncompleteTask Code = "incomplete"        // Also: each thing that is missing
	NotAnEstimate  Code = "not-an-estimate"   // a text that is no estimate, or one above flow.MaxEstimate
	NotAMoment     Code = "not-a-moment"      // a text that is no date with a time of day
	DateOutOfRange Code = "date-out-of-range" // args: first, last day
)

var taskCodes = []Code{StillWaits, NothingToWait, IsBlocked, IsArchived, IsCancelled, NotWaiting, ReasonNeeded, NotOpen, NotClosed, NotInTeam, TooManyAtOnce, IncompleteTask, NotAnEstimate, NotAMoment, DateOutOfRange}

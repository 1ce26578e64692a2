package fault

// Faults of tasks that come again.
const (
	NeverAgain    Code = "never-again"     // the rule ends before it comes even once
	NothingToSkip Code = "nothing-to-skip" // there is no next time that could be left out
)

var repeatCodes = []Code{NeverAgain, NothingToSkip}

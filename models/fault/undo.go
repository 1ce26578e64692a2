package fault

const (
	NotUndoable Code = "not-undoable" // a change of a kind that cannot be undone
	NotYours    Code = "not-yours"    // somebody else's change, and no manager asks
	TooLate     Code = "too-late"     // made longer ago than can be undone; args: hours
	MovedOn     Code = "moved-on"     // Changes: what was changed since
)

var undoCodes = []Code{NotUndoable, NotYours, TooLate, MovedOn}

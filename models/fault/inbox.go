package fault

// Of snoozing.
const (
	SnoozePast Code = "snooze-past"
	SnoozeFar  Code = "snooze-far" // days
)

var inboxCodes = []Code{SnoozePast, SnoozeFar}

package fault

// Of runs that start on a schedule.
const (
	NoSuchBlank      Code = "no-such-blank"      // args: what stands between braces in the name of runs, and means nothing
	NotAClock        Code = "not-a-clock"        // a time of day is none
	TooManySchedules Code = "too-many-schedules" // args: the most of a template
)

var scheduleCodes = []Code{NoSuchBlank, NotAClock, TooManySchedules}

package fault

// Codes of reports.
const (
	NotYet        Code = "not-yet"         // a period that has not begun
	PeriodTooLong Code = "period-too-long" // args: the most days
)

var reportCodes = []Code{NotYet, PeriodTooLong}

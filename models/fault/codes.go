package fault

import "slices"

// Codes lists every code, for the test that each has wording in each language.
// Each capability keeps its own list beside its codes.
func Codes() []Code {
	return slices.Concat(generalCodes, accountCodes, teamCodes, boardCodes, taskCodes, dependencyCodes, logCodes, detailCodes, exchangeCodes, undoCodes, bulkCodes, fieldCodes, viewCodes, fileCodes, approvalCodes, playbookCodes, runCodes, reviewCodes, quickCodes, reportCodes, batchCodes, repeatCodes, scheduleCodes, linkCodes, inboxCodes, rehearseCodes)
}

const (
	NotFound   Code = "not-found"
	NotAllowed Code = "not-allowed"
	SignIn     Code = "sign-in"      // the request needs somebody signed in
	BadRequest Code = "bad-request"  // the request cannot be read
	TooBig     Code = "too-big"      // the request's body is over the limit
	Changed    Code = "changed"      // stale write: Changes says what changed
	Needed     Code = "needed"       // a required field is empty
	TooLong    Code = "too-long"     // args: the most characters allowed
	NotANumber Code = "not-a-number" // a number field holds something else
	OutOfRange Code = "out-of-range" // args: least, most
	NotADate   Code = "not-a-date"
	NotAChoice Code = "not-a-choice" // a value that is none of those offered
)

var generalCodes = []Code{NotFound, NotAllowed, SignIn, BadRequest, TooBig, Changed, Needed, TooLong, NotANumber, OutOfRange, NotADate, NotAChoice}

package fault

// Of links by which somebody without an account does a step.
const (
	LinkVoid         Code = "link-void"           // unknown, expired, revoked, used, or its step is nobody's turn any more: not told apart
	LinkNotNow       Code = "link-not-now"        // what is asked for is not possible now; why is nobody's business outside of the team
	LinkChanged      Code = "link-changed"        // the step has been changed since the page was shown
	LinkCannot       Code = "link-cannot"         // the step needs what no outsider can give
	TooManyStepLinks Code = "too-many-step-links" // args: most open ones of a step
	TooManyRunLinks  Code = "too-many-run-links"  // args: most open ones of a run
)

var linkCodes = []Code{LinkVoid, LinkNotNow, LinkChanged, LinkCannot, TooManyStepLinks, TooManyRunLinks}

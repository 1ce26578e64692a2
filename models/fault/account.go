package fault

const (
	OtherOrigin Code = "other-origin" // a change asked for by another site's page
)

var accountCodes = []Code{OtherOrigin}

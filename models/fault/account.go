package fault

const (
	OtherOrigin      Code = "other-origin"      // a change asked for by another site's page
	WrongCredentials Code = "wrong-credentials" // no such address, or not its password: never say which
	WrongPassword    Code = "wrong-password"    // one's own current password, asked again
	TooManyTries     Code = "too-many-tries"    // args: minutes to wait
	SignUpIsClosed   Code = "sign-up-is-closed"
	NotAnEmail       Code = "not-an-email"
	PasswordShort    Code = "password-short"  // args: the least number of characters
	PasswordCommon   Code = "password-common" // among those that are tried first
)

var accountCodes = []Code{OtherOrigin, WrongCredentials, WrongPassword, TooManyTries, SignUpIsClosed, NotAnEmail, PasswordShort, PasswordCommon}

package fault

const (
	NoSuchTask      Code = "no-such-task"      // args: the key that was typed
	NotAWord        Code = "not-a-word"        // what is looked for has neither letter nor digit
	NotATime        Code = "not-a-time"        // a time field holds something else
	EndsBeforeStart Code = "ends-before-start" // a time range that is turned around
	NoHead          Code = "no-head"           // a text that is no signed head of a log
	OtherLog        Code = "other-log"         // a head of another team's log
	LogBroken       Code = "log-broken"        // entries are not there, so nothing can be signed
	TooManyEntries  Code = "too-many-entries"  // more entries than fit: args: the most
	NoNotary        Code = "no-notary"         // this server has no key to sign with

	NoAccount         Code = "no-account"         // nobody has this address
	NotConfirmed      Code = "not-confirmed"      // what was typed to confirm is something else
	OnlyAdministrator Code = "only-administrator" // who would leave the server without one
)

var logCodes = []Code{NoSuchTask, NotAWord, NotATime, EndsBeforeStart, NoHead, OtherLog, NoNotary, LogBroken, TooManyEntries, NoAccount, NotConfirmed, OnlyAdministrator}

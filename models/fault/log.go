package fault

const (
	NoSuchTask      Code = "no-such-task"      // args: the key that was typed
	NotATime        Code = "not-a-time"        // a time field holds something else
	EndsBeforeStart Code = "ends-before-start" // a time range that is turned around
)

var logCodes = []Code{NoSuchTask, NotATime, EndsBeforeStart}

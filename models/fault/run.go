package fault

// Of templates that teams keep, and of their runs.
const (
	TemplateBroken   Code = "template-broken"   // args: how many errors; it cannot be published with them
	TemplateArchived Code = "template-archived" // nothing is started of it
	NotPublished     Code = "not-published"     // it has no version yet of which something can be started
	NothingNew       Code = "nothing-new"       // the draft is what has been published
	OtherVersion     Code = "other-version"     // args: the version that is the newest now
	RunOver          Code = "run-over"          // it has been cancelled
	RunPaused        Code = "run-is-paused"
	RunGoes          Code = "run-goes"   // it is not paused
	NoStep           Code = "no-step"    // the task is no step of a run
	StepStays        Code = "step-stays" // of a move into another run's lane
	StepFieldEmpty   Code = "step-field-empty"
	NotAHoliday      Code = "not-a-holiday" // args: what it says
	StepOver         Code = "step-over"     // args: none; what is done or skipped is not dropped
)

var runCodes = []Code{TemplateBroken, TemplateArchived, NotPublished, NothingNew, OtherVersion, RunOver, RunPaused, RunGoes, NoStep, StepStays, StepFieldEmpty, NotAHoliday, StepOver}

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
	NotAHoliday      Code = "not-a-holiday"    // args: what it says
	StepOver         Code = "step-over"        // args: none; what is done or skipped is not dropped
	ChooseRuns       Code = "choose-runs"      // none was chosen to be moved
	MovedAlready     Code = "moved-already"    // the run is on the newest version
	RunChanged       Code = "run-changed"      // it has gone on, and moving it does something else by now
	BoardClosed      Code = "board-closed"     // args: the board, which is archived and takes no new tasks
	StepTaken        Code = "step-taken"       // the run has another task for that step by now
	NothingToSave    Code = "nothing-to-save"  // there is no task to make a step of
	TooManyToSave    Code = "too-many-to-save" // args: the most steps of a template, how many tasks there are
)

var runCodes = []Code{TemplateBroken, TemplateArchived, NotPublished, NothingNew, OtherVersion, RunOver, RunPaused, RunGoes, NoStep, StepStays, StepFieldEmpty, NotAHoliday, StepOver, ChooseRuns, MovedAlready, RunChanged, BoardClosed, StepTaken, NothingToSave, TooManyToSave}

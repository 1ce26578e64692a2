package fault

const (
	ItemOpen     Code = "item-open"     // a required item of the checklist is not ticked; args: its text
	PatternTaken Code = "pattern-taken" // the board has a task template of that name; args: name
	LabelTaken   Code = "label-taken"   // the board has a label of that name; args: name
	ItemIsTask   Code = "item-is-task"  // it is ticked by finishing the task it was turned into; Refs: that
)

var detailCodes = []Code{ItemOpen, ItemIsTask, LabelTaken, PatternTaken}

package say

// Task is the wording of ...
type Task struct {
	Ticked, Unticked string
}

var taskEnglish = Task{Ticked: "x", Unticked: "y"}

var taskSpanish = Task{Ticked: "x", Unticked: "y"}

var taskFaultsEnglish = faults{}

var taskFaultsSpanish = faults{}

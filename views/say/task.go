package say

// Task is the wording of ...
type Task struct {
}

var taskEnglish = Task{}

var taskSpanish = Task{}

var taskFaultsEnglish = faults{}

var taskFaultsSpanish = faults{}

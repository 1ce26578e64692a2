package fault

const (
	Cycle        Code = "cycle"         // Refs: the path, first task again at the end
	OtherTeam    Code = "other-team"    // a dependency on a task of another team
	AlreadyNeeds Code = "already-needs" // the dependency is there
	NeedsItself  Code = "needs-itself"
)

var dependencyCodes = []Code{Cycle, OtherTeam, AlreadyNeeds, NeedsItself}

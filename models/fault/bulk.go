package fault

const (
	NothingChosen Code = "nothing-chosen"  // no task is
	TooManyChosen Code = "too-many-chosen" // args: most
	SomeRefused   Code = "some-refused"    // Also: a fault for each Task that cannot be changed so; args: how many, of how many
	NoMoreThere   Code = "no-more-there"   // a task that has left the board meanwhile
)

var bulkCodes = []Code{NothingChosen, TooManyChosen, SomeRefused, NoMoreThere}

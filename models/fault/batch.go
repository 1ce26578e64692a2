package fault

// Of a table of which each row is a run.
const (
	TableTooBig     Code = "table-too-big"    // args: kilobytes allowed
	TableEmpty      Code = "table-empty"      // no row below the head
	TableUnreadable Code = "table-unreadable" // no CSV
	TooManyRows     Code = "too-many-rows"    // args: most
	TableTooWide    Code = "table-too-wide"   // args: most
	TooManyTasks    Code = "too-many-tasks"   // args: how many its runs would make, most
	RowUnreadable   Code = "row-unreadable"   // its quotes do not match
	ColumnTwice     Code = "column-twice"     // two columns are said to be the same; args: heading of the other
	NoColumnKnown   Code = "no-column-known"  // no column is said to be anything
	ColumnMissing   Code = "column-missing"   // args: what has to be answered and is in no column
	NobodyOfName    Code = "nobody-of-name"   // args: what the cell says
	TwoOfThatName   Code = "two-of-that-name" // args: what the cell says
	RowsWrong       Code = "rows-wrong"       // args: how many rows have something wrong in them
	BatchStarted    Code = "batch-started"    // it has been started already
)

var batchCodes = []Code{TableTooBig, TableEmpty, TableUnreadable, TooManyRows, TableTooWide, TooManyTasks, RowUnreadable, ColumnTwice, NoColumnKnown, ColumnMissing, NobodyOfName, TwoOfThatName, RowsWrong, BatchStarted}

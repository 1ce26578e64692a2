package fault

const (
	LastOfState     Code = "last-of-state"     // the board needs a column of this state; args: state
	ColumnNotEmpty  Code = "column-not-empty"  // say where its cards go
	ColumnFull      Code = "column-full"       // hard WIP limit; args: column name, limit
	BoardKeyTaken   Code = "board-key-taken"   // args: key
	BoardKeyInvalid Code = "board-key-invalid" // 2 to 6 letters or digits, a letter first
	NotASample      Code = "not-a-sample"      // only sample boards are thrown away
	BoardInUse      Code = "board-in-use"      // something else still needs the board
	TooManyColumns  Code = "too-many-columns"  // args: most
)

var boardCodes = []Code{LastOfState, ColumnNotEmpty, ColumnFull, BoardKeyTaken, BoardKeyInvalid, NotASample, BoardInUse, TooManyColumns}

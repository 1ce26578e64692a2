package say

// Swim is the wording of boards that are parted into swimlanes.
type Swim struct {
	Title, None string
	By          func(what string) string
	Cell        func(column, lane string) string // a column's part in a lane
}

var swimEnglish = Swim{
	Title: "Swimlanes", None: "No swimlanes",
	By:   func(what string) string { return "Swimlanes: " + what },
	Cell: func(column, lane string) string { return column + ", " + lane },
}

var swimSpanish = Swim{
	Title: "Carriles", None: "Sin carriles",
	By:   func(what string) string { return "Carriles: " + what },
	Cell: func(column, lane string) string { return column + ", " + lane },
}

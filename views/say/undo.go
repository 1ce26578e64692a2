package say

// Undo is the wording of the bin and of undoing.
type Undo struct {
	Bin, BinLead   string
	BinEmpty       string
	BinEmptyHint   string
	DeletedBy      func(who, when string) string
	Until          func(day string) string
	BringBack      string
	BringBackNamed func(key string) string
	Older          string
}

var undoEnglish = Undo{
	Bin: "Bin", BinLead: "Deleted tasks stay here for 30 days. A task that is brought back returns to its column, with its links to tasks that are still there.",
	BinEmpty: "Nothing in the bin", BinEmptyHint: "A task that somebody deletes is kept here for 30 days.",
	DeletedBy: func(who, when string) string { return "Deleted by " + who + ", " + when },
	Until:     func(day string) string { return "kept until " + day },
	BringBack: "Bring back", BringBackNamed: func(key string) string { return "Bring " + key + " back" },
	Older: "Older ones",
}

var undoSpanish = Undo{
	Bin: "Papelera", BinLead: "Las tareas borradas se guardan aquí 30 días. Al recuperarla, una tarea vuelve a su columna, con sus enlaces a las tareas que aún existan.",
	BinEmpty: "No hay nada en la papelera", BinEmptyHint: "Cuando alguien borra una tarea, se guarda aquí durante 30 días.",
	DeletedBy: func(who, when string) string { return "Borrada por " + who + ", " + when },
	Until:     func(day string) string { return "se guarda hasta el " + day },
	BringBack: "Recuperar", BringBackNamed: func(key string) string { return "Recuperar " + key },
	Older: "Anteriores",
}

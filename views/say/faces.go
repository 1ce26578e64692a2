package say

// Faces is the wording of the ways to look at a board's tasks.
type Faces struct {
	Title string
	Names map[string]string // by the end of their address
}

var facesEnglish = Faces{
	Title: "Ways to look at the tasks",
	Names: map[string]string{"board": "Board", "table": "Table", "calendar": "Calendar", "timeline": "Timeline", "diagram": "Diagram"},
}

var facesSpanish = Faces{
	Title: "Maneras de ver las tareas",
	Names: map[string]string{"board": "Tablero", "table": "Tabla", "calendar": "Calendario", "timeline": "Cronograma", "diagram": "Diagrama"},
}

package say

import "fmt"

// Table is the wording of a board's table, and of arranging tasks.
type Table struct {
	Title     func(board string) string
	Columns   map[string]string // by models.TableColumns
	Empty     string            // a board without tasks
	EmptyHint string
	None      string // read aloud for an empty cell
	WaitsFor  func(n int) string
	Late      string // read aloud beside a date that has passed
	Below     func(group string) string
	Start     string // back to the first rows

	Sum      func(tasks int) string
	DoneOf   func(done, all, percent int) string
	AllTasks string

	Arrange, Apply, Usual  string
	SortBy, ThenBy         string
	AsRanked               string
	Up, Down               func(name string) string
	Sorts                  map[string]string // other than by a column
	GroupBy, NoGroup       string
	Groups                 map[string]string // by models.Groupings
	ShowColumns            string
	MoveUp, MoveDown       func(name string) string
	SortNow                func(name, then string) string // what a column's heading does
	Ascending, Descending  string
	Unsorted               string
	Nobody, NoLabel, NoRun string
	Former                 string            // somebody without a name
	DueGroups              map[string]string // by models.DueGroups
	Fold                   func(group string) string

	Edit        func(field, task string) string
	Save        string
	SaveMine    string
	Discarded   string
	SavedOf     func(field, task string) string
	Choices     string
	HowTo       string // keys, for who comes to the table
	EstimateFor string

	Order      string // of a board
	Orders     map[string]string
	NotByHand  string // a card was put elsewhere in a column that is sorted
	OrderTitle func(name string) string
}

var tableEnglish = Table{
	Title: func(board string) string { return "Tasks of " + board },
	Columns: map[string]string{"key": "Key", "title": "Title", "state": "State", "owners": "Owners", "priority": "Priority", "due": "Due", "estimate": "Estimate",
		"labels": "Labels", "checklist": "Checklist", "waits": "Waits for", "created": "Created", "changed": "Changed"},
	Empty: "No tasks yet", EmptyHint: "Tasks that are added on the board show here as rows.",
	None:     "empty",
	WaitsFor: func(n int) string { return "waits for " + count(n, "task", "tasks") },
	Late:     "overdue",
	Below:    func(group string) string { return "Further rows: " + group }, Start: "To the first rows",
	Sum:      func(n int) string { return count(n, "task", "tasks") },
	DoneOf:   func(done, all, percent int) string { return fmt.Sprintf("%d of %d done (%d %%)", done, all, percent) },
	AllTasks: "All",
	Arrange:  "Arrange", Apply: "Apply", Usual: "As usual",
	SortBy: "Sort by", ThenBy: "Then by", AsRanked: "As on the board",
	Up:    func(name string) string { return name + " ↑" },
	Down:  func(name string) string { return name + " ↓" },
	Sorts: map[string]string{"age": "Time in its state"},

	GroupBy: "Group by", NoGroup: "Nothing",
	Groups:      map[string]string{"state": "State", "owner": "Owner", "label": "Label", "priority": "Priority", "due": "Due date", "run": "Run"},
	ShowColumns: "Columns",
	MoveUp:      func(name string) string { return "Move " + name + " to the left" },
	MoveDown:    func(name string) string { return "Move " + name + " to the right" },
	SortNow:     func(name, then string) string { return name + ": " + then },
	Ascending:   "sort ascending", Descending: "sort descending", Unsorted: "stop sorting by it",
	Nobody: "Nobody", NoLabel: "No label", NoRun: "No run", Former: "Somebody who has left",
	DueGroups: map[string]string{"overdue": "Overdue", "today": "Today", "week": "In the next 7 days", "later": "Later", "closed": "Finished", "none": "No date"},
	Fold:      func(group string) string { return "Rows of " + group },

	Edit: func(field, task string) string { return field + " of " + task },
	Save: "Save", SaveMine: "Save mine", Discarded: "Left as it was.",
	SavedOf:     func(field, task string) string { return field + " of " + task + " saved." },
	Choices:     "Choose",
	HowTo:       "Arrow keys go from cell to cell, Enter edits one, Escape leaves it as it was.",
	EstimateFor: "Such as 3h, 1h 30m, 2d",

	Order:      "Order",
	Orders:     map[string]string{"": "By hand", "priority": "Priority", "due": "Due date", "title": "Title", "changed": "Last changed", "age": "Longest in its state"},
	NotByHand:  "This board is sorted, so a place within a column cannot be chosen by hand. Moving to another column works.",
	OrderTitle: func(name string) string { return "Order: " + name },
}

var tableSpanish = Table{
	Title: func(board string) string { return "Tareas de " + board },
	Columns: map[string]string{"key": "Clave", "title": "Título", "state": "Estado", "owners": "Responsables", "priority": "Prioridad", "due": "Vence", "estimate": "Estimación",
		"labels": "Etiquetas", "checklist": "Lista", "waits": "Espera a", "created": "Creada", "changed": "Cambiada"},
	Empty: "Aún no hay tareas", EmptyHint: "Las tareas que se añaden en el tablero aparecen aquí como filas.",
	None:     "vacío",
	WaitsFor: func(n int) string { return "espera a " + count(n, "tarea", "tareas") },
	Late:     "vencida",
	Below:    func(group string) string { return "Más filas: " + group }, Start: "A las primeras filas",
	Sum:      func(n int) string { return count(n, "tarea", "tareas") },
	DoneOf:   func(done, all, percent int) string { return fmt.Sprintf("%d de %d hechas (%d %%)", done, all, percent) },
	AllTasks: "Todas",
	Arrange:  "Organizar", Apply: "Aplicar", Usual: "Como de costumbre",
	SortBy: "Ordenar por", ThenBy: "Después por", AsRanked: "Como en el tablero",
	Up:    func(name string) string { return name + " ↑" },
	Down:  func(name string) string { return name + " ↓" },
	Sorts: map[string]string{"age": "Tiempo en su estado"},

	GroupBy: "Agrupar por", NoGroup: "Nada",
	Groups:      map[string]string{"state": "Estado", "owner": "Responsable", "label": "Etiqueta", "priority": "Prioridad", "due": "Vencimiento", "run": "Ejecución"},
	ShowColumns: "Columnas",
	MoveUp:      func(name string) string { return "Mover " + name + " a la izquierda" },
	MoveDown:    func(name string) string { return "Mover " + name + " a la derecha" },
	SortNow:     func(name, then string) string { return name + ": " + then },
	Ascending:   "orden ascendente", Descending: "orden descendente", Unsorted: "no ordenar por esto",
	Nobody: "Nadie", NoLabel: "Sin etiqueta", NoRun: "Sin ejecución", Former: "Alguien que ya no está",
	DueGroups: map[string]string{"overdue": "Vencidas", "today": "Hoy", "week": "En los próximos 7 días", "later": "Más adelante", "closed": "Terminadas", "none": "Sin fecha"},
	Fold:      func(group string) string { return "Filas de " + group },

	Edit: func(field, task string) string { return field + " de " + task },
	Save: "Guardar", SaveMine: "Guardar lo mío", Discarded: "Se ha dejado como estaba.",
	SavedOf:     func(field, task string) string { return field + " de " + task + ": guardado." },
	Choices:     "Elegir",
	HowTo:       "Las flechas van de celda en celda, Intro edita una y Escape la deja como estaba.",
	EstimateFor: "Por ejemplo 3h, 1h 30m, 2d",

	Order:      "Orden",
	Orders:     map[string]string{"": "A mano", "priority": "Prioridad", "due": "Vencimiento", "title": "Título", "changed": "Último cambio", "age": "Más tiempo en su estado"},
	NotByHand:  "Este tablero está ordenado, así que no se puede elegir a mano un lugar dentro de la columna. Pasar a otra columna sí funciona.",
	OrderTitle: func(name string) string { return "Orden: " + name },
}

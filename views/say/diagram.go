package say

import "fmt"

// Diagram is the wording of a board's diagram.
type Diagram struct {
	Label    string // of the picture, for who hears it
	Outline  string
	Hint     string
	Around   func(task string) string
	Whole    string
	OnlyThis string // what leads to a task and what follows it

	None, NoneHint, NoneHere string
	Loose, Closed            func(n int) string
	TooMany                  func(shown, all int) string

	First       string // it waits for nothing
	After       func(tasks string) string
	AfterAny    func(tasks string) string
	Critical    string
	CriticalKey string
	Any         string // on the picture: one of what leads here is enough
	OnBoard     func(board string) string
	AtReview    string
	Nothing     string // a line that holds nobody up
	HoldsUp     string

	ZoomIn, ZoomOut, Fit, Tools  string
	Key                          string // what the lines and marks mean
	Find, FindBack, FindNext     string
	FoundNone, FoundOf, FoundAll string // for scripts: {n}, {all}

	ConnectHint, Connecting                  string // for scripts: {task}
	Connected, Circle, Already, Disconnected string // likewise: {from}, {to}
	Cut                                      string // likewise
	KeyGo, KeyFocus, KeyConnect, KeyZoom     string
	Keys                                     string
}

var diagramEnglish = Diagram{
	Label:   "Diagram of who waits for whom",
	Outline: "In order",
	Hint:    "Every task stands to the right of what it waits for.",
	Around:  func(task string) string { return "What leads to " + task + " and what follows it" },
	Whole:   "Show all", OnlyThis: "Only this",

	None: "Nothing waits for anything yet", NoneHint: "Open a task and say what it waits for, or draw a line from card to card on the board. The order of work then shows here.",
	NoneHere: "No task that passes the filter waits for another.",
	Loose: func(n int) string {
		return count(n, "open task waits for none and holds none up", "open tasks wait for none and hold none up")
	},
	Closed: func(n int) string {
		return count(n, "task of finished work is not shown", "tasks of finished work are not shown")
	},
	TooMany: func(shown, all int) string {
		return fmt.Sprintf("The first %d of %d tasks are shown. Filter, or look at one task, to see the others.", shown, all)
	},

	First: "Waits for nothing", After: func(tasks string) string { return "After " + tasks }, AfterAny: func(tasks string) string { return "After any one of " + tasks },
	Critical: "Critical path", CriticalKey: "Critical path: a delay here delays the end",
	Any: "any one", OnBoard: func(board string) string { return "on " + board },
	AtReview: "from review on", Nothing: "Holds nobody up any more", HoldsUp: "Must be finished first",

	ZoomIn: "Zoom in", ZoomOut: "Zoom out", Fit: "Fit", Tools: "The picture",
	Key:  "Lines",
	Find: "Find in the diagram", FindBack: "The one before", FindNext: "The next one", FoundNone: "Nothing found", FoundOf: "{n} of {all}", FoundAll: "{all} found",

	ConnectHint: "Choose with the arrow keys what must wait for {task}; Enter connects, Escape ends.",
	Connecting:  "{from} → {to}", Connected: "{to} waits for {from}.", Circle: "{to} comes before {from}: it would close a circle.",
	Already: "{to} waits for {from} already.", Disconnected: "{to} no longer waits for {from}.", Cut: "Take away: {to} waits for {from}",
	KeyGo: "Go to the next task that way", KeyFocus: "Only what leads to the task and follows it", KeyConnect: "Connect the task to another", KeyZoom: "Zoom in, out, fit",
	Keys: "In the diagram",
}

var diagramSpanish = Diagram{
	Label:   "Diagrama de quién espera a quién",
	Outline: "En orden",
	Hint:    "Cada tarea está a la derecha de lo que espera.",
	Around:  func(task string) string { return "Lo que lleva a " + task + " y lo que sigue" },
	Whole:   "Mostrar todo", OnlyThis: "Solo esta",

	None: "Nada espera a nada todavía", NoneHint: "Abre una tarea y di qué espera, o traza una línea de tarjeta a tarjeta en el tablero. Aquí se verá entonces el orden del trabajo.",
	NoneHere: "Ninguna tarea que pase el filtro espera a otra.",
	Loose: func(n int) string {
		return count(n, "tarea abierta no espera a ninguna ni retiene a ninguna", "tareas abiertas no esperan a ninguna ni retienen a ninguna")
	},
	Closed: func(n int) string {
		return count(n, "tarea de trabajo terminado no se muestra", "tareas de trabajo terminado no se muestran")
	},
	TooMany: func(shown, all int) string {
		return fmt.Sprintf("Se muestran las primeras %d de %d tareas. Filtra, o mira una sola tarea, para ver las demás.", shown, all)
	},

	First: "No espera a nada", After: func(tasks string) string { return "Después de " + tasks }, AfterAny: func(tasks string) string { return "Después de una cualquiera de " + tasks },
	Critical: "Camino crítico", CriticalKey: "Camino crítico: un retraso aquí retrasa el final",
	Any: "una basta", OnBoard: func(board string) string { return "en " + board },
	AtReview: "desde la revisión", Nothing: "Ya no retiene a nadie", HoldsUp: "Tiene que terminar antes",

	ZoomIn: "Acercar", ZoomOut: "Alejar", Fit: "Ajustar", Tools: "La imagen",
	Key:  "Líneas",
	Find: "Buscar en el diagrama", FindBack: "El anterior", FindNext: "El siguiente", FoundNone: "No se encuentra nada", FoundOf: "{n} de {all}", FoundAll: "Encontrados: {all}",

	ConnectHint: "Elige con las flechas lo que debe esperar a {task}; Intro conecta, Escape termina.",
	Connecting:  "{from} → {to}", Connected: "{to} espera a {from}.", Circle: "{to} va antes que {from}: se cerraría un círculo.",
	Already: "{to} ya espera a {from}.", Disconnected: "{to} ya no espera a {from}.", Cut: "Quitar: {to} espera a {from}",
	KeyGo: "Ir a la siguiente tarea en esa dirección", KeyFocus: "Solo lo que lleva a la tarea y lo que sigue", KeyConnect: "Conectar la tarea con otra", KeyZoom: "Acercar, alejar, ajustar",
	Keys: "En el diagrama",
}

package say

import (
	"fmt"
	"time"
)

// Past is the wording of what was at a moment, and of what has changed since one.
type Past struct {
	Title       func(name string) string
	Short       string // in menus
	AsOf        func(when string) string
	Now         string
	Hint        string
	NotYet      string
	FirstChange string
	LastChange  string
	Steps       string // names the ways from moment to moment
	Earlier     string
	Later       string
	Today       string // the board as it is now
	TodayRun    string
	When        string
	WhenHint    string
	Go          string
	Faces       string
	List        string
	Board       string
	Diagram     string
	NoTasks     string
	Unlinked    string
	Left        func(cancelled, archived int) string
	All         func(n int) string
	WaitsFor    string
	HoldsUp     string
	Checklist   string
	Fields      string
	Labels      string
	Owners      string
	Comments    func(n int) string
	TaskToday   string
	Gone        string
	BackTo      func(name string) string
	Ticked      string
	NotTicked   string

	SinceTitle func(name string) string
	SinceShort string
	SinceWhen  func(when string) string
	SinceLook  func(when string) string
	FirstLook  string
	Ways       string
	Monday     string
	Yesterday  string
	LastLook   string
	Nothing    string
	More       func(n int) string
	ByWhom     func(names string) string
	Made       string
	Done       string
	Cancelled  string
	Deleted    string
	Recalled   string
	Archived   string
	Moved      func(from, to string) string
	Edited     func(fields string) string
	Commented  func(n int) string
	Other      func(n int) string
	OfBoard    string
	OfRun      string
	SinceThen  string
	History    string
	ThenIt     string
}

var pastEnglish = Past{
	Title: func(name string) string { return name + " as it was" }, Short: "As it was…",
	AsOf: func(when string) string { return "As it was " + when }, Now: "As it is now",
	Hint:   "Rebuilt from the log. Nothing here can be changed.",
	NotYet: "It was not there yet.", FirstChange: "To its first change", LastChange: "The last change before that",
	Steps: "From moment to moment", Earlier: "Earlier change", Later: "Later change", Today: "The board today", TodayRun: "The run today",
	When: "Date and time", WhenHint: "In your time zone. All that happened in that minute counts.", Go: "Show",
	Faces: "Ways to look at it", List: "List", Board: "Board", Diagram: "Diagram",
	NoTasks: "There were no tasks then.", Unlinked: "No task waited for another then.",
	Left: func(cancelled, archived int) string {
		return "Besides: " + count(cancelled, "task cancelled", "tasks cancelled") + ", " + count(archived, "archived", "archived")
	},
	All:      func(n int) string { return fmt.Sprintf("Show all %d", n) },
	WaitsFor: "Waited for", HoldsUp: "Held up", Checklist: "Checklist", Fields: "Fields", Labels: "Labels", Owners: "Owners",
	Comments:  func(n int) string { return count(n, "comment", "comments") },
	TaskToday: "The task today", Gone: "It has been deleted since.", BackTo: func(name string) string { return "Back to " + name }, Ticked: "Ticked", NotTicked: "Not ticked",

	SinceTitle: func(name string) string { return "What changed on " + name }, SinceShort: "What changed…",
	SinceWhen: func(when string) string { return "Since " + when },
	SinceLook: func(when string) string { return "Since you last looked, " + when }, FirstLook: "You have not looked at this board before, so this is since Monday.",
	Ways: "Since when", Monday: "Since Monday", Yesterday: "Since yesterday", LastLook: "Since I last looked",
	Nothing: "Nothing has changed since then.",
	More: func(n int) string {
		return fmt.Sprintf("More than that has changed: only the newest %d entries are told here. Choose a later time to see all of them.", n)
	},
	ByWhom: func(names string) string { return "by " + names },
	Made:   "New", Done: "Done", Cancelled: "Cancelled", Deleted: "Deleted", Recalled: "Brought back", Archived: "Archived",
	Moved:     func(from, to string) string { return "Moved from " + from + " to " + to },
	Edited:    func(fields string) string { return "Edited: " + fields },
	Commented: func(n int) string { return count(n, "comment", "comments") },
	Other:     func(n int) string { return count(n, "other change", "other changes") },
	OfBoard:   "The board itself", OfRun: "The run itself", SinceThen: "What changed since…", History: "History", ThenIt: "As it was then",
}

var pastSpanish = Past{
	Title: func(name string) string { return name + " como era" }, Short: "Como era…",
	AsOf: func(when string) string { return "Como era " + when }, Now: "Como es ahora",
	Hint:   "Reconstruido a partir del registro. Aquí no se puede cambiar nada.",
	NotYet: "Aún no existía.", FirstChange: "A su primer cambio", LastChange: "El último cambio antes de eso",
	Steps: "De momento en momento", Earlier: "Cambio anterior", Later: "Cambio siguiente", Today: "El tablero hoy", TodayRun: "La ejecución hoy",
	When: "Fecha y hora", WhenHint: "En tu zona horaria. Cuenta todo lo que pasó en ese minuto.", Go: "Mostrar",
	Faces: "Maneras de verlo", List: "Lista", Board: "Tablero", Diagram: "Diagrama",
	NoTasks: "Entonces no había tareas.", Unlinked: "Entonces ninguna tarea esperaba a otra.",
	Left: func(cancelled, archived int) string {
		return "Además: " + count(cancelled, "tarea cancelada", "tareas canceladas") + ", " + count(archived, "archivada", "archivadas")
	},
	All:      func(n int) string { return fmt.Sprintf("Mostrar las %d", n) },
	WaitsFor: "Esperaba a", HoldsUp: "Retenía", Checklist: "Lista de control", Fields: "Campos", Labels: "Etiquetas", Owners: "Responsables",
	Comments:  func(n int) string { return count(n, "comentario", "comentarios") },
	TaskToday: "La tarea hoy", Gone: "Se ha eliminado desde entonces.", BackTo: func(name string) string { return "Volver a " + name }, Ticked: "Marcado", NotTicked: "Sin marcar",

	SinceTitle: func(name string) string { return "Qué cambió en " + name }, SinceShort: "Qué cambió…",
	SinceWhen: func(when string) string { return "Desde " + when },
	SinceLook: func(when string) string { return "Desde que miraste por última vez, " + when }, FirstLook: "Aún no habías mirado este tablero, así que esto es desde el lunes.",
	Ways: "Desde cuándo", Monday: "Desde el lunes", Yesterday: "Desde ayer", LastLook: "Desde que miré por última vez",
	Nothing: "Nada ha cambiado desde entonces.",
	More: func(n int) string {
		return fmt.Sprintf("Ha cambiado más: aquí solo se cuentan las %d entradas más recientes. Elige un momento posterior para verlas todas.", n)
	},
	ByWhom: func(names string) string { return "por " + names },
	Made:   "Nueva", Done: "Hecha", Cancelled: "Cancelada", Deleted: "Eliminada", Recalled: "Recuperada", Archived: "Archivada",
	Moved:     func(from, to string) string { return "Movida de " + from + " a " + to },
	Edited:    func(fields string) string { return "Editada: " + fields },
	Commented: func(n int) string { return count(n, "comentario", "comentarios") },
	Other:     func(n int) string { return count(n, "otro cambio", "otros cambios") },
	OfBoard:   "El tablero en sí", OfRun: "La ejecución en sí", SinceThen: "Qué cambió desde entonces…", History: "Historial", ThenIt: "Como era entonces",
}

// PastMoment words a time of the past with the day by its name where that is near.
func (w *Words) PastMoment(t, now time.Time) string {
	if days := daysBetween(now, t); days == 0 || days == -1 {
		return w.Moment(t, now)
	}
	return w.When.On(w.When.Stamp(t))
}

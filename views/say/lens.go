package say

import (
	"fmt"
	"strings"
)

// Lens is the wording of looking at a part of a board.
type Lens struct {
	Filter, Show, Clear                string
	Owner, Anybody, Me, Nobody, Former string
	State, AnyState                    string
	Priority, AnyPriority              string
	Label, AnyLabel                    string
	Due, AnyDue                        string
	Dues                               map[string]string // by models.FilterDues
	Blocked                            string
	Words, WordsHint                   string
	Of                                 func(some, all string) string // in figures
	Among                              func(n int, all string) string
	Shown                              func(n, all int) string
	NoMatch, NoMatchHint               string
	Ignored                            func(parts []string) string
	Gone                               func(parts []string) string
	Parts                              map[string]string // what a parameter of the address asks for
	Hidden                             string            // a card that has gone because it does not pass
}

var lensEnglish = Lens{
	Filter: "Filter", Show: "Show", Clear: "Clear the filter",
	Owner: "Owner", Anybody: "Anybody", Me: "Me", Nobody: "Nobody", Former: "Somebody who has left",
	State: "State", AnyState: "Any state",
	Priority: "Priority", AnyPriority: "Any priority",
	Label: "Label", AnyLabel: "Any label",
	Due: "Due", AnyDue: "Any time",
	Dues:    map[string]string{"overdue": "Overdue", "today": "Today", "week": "In the next 7 days"},
	Blocked: "Only blocked tasks",
	Words:   "Words", WordsHint: "in the title",
	Of:      func(some, all string) string { return some + " of " + all },
	Among:   func(n int, all string) string { return fmt.Sprintf("%d shown; %s", n, all) },
	Shown:   func(n, all int) string { return fmt.Sprintf("%d of %s", n, count(all, "task", "tasks")) },
	NoMatch: "No task matches", NoMatchHint: "The board has tasks, but none is all that the filter asks for.",
	Ignored: func(parts []string) string {
		return "The address asks for something that is not understood, so it was left out: " + strings.Join(parts, ", ") + "."
	},
	Gone: func(parts []string) string {
		return "What this page asks for is not all there any more, so a part was left out: " + strings.Join(parts, ", ") + "."
	},
	Parts: map[string]string{"owner": "owner", "state": "state", "priority": "priority", "label": "label", "due": "due date", "blocked": "blocked", "q": "words", "sort": "order", "group": "grouping", "columns": "columns", "lanes": "swimlanes", "view": "saved view",
		"month": "month", "week": "week", "day": "day", "page": "page", "tray": "page of tasks without a date", "zoom": "scale", "from": "first day"},
	Hidden: "Saved. The filter hides it now.",
}

var lensSpanish = Lens{
	Filter: "Filtrar", Show: "Mostrar", Clear: "Quitar el filtro",
	Owner: "Responsable", Anybody: "Cualquiera", Me: "Yo", Nobody: "Nadie", Former: "Alguien que ya no está",
	State: "Estado", AnyState: "Cualquier estado",
	Priority: "Prioridad", AnyPriority: "Cualquier prioridad",
	Label: "Etiqueta", AnyLabel: "Cualquier etiqueta",
	Due: "Vence", AnyDue: "Cuando sea",
	Dues:    map[string]string{"overdue": "Vencidas", "today": "Hoy", "week": "En los próximos 7 días"},
	Blocked: "Solo tareas bloqueadas",
	Words:   "Palabras", WordsHint: "en el título",
	Of:      func(some, all string) string { return some + " de " + all },
	Among:   func(n int, all string) string { return fmt.Sprintf("%d a la vista; %s", n, all) },
	Shown:   func(n, all int) string { return fmt.Sprintf("%d de %s", n, count(all, "tarea", "tareas")) },
	NoMatch: "Ninguna tarea coincide", NoMatchHint: "El tablero tiene tareas, pero ninguna cumple todo lo que pide el filtro.",
	Ignored: func(parts []string) string {
		return "La dirección pide algo que no se entiende y se ha dejado fuera: " + strings.Join(parts, ", ") + "."
	},
	Gone: func(parts []string) string {
		return "Algo de lo que pide esta página ya no existe y se ha dejado fuera: " + strings.Join(parts, ", ") + "."
	},
	Parts: map[string]string{"owner": "responsable", "state": "estado", "priority": "prioridad", "label": "etiqueta", "due": "vencimiento", "blocked": "bloqueada", "q": "palabras", "sort": "orden", "group": "agrupación", "columns": "columnas", "lanes": "carriles", "view": "vista guardada",
		"month": "mes", "week": "semana", "day": "día", "page": "página", "tray": "página de tareas sin fecha", "zoom": "escala", "from": "primer día"},
	Hidden: "Guardado. El filtro la oculta ahora.",
}

package say

import (
	"fmt"
	"strings"
	"time"
)

// Timeline is the wording of a board's timeline.
type Timeline struct {
	Label, Zoom, Key    string
	Zooms               map[string]string // by models.Zooms
	Earlier, Later      string            // steps
	Tasks               func(n int) string
	Finish              func(day string) string // when all that is open is done
	None                string
	Before, Beyond      func(n int) string // tasks that are not in sight
	Page                func(n, of int) string
	PageBefore          string
	PageAfter           string
	ShortMonth          func(time.Month) string
	Day                 func(t time.Time, year bool) string // "Mon 3 Mar"
	Work                func(minutes int) string            // of eight hours a day
	Critical, Proposed  string
	Assumed             string
	Slack, Late         func(work string) string
	After               func(keys []string, any bool) string
	CriticalKey         string
	SlackKey            string
	ProposedKey, DueKey string

	Change, Try string
	ChangeOf    func(key string) string
	Planned     func(span string) string
	Takes       func(work string) string
	PushesNone  string
	Pushes      func(n int) string
	EndMoves    func(was, now string) string
	Misses      func(due string) string
	Along       func(n int) string // late tasks that may go along

	Bars, Hint         string
	Bar                func(task, dates string) string
	Stays, Moved, Back string
	KeyMove, KeyLength string

	BaseKey      string // of a run: what its start planned
	Base, Behind func(text string) string
}

var monthsShortSpanish = [13]string{"", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"}

var timelineEnglish = Timeline{
	Label: "Timeline", Zoom: "How closely to look", Key: "Marks",
	Zooms:   map[string]string{"day": "Days", "week": "Weeks", "month": "Months"},
	Earlier: "Earlier", Later: "Later",
	Tasks:  func(n int) string { return count(n, "task", "tasks") },
	Finish: func(day string) string { return "All done on " + day },
	None:   "No task lies in this stretch of time.",
	Before: func(n int) string { return count(n, "task lies before this", "tasks lie before this") + "." },
	Beyond: func(n int) string { return count(n, "task lies after this", "tasks lie after this") + "." },
	Page:   func(n, of int) string { return fmt.Sprintf("Page %d of %d", n, of) }, PageBefore: "Previous page", PageAfter: "Next page",
	ShortMonth: func(m time.Month) string { return m.String()[:3] },
	Day: func(t time.Time, year bool) string {
		if year {
			return t.Format("2 Jan 2006")
		}
		return t.Format("Mon 2 Jan")
	},
	Work:     func(n int) string { return amount(n, "working day", "working days") },
	Critical: "Critical path", Proposed: "No due date: as soon as it can be", Assumed: "No estimate: a day is assumed",
	Slack: func(work string) string { return "Slack: " + work },
	Late:  func(work string) string { return work + " late" },
	After: func(keys []string, any bool) string {
		switch {
		case len(keys) == 0:
			return ""
		case any && len(keys) > 1:
			return "After any one of " + strings.Join(keys, ", ")
		}
		return "After " + strings.Join(keys, ", ")
	},
	CriticalKey: "Critical path: a delay here delays the end", SlackKey: "Slack", ProposedKey: "No due date", DueKey: "Due",

	Change: "Change dates", Try: "Show what it pushes",
	ChangeOf:   func(key string) string { return "Change dates of " + key },
	Planned:    func(span string) string { return "Planned then: " + span },
	Takes:      func(work string) string { return "It then takes " + work + "." },
	PushesNone: "It pushes no other task.",
	Pushes:     func(n int) string { return "It pushes " + count(n, "other task", "other tasks") + ":" },
	EndMoves:   func(was, now string) string { return "All is then done on " + now + " instead of " + was + "." },
	Misses:     func(due string) string { return "misses its due date, " + due },
	Along: func(n int) string {
		return "Also move the due " + map[bool]string{true: "date of the task that would miss it", false: "dates of the " + count(n, "task", "tasks") + " that would miss them"}[n == 1]
	},

	Bars: "Bars", Hint: "Enter takes it, Escape puts it back.",
	Bar:   func(task, dates string) string { return task + ", " + dates + ". Arrow keys move it." },
	Stays: "It stays where it was.", Moved: "Moved.", Back: "Put back.",
	KeyMove: "Timeline: move the bar by a day", KeyLength: "Timeline: make it longer or shorter",

	BaseKey: "As planned at the start", Base: func(span string) string { return "Planned at the start: " + span },
	Behind: func(work string) string { return work + " behind the plan" },
}

var timelineSpanish = Timeline{
	Label: "Cronograma", Zoom: "Escala", Key: "Marcas",
	Zooms:   map[string]string{"day": "Días", "week": "Semanas", "month": "Meses"},
	Earlier: "Antes", Later: "Después",
	Tasks:  func(n int) string { return count(n, "tarea", "tareas") },
	Finish: func(day string) string { return "Todo termina el " + day },
	None:   "No hay tareas en este periodo.",
	Before: func(n int) string { return count(n, "tarea queda antes", "tareas quedan antes") + "." },
	Beyond: func(n int) string { return count(n, "tarea queda después", "tareas quedan después") + "." },
	Page:   func(n, of int) string { return fmt.Sprintf("Página %d de %d", n, of) }, PageBefore: "Página anterior", PageAfter: "Página siguiente",
	ShortMonth: func(m time.Month) string { return monthsShortSpanish[m] },
	Day: func(t time.Time, year bool) string {
		if year {
			return fmt.Sprintf("%d %s %d", t.Day(), monthsShortSpanish[t.Month()], t.Year())
		}
		return fmt.Sprintf("%s %d %s", shortSpanish[t.Weekday()], t.Day(), monthsShortSpanish[t.Month()])
	},
	Work:     func(n int) string { return amount(n, "día laborable", "días laborables") },
	Critical: "Camino crítico", Proposed: "Sin fecha: en cuanto se pueda", Assumed: "Sin estimación: se supone un día",
	Slack: func(work string) string { return "Holgura: " + work },
	Late:  func(work string) string { return work + " de retraso" },
	After: func(keys []string, any bool) string {
		switch {
		case len(keys) == 0:
			return ""
		case any && len(keys) > 1:
			return "Después de una cualquiera de " + strings.Join(keys, ", ")
		}
		return "Después de " + strings.Join(keys, ", ")
	},
	CriticalKey: "Camino crítico: un retraso aquí retrasa el final", SlackKey: "Holgura", ProposedKey: "Sin fecha", DueKey: "Vence",

	Change: "Cambiar fechas", Try: "Mostrar qué desplaza",
	ChangeOf:   func(key string) string { return "Cambiar fechas de " + key },
	Planned:    func(span string) string { return "Plan resultante: " + span },
	Takes:      func(work string) string { return "Dura entonces " + work + "." },
	PushesNone: "No desplaza ninguna otra tarea.",
	Pushes:     func(n int) string { return "Desplaza " + count(n, "otra tarea", "otras tareas") + ":" },
	EndMoves:   func(was, now string) string { return "Todo termina entonces el " + now + " en vez del " + was + "." },
	Misses:     func(due string) string { return "no llega a su fecha, " + due },
	Along: func(n int) string {
		return "Mover también " + map[bool]string{true: "la fecha de la tarea que no llegaría a tiempo", false: "las fechas de las " + count(n, "tarea", "tareas") + " que no llegarían a tiempo"}[n == 1]
	},

	Bars: "Barras", Hint: "Intro la deja ahí, Escape la devuelve a su sitio.",
	Bar:   func(task, dates string) string { return task + ", " + dates + ". Las flechas la mueven." },
	Stays: "Se queda donde estaba.", Moved: "Movida.", Back: "De vuelta en su sitio.",
	KeyMove: "Cronograma: mover la barra un día", KeyLength: "Cronograma: alargarla o acortarla",

	BaseKey: "Según el plan inicial", Base: func(span string) string { return "Plan inicial: " + span },
	Behind: func(work string) string { return work + " por detrás del plan" },
}

// amount words minutes of work in days of eight hours from one day on.
func amount(n int, one, many string) string {
	if n < 480 {
		return minutes(n)
	}
	return count((n+240)/480, one, many)
}

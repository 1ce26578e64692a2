package say

import (
	"fmt"
	"time"
)

// Calendar is the wording of a board's calendar.
type Calendar struct {
	Spans          map[string]string // by models.SpanKinds
	Previous, Next map[string]string
	Choose         string
	Month          func(day time.Time) string
	Week           func(from, until time.Time) string
	Short          func(time.Weekday) string // at the head of a column
	Off            string                    // a day without work
	Tasks          func(n int) string
	More           func(n int) string // tasks of a day that are not shown
	MoreOn         func(n int, day string) string
	Overdue        string
	OwnedBy        func(names string) string

	Undated, UndatedHint, NoneUndated string
	Page                              func(n, of int) string
	Earlier, Later                    string // pages

	AddTask, TaskTitle, Due string
	AddOn                   func(day string) string

	MoveTitle, MoveDo, NoDate             string
	Moved, MovedAway, NotMoved            string // for scripts: {task}, {day}
	Day                                   string // likewise: {weekday}, {day}, {month}
	KeyMove, KeyMoveTo, KeySteps, KeyKeys string
}

var calendarEnglish = Calendar{
	Spans:    map[string]string{"month": "Month", "week": "Week", "day": "Day"},
	Previous: map[string]string{"month": "Previous month", "week": "Previous week", "day": "Previous day"},
	Next:     map[string]string{"month": "Next month", "week": "Next week", "day": "Next day"},
	Choose:   "How much to show",
	Month:    func(d time.Time) string { return d.Format("January 2006") },
	Week: func(from, until time.Time) string {
		switch {
		case from.Month() == until.Month():
			return fmt.Sprintf("%d–%s", from.Day(), until.Format("2 January 2006"))
		case from.Year() == until.Year():
			return from.Format("2 January") + " – " + until.Format("2 January 2006")
		}
		return from.Format("2 January 2006") + " – " + until.Format("2 January 2006")
	},
	Short:   func(d time.Weekday) string { return d.String()[:3] },
	Off:     "day off",
	Tasks:   func(n int) string { return count(n, "task", "tasks") },
	More:    func(n int) string { return fmt.Sprintf("+%d more", n) },
	MoreOn:  func(n int, day string) string { return fmt.Sprintf("%d more on %s", n, day) },
	Overdue: "Overdue",
	OwnedBy: func(names string) string { return "Owned by " + names },

	Undated: "Without a date", UndatedHint: "Drag one to a day, or drop one here to take its date away.",
	NoneUndated: "Every open task has a date.",
	Page:        func(n, of int) string { return fmt.Sprintf("Page %d of %d", n, of) },
	Earlier:     "Previous page", Later: "Next page",

	AddTask: "Add a task", TaskTitle: "Title", Due: "Due",
	AddOn: func(day string) string { return "Add a task on " + day },

	MoveTitle: "Move to another day", MoveDo: "Move", NoDate: "Leave it empty to take the date away.",
	Moved: "{task} is due on {day}.", MovedAway: "{task} has no date now.", NotMoved: "It went back to its day.",
	Day:     "{weekday} {day} {month}",
	KeyMove: "Move the task by a day or a week", KeyMoveTo: "Move the task to a day of choice",
	KeySteps: "Next, previous, today", KeyKeys: "In the calendar",
}

var shortSpanish = [7]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"}

var calendarSpanish = Calendar{
	Spans:    map[string]string{"month": "Mes", "week": "Semana", "day": "Día"},
	Previous: map[string]string{"month": "Mes anterior", "week": "Semana anterior", "day": "Día anterior"},
	Next:     map[string]string{"month": "Mes siguiente", "week": "Semana siguiente", "day": "Día siguiente"},
	Choose:   "Cuánto mostrar",
	Month:    func(d time.Time) string { return fmt.Sprintf("%s de %d", Capital(monthsSpanish[d.Month()]), d.Year()) },
	Week: func(from, until time.Time) string {
		switch {
		case from.Month() == until.Month():
			return fmt.Sprintf("%d–%s", from.Day(), dateSpanish(until))
		case from.Year() == until.Year():
			return fmt.Sprintf("%d de %s – %s", from.Day(), monthsSpanish[from.Month()], dateSpanish(until))
		}
		return dateSpanish(from) + " – " + dateSpanish(until)
	},
	Short:   func(d time.Weekday) string { return shortSpanish[d] },
	Off:     "día no laborable",
	Tasks:   func(n int) string { return count(n, "tarea", "tareas") },
	More:    func(n int) string { return fmt.Sprintf("+%d más", n) },
	MoreOn:  func(n int, day string) string { return fmt.Sprintf("%d más el %s", n, day) },
	Overdue: "Vencida",
	OwnedBy: func(names string) string { return "Responsable: " + names },

	Undated: "Sin fecha", UndatedHint: "Arrastra una a un día, o suelta una aquí para quitarle la fecha.",
	NoneUndated: "Todas las tareas abiertas tienen fecha.",
	Page:        func(n, of int) string { return fmt.Sprintf("Página %d de %d", n, of) },
	Earlier:     "Página anterior", Later: "Página siguiente",

	AddTask: "Añadir una tarea", TaskTitle: "Título", Due: "Vence",
	AddOn: func(day string) string { return "Añadir una tarea el " + day },

	MoveTitle: "Mover a otro día", MoveDo: "Mover", NoDate: "Déjalo vacío para quitar la fecha.",
	Moved: "{task} vence el {day}.", MovedAway: "{task} ya no tiene fecha.", NotMoved: "Ha vuelto a su día.",
	Day:     "{weekday} {day} de {month}",
	KeyMove: "Mover la tarea un día o una semana", KeyMoveTo: "Mover la tarea a un día a elegir",
	KeySteps: "Siguiente, anterior, hoy", KeyKeys: "En el calendario",
}

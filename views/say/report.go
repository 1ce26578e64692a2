package say

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/report"
)

// Report is the wording of reports.
type Report struct {
	Title   string
	Lead    func(from, to string) string
	Basis   func(seq int64, zone string) string
	Period  string
	Periods map[string]string // by report.Periods
	Own     string
	From    string
	To      string
	Show    string
	Print   string
	CSV     string
	Table   string // opens the numbers behind a picture
	None    string // nothing to show in a part
	Empty   string
	Back    string

	Figures                                       string
	Done, Added, DoingNow, Overdue                string
	HalfWithin, MostWithin                        string // of the cycle time: 50 and 85 per cent
	InTime                                        string
	OfN                                           func(n, of int) string
	Percent                                       func(n int) string
	Share                                         func(part, of time.Duration) string
	Cycle, Lead2                                  string
	CycleIs, LeadIs                               string
	Percentile                                    func(n int) string // a line in a picture
	PercentileIs                                  string
	Unbegun                                       func(n int) string
	Throughput, ThroughputIs, Week, Part, PerWeek string
	Flow, FlowIs, FlowDone, Day                   string
	Doing, DoingIs, Age, Since                    string
	Due, DueIs, Kept, Late, First, Moved, WithDue string
	Where, WhereIs, Efficiency, EfficiencyIs      string
	Stages                                        map[report.Stage]string
	States                                        []string // by their place
	Task, Made, Begun, Finished, Tasks, Time      string
	LateBy, Part2, Stands, DueDay, FirstDay       string
	Never                                         string
	Definitions, Counts, Again                    string
	Steps, StepsIs, Step                          string // of a template
	Waits, Usual, Most, Work, Now                 string
	Bottleneck, BottleneckIs, Slow                string
	NowOf                                         func(span string, n int) string
	Runs, RunsIs, Run, RunsDone, Duration         string
	Outcome                                       string
	Outcomes                                      map[report.Outcome]string
	Deviations, DeviationsIs                      string
	Deviation                                     map[report.Deviation]string
	NoDeviations, Started                         string
	Holding, HoldingIs, HoldsNext, HoldsAll       string
	NoHolding                                     string
	Reading                                       func(read, all int64) string
	ReadingBar, ReadingHint                       string
	Load, LoadIs, LoadWho, LoadMine, Person       string
	OpenNow, Work2, Rough                         string
	Aheads                                        map[report.Ahead]string
	Nobody, Mine, MineLead                        string
	Waits2, Ready2                                string
	Span                                          func(d time.Duration) string // "3.5 days"
	Tick                                          func(d time.Duration) string // "3 d", at an axis
	Picked                                        func(what, at string) string // heads the list of a number
	PickedIn                                      func(list, week string) string
	NTasks                                        func(n int) string
	Files                                         map[string]string // what a file of a part is called
	Shown                                         func(first, last, all int) string
	Longer                                        string
	Dots                                          func(n int) string
}

// Named is what a picked number counts, in words; at is a week's day in words, if any.
func (w Report) Named(what, at string, in string) string {
	name := w.Picked(what, at)
	if in != "" {
		name = w.PickedIn(name, in)
	}
	return name
}

// round says a number with at most one place after the point.
func round(n float64, point string) string {
	text := strconv.FormatFloat(n, 'f', 1, 64)
	return strings.Replace(strings.TrimSuffix(text, ".0"), ".", point, 1)
}

// spans says durations in the unit that suits them: minutes up to an hour, hours up to
// two days, days.
func spans(point string, minute, hour, day [2]string) func(time.Duration) string {
	of := func(n float64, unit [2]string) string {
		text := round(n, point)
		if text == "1" {
			return text + " " + unit[0]
		}
		return text + " " + unit[1]
	}
	return func(d time.Duration) string {
		switch {
		case d < time.Hour:
			return of(float64(d/time.Minute), minute)
		case d < 48*time.Hour:
			return of(d.Hours(), hour)
		case d < 240*time.Hour:
			return of(d.Hours()/24, day)
		}
		return of(float64(int(d.Hours()/24+.5)), day)
	}
}

// ticks says durations at an axis: those are whole in their unit.
func ticks(d time.Duration) string {
	switch {
	case d == 0:
		return "0"
	case d < time.Hour || d%time.Hour != 0:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 48*time.Hour || d%(24*time.Hour) != 0:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d/(24*time.Hour))) + " d"
}

// percent is n of 100, or how much one duration is of another.
func percent(part, of time.Duration) int {
	if of == 0 {
		return 0
	}
	return int((part*200 + of) / (of * 2))
}

var reportEnglish = Report{
	Title: "Report",
	Lead:  func(from, to string) string { return "From " + from + " to " + to },
	Basis: func(seq int64, zone string) string {
		return fmt.Sprintf("Computed from the log alone, up to entry %d. Days are those of %s.", seq, zone)
	},
	Period:  "Period",
	Periods: map[string]string{report.Days30: "Last 30 days", report.Days90: "Last 90 days", report.ThisMonth: "This month", report.ThisQuarter: "This quarter", report.LastQuarter: "Last quarter", report.ThisYear: "This year"},
	Own:     "Other days", From: "From", To: "To", Show: "Show", Print: "Print", CSV: "CSV", Table: "The numbers",
	None: "Nothing in this period.", Empty: "No task was here in this period. Choose another one, or come back when there is work.", Back: "Back to the report",

	Figures: "At a glance", Done: "Done", Added: "Added", DoingNow: "In progress", Overdue: "Overdue",
	HalfWithin: "Half took at most", MostWithin: "85 % took at most", InTime: "Due dates kept",
	OfN: func(n, of int) string { return fmt.Sprintf("%d of %d", n, of) }, Percent: func(n int) string { return fmt.Sprintf("%d %%", n) },
	Share: func(part, of time.Duration) string { return fmt.Sprintf("%d %%", percent(part, of)) },
	Cycle: "Cycle time", Lead2: "Lead time",
	CycleIs:    "From when work on a task first began until it was done, nights and weekends included (The Kanban Guide, 2020).",
	LeadIs:     "From when a task was added until it was done: as long as whoever asked for it has waited (Anderson, Kanban, 2010).",
	Percentile: func(n int) string { return fmt.Sprintf("%d %%", n) },
	PercentileIs: "The lines: so many per cent of the tasks took no longer. They tell what to expect, where an average hides it (Vacanti, Actionable Agile Metrics, 2015; " +
		"nearest rank, Hyndman & Fan, 1996).",
	Unbegun: func(n int) string {
		return count(n, "task was done without ever being in progress and has no cycle time", "tasks were done without ever being in progress and have no cycle time")
	},
	Throughput: "Throughput", ThroughputIs: "How many tasks were done in each week, from Monday to Sunday (The Kanban Guide, 2020).", Week: "Week from", Part: "not all of it", PerWeek: "a week",
	Flow: "Cumulative flow", FlowIs: "How many tasks stood where at the end of each day. A band that widens is work that piles up (Reinertsen, The Principles of Product Development Flow, 2009).",
	FlowDone: "Done and cancelled: only those of this period.", Day: "End of",
	Doing: "Work in progress and its age", DoingIs: "What had begun and was not done at the end of the period, and how long ago it began (work item age, The Kanban Guide, 2020). The lines are those of the cycle time: what is above the 85 % line takes longer than usual.",
	Age: "Age", Since: "Since",
	Due: "Due dates", DueIs: "A due date is kept if the task was done on that day or before. It counts as it stood in the end; how many kept the first date that they had is beside it (due-date performance, Anderson, Kanban, 2010).",
	Kept: "Kept", Late: "Late", First: "Kept the first date they had", Moved: "Date put off at least once", WithDue: "Done with a due date",
	Where: "Where time goes", WhereIs: "The lead time of all tasks that were done, by what they were in. Blocked by hand counts before everything else.",
	Efficiency: "Flow efficiency", EfficiencyIs: "The part of the lead time in which tasks were in progress or in review, and not blocked (Modig & Åhlström, This is Lean, 2012).",
	Stages: map[report.Stage]string{report.Waiting: "Waiting for others", report.Untouched: "Ready, not begun", report.InProgress: "In progress", report.InReview: "In review", report.Blocked: "Blocked by hand", report.Closed: "Closed, later reopened"},
	States: []string{"Waiting", "Ready", "In progress", "In review", "Done", "Cancelled"},
	Task:   "Task", Made: "Added", Begun: "Begun", Finished: "Done", Tasks: "Tasks", Time: "Time", Stands: "Stands", LateBy: "Days late", Part2: "Part", DueDay: "Due", FirstDay: "First due", Never: "never",
	Definitions: "What counts",
	Steps:       "Steps", StepsIs: "It is a step's turn from when it waits for no other step until it is done. Usual is what half of those done in the period took at most; now is that of those whose turn it is.",
	Step: "Step", Waits: "Waits, usually", Usual: "Its turn, usually", Most: "85 % at most", Work: "Of that, worked on", Now: "Now",
	Bottleneck: "Bottleneck", BottleneckIs: "The bottleneck is the step whose turns took the most time, all told (Goldratt, The Goal, 1984).", Slow: "Slower than usual",
	NowOf: func(span string, n int) string { return span + " (" + strconv.Itoa(n) + ")" },
	Runs:  "Runs", RunsIs: "How long runs took from their start until nothing of them was open, by when they ended. Cancelled ones are not in the picture.", Run: "Run", RunsDone: "Runs done", Duration: "Took",
	Outcome: "Outcome", Outcomes: map[report.Outcome]string{report.Going: "Under way", report.RunDone: "Done", report.RunDropped: "Cancelled"},
	Deviations: "Deviations", DeviationsIs: "Where runs left their plan in the period, by the entries of the log that tell it.",
	Deviation:    map[report.Deviation]string{report.Overridden: "Started before its turn, by a manager", report.LeftOut: "Left out of the run", report.Reopened: "Reopened after it was done", report.SentBack: "Sent back by an approver", report.Recast: "Role given to somebody else"},
	NoDeviations: "Every run kept to its plan.", Started: "Started",
	Counts:  "Tasks count where they are at the end of the period, with all of their past. Deleted ones do not count. A task that was archived unfinished counts as cancelled. What was done and reopened counts as done when it was last done.",
	Again:   "Whoever has the log, exported as JSON Lines, can compute every number again.",
	Holding: "What holds up most others", HoldingIs: "Open tasks by how many waiting tasks wait for them, for one that does, and so on. Where any one of several is enough, each of them counts.",
	HoldsNext: "Wait for it", HoldsAll: "Held up, all told", NoHolding: "No open task holds another up.",
	Load: "Work of each", LoadIs: "What is open, when it is due, and what was done in the period. A task of several people counts for each of them.",
	LoadWho:  "Only managers and owners of the team see this part, and each person sees their own under My work. It counts tasks; it does not say how hard somebody works.",
	LoadMine: "You see this of yourself. Managers and owners of a team see it of the work in that team, for each of its people.", Person: "Person",
	OpenNow: "Open", Work2: "Estimated", Rough: "Not estimated",
	Aheads:  map[report.Ahead]string{report.AheadLate: "Overdue", report.AheadThisWeek: "This week", report.AheadNextWeek: "Next week", report.AheadLater: "Later", report.AheadUndated: "No date"},
	Reading: func(read, all int64) string { return fmt.Sprintf("Reading the log: %d of %d entries.", read, all) }, ReadingBar: "Read so far",
	ReadingHint: "This is so long once only, after the server has started. The page goes on by itself.",
	Nobody:      "Nobody", Mine: "My report", MineLead: "What you own, in all your teams.", Waits2: "Waiting", Ready2: "Ready",
	Span: spans(".", [2]string{"minute", "minutes"}, [2]string{"hour", "hours"}, [2]string{"day", "days"}), Tick: ticks,
	Picked: func(what, at string) string {
		switch what {
		case report.PickStage:
			return "Done, and for a time: " + at
		case report.PickState, report.PickDeviation:
			return at
		case report.PickHeld:
			return "Held up by " + at
		case report.PickNext:
			return "Wait for " + at
		case report.PickAhead:
			return "Open: " + at
		case report.PickStep:
			return "Done: " + at
		case report.PickTurn:
			return "Their turn now: " + at
		}
		return map[string]string{report.PickFinished: "Done", report.PickByLead: "Done, the longest lead time first", report.PickByCycle: "Done, the longest cycle time first",
			report.PickUnbegun: "Done without ever being in progress", report.PickAdded: "Added", report.PickCancelled: "Cancelled", report.PickOpen: "Open", report.PickDoing: "In progress or in review",
			report.PickDue: "Done, with a due date", report.PickInTime: "Due dates kept", report.PickLate: "Done late", report.PickFirst: "First due date kept", report.PickMoved: "Due date put off", report.PickOverdue: "Overdue", report.PickReady: "Ready", report.PickWaiting: "Waiting", report.PickRough: "Open, not estimated"}[what]
	},
	PickedIn: func(list, week string) string { return list + ", week from " + week },
	NTasks:   func(n int) string { return count(n, "task", "tasks") },
	Files:    map[string]string{"finished": "done", "weeks": "weeks", "flow": "cumulative flow", "open": "open", "stages": "where time goes", "tasks": "tasks", "steps": "steps", "runs": "runs", "people": "people", "holding": "holding up"},
	Shown:    func(first, last, all int) string { return fmt.Sprintf("%d to %d of %d", first, last, all) },
	Longer:   "All of them", Dots: func(n int) string { return fmt.Sprintf("%d tasks, each a dot", n) },
}

var reportSpanish = Report{
	Title: "Informe",
	Lead:  func(from, to string) string { return "Del " + from + " al " + to },
	Basis: func(seq int64, zone string) string {
		return fmt.Sprintf("Calculado solo con el registro, hasta la entrada %d. Los días son los de %s.", seq, zone)
	},
	Period:  "Periodo",
	Periods: map[string]string{report.Days30: "Últimos 30 días", report.Days90: "Últimos 90 días", report.ThisMonth: "Este mes", report.ThisQuarter: "Este trimestre", report.LastQuarter: "Trimestre pasado", report.ThisYear: "Este año"},
	Own:     "Otros días", From: "Desde", To: "Hasta", Show: "Mostrar", Print: "Imprimir", CSV: "CSV", Table: "Los números",
	None: "Nada en este periodo.", Empty: "En este periodo no hubo aquí ninguna tarea. Elige otro, o vuelve cuando haya trabajo.", Back: "Volver al informe",

	Figures: "De un vistazo", Done: "Hechas", Added: "Añadidas", DoingNow: "En curso", Overdue: "Vencidas",
	HalfWithin: "La mitad tardó como mucho", MostWithin: "El 85 % tardó como mucho", InTime: "Plazos cumplidos",
	OfN: func(n, of int) string { return fmt.Sprintf("%d de %d", n, of) }, Percent: func(n int) string { return fmt.Sprintf("%d %%", n) },
	Share: func(part, of time.Duration) string { return fmt.Sprintf("%d %%", percent(part, of)) },
	Cycle: "Tiempo de ciclo", Lead2: "Tiempo de entrega",
	CycleIs:    "Desde que se empezó a trabajar en una tarea hasta que estuvo hecha, noches y fines de semana incluidos (The Kanban Guide, 2020).",
	LeadIs:     "Desde que se añadió una tarea hasta que estuvo hecha: lo que ha esperado quien la pidió (Anderson, Kanban, 2010).",
	Percentile: func(n int) string { return fmt.Sprintf("%d %%", n) },
	PercentileIs: "Las líneas: ese porcentaje de las tareas no tardó más. Dicen qué cabe esperar, donde una media lo esconde (Vacanti, Actionable Agile Metrics, 2015; " +
		"rango más próximo, Hyndman y Fan, 1996).",
	Unbegun: func(n int) string {
		return count(n, "tarea se hizo sin haber estado nunca en curso y no tiene tiempo de ciclo", "tareas se hicieron sin haber estado nunca en curso y no tienen tiempo de ciclo")
	},
	Throughput: "Ritmo de entrega", ThroughputIs: "Cuántas tareas se hicieron cada semana, de lunes a domingo (The Kanban Guide, 2020).", Week: "Semana del", Part: "incompleta", PerWeek: "por semana",
	Flow: "Flujo acumulado", FlowIs: "Cuántas tareas había en cada estado al final de cada día. Una franja que se ensancha es trabajo que se acumula (Reinertsen, The Principles of Product Development Flow, 2009).",
	FlowDone: "Hechas y canceladas: solo las de este periodo.", Day: "Final del",
	Doing: "Trabajo en curso y su edad", DoingIs: "Lo que se había empezado y no estaba hecho al final del periodo, y cuánto hace que se empezó (edad del trabajo, The Kanban Guide, 2020). Las líneas son las del tiempo de ciclo: lo que pasa de la del 85 % tarda más de lo habitual.",
	Age: "Edad", Since: "Desde",
	Due: "Plazos", DueIs: "Un plazo se cumple si la tarea se hizo ese día o antes. Cuenta la fecha que había al final; al lado está cuántas cumplieron la primera que tuvieron (cumplimiento de plazos, Anderson, Kanban, 2010).",
	Kept: "Cumplidos", Late: "Tarde", First: "Cumplieron su primera fecha", Moved: "Con la fecha aplazada alguna vez", WithDue: "Hechas que tenían plazo",
	Where: "Adónde va el tiempo", WhereIs: "El tiempo de entrega de todas las tareas hechas, según cómo estaban. Bloqueada a mano cuenta antes que todo lo demás.",
	Efficiency: "Eficiencia del flujo", EfficiencyIs: "La parte del tiempo de entrega en que las tareas estuvieron en curso o en revisión, sin estar bloqueadas (Modig y Åhlström, This is Lean, 2012).",
	Stages: map[report.Stage]string{report.Waiting: "Esperando a otras", report.Untouched: "Listas, sin empezar", report.InProgress: "En curso", report.InReview: "En revisión", report.Blocked: "Bloqueadas a mano", report.Closed: "Cerradas y luego reabiertas"},
	States: []string{"En espera", "Listas", "En curso", "En revisión", "Hechas", "Canceladas"},
	Task:   "Tarea", Made: "Añadida", Begun: "Empezada", Finished: "Hecha", Tasks: "Tareas", Time: "Tiempo", Stands: "Está", LateBy: "Días de retraso", Part2: "Parte", DueDay: "Plazo", FirstDay: "Primer plazo", Never: "nunca",
	Definitions: "Qué se cuenta",
	Steps:       "Pasos", StepsIs: "A un paso le toca desde que no espera a ningún otro hasta que está hecho. Lo habitual es lo que tardó como mucho la mitad de los hechos en el periodo; ahora, lo mismo de los que tienen el turno.",
	Step: "Paso", Waits: "Espera habitual", Usual: "Su turno, habitual", Most: "85 % como mucho", Work: "De eso, trabajado", Now: "Ahora",
	Bottleneck: "Cuello de botella", BottleneckIs: "El cuello de botella es el paso cuyos turnos sumaron más tiempo (Goldratt, La meta, 1984).", Slow: "Más lento de lo habitual",
	NowOf: func(span string, n int) string { return span + " (" + strconv.Itoa(n) + ")" },
	Runs:  "Ejecuciones", RunsIs: "Cuánto tardaron las ejecuciones desde su inicio hasta que nada quedó abierto, según cuándo acabaron. Las canceladas no están en la imagen.", Run: "Ejecución", RunsDone: "Ejecuciones hechas", Duration: "Tardó",
	Outcome: "Resultado", Outcomes: map[report.Outcome]string{report.Going: "En marcha", report.RunDone: "Hecha", report.RunDropped: "Cancelada"},
	Deviations: "Desviaciones", DeviationsIs: "Dónde se apartaron las ejecuciones de su plan en el periodo, según las entradas del registro que lo cuentan.",
	Deviation:    map[report.Deviation]string{report.Overridden: "Empezada antes de su turno por un gestor", report.LeftOut: "Excluida de la ejecución", report.Reopened: "Reabierta después de hecha", report.SentBack: "Devuelta por quien aprueba", report.Recast: "Papel dado a otra persona"},
	NoDeviations: "Todas las ejecuciones siguieron su plan.", Started: "Empezó",
	Counts:  "Las tareas cuentan donde están al final del periodo, con todo su pasado. Las eliminadas no cuentan. Una tarea archivada sin terminar cuenta como cancelada. Lo que se hizo y se reabrió cuenta como hecho cuando se hizo por última vez.",
	Again:   "Quien tenga el registro, exportado como JSON Lines, puede volver a calcular cada número.",
	Holding: "Qué retiene a más tareas", HoldingIs: "Tareas abiertas según cuántas en espera esperan a ella, a otra que la espera, y así sucesivamente. Donde basta una cualquiera de varias, cuenta cada una.",
	HoldsNext: "La esperan", HoldsAll: "Retenidas en total", NoHolding: "Ninguna tarea abierta retiene a otra.",
	Load: "El trabajo de cada persona", LoadIs: "Qué hay abierto, cuándo vence y qué se hizo en el periodo. Una tarea de varias personas cuenta para cada una.",
	LoadWho:  "Esta parte solo la ven los gestores y propietarios del equipo; cada persona ve la suya en Mi trabajo. Cuenta tareas; no dice cuánto se esfuerza nadie.",
	LoadMine: "Ves esto de ti. Los gestores y propietarios de un equipo lo ven del trabajo en ese equipo, de cada una de sus personas.", Person: "Persona",
	OpenNow: "Abiertas", Work2: "Estimado", Rough: "Sin estimar",
	Aheads:  map[report.Ahead]string{report.AheadLate: "Vencidas", report.AheadThisWeek: "Esta semana", report.AheadNextWeek: "La próxima", report.AheadLater: "Más tarde", report.AheadUndated: "Sin fecha"},
	Reading: func(read, all int64) string { return fmt.Sprintf("Leyendo el registro: %d de %d entradas.", read, all) }, ReadingBar: "Leído hasta ahora",
	ReadingHint: "Solo tarda tanto la primera vez después de arrancar el servidor. La página sigue por sí misma.",
	Nobody:      "Nadie", Mine: "Mi informe", MineLead: "Lo que es tuyo, en todos tus equipos.", Waits2: "En espera", Ready2: "Listas",
	Span: spans(",", [2]string{"minuto", "minutos"}, [2]string{"hora", "horas"}, [2]string{"día", "días"}), Tick: ticks,
	Picked: func(what, at string) string {
		switch what {
		case report.PickStage:
			return "Hechas, y durante un tiempo: " + at
		case report.PickState, report.PickDeviation:
			return at
		case report.PickHeld:
			return "Retenidas por " + at
		case report.PickNext:
			return "Esperan a " + at
		case report.PickAhead:
			return "Abiertas: " + at
		case report.PickStep:
			return "Hechas: " + at
		case report.PickTurn:
			return "Con el turno ahora: " + at
		}
		return map[string]string{report.PickFinished: "Hechas", report.PickByLead: "Hechas, primero las de mayor tiempo de entrega", report.PickByCycle: "Hechas, primero las de mayor tiempo de ciclo",
			report.PickUnbegun: "Hechas sin haber estado en curso", report.PickAdded: "Añadidas", report.PickCancelled: "Canceladas", report.PickOpen: "Abiertas", report.PickDoing: "En curso o en revisión",
			report.PickDue: "Hechas que tenían plazo", report.PickInTime: "Plazos cumplidos", report.PickLate: "Hechas tarde", report.PickFirst: "Cumplieron su primera fecha", report.PickMoved: "Con la fecha aplazada", report.PickOverdue: "Vencidas", report.PickReady: "Listas", report.PickWaiting: "En espera", report.PickRough: "Abiertas sin estimar"}[what]
	},
	PickedIn: func(list, week string) string { return list + ", semana del " + week },
	NTasks:   func(n int) string { return count(n, "tarea", "tareas") },
	Files:    map[string]string{"finished": "hechas", "weeks": "semanas", "flow": "flujo acumulado", "open": "abiertas", "stages": "adónde va el tiempo", "tasks": "tareas", "steps": "pasos", "runs": "ejecuciones", "people": "personas", "holding": "retenciones"},
	Shown:    func(first, last, all int) string { return fmt.Sprintf("%d a %d de %d", first, last, all) },
	Longer:   "Todas", Dots: func(n int) string { return fmt.Sprintf("%d tareas, cada una un punto", n) },
}

var reportFaultsEnglish = faults{
	fault.NotYet: text("This day has not come yet. Choose an earlier one."),
	fault.PeriodTooLong: func(f *fault.Fault) string {
		return fmt.Sprintf("A report covers at most %v days. Choose days nearer to each other.", f.Args[0])
	},
}

var reportFaultsSpanish = faults{
	fault.NotYet: text("Este día no ha llegado todavía. Elige uno anterior."),
	fault.PeriodTooLong: func(f *fault.Fault) string {
		return fmt.Sprintf("Un informe abarca como máximo %v días. Elige fechas más cercanas entre sí.", f.Args[0])
	},
}

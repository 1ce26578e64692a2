package say

import (
	"fmt"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/recur"
)

// Schedule is the wording of runs that start on a schedule.
type Schedule struct {
	Link                    string // to the schedules of a template
	Title                   func(template string) string
	Lead                    string
	None, NoneHint          string
	New, NewTitle, Edit     string
	When, What              string
	From, FromHint          string
	Clock, ClockHint        string
	Off                     string
	Offs                    map[recur.OffDay]string // choices
	off                     map[recur.OffDay]string // after the rule
	at                      func(rule, clock string) string
	Zone                    func(zone string) string
	Name, NameHint          string
	Ends, EndsHint          string
	AnswersHint             string
	RolesHint               string
	AsBefore, AsSaid        string // who plays a role: as in the run before; as its template says
	Unset                   string // a date
	OnStart, OwnDay         string
	After, Before           [2]string // days and working days, beside a number
	HowCounted, Days, OwnIs func(label string) string
	Next                    string
	NextHint                string
	Look                    string
	NotYet                  string // instead of the next dates, where something is wrong
	on                      func(day, clock string) string
	Board, Gone             string
	KeptBy                  func(name string) string
	Nobody                  string
	Last                    string
	Paused, Stopped, Over   string
	StoppedHint             string
	Pause, Resume, Remove   string
	RemoveAsk               string
	Failed                  func(when string) string
	Task                    string
	StartedBy               func(schedule string) string // a run
	ByOneGone               string                       // the same, of a schedule that is gone
	fields                  map[string]string
	misstart                func(template, reason string) string
	misstartText            func(name, day string, reasons []string, at string) string
}

// RuleAt says when a schedule comes.
func (w *Words) RuleAt(r recur.Rule, clock string, off recur.OffDay) string {
	return w.Schedule.at(w.Repeat.Every(r), clock) + w.Schedule.off[off]
}

// StartOn says when something starts, YYYY-MM-DD and 08:00.
func (w *Words) StartOn(day, clock string) string {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.Schedule.on(w.When.Heading(d), clock)
}

// ScheduleTrouble says why something did not start: what of the form, and what is wrong
// with it.
func (w *Words) ScheduleTrouble(field, label string, f *fault.Fault) string {
	if label == "" {
		label = w.Schedule.fields[field]
	}
	if label == "" {
		return w.Problem(f)
	}
	return label + ": " + w.Problem(f)
}

// Misstart words a task about a run that did not start, with the reasons for it and
// where its schedule is.
func (w *Words) Misstart(template, name, day string, reasons []string, at string) (title, text, reason string) {
	reason = strings.Join(reasons, " ")
	if d, err := time.Parse(time.DateOnly, day); err == nil {
		day = w.When.Date(d)
	}
	return w.Schedule.misstart(template, reason), w.Schedule.misstartText(name, day, reasons, at), reason
}

var scheduleEnglish = Schedule{
	Link: "Schedules", Title: func(template string) string { return "Schedules: " + template },
	Lead: "Runs that start by themselves, each with the newest version of the template.",
	None: "Nothing starts by itself yet", NoneHint: "What comes every month or every week need not be started by hand.",
	New: "New schedule", NewTitle: "Start on a schedule", Edit: "Change the schedule",
	When: "When", What: "What is started",
	From: "First day", FromHint: "Counted from this day on.", Clock: "Time", ClockHint: "As 08:00, on the team’s clock.",
	Off:  "On a day on which the team does not work",
	Offs: map[recur.OffDay]string{recur.NextDay: "Start on the next working day", recur.DayAhead: "Start on the working day before", recur.Skipped: "Leave it out", recur.AsItIs: "Start all the same"},
	off:  map[recur.OffDay]string{recur.NextDay: ", or the next working day", recur.DayAhead: ", or the working day before", recur.Skipped: ", on working days only", recur.AsItIs: ""},
	at:   func(rule, clock string) string { return rule + ", at " + clock },
	Zone: func(zone string) string { return "Times are those of the team, " + zone + "." },
	Name: "Name of the runs", NameHint: "{{date}}, {{month}}, {{year}}, {{week}} and the inputs by their IDs are filled in.",
	Ends: "Has to be finished by", EndsHint: "Where dates are counted back from an end.",
	AnswersHint: "The same each time. A date can be counted from the day of the start.",
	RolesHint:   "Who is to play them each time.",
	AsBefore:    "Whoever it was in the run before", AsSaid: "As the template says",
	Unset: "No date", OnStart: "On the day of the start", OwnDay: "Always the same day:",
	After:      [2]string{"days after the start", "working days after the start"},
	Before:     [2]string{"days before the start", "working days before the start"},
	HowCounted: func(label string) string { return label + ": how it is counted" },
	Days:       func(label string) string { return label + ": how many days" }, OwnIs: func(label string) string { return label + ": the day" },
	Next: "It starts next", NextHint: "What was missed while the server was down is started once.", Look: "Show the next dates",
	NotYet: "Fill in the form to see when it starts.",
	on:     func(day, clock string) string { return day + ", " + clock },
	Board:  "Board", Gone: "The board is gone", KeptBy: func(name string) string { return "Kept by " + name }, Nobody: "Nobody keeps it any more",
	Last: "Last run:", Paused: "Paused", Stopped: "Stopped", Over: "Over",
	StoppedHint: "It starts nothing until you resume it, or change it.",
	Pause:       "Pause", Resume: "Resume", Remove: "Remove",
	RemoveAsk: "It starts nothing any more, and cannot be brought back. What it has started goes on.",
	Failed:    func(when string) string { return "The last run did not start (" + when + "):" }, Task: "A task tells of it:",
	StartedBy: func(schedule string) string { return "Started by the schedule " + schedule }, ByOneGone: "Started by a schedule",
	fields:   map[string]string{"board": "Board", "until": "Has to be finished by", "name": "Name of the runs"},
	misstart: func(template, reason string) string { return "Start of " + template + " failed: " + reason },
	misstartText: func(name, day string, reasons []string, at string) string {
		return fmt.Sprintf("The schedule “%s” should have started a run on %s, and could not:\n\n- %s\n\nMend it among the [schedules of the template](%s); the missing run you can start there from the form.", name, day, strings.Join(reasons, "\n- "), at)
	},
}

var scheduleSpanish = Schedule{
	Link: "Programaciones", Title: func(template string) string { return "Programaciones: " + template },
	Lead: "Ejecuciones que se inician solas, cada una con la versión más reciente de la plantilla.",
	None: "Todavía no se inicia nada solo", NoneHint: "Lo que toca cada mes o cada semana no hace falta iniciarlo a mano.",
	New: "Nueva programación", NewTitle: "Iniciar según un calendario", Edit: "Cambiar la programación",
	When: "Cuándo", What: "Qué se inicia",
	From: "Primer día", FromHint: "Se cuenta a partir de este día.", Clock: "Hora", ClockHint: "Como 08:00, según el reloj del equipo.",
	Off:  "Si el equipo no trabaja ese día",
	Offs: map[recur.OffDay]string{recur.NextDay: "Iniciar el siguiente día laborable", recur.DayAhead: "Iniciar el día laborable anterior", recur.Skipped: "Saltárselo", recur.AsItIs: "Iniciar de todos modos"},
	off:  map[recur.OffDay]string{recur.NextDay: ", o el siguiente día laborable", recur.DayAhead: ", o el día laborable anterior", recur.Skipped: ", solo en días laborables", recur.AsItIs: ""},
	at:   func(rule, clock string) string { return rule + ", a las " + clock },
	Zone: func(zone string) string { return "Las horas son las del equipo, " + zone + "." },
	Name: "Nombre de las ejecuciones", NameHint: "Se rellenan {{date}}, {{month}}, {{year}}, {{week}} y las entradas por su identificador.",
	Ends: "Tiene que acabar para", EndsHint: "Cuando hay fechas que se cuentan hacia atrás desde un final.",
	AnswersHint: "Siempre las mismas. Una fecha puede contarse desde el día del inicio.",
	RolesHint:   "Quién los hace cada vez.",
	AsBefore:    "Quien lo hizo en la ejecución anterior", AsSaid: "Como dice la plantilla",
	Unset: "Sin fecha", OnStart: "El día del inicio", OwnDay: "Siempre el mismo día:",
	After:      [2]string{"días después del inicio", "días laborables después del inicio"},
	Before:     [2]string{"días antes del inicio", "días laborables antes del inicio"},
	HowCounted: func(label string) string { return label + ": cómo se cuenta" },
	Days:       func(label string) string { return label + ": cuántos días" }, OwnIs: func(label string) string { return label + ": el día" },
	Next: "Próximos inicios", NextHint: "Lo que se perdió con el servidor apagado se inicia una sola vez.", Look: "Ver las próximas fechas",
	NotYet: "Rellena el formulario para ver cuándo se inicia.",
	on:     func(day, clock string) string { return day + ", " + clock },
	Board:  "Tablero", Gone: "El tablero ya no existe", KeptBy: func(name string) string { return "A cargo de " + name }, Nobody: "Ya no está a cargo de nadie",
	Last: "Última ejecución:", Paused: "En pausa", Stopped: "Detenida", Over: "Terminada",
	StoppedHint: "No inicia nada hasta que la reanudes o la cambies.",
	Pause:       "Pausar", Resume: "Reanudar", Remove: "Quitar",
	RemoveAsk: "Ya no iniciará nada y no se puede recuperar. Lo que ha iniciado sigue.",
	Failed:    func(when string) string { return "La última ejecución no se inició (" + when + "):" }, Task: "Lo cuenta una tarea:",
	StartedBy: func(schedule string) string { return "Iniciada por la programación " + schedule }, ByOneGone: "Iniciada por una programación",
	fields:   map[string]string{"board": "Tablero", "until": "Tiene que acabar para", "name": "Nombre de las ejecuciones"},
	misstart: func(template, reason string) string { return "No se pudo iniciar " + template + ": " + reason },
	misstartText: func(name, day string, reasons []string, at string) string {
		return fmt.Sprintf("La programación «%s» tenía que iniciar una ejecución el %s y no pudo:\n\n- %s\n\nArréglalo en las [programaciones de la plantilla](%s); la ejecución que falta se puede iniciar allí con el formulario.", name, day, strings.Join(reasons, "\n- "), at)
	},
}

var scheduleFaultsEnglish = faults{
	fault.NoSuchBlank:      with("“%v” cannot be filled in. There are {{date}}, {{month}}, {{year}}, {{week}} and the inputs of the template."),
	fault.NotAClock:        text("Write the time as hours and minutes, like 08:00."),
	fault.TooManySchedules: with("A template has %v schedules at most. Remove one first."),
}

var scheduleFaultsSpanish = faults{
	fault.NoSuchBlank:      with("«%v» no se puede rellenar. Hay {{date}}, {{month}}, {{year}}, {{week}} y las entradas de la plantilla."),
	fault.NotAClock:        text("Escribe la hora con horas y minutos, como 08:00."),
	fault.TooManySchedules: with("Una plantilla tiene como máximo %v programaciones. Quita antes alguna."),
}

package say

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"relevo/models/fault"
	"relevo/models/recur"
)

// Repeat is the wording of tasks that come again.
type Repeat struct {
	Title, None   string
	Every         func(r recur.Rule) string // "Every 2 weeks on Monday"
	next          func(rule, day string) string
	nextToday     func(rule string) string
	onceDone      func(rule string) string
	over          string // beside the rule of a task after which none comes
	Card          func(rule string) string
	Of            string // before the task that it was made of
	Made          string // before the one that was made of it
	MadeByItself  func(when string) string
	Set, Change   string // open the form
	Do, Stop      string
	Skip          func(day string) string
	Hint          string
	How, Custom   string
	Number, Unit  string
	Units         map[recur.Unit]string // beside a number of them
	WorkDays      string                // the same, of a team
	Counted       string
	Schedule      string
	AfterDone     string
	Weekdays      string
	Short         func(time.Weekday) string
	Day, Month    string
	Months        [13]string
	ByDay         func(day int) string                       // a choice: "On day 25"
	ByWeekday     func(nth int, weekday time.Weekday) string // a choice: "On the second Tuesday"
	DaysGroup     string
	WeekdaysGroup string
	End           string
	Never, Until  string
	Count         string
	UntilDay      string
	Times         string
	Due           string
	DueHint       string
}

// Next says how a task comes again and when next, for somebody whose clock says now.
// day is empty where that is not known, or where it comes no more.
func (w *Words) Next(r recur.Rule, day, today string) string {
	rule := w.Repeat.Every(r)
	at, err := time.Parse(time.DateOnly, day)
	now, errNow := time.Parse(time.DateOnly, today)
	switch {
	case r.AfterDone && !r.Ends():
		return w.Repeat.onceDone(rule)
	case err != nil || errNow != nil:
		return rule + w.Repeat.over
	case day <= today:
		return w.Repeat.nextToday(rule)
	case at.Year() == now.Year():
		return w.Repeat.next(rule, w.When.DayMonth(at))
	}
	return w.Repeat.next(rule, w.When.Date(at))
}

// RepeatText words a rule as it is kept.
func (w *Words) RepeatText(kept string) string {
	r, err := recur.Parse(kept)
	if err != nil || r.None() {
		return w.Repeat.None
	}
	return w.Repeat.Every(r)
}

var ordinalsEnglish = map[int]string{1: "first", 2: "second", 3: "third", 4: "fourth", recur.Last: "last"}

func everyEnglish(r recur.Rule) string {
	units := map[recur.Unit]string{recur.Days: "day", recur.Weeks: "week", recur.Months: "month", recur.Years: "year"}
	unit := units[r.Unit]
	if r.Working {
		unit = "working day"
	}
	if r.Every > 1 {
		unit = strconv.Itoa(r.Every) + " " + unit + "s"
	}
	var text string
	switch {
	case r.AfterDone && r.Every == 1:
		text = "A " + unit + " after it is done"
	case r.AfterDone:
		text = unit + " after it is done"
	default:
		text = "Every " + unit + onEnglish(r)
	}
	switch {
	case r.Until != "":
		text += ", until " + dayEnglish(r.Until)
	case r.Count > 2:
		text += ", " + strconv.Itoa(r.Count-1) + " more times"
	case r.Count == 2:
		text += ", once more"
	}
	return text
}

func dayEnglish(day string) string {
	if d, err := time.Parse(time.DateOnly, day); err == nil {
		return whenEnglish.Date(d)
	}
	return day
}

func onEnglish(r recur.Rule) string {
	switch {
	case len(r.On) > 0:
		days := make([]string, len(r.On))
		for i, d := range r.On {
			days[i] = d.String()
		}
		return " on " + list(days, "and")
	case r.Unit == recur.Years && r.Nth != 0:
		return " on the " + ordinalsEnglish[r.Nth] + " " + r.Weekday.String() + " of " + r.Month.String()
	case r.Unit == recur.Years && r.Day == recur.Last:
		return " on the last day of " + r.Month.String()
	case r.Unit == recur.Years:
		return " on " + strconv.Itoa(r.Day) + " " + r.Month.String()
	case r.Nth != 0:
		return " on the " + ordinalsEnglish[r.Nth] + " " + r.Weekday.String()
	case r.Day == recur.Last:
		return " on the last day"
	case r.Day != 0:
		return " on day " + strconv.Itoa(r.Day)
	}
	return ""
}

var ordinalsSpanish = map[int]string{1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto", recur.Last: "último"}

func everySpanish(r recur.Rule) string {
	one := map[recur.Unit]string{recur.Days: "día", recur.Weeks: "semana", recur.Months: "mes", recur.Years: "año"}
	many := map[recur.Unit]string{recur.Days: "días", recur.Weeks: "semanas", recur.Months: "meses", recur.Years: "años"}
	unit, units := one[r.Unit], many[r.Unit]
	if r.Working {
		unit, units = "día laborable", "días laborables"
	}
	if r.Every > 1 {
		unit = strconv.Itoa(r.Every) + " " + units
	}
	var text string
	switch {
	case r.AfterDone && r.Every == 1:
		text = map[bool]string{false: "Un ", true: "Una "}[r.Unit == recur.Weeks] + unit + " después de terminarla"
	case r.AfterDone:
		text = unit + " después de terminarla"
	default:
		text = "Cada " + unit + onSpanish(r)
	}
	switch {
	case r.Until != "":
		day := r.Until
		if d, err := time.Parse(time.DateOnly, r.Until); err == nil {
			day = dateSpanish(d)
		}
		text += ", hasta el " + day
	case r.Count > 2:
		text += ", " + strconv.Itoa(r.Count-1) + " veces más"
	case r.Count == 2:
		text += ", una vez más"
	}
	return text
}

func onSpanish(r recur.Rule) string {
	month := ""
	if r.Month != 0 {
		month = monthsSpanish[r.Month]
	}
	switch {
	case len(r.On) > 0:
		days := make([]string, len(r.On))
		for i, d := range r.On {
			days[i] = "el " + weekdaysSpanish[d]
		}
		return " " + list(days, "y")
	case r.Unit == recur.Years && r.Nth != 0:
		return ", el " + ordinalsSpanish[r.Nth] + " " + weekdaysSpanish[r.Weekday] + " de " + month
	case r.Unit == recur.Years && r.Day == recur.Last:
		return ", el último día de " + month
	case r.Unit == recur.Years:
		return ", el " + strconv.Itoa(r.Day) + " de " + month
	case r.Nth != 0:
		return ", el " + ordinalsSpanish[r.Nth] + " " + weekdaysSpanish[r.Weekday]
	case r.Day == recur.Last:
		return ", el último día"
	case r.Day != 0:
		return ", el día " + strconv.Itoa(r.Day)
	}
	return ""
}

var repeatEnglish = Repeat{
	Title: "Repeats", None: "Does not repeat", Every: everyEnglish,
	next:      func(rule, day string) string { return rule + ", next on " + day },
	nextToday: func(rule string) string { return rule + ", next today" },
	onceDone:  func(rule string) string { return rule },
	over:      "; this is the last one",
	Card:      func(rule string) string { return "Repeats: " + lower(rule) },
	Of:        "It came because this task repeats:", Made: "The next one is",
	MadeByItself: func(when string) string { return "Added by itself " + when + ", because a task repeats" },
	Set:          "Repeat…", Change: "Change…", Do: "Save", Stop: "Stop repeating",
	Skip: func(day string) string { return "Skip " + day },
	Hint: "The next one is a new task with the same text, people, labels and checklist, and nothing ticked. Files, comments and required fields start empty.",
	How:  "How often", Custom: "Custom…", Number: "Every", Unit: "Unit",
	Units: map[recur.Unit]string{recur.Days: "days", recur.Weeks: "weeks", recur.Months: "months", recur.Years: "years"}, WorkDays: "working days",
	Counted: "Counted", Schedule: "By the calendar, whether it is done or not", AfterDone: "From the day on which it is done",
	Weekdays: "On", Short: func(d time.Weekday) string { return d.String()[:3] },
	Day: "On day", Month: "In", Months: [13]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	ByDay: func(day int) string {
		switch {
		case day == recur.Last:
			return "the last day"
		case day > 28:
			return fmt.Sprintf("%d, or the month’s last", day)
		}
		return strconv.Itoa(day)
	},
	ByWeekday: func(nth int, d time.Weekday) string { return "the " + ordinalsEnglish[nth] + " " + d.String() },
	DaysGroup: "Day of the month", WeekdaysGroup: "Weekday of the month",
	End: "Ends", Never: "Never", Until: "On a day", Count: "After some more times", UntilDay: "Last day", Times: "More times",
	Due: "Due so many days after it comes", DueHint: "0 is the same day. Leave it empty for no due date.",
}

var repeatSpanish = Repeat{
	Title: "Se repite", None: "No se repite", Every: everySpanish,
	next:      func(rule, day string) string { return rule + "; la próxima, el " + day },
	nextToday: func(rule string) string { return rule + "; la próxima, hoy" },
	onceDone:  func(rule string) string { return rule },
	over:      "; esta es la última",
	Card:      func(rule string) string { return "Se repite: " + lower(rule) },
	Of:        "Apareció porque se repite esta tarea:", Made: "La siguiente es",
	MadeByItself: func(when string) string { return "Se añadió sola " + when + ", porque una tarea se repite" },
	Set:          "Repetir…", Change: "Cambiar…", Do: "Guardar", Stop: "Dejar de repetirla",
	Skip: func(day string) string { return "Saltar el " + day },
	Hint: "La siguiente es una tarea nueva con el mismo texto, personas, etiquetas y lista de control, sin nada marcado. Los archivos, los comentarios y los campos obligatorios empiezan vacíos.",
	How:  "Con qué frecuencia", Custom: "Personalizada…", Number: "Cada", Unit: "Unidad",
	Units: map[recur.Unit]string{recur.Days: "días", recur.Weeks: "semanas", recur.Months: "meses", recur.Years: "años"}, WorkDays: "días laborables",
	Counted: "Se cuenta", Schedule: "Por el calendario, esté terminada o no", AfterDone: "Desde el día en que se termina",
	Weekdays: "Los días", Short: func(d time.Weekday) string { return string([]rune(Capital(weekdaysSpanish[d]))[:3]) },
	Day: "El día", Month: "En", Months: monthsSpanish,
	ByDay: func(day int) string {
		switch {
		case day == recur.Last:
			return "el último día"
		case day > 28:
			return fmt.Sprintf("%d, o el último del mes", day)
		}
		return strconv.Itoa(day)
	},
	ByWeekday: func(nth int, d time.Weekday) string { return "el " + ordinalsSpanish[nth] + " " + weekdaysSpanish[d] },
	DaysGroup: "Día del mes", WeekdaysGroup: "Día de la semana del mes",
	End: "Termina", Never: "Nunca", Until: "Un día", Count: "Tras unas veces más", UntilDay: "Último día", Times: "Veces más",
	Due: "Vence tantos días después de aparecer", DueHint: "0 es el mismo día. Déjalo vacío para que no tenga fecha límite.",
}

// lower is a sentence's beginning inside another one.
func lower(text string) string {
	r := []rune(text)
	if len(r) == 0 {
		return text
	}
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

var repeatFaultsEnglish = faults{
	fault.NeverAgain:    with("It would end before it comes again even once. Choose a later end."),
	fault.NothingToSkip: with("There is no next time to skip."),
}

var repeatFaultsSpanish = faults{
	fault.NeverAgain:    with("Terminaría antes de repetirse siquiera una vez. Elige un final posterior."),
	fault.NothingToSkip: with("No hay una próxima vez que saltar."),
}

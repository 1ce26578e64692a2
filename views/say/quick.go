package say

import (
	"fmt"
	"strings"

	"relevo/models/fault"
	"relevo/models/quick"
)

// Quick is the wording of adding a task in one line.
type Quick struct {
	NeedsTitle  string
	Stays       string // before what was not understood
	Owner       func(name string) string
	Priority    func(name string) string
	Label       func(name string) string
	Estimate    func(amount string) string
	WaitsFor    func(key string) string
	Before      func(key string) string
	MoreLines   func(n int) string
	Line        func(n int) string
	Understood  string // for who listens, before the parts
	Offers      string // label of the list of names
	OffersFound func(n int) string
	InLine      func(line, problem string) string
	Help        string
	HelpLead    string
	HelpEscape  string
	HelpStays   string
	HelpExample string
	HelpLines   []QuickHelp
	unknown     map[quick.Kind]string
	several     func(names []string) string
	why         map[quick.Why]string
}

// QuickHelp is a line of the list of marks: what is typed, and what it says.
type QuickHelp struct{ Typed, For string }

var quickEnglish = Quick{
	NeedsTitle: "Write what is to be done, too.", Stays: "Stays in the title:",
	Owner:       func(name string) string { return "Owner: " + name },
	Priority:    func(name string) string { return "Priority: " + name },
	Label:       func(name string) string { return "Label: " + name },
	Estimate:    func(amount string) string { return "Estimate: " + amount },
	WaitsFor:    func(key string) string { return "Waits for " + key },
	Before:      func(key string) string { return "Must come before " + key },
	MoreLines:   func(n int) string { return "and " + count(n, "more line", "more lines") },
	Line:        func(n int) string { return fmt.Sprintf("Line %d:", n) },
	Understood:  "Understood:",
	Offers:      "What it can name",
	OffersFound: func(n int) string { return count(n, "choice", "choices") + ". Arrows choose, Enter takes it." },
	InLine:      func(line, problem string) string { return "“" + line + "”: " + problem },
	Help:        "How to say more in one line",
	HelpLead:    "After the title, or before it:",
	HelpEscape:  "A backslash before a mark leaves it in the title: \\#1.",
	HelpStays:   "What is not understood stays in the title, and you see why before you add it.",
	HelpExample: "Call Ana @ana !high #legal ^friday >ONB-7 ~2h",
	HelpLines: []QuickHelp{
		{`@ana @"Ana Ruiz" @me`, "owner"},
		{"!low !medium !high !urgent", "priority"},
		{`#legal #"two words"`, "label of the board"},
		{"^today ^friday ^15/12 ^2026-12-15 ^in 3 days", "due date"},
		{">ONB-7", "waits for that task"},
		{"<ONB-7", "must come before that task"},
		{"~2h ~30m ~1d ~2h30m", "estimate"},
	},
	unknown: map[quick.Kind]string{
		quick.Owner: "nobody in the team is called that", quick.Label: "the board has no such label",
		quick.Priority: "not a priority; they are low, medium, high and urgent", quick.Due: "not a day; try ^friday, ^15/12 or ^in 3 days",
		quick.Prerequisite: "no task of the team has that key", quick.Dependent: "no task of the team has that key", quick.Estimate: "not an estimate; try ~2h30m",
	},
	several: func(names []string) string { return "that could be " + orList(names, "or") },
	why: map[quick.Why]string{
		quick.Unclosed: "the closing quote is missing", quick.Twice: "the line says that twice",
		quick.NoUnit: "say of what: ~90m or ~2h", quick.NoDay: "there is no such day; the day comes before the month, as in ^15/12",
	},
}

var quickSpanish = Quick{
	NeedsTitle: "Escribe también qué hay que hacer.", Stays: "Se queda en el título:",
	Owner:       func(name string) string { return "Responsable: " + name },
	Priority:    func(name string) string { return "Prioridad: " + name },
	Label:       func(name string) string { return "Etiqueta: " + name },
	Estimate:    func(amount string) string { return "Estimación: " + amount },
	WaitsFor:    func(key string) string { return "Espera a " + key },
	Before:      func(key string) string { return "Va antes que " + key },
	MoreLines:   func(n int) string { return "y " + count(n, "línea más", "líneas más") },
	Line:        func(n int) string { return fmt.Sprintf("Línea %d:", n) },
	Understood:  "Se entiende:",
	Offers:      "Lo que puede nombrar",
	OffersFound: func(n int) string { return count(n, "opción", "opciones") + ". Elige con las flechas; Intro la pone." },
	InLine:      func(line, problem string) string { return "«" + line + "»: " + problem },
	Help:        "Cómo decir más en una línea",
	HelpLead:    "Después del título, o antes:",
	HelpEscape:  "Con una barra invertida delante, la marca se queda en el título: \\#1.",
	HelpStays:   "Lo que no se entiende se queda en el título, y ves por qué antes de añadirla.",
	HelpExample: "Llamar a Ana @ana !alta #legal ^viernes >ONB-7 ~2h",
	HelpLines: []QuickHelp{
		{`@ana @"Ana Ruiz" @yo`, "responsable"},
		{"!baja !media !alta !urgente", "prioridad"},
		{`#legal #"dos palabras"`, "etiqueta del tablero"},
		{"^hoy ^viernes ^15/12 ^2026-12-15 ^en 3 días", "fecha de vencimiento"},
		{">ONB-7", "espera a esa tarea"},
		{"<ONB-7", "va antes que esa tarea"},
		{"~2h ~30m ~1d ~2h30m", "estimación"},
	},
	unknown: map[quick.Kind]string{
		quick.Owner: "nadie del equipo se llama así", quick.Label: "el tablero no tiene esa etiqueta",
		quick.Priority: "no es una prioridad; son baja, media, alta y urgente", quick.Due: "no es un día; prueba ^viernes, ^15/12 o ^en 3 días",
		quick.Prerequisite: "ninguna tarea del equipo tiene esa clave", quick.Dependent: "ninguna tarea del equipo tiene esa clave", quick.Estimate: "no es una estimación; prueba ~2h30m",
	},
	several: func(names []string) string { return "puede ser " + orList(names, "o") },
	why: map[quick.Why]string{
		quick.Unclosed: "falta la comilla de cierre", quick.Twice: "la línea lo dice dos veces",
		quick.NoUnit: "di de qué: ~90m o ~2h", quick.NoDay: "ese día no existe; el día va antes que el mes, como en ^15/12",
	},
}

// Missed says why a mark was not understood.
func (q Quick) Missed(m quick.Miss) string {
	switch m.Why {
	case quick.Unknown:
		return q.unknown[m.Kind]
	case quick.Several:
		return q.several(m.Names)
	}
	return q.why[m.Why]
}

// orList is a list of choices in a sentence.
func orList(names []string, or string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + or + " " + names[last]
}

var quickFaultsEnglish = faults{
	fault.NoTitle:      text("Write what is to be done, too."),
	fault.TooManyLinks: func(f *fault.Fault) string { return fmt.Sprintf("Add %v dependencies at most at once.", f.Args[0]) },
}

var quickFaultsSpanish = faults{
	fault.NoTitle: text("Escribe también qué hay que hacer."),
	fault.TooManyLinks: func(f *fault.Fault) string {
		return fmt.Sprintf("Añade como máximo %v dependencias a la vez.", f.Args[0])
	},
}

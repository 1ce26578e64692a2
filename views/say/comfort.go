package say

import (
	"fmt"
	"strconv"
	"strings"
)

// Comfort is the wording of what makes a board pleasant from day to day.
type Comfort struct {
	Fold    func(column string) string // a button; whether it is folded is told besides
	Compact string                     // a switch
	Age     func(days int) string      // on a card, in figures
	AgeIn   func(days int, state string) string
	Work    func(minutes int) string // in a column's head, in figures
	WorkAll func(work string) string
	AtEnd   string // a card that is below what its column shows; {column} is for scripts

	// what a card offers
	Actions                                       func(key string) string
	Menu                                          string
	Title, Owners, Due, Priority, Labels          string
	TitleOf, OwnersOf, DueOf, PriorityOf, LabelOf func(key string) string
	NoLabelsYet                                   string
	Today, Tomorrow, NextWeek, NoDate             string
	FieldHint                                     string // keys in a list of boxes

	KeyPick, KeyRange, KeyTitle, KeyFields, KeyAll string
}

var comfortEnglish = Comfort{
	Fold:    func(column string) string { return "Fold or unfold " + column },
	Compact: "Compact cards",
	Age:     func(days int) string { return fmt.Sprintf("%d d", days) },
	AgeIn: func(days int, state string) string {
		return fmt.Sprintf("%s for %s", state, count(days, "working day", "working days"))
	},
	Work:    func(minutes int) string { return work(minutes, ".") },
	WorkAll: func(work string) string { return "Estimated in all: " + work },
	AtEnd:   "It is the last one of {column}, below what is shown.",

	Actions: func(key string) string { return "Actions for " + key },
	Menu:    "Actions",
	Title:   "Title…", Owners: "Owners…", Due: "Due date…", Priority: "Priority…", Labels: "Labels…",
	TitleOf:     func(key string) string { return "Title of " + key },
	OwnersOf:    func(key string) string { return "Owners of " + key },
	DueOf:       func(key string) string { return "Due date of " + key },
	PriorityOf:  func(key string) string { return "Priority of " + key },
	LabelOf:     func(key string) string { return "Labels of " + key },
	NoLabelsYet: "This board has no labels yet. They are made in its settings.",
	Today:       "Today", Tomorrow: "Tomorrow", NextWeek: "In a week", NoDate: "No date",
	FieldHint: "Space chooses, Enter saves",

	KeyPick: "Select the card (also Ctrl or ⌘ and a click)", KeyRange: "With a selection: extend it (also ⇧ and a click)",
	KeyTitle: "Change the title in place", KeyFields: "Owners, due date, priority, labels", KeyAll: "Select all of the column",
}

var comfortSpanish = Comfort{
	Fold:    func(column string) string { return "Plegar o desplegar " + column },
	Compact: "Tarjetas compactas",
	Age:     func(days int) string { return fmt.Sprintf("%d d", days) },
	AgeIn: func(days int, state string) string {
		return fmt.Sprintf("%s desde hace %s", state, count(days, "día laborable", "días laborables"))
	},
	Work:    func(minutes int) string { return work(minutes, ",") },
	WorkAll: func(work string) string { return "Estimado en total: " + work },
	AtEnd:   "Es la última de {column}, más abajo de lo que se muestra.",

	Actions: func(key string) string { return "Acciones de " + key },
	Menu:    "Acciones",
	Title:   "Título…", Owners: "Responsables…", Due: "Vencimiento…", Priority: "Prioridad…", Labels: "Etiquetas…",
	TitleOf:     func(key string) string { return "Título de " + key },
	OwnersOf:    func(key string) string { return "Responsables de " + key },
	DueOf:       func(key string) string { return "Vencimiento de " + key },
	PriorityOf:  func(key string) string { return "Prioridad de " + key },
	LabelOf:     func(key string) string { return "Etiquetas de " + key },
	NoLabelsYet: "Este tablero aún no tiene etiquetas. Se crean en sus ajustes.",
	Today:       "Hoy", Tomorrow: "Mañana", NextWeek: "En una semana", NoDate: "Sin fecha",
	FieldHint: "Espacio elige, Intro guarda",

	KeyPick: "Seleccionar la tarjeta (también Ctrl o ⌘ y un clic)", KeyRange: "Con una selección: ampliarla (también ⇧ y un clic)",
	KeyTitle: "Cambiar el título ahí mismo", KeyFields: "Responsables, vencimiento, prioridad, etiquetas", KeyAll: "Seleccionar toda la columna",
}

// work rounds an amount of work to a tenth of an hour.
func work(minutes int, point string) string {
	if minutes < 60 {
		return fmt.Sprintf("%d min", minutes)
	}
	tenths := (minutes + 3) / 6
	hours := strconv.Itoa(tenths / 10)
	if tenths%10 > 0 {
		hours += "." + strconv.Itoa(tenths%10)
	}
	return strings.Replace(hours, ".", point, 1) + " h"
}

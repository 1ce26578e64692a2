package say

import (
	"fmt"
	"strings"
	"time"

	"relevo/models/custom"
	"relevo/models/fault"
)

// Field is the wording of a board's custom fields and of what tasks hold in them.
type Field struct {
	Title, Lead, Manage   string
	None                  string
	Count                 func(n int) string // fields of a board
	Of                    func(board string) string
	Back                  string // to the list of fields
	New, Add              string
	Name, Kind            string
	Kinds                 map[custom.Kind]string
	Help, HelpHint        string
	Required, RequiredTag string
	RequiredHint          string
	OnCard, OnCardTag     string
	Options               string
	OptionsHint           string
	Option                func(n int) string
	OptionUp              func(option string) string
	MoreOptions           string
	MoreOptionsHint       string
	Edit, EditOf          func(field string) string
	Up, Down              func(field string) string
	HeldBy                func(n int) string // how many tasks hold something
	Remove                string
	RemoveAsk             func(n int) string
	RemoveDo              func(field string) string
	Lose                  string

	OfTask     string // over the fields of a task
	Nothing    string // not chosen, not filled
	Yes, No    string
	NewTab     string // said of a link that opens in another tab
	OfFields   string // what a parameter of the address asks for
	FilterGone string
	Anything   string
	HasNothing string // that nothing is said
	Me         string
	From, To   func(field string) string
	Contains   string
	Between    string                    // beside two boxes for the ends of a range
	Lacks      func(field string) string // among what a task needs before it is done
	InField    string                    // where a search found its words
	Loses      func(fields []string) string
	AsField    func(kind string) string // what a column of a table becomes
}

var fieldEnglish = Field{
	Title: "Custom fields", Lead: "What the tasks of this board hold besides what every task has.", Manage: "Change the fields", None: "No custom fields yet.",
	Count: func(n int) string { return count(n, "field", "fields") },
	Of:    func(board string) string { return "Fields of " + board }, Back: "Back to the fields",
	New: "New field", Add: "Add field", Name: "Name", Kind: "Kind",
	Kinds: map[custom.Kind]string{custom.Text: "Text", custom.Number: "Number", custom.Date: "Date", custom.Choice: "Choice from a list",
		custom.Person: "Person of the team", custom.YesNo: "Yes or no", custom.URL: "Web address"},
	Help: "Help", HelpHint: "A line beside the field that says what belongs in it.",
	Required: "A task cannot be completed while this is empty", RequiredTag: "Required", RequiredHint: "Needed before the task is done",
	OnCard: "Show it on the cards", OnCardTag: "On cards",
	Options: "Options", OptionsHint: "Only for a choice: one a line.", Option: func(n int) string { return fmt.Sprintf("Option %d", n) },
	OptionUp: func(option string) string { return "Move “" + option + "” up" }, MoreOptions: "More options", MoreOptionsHint: "One a line. An option above that you empty is removed.",
	Edit: func(field string) string { return "Edit " + field }, EditOf: func(field string) string { return "The field " + field },
	Up: func(field string) string { return "Move " + field + " up" }, Down: func(field string) string { return "Move " + field + " down" },
	HeldBy: func(n int) string {
		if n == 0 {
			return "no task uses it"
		}
		return count(n, "task uses it", "tasks use it")
	},
	Remove: "Remove this field",
	RemoveAsk: func(n int) string {
		if n == 0 {
			return "No task holds anything in it. This cannot be undone."
		}
		return count(n, "task loses", "tasks lose") + " what it holds in this field. The log keeps it, but this cannot be undone."
	},
	RemoveDo: func(field string) string { return "Remove the field " + field }, Lose: "Take it off the tasks that have it",
	OfTask: "Fields", Nothing: "Nothing", Yes: "Yes", No: "No", NewTab: "opens in a new tab",
	OfFields: "a field", FilterGone: "The filter asks for a field that this board no longer has. That part was left out.",
	Anything: "Anything", HasNothing: "Nothing chosen", Me: "Me",
	From: func(field string) string { return field + ", from" }, To: func(field string) string { return field + ", to" }, Contains: "contains", Between: "from, to",
	Lacks: func(field string) string { return "The field " + field }, InField: "In a field:",
	Loses: func(fields []string) string {
		return "Loses what it holds in " + strings.Join(fields, ", ") + ": that board has no such field."
	},
	AsField: func(kind string) string { return "Custom field: " + strings.ToLower(kind) },
}

var fieldSpanish = Field{
	Title: "Campos personalizados", Lead: "Lo que contienen las tareas de este tablero además de lo que tiene cualquier tarea.", Manage: "Cambiar los campos", None: "Todavía no hay campos personalizados.",
	Count: func(n int) string { return count(n, "campo", "campos") },
	Of:    func(board string) string { return "Campos de " + board }, Back: "Volver a los campos",
	New: "Campo nuevo", Add: "Añadir campo", Name: "Nombre", Kind: "Tipo",
	Kinds: map[custom.Kind]string{custom.Text: "Texto", custom.Number: "Número", custom.Date: "Fecha", custom.Choice: "Elección de una lista",
		custom.Person: "Persona del equipo", custom.YesNo: "Sí o no", custom.URL: "Dirección web"},
	Help: "Ayuda", HelpHint: "Una línea junto al campo que dice qué va en él.",
	Required: "Una tarea no se puede completar mientras esté vacío", RequiredTag: "Obligatorio", RequiredHint: "Hace falta para terminar la tarea",
	OnCard: "Mostrarlo en las tarjetas", OnCardTag: "En tarjetas",
	Options: "Opciones", OptionsHint: "Solo para una elección: una por línea.", Option: func(n int) string { return fmt.Sprintf("Opción %d", n) },
	OptionUp: func(option string) string { return "Subir «" + option + "»" }, MoreOptions: "Más opciones", MoreOptionsHint: "Una por línea. La opción de arriba que dejes vacía se quita.",
	Edit: func(field string) string { return "Editar " + field }, EditOf: func(field string) string { return "El campo " + field },
	Up: func(field string) string { return "Subir " + field }, Down: func(field string) string { return "Bajar " + field },
	HeldBy: func(n int) string {
		if n == 0 {
			return "ninguna tarea lo usa"
		}
		return count(n, "tarea lo usa", "tareas lo usan")
	},
	Remove: "Quitar este campo",
	RemoveAsk: func(n int) string {
		if n == 0 {
			return "Ninguna tarea contiene nada en él. No se puede deshacer."
		}
		return count(n, "tarea pierde", "tareas pierden") + " lo que contiene en este campo. El registro lo guarda, pero no se puede deshacer."
	},
	RemoveDo: func(field string) string { return "Quitar el campo " + field }, Lose: "Quitarla de las tareas que la tienen",
	OfTask: "Campos", Nothing: "Nada", Yes: "Sí", No: "No", NewTab: "se abre en otra pestaña",
	OfFields: "un campo", FilterGone: "El filtro pide un campo que este tablero ya no tiene. Esa parte se ha dejado fuera.",
	Anything: "Cualquier cosa", HasNothing: "Nada elegido", Me: "Yo",
	From: func(field string) string { return field + ", desde" }, To: func(field string) string { return field + ", hasta" }, Contains: "contiene", Between: "desde, hasta",
	Lacks: func(field string) string { return "El campo " + field }, InField: "En un campo:",
	Loses: func(fields []string) string {
		return "Pierde lo que contiene en " + strings.Join(fields, ", ") + ": ese tablero no tiene ese campo."
	},
	AsField: func(kind string) string { return "Campo personalizado: " + strings.ToLower(kind) },
}

var fieldFaultsEnglish = faults{
	fault.FieldEmpty:     func(f *fault.Fault) string { return fmt.Sprintf("Fill in the field %v first.", f.Args[0]) },
	fault.FieldTaken:     func(f *fault.Fault) string { return fmt.Sprintf("This board has a field %v already.", f.Args[0]) },
	fault.TooManyFields:  func(f *fault.Fault) string { return fmt.Sprintf("A board can have %v fields at most.", f.Args[0]) },
	fault.TooManyOptions: func(f *fault.Fault) string { return fmt.Sprintf("A field can have %v options at most.", f.Args[0]) },
	fault.OptionTwice:    func(f *fault.Fault) string { return fmt.Sprintf("“%v” is there twice.", f.Args[0]) },
	fault.OptionHeld: func(f *fault.Fault) string {
		n, _ := f.Args[1].(int)
		return fmt.Sprintf("%s “%v”. Tick the box below to take it off them, or put the option back.", count(n, "task has", "tasks have"), f.Args[0])
	},
	fault.NotAWebAddress: text("This is not a web address. It starts with https:// or http://."),
	fault.FieldGone:      text("This board no longer has this field."),
	fault.StaysFilled:    text("The task is done, and done needs this field. Reopen the task to empty it."),
}

var fieldFaultsSpanish = faults{
	fault.FieldEmpty: func(f *fault.Fault) string { return fmt.Sprintf("Rellena antes el campo %v.", f.Args[0]) },
	fault.FieldTaken: func(f *fault.Fault) string { return fmt.Sprintf("Este tablero ya tiene un campo %v.", f.Args[0]) },
	fault.TooManyFields: func(f *fault.Fault) string {
		return fmt.Sprintf("Un tablero puede tener %v campos como máximo.", f.Args[0])
	},
	fault.TooManyOptions: func(f *fault.Fault) string {
		return fmt.Sprintf("Un campo puede tener %v opciones como máximo.", f.Args[0])
	},
	fault.OptionTwice: func(f *fault.Fault) string { return fmt.Sprintf("«%v» está dos veces.", f.Args[0]) },
	fault.OptionHeld: func(f *fault.Fault) string {
		n, _ := f.Args[1].(int)
		return fmt.Sprintf("%s «%v». Marca la casilla de abajo para quitársela o vuelve a poner la opción.", count(n, "tarea tiene", "tareas tienen"), f.Args[0])
	},
	fault.NotAWebAddress: text("Esto no es una dirección web. Empieza por https:// o http://."),
	fault.FieldGone:      text("Este tablero ya no tiene este campo."),
	fault.StaysFilled:    text("La tarea está hecha y este campo hace falta para ello. Reábrela para vaciarlo."),
}

// FieldValue words what a task holds in a field; text is what an option or a person
// is called.
func (w *Words) FieldValue(kind custom.Kind, value, text string) string {
	switch {
	case text != "":
		return text
	case kind == custom.YesNo && value == custom.Yes:
		return w.Field.Yes
	case kind == custom.YesNo && value == custom.No:
		return w.Field.No
	case kind == custom.Number:
		return w.number(value)
	case kind == custom.Date:
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return w.When.Date(day)
		}
	}
	return value
}

// FieldName is what a field of a change is called, be it one that every task has or
// one of a board's own.
func (w *Words) FieldName(field string) string {
	if _, name, ok := custom.Parse(field); ok {
		return name
	}
	return textOr(w.Log.Fields[field], field)
}

// number writes a number as the language does, its thousands apart: in Spanish by a
// narrow space and from five figures on, as the Academy has it.
func (w *Words) number(value string) string {
	point, apart, from := ".", ",", 4
	if w.Lang == "es" {
		point, apart, from = ",", "\u202f", 5
	}
	sign := ""
	if strings.HasPrefix(value, "-") {
		sign, value = "−", value[1:]
	}
	whole, part, broken := strings.Cut(value, ".")
	var groups []string
	for ; len(whole) >= from && len(whole) > 3 || len(groups) > 0 && len(whole) > 3; whole = whole[:len(whole)-3] {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
	}
	whole = strings.Join(append([]string{whole}, groups...), apart)
	if broken {
		whole += point + part
	}
	return sign + whole
}

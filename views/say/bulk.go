package say

import (
	"fmt"
	"strconv"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Bulk is the wording of what is done to many tasks at once.
type Bulk struct {
	Select, SelectHint string
	Title              func(board string) string
	Lead               string
	Bar                string // label of the bar of what can be done
	Chosen, ChosenOne  string // {n} is the number; for scripts
	Clear, Deselect    string // Deselect: of those that were refused
	Box                func(task string) string
	Column             func(name string) string // a box: all tasks of a column
	FirstOnly          func(n int) string       // there are more than one deed may change
	Hint               string                   // in the bar, before anything is selected
	More               string                   // of a column: not all of its tasks are shown

	Move, Owner, Label, Priority, Due, Others string
	Person, Assign, Unassign                  string
	Which, AddLabel, TakeLabel                string
	SetDue, NoDue                             string
	Archive, Cancel, Reason, Delete           string
	Nothing                                   string // nothing had to be changed

	did  func(n int, deed string) string
	deed map[string]func(name string) string // by models.Deed; name is what it brings
}

var bulkEnglish = Bulk{
	Select: "Select", SelectHint: "Select several tasks",
	Title: func(board string) string { return "Change tasks of " + board },
	Lead:  "Choose tasks, then what to do with all of them. It is done to all or to none, and can be undone at once.",
	Bar:   "What to do with the selected tasks", Chosen: "{n} selected", ChosenOne: "1 selected", Clear: "Clear the selection", Deselect: "Deselect these",
	Box:       func(task string) string { return "Select " + task },
	Column:    func(name string) string { return "Select all of " + name },
	FirstOnly: func(n int) string { return fmt.Sprintf("The first %d are selected: no more are changed at once.", n) },
	Hint:      "Select tasks to change them together.",
	More:      "Only the first tasks of this column are listed.",
	Move:      "Move to", Owner: "Owner", Label: "Label", Priority: "Priority", Due: "Due date", Others: "More",
	Person: "Person", Assign: "Make owner", Unassign: "Remove as owner",
	Which: "Label", AddLabel: "Add label", TakeLabel: "Take label off",
	SetDue: "Set date", NoDue: "No date",
	Archive: "Archive", Cancel: "Cancel tasks", Reason: "Reason (optional)", Delete: "Delete",
	Nothing: "They are all like that already.",
	did:     func(n int, deed string) string { return count(n, "task", "tasks") + " " + deed },
	deed: map[string]func(string) string{
		"move":     func(name string) string { return "moved to " + name },
		"assign":   func(name string) string { return "given to " + name },
		"unassign": func(name string) string { return "taken from " + name },
		"label":    func(name string) string { return "labelled “" + name + "”" },
		"unlabel":  func(name string) string { return "without “" + name + "”" },
		"prioritise": func(name string) string {
			return "set to the priority " + name
		},
		"due": func(day string) string {
			if day == "" {
				return "without a date"
			}
			return "due on " + day
		},
		"cancel":  func(string) string { return "cancelled" },
		"archive": func(string) string { return "archived" },
		"delete":  func(string) string { return "deleted" },
		"add":     func(name string) string { return "added to " + name },
	},
}

var bulkSpanish = Bulk{
	Select: "Seleccionar", SelectHint: "Seleccionar varias tareas",
	Title: func(board string) string { return "Cambiar tareas de " + board },
	Lead:  "Elige tareas y luego qué hacer con todas. Se hace con todas o con ninguna, y se puede deshacer de una vez.",
	Bar:   "Qué hacer con las tareas seleccionadas", Chosen: "{n} seleccionadas", ChosenOne: "1 seleccionada", Clear: "Quitar la selección", Deselect: "Quitar estas de la selección",
	Box:    func(task string) string { return "Seleccionar " + task },
	Column: func(name string) string { return "Seleccionar todas las de " + name },
	FirstOnly: func(n int) string {
		return fmt.Sprintf("Se han seleccionado las %d primeras: no se cambian más a la vez.", n)
	},
	Hint: "Selecciona tareas para cambiarlas juntas.",
	More: "Solo aparecen las primeras tareas de esta columna.",
	Move: "Mover a", Owner: "Responsable", Label: "Etiqueta", Priority: "Prioridad", Due: "Vencimiento", Others: "Más",
	Person: "Persona", Assign: "Hacer responsable", Unassign: "Quitar como responsable",
	Which: "Etiqueta", AddLabel: "Poner etiqueta", TakeLabel: "Quitar etiqueta",
	SetDue: "Poner fecha", NoDue: "Sin fecha",
	Archive: "Archivar", Cancel: "Cancelar las tareas", Reason: "Motivo (opcional)", Delete: "Eliminar",
	Nothing: "Ya están todas así.",
	did:     func(n int, deed string) string { return count(n, "tarea", "tareas") + ": " + deed },
	deed: map[string]func(string) string{
		"move":     func(name string) string { return "a " + name },
		"assign":   func(name string) string { return "para " + name },
		"unassign": func(name string) string { return name + " ya no es responsable" },
		"label":    func(name string) string { return "con la etiqueta «" + name + "»" },
		"unlabel":  func(name string) string { return "sin la etiqueta «" + name + "»" },
		"prioritise": func(name string) string {
			return "prioridad " + name
		},
		"due": func(day string) string {
			if day == "" {
				return "sin fecha"
			}
			return "vencen el " + day
		},
		"cancel":  func(string) string { return "canceladas" },
		"archive": func(string) string { return "archivadas" },
		"delete":  func(string) string { return "eliminadas" },
		"add":     func(name string) string { return "nuevas en " + name },
	},
}

// Bulked says what was done to how many tasks.
func (w *Words) Bulked(e ledger.Entry) string {
	deed, _ := changeOf(e, "deed")
	number, _ := changeOf(e, "number")
	n, _ := strconv.Atoi(number.To)
	say, known := w.Bulk.deed[deed.To]
	if !known {
		return w.Undo.Changed
	}
	name := ""
	for _, field := range []string{"column", "owner", "label", "priority", "due"} {
		if c, ok := changeOf(e, field); ok && c.To+c.ToText != "" || ok && field == "priority" {
			name = w.valueOf(field, textOr(c.To, map[bool]string{true: "0"}[field == "priority"]), c.ToText, nil)
		}
	}
	return w.Bulk.did(n, say(name))
}

// bulked tells a deed to many tasks of a board.
func bulked(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), value(w.Bulked(e)), board(e.Board))
	}
}

var bulkFaultsEnglish = faults{
	fault.NothingChosen: text("Select at least one task."),
	fault.TooManyChosen: func(f *fault.Fault) string { return fmt.Sprintf("Select %v tasks at most.", f.Args[0]) },
	fault.SomeRefused: func(f *fault.Fault) string {
		if f.Args[1] == 1 {
			return "Nothing was changed: the task cannot be changed so."
		}
		return fmt.Sprintf("Nothing was changed: %v of %v tasks cannot be changed so.", f.Args[0], f.Args[1])
	},
	fault.NoMoreThere: text("A task that is no longer on this board."),
}

var bulkFaultsSpanish = faults{
	fault.NothingChosen: text("Selecciona al menos una tarea."),
	fault.TooManyChosen: func(f *fault.Fault) string { return fmt.Sprintf("Selecciona como máximo %v tareas.", f.Args[0]) },
	fault.SomeRefused: func(f *fault.Fault) string {
		if f.Args[1] == 1 {
			return "No se cambió nada: con esta tarea no se puede."
		}
		return fmt.Sprintf("No se cambió nada: con %v de %v tareas no se puede.", f.Args[0], f.Args[1])
	},
	fault.NoMoreThere: text("Una tarea que ya no está en este tablero."),
}

package say

import (
	"fmt"
	"strings"
)

// Again is the wording of doing a task once more: copies, moves to other boards,
// tasks that repeat, and templates.
type Again struct {
	Copy, CopyDo         string
	CopyTitle            func(key string) string
	CopyIntro            string
	Along                string // heading of what comes along
	WithOwners, WithDue  string
	WithItems            string
	WithPrerequisites    func(n int) string
	WithDependents       func(n int) string
	NotCopied            string
	OnBoard              string
	ThisBoard            string // mark of the board that the task is on
	Transfer, TransferDo string
	TransferTitle        func(key string) string
	TransferIntro        string
	NoOtherBoard         string
	LosesLabels          func(labels []string) string
	KeepsAll             string
}

var againEnglish = Again{
	Copy: "Duplicate…", CopyDo: "Make the copy",
	CopyTitle:  func(key string) string { return "Duplicate " + key },
	CopyIntro:  "Title, description, estimate, priority and labels come along. The copy is a new task that nobody has begun.",
	Along:      "What else comes along",
	WithOwners: "Owners", WithDue: "Due dates", WithItems: "Checklist, with nothing ticked",
	WithPrerequisites: func(n int) string { return same(n, "It waits for the same task", "It waits for the same %d tasks") },
	WithDependents: func(n int) string {
		return same(n, "The same task waits for the copy, too", "The same %d tasks wait for the copy, too")
	},
	NotCopied: "Comments and history stay with the original.",
	OnBoard:   "Board", ThisBoard: "It is here now",
	Transfer: "Move to another board…", TransferDo: "Move there",
	TransferTitle: func(key string) string { return "Move " + key + " to another board" },
	TransferIntro: "All it holds goes with it, and so do its links to other tasks. It gets a new number there. You can undo this.",
	NoOtherBoard:  "This team has no other board yet.",
	LosesLabels: func(labels []string) string {
		if len(labels) == 1 {
			return "Loses the label " + labels[0] + ": that board has none of this name."
		}
		return "Loses the labels " + strings.Join(labels, ", ") + ": that board has none of these names."
	},
	KeepsAll: "Nothing is lost on the way.",
}

var againSpanish = Again{
	Copy: "Duplicar…", CopyDo: "Hacer la copia",
	CopyTitle:  func(key string) string { return "Duplicar " + key },
	CopyIntro:  "El título, la descripción, la estimación, la prioridad y las etiquetas se copian. La copia es una tarea nueva que nadie ha empezado.",
	Along:      "Qué más se copia",
	WithOwners: "Responsables", WithDue: "Fechas límite", WithItems: "Lista de control, sin nada marcado",
	WithPrerequisites: func(n int) string {
		return same(n, "Espera a la misma tarea", "Espera a las mismas %d tareas")
	},
	WithDependents: func(n int) string {
		return same(n, "La misma tarea espera también a la copia", "Las mismas %d tareas esperan también a la copia")
	},
	NotCopied: "Los comentarios y el historial se quedan en la original.",
	OnBoard:   "Tablero", ThisBoard: "Ahora está aquí",
	Transfer: "Mover a otro tablero…", TransferDo: "Moverla allí",
	TransferTitle: func(key string) string { return "Mover " + key + " a otro tablero" },
	TransferIntro: "Se lleva todo lo que contiene y sus enlaces con otras tareas. Allí recibe otro número. Puedes deshacerlo.",
	NoOtherBoard:  "Este equipo aún no tiene otro tablero.",
	LosesLabels: func(labels []string) string {
		if len(labels) == 1 {
			return "Pierde la etiqueta " + labels[0] + ": ese tablero no tiene ninguna con ese nombre."
		}
		return "Pierde las etiquetas " + strings.Join(labels, ", ") + ": ese tablero no tiene ninguna con esos nombres."
	},
	KeepsAll: "No se pierde nada por el camino.",
}

// same is a sentence for one, or for several with their number in it.
func same(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(several, n)
}

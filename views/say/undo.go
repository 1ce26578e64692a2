package say

import (
	"fmt"
	"strings"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Undo is the wording of the bin and of undoing.
type Undo struct {
	Bin, BinLead   string
	BinEmpty       string
	BinEmptyHint   string
	DeletedBy      func(who, when string) string
	Until          func(day string) string
	BringBack      string
	BringBackNamed func(key string) string
	Older          string

	Undo, Redo, Undone, Redone string
	MovedTo                    func(state string) string
	Did                        map[string]string // by models.Action
	Changed                    string            // the same for other actions
	UndoLast, RedoLast         string            // button beside one's own last change of a task
	KeyUndo                    string
	Since                      func(who, field string) string // who changed what, where the values say nothing

	Draft, DropDraft string // text that was typed and not saved
	SignInElsewhere  string // a form was sent after the session ended
	SignInTab        string
}

var undoEnglish = Undo{
	Bin: "Bin", BinLead: "Deleted tasks stay here for 30 days. A task that is brought back returns to its column, with its links to tasks that are still there.",
	BinEmpty: "Nothing in the bin", BinEmptyHint: "A task that somebody deletes is kept here for 30 days.",
	DeletedBy: func(who, when string) string { return "Deleted by " + who + ", " + when },
	Until:     func(day string) string { return "kept until " + day },
	BringBack: "Bring back", BringBackNamed: func(key string) string { return "Bring " + key + " back" },
	Older: "Older ones",
	Undo:  "Undo", Redo: "Redo", Undone: "Undone.", Redone: "Done again.",
	MovedTo: func(state string) string { return "Moved to " + state + "." },
	Did: map[string]string{"task.moved": "Moved.", "task.transferred": "Moved to another board.", "task.created": "Added.", "task.completed": "Completed.", "task.reopened": "Reopened.", "task.cancelled": "Cancelled.",
		"task.archived": "Archived.", "task.restored": "Restored.", "task.deleted": "Deleted.", "task.recalled": "Brought back.",
		"task.blocked": "Marked as blocked.", "task.unblocked": "Block cleared.", "task.edited": "Saved.", "task.undone": "Undone.",
		"run.started": "Started.", "runs.moved": "Moved to the newest version.", "run.deviated": "Step added.", "runs.moved_back": "Undone.",
		"task.overridden": "Prerequisites overridden.", "task.override_withdrawn": "Override withdrawn.",
		"dependency.added": "Link added.", "dependency.changed": "Link changed.", "dependency.removed": "Link removed.",
		"file.added": "Attached.", "file.renamed": "Renamed.", "file.removed": "File removed.", "file.recalled": "Brought back.",
		"file.returned": "Undone.", "file.withdrawn": "Undone.", "file.reverted": "Undone.",
		"dependency.returned": "Undone.", "dependency.withdrawn": "Undone.", "dependency.reverted": "Undone."},
	Changed: "Changed.", UndoLast: "Undo your last change", RedoLast: "Redo what you undid", KeyUndo: "Undo your last change; with ⇧, redo it",
	Since: func(who, field string) string { return who + " changed " + field + "." },
	Draft: "This is what you typed before and did not save.", DropDraft: "Discard it",
	SignInElsewhere: "Your session has ended. What you typed is still here: log in in another tab, then save again.", SignInTab: "Log in in another tab",
}

var undoSpanish = Undo{
	Bin: "Papelera", BinLead: "Las tareas borradas se guardan aquí 30 días. Al recuperarla, una tarea vuelve a su columna, con sus enlaces a las tareas que aún existan.",
	BinEmpty: "No hay nada en la papelera", BinEmptyHint: "Cuando alguien borra una tarea, se guarda aquí durante 30 días.",
	DeletedBy: func(who, when string) string { return "Borrada por " + who + ", " + when },
	Until:     func(day string) string { return "se guarda hasta el " + day },
	BringBack: "Recuperar", BringBackNamed: func(key string) string { return "Recuperar " + key },
	Older: "Anteriores",
	Undo:  "Deshacer", Redo: "Rehacer", Undone: "Deshecho.", Redone: "Hecho de nuevo.",
	MovedTo: func(state string) string { return "Movida a " + state + "." },
	Did: map[string]string{"task.moved": "Movida.", "task.transferred": "Movida a otro tablero.", "task.created": "Añadida.", "task.completed": "Completada.", "task.reopened": "Reabierta.", "task.cancelled": "Cancelada.",
		"task.archived": "Archivada.", "task.restored": "Restaurada.", "task.deleted": "Borrada.", "task.recalled": "Recuperada.",
		"task.blocked": "Marcada como bloqueada.", "task.unblocked": "Bloqueo quitado.", "task.edited": "Guardado.", "task.undone": "Deshecho.",
		"run.started": "Iniciada.", "runs.moved": "Pasadas a la versión más reciente.", "run.deviated": "Paso añadido.", "runs.moved_back": "Deshecho.",
		"task.overridden": "Requisitos previos pasados por alto.", "task.override_withdrawn": "Excepción retirada.",
		"dependency.added": "Enlace añadido.", "dependency.changed": "Enlace cambiado.", "dependency.removed": "Enlace quitado.",
		"file.added": "Adjuntado.", "file.renamed": "Nombre cambiado.", "file.removed": "Archivo quitado.", "file.recalled": "Recuperado.",
		"file.returned": "Deshecho.", "file.withdrawn": "Deshecho.", "file.reverted": "Deshecho.",
		"dependency.returned": "Deshecho.", "dependency.withdrawn": "Deshecho.", "dependency.reverted": "Deshecho."},
	Changed: "Cambiado.", UndoLast: "Deshacer tu último cambio", RedoLast: "Rehacer lo que deshiciste", KeyUndo: "Deshacer tu último cambio; con ⇧, rehacerlo",
	Since: func(who, field string) string { return who + " cambió " + field + "." },
	Draft: "Esto es lo que escribiste antes y no guardaste.", DropDraft: "Descartarlo",
	SignInElsewhere: "Tu sesión ha terminado. Lo que escribiste sigue aquí: entra en otra pestaña y guarda de nuevo.", SignInTab: "Entrar en otra pestaña",
}

var undoFaultsEnglish = faults{
	fault.NotUndoable: text("This change cannot be undone."),
	fault.NotYours:    text("Somebody else made this change. Only they or a manager can undo it."),
	fault.TooLate: func(f *fault.Fault) string {
		return fmt.Sprintf("This was done more than %v hours ago. It can no longer be undone.", f.Args[0])
	},
	fault.MovedOn: text("This was changed again since, so it cannot be undone."),
}

var undoFaultsSpanish = faults{
	fault.NotUndoable: text("Este cambio no se puede deshacer."),
	fault.NotYours:    text("Este cambio lo hizo otra persona. Solo ella o un gestor puede deshacerlo."),
	fault.TooLate: func(f *fault.Fault) string {
		return fmt.Sprintf("Esto se hizo hace más de %v horas. Ya no se puede deshacer.", f.Args[0])
	},
	fault.MovedOn: text("Esto ha vuelto a cambiar desde entonces, así que no se puede deshacer."),
}

// Did says in a few words what a change did, for the notice that offers to undo it.
func (w *Words) Did(e ledger.Entry) string {
	if c, ok := changeOf(e, "state"); ok && e.Action == "task.moved" {
		return w.Undo.MovedTo(w.Names.State[flow.State(c.To)])
	}
	if e.Action == "dependency.added" {
		return w.Lines.Linked(keyOf(e.Task.Name), keyOf(e.Subject.Name))
	}
	if e.Action == "tasks.changed" {
		return Capital(w.Bulked(e)) + "."
	}
	if did, ok := w.Undo.Did[e.Action]; ok {
		return did
	}
	return w.Undo.Changed
}

// keyOf is the key of a task that the log names by key and title.
func keyOf(name string) string {
	key, _, _ := strings.Cut(name, " ")
	return key
}

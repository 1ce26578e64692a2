package say

import (
	"fmt"
	"strings"
	"time"

	"relevo/models/fault"
)

// Task is the wording of a task's panel, of moving it and of what it depends on.
type Task struct {
	Close                    string
	Title, Save, Discard     string
	Saved                    string
	Gone                     string // the task that is open was deleted
	Column, NoColumn         string
	History, Why             string
	CreatedBy                func(who string, when string) string
	Start, Review, Complete  string
	Reopen, Move             string
	More                     string
	Releases                 func(n int) string // before the list of what finishing releases
	Owners, NoOwners, Filter string
	Due, NoDue               string
	Estimate, NoEstimate     string
	EstimateHint             string
	Priority                 string

	Description, NoDescription, EditDescription string
	AddDescription                              string
	Details                                     string
	MarkdownHint, Preview, PreviewOf            string
	Ticked, Unticked                            string // boxes of task lists, read aloud

	Stale, StaleAct              string // of a form; of a button
	StaleLine                    func(who, field, from, to string) string
	Nothing                      string // an empty value in a list of changes
	SaveMine, TakeTheirs         string
	Fields                       map[string]string // fields of a change, as the log names them
	Blocked, BlockedBecause      string
	Block, BlockHint, BlockDo    string
	Unblock, Reason              string
	AtRisk, AtRiskHint           string
	Overridden                   string
	OverriddenBecause            func(reason string) string
	Override, OverrideHint       string
	OverrideDo, WithdrawOverride string
	Cancel, CancelHint, CancelDo string
	ReasonOptional               string
	Archive, ArchiveHint         string
	Archived, Restore            string
	Delete, DeleteHint, DeleteDo string

	WaitsFor, HoldsUp               string
	WaitsForNothing, HoldsUpNothing string
	NeedsOne                        string // which of several it waits for, when any one will do
	Unowned                         string
	OpenUntil                       func(when string) string // by time alone
	AddPrerequisite, AddDependent   string
	SearchTasks, SearchHint, Search string
	Found                           func(n int) string
	Add                             string
	RemoveNamed, EditLink           func(key string) string
	Options                         string
	Lag, LagUnit                    string
	LagOf                           func(lag string) string
	Circle                          string // before the path
	OnCancel, OnCancelSkip          string
	OnCancelHold                    string
	SatisfiedAt                     string
	AtDone, AtReview                string
	AtReviewShort, HoldShort        string
	Conditions                      string // heading of when it may start
	Join, JoinAll, JoinAny          string
	NotBefore                       string
	NotBeforeHint                   func(zone string) string
	StartsAt                        func(when string) string
	Units                           map[string]string // by flow.Unit, to choose from

	MoveTitle           func(key string) string
	MoveIntro           string
	Here, Top, Bottom   string
	MoveTop, MoveBottom func(column string) string
	Before, BeforeCard  string
	MoveHere            string
	MoveBefore          func(column string) string
	Cards               func(n int) string
	Limit               func(n int) string
	Refused             string
	MoveAhead           string
	MoveAheadHint       string
	MoveAheadDo, MoveTo string
	Back                string
	Step                WhyStep
	WhyNothing          string
	WhyHint             string
	Automatically       string
	SearchTitle         func(key string) string
	Results             string
	WouldBeReleasedAt   func(when string) string
	AndMore             func(n int) string       // after the names of the first tasks
	ReadyAfter          func(anyOne bool) string // before the list of what it waits for
}

// WhyStep words the links of the chain that answers "why did this move?".
type WhyStep struct {
	Moved   func(who, key, from, to string) string // a person moved a task
	Created func(who, key string) string
	Went    func(key, from, to string) string       // a rule moved a task
	Did     map[string]func(who, key string) string // by models.Action: a person changed a task without moving it
	Changed func(who, key string) string            // the same for other actions
	Time    func(key string) string                 // time came for a task
	Because func(reason string) string
}

// Person words what somebody did to a task without moving it.
func (s WhyStep) Person(action, who, key string) string {
	if did, ok := s.Did[action]; ok {
		return did(who, key)
	}
	return s.Changed(who, key)
}

var taskEnglish = Task{
	Close: "Close",
	Title: "Title", Save: "Save", Discard: "Discard", Saved: "Saved.", Gone: "This task was deleted meanwhile.",
	Column: "Column", NoColumn: "in no column",
	History: "History", Why: "Why did this move?",
	CreatedBy: func(who, when string) string { return "Added by " + who + ", " + when },
	Start:     "Start", Review: "Send to review", Complete: "Complete", Reopen: "Reopen", Move: "Move to…",
	More:     "More",
	Releases: func(int) string { return "Finishing this releases" },
	Owners:   "Owners", NoOwners: "Nobody yet", Filter: "Find a person",
	Due: "Due date", NoDue: "None",
	Estimate: "Estimate", NoEstimate: "None", EstimateHint: "Like 90 (minutes), 1h 30m or 2d. A day is 8 hours.",
	Priority:    "Priority",
	Description: "Description", NoDescription: "No description yet.", EditDescription: "Edit description", AddDescription: "Add a description",
	Details:      "Owners and dates",
	MarkdownHint: "You can use Markdown: **bold**, lists, - [ ] tick boxes, tables, links.",
	Preview:      "Preview", PreviewOf: "Preview (not saved yet)",
	Ticked: "Ticked", Unticked: "Not ticked",

	Stale:    "This changed while you were editing it. Nothing that you typed is lost.",
	StaleAct: "Somebody was faster; nothing was done. This is how it is now. If you still want it, do it again.",
	StaleLine: func(who, field, from, to string) string {
		return fmt.Sprintf("%s changed %s from %s to %s.", who, field, from, to)
	},
	Nothing:  "nothing",
	SaveMine: "Save mine anyway", TakeTheirs: "Take theirs",
	Fields: map[string]string{
		"title": "the title", "description": "the description", "owners": "the owners", "labels": "the labels", "text": "the text", "owner": "the owner", "required": "whether it is required", "body": "the comment", "due": "the due date",
		"estimate": "the estimate", "priority": "the priority", "join": "how many prerequisites it needs",
		"not_before": "the earliest start", "state": "the state", "board": "the board", "number": "the number", "column": "the column", "position": "the place in the column",
		"blocked": "the block", "blocked_reason": "the reason for the block", "overridden": "the override",
		"override_reason": "the reason for the override", "archived": "whether it is archived", "deleted": "whether it is deleted",
		"archived_at": "whether it is archived", "deleted_at": "whether it is deleted", "lag": "the wait after a prerequisite",
		"on_cancel": "how a cancelled prerequisite counts", "satisfied_at": "when a prerequisite counts",
		"items": "the checklist", "files": "the files", "approval": "the approval", "approvers": "who is asked to approve", "approval_role": "which role is asked to approve", "approval_mode": "how many have to approve",
		"at_risk": "whether it is at risk", "prerequisite": "what it waits for", "dependent": "what waits for it",
	},
	Blocked: "Blocked", BlockedBecause: "Blocked:",
	Block: "Block…", BlockHint: "A blocked task cannot be completed until somebody unblocks it. It does not move by being blocked.", BlockDo: "Block it",
	Unblock: "Unblock", Reason: "Reason",
	AtRisk: "At risk", AtRiskHint: "This was started, but something that it depends on is open again.",
	Overridden:        "Let through",
	OverriddenBecause: func(reason string) string { return "Goes ahead of what it waits for: " + reason },
	Override:          "Let it go ahead…", OverrideHint: "The task becomes ready although what it waits for is open. Your reason is kept in the log.",
	OverrideDo: "Let it go ahead", WithdrawOverride: "Make it wait again",
	Cancel: "Cancel task…", CancelHint: "Tasks that wait for this one go on, unless their link says to keep waiting. You can reopen it later.", CancelDo: "Cancel this task",
	ReasonOptional: "Reason (optional)",
	Archive:        "Archive", ArchiveHint: "Takes it off the board. If it is unfinished, it counts as cancelled for what waits for it.",
	Archived: "This task is archived: it is off the board.", Restore: "Put it back on the board",
	Delete: "Delete…", DeleteHint: "The task and its links go to the board’s bin. They can be brought back from there for 30 days.", DeleteDo: "Delete",

	WaitsFor: "Waits for", HoldsUp: "Holds up",
	WaitsForNothing: "Nothing. It may start at any time.", HoldsUpNothing: "Nothing waits for this task.",
	NeedsOne:        "Any one of these is enough.",
	Unowned:         "no owner",
	OpenUntil:       func(when string) string { return "counts from " + when },
	AddPrerequisite: "Add a task that this one waits for", AddDependent: "Add a task that waits for this one",
	SearchTasks: "Search tasks", SearchHint: "Number or words of the title", Search: "Search",
	Found: func(n int) string {
		if n == 0 {
			return "No task found. Try its number, like ONB-12, or another word of its title."
		}
		return count(n, "task found", "tasks found")
	},
	Add:         "Add",
	RemoveNamed: func(key string) string { return "Remove the link to " + key },
	EditLink:    func(key string) string { return "Options of the link to " + key },
	Options:     "Options",
	Lag:         "Then wait", LagUnit: "Unit",
	LagOf:    func(lag string) string { return "then " + lag },
	Circle:   "That would make these tasks wait for each other in a circle, so it was not added:",
	OnCancel: "If that task is cancelled", OnCancelSkip: "go on without it", OnCancelHold: "keep waiting",
	SatisfiedAt: "It is enough when that task is", AtDone: "done", AtReview: "in review",
	AtReviewShort: "from review on", HoldShort: "waits even if cancelled",
	Conditions: "When it may start",
	Join:       "Needs", JoinAll: "all of them", JoinAny: "any one of them",
	NotBefore:     "Not before",
	NotBeforeHint: func(zone string) string { return "In your time zone, " + zone + "." },
	StartsAt:      func(when string) string { return "Not before " + when },
	Units:         map[string]string{"minutes": "minutes", "hours": "hours", "days": "days", "working_days": "working days"},

	MoveTitle: func(key string) string { return "Move " + key },
	MoveIntro: "Choose a column, and where in it.",
	Here:      "It is here now", Top: "Top", Bottom: "Bottom",
	MoveTop:    func(column string) string { return "Move to the top of " + column },
	MoveBottom: func(column string) string { return "Move to the bottom of " + column },
	Before:     "Above…", BeforeCard: "Above this card", MoveHere: "Move",
	MoveBefore: func(column string) string { return "Move above this card in " + column },
	Cards:      func(n int) string { return count(n, "card", "cards") },
	Limit:      func(n int) string { return fmt.Sprintf("limit %d", n) },
	Refused:    "Not now:",
	MoveAhead:  "Move it ahead of what it waits for", MoveAheadHint: "As a manager you may. Your reason is kept in the log.",
	MoveAheadDo: "Move ahead", MoveTo: "Move to", Back: "Back to the task",
	Step: WhyStep{
		Moved: func(who, key, from, to string) string {
			return fmt.Sprintf("%s moved %s from %s to %s", who, key, from, to)
		},
		Created: func(who, key string) string { return fmt.Sprintf("%s added %s", who, key) },
		Went: func(key, from, to string) string {
			return fmt.Sprintf("%s went by itself from %s to %s", key, from, to)
		},
		Changed: func(who, key string) string { return fmt.Sprintf("%s changed %s", who, key) },
		Did: map[string]func(who, key string) string{
			"task.completed":          func(who, key string) string { return who + " completed " + key },
			"task.reopened":           func(who, key string) string { return who + " reopened " + key },
			"task.cancelled":          func(who, key string) string { return who + " cancelled " + key },
			"task.archived":           func(who, key string) string { return who + " archived " + key },
			"task.restored":           func(who, key string) string { return who + " put " + key + " back on its board" },
			"task.deleted":            func(who, key string) string { return who + " deleted " + key },
			"task.overridden":         func(who, key string) string { return who + " let " + key + " go ahead of what it waits for" },
			"task.override_withdrawn": func(who, key string) string { return who + " made " + key + " wait again" },
			"task.edited":             func(who, key string) string { return who + " edited when " + key + " may start" },
			"dependency.added":        func(who, key string) string { return who + " made " + key + " wait for another task" },
			"dependency.changed":      func(who, key string) string { return who + " changed how " + key + " waits for another task" },
			"dependency.removed":      func(who, key string) string { return who + " removed something that " + key + " waited for" },
		},
		Time:    func(key string) string { return fmt.Sprintf("the time came for %s", key) },
		Because: func(reason string) string { return "“" + reason + "”" },
	},
	WhyNothing: "It has not moved since it was added.", WhyHint: "Newest first; each line was brought about by the one below it.",
	Automatically: "automatic",
	SearchTitle:   func(key string) string { return "Find a task to link with " + key },
	Results:       "Tasks found",
	WouldBeReleasedAt: func(when string) string {
		return "It will be ready by itself " + when + "."
	},
	AndMore: func(n int) string { return fmt.Sprintf("and %d more", n) },
	ReadyAfter: func(anyOne bool) string {
		if anyOne {
			return "Ready by itself after any one of"
		}
		return "Ready by itself after"
	},
}

var taskSpanish = Task{
	Close: "Cerrar",
	Title: "Título", Save: "Guardar", Discard: "Descartar", Saved: "Guardado.", Gone: "Alguien borró esta tarea mientras tanto.",
	Column: "Columna", NoColumn: "en ninguna columna",
	History: "Historial", Why: "¿Por qué se movió?",
	CreatedBy: func(who, when string) string { return "La añadió " + who + ", " + when },
	Start:     "Empezar", Review: "Enviar a revisión", Complete: "Completar", Reopen: "Reabrir", Move: "Mover a…",
	More:     "Más",
	Releases: func(int) string { return "Al terminarla se libera" },
	Owners:   "Responsables", NoOwners: "Nadie todavía", Filter: "Buscar a una persona",
	Due: "Fecha límite", NoDue: "Ninguna",
	Estimate: "Estimación", NoEstimate: "Ninguna", EstimateHint: "Por ejemplo 90 (minutos), 1h 30m o 2d. Un día son 8 horas.",
	Priority:    "Prioridad",
	Description: "Descripción", NoDescription: "Todavía no hay descripción.", EditDescription: "Editar la descripción", AddDescription: "Añadir una descripción",
	Details:      "Responsables y fechas",
	MarkdownHint: "Puedes usar Markdown: **negrita**, listas, casillas - [ ], tablas, enlaces.",
	Preview:      "Vista previa", PreviewOf: "Vista previa (sin guardar)",
	Ticked: "Marcada", Unticked: "Sin marcar",

	Stale:    "Esto cambió mientras lo editabas. No se ha perdido nada de lo que escribiste.",
	StaleAct: "Alguien se adelantó; no se hizo nada. Así está ahora. Si aún lo quieres, hazlo de nuevo.",
	StaleLine: func(who, field, from, to string) string {
		return fmt.Sprintf("%s cambió %s de %s a %s.", who, field, from, to)
	},
	Nothing:  "nada",
	SaveMine: "Guardar lo mío de todos modos", TakeTheirs: "Quedarme con lo suyo",
	Fields: map[string]string{
		"title": "el título", "description": "la descripción", "owners": "los responsables", "labels": "las etiquetas", "text": "el texto", "owner": "el responsable", "required": "si es obligatorio", "body": "el comentario", "due": "la fecha límite",
		"estimate": "la estimación", "priority": "la prioridad", "join": "cuántos requisitos previos necesita",
		"not_before": "el inicio más temprano", "state": "el estado", "board": "el tablero", "number": "el número", "column": "la columna", "position": "el lugar en la columna",
		"blocked": "el bloqueo", "blocked_reason": "el motivo del bloqueo", "overridden": "el permiso para adelantarse",
		"override_reason": "el motivo para adelantarse", "archived": "si está archivada", "deleted": "si está borrada",
		"archived_at": "si está archivada", "deleted_at": "si está borrada", "lag": "la espera tras un requisito previo",
		"on_cancel": "cómo cuenta un requisito cancelado", "satisfied_at": "cuándo cuenta un requisito previo",
		"items": "la lista de control", "files": "los archivos", "approval": "la aprobación", "approvers": "a quién se pide aprobación", "approval_role": "a qué papel se pide aprobación", "approval_mode": "cuántas personas tienen que aprobar",
		"at_risk": "si está en riesgo", "prerequisite": "a qué espera", "dependent": "qué espera por ella",
	},
	Blocked: "Bloqueada", BlockedBecause: "Bloqueada:",
	Block: "Bloquear…", BlockHint: "Una tarea bloqueada no se puede completar hasta que alguien la desbloquee. Bloquearla no la mueve.", BlockDo: "Bloquearla",
	Unblock: "Desbloquear", Reason: "Motivo",
	AtRisk: "En riesgo", AtRiskHint: "Se empezó, pero algo de lo que depende vuelve a estar abierto.",
	Overridden:        "Adelantada",
	OverriddenBecause: func(reason string) string { return "Se adelanta a lo que espera: " + reason },
	Override:          "Dejar que se adelante…", OverrideHint: "La tarea pasa a estar lista aunque siga abierto lo que espera. Tu motivo queda en el registro.",
	OverrideDo: "Dejar que se adelante", WithdrawOverride: "Que vuelva a esperar",
	Cancel: "Cancelar la tarea…", CancelHint: "Las tareas que la esperan siguen adelante, salvo que su enlace diga que sigan en espera. Puedes reabrirla después.", CancelDo: "Cancelar esta tarea",
	ReasonOptional: "Motivo (opcional)",
	Archive:        "Archivar", ArchiveHint: "La quita del tablero. Si no está terminada, cuenta como cancelada para lo que la espera.",
	Archived: "Esta tarea está archivada: no está en el tablero.", Restore: "Devolverla al tablero",
	Delete: "Borrar…", DeleteHint: "La tarea y sus enlaces van a la papelera del tablero. Se pueden recuperar de allí durante 30 días.", DeleteDo: "Borrar",

	WaitsFor: "Espera a", HoldsUp: "Retiene a",
	WaitsForNothing: "Nada. Puede empezar cuando quieras.", HoldsUpNothing: "Ninguna tarea espera a esta.",
	NeedsOne:        "Basta con una cualquiera.",
	Unowned:         "sin responsable",
	OpenUntil:       func(when string) string { return "cuenta desde " + when },
	AddPrerequisite: "Añadir una tarea a la que esta espera", AddDependent: "Añadir una tarea que espera a esta",
	SearchTasks: "Buscar tareas", SearchHint: "Número o palabras del título", Search: "Buscar",
	Found: func(n int) string {
		if n == 0 {
			return "No se encontró ninguna tarea. Prueba con su número, como ONB-12, o con otra palabra del título."
		}
		return count(n, "tarea encontrada", "tareas encontradas")
	},
	Add:         "Añadir",
	RemoveNamed: func(key string) string { return "Quitar el enlace con " + key },
	EditLink:    func(key string) string { return "Opciones del enlace con " + key },
	Options:     "Opciones",
	Lag:         "Después, esperar", LagUnit: "Unidad",
	LagOf:    func(lag string) string { return "y después " + lag },
	Circle:   "Así estas tareas se esperarían unas a otras en círculo, así que no se añadió:",
	OnCancel: "Si esa tarea se cancela", OnCancelSkip: "seguir sin ella", OnCancelHold: "seguir en espera",
	SatisfiedAt: "Basta con que esa tarea esté", AtDone: "hecha", AtReview: "en revisión",
	AtReviewShort: "desde la revisión", HoldShort: "espera aunque se cancele",
	Conditions: "Cuándo puede empezar",
	Join:       "Necesita", JoinAll: "todas", JoinAny: "una cualquiera",
	NotBefore:     "No antes de",
	NotBeforeHint: func(zone string) string { return "En tu zona horaria, " + zone + "." },
	StartsAt:      func(when string) string { return "No antes de: " + when },
	Units:         map[string]string{"minutes": "minutos", "hours": "horas", "days": "días", "working_days": "días laborables"},

	MoveTitle: func(key string) string { return "Mover " + key },
	MoveIntro: "Elige una columna y el lugar en ella.",
	Here:      "Ahora está aquí", Top: "Arriba", Bottom: "Abajo",
	MoveTop:    func(column string) string { return "Arriba: mover al principio de " + column },
	MoveBottom: func(column string) string { return "Abajo: mover al final de " + column },
	Before:     "Encima de…", BeforeCard: "Encima de esta tarjeta", MoveHere: "Mover",
	MoveBefore: func(column string) string { return "Mover encima de esta tarjeta en " + column },
	Cards:      func(n int) string { return count(n, "tarjeta", "tarjetas") },
	Limit:      func(n int) string { return fmt.Sprintf("límite %d", n) },
	Refused:    "Ahora no:",
	MoveAhead:  "Adelantarla a lo que espera", MoveAheadHint: "Como gestor puedes hacerlo. Tu motivo queda en el registro.",
	MoveAheadDo: "Adelantar", MoveTo: "Mover a", Back: "Volver a la tarea",
	Step: WhyStep{
		Moved: func(who, key, from, to string) string {
			return fmt.Sprintf("%s movió %s de %s a %s", who, key, from, to)
		},
		Created: func(who, key string) string { return fmt.Sprintf("%s añadió %s", who, key) },
		Went: func(key, from, to string) string {
			return fmt.Sprintf("%s pasó por sí sola de %s a %s", key, from, to)
		},
		Changed: func(who, key string) string { return fmt.Sprintf("%s cambió %s", who, key) },
		Did: map[string]func(who, key string) string{
			"task.completed":          func(who, key string) string { return who + " completó " + key },
			"task.reopened":           func(who, key string) string { return who + " reabrió " + key },
			"task.cancelled":          func(who, key string) string { return who + " canceló " + key },
			"task.archived":           func(who, key string) string { return who + " archivó " + key },
			"task.restored":           func(who, key string) string { return who + " devolvió " + key + " a su tablero" },
			"task.deleted":            func(who, key string) string { return who + " borró " + key },
			"task.overridden":         func(who, key string) string { return who + " dejó que " + key + " se adelantara a lo que espera" },
			"task.override_withdrawn": func(who, key string) string { return who + " hizo que " + key + " volviera a esperar" },
			"task.edited":             func(who, key string) string { return who + " cambió cuándo puede empezar " + key },
			"dependency.added":        func(who, key string) string { return who + " hizo que " + key + " esperara a otra tarea" },
			"dependency.changed":      func(who, key string) string { return who + " cambió cómo " + key + " espera a otra tarea" },
			"dependency.removed":      func(who, key string) string { return who + " quitó algo a lo que " + key + " esperaba" },
		},
		Time:    func(key string) string { return fmt.Sprintf("llegó el momento de %s", key) },
		Because: func(reason string) string { return "«" + reason + "»" },
	},
	WhyNothing: "No se ha movido desde que se añadió.", WhyHint: "Lo más reciente primero; cada línea la provocó la de abajo.",
	Automatically: "automático",
	SearchTitle:   func(key string) string { return "Buscar una tarea para enlazar con " + key },
	Results:       "Tareas encontradas",
	WouldBeReleasedAt: func(when string) string {
		return "Estará lista por sí sola " + when + "."
	},
	AndMore: func(n int) string { return fmt.Sprintf("y %d más", n) },
	ReadyAfter: func(anyOne bool) string {
		if anyOne {
			return "Estará lista por sí sola después de una de estas:"
		}
		return "Estará lista por sí sola después de"
	},
}

// names lists the tasks of a fault by their numbers.
func names(refs []fault.Ref, between string) string {
	keys := make([]string, len(refs))
	for i, r := range refs {
		keys[i] = r.Key
	}
	return strings.Join(keys, between)
}

// arg is the i-th value of a fault, or the zero value where it brings none.
func arg[T any](f *fault.Fault, i int) (v T) {
	if i < len(f.Args) {
		v, _ = f.Args[i].(T)
	}
	return v
}

var taskFaultsEnglish = faults{
	fault.StillWaits: func(f *fault.Fault) string {
		at := arg[time.Time](f, 0)
		switch {
		case len(f.Refs) > 0:
			return "It still waits for " + names(f.Refs, ", ") + "."
		case !at.IsZero():
			return "It still waits: its time has not come."
		}
		return "It still waits for something that is not finished."
	},
	fault.NothingToWait: text("It waits for nothing, so it cannot be put among what waits. Add a prerequisite, or block it by hand."),
	fault.IsBlocked: func(f *fault.Fault) string {
		if reason := arg[string](f, 0); reason != "" {
			return "It is blocked: " + reason + ". Unblock it first."
		}
		return "It is blocked. Unblock it first."
	},
	fault.IsCancelled:  text("It is cancelled. Reopen it first."),
	fault.IsArchived:   text("It is archived. Bring it back to the board first."),
	fault.NotWaiting:   text("It does not wait for anything now, so there is nothing to override."),
	fault.ReasonNeeded: text("Say why, in a few words."),
	fault.NotOpen:      text("It is finished already. Reopen it first."),
	fault.NotClosed:    text("It is not finished, so there is nothing to reopen."),
	fault.NotInTeam: func(f *fault.Fault) string {
		if name := arg[string](f, 0); name != "" {
			return name + " is not in this team."
		}
		return "That person is not in this team."
	},
	fault.TooManyAtOnce:  func(f *fault.Fault) string { return fmt.Sprintf("Add at most %v at once.", f.Args[0]) },
	fault.IncompleteTask: text("It cannot be completed yet. This is missing:"),
	fault.NotAnEstimate:  text("Write an estimate like 90, 1h 30m or 2d, of 1,000 days at most."),
	fault.NotAMoment:     text("Write a date and a time like 2026-03-31 09:00."),
	fault.DateOutOfRange: func(f *fault.Fault) string { return fmt.Sprintf("Choose a date from %v to %v.", f.Args[0], f.Args[1]) },
	fault.Cycle: func(f *fault.Fault) string {
		return "That would go round in a circle: " + names(f.Refs, " → ") + "."
	},
	fault.OtherTeam:    text("That task belongs to another team. Link tasks of one team only."),
	fault.AlreadyNeeds: text("These two are linked already."),
	fault.NeedsItself:  text("A task cannot wait for itself."),
}

var taskFaultsSpanish = faults{
	fault.StillWaits: func(f *fault.Fault) string {
		at := arg[time.Time](f, 0)
		switch {
		case len(f.Refs) > 0:
			return "Todavía espera a " + names(f.Refs, ", ") + "."
		case !at.IsZero():
			return "Todavía está en espera: no ha llegado su momento."
		}
		return "Todavía espera a algo que no está terminado."
	},
	fault.NothingToWait: text("No espera a nada, así que no puede estar entre lo que espera. Añade un requisito previo o bloquéala a mano."),
	fault.IsBlocked: func(f *fault.Fault) string {
		if reason := arg[string](f, 0); reason != "" {
			return "Está bloqueada: " + reason + ". Desbloquéala primero."
		}
		return "Está bloqueada. Desbloquéala primero."
	},
	fault.IsCancelled:  text("Está cancelada. Reábrela primero."),
	fault.IsArchived:   text("Está archivada. Devuélvela antes al tablero."),
	fault.NotWaiting:   text("Ahora no espera a nada, así que no hay nada a lo que adelantarse."),
	fault.ReasonNeeded: text("Di por qué, en pocas palabras."),
	fault.NotOpen:      text("Ya está terminada. Reábrela primero."),
	fault.NotClosed:    text("No está terminada, así que no hay nada que reabrir."),
	fault.NotInTeam: func(f *fault.Fault) string {
		if name := arg[string](f, 0); name != "" {
			return name + " no está en este equipo."
		}
		return "Esa persona no está en este equipo."
	},
	fault.TooManyAtOnce:  func(f *fault.Fault) string { return fmt.Sprintf("Añade como máximo %v de una vez.", f.Args[0]) },
	fault.IncompleteTask: text("Todavía no se puede completar. Falta esto:"),
	fault.NotAnEstimate:  text("Escribe una estimación como 90, 1h 30m o 2d, de 1.000 días como máximo."),
	fault.NotAMoment:     text("Escribe una fecha y una hora como 2026-03-31 09:00."),
	fault.DateOutOfRange: func(f *fault.Fault) string {
		return fmt.Sprintf("Elige una fecha entre %v y %v.", f.Args[0], f.Args[1])
	},
	fault.Cycle: func(f *fault.Fault) string {
		return "Eso daría vueltas en círculo: " + names(f.Refs, " → ") + "."
	},
	fault.OtherTeam:    text("Esa tarea es de otro equipo. Enlaza solo tareas de un mismo equipo."),
	fault.AlreadyNeeds: text("Estas dos ya están enlazadas."),
	fault.NeedsItself:  text("Una tarea no puede esperarse a sí misma."),
}

package say

import (
	"fmt"
	"strings"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// Runs is the wording of templates that teams keep, and of their runs.
type Runs struct {
	Templates, Lead                 string
	None, NoneHint, NoneYet         string
	Ready, ReadyLead                string // those that come with the program
	Adopt                           string
	AdoptIt                         func(name string) string
	Adopted                         string
	Write, WriteTitle               string // a template from nothing
	Starter                         string // YAML to begin with
	Archived                        string
	Steps                           func(n int) string
	Going                           func(n int) string
	Runs                            string
	AllRuns                         func(n int) string
	Draft, DraftOnly, Version       string
	VersionN                        func(n int64) string
	Edit, Start, Archive, Restore   string
	Outline, Versions, Of           string
	DraftShown                      string
	VersionShown                    func(n int64) string
	ToNewest                        string
	Inputs, Roles, Required         string
	Who                             func(role playbook.Role, input string) string
	Nobody                          string
	NoSection                       string
	DueIs                           func(due playbook.Due, input string) string
	After                           func(steps string, anyOne bool) string
	Lag                             func(lag flow.Lag) string
	Only                            string // if
	Needs                           string
	Fields, Evidence                string
	EvidenceIs                      func(what string) string
	ApprovalBy                      func(who string, all bool) string
	Checklist                       func(n int) string
	Source, SourceHint, Save, Saved string
	Publish, PublishHint, Published string
	NothingNew                      string
	Problems                        string
	At                              func(line, column int) string
	Discard                         string

	StartTitle        func(template string) string
	StartLead         string
	Name, NameHint    string
	Board, BoardHint  string
	NoBoard, ToBoards string
	From, Until       string
	UntilHint         string
	ChooseOne         string
	Open              func(n int) string
	AsInput           func(input string) string
	Look              string // at the start sheet
	SheetTitle        func(run string) string
	SheetLead         func(tasks int) string
	OnBoard           string
	NobodyDoes        func(roles string) string
	Skipped           string
	Holds, Falls      string
	Undecided         string
	WillSkip          func(n int) string
	Pushed            func(asked string) string
	Past              string
	Moves             string
	NoDue             string
	LeaveOut, LeftOut string
	Change, Go        string

	RunsTitle            func(template string) string
	OnlyGoing, All       string
	NoRuns, NoRunsHint   string
	NoneGoing            string
	More                 string
	Table, List          string
	Progress, Download   string
	Whose, Anybody, Show string
	Cell                 func(state, who string, late bool) string
	NotThere             string
	StartedBy            func(name string) string
	Late                 func(n int) string
	Done                 func(done, all int) string
	Finished             string
	Paused, Cancelled    string
	Turn                 string // whose turn it is
	AndMore              func(n int) string
	People               string
	PauseIt, Resume      string
	PausedHint           string
	CancelIt, CancelHow  string
	CancelTasks          string
	LeaveTasks           string
	Reason               string
	CancelledHint        string
	FinishedHint         string
	Waiting              string // what the rest waits for
	WaitsFor             string
	UntilTime            string
	Complete, Reopen     string
	FillIn, SaveFields   string
	Comment, SayIt       string
	Attach               string
	WasSkipped           string
	WasCancelled         string
	WasDropped           string
	Gone                 string
	Drop, Keep           string
	HandOver             string
	GiveTo               string
	YesWord, NoWord      string
	StepOfRun            func(run string) string
	Commented            string
}

// Standing words what a condition says as things stand.
func (r Runs) Standing(s playbook.Standing) string {
	switch s {
	case playbook.Holds:
		return r.Holds
	case playbook.Falls:
		return r.Falls
	case playbook.Undecided:
	}
	return r.Undecided
}

var runsEnglish = Runs{
	Templates: "Templates", Lead: "What your team does again and again, written down once and started from one form.",
	None: "No template yet", NoneHint: "Take one of those below over, change what is different with you, or write your own.",
	NoneYet: "As soon as a manager of the team adds one, it can be started here.",
	Ready:   "Ready to take over", ReadyLead: "Complete workflows to start with. Taken over, one is your team’s own: change whatever is different with you.",
	Adopt: "Take over", AdoptIt: func(name string) string { return "Take over “" + name + "”" }, Adopted: "Your team has it",
	Write: "Write a template", WriteTitle: "New template",
	Starter: `name: My workflow
description: What it is for, and when it is started.

inputs:
  - id: subject
    label: What it is about
    required: true

roles:
  - {id: doer, name: Who does it, who: ask}

sections:
  - {id: work, name: Work}

steps:
  - id: prepare
    title: Prepare {{subject}}
    section: work
    role: doer
    due: on start
  - id: finish
    title: Finish {{subject}}
    section: work
    role: doer
    needs: [prepare]
    due: 2 working days after needs
`,
	Archived: "Archived", Steps: func(n int) string { return count(n, "step", "steps") },
	Going: func(n int) string { return count(n, "run under way", "runs under way") },
	Runs:  "Runs", AllRuns: func(n int) string { return "All runs (" + fmt.Sprint(n) + ")" },
	Draft: "Draft", DraftOnly: "Not published yet", Version: "Version", VersionN: func(n int64) string { return fmt.Sprintf("Version %d", n) },
	Edit: "Edit", Start: "Start", Archive: "Archive", Restore: "Restore",
	Outline: "Steps", Versions: "Versions", Of: "of",
	DraftShown:   "You see the draft, which is not published yet. Runs are started of the newest version.",
	VersionShown: func(n int64) string { return fmt.Sprintf("You see version %d.", n) }, ToNewest: "Show the newest",
	Inputs: "Asked at the start", Roles: "Roles", Required: "required",
	Who: func(role playbook.Role, input string) string {
		switch role.Who {
		case playbook.ByName:
			return "always " + role.Person
		case playbook.FromInput:
			return "whoever is answered for “" + input + "”"
		case playbook.Manager:
			return "the manager of the team"
		case playbook.LeastLoaded:
			return "whoever has the least open work"
		case playbook.RoundRobin:
			return "each in turn"
		case playbook.Asked:
		}
		return "asked at the start"
	},
	Nobody: "nobody", NoSection: "Without a section",
	DueIs: func(due playbook.Due, input string) string {
		anchor := map[playbook.Anchor]string{playbook.Start: "the start", playbook.End: "the final day", playbook.AnInput: "“" + input + "”", playbook.Needed: "its turn has come"}[due.From]
		return dueEnglish(due, anchor)
	},
	After: func(steps string, anyOne bool) string {
		if anyOne {
			return "after any of " + steps
		}
		return "after " + steps
	},
	Lag:  func(lag flow.Lag) string { return playbook.FormatLag(lag) + " later" },
	Only: "Only if", Needs: "After", Fields: "To fill in", Evidence: "A file",
	EvidenceIs: func(what string) string { return "File: " + what },
	ApprovalBy: func(who string, all bool) string {
		if all {
			return "Approval of all: " + who
		}
		return "Approval of one: " + who
	},
	Checklist: func(n int) string { return count(n, "thing to tick off", "things to tick off") },
	Source:    "Template as YAML", SourceHint: "It is kept with its errors. Only without them it can be published.",
	Save: "Save draft", Saved: "The draft is saved.",
	Publish: "Publish", PublishHint: "Runs started from then on follow the new version; those under way stay on theirs.", Published: "Published. Runs are started of this version from now on.",
	NothingNew: "The draft is what has been published.",
	Problems:   "What to look at",
	At:         func(line, column int) string { return fmt.Sprintf("Line %d, column %d", line, column) },
	Discard:    "Cancel",

	StartTitle: func(template string) string { return "Start: " + template },
	StartLead:  "Answer, choose who does what, and look at every task before it is made.",
	Name:       "Name of this run", NameHint: "Left empty, it is made of what you answer.",
	Board: "Board", BoardHint: "Its tasks are made there.", NoBoard: "The team has no board yet. Make one first: the tasks of a run are real cards on it.", ToBoards: "To the boards",
	From: "Starts on", Until: "Has to be finished by", UntilHint: "Due dates that count back from the end begin here.",
	ChooseOne: "Choose…", Open: func(n int) string { return count(n, "open task", "open tasks") },
	AsInput:    func(input string) string { return "Whoever you name for “" + input + "”" },
	Look:       "Look at the start sheet",
	SheetTitle: func(run string) string { return "Start sheet: " + run },
	SheetLead: func(tasks int) string {
		return count(tasks, "task will be made.", "tasks will be made.") + " Nothing has happened yet."
	},
	OnBoard: "on the board", NobodyDoes: func(roles string) string {
		return "Nobody plays these roles, so their tasks belong to nobody yet: " + roles + "."
	},
	Skipped: "Skipped", Holds: "The condition holds", Falls: "The condition does not hold: it is skipped when its turn comes", Undecided: "Decided on the way",
	WillSkip: func(n int) string { return count(n, "step is skipped", "steps are skipped") + ", as things stand." },
	Pushed: func(asked string) string {
		return "The template asks for " + asked + ", but what comes before is due later."
	},
	Past: "This day has passed", Moves: "counts from the day on which its turn comes", NoDue: "No date",
	LeaveOut: "Leave out", LeftOut: "Left out of this run",
	Change: "Change", Go: "Start the run",

	RunsTitle: func(template string) string { return "Runs of " + template },
	OnlyGoing: "Under way", All: "All",
	NoRuns: "Nothing has been started yet", NoRunsHint: "Start the first run: its tasks go by the relay, and this page follows them.", NoneGoing: "No run is under way.",
	More: "Show older ones", Table: "Table", List: "List", Progress: "Progress", Download: "Download as CSV", Whose: "Whose turn it is", Anybody: "Anybody’s", Show: "Show", NotThere: "not part of it",
	Cell: func(state, who string, late bool) string {
		if who != "" {
			state += ", " + who
		}
		if late {
			state += ", late"
		}
		return state
	},
	StartedBy: func(name string) string { return "started by " + name },
	Late:      func(n int) string { return fmt.Sprintf("%d late", n) },
	Done:      func(done, all int) string { return fmt.Sprintf("%d of %s done", done, count(all, "step", "steps")) },
	Finished:  "Finished", Paused: "Paused", Cancelled: "Cancelled",
	Turn: "Whose turn it is", AndMore: func(n int) string { return fmt.Sprintf("and %d more", n) },
	People:  "Roles",
	PauseIt: "Pause", Resume: "Resume", PausedHint: "Nothing moves on by itself until it is resumed.",
	CancelIt: "Cancel the run…", CancelHow: "What becomes of its open tasks?", CancelTasks: "They are cancelled, too", LeaveTasks: "They stay on the board as ordinary tasks",
	Reason: "Reason", CancelledHint: "This run was cancelled.", FinishedHint: "Everything is done.",
	Waiting: "What the rest waits for", WaitsFor: "Waits for", UntilTime: "Its turn comes",
	Complete: "Done", Reopen: "Reopen", FillIn: "To fill in", SaveFields: "Save", Comment: "Comment", SayIt: "Say something about this step", Attach: "Attach the file",
	WasSkipped: "Skipped: its condition does not hold", WasCancelled: "Cancelled", WasDropped: "Left out of this run", Gone: "Its task was deleted",
	Drop: "Leave out of this run", Keep: "Take in again", HandOver: "Hand over", GiveTo: "to",
	YesWord: "Yes", NoWord: "No", StepOfRun: func(run string) string { return "Step of the run " + run }, Commented: "Comment added.",
}

func dueEnglish(due playbook.Due, anchor string) string {
	unit := "day"
	if due.Unit == flow.WorkingDays {
		unit = "working day"
	}
	switch n := due.Amount; {
	case n < 0:
		return count(-n, unit, unit+"s") + " before " + anchor
	case n > 0:
		return count(n, unit, unit+"s") + " after " + anchor
	case due.From == playbook.Needed:
		return "on the day on which " + anchor
	}
	return "on " + anchor
}

var runsSpanish = Runs{
	Templates: "Plantillas", Lead: "Lo que el equipo hace una y otra vez, escrito una vez y puesto en marcha desde un formulario.",
	None: "Todavía no hay plantillas", NoneHint: "Adopta una de las de abajo, cambia lo que en tu equipo sea distinto o escribe la tuya.",
	NoneYet: "En cuanto alguien que gestione el equipo añada una, se podrá iniciar aquí.",
	Ready:   "Listas para adoptar", ReadyLead: "Procesos completos para empezar. Al adoptar uno pasa a ser de tu equipo: cambia lo que haga falta.",
	Adopt: "Adoptar", AdoptIt: func(name string) string { return "Adoptar «" + name + "»" }, Adopted: "El equipo ya la tiene",
	Write: "Escribir una plantilla", WriteTitle: "Plantilla nueva",
	Starter: `name: Mi proceso
description: Para qué sirve y cuándo se inicia.
language: es

inputs:
  - id: asunto
    label: De qué se trata
    required: true

roles:
  - {id: persona, name: Quien lo hace, who: ask}

sections:
  - {id: trabajo, name: Trabajo}

steps:
  - id: preparar
    title: Preparar {{asunto}}
    section: trabajo
    role: persona
    due: on start
  - id: terminar
    title: Terminar {{asunto}}
    section: trabajo
    role: persona
    needs: [preparar]
    due: 2 working days after needs
`,
	Archived: "Archivadas", Steps: func(n int) string { return count(n, "paso", "pasos") },
	Going: func(n int) string { return count(n, "ejecución en marcha", "ejecuciones en marcha") },
	Runs:  "Ejecuciones", AllRuns: func(n int) string { return "Todas las ejecuciones (" + fmt.Sprint(n) + ")" },
	Draft: "Borrador", DraftOnly: "Sin publicar", Version: "Versión", VersionN: func(n int64) string { return fmt.Sprintf("Versión %d", n) },
	Edit: "Editar", Start: "Iniciar", Archive: "Archivar", Restore: "Recuperar",
	Outline: "Pasos", Versions: "Versiones", Of: "de",
	DraftShown:   "Ves el borrador, que todavía no está publicado. Las ejecuciones se inician con la última versión.",
	VersionShown: func(n int64) string { return fmt.Sprintf("Ves la versión %d.", n) }, ToNewest: "Ver la última",
	Inputs: "Se pregunta al iniciar", Roles: "Papeles", Required: "obligatorio",
	Who: func(role playbook.Role, input string) string {
		switch role.Who {
		case playbook.ByName:
			return "siempre " + role.Person
		case playbook.FromInput:
			return "quien se responda en «" + input + "»"
		case playbook.Manager:
			return "quien gestiona el equipo"
		case playbook.LeastLoaded:
			return "quien tenga menos trabajo abierto"
		case playbook.RoundRobin:
			return "por turnos"
		case playbook.Asked:
		}
		return "se pregunta al iniciar"
	},
	Nobody: "nadie", NoSection: "Sin sección",
	DueIs: func(due playbook.Due, input string) string {
		anchor := map[playbook.Anchor]string{playbook.Start: "el inicio", playbook.End: "el día final", playbook.AnInput: "«" + input + "»", playbook.Needed: "su turno"}[due.From]
		return dueSpanish(due, anchor)
	},
	After: func(steps string, anyOne bool) string {
		if anyOne {
			return "tras cualquiera de " + steps
		}
		return "tras " + steps
	},
	Lag:  func(lag flow.Lag) string { return lagSpanish(lag) + " después" },
	Only: "Solo si", Needs: "Tras", Fields: "Para rellenar", Evidence: "Un archivo",
	EvidenceIs: func(what string) string { return "Archivo: " + what },
	ApprovalBy: func(who string, all bool) string {
		if all {
			return "Aprobación de todos: " + who
		}
		return "Aprobación de uno: " + who
	},
	Checklist: func(n int) string { return count(n, "cosa que marcar", "cosas que marcar") },
	Source:    "Plantilla en YAML", SourceHint: "Se guarda con sus errores. Solo sin ellos se puede publicar.",
	Save: "Guardar borrador", Saved: "El borrador se ha guardado.",
	Publish: "Publicar", PublishHint: "Lo que se inicie desde entonces sigue la versión nueva; lo que está en marcha sigue con la suya.", Published: "Publicada. Desde ahora se inicia con esta versión.",
	NothingNew: "El borrador es lo que está publicado.",
	Problems:   "Qué conviene mirar",
	At:         func(line, column int) string { return fmt.Sprintf("Línea %d, columna %d", line, column) },
	Discard:    "Cancelar",

	StartTitle: func(template string) string { return "Iniciar: " + template },
	StartLead:  "Responde, elige quién hace qué y mira cada tarea antes de que se cree.",
	Name:       "Nombre de esta ejecución", NameHint: "Si se deja vacío, se forma con lo que respondas.",
	Board: "Tablero", BoardHint: "Sus tareas se crean ahí.", NoBoard: "El equipo todavía no tiene ningún tablero. Crea uno antes: las tareas son tarjetas de verdad en él.", ToBoards: "A los tableros",
	From: "Empieza el", Until: "Tiene que acabar el", UntilHint: "Desde aquí se cuentan hacia atrás los vencimientos que dependen del final.",
	ChooseOne: "Elige…", Open: func(n int) string { return count(n, "tarea abierta", "tareas abiertas") },
	AsInput:    func(input string) string { return "Quien indiques en «" + input + "»" },
	Look:       "Ver la hoja de inicio",
	SheetTitle: func(run string) string { return "Hoja de inicio: " + run },
	SheetLead: func(tasks int) string {
		return count(tasks, "tarea se creará.", "tareas se crearán.") + " Todavía no ha pasado nada."
	},
	OnBoard: "en el tablero", NobodyDoes: func(roles string) string {
		return "Nadie tiene estos papeles, así que sus tareas todavía no son de nadie: " + roles + "."
	},
	Skipped: "Se omite", Holds: "La condición se cumple", Falls: "La condición no se cumple: se omite cuando llegue su turno", Undecided: "Se decide por el camino",
	WillSkip: func(n int) string { return count(n, "paso se omite", "pasos se omiten") + ", tal como está todo." },
	Pushed: func(asked string) string {
		return "La plantilla pide el " + asked + ", pero lo anterior vence más tarde."
	},
	Past: "Este día ya ha pasado", Moves: "cuenta desde el día en que llegue su turno", NoDue: "Sin fecha",
	LeaveOut: "Dejar fuera", LeftOut: "Fuera de esta ejecución",
	Change: "Cambiar", Go: "Iniciar la ejecución",

	RunsTitle: func(template string) string { return "Ejecuciones de " + template },
	OnlyGoing: "En marcha", All: "Todas",
	NoRuns: "Todavía no se ha iniciado nada", NoRunsHint: "Inicia la primera: sus tareas avanzan por relevos y esta página las sigue.", NoneGoing: "No hay ninguna ejecución en marcha.",
	More: "Ver anteriores", Table: "Tabla", List: "Lista", Progress: "Avance", Download: "Descargar como CSV", Whose: "A quién le toca", Anybody: "A cualquiera", Show: "Ver", NotThere: "no forma parte",
	Cell: func(state, who string, late bool) string {
		if who != "" {
			state += ", " + who
		}
		if late {
			state += ", con retraso"
		}
		return state
	},
	StartedBy: func(name string) string { return "iniciada por " + name },
	Late:      func(n int) string { return count(n, "atrasado", "atrasados") },
	Done: func(done, all int) string {
		return fmt.Sprintf("%d de %s", done, count(all, "paso hecho", "pasos hechos"))
	},
	Finished: "Terminada", Paused: "En pausa", Cancelled: "Cancelada",
	Turn: "A quién le toca", AndMore: func(n int) string { return fmt.Sprintf("y %d más", n) },
	People:  "Papeles",
	PauseIt: "Pausar", Resume: "Reanudar", PausedHint: "Nada avanza solo hasta que se reanude.",
	CancelIt: "Cancelar la ejecución…", CancelHow: "¿Qué pasa con sus tareas abiertas?", CancelTasks: "También se cancelan", LeaveTasks: "Se quedan en el tablero como tareas corrientes",
	Reason: "Motivo", CancelledHint: "Esta ejecución se canceló.", FinishedHint: "Está todo hecho.",
	Waiting: "A qué espera lo demás", WaitsFor: "Espera a", UntilTime: "Su turno llega",
	Complete: "Hecho", Reopen: "Reabrir", FillIn: "Para rellenar", SaveFields: "Guardar", Comment: "Comentar", SayIt: "Di algo sobre este paso", Attach: "Adjuntar el archivo",
	WasSkipped: "Omitido: su condición no se cumple", WasCancelled: "Cancelado", WasDropped: "Fuera de esta ejecución", Gone: "Su tarea se eliminó",
	Drop: "Dejar fuera de esta ejecución", Keep: "Volver a incluir", HandOver: "Traspasar", GiveTo: "a",
	YesWord: "Sí", NoWord: "No", StepOfRun: func(run string) string { return "Paso de la ejecución " + run }, Commented: "Comentario añadido.",
}

func dueSpanish(due playbook.Due, anchor string) string {
	one, many := "día", "días"
	if due.Unit == flow.WorkingDays {
		one, many = "día laborable", "días laborables"
	}
	switch n := due.Amount; {
	case n < 0:
		return count(-n, one, many) + " antes " + of(anchor)
	case n > 0:
		return count(n, one, many) + " después " + of(anchor)
	case due.From == playbook.Needed:
		return "el día en que llegue " + anchor
	case due.From == playbook.AnInput:
		return "en " + anchor
	}
	return "en " + anchor
}

// of joins "de" with "el" where that is written as one word.
func of(anchor string) string {
	if rest, is := strings.CutPrefix(anchor, "el "); is {
		return "del " + rest
	}
	return "de " + anchor
}

func lagSpanish(lag flow.Lag) string {
	names := map[flow.Unit][2]string{flow.Minutes: {"minuto", "minutos"}, flow.Hours: {"hora", "horas"}, flow.Days: {"día", "días"}, flow.WorkingDays: {"día laborable", "días laborables"}}
	n := names[lag.Unit]
	return count(lag.Amount, n[0], n[1])
}

package say

import (
	"fmt"

	"relevo/models/fault"
	"relevo/models/flow"
)

// Board is the wording of boards, their columns and their cards.
type Board struct {
	// a team's boards
	Boards, NewBoard, NoBoards, NoBoardsHint, NoBoardsYet, SampleBoard, SampleHint, MakeSample, Archived string
	Name, Key, KeyHint, Create                                                                           string
	Tasks                                                                                                func(n int) string
	Progress                                                                                             func(done, all int) string

	// a board
	Settings, Closed, Shortcuts, Columns, Sample string
	Empty, EmptyHint, EmptyColumn                string
	ClosedTasks                                  func(n int) string
	Older                                        string
	NothingClosed, NothingClosedHint             string

	// a card
	WaitsFor       string                     // before the first open prerequisite
	AndMore        func(n int) string         // after it
	CanStart       func(moment string) string // waits for time alone
	Releases       func(n int) string         // before what finishing it releases
	HoldsUp        func(n int) string         // dependents that it would not release alone
	Blocked        func(reason string) string // by hand
	AtRisk         string
	Because        func(state, because string) string // moved by itself; because: key and title of a task
	ByItself       func(state string) string
	SaidMove       func(task, state, because string) string // aloud
	SaidMoveByTime func(task, state string) string
	SaidMore       func(n int) string
	MoveTo         func(key string) string // label of the link on a card
	PriorityIs     func(priority string) string
	Owners         string

	// a column
	Count                                                                string // heading of a count that only a reader hears
	Limit                                                                func(n, limit int) string
	OverLimit                                                            func(n, limit int) string
	AddTask, TaskTitle, AddTaskHint                                      string
	AddMany                                                              string // {n} is the number; for scripts
	ColumnMenu                                                           func(name string) string
	EditColumn, MoveLeft, MoveRight, AddColumn, RemoveColumn, ColumnName string
	ColumnState, ColumnStateHint, WIPLimit, WIPLimitHint, WIPHard        string
	RemoveTitle                                                          func(name string) string
	RemoveHint                                                           func(n int) string
	CardsGoTo                                                            string
	Below                                                                func(name string) string // title of a window of a column
	Saved                                                                string

	// settings
	SettingsOf                                     func(name string) string
	Archive, ArchiveHint, Restore, BoardIsArchived string

	// moving by hand
	MovedTo, NotMoved, Override, OverrideTitle, OverrideHint, OverrideReason, OverrideDo string // MovedTo for scripts: {task}, {column}, {place}, {count}

	// keyboard
	KeyMoves, KeyMoveCard, KeyMoveTo, KeyOpen, KeyNew, KeyHelp, KeyClose string

	// the page for strangers
	Welcome, Tagline, Lead, StartFree, HaveAccount             string
	Point1, Point1Text, Point2, Point2Text, Point3, Point3Text string
}

var boardEnglish = Board{
	Boards: "Boards", NewBoard: "New board", NoBoards: "No boards yet",
	NoBoardsHint: "A board is where a team's work moves from waiting to done. Start with an empty one, or with a sample that shows the relay at work.",
	NoBoardsYet:  "Nobody has made a board in this team yet. Ask an owner or a manager for one.",
	SampleBoard:  "Sample board", SampleHint: "Six short lessons in an onboarding that is ready to play with. Throw it away when you have seen enough.",
	MakeSample: "Make the sample board", Archived: "Archived",
	Name: "Name", Key: "Key", KeyHint: "Two to six letters or digits; tasks are numbered with it, like ONB-12. Leave it empty and it is made from the name.",
	Create:   "Create board",
	Tasks:    func(n int) string { return count(n, "task", "tasks") },
	Progress: func(done, all int) string { return fmt.Sprintf("%d of %d done", done, all) },

	Settings: "Settings", Closed: "Closed tasks", Shortcuts: "Keyboard shortcuts", Columns: "Columns", Sample: "Sample",
	Empty:       "Nothing to do yet",
	EmptyHint:   "Add the first task below, or paste a whole list: each line becomes a task.",
	EmptyColumn: "No tasks",
	ClosedTasks: func(n int) string { return count(n, "closed task", "closed tasks") },
	Older:       "Older ones",

	NothingClosed: "Nothing is closed", NothingClosedHint: "Cancelled and archived tasks are kept here. They can be brought back.",

	WaitsFor: "Waits for",
	AndMore:  func(n int) string { return fmt.Sprintf("+%d", n) },
	CanStart: func(moment string) string { return "Can start " + moment },
	Releases: func(n int) string {
		if n == 1 {
			return "Finishing this releases"
		}
		return fmt.Sprintf("Finishing this releases %d:", n)
	},
	HoldsUp:  func(n int) string { return count(n, "task waits", "tasks wait") + " for this" },
	Blocked:  func(reason string) string { return "Blocked: " + reason },
	AtRisk:   "At risk: something it needs is open again",
	Because:  func(state, because string) string { return fmt.Sprintf("%s because of %s", state, because) },
	ByItself: func(state string) string { return state + " by itself" },
	SaidMove: func(task, state, because string) string {
		return fmt.Sprintf("%s moved to %s by itself, because of %s.", task, state, because)
	},
	SaidMoveByTime: func(task, state string) string {
		return fmt.Sprintf("%s moved to %s by itself, because its time came.", task, state)
	},
	SaidMore:   func(n int) string { return fmt.Sprintf("%d more moved too.", n) },
	MoveTo:     func(key string) string { return "Move " + key + "…" },
	PriorityIs: func(p string) string { return "Priority: " + p },
	Owners:     "Owners",

	Count:       "Tasks in this column",
	Limit:       func(n, limit int) string { return fmt.Sprintf("%d of at most %d", n, limit) },
	OverLimit:   func(n, limit int) string { return fmt.Sprintf("%d, over the limit of %d", n, limit) },
	AddTask:     "Add a task",
	TaskTitle:   "Title of the new task",
	AddTaskHint: "Enter adds it. Paste several lines to add several.",
	AddMany:     "Add {n} tasks",
	ColumnMenu:  func(name string) string { return "Options for " + name },
	EditColumn:  "Rename or set a limit…", MoveLeft: "Move left", MoveRight: "Move right", AddColumn: "Add a column…",
	RemoveColumn: "Remove…", ColumnName: "Name",
	ColumnState: "State", ColumnStateHint: "What a task in this column is. Several columns may share a state.",
	WIPLimit: "Limit of tasks", WIPLimitHint: "How many tasks belong here at once. Leave it empty for no limit.",
	WIPHard:     "Refuse more than that (otherwise the column only warns)",
	RemoveTitle: func(name string) string { return "Remove " + name + "?" },
	RemoveHint: func(n int) string {
		if n == 0 {
			return "It is empty. No task is lost."
		}
		return "Choose where its " + count(n, "task goes", "tasks go") + ". None is lost."
	},
	CardsGoTo: "Its tasks go to",
	Below:     func(name string) string { return "More of " + name },
	Saved:     "Saved.",

	SettingsOf: func(name string) string { return "Settings of " + name },
	Archive:    "Archive this board", ArchiveHint: "It leaves the team's list. Its tasks and its log stay, and it can be brought back.",
	Restore: "Bring it back", BoardIsArchived: "This board is archived.",

	MovedTo: "{task} is in {column} now, {place} of {count}.", NotMoved: "It stayed where it was.",
	Override: "Override…", OverrideTitle: "Move it ahead of what it waits for?",
	OverrideHint:   "The task moves although its prerequisites are open. Your reason is kept in the log.",
	OverrideReason: "Reason", OverrideDo: "Move it anyway",

	KeyMoves: "Go from card to card", KeyMoveCard: "Move the card", KeyMoveTo: "Choose where to move the card",
	KeyOpen: "Open the card", KeyNew: "New task in this column", KeyHelp: "Show this list", KeyClose: "Close what is open",

	Welcome: "Work that hands itself on", Tagline: "Relevo is a board for teams whose work depends on each other's.",
	Lead:      "Say who does what and what has to come first. The moment a piece is done, the next ones move by themselves, the right people know it is their turn, and the log says why.",
	StartFree: "Create an account", HaveAccount: "Log in",
	Point1: "The next step moves by itself", Point1Text: "A task waits until everything it needs is done. Then it is ready, at once, and its owners are told.",
	Point2: "Nobody starts too early", Point2Text: "A card that still waits says what for. A manager may let it go ahead, with a reason.",
	Point3: "Every move has its reason", Point3Text: "Who did what, when, and what it set in motion: nothing is missing from the log.",
}

var boardSpanish = Board{
	Boards: "Tableros", NewBoard: "Tablero nuevo", NoBoards: "Aún no hay tableros",
	NoBoardsHint: "En un tablero el trabajo del equipo avanza desde la espera hasta quedar hecho. Empieza con uno vacío o con uno de ejemplo que enseña el relevo en marcha.",
	NoBoardsYet:  "Nadie ha creado un tablero en este equipo. Pídelo a un propietario o a un gestor.",
	SampleBoard:  "Tablero de ejemplo", SampleHint: "Seis lecciones breves en una incorporación lista para probar. Tíralo cuando hayas visto bastante.",
	MakeSample: "Crear el tablero de ejemplo", Archived: "Archivados",
	Name: "Nombre", Key: "Clave", KeyHint: "De dos a seis letras o cifras; con ella se numeran las tareas, como ONB-12. Si la dejas vacía, se forma con el nombre.",
	Create:   "Crear tablero",
	Tasks:    func(n int) string { return count(n, "tarea", "tareas") },
	Progress: func(done, all int) string { return fmt.Sprintf("%d de %d hechas", done, all) },

	Settings: "Ajustes", Closed: "Tareas cerradas", Shortcuts: "Atajos de teclado", Columns: "Columnas", Sample: "Ejemplo",
	Empty:       "Aún no hay nada que hacer",
	EmptyHint:   "Añade abajo la primera tarea o pega una lista entera: cada línea será una tarea.",
	EmptyColumn: "Sin tareas",
	ClosedTasks: func(n int) string { return count(n, "tarea cerrada", "tareas cerradas") },
	Older:       "Anteriores",

	NothingClosed: "No hay nada cerrado", NothingClosedHint: "Aquí se guardan las tareas canceladas y archivadas. Se pueden recuperar.",

	WaitsFor: "Espera a",
	AndMore:  func(n int) string { return fmt.Sprintf("+%d", n) },
	CanStart: func(moment string) string { return "Puede empezar " + moment },
	Releases: func(n int) string {
		if n == 1 {
			return "Al terminarla se libera"
		}
		return fmt.Sprintf("Al terminarla se liberan %d:", n)
	},
	HoldsUp:  func(n int) string { return count(n, "tarea espera", "tareas esperan") + " a esta" },
	Blocked:  func(reason string) string { return "Bloqueada: " + reason },
	AtRisk:   "En riesgo: algo que necesita vuelve a estar abierto",
	Because:  func(state, because string) string { return fmt.Sprintf("%s por %s", state, because) },
	ByItself: func(state string) string { return state + " por sí sola" },
	SaidMove: func(task, state, because string) string {
		return fmt.Sprintf("%s pasó sola a %s por %s.", task, state, because)
	},
	SaidMoveByTime: func(task, state string) string {
		return fmt.Sprintf("%s pasó sola a %s porque llegó su momento.", task, state)
	},
	SaidMore:   func(n int) string { return "También " + count(n, "tarea más se movió.", "tareas más se movieron.") },
	MoveTo:     func(key string) string { return "Mover " + key + "…" },
	PriorityIs: func(p string) string { return "Prioridad: " + p },
	Owners:     "Responsables",

	Count:       "Tareas en esta columna",
	Limit:       func(n, limit int) string { return fmt.Sprintf("%d de %d como máximo", n, limit) },
	OverLimit:   func(n, limit int) string { return fmt.Sprintf("%d, más que el límite de %d", n, limit) },
	AddTask:     "Añadir una tarea",
	TaskTitle:   "Título de la tarea nueva",
	AddTaskHint: "Intro la añade. Pega varias líneas para añadir varias.",
	AddMany:     "Añadir {n} tareas",
	ColumnMenu:  func(name string) string { return "Opciones de " + name },
	EditColumn:  "Cambiar el nombre o el límite…", MoveLeft: "Mover a la izquierda", MoveRight: "Mover a la derecha",
	AddColumn: "Añadir una columna…", RemoveColumn: "Quitar…", ColumnName: "Nombre",
	ColumnState: "Estado", ColumnStateHint: "Qué es una tarea en esta columna. Varias columnas pueden compartir estado.",
	WIPLimit: "Límite de tareas", WIPLimitHint: "Cuántas tareas caben aquí a la vez. Déjalo vacío si no hay límite.",
	WIPHard:     "Rechazar las que pasen de ahí (si no, la columna solo avisa)",
	RemoveTitle: func(name string) string { return "¿Quitar " + name + "?" },
	RemoveHint: func(n int) string {
		if n == 0 {
			return "Está vacía. No se pierde ninguna tarea."
		}
		return "Elige adónde " + map[bool]string{true: "va su tarea", false: fmt.Sprintf("van sus %d tareas", n)}[n == 1] + ". No se pierde ninguna."
	},
	CardsGoTo: "Sus tareas van a",
	Below:     func(name string) string { return "Más de " + name },
	Saved:     "Guardado.",

	SettingsOf: func(name string) string { return "Ajustes de " + name },
	Archive:    "Archivar este tablero", ArchiveHint: "Sale de la lista del equipo. Sus tareas y su registro se quedan, y se puede recuperar.",
	Restore: "Recuperarlo", BoardIsArchived: "Este tablero está archivado.",

	MovedTo: "{task} está ahora en {column}, {place} de {count}.", NotMoved: "Se quedó donde estaba.",
	Override: "Adelantar…", OverrideTitle: "¿Adelantarla a lo que espera?",
	OverrideHint:   "La tarea avanza aunque sus requisitos previos sigan abiertos. Tu motivo queda en el registro.",
	OverrideReason: "Motivo", OverrideDo: "Moverla de todos modos",

	KeyMoves: "Ir de tarjeta en tarjeta", KeyMoveCard: "Mover la tarjeta", KeyMoveTo: "Elegir adónde mover la tarjeta",
	KeyOpen: "Abrir la tarjeta", KeyNew: "Tarea nueva en esta columna", KeyHelp: "Mostrar esta lista", KeyClose: "Cerrar lo que está abierto",

	Welcome: "Trabajo que se pasa el relevo solo", Tagline: "Relevo es un tablero para equipos cuyo trabajo depende del de los demás.",
	Lead:      "Di quién hace qué y qué va antes. En cuanto una parte está hecha, las siguientes avanzan solas, cada persona sabe que le toca y el registro dice por qué.",
	StartFree: "Crear una cuenta", HaveAccount: "Entrar",
	Point1: "El siguiente paso avanza solo", Point1Text: "Una tarea espera hasta que está hecho todo lo que necesita. Entonces queda lista, al momento, y sus responsables lo saben.",
	Point2: "Nadie empieza antes de tiempo", Point2Text: "Una tarjeta que aún espera dice a qué. Un gestor puede adelantarla, con un motivo.",
	Point3: "Cada movimiento tiene su porqué", Point3Text: "Quién hizo qué, cuándo y qué puso en marcha: nada falta en el registro.",
}

var boardFaultsEnglish = faults{
	fault.LastOfState: func(f *fault.Fault) string {
		return fmt.Sprintf("This is the board's only column for “%s”. Keep it, or add another one of that state first.", stateIn(namesEnglish, f))
	},
	fault.ColumnNotEmpty: text("The column still has tasks. Choose where they go."),
	fault.ColumnFull: func(f *fault.Fault) string {
		return fmt.Sprintf("%v is full: its limit is %v. Finish or move something there first, or raise the limit.", f.Args[0], f.Args[1])
	},
	fault.BoardKeyTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("Another board of the team has the key %v. Choose another one.", f.Args[0])
	},
	fault.BoardKeyInvalid: text("Use two to six letters or digits, a letter first."),
	fault.NotASample:      text("Only sample boards can be thrown away. Archive this one: it is out of the way, and nothing is lost."),
	fault.BoardInUse:      text("Something else still needs this board, so it cannot be thrown away. Archive it instead."),
	fault.TooManyColumns: func(f *fault.Fault) string {
		return fmt.Sprintf("A board has %v columns at most.", f.Args[0])
	},
}

var boardFaultsSpanish = faults{
	fault.LastOfState: func(f *fault.Fault) string {
		return fmt.Sprintf("Es la única columna del tablero para «%s». Consérvala, o añade antes otra de ese estado.", stateIn(namesSpanish, f))
	},
	fault.ColumnNotEmpty: text("La columna aún tiene tareas. Elige adónde van."),
	fault.ColumnFull: func(f *fault.Fault) string {
		return fmt.Sprintf("%v está llena: su límite es %v. Termina o mueve algo de allí, o sube el límite.", f.Args[0], f.Args[1])
	},
	fault.BoardKeyTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("Otro tablero del equipo tiene la clave %v. Elige otra.", f.Args[0])
	},
	fault.BoardKeyInvalid: text("Usa de dos a seis letras o cifras, empezando por una letra."),
	fault.NotASample:      text("Solo se pueden tirar los tableros de ejemplo. Archiva este: deja de estorbar y no se pierde nada."),
	fault.BoardInUse:      text("Algo más necesita aún este tablero, así que no se puede tirar. Archívalo."),
	fault.TooManyColumns: func(f *fault.Fault) string {
		return fmt.Sprintf("Un tablero tiene como máximo %v columnas.", f.Args[0])
	},
}

// stateIn names the state that is a fault's first value.
func stateIn(n Names, f *fault.Fault) string {
	state, _ := f.Args[0].(flow.State)
	return n.State[state]
}

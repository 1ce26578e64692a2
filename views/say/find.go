package say

import "fmt"

// Find is the wording of the search and of the palette of commands.
type Find struct {
	Title, Label, Button string
	Hint                 string // what can be typed
	Filters, ByState, ByBoard, ByOwner, ByLabel,
	ByTrait, ByPhrase string // what each way to narrow a search is for
	StateIs, BoardIs, OwnerIs, LabelIs, TraitIs, PhraseIs string // and how it is typed
	Nothing                                               func(query string) string
	NothingHint                                           string
	Similar                                               func(query string) string
	Unknown                                               func(filters string) string
	Count                                                 func(n int) string
	Many                                                  func(most int) string
	Boards, Tasks                                         string
	InItem, InComment, InFile, Archived, Blocked          string
	Next, Previous, Refine                                string

	Palette, PaletteLabel, PaletteHint       string
	OnTask                                   func(key string) string
	Complete, Reopen, Block, Unblock         func(key string) string
	Open                                     func(key string) string
	MoveTo                                   func(key, column string) string
	OnBoard                                  string
	Create                                   func(title, column string) string
	GoTo, Page, Results                      string
	SearchFor                                func(query string) string
	Found                                    func(n int) string
	Made, Done, Reopened, Moved, Unblocked   string
	ShortcutsOff, ShortcutsHint, KeyPalette  string
	Everywhere, OnABoard, AreOff, ChangeThem string
}

var findEnglish = Find{
	Title: "Search", Label: "Search tasks and boards", Button: "Search",
	Hint:    "By key, title, description, checklist, comments or names of files. The beginning of a word is enough.",
	Filters: "Narrow it down", ByState: "by state", ByBoard: "on a board, by name or key", ByOwner: "of somebody; “me” is you", ByLabel: "with a label",
	ByTrait: "also: overdue, at_risk, unassigned, archived", ByPhrase: "these words side by side",
	StateIs: "state:ready", BoardIs: "board:ONB", OwnerIs: "owner:ana", LabelIs: "label:legal", TraitIs: "is:blocked", PhraseIs: `"new laptop"`,
	Nothing:     func(q string) string { return fmt.Sprintf("Nothing found for “%s”", q) },
	NothingHint: "Try fewer or other words, or only the beginning of one.",
	Similar:     func(q string) string { return fmt.Sprintf("Nothing has “%s”. These are similar.", q) },
	Unknown:     func(f string) string { return "Not understood: " + f },
	Count:       func(n int) string { return count(n, "task", "tasks") },
	Many:        func(n int) string { return fmt.Sprintf("The first %d tasks. Add a word or a filter to see fewer.", n) },
	Boards:      "Boards", Tasks: "Tasks", InItem: "On the checklist:", InComment: "In a comment:", InFile: "A file:", Archived: "Archived", Blocked: "Blocked",
	Next: "Next results", Previous: "Previous results", Refine: "Search again",

	Palette: "Go to or do", PaletteLabel: "Search, or type a command",
	PaletteHint: "Arrows choose, Enter does it, Escape closes.",
	OnTask:      func(key string) string { return "With " + key },
	Complete:    func(key string) string { return "Complete " + key },
	Reopen:      func(key string) string { return "Reopen " + key },
	Block:       func(key string) string { return "Block " + key + "…" },
	Unblock:     func(key string) string { return "Unblock " + key },
	Open:        func(key string) string { return "Open " + key },
	MoveTo:      func(key, column string) string { return fmt.Sprintf("Move %s to %s", key, column) },
	OnBoard:     "On this board",
	Create:      func(title, column string) string { return fmt.Sprintf("Create “%s” in %s", title, column) },
	GoTo:        "Go to", Page: "Page", Results: "Found",
	SearchFor: func(q string) string { return fmt.Sprintf("Search everything for “%s”", q) },
	Found:     func(n int) string { return count(n, "choice", "choices") },
	Made:      "The task is created.", Done: "The task is done.", Reopened: "The task is open again.", Moved: "The task is moved.", Unblocked: "The task is blocked no longer.",
	ShortcutsOff: "Switch keyboard shortcuts off", ShortcutsHint: "No key does anything by itself then. Arrows, Enter and Escape still work, and so does every button.",
	KeyPalette: "Go to anything, or do something with a task",
	Everywhere: "Everywhere", OnABoard: "On a board", AreOff: "Your shortcuts are switched off.", ChangeThem: "Change that in your account",
}

var findSpanish = Find{
	Title: "Buscar", Label: "Buscar tareas y tableros", Button: "Buscar",
	Hint:    "Por clave, título, descripción, lista de control, comentarios o nombres de archivos. Basta el principio de una palabra.",
	Filters: "Acotar la búsqueda", ByState: "por estado", ByBoard: "en un tablero, por nombre o clave", ByOwner: "de alguien; «yo» eres tú", ByLabel: "con una etiqueta",
	ByTrait: "también: vencida, en_riesgo, sin_responsable, archivada", ByPhrase: "estas palabras seguidas",
	StateIs: "estado:lista", BoardIs: "tablero:ALT", OwnerIs: "responsable:ana", LabelIs: "etiqueta:legal", TraitIs: "es:bloqueada", PhraseIs: `"portátil nuevo"`,
	Nothing:     func(q string) string { return fmt.Sprintf("No hay nada con «%s»", q) },
	NothingHint: "Prueba con menos palabras, con otras o solo con el principio de una.",
	Similar:     func(q string) string { return fmt.Sprintf("Nada contiene «%s». Esto se le parece.", q) },
	Unknown:     func(f string) string { return "No se entiende: " + f },
	Count:       func(n int) string { return count(n, "tarea", "tareas") },
	Many: func(n int) string {
		return fmt.Sprintf("Las primeras %d tareas. Añade una palabra o un filtro para ver menos.", n)
	},
	Boards: "Tableros", Tasks: "Tareas", InItem: "En la lista de control:", InComment: "En un comentario:", InFile: "Un archivo:", Archived: "Archivada", Blocked: "Bloqueada",
	Next: "Resultados siguientes", Previous: "Resultados anteriores", Refine: "Buscar de nuevo",

	Palette: "Ir o hacer", PaletteLabel: "Busca o escribe una orden",
	PaletteHint: "Las flechas eligen, Intro lo hace, Escape cierra.",
	OnTask:      func(key string) string { return "Con " + key },
	Complete:    func(key string) string { return "Completar " + key },
	Reopen:      func(key string) string { return "Reabrir " + key },
	Block:       func(key string) string { return "Bloquear " + key + "…" },
	Unblock:     func(key string) string { return "Desbloquear " + key },
	Open:        func(key string) string { return "Abrir " + key },
	MoveTo:      func(key, column string) string { return fmt.Sprintf("Mover %s a %s", key, column) },
	OnBoard:     "En este tablero",
	Create:      func(title, column string) string { return fmt.Sprintf("Crear «%s» en %s", title, column) },
	GoTo:        "Ir a", Page: "Página", Results: "Encontrado",
	SearchFor: func(q string) string { return fmt.Sprintf("Buscar «%s» en todo", q) },
	Found:     func(n int) string { return count(n, "opción", "opciones") },
	Made:      "La tarea está creada.", Done: "La tarea está hecha.", Reopened: "La tarea está abierta de nuevo.", Moved: "La tarea se ha movido.", Unblocked: "La tarea ya no está bloqueada.",
	ShortcutsOff: "Desactivar los atajos de teclado", ShortcutsHint: "Ninguna tecla hará nada por sí sola. Las flechas, Intro y Escape siguen funcionando, y también todos los botones.",
	KeyPalette: "Ir a cualquier sitio o hacer algo con una tarea",
	Everywhere: "En todas partes", OnABoard: "En un tablero", AreOff: "Tus atajos están desactivados.", ChangeThem: "Cámbialo en tu cuenta",
}

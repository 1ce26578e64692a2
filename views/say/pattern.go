package say

import (
	"fmt"
	"strings"
)

// Patterns is the wording of templates of a single task.
type Patterns struct {
	Title                string
	Of                   func(board string) string
	Lead, LeadUses       string // for who saves them, and for who only uses them
	None, NoneHint       string
	NoneUses             string // the hint for who cannot save any
	ToBoard              string
	Save, SaveDo         string
	SaveTitle            func(key string) string
	SaveIntro, NotKept   string
	Name, NameHint       string
	DueIn, DueInHint     string
	Over                 string
	Saved                func(name string) string
	See                  string
	Make                 string
	MakeNamed            func(name string) string
	From, Pick           string
	FromIn               func(column string) string
	Edit                 func(name string) string
	Checklist, ItemsHint string
	NeedsFile            string
	Described            string // it has a description
	FromTask             string
	Remove, RemoveAsk    string
	RemoveSure           string
	Items                func(n int) string
	Due                  func(days int) string
	Asks                 func(who string) string
	AsksRole             func(role string) string
	Command              func(name string) string
	GoTo                 func(board string) string
}

var patternsEnglish = Patterns{
	Title:    "Task templates",
	Of:       func(board string) string { return "Task templates of " + board },
	Lead:     "What tasks of one kind begin with: text, checklist, labels, people, fields. A task made from a template is a task like any other; changing the template later does not change it.",
	LeadUses: "What tasks of one kind begin with: text, checklist, labels, people, fields. Make a task from one here, under a column of the board, or with Ctrl/⌘-K.",
	None:     "No task template yet", NoneHint: "Open a task that is as such tasks should be, and under “More” choose “Save as template…”.",
	NoneUses: "The managers of the team can save a task as a template. You can then make tasks from it.",
	ToBoard:  "To the board",
	Save:     "Save as template…", SaveDo: "Save template",
	SaveTitle: func(key string) string { return "Save " + key + " as a template" },
	SaveIntro: "Title, description, checklist, labels, owners, estimate, priority, fields and whom it asks for approval are kept. Tasks made from the template begin with them.",
	NotKept:   "Dates, files, comments and links to other tasks stay with this task.",
	Name:      "Name of the template", NameHint: "What people choose it by.",
	DueIn: "Due, in days after a task is made", DueInHint: "0 is the same day. Empty: tasks made from it have no due date.",
	Over:      "If the board has a template of this name, replace it",
	Saved:     func(name string) string { return fmt.Sprintf("“%s” is a template of this board now.", name) },
	See:       "See the templates",
	Make:      "Make a task",
	MakeNamed: func(name string) string { return "Make a task from “" + name + "”" },
	From:      "From a template…", Pick: "Choose what the new task begins with.",
	FromIn:    func(column string) string { return "New task in " + column },
	Edit:      func(name string) string { return "Edit “" + name + "”" },
	Checklist: "Checklist", ItemsHint: "One item a line. Begin a line with ! if the item has to be ticked before the task is done.",
	NeedsFile: "Done only with a file attached",
	Described: "with a description",
	FromTask:  "Fields and whom it asks for approval come from a task. To change them, make a task from the template, change it there, and save it as a template of the same name.",
	Remove:    "Remove the template", RemoveAsk: "Tasks that were made from it stay as they are. This cannot be undone.", RemoveSure: "Remove it",
	Items: func(n int) string { return same(n, "1 item", "%d items") },
	Due: func(n int) string {
		if n == 0 {
			return "Due the same day"
		}
		return same(n, "Due a day later", "Due %d days later")
	},
	Asks:     func(who string) string { return "Asks " + who + " for approval" },
	AsksRole: func(role string) string { return "a person with the role " + strings.ToLower(role) },
	Command:  func(name string) string { return "New task from “" + name + "”" },
	GoTo:     func(board string) string { return "Task templates: " + board },
}

var patternsSpanish = Patterns{
	Title:    "Plantillas de tarea",
	Of:       func(board string) string { return "Plantillas de tarea de " + board },
	Lead:     "Con qué empiezan las tareas de un mismo tipo: texto, lista de control, etiquetas, personas, campos. Una tarea hecha con una plantilla es como cualquier otra; cambiar después la plantilla no la cambia.",
	LeadUses: "Con qué empiezan las tareas de un mismo tipo: texto, lista de control, etiquetas, personas, campos. Haz una tarea con una de ellas aquí, al pie de una columna del tablero o con Ctrl/⌘-K.",
	None:     "Todavía no hay plantillas de tarea", NoneHint: "Abre una tarea que sea como deben ser esas tareas y, en «Más», elige «Guardar como plantilla…».",
	NoneUses: "Los gestores del equipo pueden guardar una tarea como plantilla. Después podrás hacer tareas con ella.",
	ToBoard:  "Ir al tablero",
	Save:     "Guardar como plantilla…", SaveDo: "Guardar la plantilla",
	SaveTitle: func(key string) string { return "Guardar " + key + " como plantilla" },
	SaveIntro: "Se guardan el título, la descripción, la lista de control, las etiquetas, los responsables, la estimación, la prioridad, los campos y a quién pide aprobación. Las tareas hechas con la plantilla empiezan con todo ello.",
	NotKept:   "Las fechas, los archivos, los comentarios y los enlaces con otras tareas se quedan en esta tarea.",
	Name:      "Nombre de la plantilla", NameHint: "Con él se elige.",
	DueIn: "Fecha límite, en días desde que se crea la tarea", DueInHint: "0 es el mismo día. Vacío: las tareas hechas con ella no tienen fecha límite.",
	Over:      "Si el tablero tiene una plantilla con este nombre, sustituirla",
	Saved:     func(name string) string { return fmt.Sprintf("«%s» es ahora una plantilla de este tablero.", name) },
	See:       "Ver las plantillas",
	Make:      "Hacer una tarea",
	MakeNamed: func(name string) string { return "Hacer una tarea con «" + name + "»" },
	From:      "Con una plantilla…", Pick: "Elige con qué empieza la tarea nueva.",
	FromIn:    func(column string) string { return "Tarea nueva en " + column },
	Edit:      func(name string) string { return "Editar «" + name + "»" },
	Checklist: "Lista de control", ItemsHint: "Un punto por línea. Empieza la línea con ! si hay que marcarlo antes de terminar la tarea.",
	NeedsFile: "Solo se termina con un archivo adjunto",
	Described: "con descripción",
	FromTask:  "Los campos y a quién pide aprobación vienen de una tarea. Para cambiarlos, haz una tarea con la plantilla, cámbiala allí y guárdala como plantilla con el mismo nombre.",
	Remove:    "Quitar la plantilla", RemoveAsk: "Las tareas hechas con ella se quedan como están. No se puede deshacer.", RemoveSure: "Quitarla",
	Items: func(n int) string { return same(n, "1 punto", "%d puntos") },
	Due: func(n int) string {
		if n == 0 {
			return "Fecha límite el mismo día"
		}
		return same(n, "Fecha límite un día después", "Fecha límite %d días después")
	},
	Asks:     func(who string) string { return "Pide la aprobación de " + who },
	AsksRole: func(role string) string { return "alguien con el papel de " + strings.ToLower(role) },
	Command:  func(name string) string { return "Tarea nueva con «" + name + "»" },
	GoTo:     func(board string) string { return "Plantillas de tarea: " + board },
}

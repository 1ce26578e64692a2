package say

import (
	"fmt"

	"relevo/models/fault"
)

// Detail is the wording of what a task holds besides its fields.
type Detail struct {
	Checklist     string
	Progress      func(done, all int) string // for those who hear "3/5" only
	NoItems       string
	AddItems      string
	AddHint       string
	AddRequired   string
	Required      string // mark of an item that gates done
	RequiredHint  string
	Text          string
	Owner, Nobody string
	Due           string
	EditItem      func(item string) string
	TickedBy      func(who, when string) string
	Up, Down      func(item string) string
	MakeTask      string
	MakeTaskHint  string
	Remove        string
	IsTask        string // before the task that an item was turned into
	Missing       string // before what keeps the task from being done

	Comments, NoComments      string
	CommentsOf                func(task string) string
	Earlier, Newest           string
	Edited                    string // leads to what a comment said before
	VersionsOf                func(who string) string
	NowSays                   string // over the version of now
	Quote                     string
	QuoteOf, DeleteOf         func(who string) string
	AddComment, SendComment   string
	CommentHint               string
	EditComment               string
	DeleteComment, DeleteHint string
	Members                   string // the list of those one can mention
	MentionsFound             string // said when that list comes up

	Labels, NoLabels, LabelsHint string
	NewLabel, AddLabel           string
	RemoveLabel                  func(label string) string
	RemoveLabelHint              string
	LabelName, Colour, Icon      string
	Colours                      map[string]string // by models.Colours
	Icons                        map[string]string // by models.LabelIcons
}

var detailEnglish = Detail{
	Checklist: "Checklist", Progress: func(done, all int) string { return fmt.Sprintf("%d of %d items ticked", done, all) },
	NoItems:  "No items.",
	AddItems: "Add items", AddHint: "One item a line. A pasted list becomes as many items.", AddRequired: "These must be ticked before the task is done",
	Required: "Required", RequiredHint: "The task cannot be completed before this is ticked",
	Text: "Item", Owner: "Owner", Nobody: "Nobody", Due: "Due date",
	EditItem: func(item string) string { return "Edit “" + item + "”" },
	TickedBy: func(who, when string) string { return who + ", " + when },
	Up:       func(item string) string { return "Move “" + item + "” up" },
	Down:     func(item string) string { return "Move “" + item + "” down" },
	MakeTask: "Turn into a task", MakeTaskHint: "The new task is on this board, with the item’s owner and date, and this one waits for it.",
	Remove: "Remove", IsTask: "Is a task now:",
	Missing:  "Needed before it is done:",
	Comments: "Comments", NoComments: "Nobody has said anything yet.",
	CommentsOf: func(task string) string { return "Comments on " + task },
	Earlier:    "Earlier comments", Newest: "The newest comments",
	Edited: "edited", VersionsOf: func(who string) string { return "What " + who + " wrote" }, NowSays: "Now",
	Quote: "Quote", QuoteOf: func(who string) string { return "Quote " + who }, DeleteOf: func(who string) string { return "Delete the comment of " + who },
	AddComment: "Write a comment", SendComment: "Comment",
	CommentHint: "You can use Markdown. Write @ and a name to tell somebody.",
	EditComment: "Edit your comment", DeleteComment: "Delete this comment",
	DeleteHint: "It goes for good; only the log keeps what it said.",
	Members:    "People of the team", MentionsFound: "People to mention: choose with the arrow keys, then press Enter.",
	Labels: "Labels", NoLabels: "None", LabelsHint: "They mark tasks of this board. Their names stand on the cards; colour and icon only help to spot them.",
	NewLabel: "New label", AddLabel: "Add label",
	RemoveLabel:     func(label string) string { return "Remove " + label },
	RemoveLabelHint: "It is taken off all tasks that have it.",
	LabelName:       "Name", Colour: "Colour", Icon: "Icon",
	Colours: map[string]string{"grey": "Grey", "red": "Red", "orange": "Orange", "yellow": "Yellow", "green": "Green", "teal": "Teal", "blue": "Blue", "purple": "Purple", "pink": "Pink"},
	Icons: map[string]string{"tag": "Tag", "star": "Star", "flag": "Flag", "heart": "Heart", "bug": "Bug", "wrench": "Wrench", "shield": "Shield", "scale": "Scales",
		"banknote": "Money", "truck": "Lorry", "book": "Book", "leaf": "Leaf", "users": "People", "clock": "Clock", "lock": "Lock", "zap": "Lightning"},
}

var detailSpanish = Detail{
	Checklist: "Lista de control", Progress: func(done, all int) string { return fmt.Sprintf("%d de %d puntos marcados", done, all) },
	NoItems:  "No hay puntos.",
	AddItems: "Añadir puntos", AddHint: "Un punto por línea. Una lista pegada se convierte en otros tantos puntos.", AddRequired: "Hay que marcarlos antes de terminar la tarea",
	Required: "Obligatorio", RequiredHint: "La tarea no se puede completar antes de marcarlo",
	Text: "Punto", Owner: "Responsable", Nobody: "Nadie", Due: "Fecha límite",
	EditItem: func(item string) string { return "Editar «" + item + "»" },
	TickedBy: func(who, when string) string { return who + ", " + when },
	Up:       func(item string) string { return "Subir «" + item + "»" },
	Down:     func(item string) string { return "Bajar «" + item + "»" },
	MakeTask: "Convertir en tarea", MakeTaskHint: "La nueva tarea queda en este tablero, con el responsable y la fecha del punto, y esta espera a que termine.",
	Remove: "Quitar", IsTask: "Ahora es una tarea:",
	Missing:  "Falta para terminarla:",
	Comments: "Comentarios", NoComments: "Nadie ha dicho nada todavía.",
	CommentsOf: func(task string) string { return "Comentarios de " + task },
	Earlier:    "Comentarios anteriores", Newest: "Los comentarios más recientes",
	Edited: "editado", VersionsOf: func(who string) string { return "Lo que escribió " + who }, NowSays: "Ahora",
	Quote: "Citar", QuoteOf: func(who string) string { return "Citar a " + who }, DeleteOf: func(who string) string { return "Eliminar el comentario de " + who },
	AddComment: "Escribe un comentario", SendComment: "Comentar",
	CommentHint: "Puedes usar Markdown. Escribe @ y un nombre para avisar a alguien.",
	EditComment: "Editar tu comentario", DeleteComment: "Eliminar este comentario",
	DeleteHint: "Desaparece para siempre; solo el registro guarda lo que decía.",
	Members:    "Personas del equipo", MentionsFound: "Personas a quienes mencionar: elige con las flechas y pulsa Intro.",
	Labels: "Etiquetas", NoLabels: "Ninguna", LabelsHint: "Marcan tareas de este tablero. Sus nombres están en las tarjetas; el color y el icono solo ayudan a encontrarlas.",
	NewLabel: "Etiqueta nueva", AddLabel: "Añadir etiqueta",
	RemoveLabel:     func(label string) string { return "Quitar " + label },
	RemoveLabelHint: "Se quita de todas las tareas que la tienen.",
	LabelName:       "Nombre", Colour: "Color", Icon: "Icono",
	Colours: map[string]string{"grey": "Gris", "red": "Rojo", "orange": "Naranja", "yellow": "Amarillo", "green": "Verde", "teal": "Turquesa", "blue": "Azul", "purple": "Morado", "pink": "Rosa"},
	Icons: map[string]string{"tag": "Etiqueta", "star": "Estrella", "flag": "Bandera", "heart": "Corazón", "bug": "Bicho", "wrench": "Llave inglesa", "shield": "Escudo", "scale": "Balanza",
		"banknote": "Dinero", "truck": "Camión", "book": "Libro", "leaf": "Hoja", "users": "Personas", "clock": "Reloj", "lock": "Candado", "zap": "Rayo"},
}

var detailFaultsEnglish = faults{
	fault.ItemOpen: func(f *fault.Fault) string { return fmt.Sprintf("Tick “%v” in the checklist first.", f.Args[0]) },
	fault.PatternTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("This board has a task template %v already.", f.Args[0])
	},
	fault.LabelTaken: func(f *fault.Fault) string { return fmt.Sprintf("This board has a label %v already.", f.Args[0]) },
	fault.ItemIsTask: text("This item is a task now. Finishing the task ticks it."),
}

var detailFaultsSpanish = faults{
	fault.ItemOpen: func(f *fault.Fault) string {
		return fmt.Sprintf("Marca antes «%v» en la lista de control.", f.Args[0])
	},
	fault.PatternTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("Este tablero ya tiene una plantilla de tarea %v.", f.Args[0])
	},
	fault.LabelTaken: func(f *fault.Fault) string { return fmt.Sprintf("Este tablero ya tiene una etiqueta %v.", f.Args[0]) },
	fault.ItemIsTask: text("Este punto es ahora una tarea. Se marca al terminarla."),
}

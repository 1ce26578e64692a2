package say

import (
	"fmt"

	"relevo/models/exchange"
	"relevo/models/fault"
)

// Exchange is the wording of boards that come from files, and of files that are
// made of boards.
type Exchange struct {
	// bringing a file
	Import, ImportLead, File, FileHint, Upload string
	FromTrello, FromTrelloHow, FromCSV         string
	FromCSVHow, FromOurs, FromOursHow          string
	Kept                                       string

	// saying what is what
	MapTitle                    func(file string) string
	Kinds                       map[exchange.Kind]string
	Cards                       func(n int) string
	Board                       string
	Fields                      string
	FieldsHint                  string
	FieldIs                     func(name, example string) string
	NoField                     string
	FieldNames                  map[exchange.Field]string
	Dates, DayFirst, MonthFirst string
	Lanes, LanesHint, LeaveOut  string
	People, PeopleHint, Nobody  string
	MorePeople                  func(n int) string
	Preview, Again, Discard     string

	// what would be made
	PlanTitle                       func(board string) string
	PlanLead, Columns, Tasks, Added string
	Total                           func(tasks, links int) string
	Archived, Cancelled, Owned      func(n int) string
	Found                           func(n int) string
	AllUnderstood, Row, Task, What  string
	WholeFile                       string
	MoreFound                       func(n int) string
	Make, Change, CannotMake        string
	Making                          string
	Far                             func(done, all int) string

	// writing a board down
	Export, ExportHint, ExportCSV, ExportCSVHint, ExportJSON, ExportJSONHint string

	Headings exchange.Headings
	Things   map[string]func(n int) string
}

var exchangeEnglish = Exchange{
	Import: "Import a board", ImportLead: "Bring a board from Trello, a spreadsheet, or another team. You see what will be made before anything is.",
	File: "File", FileHint: "JSON or CSV, at most 20 MB and 10,000 cards.", Upload: "Upload and look at it",
	FromTrello: "From Trello", FromTrelloHow: "On the board, open the menu, then Print, export, and share, then Export as JSON. Cards, lists, labels, checklists, due dates, members and the latest comments come along.",
	FromCSV: "From a spreadsheet", FromCSVHow: "Save it as CSV, a task in each row, with a first row that names the columns. A column with a key and one with the keys that a task requires make its dependencies.",
	FromOurs: "From Relevo", FromOursHow: "A board’s settings offer it as JSON, from which the same board can be made again.",
	Kept: "The file is kept for a day for you alone, until you make the board or discard it.",

	MapTitle: func(file string) string { return "What is what in " + file },
	Kinds:    map[exchange.Kind]string{exchange.Trello: "A board from Trello", exchange.CSV: "A table", exchange.Native: "A board from Relevo"},
	Cards:    func(n int) string { return count(n, "card", "cards") },
	Board:    "The board", Fields: "Columns of the table", FieldsHint: "Say what each column is. What is nothing of ours is left out.",
	FieldIs: func(name, example string) string {
		if example == "" {
			return name
		}
		return name + " (" + example + ")"
	},
	NoField: "Leave out",
	FieldNames: map[exchange.Field]string{exchange.TitleField: "Title", exchange.DescriptionField: "Description", exchange.ColumnField: "Column", exchange.StateField: "State",
		exchange.OwnersField: "Owners, by e-mail or name", exchange.DueField: "Due date", exchange.EstimateField: "Estimate", exchange.PriorityField: "Priority",
		exchange.KeyField: "Key", exchange.RequiresField: "Requires: keys of its prerequisites", exchange.LabelsField: "Labels", exchange.NotBeforeField: "Not before",
		exchange.BlockedField: "Blocked: the reason", exchange.ArchivedField: "Archived"},
	Dates: "A date like 03/04/2026 is", DayFirst: "3 April 2026", MonthFirst: "March 4, 2026",
	Lanes: "Columns of the board", LanesHint: "Say what a card in each of them is. A task that waits for another one waits, wherever it is.", LeaveOut: "Leave out, with its cards",
	People: "People", PeopleHint: "Say who they are in this team. Nobody is told of what they own after an import.", Nobody: "Nobody in this team",
	MorePeople: func(n int) string {
		return count(n, "more name is", "more names are") + " matched by name and address alone."
	},
	Preview: "See what will be made", Again: "Update this page", Discard: "Discard the file",

	PlanTitle: func(board string) string { return "What will be made: " + board },
	PlanLead:  "Nothing has been made yet.", Columns: "Column", Tasks: "Tasks", Added: "added: a board needs it",
	Total: func(tasks, links int) string {
		return count(tasks, "task", "tasks") + ", " + count(links, "dependency", "dependencies")
	},
	Archived: func(n int) string { return count(n, "archived task", "archived tasks") }, Cancelled: func(n int) string { return count(n, "cancelled task in no column", "cancelled tasks in no column") },
	Owned: func(n int) string { return count(n, "task has", "tasks have") + " an owner" },
	Found: func(n int) string {
		return count(n, "thing will not be as it is in the file", "things will not be as they are in the file")
	},
	AllUnderstood: "Everything in the file was understood.", Row: "Row", Task: "Task", What: "What", WholeFile: "File",
	MoreFound: func(n int) string { return "and " + count(n, "more", "more") },
	Making:    "The board is being made. It opens when it is whole; you may leave this page meanwhile.",
	Far:       func(done, all int) string { return fmt.Sprintf("%d of %s", done, count(all, "task", "tasks")) },
	Make:      "Make the board", Change: "Change something", CannotMake: "The board cannot be made like this",

	Export: "Take this board elsewhere", ExportHint: "Whoever may see the board may download it.",
	ExportCSV: "Download as CSV", ExportCSVHint: "for spreadsheets: tasks with their columns, owners, dates and prerequisites.",
	ExportJSON: "Download as JSON", ExportJSONHint: "everything the board holds, to import it again without loss. Of files only names, sizes and checksums: what is in them is not part of it.",

	Headings: exchange.Headings{Files: "Attachments"},
	Things: map[string]func(int) string{
		"labels": func(n int) string { return count(n, "label", "labels") },
		"files":  func(n int) string { return count(n, "attachment, as a link", "attachments, as links") },
		"contents": func(n int) string {
			return count(n, "file, whose content is not in the export", "files, whose contents are not in the export")
		},
		"description": func(int) string { return "The board’s description" },
		"starts":      func(n int) string { return count(n, "start date", "start dates") }, "votes": func(n int) string { return count(n, "vote", "votes") },
		"templates": func(n int) string {
			return count(n, "mark of a template card", "marks of template cards")
		},
	},
}

var exchangeSpanish = Exchange{
	Import: "Importar un tablero", ImportLead: "Trae un tablero de Trello, de una hoja de cálculo o de otro equipo. Verás lo que se va a crear antes de que se cree nada.",
	File: "Archivo", FileHint: "JSON o CSV, de 20 MB y 10.000 tarjetas como máximo.", Upload: "Subirlo y verlo",
	FromTrello: "De Trello", FromTrelloHow: "En el tablero, abre el menú, después Imprimir, exportar y compartir, y después Exportar como JSON. Vienen las tarjetas, listas, etiquetas, listas de control, fechas, miembros y los últimos comentarios.",
	FromCSV: "De una hoja de cálculo", FromCSVHow: "Guárdala como CSV, con una tarea en cada fila y una primera fila con los nombres de las columnas. Una columna con la clave y otra con las claves que requiere cada tarea crean las dependencias.",
	FromOurs: "De Relevo", FromOursHow: "Los ajustes de un tablero lo ofrecen como JSON, del que se puede volver a crear el mismo tablero.",
	Kept: "El archivo se guarda un día, solo para ti, hasta que crees el tablero o lo descartes.",

	MapTitle: func(file string) string { return "Qué es qué en " + file },
	Kinds:    map[exchange.Kind]string{exchange.Trello: "Un tablero de Trello", exchange.CSV: "Una tabla", exchange.Native: "Un tablero de Relevo"},
	Cards:    func(n int) string { return count(n, "tarjeta", "tarjetas") },
	Board:    "El tablero", Fields: "Columnas de la tabla", FieldsHint: "Di qué es cada columna. Lo que no corresponde a nada se deja fuera.",
	FieldIs: func(name, example string) string {
		if example == "" {
			return name
		}
		return name + " (" + example + ")"
	},
	NoField: "Dejar fuera",
	FieldNames: map[exchange.Field]string{exchange.TitleField: "Título", exchange.DescriptionField: "Descripción", exchange.ColumnField: "Columna", exchange.StateField: "Estado",
		exchange.OwnersField: "Responsables, por correo o nombre", exchange.DueField: "Fecha límite", exchange.EstimateField: "Estimación", exchange.PriorityField: "Prioridad",
		exchange.KeyField: "Clave", exchange.RequiresField: "Requiere: claves de sus requisitos previos", exchange.LabelsField: "Etiquetas", exchange.NotBeforeField: "No antes de",
		exchange.BlockedField: "Bloqueada: el motivo", exchange.ArchivedField: "Archivada"},
	Dates: "Una fecha como 03/04/2026 es", DayFirst: "3 de abril de 2026", MonthFirst: "4 de marzo de 2026",
	Lanes: "Columnas del tablero", LanesHint: "Di qué es una tarjeta en cada una. Una tarea que espera a otra queda en espera, esté donde esté.", LeaveOut: "Dejarla fuera, con sus tarjetas",
	People: "Personas", PeopleHint: "Di quién es cada una en este equipo. No se avisa a nadie de lo que le toca tras importar.", Nobody: "Nadie de este equipo",
	MorePeople: func(n int) string {
		return count(n, "nombre más se empareja", "nombres más se emparejan") + " solo por nombre y correo."
	},
	Preview: "Ver lo que se va a crear", Again: "Actualizar esta página", Discard: "Descartar el archivo",

	PlanTitle: func(board string) string { return "Lo que se va a crear: " + board },
	PlanLead:  "Todavía no se ha creado nada.", Columns: "Columna", Tasks: "Tareas", Added: "añadida: un tablero la necesita",
	Total: func(tasks, links int) string {
		return count(tasks, "tarea", "tareas") + ", " + count(links, "dependencia", "dependencias")
	},
	Archived: func(n int) string { return count(n, "tarea archivada", "tareas archivadas") }, Cancelled: func(n int) string {
		return count(n, "tarea cancelada sin columna", "tareas canceladas sin columna")
	},
	Owned: func(n int) string { return count(n, "tarea tiene", "tareas tienen") + " responsable" },
	Found: func(n int) string {
		return count(n, "cosa no quedará como en el archivo", "cosas no quedarán como en el archivo")
	},
	AllUnderstood: "Se ha entendido todo lo que hay en el archivo.", Row: "Fila", Task: "Tarea", What: "Qué", WholeFile: "Archivo",
	MoreFound: func(n int) string { return "y " + count(n, "más", "más") },
	Making:    "Se está creando el tablero. Se abre cuando está completo; mientras tanto puedes salir de esta página.",
	Far:       func(done, all int) string { return fmt.Sprintf("%d de %s", done, count(all, "tarea", "tareas")) },
	Make:      "Crear el tablero", Change: "Cambiar algo", CannotMake: "Así no se puede crear el tablero",

	Export: "Llevarte este tablero", ExportHint: "Quien puede ver el tablero puede descargarlo.",
	ExportCSV: "Descargar como CSV", ExportCSVHint: "para hojas de cálculo: las tareas con sus columnas, responsables, fechas y requisitos previos.",
	ExportJSON: "Descargar como JSON", ExportJSONHint: "todo lo que hay en el tablero, para volver a importarlo sin pérdidas. De los archivos, solo nombres, tamaños y sumas de comprobación: su contenido no va incluido.",

	Headings: exchange.Headings{Files: "Adjuntos"},
	Things: map[string]func(int) string{
		"labels": func(n int) string { return count(n, "etiqueta", "etiquetas") },
		"files":  func(n int) string { return count(n, "adjunto, como enlace", "adjuntos, como enlaces") },
		"contents": func(n int) string {
			return count(n, "archivo, cuyo contenido no está en la exportación", "archivos, cuyo contenido no está en la exportación")
		},
		"description": func(int) string { return "La descripción del tablero" },
		"starts":      func(n int) string { return count(n, "fecha de inicio", "fechas de inicio") }, "votes": func(n int) string { return count(n, "voto", "votos") },
		"templates": func(n int) string {
			return count(n, "marca de tarjeta plantilla", "marcas de tarjetas plantilla")
		},
	},
}

// with words a fault with its values.
func with(form string) func(*fault.Fault) string {
	return func(f *fault.Fault) string { return fmt.Sprintf(form, f.Args...) }
}

// things words a fault about so many things of a kind.
func things(w *Exchange, form string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		what, _ := f.Args[0].(string)
		n, _ := f.Args[1].(int)
		return fmt.Sprintf(form, w.Things[what](n))
	}
}

var exchangeFaultsEnglish = faults{
	fault.FileUnknown:  text("This file is neither a board exported from Trello or Relevo as JSON, nor a CSV table. A spreadsheet has to be saved as CSV first."),
	fault.FileTooBig:   with("The file is larger than %v MB. Leave some of it out, or split it into several boards."),
	fault.FileEmpty:    text("There is no task in this file. Choose another one."),
	fault.TooManyCards: with("The file has more than %v cards. Split it into several boards."),
	fault.TooManyLists: with("That would be %v columns, and a board has %v at most. Leave some out, or say that another column of the table is the board’s column."),
	fault.NewerFile:    text("This file comes from a later version of Relevo. Update this server first."),
	fault.NoTitleField: text("Say which column of the table is the title."),
	fault.FieldTwice: func(f *fault.Fault) string {
		return fieldTwice(&exchangeEnglish, "Two columns are said to be “%s”. Choose one of them.", f)
	},

	fault.FoundNoTitle: text("The row has no title and is left out."), fault.FoundTitleCut: with("The title is longer than %v characters; the whole of it is put into the description."),
	fault.FoundCut: with("A text is cut after %v characters."), fault.FoundNameCut: with("The column’s name is cut after %v characters."),
	fault.FoundNotADate: with("“%v” was not understood as a date; the task gets none."), fault.FoundNotAnEstimate: with("“%v” was not understood as an estimate; the task gets none."),
	fault.FoundNotAPriority: with("“%v” is no priority; the task gets none."), fault.FoundNotAState: with("“%v” is no state; the task will be ready."),
	fault.FoundNotAMoment: with("“%v” was not understood as a moment; the task does not wait for it."), fault.FoundNobody: with("%v is nobody in this team; their tasks come without them."),
	fault.FoundNoPrerequisite: with("It requires %v, which is not in the file; that dependency is left out."), fault.FoundKeyTwice: with("Another row has the key %v, too; what requires it requires the first one."),
	fault.FoundNeedsItself: text("It requires itself; that dependency is left out."), fault.FoundTooManyNeeds: with("A task has %v prerequisites at most; further ones are left out."),
	fault.FoundNoList: text("Its list is not in the file; it will be ready."), fault.FoundLeftOut: func(f *fault.Fault) string {
		n, _ := f.Args[1].(int)
		return fmt.Sprintf("%v is left out, with %s.", f.Args[0], exchangeEnglish.Cards(n))
	},
	fault.ImportUnderway: text("The board of this file is being made right now."),
	fault.FoundCompleted: text("It is marked as complete in Trello, so it will be done."), fault.FoundInText: things(&exchangeEnglish, "%s: kept in the descriptions."),
	fault.FoundDropped: things(&exchangeEnglish, "%s: not taken over."), fault.FoundOldComments: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "Trello has not put " + count(n, "older comment", "older comments") + " of this card into the file."
	},
	fault.FoundOtherShape: with("“%v” in the file is of another kind than we know, and is left out."), fault.FoundEncoding: text("The file is not UTF-8 and was read as Windows-1252. Look at the accents."),
	fault.FoundComments:      text("Comments come in under your name, with the name of who said it before each that is not yours."),
	fault.FoundTooManyItems:  with("A checklist has %v items at most; further ones are left out."),
	fault.FoundTooManyLabels: with("A board has %v labels at most; %v is left out."),
	fault.FoundTooManyFields: with("A board has %v custom fields at most; %v is left out."),
	fault.FoundNotAValue:     with("The field %v cannot hold “%v”; it is left empty."),
	fault.FoundNotARule:      with("How it repeats is not understood: “%v”. It does not repeat."),
	fault.FoundBadLine:       text("The line cannot be read and is left out."), fault.FoundNewNumbers: text("The keys are not numbers of one board, so the tasks are numbered anew."),
}

var exchangeFaultsSpanish = faults{
	fault.FileUnknown:  text("Este archivo no es un tablero exportado de Trello o de Relevo como JSON, ni una tabla CSV. Una hoja de cálculo hay que guardarla antes como CSV."),
	fault.FileTooBig:   with("El archivo pasa de %v MB. Deja fuera una parte o divídelo en varios tableros."),
	fault.FileEmpty:    text("En este archivo no hay ninguna tarea. Elige otro."),
	fault.TooManyCards: with("El archivo tiene más de %v tarjetas. Divídelo en varios tableros."),
	fault.TooManyLists: with("Serían %v columnas, y un tablero tiene %v como máximo. Deja fuera algunas o di que la columna del tablero es otra columna de la tabla."),
	fault.NewerFile:    text("Este archivo viene de una versión posterior de Relevo. Actualiza antes este servidor."),
	fault.NoTitleField: text("Di qué columna de la tabla es el título."),
	fault.FieldTwice: func(f *fault.Fault) string {
		return fieldTwice(&exchangeSpanish, "Dos columnas dicen ser «%s». Elige una de ellas.", f)
	},

	fault.FoundNoTitle: text("La fila no tiene título y se deja fuera."), fault.FoundTitleCut: with("El título pasa de %v caracteres; entero queda en la descripción."),
	fault.FoundCut: with("Un texto se corta a los %v caracteres."), fault.FoundNameCut: with("El nombre de la columna se corta a los %v caracteres."),
	fault.FoundNotADate: with("«%v» no se ha entendido como fecha; la tarea queda sin ella."), fault.FoundNotAnEstimate: with("«%v» no se ha entendido como estimación; la tarea queda sin ella."),
	fault.FoundNotAPriority: with("«%v» no es una prioridad; la tarea queda sin ella."), fault.FoundNotAState: with("«%v» no es un estado; la tarea quedará lista."),
	fault.FoundNotAMoment: with("«%v» no se ha entendido como momento; la tarea no lo espera."), fault.FoundNobody: with("%v no es nadie de este equipo; sus tareas vienen sin esa persona."),
	fault.FoundNoPrerequisite: with("Requiere %v, que no está en el archivo; esa dependencia se deja fuera."), fault.FoundKeyTwice: with("Otra fila tiene también la clave %v; lo que la requiere, requiere la primera."),
	fault.FoundNeedsItself: text("Se requiere a sí misma; esa dependencia se deja fuera."), fault.FoundTooManyNeeds: with("Una tarea tiene %v requisitos previos como máximo; los demás se dejan fuera."),
	fault.FoundNoList: text("Su lista no está en el archivo; quedará lista."), fault.FoundLeftOut: func(f *fault.Fault) string {
		n, _ := f.Args[1].(int)
		return fmt.Sprintf("%v se deja fuera, con %s.", f.Args[0], exchangeSpanish.Cards(n))
	},
	fault.ImportUnderway: text("El tablero de este archivo se está creando ahora mismo."),
	fault.FoundCompleted: text("En Trello está marcada como completa, así que quedará hecha."), fault.FoundInText: things(&exchangeSpanish, "%s: se conserva en las descripciones."),
	fault.FoundDropped: things(&exchangeSpanish, "%s: no se traslada."), fault.FoundOldComments: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "Trello no ha puesto en el archivo " + count(n, "comentario antiguo", "comentarios antiguos") + " de esta tarjeta."
	},
	fault.FoundOtherShape: with("«%v» en el archivo es de otra clase de la que conocemos y se deja fuera."), fault.FoundEncoding: text("El archivo no es UTF-8 y se ha leído como Windows-1252. Mira los acentos."),
	fault.FoundComments:      text("Los comentarios entran a tu nombre, con el de quien lo dijo delante de cada uno que no es tuyo."),
	fault.FoundTooManyItems:  with("Una lista de control tiene %v elementos como máximo; los demás se dejan fuera."),
	fault.FoundTooManyLabels: with("Un tablero tiene %v etiquetas como máximo; %v se deja fuera."),
	fault.FoundTooManyFields: with("Un tablero tiene %v campos personalizados como máximo; %v se deja fuera."),
	fault.FoundNotAValue:     with("El campo %v no puede contener «%v»; queda vacío."),
	fault.FoundNotARule:      with("No se entiende cómo se repite: «%v». No se repite."),
	fault.FoundBadLine:       text("La línea no se puede leer y se deja fuera."), fault.FoundNewNumbers: text("Las claves no son números de un solo tablero, así que las tareas se numeran de nuevo."),
}

func fieldTwice(w *Exchange, form string, f *fault.Fault) string {
	name, _ := f.Args[0].(string)
	return fmt.Sprintf(form, w.FieldNames[exchange.Field(name)])
}

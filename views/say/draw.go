package say

import "fmt"

// Draw is the wording of a template's draft as it is edited on its diagram.
type Draw struct {
	Open, Title                  string
	Hint                         string
	AsText                       string
	TextHint                     string
	New, NewHint                 string // the title of a step to be added
	Add, After, Before, Beside   string
	Undo, Redo                   string
	StepTitle                    func(step string) string
	Name, Section, Role, When    string
	SectionHint, RoleHint        string
	Due, DueHint                 string
	Estimate, EstimateHint       string
	WhenHint, Description        string
	Waits, WaitsFor, WaitsNone   string
	Join, JoinAll, JoinAny       string
	Connect, Cut                 string
	CutIt                        func(step string) string
	Choose                       string
	Remove, Save, Close          string
	None                         string
	Broken                       string
	ToText                       string
	Renamed, Added, Removed      string // for those who do not see it
	Undone, Redone, Nothing      string
	Others                       string // somebody else has changed the draft
	NamePrompt                   string
	From                         string // a template that begins on the diagram
	FromName, FromLead, FromDraw string
	Keys                         string
	Import, ImportLead           string
	ImportText, ImportHint       string
	ImportGo                     string
	ImportTitle                  string
	ImportDone                   func(steps, lines int) string
	ImportLeft                   string
	ImportNone                   string
	ImportLine                   func(n int) string
	ImportWhy                    map[string]string
	ToDraw                       string
	BPMN, BPMNLead               string
	BPMNFile, BPMNHint           string
	BPMNTitle                    string
}

var drawEnglish = Draw{
	Open: "Edit on the diagram", Title: "Draw",
	Hint:   "Choose a step, then add one after, before or beside it. Draw from the edge of a step to another to connect them.",
	AsText: "As text", TextHint: "The draft as it is kept. What you draw is written into it, and your comments stay.",
	New: "New step", NewHint: "What is to be done", Add: "Add step", After: "After", Before: "Before", Beside: "Beside",
	Undo: "Undo", Redo: "Redo",
	StepTitle: func(step string) string { return "Step: " + step },
	Name:      "Title", Section: "Section", Role: "Who does it", When: "Only if",
	SectionHint: "A new name makes a new section.", RoleHint: "A new name makes a new role.",
	Due: "Due", DueHint: "Like “2 working days after needs” or “on start”.",
	Estimate: "Estimate", EstimateHint: "Like “30m”, “2h” or “1d”.",
	WhenHint: "A condition, like “amount > 100” or “check.done”.", Description: "Description",
	Waits: "Waits for", WaitsFor: "Let it wait for", WaitsNone: "It waits for nothing.",
	Join: "How many are needed", JoinAll: "All of them", JoinAny: "Any one of them",
	Connect: "Connect", Cut: "Take away", CutIt: func(step string) string { return "Take away: wait for “" + step + "”" }, Choose: "Choose a step",
	Remove: "Delete step", Save: "Save", Close: "Close",
	None:   "There is no step yet. Write what is done first, and add it.",
	Broken: "The text of the draft cannot be read, so nothing can be drawn. Mend it first.", ToText: "To the text",
	Renamed: "Renamed.", Added: "Step added.", Removed: "Step deleted.", Undone: "Undone.", Redone: "Redone.", Nothing: "There is nothing to undo.", Others: "Somebody else has changed the draft: this is how it is now.",
	NamePrompt: "Title of the step",
	From:       "Draw it", FromName: "Name of the workflow", FromLead: "Begin with a name and put one step after the other on a diagram.", FromDraw: "Begin to draw",
	Keys:   "Keys: arrows to move, A after, B before, N beside, C connect, F2 rename, Enter the step’s form, Delete, Ctrl+Z undo.",
	Import: "From Mermaid", ImportLead: "Take over a flowchart that is written as Mermaid text.",
	ImportText: "Flowchart", ImportHint: "It begins with “flowchart” or “graph”.", ImportGo: "Take it over", ImportTitle: "Taken over from Mermaid",
	ImportDone: func(steps, lines int) string {
		return count(steps, "step and ", "steps and ") + count(lines, "connection are in the draft.", "connections are in the draft.")
	},
	ImportLeft: "What was left out", ImportNone: "Everything was understood.", ImportLine: func(n int) string { return "Line " + fmt.Sprint(n) },
	ImportWhy: map[string]string{"not understood": "Not understood", "looks": "Says how it looks", "not a flow": "This is no flowchart: it begins with “flowchart” or “graph”", "too much": "More than can be taken over",
		"unclosed": "A subgraph is not ended", "circle": "It would close a circle", "itself": "A step cannot wait for itself", "shortened": "Shortened", "nested": "A subgraph in another one", "not xml": "The file is broken here", "not bpmn": "There is no process in BPMN 2.0 in this file", "simplified": "Taken over in a simpler way", "blank": "A part of the name is filled in at a start, and the file does not say with what"},
	ToDraw: "To the diagram",
	BPMN:   "From BPMN", BPMNLead: "Take over a process from a file in BPMN 2.0: tasks, gateways, flows with their conditions, lanes as roles.",
	BPMNFile: "File", BPMNHint: "Its name ends in .bpmn or .xml.", BPMNTitle: "Taken over from BPMN",
}

var drawSpanish = Draw{
	Open: "Editar en el diagrama", Title: "Dibujar",
	Hint:   "Elige un paso y añade otro después, antes o al lado. Traza desde el borde de un paso hasta otro para conectarlos.",
	AsText: "Como texto", TextHint: "El borrador tal como se guarda. Lo que dibujas se escribe en él, y tus comentarios se quedan.",
	New: "Paso nuevo", NewHint: "Qué hay que hacer", Add: "Añadir paso", After: "Después", Before: "Antes", Beside: "Al lado",
	Undo: "Deshacer", Redo: "Rehacer",
	StepTitle: func(step string) string { return "Paso: " + step },
	Name:      "Título", Section: "Sección", Role: "Quién lo hace", When: "Solo si",
	SectionHint: "Un nombre nuevo crea una sección.", RoleHint: "Un nombre nuevo crea un rol.",
	Due: "Vence", DueHint: "Como «2 working days after needs» u «on start».",
	Estimate: "Estimación", EstimateHint: "Como «30m», «2h» o «1d».",
	WhenHint: "Una condición, como «importe > 100» o «revisar.done».", Description: "Descripción",
	Waits: "Espera a", WaitsFor: "Que espere a", WaitsNone: "No espera a nada.",
	Join: "Cuántos hacen falta", JoinAll: "Todos", JoinAny: "Uno cualquiera",
	Connect: "Conectar", Cut: "Quitar", CutIt: func(step string) string { return "Quitar: esperar a «" + step + "»" }, Choose: "Elige un paso",
	Remove: "Borrar el paso", Save: "Guardar", Close: "Cerrar",
	None:   "Todavía no hay pasos. Escribe qué se hace primero y añádelo.",
	Broken: "El texto del borrador no se puede leer, así que no se puede dibujar. Arréglalo primero.", ToText: "Ir al texto",
	Renamed: "Renombrado.", Added: "Paso añadido.", Removed: "Paso borrado.", Undone: "Deshecho.", Redone: "Rehecho.", Nothing: "No hay nada que deshacer.", Others: "Otra persona ha cambiado el borrador: así está ahora.",
	NamePrompt: "Título del paso",
	From:       "Dibujarla", FromName: "Nombre del proceso", FromLead: "Empieza con un nombre y pon un paso tras otro en un diagrama.", FromDraw: "Empezar a dibujar",
	Keys:   "Teclas: flechas para moverse, A después, B antes, N al lado, C conectar, F2 renombrar, Intro la ficha del paso, Supr, Ctrl+Z deshacer.",
	Import: "Desde Mermaid", ImportLead: "Trae un diagrama de flujo escrito como texto Mermaid.",
	ImportText: "Diagrama de flujo", ImportHint: "Empieza por «flowchart» o «graph».", ImportGo: "Traerlo", ImportTitle: "Traído de Mermaid",
	ImportDone: func(steps, lines int) string {
		return "En el borrador hay " + count(steps, "paso y ", "pasos y ") + count(lines, "conexión.", "conexiones.")
	},
	ImportLeft: "Lo que se ha dejado fuera", ImportNone: "Se ha entendido todo.", ImportLine: func(n int) string { return "Línea " + fmt.Sprint(n) },
	ImportWhy: map[string]string{"not understood": "No se entiende", "looks": "Dice qué aspecto tiene", "not a flow": "No es un diagrama de flujo: empieza por «flowchart» o «graph»", "too much": "Más de lo que se puede traer",
		"unclosed": "Un subgrafo no termina", "circle": "Cerraría un círculo", "itself": "Un paso no puede esperarse a sí mismo", "shortened": "Acortado", "nested": "Un subgrafo dentro de otro", "not xml": "El archivo está dañado aquí", "not bpmn": "En este archivo no hay ningún proceso BPMN 2.0", "simplified": "Se ha traído de forma más sencilla", "blank": "Una parte del nombre se rellena al iniciar, y el archivo no dice con qué"},
	ToDraw: "Ir al diagrama",
	BPMN:   "Desde BPMN", BPMNLead: "Trae un proceso de un archivo BPMN 2.0: tareas, compuertas, flujos con sus condiciones y carriles como papeles.",
	BPMNFile: "Archivo", BPMNHint: "Su nombre acaba en .bpmn o .xml.", BPMNTitle: "Traído de BPMN",
}

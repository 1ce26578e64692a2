package say

import (
	"fmt"

	"relevo/models/playbook"
)

// Amend is the wording of what changes in templates and in runs under way.
type Amend struct {
	Compare       string // leads to what two versions have differently
	CompareTitle  func(template string) string
	From, To      string // which two
	Show          string
	Draft         string
	In            map[playbook.Part]string // which part of a template
	InfoDraft     func(errors int) string  // the draft has errors
	CheckPublish  string                   // leads to what is different before it is published
	PublishLead   string
	SamePublished string // the draft has changed as a text alone

	// Moving runs to the newest version.
	Behind       func(runs int) string
	SeeMoves     string
	Newer        func(version int64) string // leads from a run to what a newer version changes
	MoveTitle    func(template string, version int64) string
	MoveTo       func(version int64) string
	MoveLead     string
	ChooseAll    string
	AllBehind    func(runs int) string
	NoneBehind   string
	MoreBehind   func(runs int) string
	OpenRun      string
	NothingMoves string // a run in which nothing changes
	AsksMore     string
	MoveChosen   string

	// A step in one run alone.
	AddStep, AddStepTitle, AddStepLead string
	StepName, Owner, DueOn             string
	ComesAfter, ComesBefore            string
	ComesAfterHint, ComesBeforeHint    string
	AddIt, Deviation                   string

	// A run as a list in the order in which it is done.
	Outline, OutlineHint string
	Stage                func(n int) string
	DueBy                func(day string) string

	// Saving what was laid out by hand, or what a run became, as a template.
	SaveAs, SaveAsTemplate string
	SaveBoardHint          string
	SaveRunHint            string
	Recalled, NothingLost  string
	LostLead, RecalledHint string
	Lost                   map[string]func(n int) string // by models.Loss

	ExtraPart, FormerPart string // of a run: steps that its version does not have
}

var amendEnglish = Amend{
	Compare: "Compare versions", CompareTitle: func(template string) string { return "What is different in " + template },
	From: "From", To: "To", Show: "Compare", Draft: "Draft",
	In: map[playbook.Part]string{playbook.Whole: "The template", playbook.InInput: "Asked at the start", playbook.InRole: "Roles", playbook.InSection: "Sections", playbook.InStep: "Steps"},
	InfoDraft: func(errors int) string {
		return "The draft has " + count(errors, "error", "errors") + ". What cannot be read of it is left out here."
	},
	CheckPublish: "Look at the changes and publish", PublishLead: "This is what changes for runs that are started from then on. Those under way stay on their version until somebody moves them.",
	SamePublished: "The text is different, but it means the same.",
	Behind: func(runs int) string {
		return same(runs, "One run under way is on an older version.", "%d runs under way are on an older version.")
	},
	SeeMoves: "See what moving them changes", Newer: func(version int64) string { return fmt.Sprintf("see what version %d changes", version) },
	MoveTitle: func(template string, version int64) string {
		return fmt.Sprintf("Move runs of %s to version %d", template, version)
	},
	MoveTo:    func(version int64) string { return fmt.Sprintf("Move runs to version %d", version) },
	MoveLead:  "Choose the runs and see what becomes of each. What is finished stays as it was done, and what people have changed by hand stays as they want it. All of it can be undone.",
	ChooseAll: "Choose all", AllBehind: func(runs int) string { return fmt.Sprintf("All runs on an older version (%d)", runs) },
	NoneBehind: "No run under way is on an older version.",
	MoreBehind: func(runs int) string {
		return same(runs, "One more run is on an older version. Move these first.", "%d more runs are on an older version. Move these first.")
	},
	OpenRun: "Open the run", NothingMoves: "Nothing changes for it but the number of its version.",
	AsksMore: "The new version wants to know", MoveChosen: "Move the chosen runs",
	AddStep: "Add a step", AddStepTitle: "A step for this run alone",
	AddStepLead: "It is a deviation from the template, and shown as such: other runs do not get it.",
	StepName:    "What is to be done", Owner: "Who does it", DueOn: "Due on",
	ComesAfter: "What comes first", ComesAfterHint: "Its turn comes when all of these are done. Without any, it comes at once.",
	ComesBefore: "What waits for it", ComesBeforeHint: "These do not go on before it is done.",
	AddIt: "Add the step", Deviation: "Deviation",
	Outline: "Outline", OutlineHint: "In the order in which it is done. What stands in one stage can go on side by side.",
	Stage: func(n int) string { return fmt.Sprintf("Stage %d", n) }, DueBy: func(day string) string { return "due " + day },
	SaveAs: "As a template", SaveAsTemplate: "Save as a template",
	SaveBoardHint: "Its tasks become the steps of a new template, with what waits for what. You look it over as a draft before anybody starts it; the board stays as it is.",
	SaveRunHint:   "As it really went: without the steps that were skipped, with those that were added. You look it over as a draft; the run stays as it is.",
	Recalled:      "Saved as a draft", NothingLost: "Everything that a template can hold is in it.",
	LostLead:     "A template holds a little less than tasks do. This did not come along:",
	RecalledHint: "Texts are as they stood on the tasks. Where something is different each time, ask for it with “inputs” and write {{its ID}} there.",
	Lost: map[string]func(n int) string{
		"tasks": func(n int) string { return count(n, "task", "tasks") + " that were cancelled, skipped or archived" },
		"outside": func(n int) string {
			return count(n, "prerequisite", "prerequisites") + " among tasks that are not part of it"
		},
		"owners": func(n int) string {
			return count(n, "further owner", "further owners") + ": a step is done by one role"
		},
		"approvals": func(n int) string {
			return count(n, "approval", "approvals") + ": write “approval” with the roles that give it"
		},
		"fields": func(n int) string { return count(n, "field", "fields") + " with what was filled in" },
		"conditions": func(n int) string {
			return count(n, "condition", "conditions") + ": what did not happen in this run is not in it"
		},
		"times": func(n int) string { return count(n, "moment", "moments") + " before which a task does not begin" },
		"parts": func(n int) string { return count(n, "owner or date", "owners and dates") + " of things to tick off" },
		"texts": func(n int) string { return count(n, "text", "texts") + " that were too long or too many" },
	},
	ExtraPart: "Added in this run alone", FormerPart: "No longer in the template",
}

var amendSpanish = Amend{
	Compare: "Comparar versiones", CompareTitle: func(template string) string { return "Qué cambia en " + template },
	From: "De", To: "A", Show: "Comparar", Draft: "Borrador",
	In: map[playbook.Part]string{playbook.Whole: "La plantilla", playbook.InInput: "Se pregunta al empezar", playbook.InRole: "Papeles", playbook.InSection: "Secciones", playbook.InStep: "Pasos"},
	InfoDraft: func(errors int) string {
		return fmt.Sprintf("El borrador tiene %s. Lo que no se puede leer de él no aparece aquí.", count(errors, "error", "errores"))
	},
	CheckPublish: "Ver los cambios y publicar", PublishLead: "Esto es lo que cambia para las ejecuciones que se inicien desde entonces. Las que están en marcha siguen en su versión hasta que alguien las mueva.",
	SamePublished: "El texto es distinto, pero significa lo mismo.",
	Behind: func(runs int) string {
		return same(runs, "Una ejecución en marcha está en una versión anterior.", "%d ejecuciones en marcha están en una versión anterior.")
	},
	SeeMoves: "Ver qué cambiaría al pasarlas", Newer: func(version int64) string { return fmt.Sprintf("ver qué cambia la versión %d", version) },
	MoveTitle: func(template string, version int64) string {
		return fmt.Sprintf("Pasar ejecuciones de %s a la versión %d", template, version)
	},
	MoveTo:    func(version int64) string { return fmt.Sprintf("Pasar ejecuciones a la versión %d", version) },
	MoveLead:  "Elige las ejecuciones y mira qué pasa con cada una. Lo terminado se queda como se hizo, y lo que alguien ha cambiado a mano se queda como lo dejó. Todo se puede deshacer.",
	ChooseAll: "Elegir todas", AllBehind: func(runs int) string { return fmt.Sprintf("Todas las que están en una versión anterior (%d)", runs) },
	NoneBehind: "Ninguna ejecución en marcha está en una versión anterior.",
	MoreBehind: func(runs int) string {
		return same(runs, "Hay otra ejecución en una versión anterior. Pasa antes estas.", "Hay otras %d ejecuciones en una versión anterior. Pasa antes estas.")
	},
	OpenRun: "Abrir la ejecución", NothingMoves: "Para ella no cambia nada más que el número de versión.",
	AsksMore: "La versión nueva necesita saber", MoveChosen: "Pasar las elegidas",
	AddStep: "Añadir un paso", AddStepTitle: "Un paso solo para esta ejecución",
	AddStepLead: "Se aparta de la plantilla y así se muestra: las demás ejecuciones no lo reciben.",
	StepName:    "Qué hay que hacer", Owner: "Quién lo hace", DueOn: "Vence el",
	ComesAfter: "Qué va antes", ComesAfterHint: "Le llega el turno cuando todo esto está hecho. Sin nada marcado, le llega enseguida.",
	ComesBefore: "Qué lo espera", ComesBeforeHint: "Esto no sigue hasta que esté hecho.",
	AddIt: "Añadir el paso", Deviation: "Desviación",
	Outline: "Esquema", OutlineHint: "En el orden en que se hace. Lo que está en una misma etapa puede avanzar a la vez.",
	Stage: func(n int) string { return fmt.Sprintf("Etapa %d", n) }, DueBy: func(day string) string { return "vence el " + day },
	SaveAs: "Como plantilla", SaveAsTemplate: "Guardar como plantilla",
	SaveBoardHint: "Sus tareas pasan a ser los pasos de una plantilla nueva, con lo que espera a qué. La revisas como borrador antes de que alguien la inicie; el tablero se queda como está.",
	SaveRunHint:   "Tal como fue de verdad: sin los pasos omitidos y con los añadidos. La revisas como borrador; la ejecución se queda como está.",
	Recalled:      "Guardada como borrador", NothingLost: "Contiene todo lo que cabe en una plantilla.",
	LostLead:     "En una plantilla cabe algo menos que en las tareas. Esto no ha pasado:",
	RecalledHint: "Los textos están como en las tareas. Donde algo cambie cada vez, pregúntalo con «inputs» y escribe allí {{su ID}}.",
	Lost: map[string]func(n int) string{
		"tasks": func(n int) string {
			return count(n, "tarea cancelada, omitida o archivada", "tareas canceladas, omitidas o archivadas")
		},
		"outside": func(n int) string {
			return count(n, "requisito previo", "requisitos previos") + " de tareas que no forman parte"
		},
		"owners": func(n int) string {
			return count(n, "responsable más", "responsables más") + ": un paso lo hace un solo papel"
		},
		"approvals": func(n int) string {
			return count(n, "aprobación", "aprobaciones") + ": escribe «approval» con los papeles que la dan"
		},
		"fields": func(n int) string { return count(n, "campo", "campos") + " con lo que se rellenó" },
		"conditions": func(n int) string {
			return count(n, "condición", "condiciones") + ": lo que no ocurrió en esta ejecución no está"
		},
		"times": func(n int) string { return count(n, "momento", "momentos") + " antes del cual no empieza una tarea" },
		"parts": func(n int) string {
			return count(n, "responsable o fecha", "responsables y fechas") + " de cosas por marcar"
		},
		"texts": func(n int) string {
			return count(n, "texto demasiado largo o de más", "textos demasiado largos o de más")
		},
	},
	ExtraPart: "Añadido solo en esta ejecución", FormerPart: "Ya no está en la plantilla",
}

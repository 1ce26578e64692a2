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
	ExtraPart: "Añadido solo en esta ejecución", FormerPart: "Ya no está en la plantilla",
}

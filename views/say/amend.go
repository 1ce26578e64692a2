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
}

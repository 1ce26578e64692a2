package say

import (
	"fmt"

	"relevo/models/playbook"
)

// Flowmap is the wording of the diagrams of templates and runs, and of what all
// diagrams have in common.
type Flowmap struct {
	Open         string // leads to it
	Checklist    string // leads back from a run's
	Steps        string // leads back from a template's
	Title        func(name string) string
	LabelRun     string
	Hint         string
	HintRun      string
	None         string
	All          func(n int) string // a mark where lines come together: all of them are needed
	Any          string             // any one is
	AnyOf        func(n int) string
	Only         func(condition string) string
	If           string
	Skipped      string
	SkippedKey   string
	WillSkip     string
	WayKey       string // a line of a template
	AllKey       string
	AnyKey       string
	IfKey        string
	LongestKey   string // the critical path of a template
	Longest      string
	LongestHint  string
	Circle       string
	NoSection    string
	Elsewhere    string
	Estimated    func(time string) string
	Late         string
	Pushes       func(n int) string
	VersionDraft string
	Sections     string // the menu by which they are collapsed
	Fold, Unfold func(section string) string
	FoldAll      string
	UnfoldAll    string
	Download     string
	Forms        map[string]string // by ending
	Paper        string
	Condition    playbook.Phrases
}

var flowmapEnglish = Flowmap{
	Open: "Diagram", Checklist: "Checklist", Steps: "Steps", Title: func(name string) string { return name + " as a diagram" }, LabelRun: "Diagram of the run",
	Hint:    "The work goes from left to right: every step stands after what it waits for.",
	HintRun: "The work goes from left to right, and the picture follows it as it moves.",
	None:    "There is no step yet.",
	All:     func(n int) string { return "all " + fmt.Sprint(n) }, Any: "any one", AnyOf: func(n int) string { return "any one of " + fmt.Sprint(n) },
	Only: func(condition string) string { return "Only if " + condition }, If: "only if",
	Skipped: "Skipped", SkippedKey: "Skipped: not this time", WillSkip: "will be skipped", WayKey: "Comes first",
	AllKey: "All that leads here is needed", AnyKey: "Any one is enough", IfKey: "Only if a condition holds",
	LongestKey: "The longest way: a delay here delays the end", Longest: "On the longest way", LongestHint: "The longest way takes every step as if it were carried out, and a step without an estimate as a day.",
	Circle: "Some steps wait for each other in a circle. Take one of the lines away.", NoSection: "Other steps", Elsewhere: "outside of this run",
	Estimated: func(time string) string { return "about " + time }, Late: "late",
	Pushes:       func(n int) string { return "holds up " + count(n, "step", "steps") },
	VersionDraft: "Draft",
	Sections:     "Sections", FoldAll: "Collapse all", UnfoldAll: "Expand all",
	Fold: func(section string) string { return "Collapse " + section }, Unfold: func(section string) string { return "Expand " + section },
	Download: "Download", Forms: map[string]string{"svg": "Picture (SVG)", "png": "Picture (PNG)", "mmd": "Mermaid text", "bpmn": "BPMN 2.0"}, Paper: "Print, or PDF",
	Condition: playbook.Phrases{And: "and", Or: "or", Is: "is", IsNot: "is not", OneOf: "is one of", Has: "contains", Begins: "begins with", Ends: "ends with",
		Than: map[string]string{"<": "is below", "<=": "is at most", ">": "is above", ">=": "is at least"},
		Yes:  func(name string) string { return name + ": yes" }, No: func(name string) string { return name + ": no" },
		Done: func(step string) string { return step + " is done" }, NotDone: func(step string) string { return step + " is not done" },
		Quoted: func(text string) string { return "“" + text + "”" }, True: "always", False: "never", Empty: "empty"},
}

var flowmapSpanish = Flowmap{
	Open: "Diagrama", Checklist: "Lista", Steps: "Pasos", Title: func(name string) string { return name + " como diagrama" }, LabelRun: "Diagrama de la ejecución",
	Hint:    "El trabajo va de izquierda a derecha: cada paso está después de lo que espera.",
	HintRun: "El trabajo va de izquierda a derecha, y la imagen lo sigue mientras avanza.",
	None:    "Todavía no hay pasos.",
	All:     func(n int) string { return "los " + fmt.Sprint(n) }, Any: "uno basta", AnyOf: func(n int) string { return "uno cualquiera de " + fmt.Sprint(n) },
	Only: func(condition string) string { return "Solo si " + condition }, If: "solo si",
	Skipped: "Omitido", SkippedKey: "Omitido: esta vez no", WillSkip: "se omitirá", WayKey: "Va antes",
	AllKey: "Hace falta todo lo que llega", AnyKey: "Basta con uno", IfKey: "Solo si se cumple una condición",
	LongestKey: "El camino más largo: un retraso aquí retrasa el final", Longest: "En el camino más largo", LongestHint: "El camino más largo cuenta todos los pasos como si se hicieran, y uno sin estimación como un día.",
	Circle: "Hay pasos que se esperan en círculo. Quita una de las líneas.", NoSection: "Otros pasos", Elsewhere: "fuera de esta ejecución",
	Estimated: func(time string) string { return "unos " + time }, Late: "con retraso",
	Pushes:       func(n int) string { return "retiene " + count(n, "paso", "pasos") },
	VersionDraft: "Borrador",
	Sections:     "Secciones", FoldAll: "Contraer todas", UnfoldAll: "Desplegar todas",
	Fold: func(section string) string { return "Contraer " + section }, Unfold: func(section string) string { return "Desplegar " + section },
	Download: "Descargar", Forms: map[string]string{"svg": "Imagen (SVG)", "png": "Imagen (PNG)", "mmd": "Texto Mermaid", "bpmn": "BPMN 2.0"}, Paper: "Imprimir, o PDF",
	Condition: playbook.Phrases{And: "y", Or: "o", Is: "es", IsNot: "no es", OneOf: "es uno de", Has: "contiene", Begins: "empieza por", Ends: "termina en",
		Than: map[string]string{"<": "es menor que", "<=": "es como mucho", ">": "es mayor que", ">=": "es al menos"},
		Yes:  func(name string) string { return name + ": sí" }, No: func(name string) string { return name + ": no" },
		Done: func(step string) string { return step + " está hecho" }, NotDone: func(step string) string { return step + " no está hecho" },
		Quoted: func(text string) string { return "«" + text + "»" }, True: "siempre", False: "nunca", Empty: "vacío"},
}

package say

import (
	"fmt"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Reviews is the wording of reviews of a log.
type Reviews struct {
	Title, Lead string
	Short       string // on the button that leads here
	New         string // from what the log is asked
	NewTitle    string
	NewLead     string
	None        string
	NoneHint    string
	Name        string
	NameHint    string
	What        string // what of the log is reviewed
	Sample      string
	SampleHint  func(most int) string
	Seed        string
	SeedHint    string
	Open        string
	Back        string
	By          func(name string) string
	Signed      func(name string) string
	Going       string
	Progress    func(unseen, open, all int) string
	Covers      func(all int, upto string) string
	Drawn       func(n int, matched int, seed string) string
	States      map[string]string
	Unseen      string
	See         string
	SeeRest     func(n int) string
	Ask         string
	AskAgain    string
	Whom        string
	Question    string
	AskThem     string
	Asked       func(name string) string
	Answer      string
	Sign        string
	SignHint    string
	Conclusion  string
	CSV         string
	Head        string
	HeadHint    string
	Headings    []string
	ForYou      string // of questions in the inbox
	QuestionBy  func(name, team string) string
	QuestionFor string // title of the page of a question
	Only        string
	Send        string
	YouSaid     string
	Thanks      string
}

var reviewsEnglish = Reviews{
	Title: "Reviews", Short: "Reviews", Lead: "Go through entries of the log one by one, ask people about them, and sign what came of it.",
	New: "Review these entries…", NewTitle: "Open a review", NewLead: "It covers what the log’s filters let through now. What comes later is left out.",
	None: "No reviews yet", NoneHint: "Filter the log for what you want to know, then choose “Review these entries…”.",
	Name: "What is the question?", NameHint: "For example: Who skipped the legal check in March?",
	What: "Entries of the log", Sample: "Random sample of", SampleHint: func(most int) string {
		return fmt.Sprintf("Empty reviews every entry. %d entries at most.", most)
	},
	Seed: "Seed of the sample", SeedHint: "Any words. With the same words anyone draws the same entries again.",
	Open: "Open the review", Back: "Back to the reviews",
	By: func(name string) string { return "Opened by " + name }, Signed: func(name string) string { return "Signed by " + name }, Going: "Not signed yet",
	Progress: func(unseen, open, all int) string {
		return fmt.Sprintf("%s: %d to look at, %d questions open", count(all, "entry", "entries"), unseen, open)
	},
	Covers: func(all int, upto string) string {
		return count(all, "entry matches", "entries match") + ", up to no. " + upto
	},
	Drawn: func(n, matched int, seed string) string {
		return fmt.Sprintf("A random sample of %d of %d, drawn with the seed “%s”: those whose SHA-256 of seed, space and number is smallest", n, matched, seed)
	},
	States: map[string]string{"": "To look at", "seen": "Seen", "questioned": "Asked, no answer yet", "answered": "Answered"}, Unseen: "To look at",
	See: "Seen", SeeRest: func(n int) string { return "Mark the other " + fmt.Sprint(n) + " as seen" }, Ask: "Ask about it…", AskAgain: "Ask again…", Whom: "Whom", Question: "Question", AskThem: "Ask",
	Asked: func(name string) string { return "Asked " + name }, Answer: "Answer",
	Sign: "Sign the review", SignHint: "Once it is signed nothing in it can be changed. The signature is an entry of the log.", Conclusion: "What came of it",
	CSV: "CSV", Head: "By what this can be checked", HeadHint: "The newest signed head of the log. With it anyone can verify that the entries are still those.",
	Headings: []string{"Review", "Question", "Asked", "Answer"},
	ForYou:   "Questions for you", QuestionBy: func(name, team string) string { return name + " asks, in " + team }, QuestionFor: "A question for you",
	Only: "You see this entry because you were asked about it. Your answer goes into the team’s log.", Send: "Answer", YouSaid: "Your answer", Thanks: "You have answered. You can change it until the review is signed.",
}

var reviewsSpanish = Reviews{
	Title: "Revisiones", Short: "Revisiones", Lead: "Repasa entradas del registro una a una, pregunta por ellas y firma el resultado.",
	New: "Revisar estas entradas…", NewTitle: "Abrir una revisión", NewLead: "Abarca lo que los filtros del registro dejan pasar ahora. Lo que venga después queda fuera.",
	None: "Aún no hay revisiones", NoneHint: "Filtra el registro por lo que quieras saber y elige «Revisar estas entradas…».",
	Name: "¿Cuál es la pregunta?", NameHint: "Por ejemplo: ¿Quién se saltó la revisión legal en marzo?",
	What: "Entradas del registro", Sample: "Muestra al azar de", SampleHint: func(most int) string {
		return fmt.Sprintf("Si se deja vacío, se revisan todas. %d entradas como máximo.", most)
	},
	Seed: "Semilla de la muestra", SeedHint: "Cualquier texto. Con el mismo texto, cualquiera extrae otra vez las mismas entradas.",
	Open: "Abrir la revisión", Back: "Volver a las revisiones",
	By: func(name string) string { return "Abierta por " + name }, Signed: func(name string) string { return "Firmada por " + name }, Going: "Sin firmar",
	Progress: func(unseen, open, all int) string {
		return fmt.Sprintf("%s: %d por mirar, %d preguntas abiertas", count(all, "entrada", "entradas"), unseen, open)
	},
	Covers: func(all int, upto string) string {
		return count(all, "entrada coincide", "entradas coinciden") + ", hasta la n.º " + upto
	},
	Drawn: func(n, matched int, seed string) string {
		return fmt.Sprintf("Una muestra al azar de %d de %d, extraída con la semilla «%s»: las de menor SHA-256 de semilla, espacio y número", n, matched, seed)
	},
	States: map[string]string{"": "Por mirar", "seen": "Vista", "questioned": "Preguntada, sin respuesta", "answered": "Respondida"}, Unseen: "Por mirar",
	See: "Vista", SeeRest: func(n int) string { return "Marcar las otras " + fmt.Sprint(n) + " como vistas" }, Ask: "Preguntar…", AskAgain: "Preguntar otra vez…", Whom: "A quién", Question: "Pregunta", AskThem: "Preguntar",
	Asked: func(name string) string { return "Se preguntó a " + name }, Answer: "Respuesta",
	Sign: "Firmar la revisión", SignHint: "Una vez firmada no se puede cambiar nada. La firma es una entrada del registro.", Conclusion: "Resultado",
	CSV: "CSV", Head: "Con qué se puede comprobar", HeadHint: "La cabecera firmada más reciente del registro. Con ella cualquiera puede verificar que las entradas siguen siendo esas.",
	Headings: []string{"Revisión", "Pregunta", "A quién", "Respuesta"},
	ForYou:   "Preguntas para ti", QuestionBy: func(name, team string) string { return name + " pregunta, en " + team }, QuestionFor: "Una pregunta para ti",
	Only: "Ves esta entrada porque te han preguntado por ella. Tu respuesta entra en el registro del equipo.", Send: "Responder", YouSaid: "Tu respuesta", Thanks: "Ya has respondido. Puedes cambiarlo hasta que se firme la revisión.",
}

var reviewFaultsEnglish = faults{
	fault.ReviewUnfinished: func(f *fault.Fault) string {
		return fmt.Sprintf("The review is not finished: %v entries are still to be looked at, and %v questions have no answer. Mark an entry as seen to withdraw its question.", f.Args[0], f.Args[1])
	},
	fault.ReviewIsSigned:  text("This review is signed. Nothing in it can be changed."),
	fault.NothingToReview: text("Nothing in the log matches these filters, so there is nothing to review."),
	fault.TooMuchToReview: func(f *fault.Fault) string {
		return fmt.Sprintf("%v entries match, and a review can have %v. Draw a random sample, or narrow the filters.", f.Args[0], f.Args[1])
	},
}

var reviewFaultsSpanish = faults{
	fault.ReviewUnfinished: func(f *fault.Fault) string {
		return fmt.Sprintf("La revisión no está terminada: quedan %v entradas por mirar y %v preguntas sin respuesta. Marca una entrada como vista para retirar su pregunta.", f.Args[0], f.Args[1])
	},
	fault.ReviewIsSigned:  text("Esta revisión está firmada. No se puede cambiar nada en ella."),
	fault.NothingToReview: text("Nada en el registro coincide con estos filtros, así que no hay nada que revisar."),
	fault.TooMuchToReview: func(f *fault.Fault) string {
		return fmt.Sprintf("Coinciden %v entradas y una revisión admite %v. Extrae una muestra al azar o ajusta los filtros.", f.Args[0], f.Args[1])
	},
}

// theEntry names the entry of the log that an entry of a review is about.
func theEntry(w *Words, e ledger.Entry) Piece {
	c, _ := changeOf(e, "entry")
	return value(w.Heed.Entry(c.To))
}

func ofEntry(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), theEntry(w, e), name(e.Subject))
	}
}

func asking(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "asked")
		return tell(words, w.Who(e.Actor), Piece{Kind: APerson, Text: textOr(c.ToText, w.Log.Someone)}, theEntry(w, e), name(e.Subject))
	}
}

package say

import "fmt"

// Feedback is the wording of what people say to those who run the server.
type Feedback struct {
	Send       string // in menus
	All        string // in the administrator's menu, and the title there
	Mine       string
	Lead       string // of the form
	MineLead   string
	AllLead    string
	Kind       string
	NoKind     string
	Kinds      map[string]string
	Body       string
	BodyHint   string
	About      string // beside the path of a page
	AboutHint  string
	Submit     string
	Sent       string
	SentHint   string
	ToMine     string
	BackThere  string
	States     map[string]string
	AnyState   string
	Parts      string // names the ways to narrow the list
	None       string
	NoneMine   string
	NoneHint   string
	NoMatch    string
	From       func(name string) string
	Answer     string
	AnswerIt   string
	Better     string // to change an answer
	AnsweredBy func(name string) string
	Close      string
	Reopen     string
	New        string // beside what was not read
	Read       string
	News       string // in the inbox
	Waiting    func(n int) string
}

var feedbackEnglish = Feedback{
	Send: "Send feedback", All: "Feedback", Mine: "Your feedback",
	Lead:     "Tell those who run this server what is wrong, what is missing, or what you like. Only you and they read it.",
	MineLead: "What you told those who run this server, and what they answered. Nobody else reads it.", AllLead: "What people told you from any page. Only you, the other administrators and its sender see it.",
	Kind: "What is it?", NoKind: "Anything", Kinds: map[string]string{"": "Feedback", "problem": "A problem", "idea": "An idea", "praise": "Praise"},
	Body: "Your message", BodyHint: "Please leave out passwords.",
	About: "About the page", AboutHint: "Only the page’s path is sent, not what you searched for or filtered by.", Submit: "Send",
	Sent: "Thank you. Your feedback is on its way.", SentHint: "Your inbox tells you when it is answered.", ToMine: "See your feedback", BackThere: "Back to where you were",
	States: map[string]string{"open": "Open", "answered": "Answered", "closed": "Closed"}, AnyState: "All", Parts: "Which feedback is shown",
	None: "No feedback yet", NoneMine: "You have not sent any feedback yet", NoneHint: "Anyone can send some with “Send feedback” in the menu of their account.", NoMatch: "None of these",
	From:   func(name string) string { return "From " + name },
	Answer: "Answer", AnswerIt: "Answer…", Better: "Change the answer…", AnsweredBy: func(name string) string { return name + " answered" },
	Close: "Close", Reopen: "Reopen", New: "New", Read: "Mark as read",
	News: "Your feedback was answered or closed",
	Waiting: func(n int) string {
		if n == 1 {
			return "1 message of feedback waits for an answer"
		}
		return fmt.Sprintf("%d messages of feedback wait for an answer", n)
	},
}

var feedbackSpanish = Feedback{
	Send: "Enviar comentarios", All: "Comentarios", Mine: "Tus comentarios",
	Lead:     "Di a quien administra este servidor qué falla, qué falta o qué te gusta. Solo tú y quien administra lo leéis.",
	MineLead: "Lo que dijiste a quien administra este servidor, y lo que te respondió. Nadie más lo lee.", AllLead: "Lo que la gente te ha dicho desde cualquier página. Solo lo veis quienes administráis y quien lo envió.",
	Kind: "¿Qué es?", NoKind: "Cualquier cosa", Kinds: map[string]string{"": "Comentario", "problem": "Un problema", "idea": "Una idea", "praise": "Un elogio"},
	Body: "Tu mensaje", BodyHint: "No incluyas contraseñas, por favor.",
	About: "Sobre la página", AboutHint: "Solo se envía la ruta de la página, no lo que buscaste ni los filtros.", Submit: "Enviar",
	Sent: "Gracias. Tu comentario está en camino.", SentHint: "Tu bandeja te avisará cuando haya respuesta.", ToMine: "Ver tus comentarios", BackThere: "Volver a donde estabas",
	States: map[string]string{"open": "Abiertos", "answered": "Respondidos", "closed": "Cerrados"}, AnyState: "Todos", Parts: "Qué comentarios se muestran",
	None: "Aún no hay comentarios", NoneMine: "Aún no has enviado comentarios", NoneHint: "Cualquiera puede enviarlos con «Enviar comentarios» en el menú de su cuenta.", NoMatch: "Ninguno de estos",
	From:   func(name string) string { return "De " + name },
	Answer: "Respuesta", AnswerIt: "Responder…", Better: "Cambiar la respuesta…", AnsweredBy: func(name string) string { return name + " respondió" },
	Close: "Cerrar", Reopen: "Reabrir", New: "Nuevo", Read: "Marcar como leído",
	News: "Respondieron o cerraron tu comentario",
	Waiting: func(n int) string {
		if n == 1 {
			return "1 comentario espera respuesta"
		}
		return fmt.Sprintf("%d comentarios esperan respuesta", n)
	},
}

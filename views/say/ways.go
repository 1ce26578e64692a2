package say

// Ways is the wording of the ways to start a template besides its form.
type Ways struct {
	Title          string
	Link, LinkHint string
	Prefill        string
	Filled         string
	Copy, Copied   string
}

var waysEnglish = Ways{
	Title: "Other ways to start it",
	Link:  "Link to the form", LinkHint: "For the people of your team: put it where the work comes in. Whoever is signed out comes here after signing in.",
	Prefill: "What you add to it is filled in:", Filled: "value",
	Copy: "Copy", Copied: "Copied",
}

var waysSpanish = Ways{
	Title: "Otras formas de iniciarla",
	Link:  "Enlace al formulario", LinkHint: "Para la gente del equipo: ponlo donde llega el trabajo. Quien no tenga la sesión abierta llega aquí después de entrar.",
	Prefill: "Lo que se le añade queda rellenado:", Filled: "valor",
	Copy: "Copiar", Copied: "Copiado",
}

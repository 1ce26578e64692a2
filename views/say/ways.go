package say

import "fmt"

// Ways is the wording of the ways to start a template besides its form.
type Ways struct {
	Title          string
	Link, LinkHint string
	Prefill        string
	Filled         string
	Copy, Copied   string
	Soon           func(n int) string // of open tasks, beside a person
	Overloaded     string
	Away           func(from, until string) string // days
}

var waysEnglish = Ways{
	Title: "Other ways to start it",
	Link:  "Link to the form", LinkHint: "For the people of your team: put it where the work comes in. Whoever is signed out comes here after signing in.",
	Prefill: "What you add to it is filled in:", Filled: "value",
	Copy: "Copy", Copied: "Copied",
	Soon:       func(n int) string { return fmt.Sprintf("%d due in two weeks", n) },
	Overloaded: "has far more to do than the others",
	Away:       func(from, until string) string { return "away from " + from + " to " + until },
}

var waysSpanish = Ways{
	Title: "Otras formas de iniciarla",
	Link:  "Enlace al formulario", LinkHint: "Para la gente del equipo: ponlo donde llega el trabajo. Quien no tenga la sesión abierta llega aquí después de entrar.",
	Prefill: "Lo que se le añade queda rellenado:", Filled: "valor",
	Copy: "Copiar", Copied: "Copiado",
	Soon:       func(n int) string { return count(n, "vence", "vencen") + " en dos semanas" },
	Overloaded: "tiene mucho más trabajo que el resto",
	Away:       func(from, until string) string { return "ausente del " + from + " al " + until },
}

package say

// Share is the wording of links by which a run's diagram is shown elsewhere.
type Share struct {
	Open, Lead        string
	Title             func(run string) string
	Place, PlaceHint  string
	Days, DaysHint    string
	Names, NamesHint  string
	Make              string
	Links, None       string
	MadeBy            func(maker string) string
	Forever, WithThem string
	MadeTitle         string
	MadeLead          string
	Page, Frame       string
	Picture           string
	Back              string
	Diagram           string // what a page outside shows
}

var shareEnglish = Share{
	Open: "Show it elsewhere", Title: func(run string) string { return "Show the diagram of " + run + " elsewhere" },
	Lead:  "A link shows this diagram, as it stands, to whoever has it, in a page of their own or inside another one. It shows nothing else, and nothing can be changed through it.",
	Place: "Where it is shown", PlaceHint: "For you and the log, like “Page of the project”. The diagram does not show it.",
	Days: "Works for how many days", DaysHint: "Empty: until somebody revokes it.",
	Names: "Show who does what", NamesHint: "Titles of tasks are shown as they are, whatever they say.",
	Make: "Make the link", Links: "Open links", None: "There is none.",
	MadeBy: func(maker string) string { return "made by " + maker }, Forever: "works until it is revoked", WithThem: "with people",
	MadeTitle: "The link is made", MadeLead: "Copy it now: it is shown only this once.",
	Page: "Link to the page", Frame: "To put into another page", Picture: "The picture alone", Back: "To the links", Diagram: "Diagram",
}

var shareSpanish = Share{
	Open: "Mostrarlo en otro sitio", Title: func(run string) string { return "Mostrar el diagrama de " + run + " en otro sitio" },
	Lead:  "Un enlace muestra este diagrama, tal como está, a quien lo tenga, en una página propia o dentro de otra. No muestra nada más y con él no se puede cambiar nada.",
	Place: "Dónde se muestra", PlaceHint: "Para ti y el registro, como «Página del proyecto». El diagrama no lo muestra.",
	Days: "Cuántos días vale", DaysHint: "Vacío: hasta que alguien lo revoque.",
	Names: "Mostrar quién hace qué", NamesHint: "Los títulos de las tareas se muestran tal como son, digan lo que digan.",
	Make: "Crear el enlace", Links: "Enlaces abiertos", None: "No hay ninguno.",
	MadeBy: func(maker string) string { return "creado por " + maker }, Forever: "vale hasta que se revoque", WithThem: "con personas",
	MadeTitle: "El enlace está creado", MadeLead: "Cópialo ahora: solo se muestra esta vez.",
	Page: "Enlace a la página", Frame: "Para ponerlo en otra página", Picture: "Solo la imagen", Back: "A los enlaces", Diagram: "Diagrama",
}

package say

import "relevo/models/fault"

// Account is the wording of signing up and in, of a person's own settings, and of
// what went wrong with a request.
type Account struct {
	MissingTitle, ForbiddenTitle, BrokenTitle, RefusedTitle string

	QuoteID string // before the ID of a failed request
	ToStart string // link to the start page
}

var accountEnglish = Account{
	MissingTitle: "Nothing here", ForbiddenTitle: "Not allowed", BrokenTitle: "Something broke", RefusedTitle: "That did not work",
	QuoteID: "If you ask for help, quote this number:",
	ToStart: "Go to the start page",
}

var accountSpanish = Account{
	MissingTitle: "Aquí no hay nada", ForbiddenTitle: "No permitido", BrokenTitle: "Algo falló", RefusedTitle: "No se pudo hacer",
	QuoteID: "Si pides ayuda, menciona este número:",
	ToStart: "Ir a la página de inicio",
}

var accountFaultsEnglish = faults{
	fault.OtherOrigin: text("Another website asked for this, so it was refused. If it was you, reload the page and try again."),
}

var accountFaultsSpanish = faults{
	fault.OtherOrigin: text("Lo pidió otro sitio web, así que se rechazó. Si fuiste tú, recarga la página e inténtalo de nuevo."),
}

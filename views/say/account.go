package say

import (
	"fmt"

	"relevo/models/fault"
)

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
	fault.OtherOrigin:      text("Another website asked for this, so it was refused. If it was you, reload the page and try again."),
	fault.WrongCredentials: text("That address and that password do not belong together. Check both and try again."),
	fault.WrongPassword:    text("That is not your current password."),
	fault.TooManyTries: func(f *fault.Fault) string {
		return "That was tried too often. Wait " + count(f.Args[0].(int), "minute", "minutes") + " and try again."
	},
	fault.SignUpIsClosed: text("New accounts are closed here. Ask the person who runs this server."),
	fault.NotAnEmail:     text("Write an email address like ana@example.com."),
	fault.PasswordShort:  func(f *fault.Fault) string { return fmt.Sprintf("Use at least %v characters.", f.Args[0]) },
	fault.PasswordCommon: text("That is among the first passwords that a stranger would try. Three or four unrelated words make a good one."),
}

var accountFaultsSpanish = faults{
	fault.OtherOrigin:      text("Lo pidió otro sitio web, así que se rechazó. Si fuiste tú, recarga la página e inténtalo de nuevo."),
	fault.WrongCredentials: text("Esa dirección y esa contraseña no se corresponden. Revísalas e inténtalo de nuevo."),
	fault.WrongPassword:    text("Esa no es tu contraseña actual."),
	fault.TooManyTries: func(f *fault.Fault) string {
		return "Se intentó demasiadas veces. Espera " + count(f.Args[0].(int), "minuto", "minutos") + " e inténtalo de nuevo."
	},
	fault.SignUpIsClosed: text("Aquí no se admiten cuentas nuevas. Pregunta a quien administra este servidor."),
	fault.NotAnEmail:     text("Escribe una dirección de correo como ana@example.com."),
	fault.PasswordShort:  func(f *fault.Fault) string { return fmt.Sprintf("Usa al menos %v caracteres.", f.Args[0]) },
	fault.PasswordCommon: text("Es de las primeras contraseñas que probaría un extraño. Tres o cuatro palabras sin relación forman una buena."),
}

package say

import (
	"fmt"

	"relevo/models/fault"
)

// General is the wording that every page shares.
type General struct {
	Oops string // a failure on our side
}

var generalEnglish = General{
	Oops: "Something broke on our side. Nothing was changed.",
}

var generalSpanish = General{
	Oops: "Algo falló de nuestro lado. No se cambió nada.",
}

var generalFaultsEnglish = faults{
	fault.NotFound:   text("There is nothing here, or it is not yours to see."),
	fault.NotAllowed: text("Your role in this team does not allow that. Ask an owner or a manager."),
	fault.SignIn:     text("Log in to go on."),
	fault.BadRequest: text("The request could not be read. Go back, reload the page and try again."),
	fault.TooBig:     text("That is more than can be sent at once. Send less and try again."),
	fault.Changed:    text("Somebody else changed this while you were at it. Your text is still here: compare, then save again."),
	fault.Needed:     text("Fill this in."),
	fault.TooLong:    func(f *fault.Fault) string { return fmt.Sprintf("Keep it to %v characters.", f.Args[0]) },
	fault.NotANumber: text("Write a number."),
	fault.OutOfRange: func(f *fault.Fault) string {
		return fmt.Sprintf("Choose a number from %v to %v.", f.Args[0], f.Args[1])
	},
	fault.NotADate:   text("Write a date like 2026-03-31."),
	fault.NotAChoice: text("Choose one from the list."),
}

var generalFaultsSpanish = faults{
	fault.NotFound:   text("Aquí no hay nada, o no te corresponde verlo."),
	fault.NotAllowed: text("Tu papel en este equipo no lo permite. Pídelo a un propietario o a un responsable."),
	fault.SignIn:     text("Entra para continuar."),
	fault.BadRequest: text("No se pudo leer la petición. Vuelve atrás, recarga la página e inténtalo de nuevo."),
	fault.TooBig:     text("Es más de lo que se puede enviar de una vez. Envía menos e inténtalo de nuevo."),
	fault.Changed:    text("Alguien cambió esto mientras lo editabas. Tu texto sigue aquí: compáralo y guarda de nuevo."),
	fault.Needed:     text("Rellena este campo."),
	fault.TooLong:    func(f *fault.Fault) string { return fmt.Sprintf("Usa como máximo %v caracteres.", f.Args[0]) },
	fault.NotANumber: text("Escribe un número."),
	fault.OutOfRange: func(f *fault.Fault) string {
		return fmt.Sprintf("Elige un número entre %v y %v.", f.Args[0], f.Args[1])
	},
	fault.NotADate:   text("Escribe una fecha como 2026-03-31."),
	fault.NotAChoice: text("Elige una opción de la lista."),
}

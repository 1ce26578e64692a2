package say

import (
	"fmt"

	"relevo/models/fault"
)

// General is the wording that every page shares.
type General struct {
	Oops string // a failure on our side

	Skip, Boards, MyWork, Inbox, Log, People, Teams, NewTeam, TeamSettings string
	Account, Administration, LogIn, LogOut, SignUp                         string
	Theme, ThemeSystem, ThemeLight, ThemeDark                              string

	Save, Add, Edit, Remove, Delete, Cancel, Close, Back, More, ShowMore, Undo string
	Optional, None, Unsaved                                                    string

	Details       string // label of the side panel
	Unread        func(n int) string
	UnreadPattern string // the same for scripts, {n} being the number

	Meanwhile func(who, field, from, to string) string

	Lost, Found, Gone string // the live connection
}

var generalEnglish = General{
	Oops: "Something broke on our side. Nothing was changed.",

	Skip: "Skip to the content", Boards: "Boards", MyWork: "My work", Inbox: "Inbox", Log: "Log",
	People: "People", Teams: "Your teams", NewTeam: "New team", TeamSettings: "Team settings",
	Account: "Your account", Administration: "Administration", LogIn: "Log in", LogOut: "Log out", SignUp: "Sign up",
	Theme: "Appearance", ThemeSystem: "Like the system", ThemeLight: "Light", ThemeDark: "Dark",

	Save: "Save", Add: "Add", Edit: "Edit", Remove: "Remove", Delete: "Delete", Cancel: "Cancel",
	Close: "Close", Back: "Back", More: "More", ShowMore: "Show more", Undo: "Undo",
	Optional: "optional", None: "None",
	Unsaved: "What you typed is not saved yet. Leave it?",

	Details:       "Task",
	Unread:        func(n int) string { return fmt.Sprintf("%d unread", n) },
	UnreadPattern: "{n} unread",
	Meanwhile: func(who, field, from, to string) string {
		return fmt.Sprintf("%s changed %s from “%s” to “%s”.", who, field, from, to)
	},

	Lost: "The connection is lost. Trying again…", Found: "Connected again. The page is up to date.",
	Gone: "This is no longer yours to see. Reload the page.",
}

var generalSpanish = General{
	Oops: "Algo falló de nuestro lado. No se cambió nada.",

	Skip: "Ir al contenido", Boards: "Tableros", MyWork: "Mi trabajo", Inbox: "Bandeja", Log: "Registro",
	People: "Personas", Teams: "Tus equipos", NewTeam: "Equipo nuevo", TeamSettings: "Ajustes del equipo",
	Account: "Tu cuenta", Administration: "Administración", LogIn: "Entrar", LogOut: "Salir", SignUp: "Crear cuenta",
	Theme: "Apariencia", ThemeSystem: "Como el sistema", ThemeLight: "Clara", ThemeDark: "Oscura",

	Save: "Guardar", Add: "Añadir", Edit: "Editar", Remove: "Quitar", Delete: "Eliminar", Cancel: "Cancelar",
	Close: "Cerrar", Back: "Volver", More: "Más", ShowMore: "Mostrar más", Undo: "Deshacer",
	Optional: "opcional", None: "Ninguno",
	Unsaved: "Lo que escribiste aún no está guardado. ¿Quieres dejarlo?",

	Details:       "Tarea",
	Unread:        func(n int) string { return fmt.Sprintf("%d sin leer", n) },
	UnreadPattern: "{n} sin leer",
	Meanwhile: func(who, field, from, to string) string {
		return fmt.Sprintf("%s cambió %s de «%s» a «%s».", who, field, from, to)
	},

	Lost: "Se perdió la conexión. Intentándolo de nuevo…", Found: "Conexión recuperada. La página está al día.",
	Gone: "Esto ya no te corresponde verlo. Recarga la página.",
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
	fault.NotAllowed: text("Tu papel en este equipo no lo permite. Pídelo a un propietario o a un gestor."),
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

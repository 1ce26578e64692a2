package say

import (
	"fmt"

	"relevo/models/fault"
)

// Account is the wording of signing up and logging in, of a person's own settings,
// of the server's, and of what went wrong with a request.
type Account struct {
	MissingTitle, ForbiddenTitle, BrokenTitle, RefusedTitle string

	QuoteID string // before the ID of a failed request
	ToStart string // link to the start page
	Mistake string // before the title of a page whose form was refused

	// The first account.
	WelcomeTitle, WelcomeLead, WelcomeAdmin, WelcomeButton string

	// Signing up.
	SignUpTitle, SignUpLead, SignUpButton, HaveAccount string
	SignedUp                                           string // the same whether the address was free or not
	Name, NameHint, Email, Password                    string
	PasswordHint                                       func(least int) string
	Show, Hide, ShowPassword, HidePassword             string

	// Logging in.
	LogInTitle, LogInLead, LogInButton, NoAccount string

	// One's own account.
	Title, Profile, Language, Zone, ZoneHint, AwayFrom, AwayUntil, AwayHint, ProfileSaved string
	PasswordTitle, Current, New, ChangePassword, PasswordChanged, PasswordLead            string
	Sessions, SessionsLead, ThisBrowser, EndSession, EndOthers, EndedOne, EndedAll        string
	LastSeen, Began                                                                       string // before a moment
	Browser                                                                               func(browser, system string) string
	UnknownBrowser                                                                        string

	// The server's settings.
	SettingsTitle, WhoSignsUp, SettingsSaved string
	SignUpModes                              map[string]string // by models.SignUpMode
	SignUpHints                              map[string]string
}

var accountEnglish = Account{
	MissingTitle: "Nothing here", ForbiddenTitle: "Not allowed", BrokenTitle: "Something broke", RefusedTitle: "That did not work",
	QuoteID: "If you ask for help, quote this number:",
	ToStart: "Go to the start page",
	Mistake: "Mistake",

	WelcomeTitle:  "Welcome to Relevo",
	WelcomeLead:   "Lay out who does what and what must come first. When one piece is done, the next one moves to whoever is next. Start with an account of your own.",
	WelcomeAdmin:  "This is the first account here, so it will also decide who else may sign up.",
	WelcomeButton: "Create account and go on",

	SignUpTitle: "Sign up", SignUpLead: "An account lets you work on the boards of your teams.",
	SignUpButton: "Create account", HaveAccount: "Already have an account? Log in",
	SignedUp: "If this address was still free, your account is ready. Log in with the password you have just chosen. If that fails, the address has an account already: use its password.",
	Name:     "Your name", NameHint: "As your team knows you.", Email: "Email address", Password: "Password",
	PasswordHint: func(least int) string {
		return "At least " + count(least, "character", "characters") + ". A few unrelated words are good and easy to remember."
	},
	Show: "Show", Hide: "Hide", ShowPassword: "Show the password", HidePassword: "Hide the password",

	LogInTitle: "Log in", LogInLead: "Log in to see your boards.", LogInButton: "Log in", NoAccount: "No account yet? Sign up",

	Title: "Your account", Profile: "About you", Language: "Language", Zone: "Time zone",
	ZoneHint: "Times are shown in it.",
	AwayFrom: "Away from", AwayUntil: "Away until", AwayHint: "Your teams see it on their people page, and whoever starts a run. Roles that go round pass you over meanwhile.", ProfileSaved: "Saved.",
	PasswordTitle: "Password", Current: "Current password", New: "New password", ChangePassword: "Change password",
	PasswordChanged: "Your password is changed, and every other browser is logged out.",
	PasswordLead:    "Changing it logs you out of every other browser.",
	Sessions:        "Where you are logged in", SessionsLead: "If you do not recognise one, log it out and change your password.",
	ThisBrowser: "this browser", EndSession: "Log out", EndOthers: "Log out everywhere else",
	EndedOne: "That browser is logged out.", EndedAll: "Every other browser is logged out.",
	LastSeen: "Last used", Began: "logged in",
	Browser:        func(browser, system string) string { return browser + " on " + system },
	UnknownBrowser: "Unknown browser",

	SettingsTitle: "Administration", WhoSignsUp: "Who may create an account", SettingsSaved: "Saved.",
	SignUpModes: map[string]string{"open": "Anyone", "invited": "People with an invitation", "closed": "Nobody"},
	SignUpHints: map[string]string{
		"open":    "Whoever reaches this server can sign up. They see no team until they are invited to it or make one.",
		"invited": "Whoever holds a link that a team’s owner has made: the link is permission.",
		"closed":  "By no road. Invitations are then for people who have an account.",
	},
}

var accountSpanish = Account{
	MissingTitle: "Aquí no hay nada", ForbiddenTitle: "No permitido", BrokenTitle: "Algo falló", RefusedTitle: "No se pudo hacer",
	QuoteID: "Si pides ayuda, menciona este número:",
	ToStart: "Ir a la página de inicio",
	Mistake: "Hay un error",

	WelcomeTitle:  "Te damos la bienvenida a Relevo",
	WelcomeLead:   "Organiza quién hace qué y qué debe ir primero. Cuando una parte está hecha, la siguiente pasa a quien le toca. Empieza por crear tu cuenta.",
	WelcomeAdmin:  "Es la primera cuenta de este servidor, así que también decidirá quién más puede crear una.",
	WelcomeButton: "Crear la cuenta y continuar",

	SignUpTitle: "Crear cuenta", SignUpLead: "Con una cuenta puedes trabajar en los tableros de tus equipos.",
	SignUpButton: "Crear cuenta", HaveAccount: "¿Ya tienes cuenta? Entra",
	SignedUp: "Si esta dirección aún estaba libre, tu cuenta ya está lista. Entra con la contraseña que acabas de elegir. Si no funciona, la dirección ya tenía cuenta: usa su contraseña.",
	Name:     "Tu nombre", NameHint: "Como te conoce tu equipo.", Email: "Correo electrónico", Password: "Contraseña",
	PasswordHint: func(least int) string {
		return "Al menos " + count(least, "carácter", "caracteres") + ". Unas cuantas palabras sin relación son buenas y fáciles de recordar."
	},
	Show: "Mostrar", Hide: "Ocultar", ShowPassword: "Mostrar la contraseña", HidePassword: "Ocultar la contraseña",

	LogInTitle: "Entrar", LogInLead: "Entra para ver tus tableros.", LogInButton: "Entrar", NoAccount: "¿Aún no tienes cuenta? Créala",

	Title: "Tu cuenta", Profile: "Sobre ti", Language: "Idioma", Zone: "Zona horaria",
	ZoneHint: "Las horas se muestran en ella.",
	AwayFrom: "Ausente desde", AwayUntil: "Ausente hasta", AwayHint: "Tus equipos lo ven en su página de personas, y también quien inicia una ejecución. Mientras tanto, los papeles que se reparten por turno te saltan.", ProfileSaved: "Guardado.",
	PasswordTitle: "Contraseña", Current: "Contraseña actual", New: "Contraseña nueva", ChangePassword: "Cambiar la contraseña",
	PasswordChanged: "Tu contraseña ha cambiado y se han cerrado las sesiones de los demás navegadores.",
	PasswordLead:    "Al cambiarla se cierran tus sesiones en los demás navegadores.",
	Sessions:        "Dónde has entrado", SessionsLead: "Si no reconoces alguna sesión, ciérrala y cambia tu contraseña.",
	ThisBrowser: "este navegador", EndSession: "Cerrar sesión", EndOthers: "Cerrar las demás sesiones",
	EndedOne: "La sesión de ese navegador está cerrada.", EndedAll: "Las demás sesiones están cerradas.",
	LastSeen: "Último uso", Began: "iniciada",
	Browser:        func(browser, system string) string { return browser + " en " + system },
	UnknownBrowser: "Navegador desconocido",

	SettingsTitle: "Administración", WhoSignsUp: "Quién puede crear una cuenta", SettingsSaved: "Guardado.",
	SignUpModes: map[string]string{"open": "Cualquiera", "invited": "Quien tenga una invitación", "closed": "Nadie"},
	SignUpHints: map[string]string{
		"open":    "Quien llegue a este servidor puede crear una cuenta. No ve ningún equipo hasta que lo inviten o cree uno.",
		"invited": "Quien tenga un enlace creado por un propietario de un equipo: el enlace es el permiso.",
		"closed":  "Por ningún camino. Las invitaciones sirven entonces solo a quienes ya tienen cuenta.",
	},
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

package say

import (
	"fmt"
	"strings"

	"relevo/models/fault"
)

// Erase is the wording of erasing a person.
type Erase struct {
	Title, Lead, Open     string // on one's own account
	PageTitle             string
	Other                 func(name string) string
	OtherLead             func(email string) string
	Once                  string
	Goes, Stays           string
	GoesList, StaysList   []string
	Teams, None           string
	Team                  func(open int) string
	Alone                 string
	Stuck                 func(team string) string
	HandOver              string
	OnlyAdmin             string
	First                 string
	Password              string
	Typed                 func(email string) string
	TypedHint, Button     string
	Done                  string                          // to whoever erased themselves
	DoneOther             string                          // to the administrator
	AdminTitle, AdminLead string                          // among the settings
	Email, Find           string                          //
	Called                func(n int64) string            // what is left of the name
	Entry                 func(by string) string          // on the page of an entry
	EntryLead, EntryLink  string                          //
	Verified              func(entries, by string) string // after the log was checked
	By                    func(entries []int64) string
}

var eraseEnglish = Erase{
	Title: "Erase your account", Lead: "Takes your name, your address and everything of your own out of this server, for good. What you did stays, under a pseudonym.", Open: "See what that means…",
	PageTitle: "Erase your account",
	Other:     func(name string) string { return "Erase " + name },
	OtherLead: func(email string) string { return "The account of " + email + "." },
	Once:      "This cannot be undone, not by the administrator either.",
	Goes:      "What goes", Stays: "What stays",
	GoesList: []string{
		"The account: name, email address, password, where it is logged in, language and time zone.",
		"Everything of its own: inbox, what it watches and mutes, its own views and filters, files waiting to be imported.",
		"The name wherever the program wrote it: in the log of every team, in comments that mention it with @, beside approvals, reviews and findings, on invitations and links made out to it; and the network addresses it came from.",
		"Its membership of every team, with the invitations it handed out. Open tasks and checklist items lose it as an owner, which their log tells.",
	},
	StaysList: []string{
		"That somebody did it: every entry of the log stays, done by “Erased person 7” or the like, the same pseudonym everywhere. Tasks that are done keep it as their owner.",
		"What people wrote in their own words: titles, descriptions, comments, answers, files. If a name stands there, it stays: ask whoever wrote it.",
		"The proof: every signed head still holds. Each team’s log says which entries the name was taken from, and nothing else of them can be changed unnoticed.",
		"Copies of the database that were made before. Whoever keeps them has to let them go.",
	},
	Teams: "Teams", None: "In no team.",
	Team:  func(open int) string { return count(open, "open task", "open tasks") + " to lose an owner" },
	Alone: "Nobody else is in it. Nobody will be able to open it any more; what is in it stays in the database.",
	Stuck: func(team string) string {
		return "The only owner of " + team + ": somebody else has to become one first."
	},
	HandOver:  "Make somebody else an owner",
	OnlyAdmin: "The only administrator of this server cannot be erased, for nobody could look after it any more.",
	First:     "First settle this",
	Password:  "Your password",
	Typed:     func(email string) string { return "To confirm, type the address " + email },
	TypedHint: "All of it, so that this does not happen by a slip.", Button: "Erase for good",
	Done:       "Your account is erased. Nothing here carries your name any more.",
	DoneOther:  "That person is erased, and called by a pseudonym everywhere from now on.",
	AdminTitle: "Erase a person", AdminLead: "Takes an account out of this server for good, with its name wherever the program wrote it. What the person did stays, under a pseudonym. You see what it comes to before anything happens.",
	Email: "Email address of the account", Find: "See what that means…",
	Called:    func(n int64) string { return fmt.Sprintf("Erased person %d", n) },
	Entry:     func(by string) string { return "A person’s name was erased from this entry by entry " + by + "." },
	EntryLead: "Its fingerprint is still the one of the words that were signed. What is left of it is vouched for by that later entry.", EntryLink: "Go to that entry",
	Verified: func(entries, by string) string {
		return "A person’s name was erased from " + entries + ", as the log itself says in " + by + "."
	},
	By: func(entries []int64) string { return numbered("entry", "entries", entries) },
}

var eraseSpanish = Erase{
	Title: "Borrar tu cuenta", Lead: "Quita de este servidor, para siempre, tu nombre, tu dirección y todo lo tuyo. Lo que hiciste se queda, con un seudónimo.", Open: "Ver qué supone…",
	PageTitle: "Borrar tu cuenta",
	Other:     func(name string) string { return "Borrar a " + name },
	OtherLead: func(email string) string { return "La cuenta de " + email + "." },
	Once:      "No se puede deshacer; tampoco puede hacerlo quien administra el servidor.",
	Goes:      "Qué se va", Stays: "Qué se queda",
	GoesList: []string{
		"La cuenta: nombre, correo, contraseña, sesiones abiertas, idioma y zona horaria.",
		"Todo lo suyo: la bandeja, lo que sigue y lo que silencia, sus vistas y filtros propios, los archivos que esperaban a importarse.",
		"El nombre dondequiera que lo escribió el programa: en el registro de cada equipo, en los comentarios que lo mencionan con @, junto a aprobaciones, revisiones y hallazgos, en invitaciones y enlaces a su nombre; y las direcciones de red desde las que entró.",
		"Su pertenencia a cada equipo, con las invitaciones que repartió. Las tareas abiertas y los puntos de listas dejan de tenerla como responsable, y su registro lo cuenta.",
	},
	StaysList: []string{
		"Que alguien lo hizo: todas las entradas del registro se quedan, hechas por «Persona borrada 7» o similar, con el mismo seudónimo en todas partes. Las tareas hechas lo conservan como responsable.",
		"Lo que la gente escribió con sus palabras: títulos, descripciones, comentarios, respuestas, archivos. Si ahí hay un nombre, se queda: pídeselo a quien lo escribió.",
		"La prueba: todas las cabeceras firmadas siguen valiendo. El registro de cada equipo dice de qué entradas se quitó el nombre, y nada más de ellas puede cambiarse sin que se note.",
		"Las copias de la base de datos hechas antes. Quien las guarda tiene que deshacerse de ellas.",
	},
	Teams: "Equipos", None: "En ningún equipo.",
	Team: func(open int) string {
		return count(open, "tarea abierta pierde", "tareas abiertas pierden") + " responsable"
	},
	Alone: "No hay nadie más en él. Nadie podrá volver a abrirlo; lo que contiene se queda en la base de datos.",
	Stuck: func(team string) string {
		return "Es la única propietaria de " + team + ": antes tiene que serlo otra persona."
	},
	HandOver:  "Dar la propiedad a otra persona",
	OnlyAdmin: "No se puede borrar a la única persona que administra este servidor: nadie podría cuidarlo.",
	First:     "Antes hay que arreglar esto",
	Password:  "Tu contraseña",
	Typed:     func(email string) string { return "Para confirmar, escribe la dirección " + email },
	TypedHint: "Entera, para que no ocurra por descuido.", Button: "Borrar para siempre",
	Done:       "Tu cuenta está borrada. Aquí nada lleva ya tu nombre.",
	DoneOther:  "Esa persona está borrada y desde ahora lleva un seudónimo en todas partes.",
	AdminTitle: "Borrar a una persona", AdminLead: "Quita una cuenta de este servidor para siempre, con su nombre dondequiera que lo escribió el programa. Lo que hizo se queda, con un seudónimo. Antes de que ocurra nada verás qué supone.",
	Email: "Correo de la cuenta", Find: "Ver qué supone…",
	Called:    func(n int64) string { return fmt.Sprintf("Persona borrada %d", n) },
	Entry:     func(by string) string { return "La entrada " + by + " borró de esta el nombre de una persona." },
	EntryLead: "Su huella sigue siendo la del texto que se firmó. De lo que queda de ella responde esa entrada posterior.", EntryLink: "Ir a esa entrada",
	Verified: func(entries, by string) string {
		return "Se borró el nombre de una persona de " + entries + ", como dice el propio registro en " + by + "."
	},
	By: func(entries []int64) string { return numbered("la entrada", "las entradas", entries) },
}

// mostNamed is how many entries are named one by one.
const mostNamed = 12

// numbered names entries by their numbers, the last of them where they are many.
func numbered(one, many string, entries []int64) string {
	if len(entries) == 1 {
		return fmt.Sprintf("%s %d", one, entries[0])
	}
	dots := ""
	if len(entries) > mostNamed {
		entries, dots = entries[len(entries)-mostNamed:], "… "
	}
	return many + " " + dots + strings.Trim(strings.ReplaceAll(fmt.Sprint(entries), " ", ", "), "[]")
}

var eraseFaultsEnglish = faults{
	fault.NoAccount:         text("There is no account with this address. Check how it is written."),
	fault.NotConfirmed:      text("This is not the address of the account. Type it as it stands above the field."),
	fault.OnlyAdministrator: text("The only administrator of this server cannot be erased, for nobody could look after it any more."),
}

var eraseFaultsSpanish = faults{
	fault.NoAccount:         text("No hay ninguna cuenta con esta dirección. Revisa cómo está escrita."),
	fault.NotConfirmed:      text("Esta no es la dirección de la cuenta. Escríbela como aparece sobre el campo."),
	fault.OnlyAdministrator: text("No se puede borrar a la única persona que administra este servidor: nadie podría cuidarlo."),
}

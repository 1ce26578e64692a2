package say

import "relevo/models/fault"

// Team is the wording of teams, their people and the invitations to them.
type Team struct {
	// Making one.
	NewTitle, NewLead, Name, Zone, ZoneHint, Create string
	OrWait                                          string // to someone in no team

	SettingsTitle, Saved                           string
	PeopleTitle                                    string
	People                                         func(n int) string
	Role, RoleOf, ChangeRole, RoleChanged, Removed string // RoleOf and the like end before a name
	You                                            string
	RoleHints                                      map[string]string // by access.Role
	Since                                          string            // before a moment

	// Going.
	Remove     string
	RemoveAsk  func(name string) string
	Leave      string
	LeaveAsk   func(team string) string
	LeaveSure  string
	RemoveSure string

	// Inviting.
	Invite, InviteLead, Label, LabelHint, Days, DaysHint, Uses, UsesOne, UsesMany, MakeLink    string
	LinkTitle, LinkLead, Link, Copy, Copied                                                    string
	Open, NoneOpen, By, Expires, Withdraw, WithdrawAsk, WithdrawSure, Withdrawn, NoLabel, Once string
	Used                                                                                       func(n int) string

	// The page behind an invitation's link.
	InvitedTitle func(team string) string
	InvitedBy    func(name, team string) string
	InvitedAs    func(role string) string
	Join         func(team string) string
	JoinSignUp   string
	JoinLogIn    string
	JoinedAs     func(name string) string // who would join, if signed in
}

var teamEnglish = Team{
	NewTitle: "New team", NewLead: "A team shares boards. You can invite people next.", Name: "Name of the team",
	Zone: "Time zone", ZoneHint: "The team’s working days begin by it.", Create: "Create team",
	OrWait: "If you are joining a team that exists, ask one of its owners for an invitation link instead.",

	SettingsTitle: "Team settings", Saved: "Saved.",
	PeopleTitle: "People", People: func(n int) string { return count(n, "person", "people") },
	Role: "Role", RoleOf: "Role of", ChangeRole: "Change", RoleChanged: "The role is changed.", Removed: "They are no longer in the team.",
	You: "you",
	RoleHints: map[string]string{
		"owner":   "everything, people and the team itself too",
		"manager": "boards, overrides and the log",
		"member":  "works on tasks",
		"viewer":  "reads",
	},
	Since: "since",

	Remove: "Remove", RemoveSure: "Remove from the team",
	RemoveAsk: func(name string) string {
		return name + " will no longer see this team’s boards, and the invitations they made are withdrawn. Their tasks keep their name."
	},
	Leave: "Leave the team", LeaveSure: "Leave",
	LeaveAsk: func(team string) string {
		return "You will no longer see the boards of " + team + ". Only an invitation brings you back."
	},

	Invite: "Invite people", InviteLead: "Whoever has the link can join, until it expires or you withdraw it. Send it as you like.",
	Label: "What is it for?", LabelHint: "Only owners see this, for example: for Ana, or the IT people.",
	Days: "Days until it expires", DaysHint: "From 1 to 30.", Uses: "Who can use it", UsesOne: "One person", UsesMany: "Any number of people",
	MakeLink:  "Make a link",
	LinkTitle: "Your invitation link", LinkLead: "Copy it now: for safety it is not shown again.", Link: "Invitation link", Copy: "Copy", Copied: "Copied",
	Open: "Open invitations", NoneOpen: "There is none.", By: "by", Expires: "expires", Withdraw: "Withdraw",
	WithdrawAsk: "The link will stop working. Who joined by it stays.", WithdrawSure: "Withdraw the invitation", Withdrawn: "The invitation is withdrawn.",
	NoLabel: "Invitation", Once: "for one person",
	Used: func(n int) string {
		if n == 0 {
			return "not used yet"
		}
		return "used " + count(n, "time", "times")
	},

	InvitedTitle: func(team string) string { return "Join " + team },
	InvitedBy:    func(name, team string) string { return name + " invites you to the team " + team + " on Relevo." },
	InvitedAs:    func(role string) string { return "Your role will be: " + role + "." },
	Join:         func(team string) string { return "Join " + team },
	JoinSignUp:   "Create an account and join",
	JoinLogIn:    "I have an account: log in and join",
	JoinedAs:     func(name string) string { return "You are logged in as " + name + "." },
}

var teamSpanish = Team{
	NewTitle: "Equipo nuevo", NewLead: "Un equipo comparte tableros. Después podrás invitar a otras personas.", Name: "Nombre del equipo",
	Zone: "Zona horaria", ZoneHint: "Según ella empiezan los días laborables del equipo.", Create: "Crear el equipo",
	OrWait: "Si vas a unirte a un equipo que ya existe, pide un enlace de invitación a uno de sus propietarios.",

	SettingsTitle: "Ajustes del equipo", Saved: "Guardado.",
	PeopleTitle: "Personas", People: func(n int) string { return count(n, "persona", "personas") },
	Role: "Papel", RoleOf: "Papel de", ChangeRole: "Cambiar", RoleChanged: "El papel ha cambiado.", Removed: "Ya no está en el equipo.",
	You: "tú",
	RoleHints: map[string]string{
		"owner":   "todo, también las personas y el propio equipo",
		"manager": "tableros, excepciones y el registro",
		"member":  "trabaja en las tareas",
		"viewer":  "solo lee",
	},
	Since: "desde",

	Remove: "Quitar", RemoveSure: "Quitar del equipo",
	RemoveAsk: func(name string) string {
		return name + " dejará de ver los tableros de este equipo y se retirarán las invitaciones que hizo. Sus tareas conservan su nombre."
	},
	Leave: "Dejar el equipo", LeaveSure: "Dejarlo",
	LeaveAsk: func(team string) string {
		return "Dejarás de ver los tableros de " + team + ". Solo podrás volver con una invitación."
	},

	Invite: "Invitar a personas", InviteLead: "Quien tenga el enlace puede unirse, hasta que caduque o lo retires. Envíalo como quieras.",
	Label: "¿Para qué es?", LabelHint: "Solo lo ven los propietarios; por ejemplo: para Ana, o la gente de informática.",
	Days: "Días hasta que caduque", DaysHint: "De 1 a 30.", Uses: "Quién puede usarlo", UsesOne: "Una persona", UsesMany: "Cualquier número de personas",
	MakeLink:  "Crear un enlace",
	LinkTitle: "Tu enlace de invitación", LinkLead: "Cópialo ahora: por seguridad no se vuelve a mostrar.", Link: "Enlace de invitación", Copy: "Copiar", Copied: "Copiado",
	Open: "Invitaciones abiertas", NoneOpen: "No hay ninguna.", By: "de", Expires: "caduca", Withdraw: "Retirar",
	WithdrawAsk: "El enlace dejará de funcionar. Quien entró con él se queda.", WithdrawSure: "Retirar la invitación", Withdrawn: "La invitación está retirada.",
	NoLabel: "Invitación", Once: "para una persona",
	Used: func(n int) string {
		if n == 0 {
			return "sin usar"
		}
		return "usada " + count(n, "vez", "veces")
	},

	InvitedTitle: func(team string) string { return "Únete a " + team },
	InvitedBy:    func(name, team string) string { return name + " te invita al equipo " + team + " en Relevo." },
	InvitedAs:    func(role string) string { return "Tu papel será: " + role + "." },
	Join:         func(team string) string { return "Unirme a " + team },
	JoinSignUp:   "Crear una cuenta y unirme",
	JoinLogIn:    "Ya tengo cuenta: entrar y unirme",
	JoinedAs:     func(name string) string { return "Has entrado como " + name + "." },
}

var teamFaultsEnglish = faults{
	fault.LastOwner:      text("A team needs an owner, and this is its only one. Make somebody else an owner first."),
	fault.InvitationVoid: text("This invitation cannot be used: it has expired, was withdrawn, or the link is not complete. Ask for a new one."),
}

var teamFaultsSpanish = faults{
	fault.LastOwner:      text("Un equipo necesita un propietario y este es el único. Antes, haz propietaria a otra persona."),
	fault.InvitationVoid: text("Esta invitación no sirve: caducó, se retiró o el enlace está incompleto. Pide una nueva."),
}

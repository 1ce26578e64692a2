package say

import (
	"fmt"
	"strings"

	"relevo/models/fault"
)

// Approval is the wording of approvals.
type Approval struct {
	Title            string
	States           map[string]string // by models.ApprovalState
	Card             map[string]string // the same on a card
	AskedBy          func(who, when string) string
	AnyOf, AllOf     string
	Roles            map[string]string // an answer that a role gives, by access.Role
	Waiting          string
	Yes, No          func(when string) string
	Left             string
	Does             map[string]string // of an approver, by models.Did
	YouDid           map[string]string // the same to the approver
	SelfHint         string
	FellBecause      func(who string, what []string, when string) string
	Fell             string // it is not known why
	Comment, Why     string
	RejectAfterAll   string
	Approve, Reject  string
	RejectHint       string
	Again, AgainHint string
	Change           string
	Withdraw         string

	Ask, AskHint, AskDo string
	Approvers           string
	Role, NoRole        string
	RoleChoices         map[string]string
	Mode, ModeAny       string
	ModeAll             string
	Note, NoteHint      string
	Anew                string // in the form of a copy
	Lacks               func(names []string, role string, all bool) string
	LacksRejected       func(who, reason string) string
	LacksFallen         string
	LacksOwn            func(who string) string
}

// list joins names as a language does: "Ana, Bo and Vic".
func list(names []string, word string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + word + " " + names[len(names)-1]
}

var approvalEnglish = Approval{
	Title:   "Approval",
	States:  map[string]string{"asked": "Asked for", "approved": "Approved", "rejected": "Rejected", "fallen": "No longer holds"},
	Card:    map[string]string{"asked": "Approval asked", "approved": "Approved", "rejected": "Rejected", "fallen": "Approval fell"},
	AskedBy: func(who, when string) string { return "Asked by " + who + ", " + when },
	AnyOf:   "One of them is enough:", AllOf: "All of them have to approve:",
	Roles:   map[string]string{"manager": "A manager", "owner": "An owner of the team"},
	Waiting: "has not answered yet",
	Yes:     func(when string) string { return "approved it " + when },
	No:      func(when string) string { return "rejected it " + when },
	Left:    "cannot answer any more",
	Does:    map[string]string{"owns": "owns the task", "moved": "took the work forward", "wrote": "wrote some of it", "filled": "filled in a field", "ticked": "ticked a required item", "attached": "attached a file"},
	YouDid: map[string]string{"owns": "You own this task", "moved": "You moved this task to In progress or In review", "wrote": "You wrote the title or the description since the work began",
		"filled": "You filled in a field of this task", "ticked": "You ticked a required item", "attached": "You attached a file"},
	SelfHint: "so somebody else has to approve it.",
	FellBecause: func(who string, what []string, when string) string {
		return fmt.Sprintf("It was approved, but %s changed %s %s.", who, list(what, "and"), when)
	},
	Fell: "It was approved, but what was approved has changed since.", Comment: "Comment (to reject it, say why)", Why: "Why it is not approved", RejectAfterAll: "Reject it…",
	Approve: "Approve", Reject: "Reject", RejectHint: "From In review, a rejected task goes back to In progress.",
	Again: "Ask again", AgainHint: "The same people are told.", Change: "Change whom it asks…", Withdraw: "Ask for it no more",
	Ask: "Ask for approval…", AskHint: "The task is not done before it is approved, by people who did not do the work. If the title, the description, a field, a file or a required item changes afterwards, it has to be approved again.",
	AskDo: "Ask for approval", Approvers: "People", Role: "Or whoever has a role", NoRole: "Only the people above",
	RoleChoices: map[string]string{"manager": "Any manager", "owner": "An owner of the team"},
	Mode:        "How many", ModeAny: "One of them is enough", ModeAll: "All of them, and one with the role",
	Note: "What they should look at", NoteHint: "Optional.", Anew: "Its approval is asked for anew.",
	Lacks: func(names []string, role string, all bool) string {
		who := append([]string{}, names...)
		if role != "" {
			who = append(who, map[string]string{"manager": "a manager", "owner": "an owner of the team"}[role])
		}
		if all {
			return "Approval by " + list(who, "and")
		}
		return "Approval by " + list(who, "or")
	},
	LacksRejected: func(who, reason string) string { return who + " rejected it: “" + reason + "”" },
	LacksFallen:   "Approval once more: what was approved has changed",
	LacksOwn: func(who string) string {
		return "Approval by somebody else: " + who + " has done some of the work since"
	},
}

var approvalSpanish = Approval{
	Title:   "Aprobación",
	States:  map[string]string{"asked": "Pedida", "approved": "Aprobada", "rejected": "Rechazada", "fallen": "Ya no vale"},
	Card:    map[string]string{"asked": "Aprobación pedida", "approved": "Aprobada", "rejected": "Rechazada", "fallen": "Aprobación caducada"},
	AskedBy: func(who, when string) string { return "La pidió " + who + ", " + when },
	AnyOf:   "Basta con una de estas personas:", AllOf: "Tienen que aprobarla todas estas personas:",
	Roles:   map[string]string{"manager": "Un gestor", "owner": "Un propietario del equipo"},
	Waiting: "aún no ha contestado",
	Yes:     func(when string) string { return "la aprobó " + when },
	No:      func(when string) string { return "la rechazó " + when },
	Left:    "ya no puede contestar",
	Does:    map[string]string{"owns": "es responsable de la tarea", "moved": "llevó el trabajo adelante", "wrote": "escribió una parte", "filled": "rellenó un campo", "ticked": "marcó un punto obligatorio", "attached": "adjuntó un archivo"},
	YouDid: map[string]string{"owns": "Eres responsable de esta tarea", "moved": "Moviste esta tarea a En curso o En revisión", "wrote": "Escribiste el título o la descripción desde que empezó el trabajo",
		"filled": "Rellenaste un campo de esta tarea", "ticked": "Marcaste un punto obligatorio", "attached": "Adjuntaste un archivo"},
	SelfHint: "así que tiene que aprobarla otra persona.",
	FellBecause: func(who string, what []string, when string) string {
		return fmt.Sprintf("Estaba aprobada, pero %s cambió %s %s.", who, list(what, "y"), when)
	},
	Fell: "Estaba aprobada, pero lo aprobado ha cambiado desde entonces.", Comment: "Comentario (para rechazarla, di por qué)", Why: "Por qué no se aprueba", RejectAfterAll: "Rechazarla…",
	Approve: "Aprobar", Reject: "Rechazar", RejectHint: "Desde En revisión, una tarea rechazada vuelve a En curso.",
	Again: "Pedirla otra vez", AgainHint: "Se avisa a las mismas personas.", Change: "Cambiar a quién se pide…", Withdraw: "Dejar de pedirla",
	Ask: "Pedir aprobación…", AskHint: "La tarea no se termina antes de que la apruebe alguien que no hizo el trabajo. Si después cambia el título, la descripción, un campo, un archivo o un punto obligatorio, hay que aprobarla otra vez.",
	AskDo: "Pedir aprobación", Approvers: "Personas", Role: "O quien tenga un papel", NoRole: "Solo las personas de arriba",
	RoleChoices: map[string]string{"manager": "Cualquier gestor", "owner": "Un propietario del equipo"},
	Mode:        "Cuántas", ModeAny: "Basta con una", ModeAll: "Todas, y una con el papel",
	Note: "En qué deben fijarse", NoteHint: "Opcional.", Anew: "Su aprobación se pide de nuevo.",
	Lacks: func(names []string, role string, all bool) string {
		who := append([]string{}, names...)
		if role != "" {
			who = append(who, map[string]string{"manager": "un gestor", "owner": "un propietario del equipo"}[role])
		}
		if all {
			return "La aprobación de " + list(who, "y")
		}
		return "La aprobación de " + list(who, "o")
	},
	LacksRejected: func(who, reason string) string { return who + " la rechazó: «" + reason + "»" },
	LacksFallen:   "La aprobación otra vez: lo aprobado ha cambiado",
	LacksOwn: func(who string) string {
		return "La aprobación de otra persona: " + who + " ha hecho parte del trabajo desde entonces"
	},
}

// Lack words what an approval lacks, among other things that a task needs.
func (a Approval) Lack(f *fault.Fault) (string, bool) {
	switch f.Code {
	case fault.ApprovalOpen:
		names, _ := f.Args[0].([]string)
		role, _ := f.Args[1].(string)
		all, _ := f.Args[2].(bool)
		return a.Lacks(names, role, all), true
	case fault.ApprovalRefused:
		return a.LacksRejected(fmt.Sprint(f.Args[0]), fmt.Sprint(f.Args[1])), true
	case fault.ApprovalFallen:
		return a.LacksFallen, true
	case fault.SelfApproved:
		return a.LacksOwn(fmt.Sprint(f.Args[0])), true
	}
	return "", false
}

// lack is the same as a sentence of its own.
func lack(a *Approval, before string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		text, _ := a.Lack(f)
		return before + text + "."
	}
}

var approvalFaultsEnglish = faults{
	fault.ApprovalOpen: lack(&approvalEnglish, "Still missing: "), fault.ApprovalRefused: lack(&approvalEnglish, ""),
	fault.ApprovalFallen: lack(&approvalEnglish, "Still missing: "), fault.SelfApproved: lack(&approvalEnglish, "Still missing: "),
	fault.SelfApproval: func(f *fault.Fault) string {
		return approvalEnglish.YouDid[fmt.Sprint(f.Args...)] + ", " + approvalEnglish.SelfHint + " That you tried is in the log."
	},
	fault.NotApprover:      text("Your approval is not asked here."),
	fault.NotAsked:         text("Approval is not asked for just now. Ask again first."),
	fault.ApprovedAndDone:  text("This task is done as it was approved. Reopen it to change that; then it has to be approved again."),
	fault.NotYourAsk:       text("Somebody else asked for this approval. Only they or a manager can change whom it asks."),
	fault.TooManyApprovers: func(f *fault.Fault) string { return fmt.Sprintf("Ask %v people at most.", f.Args[0]) },
	fault.ViewerNotApprover: func(f *fault.Fault) string {
		return fmt.Sprintf("%v only reads in this team and cannot approve.", f.Args[0])
	},
	fault.NobodyElseWithRole: text("Everybody with this role is among the people already. Leave somebody out, or let one be enough."),
}

var approvalFaultsSpanish = faults{
	fault.ApprovalOpen: lack(&approvalSpanish, "Falta: "), fault.ApprovalRefused: lack(&approvalSpanish, ""),
	fault.ApprovalFallen: lack(&approvalSpanish, "Falta: "), fault.SelfApproved: lack(&approvalSpanish, "Falta: "),
	fault.SelfApproval: func(f *fault.Fault) string {
		return approvalSpanish.YouDid[fmt.Sprint(f.Args...)] + ", " + approvalSpanish.SelfHint + " El intento queda en el registro."
	},
	fault.NotApprover:      text("Aquí no se pide tu aprobación."),
	fault.NotAsked:         text("Ahora mismo no se pide aprobación. Pídela otra vez antes."),
	fault.ApprovedAndDone:  text("Esta tarea está hecha tal como se aprobó. Reábrela para cambiarlo; después habrá que aprobarla otra vez."),
	fault.NotYourAsk:       text("Esta aprobación la pidió otra persona. Solo ella o un gestor puede cambiar a quién se pide."),
	fault.TooManyApprovers: func(f *fault.Fault) string { return fmt.Sprintf("Pídela a %v personas como máximo.", f.Args[0]) },
	fault.ViewerNotApprover: func(f *fault.Fault) string {
		return fmt.Sprintf("%v solo lee en este equipo y no puede aprobar.", f.Args[0])
	},
	fault.NobodyElseWithRole: text("Todas las personas con este papel ya están entre las elegidas. Deja fuera a alguna o haz que baste con una."),
}

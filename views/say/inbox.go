package say

import "fmt"

// Inbox is the wording of the inbox and of somebody's own work.
type Inbox struct {
	Title, Lead   string
	MarkAll       string
	MarkRead      string
	MarkReadOf    func(task string) string // for those who hear the button alone
	New           string                   // mark of what is unread
	GivenBy       string                   // %: who made one an owner
	Unknown       string                   // a kind of notice that this page does not know
	Earlier       func(n int) string
	Older, Newest string
	Empty         string
	EmptyHint     string
	ToMyWork      string

	Work Work
}

// Work is the wording of somebody's own work.
type Work struct {
	Title, Lead  string
	Overdue      string
	Ready        string
	Doing        string
	Waiting      string
	Count        func(n int) string
	ShowAll      func(n int) string
	Start        string
	Complete     string
	StartOf      func(task string) string
	CompleteOf   func(task string) string
	On           string // between a task and its board
	WaitsFor     string
	WaitsForAny  string
	WaitsForDate func(when string) string
	AndMore      func(n int) string
	Nobody       string // a task that nobody owns
	Blocked      string
	AtRisk       string
	AtRiskHint   string
	Priority     string
	Empty        string
	EmptyHint    string
	ToBoards     string
	EmptyNoTeam  string
	NoTeamHint   string
	ToNewTeam    string
	OnlyWaiting  string
}

var inboxEnglish = Inbox{
	Title: "Inbox", Lead: "What became your turn, what you were given to do, and what was said to you.",
	MarkAll: "Mark all as read", MarkRead: "Mark as read", MarkReadOf: func(task string) string { return "Mark " + task + " as read" },
	New: "New", GivenBy: "% made you an owner", Unknown: "Something happened",
	Earlier: func(n int) string { return count(n, "earlier notice", "earlier notices") },
	Older:   "Older", Newest: "Back to the newest",
	Empty: "Nothing here yet", EmptyHint: "When a task of yours becomes ready, or somebody gives you one, you are told here.",
	ToMyWork: "See what you can do now",
	Work: Work{
		Title: "My work", Lead: "Your tasks on all boards of all your teams.",
		Overdue: "Overdue", Ready: "Ready for you", Doing: "In progress", Waiting: "Waiting for others",
		Count:   func(n int) string { return count(n, "task", "tasks") },
		ShowAll: func(n int) string { return fmt.Sprintf("Show all %d", n) },
		Start:   "Start", Complete: "Complete",
		StartOf: func(task string) string { return "Start " + task }, CompleteOf: func(task string) string { return "Complete " + task },
		On: "on", WaitsFor: "Waits for", WaitsForAny: "Waits for any of",
		WaitsForDate: func(when string) string { return "Becomes ready by itself " + when },
		AndMore:      func(n int) string { return fmt.Sprintf("and %d more", n) },
		Nobody:       "nobody yet", Blocked: "Blocked", AtRisk: "At risk", AtRiskHint: "Something it needs was opened again.", Priority: "Priority",
		Empty: "Nothing is on your list", EmptyHint: "Tasks that you own appear here: what is ready first, then what waits for others. Open a board and take one.",
		ToBoards: "Go to the boards", EmptyNoTeam: "You are in no team yet", NoTeamHint: "Make a team of your own, or ask somebody for the link that invites you to theirs.",
		ToNewTeam: "Make a team", OnlyWaiting: "Nothing for you to do right now: everything of yours waits for others. You are told as soon as it is your turn.",
	},
}

var inboxSpanish = Inbox{
	Title: "Bandeja", Lead: "Lo que pasó a ser tu turno, lo que te encargaron y lo que te dijeron.",
	MarkAll: "Marcar todo como leído", MarkRead: "Marcar como leído", MarkReadOf: func(task string) string { return "Marcar " + task + " como leída" },
	New: "Nuevo", GivenBy: "% te hizo responsable", Unknown: "Pasó algo",
	Earlier: func(n int) string { return count(n, "aviso anterior", "avisos anteriores") },
	Older:   "Anteriores", Newest: "Volver a lo más reciente",
	Empty: "Aquí no hay nada todavía", EmptyHint: "Cuando una tarea tuya quede lista, o alguien te encargue una, te avisamos aquí.",
	ToMyWork: "Ver qué puedes hacer ahora",
	Work: Work{
		Title: "Mi trabajo", Lead: "Tus tareas en todos los tableros de todos tus equipos.",
		Overdue: "Vencidas", Ready: "Listas para ti", Doing: "En curso", Waiting: "Esperan a otros",
		Count:   func(n int) string { return count(n, "tarea", "tareas") },
		ShowAll: func(n int) string { return fmt.Sprintf("Mostrar las %d", n) },
		Start:   "Empezar", Complete: "Completar",
		StartOf: func(task string) string { return "Empezar " + task }, CompleteOf: func(task string) string { return "Completar " + task },
		On: "en", WaitsFor: "Espera a", WaitsForAny: "Espera a una de",
		WaitsForDate: func(when string) string { return "Queda lista por sí sola " + when },
		AndMore:      func(n int) string { return fmt.Sprintf("y %d más", n) },
		Nobody:       "nadie todavía", Blocked: "Bloqueada", AtRisk: "En riesgo", AtRiskHint: "Se reabrió algo que necesita.", Priority: "Prioridad",
		Empty: "No tienes nada en tu lista", EmptyHint: "Aquí aparecen las tareas de las que eres responsable: primero las listas, después las que esperan a otros. Abre un tablero y toma una.",
		ToBoards: "Ir a los tableros", EmptyNoTeam: "Todavía no estás en ningún equipo", NoTeamHint: "Crea un equipo propio o pide a alguien el enlace que te invita al suyo.",
		ToNewTeam: "Crear un equipo", OnlyWaiting: "Ahora mismo no tienes nada que hacer: todo lo tuyo espera a otros. Te avisamos en cuanto sea tu turno.",
	},
}

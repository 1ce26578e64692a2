package say

import (
	"fmt"
	"time"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Heed is the wording of what people are told, watch, mute, snooze and choose.
type Heed struct {
	Kinds   map[string]string // what heads a notice
	Choices map[string]string // the event, among those that one chooses
	Hints   map[string]string // what it needs to be understood, where it does
	Because map[string]string // why it came, by reason

	Completed, Cancelled, Reopened string // heads, by what became of the task
	completed, cancelled, reopened string // %: who
	completedItself, reopenedItself,
	cancelledItself string
	blocked, unblocked, moved, brought, movedItself, mentioned, commented, added, approval string
	approved, rejected, fell                                                               string // %: who
	dueOn, wasDue                                                                          string // %: the day
	Earlier                                                                                func(n int) string
	AllEarlier                                                                             func(n int) string // not shown

	Parts                        map[string]string // of the inbox
	PartsLabel                   string
	Kind, AnyKind                string
	Board, AnyBoard              string
	Show                         string
	NoneUnread, NoneUnreadHint   string
	NoneSnoozed, NoneSnoozedHint string
	NoneCleared, NoneClearedHint string
	NoneSuch, NoneSuchHint       string

	ApproveOf                                                           func(task string) string
	Clear, Return, MarkUnread                                           string
	ClearOf, ReturnOf, MarkUnreadOf                                     func(task string) string
	ClearRead                                                           string
	Snooze                                                              string
	SnoozeOf                                                            func(task string) string
	Until                                                               map[string]string
	Day, SnoozeTo                                                       string
	SnoozedUntil                                                        func(when string) string
	Wake                                                                string
	WakeOf                                                              func(task string) string
	SnoozeNotice                                                        string
	ReadNotice, UnreadNotice                                            string
	NoticeMenu                                                          func(kind string) string
	More                                                                func(task string) string
	Mute, Unmute, Hear                                                  string
	MuteOf, UnmuteOf                                                    func(task string) string
	MuteBoard                                                           func(board string) string
	DidClear, DidMute                                                   func(task string) string
	DidSnooze                                                           func(task, when string) string
	DidMuteBoard                                                        func(board string) string
	TakeBack                                                            string
	Keys                                                                string // heading of the inbox's shortcuts
	KeyNext, KeyOpen, KeyClear, KeyUnread, KeySnooze, KeyMute, KeyWatch string

	Watch, Watching, Unwatch   string
	WatchHint                  string
	Watchers                   func(n int) string
	WatchedBy                  string
	AndBoard                   func(n int) string
	NobodyWatches              string
	DidWatch, DidUnwatch       func(task string) string
	Muted, MutedBoard          string
	BoardTitle                 func(board string) string
	BoardLead                  string
	BoardMuteHint              string
	BoardWatching, BoardMuted  string
	WatchBoard, UnwatchBoard   string
	MuteThisBoard, UnmuteBoard string

	ChoicesTitle, ChoicesLead string
	ToChoices                 string
	Event, InInbox            string
	WatchCommented            string
	WatchCommentedHint        string
	Saved                     string
	WatchedTitle, MutedTitle  string
	WatchedNone, MutedNone    string
	UnwatchOf                 func(name string) string
}

var heedEnglish = Heed{
	Kinds: map[string]string{"your_turn": "Your turn", "assigned": "Given to you", "mentioned": "You were mentioned", "approval_asked": "Approval asked", "approval_answered": "Answer to an approval", "approval_fell": "Approval fell",
		"due_soon": "Due soon", "overdue": "Overdue", "at_risk": "At risk", "blocked": "Blocked", "unblocked": "Goes on", "commented": "New comment",
		"closed": "Finished", "moved": "Moved", "added": "New task"},
	Choices: map[string]string{"your_turn": "It is my turn", "assigned": "I am given a task", "mentioned": "Somebody mentions me", "approval_asked": "My approval is asked", "approval_answered": "An approval that I asked for, or of a task of mine, is answered", "approval_fell": "Such an approval no longer holds",
		"due_soon": "A task is due by the next working day", "overdue": "A task was due yesterday", "at_risk": "A task is at risk", "blocked": "A task is blocked",
		"unblocked": "A blocked task goes on", "commented": "Somebody comments", "closed": "A task is completed, cancelled or opened again",
		"moved": "A task is moved", "added": "A task is added"},
	Hints: map[string]string{"your_turn": "A task of mine has become ready.", "due_soon": "Once, in the morning of the working day before.",
		"overdue": "Once, the morning after.", "at_risk": "Something that it needs was opened again.", "moved": "Only of tasks and boards that I watch.",
		"added": "Only on boards that I watch."},
	Because:   map[string]string{"owner": "You own this task", "watcher": "You watch this task", "board": "You watch this board"},
	Completed: "Completed", Cancelled: "Cancelled", Reopened: "Opened again",
	completed: "% completed it", cancelled: "% cancelled it", reopened: "% opened it again",
	completedItself: "It was completed by itself", cancelledItself: "It was cancelled by itself", reopenedItself: "It was opened again by itself",
	blocked: "% marked it as blocked", unblocked: "% cleared the block", moved: "% moved it from % to %", brought: "% moved it from the board % to %",
	movedItself: "It moved from % to % by itself", mentioned: "% mentioned you", commented: "% commented", added: "% added it to %", approval: "% asks for your approval",
	approved: "% approved it", rejected: "% rejected it", fell: "It was approved, and % changed it afterwards",
	dueOn: "It is due %", wasDue: "It was due %",
	Earlier:    func(n int) string { return fmt.Sprintf("and %d earlier", n) },
	AllEarlier: func(n int) string { return count(n, "older notice is not shown", "older notices are not shown") },
	Parts:      map[string]string{"": "Inbox", "unread": "Unread", "snoozed": "Snoozed", "cleared": "Cleared"},
	PartsLabel: "Parts of the inbox", Kind: "What", AnyKind: "Anything", Board: "Board", AnyBoard: "Any board", Show: "Show",
	NoneUnread: "All read", NoneUnreadHint: "You have seen everything that you were told.",
	NoneSnoozed: "Nothing is snoozed", NoneSnoozedHint: "What you snooze waits here until its time, then it is back in the inbox as unread.",
	NoneCleared: "Nothing is cleared", NoneClearedHint: "What you are through with goes here for 90 days.",
	NoneSuch: "Nothing of this kind here", NoneSuchHint: "Choose something else, or show everything.",
	ApproveOf: func(task string) string { return "Approve " + task },
	Clear:     "Clear", Return: "Back to the inbox", MarkUnread: "Mark as unread",
	ClearOf:  func(task string) string { return "Clear " + task + " from the inbox" },
	ReturnOf: func(task string) string { return "Bring " + task + " back to the inbox" }, MarkUnreadOf: func(task string) string { return "Mark " + task + " as unread" },
	ClearRead: "Clear what is read", Snooze: "Snooze", SnoozeOf: func(task string) string { return "Snooze " + task },
	Until: map[string]string{"later": "Later today", "tomorrow": "Tomorrow morning", "monday": "Next Monday", "day": "On a day"},
	Day:   "Day", SnoozeTo: "Snooze until then",
	SnoozedUntil: func(when string) string { return "Back " + when }, Wake: "Back now", WakeOf: func(task string) string { return "Bring " + task + " back now" },
	SnoozeNotice: "Snooze this until tomorrow morning", ReadNotice: "Mark this as read", UnreadNotice: "Mark this as unread",
	NoticeMenu: func(kind string) string { return "More for “" + kind + "”" }, More: func(task string) string { return "More for " + task },
	Mute: "Mute this task", Unmute: "Unmute this task", Hear: "Unmute", MuteOf: func(task string) string { return "Mute " + task }, UnmuteOf: func(name string) string { return "Unmute " + name },
	MuteBoard: func(board string) string { return "Mute the board " + board },
	DidClear:  func(task string) string { return task + " is cleared." }, DidMute: func(task string) string { return "Nothing of " + task + " reaches you any more." },
	DidSnooze:    func(task, when string) string { return task + " comes back " + when + "." },
	DidMuteBoard: func(board string) string { return "Nothing of the board " + board + " reaches you any more." },
	TakeBack:     "Undo", Keys: "In the inbox", KeyNext: "To the next task, or the one before", KeyOpen: "Open the task", KeyClear: "Clear it", KeyUnread: "Mark as read or unread",
	KeySnooze: "Snooze it", KeyMute: "Mute it", KeyWatch: "Watch the task, or no longer",
	Watch: "Watch", Watching: "Watching", Unwatch: "Stop watching",
	WatchHint: "You hear when it is completed, moved, blocked or commented on. Everybody in the team sees who watches. Whoever comments watches from then on.",
	Watchers:  func(n int) string { return count(n, "person watches", "people watch") }, WatchedBy: "Watched by",
	AndBoard:      func(n int) string { return count(n, "person watches the whole board", "people watch the whole board") },
	NobodyWatches: "Nobody watches this task.",
	DidWatch:      func(task string) string { return "You watch " + task + "." }, DidUnwatch: func(task string) string { return "You no longer watch " + task + "." },
	Muted: "You have muted this task.", MutedBoard: "You have muted this board.",
	BoardTitle:    func(board string) string { return "What you hear of " + board },
	BoardLead:     "Who watches a board hears of every task on it: when one is added, moved, completed, blocked or commented on. The team sees who watches.",
	BoardMuteHint: "While a board is muted, nothing of it reaches your inbox: not even your turn.",
	BoardWatching: "You watch this board.", BoardMuted: "You have muted this board.",
	WatchBoard: "Watch this board", UnwatchBoard: "Stop watching", MuteThisBoard: "Mute this board", UnmuteBoard: "Unmute this board",
	ChoicesTitle: "What reaches you", ChoicesLead: "Choose what you want to be told. You never hear of what you did yourself.", ToChoices: "What reaches you",
	Event: "Tell me when", InInbox: "In the inbox",
	WatchCommented: "Watch tasks that I comment on", WatchCommentedHint: "You then hear of further comments, and of what becomes of the task.",
	Saved: "Saved. It holds for whatever happens from now on.", WatchedTitle: "What you watch", MutedTitle: "What you have muted",
	WatchedNone: "Nothing. A task has a button for it; a board has one in its head.", MutedNone: "Nothing.",
	UnwatchOf: func(name string) string { return "Stop watching " + name },
}

var heedSpanish = Heed{
	Kinds: map[string]string{"your_turn": "Tu turno", "assigned": "Te la encargaron", "mentioned": "Te mencionaron", "approval_asked": "Piden tu aprobación", "approval_answered": "Respuesta a una aprobación", "approval_fell": "Aprobación caducada",
		"due_soon": "Vence pronto", "overdue": "Vencida", "at_risk": "En riesgo", "blocked": "Bloqueada", "unblocked": "Desbloqueada", "commented": "Comentario nuevo",
		"closed": "Terminada", "moved": "Movida", "added": "Tarea nueva"},
	Choices: map[string]string{"your_turn": "Es mi turno", "assigned": "Me encargan una tarea", "mentioned": "Alguien me menciona", "approval_asked": "Piden mi aprobación", "approval_answered": "Se responde a una aprobación que pedí, o de una tarea mía", "approval_fell": "Esa aprobación caduca",
		"due_soon": "Una tarea vence a más tardar el próximo día laborable", "overdue": "Una tarea venció ayer", "at_risk": "Una tarea está en riesgo", "blocked": "Una tarea se bloquea",
		"unblocked": "Una tarea bloqueada sigue adelante", "commented": "Alguien comenta", "closed": "Una tarea se completa, se cancela o se reabre",
		"moved": "Una tarea se mueve", "added": "Se añade una tarea"},
	Hints: map[string]string{"your_turn": "Una tarea mía quedó lista.", "due_soon": "Al empezar el día laborable anterior, una sola vez.",
		"overdue": "Una vez, a la mañana siguiente.", "at_risk": "Se reabrió algo que necesita.", "moved": "Solo de las tareas y los tableros que sigo.",
		"added": "Solo en los tableros que sigo."},
	Because:   map[string]string{"owner": "Eres responsable de esta tarea", "watcher": "Sigues esta tarea", "board": "Sigues este tablero"},
	Completed: "Completada", Cancelled: "Cancelada", Reopened: "Reabierta",
	completed: "% la completó", cancelled: "% la canceló", reopened: "% la reabrió",
	completedItself: "Se completó sola", cancelledItself: "Se canceló sola", reopenedItself: "Se reabrió sola",
	blocked: "% la marcó como bloqueada", unblocked: "% quitó el bloqueo", moved: "% la movió de % a %", brought: "% la llevó del tablero % a %",
	movedItself: "Pasó sola de % a %", mentioned: "% te mencionó", commented: "% comentó", added: "% la añadió a %", approval: "% te pide que la apruebes",
	approved: "% la aprobó", rejected: "% la rechazó", fell: "Estaba aprobada y % la cambió después",
	dueOn: "Vence %", wasDue: "Venció %",
	Earlier: func(n int) string { return fmt.Sprintf("y %d más antes", n) },
	AllEarlier: func(n int) string {
		return count(n, "aviso más antiguo no se muestra", "avisos más antiguos no se muestran")
	},
	Parts:      map[string]string{"": "Bandeja", "unread": "Sin leer", "snoozed": "Pospuestas", "cleared": "Retiradas"},
	PartsLabel: "Partes de la bandeja", Kind: "Qué", AnyKind: "Cualquier cosa", Board: "Tablero", AnyBoard: "Cualquier tablero", Show: "Mostrar",
	NoneUnread: "Todo leído", NoneUnreadHint: "Ya viste todo lo que te avisamos.",
	NoneSnoozed: "No hay nada pospuesto", NoneSnoozedHint: "Lo que pospones espera aquí hasta su momento y entonces vuelve a la bandeja sin leer.",
	NoneCleared: "No hay nada retirado", NoneClearedHint: "Lo que ya atendiste queda aquí durante 90 días.",
	NoneSuch: "Aquí no hay nada así", NoneSuchHint: "Elige otra cosa o muestra todo.",
	ApproveOf: func(task string) string { return "Aprobar " + task },
	Clear:     "Retirar", Return: "Devolver a la bandeja", MarkUnread: "Marcar como no leído",
	ClearOf:  func(task string) string { return "Retirar " + task + " de la bandeja" },
	ReturnOf: func(task string) string { return "Devolver " + task + " a la bandeja" }, MarkUnreadOf: func(task string) string { return "Marcar " + task + " como no leída" },
	ClearRead: "Retirar lo leído", Snooze: "Posponer", SnoozeOf: func(task string) string { return "Posponer " + task },
	Until: map[string]string{"later": "Más tarde hoy", "tomorrow": "Mañana por la mañana", "monday": "El próximo lunes", "day": "Otro día"},
	Day:   "Día", SnoozeTo: "Posponer hasta entonces",
	SnoozedUntil: func(when string) string { return "Vuelve " + when }, Wake: "Traer ya", WakeOf: func(task string) string { return "Traer ya " + task },
	SnoozeNotice: "Posponer esto hasta mañana por la mañana", ReadNotice: "Marcar esto como leído", UnreadNotice: "Marcar esto como no leído",
	NoticeMenu: func(kind string) string { return "Más sobre «" + kind + "»" }, More: func(task string) string { return "Más sobre " + task },
	Mute: "Silenciar esta tarea", Unmute: "Dejar de silenciar esta tarea", Hear: "Dejar de silenciar", MuteOf: func(task string) string { return "Silenciar " + task }, UnmuteOf: func(name string) string { return "Dejar de silenciar " + name },
	MuteBoard: func(board string) string { return "Silenciar el tablero " + board },
	DidClear:  func(task string) string { return task + " está retirada." }, DidMute: func(task string) string { return "Ya no te llega nada de " + task + "." },
	DidSnooze:    func(task, when string) string { return task + " vuelve " + when + "." },
	DidMuteBoard: func(board string) string { return "Ya no te llega nada del tablero " + board + "." },
	TakeBack:     "Deshacer", Keys: "En la bandeja", KeyNext: "A la tarea siguiente o a la anterior", KeyOpen: "Abrir la tarea", KeyClear: "Retirarla", KeyUnread: "Marcar como leída o no leída",
	KeySnooze: "Posponerla", KeyMute: "Silenciarla", KeyWatch: "Seguir la tarea, o dejar de seguirla",
	Watch: "Seguir", Watching: "Siguiendo", Unwatch: "Dejar de seguir",
	WatchHint: "Te avisamos cuando se complete, se mueva, se bloquee o alguien la comente. Todo el equipo ve quién la sigue. Quien comenta la sigue desde entonces.",
	Watchers:  func(n int) string { return count(n, "persona la sigue", "personas la siguen") }, WatchedBy: "La siguen",
	AndBoard: func(n int) string {
		return count(n, "persona sigue todo el tablero", "personas siguen todo el tablero")
	},
	NobodyWatches: "Nadie sigue esta tarea.",
	DidWatch:      func(task string) string { return "Sigues " + task + "." }, DidUnwatch: func(task string) string { return "Ya no sigues " + task + "." },
	Muted: "Silenciaste esta tarea.", MutedBoard: "Silenciaste este tablero.",
	BoardTitle:    func(board string) string { return "Lo que te llega de " + board },
	BoardLead:     "Quien sigue un tablero se entera de todas sus tareas: cuando se añade una, se mueve, se completa, se bloquea o se comenta. El equipo ve quién lo sigue.",
	BoardMuteHint: "Mientras un tablero está silenciado, nada de él llega a tu bandeja: ni siquiera tu turno.",
	BoardWatching: "Sigues este tablero.", BoardMuted: "Silenciaste este tablero.",
	WatchBoard: "Seguir este tablero", UnwatchBoard: "Dejar de seguir", MuteThisBoard: "Silenciar este tablero", UnmuteBoard: "Dejar de silenciar este tablero",
	ChoicesTitle: "Qué te llega", ChoicesLead: "Elige de qué quieres que te avisemos. Nunca te avisamos de lo que hiciste tú.", ToChoices: "Qué te llega",
	Event: "Avísame cuando", InInbox: "En la bandeja",
	WatchCommented: "Seguir las tareas que comento", WatchCommentedHint: "Así te enteras de los comentarios que sigan y de lo que pase con la tarea.",
	Saved: "Guardado. Vale para lo que pase desde ahora.", WatchedTitle: "Lo que sigues", MutedTitle: "Lo que silenciaste",
	WatchedNone: "Nada. Cada tarea tiene un botón para eso, y cada tablero tiene uno en su cabecera.", MutedNone: "Nada.",
	UnwatchOf: func(name string) string { return "Dejar de seguir " + name },
}

var inboxFaultsEnglish = faults{
	fault.SnoozePast: text("Choose a day that is still to come."),
	fault.SnoozeFar:  func(f *fault.Fault) string { return fmt.Sprintf("Choose a day within %v days.", f.Args[0]) },
}

var inboxFaultsSpanish = faults{
	fault.SnoozePast: text("Elige un día que aún no haya llegado."),
	fault.SnoozeFar: func(f *fault.Fault) string {
		return fmt.Sprintf("Elige un día dentro de los próximos %v días.", f.Args[0])
	},
}

// NoticeHead says in a word or two what a notice is about; e is the entry it tells of.
func (w *Words) NoticeHead(kind string, e ledger.Entry) string {
	if c, ok := changeOf(e, "state"); ok && kind == "closed" {
		switch flow.State(c.To) {
		case flow.Done:
			return w.Hear.Completed
		case flow.Cancelled:
			return w.Hear.Cancelled
		}
		return w.Hear.Reopened
	}
	if kind == "approval_answered" {
		switch e.Action {
		case "approval.given":
			return w.Approval.Card["approved"]
		case "approval.rejected":
			return w.Approval.Card["rejected"]
		}
	}
	if head, ok := w.Hear.Kinds[kind]; ok {
		return head
	}
	return w.Inbox.Unknown
}

// NoticeSays is what happened, as a sentence: who did it, and what to.
func (w *Words) NoticeSays(kind string, e ledger.Entry, cause *ledger.Entry, about string, now time.Time) Told {
	h, who := w.Hear, w.Who(e.Actor)
	switch kind {
	case "due_soon", "overdue":
		pattern := h.dueOn
		if kind == "overdue" {
			pattern = h.wasDue
		}
		return tell(pattern, value(w.DayOf(about, now)))
	case "assigned":
		return tell(w.Inbox.GivenBy, who)
	case "mentioned":
		return tell(h.mentioned, who)
	case "commented":
		return tell(h.commented, who)
	case "added":
		return tell(h.added, who, board(e.Board))
	case "approval_asked":
		return w.saidWith(tell(h.approval, who), e)
	case "approval_answered":
		if e.Action == "approval.rejected" {
			return w.saidWith(tell(h.rejected, who), e)
		}
		return w.saidWith(tell(h.approved, who), e)
	case "approval_fell":
		return w.fell(cause)
	case "blocked":
		return w.saidWith(tell(h.blocked, who), e)
	case "unblocked":
		return tell(h.unblocked, who)
	case "closed":
		return w.saidWith(w.closing(e, who), e)
	case "moved":
		return w.moving(e, who)
	}
	return w.Why(e, cause)
}

// fell says by whose change an approval fell.
func (w *Words) fell(cause *ledger.Entry) Told {
	if cause == nil {
		return tell(w.Approval.Fell)
	}
	return tell(w.Hear.fell, w.Who(cause.Actor))
}

// saidWith adds the reason that somebody gave.
func (w *Words) saidWith(t Told, e ledger.Entry) Told {
	if e.Reason != "" {
		t = append(t, Piece{Text: ": "}, Piece{Kind: AReason, Text: e.Reason})
	}
	return t
}

func (w *Words) closing(e ledger.Entry, who Piece) Told {
	h, itself := w.Hear, e.Actor.Kind == ledger.Automation
	c, _ := changeOf(e, "state")
	pick := func(by, alone string) Told {
		if itself {
			return tell(alone)
		}
		return tell(by, who)
	}
	switch flow.State(c.To) {
	case flow.Done:
		return pick(h.completed, h.completedItself)
	case flow.Cancelled:
		return pick(h.cancelled, h.cancelledItself)
	}
	return pick(h.reopened, h.reopenedItself)
}

func (w *Words) moving(e ledger.Entry, who Piece) Told {
	if c, ok := changeOf(e, "board"); ok {
		return tell(w.Hear.brought, who, value(textOr(c.FromText, w.Log.None)), value(textOr(c.ToText, w.Log.None)))
	}
	from, to := "", ""
	if c, ok := changeOf(e, "column"); ok {
		from, to = c.FromText, c.ToText
	}
	if c, ok := changeOf(e, "state"); ok && (from == "" || to == "") {
		from, to = w.Names.State[flow.State(c.From)], w.Names.State[flow.State(c.To)]
	}
	places := []Piece{value(textOr(from, w.Log.None)), value(textOr(to, w.Log.None))}
	if e.Actor.Kind == ledger.Automation {
		return tell(w.Hear.movedItself, places...)
	}
	return tell(w.Hear.moved, append([]Piece{who}, places...)...)
}

// DayOf names a day inside a sentence: "today", "on Friday", "on 3 March".
func (w *Words) DayOf(day string, now time.Time) string {
	on, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	switch days := daysBetween(now, on); {
	case days == 0:
		return w.When.Today
	case days == 1:
		return w.When.Tomorrow
	case days == -1:
		return w.When.Yesterday
	case days > 0 && days < 7:
		return w.When.On(w.When.Weekday(on.Weekday()))
	case on.Year() == now.Year():
		return w.When.On(w.When.DayMonth(on))
	}
	return w.When.On(w.When.Date(on))
}

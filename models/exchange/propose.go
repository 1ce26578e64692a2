package exchange

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"relevo/models/flow"
)

// stateWords are what people call columns, the most telling first: "waiting for
// review" is a review, "to do" is no "done".
var stateWords = []struct {
	state flow.State
	words []string
}{
	{flow.Cancelled, []string{"cancel", "cancelled", "canceled", "cancelado", "cancelada", "canceladas", "cancelados", "wont", "rejected", "discarded", "abandoned", "obsolete", "descartado", "descartada", "descartadas", "rechazado", "rechazada", "anulado", "anulada"}},
	{flow.InReview, []string{"review", "reviewing", "test", "testing", "qa", "verify", "verification", "approval", "approve", "validate", "validation", "revision", "revisar", "revisando", "prueba", "pruebas", "aprobacion", "validacion", "verificar", "validar"}},
	{flow.Waiting, []string{"wait", "waiting", "blocked", "hold", "pending", "stalled", "dependencies", "espera", "esperando", "bloqueado", "bloqueada", "bloqueadas", "bloqueados", "pausa"}},
	{flow.InProgress, []string{"doing", "progress", "wip", "working", "started", "current", "ongoing", "development", "active", "curso", "haciendo", "proceso", "progreso", "empezado", "empezada", "desarrollo", "marcha"}},
	{flow.Ready, []string{"todo", "backlog", "next", "ready", "ideas", "inbox", "queue", "soon", "later", "hacer", "pendiente", "pendientes", "lista", "listas", "listo", "proximo", "proximas", "siguiente", "bandeja"}},
	{flow.Done, []string{"done", "complete", "completed", "finished", "closed", "shipped", "released", "live", "deployed", "archive", "resolved", "hecho", "hecha", "hechas", "hechos", "terminado", "terminada", "terminadas", "completado", "completada", "acabado", "finalizado", "finalizada", "cerrado", "cerrada", "entregado", "publicado", "resuelto", "resuelta"}},
}

// ProposeState guesses what a column is by its name, in English or Spanish;
// Ready if it tells nothing.
func ProposeState(name string) flow.State {
	if s := ReadState(name); s != "" {
		return s
	}
	words := strings.FieldsFunc(fold(name), func(r rune) bool { return !unicode.IsLetter(r) })
	if slices.Contains(words, "not") || slices.Contains(words, "to") && slices.Contains(words, "do") {
		return flow.Ready
	}
	for _, s := range stateWords {
		for _, w := range words {
			if slices.Contains(s.words, w) {
				return s.state
			}
		}
	}
	return flow.Ready
}

// ReadState reads a state that is called by its own name in a file, or as people
// see it in either language; empty if it is none.
func ReadState(text string) flow.State { return stateNames[fold(text)] }

var stateNames = map[string]flow.State{
	"waiting": flow.Waiting, "en espera": flow.Waiting, "ready": flow.Ready, "lista": flow.Ready,
	"in_progress": flow.InProgress, "in progress": flow.InProgress, "en curso": flow.InProgress,
	"in_review": flow.InReview, "in review": flow.InReview, "en revision": flow.InReview,
	"done": flow.Done, "hecha": flow.Done, "cancelled": flow.Cancelled, "canceled": flow.Cancelled, "cancelada": flow.Cancelled,
}

var priorityNames = map[string]int{
	"": 0, "0": 0, "none": 0, "no priority": 0, "sin prioridad": 0, "ninguna": 0,
	"1": 1, "low": 1, "lowest": 1, "minor": 1, "baja": 1, "2": 2, "medium": 2, "normal": 2, "media": 2,
	"3": 3, "high": 3, "major": 3, "alta": 3, "4": 4, "urgent": 4, "highest": 4, "critical": 4, "blocker": 4, "urgente": 4, "critica": 4,
}

// fold makes texts comparable: lower case, no accents, no space around.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.TrimSpace(text)))
}

// match finds a person in the team: by ID, address, or a name that only one has.
func match(p Person, team []Person) string {
	for _, m := range team {
		if m.User == p.Ref || p.Email != "" && strings.EqualFold(m.Email, p.Email) {
			return m.User
		}
	}
	user := ""
	for _, m := range team {
		if p.Name != "" && fold(m.Name) == fold(p.Name) {
			if user != "" {
				return ""
			}
			user = m.User
		}
	}
	return user
}

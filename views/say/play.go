package say

import (
	"fmt"

	"relevo/models/flow"
	"relevo/models/playbook"
)

// Play is the wording of stepping through a template.
type Play struct {
	Open, Lead       string
	Title            func(name string) string
	Answers          string
	AnswersHint      string
	Begin            string
	Back, Again      string
	Now, Over, Stuck string
	Wait             func(when string) string
	Done, Cancel     string
	Review           string
	Given            func(what string) string // what a step needs besides, which is taken as given
	News             string
	Did              func(m playbook.Outcome, step string) string
	Started          string
	Quiet            string // nothing moved
	Starts           string // why: it waits for nothing
	Moves            func(step string, is flow.Task) string
	Because          func(other string, is flow.Task) string
	Condition        func(only string) string // why it is skipped
	NoCondition      string                   // it is skipped, and nothing more is to be said
	Holds            string                   // why it is not skipped after all
	TimeCame         string
	WillSkip         func(step string, out bool) string
	Told, Nobody     string
	Tells            func(who string, why playbook.Why, steps string) string
	Left             func(n int) string
	Broken, ToDraft  string
	SoFar            func(n int) string
	BackHere         string
	WaitsFor         func(names string) string
	ToTheStep        string
}

func pair(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(many, n)
}

var playEnglish = Play{
	Open: "Step through it", Title: func(name string) string { return "Step through: " + name },
	Lead:    "Say how each step ends and see what moves and who would be told. No task is made, and nobody is told.",
	Answers: "Answers and people", AnswersHint: "Whoever starts a run says this.", Begin: "Play from the start with this",
	Back: "Back one step", Again: "From the start",
	Now: "What can be done now", Over: "It is all over: nothing is left to be done.", Stuck: "Nothing can be done any more, though something is open. The workflow stands still here.",
	Wait: func(when string) string { return "Let time pass until " + when },
	Done: "Done", Cancel: "Cancel it", Review: "Give it to review",
	Given: func(what string) string { return "Taken as given: " + what },
	News:  "What happened", Started: "The run is started.", Quiet: "Nothing moved by that.",
	Did: func(m playbook.Outcome, step string) string {
		switch m {
		case playbook.Dropped:
			return step + " is cancelled."
		case playbook.Shown:
			return step + " is in review."
		case playbook.Awaited:
			return "Time passes."
		case playbook.Finished:
		}
		return step + " is done."
	},
	Moves: func(step string, is flow.Task) string {
		switch {
		case is.Skipped:
			return step + " is skipped"
		case is.AtRisk:
			return step + " is at risk"
		case is.State == flow.Waiting:
			return step + " waits again"
		}
		return step + " can be started"
	},
	Starts: "because it waits for nothing",
	Because: func(other string, is flow.Task) string {
		switch {
		case is.Skipped:
			return "because " + other + " is skipped"
		case is.State == flow.Cancelled:
			return "because " + other + " is cancelled"
		case is.State == flow.InReview:
			return "because " + other + " is in review"
		case is.State == flow.Done:
			return "because " + other + " is done"
		}
		return "because of " + other
	},
	Condition:   func(only string) string { return "because it is done only if " + only },
	NoCondition: "because its condition does not hold",
	Holds:       "because its condition holds now", TimeCame: "because its time has come",
	WillSkip: func(step string, out bool) string {
		if out {
			return step + " will be skipped when its turn comes."
		}
		return step + " will not be skipped after all."
	},
	Told: "Who would be told", Nobody: "Nobody would be told.",
	Tells: func(who string, why playbook.Why, steps string) string {
		switch why {
		case playbook.ToApprove:
			return who + ": to approve " + steps
		case playbook.ItsSkipped:
			return who + ": nothing is left to do of " + steps
		case playbook.ItsAtRisk:
			return who + ": at risk is " + steps
		case playbook.ItsTurn:
		}
		return who + ": it is their turn with " + steps
	},
	Left: func(n int) string {
		return pair(n, "One move does not fit any more and was left out.", "%d moves do not fit any more and were left out.")
	},
	Broken: "This draft has mistakes. Once they are put right it can be stepped through.", ToDraft: "To the draft",
	SoFar:    func(n int) string { return pair(n, "One move so far", "%d moves so far") },
	BackHere: "Back to here", WaitsFor: func(names string) string { return "waits for " + names }, ToTheStep: "Play this step",
}

var playSpanish = Play{
	Open: "Recorrer paso a paso", Title: func(name string) string { return "Paso a paso: " + name },
	Lead:    "Di cómo acaba cada paso y mira qué se mueve y a quién se avisaría. No se crea ninguna tarea ni se avisa a nadie.",
	Answers: "Respuestas y personas", AnswersHint: "Lo dice quien inicia una ejecución.", Begin: "Recorrer desde el principio con esto",
	Back: "Un paso atrás", Again: "Desde el principio",
	Now: "Qué se puede hacer ahora", Over: "Todo ha terminado: no queda nada por hacer.", Stuck: "Ya no se puede hacer nada, aunque queda algo abierto. El flujo se detiene aquí.",
	Wait: func(when string) string { return "Dejar pasar el tiempo hasta " + when },
	Done: "Hecho", Cancel: "Cancelarlo", Review: "Pasarlo a revisión",
	Given: func(what string) string { return "Se da por hecho: " + what },
	News:  "Qué ha pasado", Started: "Se inicia la ejecución.", Quiet: "Con eso no se ha movido nada.",
	Did: func(m playbook.Outcome, step string) string {
		switch m {
		case playbook.Dropped:
			return step + " se cancela."
		case playbook.Shown:
			return step + " pasa a revisión."
		case playbook.Awaited:
			return "Pasa el tiempo."
		case playbook.Finished:
		}
		return step + " está hecho."
	},
	Moves: func(step string, is flow.Task) string {
		switch {
		case is.Skipped:
			return step + " se omite"
		case is.AtRisk:
			return step + " está en riesgo"
		case is.State == flow.Waiting:
			return step + " vuelve a esperar"
		}
		return step + " se puede empezar"
	},
	Starts: "porque no espera nada",
	Because: func(other string, is flow.Task) string {
		switch {
		case is.Skipped:
			return "porque " + other + " se omite"
		case is.State == flow.Cancelled:
			return "porque " + other + " se ha cancelado"
		case is.State == flow.InReview:
			return "porque " + other + " está en revisión"
		case is.State == flow.Done:
			return "porque " + other + " está hecho"
		}
		return "por " + other
	},
	Condition:   func(only string) string { return "porque solo se hace si " + only },
	NoCondition: "porque su condición no se cumple",
	Holds:       "porque ahora se cumple su condición", TimeCame: "porque ha llegado su momento",
	WillSkip: func(step string, out bool) string {
		if out {
			return step + " se omitirá cuando le toque."
		}
		return step + " al final no se omitirá."
	},
	Told: "A quién se avisaría", Nobody: "No se avisaría a nadie.",
	Tells: func(who string, why playbook.Why, steps string) string {
		switch why {
		case playbook.ToApprove:
			return who + ": tiene que aprobar " + steps
		case playbook.ItsSkipped:
			return who + ": ya no queda nada que hacer de " + steps
		case playbook.ItsAtRisk:
			return who + ": en riesgo está " + steps
		case playbook.ItsTurn:
		}
		return who + ": le toca " + steps
	},
	Left: func(n int) string {
		return pair(n, "Un movimiento ya no encaja y se ha dejado fuera.", "%d movimientos ya no encajan y se han dejado fuera.")
	},
	Broken: "Este borrador tiene errores. Cuando estén corregidos se podrá recorrer.", ToDraft: "Al borrador",
	SoFar:    func(n int) string { return pair(n, "Un movimiento hasta ahora", "%d movimientos hasta ahora") },
	BackHere: "Volver aquí", WaitsFor: func(names string) string { return "espera " + names }, ToTheStep: "Recorrer este paso",
}

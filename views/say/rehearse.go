package say

import (
	"fmt"
	"math"
	"strings"

	"relevo/models/fault"
)

// Rehearse is the wording of what a template is like before it runs.
type Rehearse struct {
	Advice, AdviceIs string

	Open, FromStart, Title, Lead, Assumed, Go string
	Hands, OneEach, Plenty                    string
	Dates, KeepDates, SoonDates               string
	Rounds, Seed, OtherSeed                   string
	InputsIs, Chances, ChancesIs, ByChance    string
	YesPercent                                func(step, field string) string
	Reading                                   string
	Uncast                                    func(roles string) string

	Expected, ExpectedIs, Half, HalfIs, Nine, NineIs, InTime string
	InTimeIs                                                 func(day string) string
	Finish                                                   string
	FinishIs                                                 func(rounds int) string
	FinishSays                                               func(half, nine string) string // to who does not see the picture
	UpTo                                                     string

	Path, PathIs, NoPath    string
	Gains, GainsIs, NoGains string
	OneMore, Shorter        func(name string) string
	Earlier                 func(w *Words, minutes float64) string

	StepsIs, Who, Takes, Done, Critical, DueKept, Waited string
	AsBefore                                             func(times int) string
	Bases                                                map[int]string // by models.Basis

	Loads, LoadsIs, TooMuch string
	Of                      func(work string) string
	Somebody                func(role string) string

	Branches, BranchesIs, Question, Answers, Basis, Blind, AnAnswer string
	AnsweredBefore                                                  func(times int) string
	QuestionBases                                                   map[int]string

	Ahead, Likely, AheadPath string
	KeepsEnd                 func(share, day string) string
	AheadIs                  func(rounds int) string

	Made               string
	MadeOf             func(rounds int, seed, from string) string
	Durations          func(history, estimate, assumed int) string
	HandsAre, DatesAre map[string]string
	NotCounted         string
}

var rehearseEnglish = Rehearse{
	Advice:   "Before it runs",
	AdviceIs: "What is probably not meant. Nothing of it keeps the template from being published or started.",

	Open: "Rehearse", FromStart: "Rehearse it first: when would it be done, and who would be short?", Title: "Rehearsal", Assumed: "What is assumed", Go: "Go through it",
	Lead:  "The template is gone through many times as it might run: when it will be done, what decides that, and who is short. Nothing is made, and nobody is told.",
	Hands: "People", OneEach: "Do one task at a time", Plenty: "Have time for everything",
	Dates: "Due dates", KeepDates: "Are waited for", SoonDates: "Are not waited for",
	Rounds: "Rounds", Seed: "Seed of the luck", OtherSeed: "With other luck",
	InputsIs: "Only what decides about branches, dates and people. What is left empty is answered by chance.",
	Chances:  "How branches go", ChancesIs: "What is left empty goes as in the runs before, if there were enough.", ByChance: "by chance",
	YesPercent: func(step, field string) string { return step + ": " + field + " – yes in % of cases" },
	Reading:    "The team’s log is not read to its end yet, so that what is known from earlier runs is left out. Look again in a moment.",
	Uncast: func(roles string) string {
		return "Nobody plays these roles yet: " + roles + ". Each is taken for one person of its own."
	},

	Expected: "Expected", ExpectedIs: "the average of all rounds", Half: "50 %", HalfIs: "half of the rounds are done by then", Nine: "90 %", NineIs: "nine of ten are",
	InTime: "In time", InTimeIs: func(day string) string { return "rounds done by " + day },
	Finish: "When it is done", FinishIs: func(rounds int) string { return fmt.Sprintf("On which day each of the %d rounds was done.", rounds) },
	FinishSays: func(half, nine string) string {
		return "Half of the rounds are done by " + half + ", nine of ten by " + nine + "."
	},
	UpTo: "Done by then",

	Path: "What decides when it is done", PathIs: "The critical path: the steps that decided in at least half of the rounds, with how often each did. A minute later there is a minute later at the end; that can also be because somebody has to finish one task before the next. A date that counts from a step before passes it on by whole days; a fixed date ends the path.",
	NoPath: "No step decides in half of the rounds: there are many ways through, and each is the longest now and then.",
	Gains:  "What would help", GainsIs: "Tried with the same luck, in 250 rounds or as many as there are: one more person in each of the five roles that are waited for longest, and a quarter less time for each of the five steps that decide most. What is under a minute is left out.",
	NoGains: "Nothing of that brings anything: dates or waits decide.",
	OneMore: func(name string) string { return "One more person: " + name }, Shorter: func(name string) string { return "A quarter less time: " + name },
	Earlier: func(w *Words, minutes float64) string {
		return earlier(w, minutes, ".", "working day earlier", "working days earlier", "earlier")
	},

	StepsIs: "Takes: work from when somebody begins, on the average, and what that is made of. Done: in how many rounds it is not skipped. Decides: in how many it is on the critical path. 50 % and 90 %: it is done by then in so many of the rounds in which it is done at all. Waits: for somebody who has another task in hand.",
	Who:     "Who", Takes: "Takes", Done: "Done", Critical: "Decides", DueKept: "Date kept", Waited: "Waits",
	AsBefore: func(times int) string { return fmt.Sprintf("as it went %d times", times) },
	Bases:    map[int]string{2: "estimate", 3: "no estimate: a day assumed"},

	Loads: "Who is short, and when", LoadsIs: "The work of each person by the week, as it would come if nobody waited for anybody, on the average, beside what one person works in that week by the team’s calendar. Of what they have to do elsewhere nothing is known here.",
	TooMuch: "too much", Of: func(work string) string { return "of " + work }, Somebody: func(role string) string { return role + " (nobody yet)" },

	Branches: "How branches go", BranchesIs: "What only a run will answer is answered by chance in each round, and all conditions go by the same answers.",
	Question: "Question", Answers: "How likely", Basis: "Known by", AnAnswer: "something else",
	Blind: "It compares what cannot be listed: it holds by chance, as often as before if there were five runs, else in half of the rounds.",
	AnsweredBefore: func(times int) string {
		return fmt.Sprintf("%d answers in earlier runs, each counted once more than it was given (Laplace)", times)
	},
	QuestionBases: map[int]string{3: "nothing: all answers alike", 4: "what you said"},

	Ahead: "Forecast", Likely: "Likely finished by", AheadPath: "What decides that:",
	KeepsEnd: func(share, day string) string { return "in time for " + day + ": " + share },
	AheadIs: func(rounds int) string {
		return fmt.Sprintf("From where it stands now, in %d rounds of the Monte Carlo method: what is done is a fact, what is begun takes the rest of its time, and the rest follows as its turn comes, not before its date asks for it. Conditions go by what is answered, or else by chance as in earlier runs. Everybody does one task of this run at a time; other work, absences and blocks set by hand are not counted.", rounds)
	},

	Made: "How this was made",
	MadeOf: func(rounds int, seed, from string) string {
		return fmt.Sprintf("By the Monte Carlo method in %d rounds with the seed %s, which stands in the address: the same address gives the same numbers, as long as template, history and calendar stay as they are. It begins on %s in the morning, and work is done from nine to five on the team’s working days.", rounds, seed, from)
	},
	Durations: func(history, estimate, assumed int) string {
		return fmt.Sprintf("Durations: %s from history, because they were done at least five times; each round takes one of those times. %s from the estimate and %s from a day assumed, spread over a triangle from half of it to two and a half times it, with itself the likeliest (mean: 4/3 of it). Surveys found that work takes a third longer than estimated on the average (Moløkken and Jørgensen 2003).",
			count(history, "step", "steps"), count(estimate, "step", "steps"), count(assumed, "step", "steps"))
	},
	HandsAre:   map[string]string{"one": "Everybody does one task at a time; of two that wait for the same person, the one that has waited longer comes first.", "plenty": "Everybody has time for everything at once: the critical path method alone."},
	DatesAre:   map[string]string{"keep": "A step with a due date is not begun before the morning of the day on which it has to be, to be usually done in time, much as on timelines.", "soon": "A step is begun as soon as its turn comes, whatever its due date."},
	NotCounted: "Not counted: absences, other work, time for approvals beyond what history has, and steps that people leave out or add.",
}

var rehearseSpanish = Rehearse{
	Advice:   "Antes de ponerla en marcha",
	AdviceIs: "Lo que probablemente no se quería así. Nada de ello impide publicar la plantilla ni iniciarla.",

	Open: "Ensayar", FromStart: "Ensáyala antes: ¿cuándo estaría hecha y a quién le faltaría tiempo?", Title: "Ensayo", Assumed: "Lo que se supone", Go: "Recorrerla",
	Lead:  "La plantilla se recorre muchas veces tal como podría ir: cuándo estará hecha, qué lo decide y a quién le falta tiempo. No se crea nada y no se avisa a nadie.",
	Hands: "Personas", OneEach: "Hacen una tarea cada vez", Plenty: "Tienen tiempo para todo",
	Dates: "Vencimientos", KeepDates: "Se esperan", SoonDates: "No se esperan",
	Rounds: "Vueltas", Seed: "Semilla del azar", OtherSeed: "Con otra suerte",
	InputsIs: "Solo lo que decide sobre ramas, fechas y personas. Lo que se deja en blanco lo responde el azar.",
	Chances:  "Cómo van las ramas", ChancesIs: "Lo que se deja en blanco va como en las ejecuciones anteriores, si hubo bastantes.", ByChance: "al azar",
	YesPercent: func(step, field string) string { return step + ": " + field + " – sí en el % de los casos" },
	Reading:    "El registro del equipo aún no se ha leído hasta el final, así que falta lo que se sabe de ejecuciones anteriores. Vuelve a mirar en un momento.",
	Uncast: func(roles string) string {
		return "Nadie hace todavía estos papeles: " + roles + ". Cada uno se toma por una persona aparte."
	},

	Expected: "Se espera", ExpectedIs: "la media de todas las vueltas", Half: "50 %", HalfIs: "la mitad de las vueltas acaba antes", Nine: "90 %", NineIs: "acaban nueve de cada diez",
	InTime: "A tiempo", InTimeIs: func(day string) string { return "vueltas hechas hasta el " + day },
	Finish: "Cuándo está hecha", FinishIs: func(rounds int) string { return fmt.Sprintf("En qué día acabó cada una de las %d vueltas.", rounds) },
	FinishSays: func(half, nine string) string {
		return "La mitad de las vueltas acaba hasta el " + half + ", nueve de cada diez hasta el " + nine + "."
	},
	UpTo: "Hechas hasta entonces",

	Path: "Qué decide cuándo está hecha", PathIs: "El camino crítico: los pasos que decidieron en al menos la mitad de las vueltas, con la frecuencia de cada uno. Un minuto más tarde ahí es un minuto más tarde al final; también puede ser porque alguien tiene que acabar una tarea antes de la siguiente. Una fecha que se cuenta desde un paso anterior lo transmite por días enteros; una fecha fija acaba el camino.",
	NoPath: "Ningún paso decide en la mitad de las vueltas: hay muchos caminos y cada uno es a veces el más largo.",
	Gains:  "Qué ayudaría", GainsIs: "Probado con la misma suerte, en 250 vueltas o las que haya: una persona más en cada uno de los cinco papeles que más se esperan, y una cuarta parte menos de tiempo en cada uno de los cinco pasos que más deciden. Lo que no llega a un minuto se omite.",
	NoGains: "Nada de eso aporta nada: deciden las fechas o las esperas.",
	OneMore: func(name string) string { return "Una persona más: " + name }, Shorter: func(name string) string { return "Una cuarta parte menos de tiempo: " + name },
	Earlier: func(w *Words, minutes float64) string {
		return earlier(w, minutes, ",", "día laborable antes", "días laborables antes", "antes")
	},

	StepsIs: "Tarda: tiempo de trabajo desde que alguien empieza, de media, y de qué se deduce. Se hace: en cuántas vueltas no se omite. Decide: en cuántas está en el camino crítico. 50 % y 90 %: está hecho para entonces en esa parte de las vueltas en que se hace. Espera: a alguien que tiene otra tarea entre manos.",
	Who:     "Quién", Takes: "Tarda", Done: "Se hace", Critical: "Decide", DueKept: "En fecha", Waited: "Espera",
	AsBefore: func(times int) string { return fmt.Sprintf("como fue %d veces", times) },
	Bases:    map[int]string{2: "estimación", 3: "sin estimación: se supone un día"},

	Loads: "A quién le falta tiempo, y cuándo", LoadsIs: "El trabajo de cada persona por semanas, tal como llegaría si nadie esperase a nadie, de media, al lado de lo que una persona trabaja esa semana según el calendario del equipo. De lo que tienen que hacer en otra parte aquí no se sabe nada.",
	TooMuch: "demasiado", Of: func(work string) string { return "de " + work }, Somebody: func(role string) string { return role + " (nadie aún)" },

	Branches: "Cómo van las ramas", BranchesIs: "Lo que solo una ejecución responderá lo responde el azar en cada vuelta, y todas las condiciones siguen las mismas respuestas.",
	Question: "Pregunta", Answers: "Probabilidad", Basis: "Se sabe por", AnAnswer: "otra cosa",
	Blind: "Compara lo que no se puede enumerar: se cumple al azar, tan a menudo como antes si hubo cinco ejecuciones, si no en la mitad de las vueltas.",
	AnsweredBefore: func(times int) string {
		return fmt.Sprintf("%d respuestas en ejecuciones anteriores, contada cada una una vez más de las que se dio (Laplace)", times)
	},
	QuestionBases: map[int]string{3: "nada: todas las respuestas por igual", 4: "lo que has dicho"},

	Ahead: "Pronóstico", Likely: "Acabará probablemente hasta el", AheadPath: "Qué lo decide:",
	KeepsEnd: func(share, day string) string { return "a tiempo para el " + day + ": " + share },
	AheadIs: func(rounds int) string {
		return fmt.Sprintf("Desde como está ahora, en %d vueltas del método de Monte Carlo: lo hecho es un hecho, lo empezado tarda lo que le queda y lo demás sigue cuando le toca, no antes de lo que pide su fecha. Las condiciones van por lo respondido o, si no, al azar como en ejecuciones anteriores. Cada persona hace una tarea de esta ejecución cada vez; no se cuentan otros trabajos, ausencias ni bloqueos a mano.", rounds)
	},

	Made: "Cómo se ha hecho esto",
	MadeOf: func(rounds int, seed, from string) string {
		return fmt.Sprintf("Con el método de Monte Carlo en %d vueltas con la semilla %s, que está en la dirección: la misma dirección da los mismos números mientras plantilla, historia y calendario no cambien. Empieza el %s por la mañana, y se trabaja de nueve a cinco en los días laborables del equipo.", rounds, seed, from)
	},
	Durations: func(history, estimate, assumed int) string {
		return fmt.Sprintf("Duraciones: %s por su historia, porque se hicieron al menos cinco veces; cada vuelta toma una de ellas. %s por la estimación y %s por un día supuesto, repartidos en un triángulo de la mitad a dos veces y media, con ella misma como lo más probable (media: 4/3). Hay estudios según los cuales el trabajo tarda de media un tercio más de lo estimado (Moløkken y Jørgensen 2003).",
			count(history, "paso", "pasos"), count(estimate, "paso", "pasos"), count(assumed, "paso", "pasos"))
	},
	HandsAre:   map[string]string{"one": "Cada persona hace una tarea cada vez; de dos que esperan a la misma, va antes la que ha esperado más.", "plenty": "Todo el mundo tiene tiempo para todo a la vez: el método del camino crítico sin más."},
	DatesAre:   map[string]string{"keep": "Un paso con vencimiento no se empieza antes de la mañana del día en que hay que hacerlo para que suela acabar a tiempo, más o menos como en los cronogramas.", "soon": "Un paso se empieza en cuanto le toca, venza cuando venza."},
	NotCounted: "No se cuentan: ausencias, otros trabajos, el tiempo de las aprobaciones más allá de lo que tiene la historia, ni los pasos que se dejan fuera o se añaden.",
}

// earlier says by how much work something is done earlier.
func earlier(w *Words, minutes float64, point, day, days, rest string) string {
	if minutes < 480 {
		return w.When.Minutes(max(1, int(math.Round(minutes)))) + " " + rest
	}
	n := round(minutes/480, point)
	if n == "1" {
		return n + " " + day
	}
	return strings.TrimSpace(n + " " + days)
}

var rehearseFaultsEnglish = faults{
	fault.StepNever: text("This step is never done: with what its condition asks of earlier steps, whose own conditions count too, it holds for no answers at all. Compare it with theirs, or leave the step out."),
	fault.EndsNowhere: func(f *fault.Fault) string {
		if because, _ := f.Args[0].(string); because != "" {
			return "With these answers none of the last steps is done, so that a run stops half-way without saying so: " + because + ". Add a step for that case, or mend a condition."
		}
		return "There are answers with which none of the last steps is done, so that a run stops half-way without saying so. Add a step that is always done."
	},
	fault.StandsAlone:      text("No line leads to this step and none leads on from it, so that it begins at once and nobody waits for it. Say what it needs, or what needs it."),
	fault.SectionLoose:     with("No line leads into the section “%v” or out of it: it goes on beside the others, and nothing waits for it. Say what its steps need, or make it a template of its own."),
	fault.RolePersonGone:   with("Nobody in the team has the address %v, so that nobody plays this role. Invite them, or name somebody else."),
	fault.RoleOnlyReads:    with("%v may only read in this team, and cannot do these steps. Give them another role in the team, or name somebody else."),
	fault.RolePoolGone:     with("Not in the team: %v. The others are chosen from. Invite them, or take them out."),
	fault.RolePoolEmpty:    text("Of those to choose from nobody is in the team, so that nobody plays this role. Invite them, or name others."),
	fault.RoleMayLack:      with("If “%v” is left empty, nobody does “%v”. Make it required, or let the step depend on it."),
	fault.TitleMayLack:     with("If “%v” is left empty, there is a gap in this title. Make it required, give it a default, or take it out of the title."),
	fault.OnePersonDecides: with("All that decides when a run ends is done by one role, “%v”: the %v steps of the critical path. If that person is away, everything waits. Give some of it to somebody else."),
	fault.NoEstimates:      text("No step has an estimate, so that nobody can tell how long a run takes; a day each is assumed. Begin with the steps that take longest."),
	fault.EstimateLacks:    text("This step decides when a run ends, and has no estimate; a day is assumed. Estimate it."),
	fault.DueUnreachable:   with("It is due %v, but by the estimates of what comes before it takes %v of work to get it done. Put it off, or shorten what comes before."),
	fault.DueTight:         with("It is estimated at %v, but “%v” before it is due %v and itself %v. Move one of the two dates."),
	fault.ApproverDoes:     with("“%v” approves what “%v” does, and both are the same person. Approval takes a second one: name somebody else."),
}

var rehearseFaultsSpanish = faults{
	fault.StepNever: text("Este paso no se hace nunca: con lo que su condición pide a pasos anteriores, cuyas condiciones también cuentan, no se cumple con ninguna respuesta. Compárala con las de ellos o quita el paso."),
	fault.EndsNowhere: func(f *fault.Fault) string {
		if because, _ := f.Args[0].(string); because != "" {
			return "Con estas respuestas no se hace ninguno de los últimos pasos, y una ejecución se queda a medias sin decirlo: " + because + ". Añade un paso para ese caso o corrige una condición."
		}
		return "Hay respuestas con las que no se hace ninguno de los últimos pasos, y una ejecución se queda a medias sin decirlo. Añade un paso que se haga siempre."
	},
	fault.StandsAlone:      text("Ninguna línea lleva a este paso y ninguna sale de él: empieza al momento y nadie lo espera. Di qué necesita o quién lo necesita."),
	fault.SectionLoose:     with("Ninguna línea entra en la sección «%v» ni sale de ella: avanza al lado de las demás y nada la espera. Di qué necesitan sus pasos o haz de ella otra plantilla."),
	fault.RolePersonGone:   with("Nadie del equipo tiene la dirección %v, así que nadie hace este papel. Invita a esa persona o nombra a otra."),
	fault.RoleOnlyReads:    with("%v solo puede leer en este equipo y no puede hacer estos pasos. Dale otro papel en el equipo o nombra a otra persona."),
	fault.RolePoolGone:     with("No están en el equipo: %v. Se elige entre los demás. Invítalos o quítalos."),
	fault.RolePoolEmpty:    text("Ninguna de las personas entre las que elegir está en el equipo, así que nadie hace este papel. Invítalas o nombra a otras."),
	fault.RoleMayLack:      with("Si «%v» se deja en blanco, nadie hace «%v». Hazlo obligatorio o pon en el paso una condición que lo pregunte."),
	fault.TitleMayLack:     with("Si «%v» se deja en blanco, queda un hueco en este título. Hazlo obligatorio, dale un valor inicial o quítalo del título."),
	fault.OnePersonDecides: with("Todo lo que decide cuándo acaba una ejecución lo hace un solo papel, «%v»: los %v pasos del camino crítico. Si falta esa persona, todo espera. Da una parte a otra."),
	fault.NoEstimates:      text("Ningún paso tiene estimación, así que nadie puede decir cuánto dura una ejecución; se supone un día para cada uno. Empieza por los pasos más largos."),
	fault.EstimateLacks:    text("Este paso decide cuándo acaba una ejecución y no tiene estimación; se supone un día. Estímalo."),
	fault.DueUnreachable:   with("Vence %v, pero según las estimaciones de lo que va antes hacen falta %v de trabajo para terminarlo. Aplázalo o acorta lo anterior."),
	fault.DueTight:         with("Está estimado en %v, pero «%v», que va antes, vence %v y este %v. Cambia una de las dos fechas."),
	fault.ApproverDoes:     with("«%v» aprueba lo que hace «%v», y son la misma persona. Una aprobación es cosa de dos: nombra a otra."),
}

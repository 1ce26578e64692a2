package say

import (
	"fmt"
	"strings"
	"time"

	"relevo/models/attention"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// Attention is the wording of the attention list.
type Attention struct {
	Title, Lead string
	Short       string // on the button that leads here
	Shows       map[string]string
	ShowsLabel  string
	RulesTitle  string
	RulesLead   string
	ToRules     string
	ToList      string
	AnyRule     string
	Rule        string
	Names       map[attention.Rule]string
	states      map[attention.Rule]func(attention.Setting) string
	Least       map[attention.Rule]string // the label of the number
	Opens       string
	Closes      string
	On          string
	Off         string // a mark
	Counts      func(all, open, followUp int) string
	FalseAlarms func(fine, looked int) string
	None        map[string]string // by what is asked for
	NoneHint    string
	Fine        string
	FollowUp    string
	Marked      map[string]string
	Note        string
	NoteHint    string
	Mark        string // opens the form
	Change      string
	Unmark      string
	Entries     string
	Entry       func(n string) string
	MoreEntries func(n int) string
	Seconds     func(n int) string
	says        map[attention.Rule]func(*Words, attention.Finding) Told
}

// States is a rule in words, as it is set.
func (a Attention) States(r attention.Rule, s attention.Setting) string { return a.states[r](s) }

// Found says what a finding is.
func (w *Words) Found(f attention.Finding) Told { return w.Heed.says[f.Rule](w, f) }

func doer(w *Words, f attention.Finding) Piece { return w.Who(f.Who) }

// often is a sentence about one person, and one task if it is about one.
func often(once, again string) func(*Words, attention.Finding) Told {
	return func(w *Words, f attention.Finding) Told {
		if f.Task.ID != "" {
			return tell(once, doer(w, f), task(f.Task))
		}
		return tell(strings.Replace(again, "#", fmt.Sprint(f.Count), 1), doer(w, f))
	}
}

// lasting words a time in the largest unit that fits.
func (w *Words) lasting(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return w.Heed.Seconds(int(d.Round(time.Second) / time.Second))
	case d < 2*time.Hour:
		return w.Names.Unit(int(d/time.Minute), flow.Minutes)
	case d < 48*time.Hour:
		return w.Names.Unit(int(d/time.Hour), flow.Hours)
	}
	return w.Names.Unit(int(d/(24*time.Hour)), flow.Days)
}

var attentionEnglish = Attention{
	Title: "Worth a look", Short: "Worth a look",
	Lead:  "What stands out in this team’s log by the rules that are switched on. A finding accuses nobody: most have a good reason.",
	Shows: map[string]string{"open": "To look at", "follow_up": "To follow up", "fine": "Fine", "all": "All"}, ShowsLabel: "What is shown",
	RulesTitle: "Rules of the list", RulesLead: "Each rule is computed from the log alone, so that anyone who has the log finds the same.",
	ToRules: "Rules", ToList: "Back to the list", AnyRule: "All rules", Rule: "Rule",
	Names: map[attention.Rule]string{
		attention.Overrides: "Overrides", attention.Reopened: "Reopened", attention.SelfApproval: "Own work approved", attention.SamePair: "Same two people",
		attention.QuickDone: "Done at once", attention.LateEdits: "Changed after done", attention.BulkDeletes: "Many deletions", attention.OddHours: "Odd hours",
	},
	states: map[attention.Rule]func(attention.Setting) string{
		attention.Overrides: func(s attention.Setting) string {
			return "Somebody lets tasks go ahead of their prerequisites" + times(s.Least, "", " %d times within 30 days") + "."
		},
		attention.Reopened: func(s attention.Setting) string {
			return "A finished task is opened again" + times(s.Least, "", " %d times") + "."
		},
		attention.SelfApproval: func(s attention.Setting) string {
			return "Somebody tries to approve their own work" + times(s.Least, "", " %d times within 30 days") + ". (It is refused.)"
		},
		attention.SamePair: func(s attention.Setting) string {
			return "The same person approves the work of the same other person" + times(s.Least, "", " %d times within 30 days") + ". Whoever last moved the task on or asked for the approval counts as having done the work."
		},
		attention.QuickDone: func(s attention.Setting) string {
			return fmt.Sprintf("A task is done %d seconds or less after it was started.", s.Least)
		},
		attention.LateEdits: func(s attention.Setting) string {
			return fmt.Sprintf("Text, fields, checklist or files of a task are changed %d minutes or more after it was done, while it is done.", s.Least)
		},
		attention.BulkDeletes: func(s attention.Setting) string {
			return fmt.Sprintf("Somebody deletes %d tasks, comments or files or more, never pausing longer than ten minutes.", s.Least)
		},
		attention.OddHours: func(s attention.Setting) string {
			return fmt.Sprintf("Somebody does %d things or more in one day outside %02d:00 to %02d:00 or on a day off, by the team’s calendar and time zone.", s.Least, s.Opens, s.Closes)
		},
	},
	Least: map[attention.Rule]string{
		attention.Overrides: "Times", attention.Reopened: "Times", attention.SelfApproval: "Times", attention.SamePair: "Times",
		attention.QuickDone: "Seconds", attention.LateEdits: "Minutes", attention.BulkDeletes: "Deletions", attention.OddHours: "Things done",
	},
	Opens: "Work begins (hour)", Closes: "Work ends (hour)", On: "Switched on", Off: "Off",
	Counts: func(all, open, followUp int) string {
		return fmt.Sprintf("%s: %d to look at, %d to follow up", count(all, "finding", "findings"), open, followUp)
	},
	FalseAlarms: func(fine, looked int) string {
		if looked == 0 {
			return "No finding looked at yet"
		}
		return fmt.Sprintf("False alarms: %d of %d looked at", fine, looked)
	},
	None: map[string]string{"open": "Nothing to look at", "follow_up": "Nothing to follow up", "fine": "Nothing marked as fine", "all": "Nothing stands out"}, NoneHint: "The rules say what is looked for.",
	Fine: "Fine", FollowUp: "To follow up", Marked: map[string]string{"fine": "Looked at: fine", "follow_up": "Looked at: to follow up"},
	Note: "Note", NoteHint: "Why it is fine, or what to do. It is kept in the log.", Mark: "I looked at it…", Change: "Change…", Unmark: "Look again",
	Entries: "Entries of the log", Entry: func(n string) string { return "No. " + n }, MoreEntries: func(n int) string { return fmt.Sprintf("and %d more", n) },
	Seconds: func(n int) string { return count(n, "second", "seconds") },
	says: map[attention.Rule]func(*Words, attention.Finding) Told{
		attention.Overrides:    often("% let % go ahead of its prerequisites", "% let tasks go ahead of their prerequisites # times within 30 days"),
		attention.Reopened:     often("% opened % again", "% opened tasks again # times"),
		attention.SelfApproval: often("% tried to approve their own work on %", "% tried to approve their own work # times within 30 days"),
		attention.SamePair: func(w *Words, f attention.Finding) Told {
			return tell("% approved the work of % "+count(f.Count, "time", "times")+" within 30 days", doer(w, f), w.Who(f.Whose))
		},
		attention.QuickDone: func(w *Words, f attention.Finding) Told {
			return tell("% finished % after %", doer(w, f), task(f.Task), value(w.lasting(f.Took)))
		},
		attention.LateEdits: func(w *Words, f attention.Finding) Told {
			return tell("% changed % % after it was done"+times(f.Count, "", ", with %d changes in all"), doer(w, f), task(f.Task), value(w.lasting(f.Took)))
		},
		attention.BulkDeletes: func(w *Words, f attention.Finding) Told {
			return tell("% deleted % in a row", doer(w, f), value(count(f.Count, "thing", "things")))
		},
		attention.OddHours: func(w *Words, f attention.Finding) Told {
			return tell("% did % outside the team’s working time", doer(w, f), value(count(f.Count, "thing", "things")))
		},
	},
}

// times words how often; once says so by itself.
func times(n int, once, many string) string {
	if n == 1 {
		return once
	}
	return fmt.Sprintf(many, n)
}

var attentionSpanish = Attention{
	Title: "Merece una mirada", Short: "Merece una mirada",
	Lead:  "Lo que llama la atención en el registro del equipo según las reglas activas. Un hallazgo no acusa a nadie: casi siempre hay una buena razón.",
	Shows: map[string]string{"open": "Por mirar", "follow_up": "Por seguir", "fine": "Sin problema", "all": "Todo"}, ShowsLabel: "Lo que se muestra",
	RulesTitle: "Reglas de la lista", RulesLead: "Cada regla se calcula solo con el registro: quien lo tenga encuentra lo mismo.",
	ToRules: "Reglas", ToList: "Volver a la lista", AnyRule: "Todas las reglas", Rule: "Regla",
	Names: map[attention.Rule]string{
		attention.Overrides: "Excepciones", attention.Reopened: "Reabiertas", attention.SelfApproval: "Aprobar lo propio", attention.SamePair: "Las mismas dos personas",
		attention.QuickDone: "Hecha al instante", attention.LateEdits: "Cambios tras terminar", attention.BulkDeletes: "Muchas eliminaciones", attention.OddHours: "A deshora",
	},
	states: map[attention.Rule]func(attention.Setting) string{
		attention.Overrides: func(s attention.Setting) string {
			return "Alguien deja que tareas se adelanten a sus requisitos previos" + times(s.Least, "", " %d veces en 30 días") + "."
		},
		attention.Reopened: func(s attention.Setting) string {
			return "Una tarea terminada se reabre" + times(s.Least, "", " %d veces") + "."
		},
		attention.SelfApproval: func(s attention.Setting) string {
			return "Alguien intenta aprobar su propio trabajo" + times(s.Least, "", " %d veces en 30 días") + ". (Se rechaza.)"
		},
		attention.SamePair: func(s attention.Setting) string {
			return "La misma persona aprueba el trabajo de la misma otra" + times(s.Least, "", " %d veces en 30 días") + ". Se toma como autor a quien movió la tarea por última vez o pidió la aprobación."
		},
		attention.QuickDone: func(s attention.Setting) string {
			return fmt.Sprintf("Una tarea se termina %d segundos o menos después de empezarla.", s.Least)
		},
		attention.LateEdits: func(s attention.Setting) string {
			return fmt.Sprintf("El texto, los campos, la lista de comprobación o los archivos de una tarea hecha cambian %d minutos o más después de terminarla.", s.Least)
		},
		attention.BulkDeletes: func(s attention.Setting) string {
			return fmt.Sprintf("Alguien elimina %d tareas, comentarios o archivos, o más, sin pausas de más de diez minutos.", s.Least)
		},
		attention.OddHours: func(s attention.Setting) string {
			return fmt.Sprintf("Alguien hace %d cosas o más en un día fuera del horario de %02d:00 a %02d:00 o en un día libre, según el calendario y la zona horaria del equipo.", s.Least, s.Opens, s.Closes)
		},
	},
	Least: map[attention.Rule]string{
		attention.Overrides: "Veces", attention.Reopened: "Veces", attention.SelfApproval: "Veces", attention.SamePair: "Veces",
		attention.QuickDone: "Segundos", attention.LateEdits: "Minutos", attention.BulkDeletes: "Eliminaciones", attention.OddHours: "Cosas hechas",
	},
	Opens: "Empieza el trabajo (hora)", Closes: "Termina el trabajo (hora)", On: "Activa", Off: "Desactivada",
	Counts: func(all, open, followUp int) string {
		return fmt.Sprintf("%s: %d por mirar, %d por seguir", count(all, "hallazgo", "hallazgos"), open, followUp)
	},
	FalseAlarms: func(fine, looked int) string {
		if looked == 0 {
			return "Aún no se ha mirado ningún hallazgo"
		}
		return fmt.Sprintf("Falsas alarmas: %d de %d miradas", fine, looked)
	},
	None: map[string]string{"open": "Nada por mirar", "follow_up": "Nada por seguir", "fine": "Nada marcado como sin problema", "all": "Nada llama la atención"}, NoneHint: "Las reglas dicen qué se busca.",
	Fine: "Sin problema", FollowUp: "Por seguir", Marked: map[string]string{"fine": "Mirado: sin problema", "follow_up": "Mirado: por seguir"},
	Note: "Nota", NoteHint: "Por qué no hay problema o qué hacer. Queda en el registro.", Mark: "Lo he mirado…", Change: "Cambiar…", Unmark: "Volver a mirar",
	Entries: "Entradas del registro", Entry: func(n string) string { return "N.º " + n }, MoreEntries: func(n int) string { return fmt.Sprintf("y %d más", n) },
	Seconds: func(n int) string { return count(n, "segundo", "segundos") },
	says: map[attention.Rule]func(*Words, attention.Finding) Told{
		attention.Overrides:    often("% dejó que % se adelantara a sus requisitos previos", "% dejó que tareas se adelantaran a sus requisitos previos # veces en 30 días"),
		attention.Reopened:     often("% reabrió %", "% reabrió tareas # veces"),
		attention.SelfApproval: often("% intentó aprobar su propio trabajo en %", "% intentó aprobar su propio trabajo # veces en 30 días"),
		attention.SamePair: func(w *Words, f attention.Finding) Told {
			return tell("% aprobó el trabajo de % "+count(f.Count, "vez", "veces")+" en 30 días", doer(w, f), w.Who(f.Whose))
		},
		attention.QuickDone: func(w *Words, f attention.Finding) Told {
			return tell("% terminó % en %", doer(w, f), task(f.Task), value(w.lasting(f.Took)))
		},
		attention.LateEdits: func(w *Words, f attention.Finding) Told {
			return tell("% cambió % % después de terminarla"+times(f.Count, "", ", con %d cambios en total"), doer(w, f), task(f.Task), value(w.lasting(f.Took)))
		},
		attention.BulkDeletes: func(w *Words, f attention.Finding) Told {
			return tell("% eliminó % seguidas", doer(w, f), value(count(f.Count, "cosa", "cosas")))
		},
		attention.OddHours: func(w *Words, f attention.Finding) Told {
			return tell("% hizo % fuera del horario del equipo", doer(w, f), value(count(f.Count, "cosa", "cosas")))
		},
	},
}

// ruleOf names the rule of the attention list that an entry is about.
func ruleOf(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		return tell(words, w.Who(e.Actor), value(textOr(w.Heed.Names[attention.Rule(e.Subject.Name)], e.Subject.Name)))
	}
}

// marked tells what somebody made of a finding.
func marked(words string) sentence {
	return func(w *Words, e ledger.Entry) Told {
		c, _ := changeOf(e, "verdict")
		_, seq, _ := strings.Cut(e.Subject.ID, ":")
		return tell(words, w.Who(e.Actor), value(textOr(w.Heed.Names[attention.Rule(e.Subject.Name)], e.Subject.Name)), value(w.Heed.Entry(seq)), value(textOr(w.Heed.Shows[c.To], c.To)))
	}
}

package say

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"relevo/models/playbook"
)

// Versions is the wording of what two versions of a template have differently.
type Versions struct {
	Title    string
	Same     string // nothing differs
	Is       map[playbook.Change]string
	Moved    string
	Before   string // column titles
	After    string
	Nothing  string            // there was or is none
	Empty    map[string]string // what that means where it means something
	Yes      string
	Order    string                                  // of several things of a kind
	Keys     map[string]string                       // what an edit is about; fields.x is x
	Of       func(what, which string) string         // “Checklist: Salary”
	From     func(what, before, after string) string // one edit as a sentence
	Any      map[string]string                       // that one is enough, by key
	Required map[string]string                       // an item of a checklist
	Who      map[playbook.Who]string
	FromIn   func(input string) string // who is the answer to an input
	Due      func(amount int, unit string, of string) string
	Anchor   map[playbook.Anchor]string // after “before” and “after”
	On       map[playbook.Anchor]string // on that day
	AnInput  func(label string) string
	OnInput  func(label string) string
	Need     map[string]string // parts of the terms of a prerequisite
	Total    func(added, removed, changed int) string

	// What becomes of a run that goes over to another version.
	Gets, Loses, Alters, Keeps, Asks, Casts string
}

var versionsEnglish = Versions{
	Title: "What is different", Same: "The two versions are the same.",
	Is:    map[playbook.Change]string{playbook.Added: "Added", playbook.Removed: "Removed", playbook.Changed: "Changed"},
	Moved: "Stands elsewhere", Before: "Before", After: "Now", Nothing: "nothing", Order: "order",
	Empty: map[string]string{"join": "all prerequisites", "approval.join": "all of them", "required": "no", "language": "not said", "role": "nobody", "priority": "none", "when": "always"}, Yes: "yes",
	Keys: map[string]string{
		"name": "Name", "description": "Description", "language": "Language", "kind": "Kind of step", "who": "Who", "from": "Chosen from", "title": "Title",
		"section": "Section", "role": "Role", "join": "Begins after", "needs": "Prerequisite", "when": "Condition", "due": "Due", "estimate": "Estimate", "priority": "Priority",
		"labels": "Label", "checklist": "Checklist", "fields": "Field", "evidence": "Evidence", "approval": "Approval", "approval.join": "Approval by",
		"label": "Label", "type": "Type", "required": "Required", "default": "Default", "options": "Option", "min": "Least", "max": "Most",
		"min_length": "Shortest", "max_length": "Longest", "pattern": "Pattern", "help": "Help",
	},
	Of:       func(what, which string) string { return what + " “" + which + "”" },
	From:     func(what, before, after string) string { return what + ": " + before + " → " + after },
	Any:      map[string]string{"join": "any one prerequisite", "approval.join": "any one of them"},
	Required: map[string]string{"required": "required", "optional": "optional"},
	Who: map[playbook.Who]string{playbook.Asked: "asked at the start", playbook.Manager: "the team’s manager", playbook.LeastLoaded: "who has the least to do",
		playbook.RoundRobin: "each in turn"},
	FromIn: func(input string) string { return "the answer to “" + input + "”" },
	Due: func(amount int, unit, of string) string {
		if amount < 0 {
			return unit + " before " + of
		}
		return unit + " after " + of
	},
	Anchor:  map[playbook.Anchor]string{playbook.Start: "the start", playbook.End: "the final date", playbook.Needed: "its prerequisites are done"},
	On:      map[playbook.Anchor]string{playbook.Start: "on the day of the start", playbook.End: "on the final date", playbook.Needed: "on the day its prerequisites are done"},
	AnInput: func(label string) string { return "“" + label + "”" },
	OnInput: func(label string) string { return "on “" + label + "”" },
	Need:    map[string]string{"done": "when it is done", "review": "when it is in review", "hold": "waits on if that is cancelled"},
	Total: func(added, removed, changed int) string {
		return fmt.Sprintf("%d added, %d removed, %d changed", added, removed, changed)
	},
	Gets: "Steps that the run gets", Loses: "Open steps that the run loses", Alters: "Open steps that change", Keeps: "Finished steps that stay as they were done",
	Asks: "Questions that are new to this run", Casts: "Roles that are new to this run",
}

var versionsSpanish = Versions{
	Title: "Qué cambia", Same: "Las dos versiones son iguales.",
	Is:    map[playbook.Change]string{playbook.Added: "Añadido", playbook.Removed: "Quitado", playbook.Changed: "Cambiado"},
	Moved: "Está en otro lugar", Before: "Antes", After: "Ahora", Nothing: "nada", Order: "orden",
	Empty: map[string]string{"join": "todos los requisitos previos", "approval.join": "todas esas personas", "required": "no", "language": "sin indicar", "role": "nadie", "priority": "ninguna", "when": "siempre"}, Yes: "sí",
	Keys: map[string]string{
		"name": "Nombre", "description": "Descripción", "language": "Idioma", "kind": "Clase de paso", "who": "Quién", "from": "Se elige entre", "title": "Título",
		"section": "Sección", "role": "Papel", "join": "Empieza después de", "needs": "Requisito previo", "when": "Condición", "due": "Vencimiento", "estimate": "Estimación", "priority": "Prioridad",
		"labels": "Etiqueta", "checklist": "Lista de comprobación", "fields": "Campo", "evidence": "Justificante", "approval": "Aprobación", "approval.join": "Aprobación de",
		"label": "Rótulo", "type": "Tipo", "required": "Obligatorio", "default": "Valor inicial", "options": "Opción", "min": "Mínimo", "max": "Máximo",
		"min_length": "Longitud mínima", "max_length": "Longitud máxima", "pattern": "Patrón", "help": "Ayuda",
	},
	Of:       func(what, which string) string { return what + " «" + which + "»" },
	From:     func(what, before, after string) string { return what + ": " + before + " → " + after },
	Any:      map[string]string{"join": "uno cualquiera de los requisitos previos", "approval.join": "una cualquiera de esas personas"},
	Required: map[string]string{"required": "obligatorio", "optional": "opcional"},
	Who: map[playbook.Who]string{playbook.Asked: "se pregunta al empezar", playbook.Manager: "quien gestiona el equipo", playbook.LeastLoaded: "quien menos trabajo tiene",
		playbook.RoundRobin: "por turnos"},
	FromIn: func(input string) string { return "la respuesta a «" + input + "»" },
	Due: func(amount int, unit, of string) string {
		if amount < 0 {
			return unit + " antes de " + of
		}
		return unit + " después de " + of
	},
	Anchor:  map[playbook.Anchor]string{playbook.Start: "empezar", playbook.End: "la fecha final", playbook.Needed: "cumplirse sus requisitos previos"},
	On:      map[playbook.Anchor]string{playbook.Start: "el día en que empieza", playbook.End: "en la fecha final", playbook.Needed: "el día en que se cumplen sus requisitos previos"},
	AnInput: func(label string) string { return "«" + label + "»" },
	OnInput: func(label string) string { return "en «" + label + "»" },
	Need:    map[string]string{"done": "cuando está hecho", "review": "cuando está en revisión", "hold": "sigue en espera si se cancela"},
	Total: func(added, removed, changed int) string {
		return fmt.Sprintf("%s, %s, %s", count(added, "añadido", "añadidos"), count(removed, "quitado", "quitados"), count(changed, "cambiado", "cambiados"))
	},
	Gets: "Pasos que la ejecución recibe", Loses: "Pasos abiertos que la ejecución pierde", Alters: "Pasos abiertos que cambian", Keeps: "Pasos terminados que se quedan como se hicieron",
	Asks: "Preguntas nuevas para esta ejecución", Casts: "Papeles nuevos en esta ejecución",
}

// EditedIn words one edit between two versions: what it is about, and what stood
// there and stands there. What the newer version calls by ID is shown by name
// where it is there.
func (w *Words) EditedIn(d playbook.Definition, e playbook.Edit) (what, before, after string) {
	v := w.Playbook.Versions
	key, ordered := strings.CutSuffix(e.Key, ".order")
	plain := strings.TrimPrefix(key, "fields.")
	what = v.Keys[plain]
	if plain != key { // of a field of a step
		field, option, _ := strings.Cut(e.Of, " ")
		what = v.Of(v.Keys["fields"], field) + ", " + strings.ToLower(what)
		if option != "" && !ordered {
			what = v.Of(what, option)
		}
	} else if e.Of != "" && (e.Before != e.Of && e.After != e.Of) {
		what = v.Of(what, called(d, key, e.Of))
	}
	if ordered {
		what += ", " + v.Order
	}
	show := func(value string) string {
		switch {
		case ordered && value != "":
			lines := strings.Split(value, "\n")
			for i, line := range lines {
				lines[i] = called(d, key, line)
			}
			return strings.Join(lines, ", ")
		case value == "":
			return cmp.Or(v.Empty[plain], v.Nothing)
		}
		return w.worth(d, plain, value)
	}
	return what, show(e.Before), show(e.After)
}

// Edited is one edit as a sentence.
func (w *Words) Edited(d playbook.Definition, e playbook.Edit) string {
	return w.Playbook.Versions.From(w.EditedIn(d, e))
}

// called is what a part of a definition is called that another part names by ID.
func called(d playbook.Definition, key, id string) string {
	switch key {
	case "needs":
		if s, ok := d.Step(id); ok {
			return s.Title
		}
	case "section":
		if s, ok := d.Section(id); ok {
			return s.Name
		}
	case "role", "approval":
		if r, ok := d.Role(id); ok {
			return r.Name
		}
	case "due":
		if f, ok := d.Input(id); ok {
			return f.Label
		}
	}
	return id
}

// worth is a value of a definition as people read it.
func (w *Words) worth(d playbook.Definition, key, value string) string {
	v := w.Playbook.Versions
	switch key {
	case "join", "approval.join":
		return cmp.Or(v.Any[key], value)
	case "section", "role", "approval":
		return called(d, key, value)
	case "required":
		return v.Yes
	case "type":
		return cmp.Or(w.Playbook.Types[playbook.Type(value)], value)
	case "priority":
		if i := slices.Index(playbook.Priorities, playbook.Priority(value)); i >= 0 {
			return strings.ToLower(w.Names.Priority[i])
		}
	case "checklist":
		return cmp.Or(v.Required[value], value)
	case "who":
		if input, ok := strings.CutPrefix(value, "input "); ok {
			return v.FromIn(called(d, "due", input))
		}
		return cmp.Or(v.Who[playbook.Who(value)], value)
	case "due":
		if due, ok := playbook.ParseDue(value); ok {
			return w.dueWords(d, due)
		}
	case "needs":
		return w.needWords(value)
	}
	return value
}

// dueWords says when a step is due.
func (w *Words) dueWords(d playbook.Definition, due playbook.Due) string {
	v := w.Playbook.Versions
	if due.Amount == 0 {
		if due.From == playbook.AnInput {
			return v.OnInput(called(d, "due", due.Input))
		}
		return v.On[due.From]
	}
	of := v.Anchor[due.From]
	if due.From == playbook.AnInput {
		of = v.AnInput(called(d, "due", due.Input))
	}
	return v.Due(due.Amount, w.Names.Unit(max(due.Amount, -due.Amount), due.Unit), of)
}

// needWords says on what terms a step is needed.
func (w *Words) needWords(terms string) string {
	parts := strings.Split(terms, ", ")
	for i, part := range parts {
		if lag, ok := playbook.ParseLag(part); ok {
			parts[i] = "+ " + w.Names.Unit(lag.Amount, lag.Unit)
			continue
		}
		parts[i] = cmp.Or(w.Playbook.Versions.Need[part], part)
	}
	return strings.Join(parts, ", ")
}

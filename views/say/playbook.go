package say

import (
	"fmt"
	"strings"

	"relevo/models/fault"
	"relevo/models/playbook"
)

// Playbook is the wording of templates.
type Playbook struct {
	Severity map[playbook.Severity]string
	Parts    map[playbook.Part]string // of a definition, one of each
	Types    map[playbook.Type]string
	InOrder  func(steps int) string
	Found    func(errors, warnings int) string
	Versions Versions
}

var playbookEnglish = Playbook{
	Versions: versionsEnglish,
	Severity: map[playbook.Severity]string{playbook.Error: "error", playbook.Warning: "warning", playbook.Hint: "hint"},
	Parts: map[playbook.Part]string{playbook.Whole: "Template", playbook.InInput: "Input", playbook.InRole: "Role",
		playbook.InSection: "Section", playbook.InStep: "Step"},
	Types: map[playbook.Type]string{playbook.Text: "Text", playbook.Number: "Number", playbook.Date: "Date", playbook.Choice: "Choice",
		playbook.Person: "Person", playbook.YesNo: "Yes or no", playbook.URL: "Web address"},
	InOrder: func(steps int) string { return "in order, " + count(steps, "step", "steps") },
	Found: func(errors, warnings int) string {
		return withWarnings(count(errors, "error", "errors"), warnings, "warning", "warnings")
	},
}

var playbookSpanish = Playbook{
	Versions: versionsSpanish,
	Severity: map[playbook.Severity]string{playbook.Error: "error", playbook.Warning: "aviso", playbook.Hint: "sugerencia"},
	Parts: map[playbook.Part]string{playbook.Whole: "Plantilla", playbook.InInput: "Dato", playbook.InRole: "Papel",
		playbook.InSection: "Sección", playbook.InStep: "Paso"},
	Types: map[playbook.Type]string{playbook.Text: "Texto", playbook.Number: "Número", playbook.Date: "Fecha", playbook.Choice: "Opción",
		playbook.Person: "Persona", playbook.YesNo: "Sí o no", playbook.URL: "Dirección web"},
	InOrder: func(steps int) string { return "en orden, " + count(steps, "paso", "pasos") },
	Found: func(errors, warnings int) string {
		return withWarnings(count(errors, "error", "errores"), warnings, "aviso", "avisos")
	},
}

func withWarnings(errors string, warnings int, one, many string) string {
	if warnings == 0 {
		return errors
	}
	return errors + ", " + count(warnings, one, many)
}

// meant words a fault about a name that is not there, with the one that may be meant.
func meant(form, perhaps, otherwise string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		said := fmt.Sprintf(form, f.Args[0])
		if near, _ := f.Args[1].(string); near != "" {
			return said + " " + fmt.Sprintf(perhaps, near)
		}
		if strings.Contains(otherwise, "%") {
			return said + " " + fmt.Sprintf(otherwise, f.Args[2])
		}
		return said + " " + otherwise
	}
}

// which words a fault by its first value.
func which(forms map[string]string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		what, _ := f.Args[0].(string)
		return forms[what]
	}
}

// told words a fault with what a reader of texts, which speaks English, says of it.
func told(form string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		what, _ := f.Args[0].(string)
		if what = strings.TrimSpace(what); what == "" {
			return form
		}
		return form + " (" + what + ")"
	}
}

var playbookFaultsEnglish = faults{
	fault.YAMLTooBig:     with("The text is larger than %v KB. Shorten the descriptions, or split the template in two."),
	fault.YAMLNotUTF8:    text("Here is a character that is not UTF-8. Save the file as UTF-8."),
	fault.YAMLUnreadable: told("This cannot be read as YAML. Look at the indentation, at quotes that are not closed, and at text with a colon, which needs quotes."),
	fault.YAMLTooDeep:    with("This is nested more than %v levels deep. A template never needs that; take levels out."),
	fault.YAMLTooMuch:    text("Aliases (*name) make this too large. Write out what they stand for, or use fewer."),
	fault.YAMLNoAnchor:   with("*%[1]v stands for something, but there is no &%[1]v before it. Put text that begins with * in quotes."),
	fault.YAMLNotAllowed: which(map[string]string{
		"tag":       "Tags are not understood. Leave the tag out, or put text that begins with ! in quotes.",
		"question":  "Keys that begin with ? are not understood. Write “key: value”, or put text that begins with ? in quotes.",
		"merge":     "Merging with << is not understood. Write the keys out.",
		"directive": "Lines that begin with % are not understood. Leave the line out.",
		"documents": "A file holds one template, and a second one begins here. Put it into a file of its own.",
	}),
	fault.YAMLEmpty: text("There is nothing in this text. Begin with “name:” and “steps:”."),

	fault.WantMapping: text("Keys with values are expected here, such as “id: contract”."),
	fault.WantList:    text("A list is expected here: lines that begin with “- ”, or [one, two]."),
	fault.WantText:    text("A text is expected here, not a list and not keys with values."),
	fault.WantQuotes:  with("YAML does not take %[1]v for text. Put it in quotes: \"%[1]v\"."),
	fault.WantYesNo:   text("Write true or false."),
	fault.WantWhole:   with("Write a whole number from 1 to %v, without quotes."),
	fault.UnknownKey:  meant("There is no key “%v” here.", "Do you mean “%v”?", "These are there: %v."),
	fault.CommaQuotes: text("Within { }, a text with a comma needs quotes: {text: \"one, two\"}."),
	fault.KeyTwice:    with("“%v” stands here twice. Leave one of them out."),
	fault.EntryEmpty:  text("There is nothing here. Write something, or leave the line out."),
	fault.NotOneOf:    with("“%v” is none of these: %v. Write one of them."),
	fault.TooManyOf:   with("More than %v are not possible. Leave some out."),
	fault.BadDue:      with("“%v” is not understood. Write for example “3 working days after start”, “5 working days before start_date”, “2 days before end”, “1 day after needs” or “on start”."),
	fault.BadLag:      with("“%v” is not understood. Write for example “2 days”, “3 working days”, “4 hours” or “30 minutes”; ten years at most."),
	fault.BadWho:      with("“%v” is not understood. Write ask, manager, least loaded, round robin, “input” and the input’s ID, or an e-mail address."),
	fault.AllOrAny:    text("Say one of “all” and “any”, and name at least one."),

	fault.BadID:       with("“%v” cannot be an ID. Use small letters without accents, digits and _, a letter first, %v characters at most."),
	fault.ReservedID:  with("“%v” means something else in conditions and dates. Choose another ID."),
	fault.TextUntidy:  text("This text begins or ends with space, or has characters that nobody sees. Take them out."),
	fault.OneLine:     text("This has to fit on one line."),
	fault.NoOptions:   text("A choice needs something to choose from. Add “options”."),
	fault.OnlyFor:     with("“%v” is only for these types: %v. Leave it out, or change the type."),
	fault.BadPattern:  told("The pattern is not a regular expression."),
	fault.MinAboveMax: text("The least is more than the most. Exchange them."),
	fault.BadDefault:  text("The default is no answer that this question would take. Change it."),
	fault.PoolUseless: text("“from” is only for the least loaded and for round robin. Leave it out, or change “who”."),
	fault.DueTooFar:   with("That is more than %v days away. Choose a nearer date."),

	fault.OtherPattern: func(f *fault.Fault) string {
		if help, _ := f.Args[0].(string); help != "" {
			return "This is not in the form that is asked for. " + help
		}
		return "This is not in the form that is asked for."
	},
	fault.TooShort:     with("Enter at least %v characters."),
	fault.TooLow:       with("Enter %v or more."),
	fault.TooHigh:      with("Enter %v or less."),
	fault.DateTooEarly: with("Enter %v or a later day."),
	fault.DateTooLate:  with("Enter %v or an earlier day."),

	fault.NothingTaken:    text("Nothing in it becomes a step."),
	fault.NoSteps:         text("There is no step. Add “steps” with at least one."),
	fault.NoEnd:           text("Every step is followed by another, so that this never ends. Take the first step out of the needs of the last one."),
	fault.IDTwice:         with("“%v” is there already. Choose another."),
	fault.UnknownStep:     meant("There is no step “%v”.", "Do you mean “%v”?", "Add it, or take it out here."),
	fault.UnknownRole:     meant("There is no role “%v”.", "Do you mean “%v”?", "Add it to “roles”, or choose another."),
	fault.UnknownSection:  meant("There is no section “%v”.", "Do you mean “%v”?", "Add it to “sections”, or choose another."),
	fault.UnknownInput:    meant("There is no input “%v”.", "Do you mean “%v”?", "Add it to “inputs”, or choose another."),
	fault.UnknownName:     meant("There is neither an input nor a field “%v”.", "Do you mean “%v”?", "Name an input, or a step and one of its fields: step.field."),
	fault.BadPlaceholder:  with("{{%v}} names nothing. Write {{input}} or {{step.field}}, in small letters."),
	fault.WrongInput:      with("The input “%v” has to be of type %v for this."),
	fault.NeedTwice:       with("“%v” is among the needs twice. Leave one out."),
	fault.NeedsOwn:        with("The step needs itself. Take “%v” out of its needs."),
	fault.StepCycle:       with("%v is a cycle: none of these steps could ever begin. Take one of them out of the needs of the next."),
	fault.StepUnreachable: with("This step can never begin, because it waits for the cycle with “%v”. Break the cycle."),
	fault.LaterName:       with("“%v” may not be known when this step begins, because “%v” does not come before it. Add that step to its needs."),
	fault.ConditionNever:  text("This condition can never hold, whatever is answered. Compare it with the options, or leave the step out."),
	fault.ConditionAlways: text("This condition always holds, whatever is answered. Leave it out, or mend it."),
	fault.DueTooEarly:     with("It is due %v, before “%v”, which it waits for and which is due %v. Move one of the two."),
	fault.DueWithoutNeeds: text("The due date counts from what the step needs, and it needs nothing. Count from start, or add needs."),
	fault.RoleUnused:      with("Nobody needs the role “%v”: no step names it. Leave it out, or give it a step."),
	fault.SectionUnused:   with("There is no step in the section “%v”. Leave it out, or put steps into it."),
	fault.InputUnused:     with("Nothing asks for the input “%v”. Leave it out, or use it in a title, a date or a condition."),
	fault.NobodyDoes:      text("Nobody does this step. Give it a role."),
	fault.ApprovesOwn:     with("“%v” does the step and would approve it, too. Approval takes a second person: name another role."),

	fault.ConditionTooLong:   with("A condition has %v characters at most. Put the answer into a field of a step before, and ask for that."),
	fault.ConditionTooBig:    with("A condition has %v parts at most. Put the answer into a field of a step before, and ask for that."),
	fault.ConditionSyntax:    told("This condition cannot be read. Write for example: country == \"ES\" and payment.amount > 100."),
	fault.ConditionTypes:     told("This condition compares things of different kinds. Texts, choices and dates stand in quotes, numbers do not, yes and no are true and false."),
	fault.ConditionForbidden: with("“%v” is not possible in a condition. There are and, or, not, comparisons, in, contains, startsWith, endsWith, + - * /, len, lower, upper and trim."),
	fault.ConditionNoTruth:   text("A condition has to come out as true or false. Compare with something."),
}

var playbookFaultsSpanish = faults{
	fault.YAMLTooBig:     with("El texto pasa de %v KB. Acorta las descripciones o divide la plantilla en dos."),
	fault.YAMLNotUTF8:    text("Aquí hay un carácter que no es UTF-8. Guarda el archivo como UTF-8."),
	fault.YAMLUnreadable: told("Esto no se puede leer como YAML. Mira la sangría, las comillas sin cerrar y los textos con dos puntos, que van entre comillas."),
	fault.YAMLTooDeep:    with("Aquí hay más de %v niveles, uno dentro de otro. Una plantilla no los necesita: quita niveles."),
	fault.YAMLTooMuch:    text("Los alias (*nombre) lo hacen demasiado grande. Escribe lo que representan o usa menos."),
	fault.YAMLNoAnchor:   with("*%[1]v representa algo, pero antes no hay ningún &%[1]v. Pon entre comillas el texto que empieza por *."),
	fault.YAMLNotAllowed: which(map[string]string{
		"tag":       "Las etiquetas de YAML no se entienden. Quítala o pon entre comillas el texto que empieza por !.",
		"question":  "Las claves que empiezan por ? no se entienden. Escribe «clave: valor» o pon entre comillas el texto que empieza por ?.",
		"merge":     "Mezclar con << no se entiende. Escribe las claves.",
		"directive": "Las líneas que empiezan por % no se entienden. Quita la línea.",
		"documents": "Un archivo contiene una plantilla, y aquí empieza otra. Ponla en un archivo aparte.",
	}),
	fault.YAMLEmpty: text("En este texto no hay nada. Empieza por «name:» y «steps:»."),

	fault.WantMapping: text("Aquí se esperan claves con valores, como «id: contrato»."),
	fault.WantList:    text("Aquí se espera una lista: líneas que empiezan por «- », o [uno, dos]."),
	fault.WantText:    text("Aquí se espera un texto, no una lista ni claves con valores."),
	fault.WantQuotes:  with("Para YAML, %[1]v no es un texto. Ponlo entre comillas: \"%[1]v\"."),
	fault.WantYesNo:   text("Escribe true (sí) o false (no)."),
	fault.WantWhole:   with("Escribe un número entero de 1 a %v, sin comillas."),
	fault.UnknownKey:  meant("Aquí no existe la clave «%v».", "¿Quieres decir «%v»?", "Existen estas: %v."),
	fault.CommaQuotes: text("Entre { }, un texto con comas va entre comillas: {text: \"uno, dos\"}."),
	fault.KeyTwice:    with("«%v» está aquí dos veces. Quita una."),
	fault.EntryEmpty:  text("Aquí no hay nada. Escribe algo o quita la línea."),
	fault.NotOneOf:    with("«%v» no es ninguna de estas opciones: %v. Escribe una de ellas."),
	fault.TooManyOf:   with("No puede haber más de %v. Quita algunos."),
	fault.BadDue:      with("«%v» no se entiende. Escribe por ejemplo «3 working days after start» (3 días laborables después del inicio), «5 working days before start_date», «2 days before end», «1 day after needs» u «on start»."),
	fault.BadLag:      with("«%v» no se entiende. Escribe por ejemplo «2 days» (días), «3 working days» (días laborables), «4 hours» (horas) o «30 minutes»; diez años como máximo."),
	fault.BadWho:      with("«%v» no se entiende. Escribe ask (se pregunta), manager, least loaded (quien menos tiene), round robin (por turnos), «input» y el ID del dato, o un correo."),
	fault.AllOrAny:    text("Di «all» (todos) o «any» (cualquiera), solo una de las dos, y nombra al menos uno."),

	fault.BadID:       with("«%v» no puede ser un ID. Usa minúsculas sin acentos, cifras y _, con una letra al principio y %v caracteres como máximo."),
	fault.ReservedID:  with("«%v» significa otra cosa en las condiciones y fechas. Elige otro ID."),
	fault.TextUntidy:  text("Este texto empieza o termina con espacios, o tiene caracteres que no se ven. Quítalos."),
	fault.OneLine:     text("Esto tiene que caber en una línea."),
	fault.NoOptions:   text("Una opción necesita entre qué elegir. Añade «options»."),
	fault.OnlyFor:     with("«%v» solo sirve para estos tipos: %v. Quítalo o cambia el tipo."),
	fault.BadPattern:  told("El patrón no es una expresión regular."),
	fault.MinAboveMax: text("El mínimo es mayor que el máximo. Intercámbialos."),
	fault.BadDefault:  text("El valor inicial no es una respuesta que esta pregunta admita. Cámbialo."),
	fault.PoolUseless: text("«from» solo sirve para «least loaded» y «round robin». Quítalo o cambia «who»."),
	fault.DueTooFar:   with("Eso queda a más de %v días. Elige una fecha más cercana."),

	fault.OtherPattern: func(f *fault.Fault) string {
		if help, _ := f.Args[0].(string); help != "" {
			return "No tiene la forma que se pide. " + help
		}
		return "No tiene la forma que se pide."
	},
	fault.TooShort:     with("Escribe al menos %v caracteres."),
	fault.TooLow:       with("Escribe %v o más."),
	fault.TooHigh:      with("Escribe %v o menos."),
	fault.DateTooEarly: with("Elige el %v o un día posterior."),
	fault.DateTooLate:  with("Elige el %v o un día anterior."),

	fault.NothingTaken:    text("No contiene nada que pueda ser un paso."),
	fault.NoSteps:         text("No hay ningún paso. Añade «steps» con uno al menos."),
	fault.NoEnd:           text("A cada paso le sigue otro, así que esto no termina nunca. Quita el primer paso de los requisitos del último."),
	fault.IDTwice:         with("«%v» ya existe. Elige otro."),
	fault.UnknownStep:     meant("No existe el paso «%v».", "¿Quieres decir «%v»?", "Añádelo o quítalo de aquí."),
	fault.UnknownRole:     meant("No existe el papel «%v».", "¿Quieres decir «%v»?", "Añádelo a «roles» o elige otro."),
	fault.UnknownSection:  meant("No existe la sección «%v».", "¿Quieres decir «%v»?", "Añádela a «sections» o elige otra."),
	fault.UnknownInput:    meant("No existe el dato «%v».", "¿Quieres decir «%v»?", "Añádelo a «inputs» o elige otro."),
	fault.UnknownName:     meant("No existe ningún dato ni campo «%v».", "¿Quieres decir «%v»?", "Nombra un dato, o un paso y uno de sus campos: paso.campo."),
	fault.BadPlaceholder:  with("{{%v}} no nombra nada. Escribe {{dato}} o {{paso.campo}}, en minúsculas."),
	fault.WrongInput:      with("El dato «%v» tiene que ser de tipo %v para esto."),
	fault.NeedTwice:       with("«%v» está dos veces entre los requisitos. Quita una."),
	fault.NeedsOwn:        with("El paso se requiere a sí mismo. Quita «%v» de sus requisitos."),
	fault.StepCycle:       with("%v es un ciclo: ninguno de estos pasos podría empezar nunca. Quita uno de los requisitos del siguiente."),
	fault.StepUnreachable: with("Este paso no puede empezar nunca, porque espera al ciclo de «%v». Rompe el ciclo."),
	fault.LaterName:       with("Puede que «%v» no se sepa cuando empiece este paso, porque «%v» no va antes. Añade ese paso a sus requisitos."),
	fault.ConditionNever:  text("Esta condición no se cumple nunca, se responda lo que se responda. Compárala con las opciones o quita el paso."),
	fault.ConditionAlways: text("Esta condición se cumple siempre, se responda lo que se responda. Quítala o corrígela."),
	fault.DueTooEarly:     with("Vence «%v», antes que «%v», a la que espera y que vence «%v». Mueve una de las dos."),
	fault.DueWithoutNeeds: text("La fecha cuenta desde los requisitos del paso, y no tiene ninguno. Cuenta desde el inicio (start) o añade requisitos."),
	fault.RoleUnused:      with("Nadie necesita el papel «%v»: ningún paso lo nombra. Quítalo o dale un paso."),
	fault.SectionUnused:   with("No hay ningún paso en la sección «%v». Quítala o pon pasos en ella."),
	fault.InputUnused:     with("Nada pregunta por el dato «%v». Quítalo o úsalo en un título, una fecha o una condición."),
	fault.NobodyDoes:      text("Nadie hace este paso. Dale un papel."),
	fault.ApprovesOwn:     with("«%v» hace el paso y además lo aprobaría. Aprobar requiere a otra persona: nombra otro papel."),

	fault.ConditionTooLong:   with("Una condición tiene %v caracteres como máximo. Pon la respuesta en un campo de un paso anterior y pregunta por él."),
	fault.ConditionTooBig:    with("Una condición tiene %v partes como máximo. Pon la respuesta en un campo de un paso anterior y pregunta por él."),
	fault.ConditionSyntax:    told("Esta condición no se puede leer. Escribe por ejemplo: pais == \"ES\" and pago.importe > 100."),
	fault.ConditionTypes:     told("Esta condición compara cosas de distinta clase. Los textos, las opciones y las fechas van entre comillas, los números no, y sí y no son true y false."),
	fault.ConditionForbidden: with("«%v» no es posible en una condición. Existen and, or, not, comparaciones, in, contains, startsWith, endsWith, + - * /, len, lower, upper y trim."),
	fault.ConditionNoTruth:   text("Una condición tiene que dar verdadero o falso. Compara con algo."),
}

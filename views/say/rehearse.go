package say

import "relevo/models/fault"

// Rehearse is the wording of what a template is like before it runs.
type Rehearse struct {
	Advice, AdviceIs string
}

var rehearseEnglish = Rehearse{
	Advice:   "Before it runs",
	AdviceIs: "What is probably not meant. Nothing of it keeps the template from being published or started.",
}

var rehearseSpanish = Rehearse{
	Advice:   "Antes de ponerla en marcha",
	AdviceIs: "Lo que probablemente no se quería así. Nada de ello impide publicar la plantilla ni iniciarla.",
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

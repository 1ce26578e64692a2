package say

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/models/playbook"
)

func TestWhatTwoVersionsHaveDifferentlyIsSaidInBothLanguages(t *testing.T) {
	d := playbook.Definition{
		Inputs: []playbook.Field{{ID: "first_day", Label: "Primer día", Type: playbook.Date}},
		Roles:  []playbook.Role{{ID: "hr", Name: "Personal"}},
		Steps:  []playbook.Step{{ID: "sign", Title: "Firmar"}},
	}
	due := playbook.Due{From: playbook.AnInput, Input: "first_day", Amount: -5, Unit: flow.WorkingDays}
	for _, c := range []struct {
		edit               playbook.Edit
		inEnglish, spanish string
	}{
		{playbook.Edit{Key: "due", Before: "1 working day after start", After: due.String()},
			"Due: 1 working day after the start → 5 working days before “Primer día”",
			"Vencimiento: 1 día laborable después de empezar → 5 días laborables antes de «Primer día»"},
		{playbook.Edit{Key: "due", After: "on needs"}, "Due: nothing → on the day its prerequisites are done", "Vencimiento: nada → el día en que se cumplen sus requisitos previos"},
		{playbook.Edit{Key: "role", After: "hr"}, "Role: nobody → Personal", "Papel: nadie → Personal"},
		{playbook.Edit{Key: "needs", Of: "sign", After: "review, 2 days"}, "Prerequisite “Firmar”: nothing → when it is in review, + 2 days", "Requisito previo «Firmar»: nada → cuando está en revisión, + 2 días"},
		{playbook.Edit{Key: "needs.order", Before: "sign\npay", After: "pay\nsign"}, "Prerequisite, order: Firmar, pay → pay, Firmar", "Requisito previo, orden: Firmar, pay → pay, Firmar"},
		{playbook.Edit{Key: "join", After: "any"}, "Begins after: all prerequisites → any one prerequisite", "Empieza después de: todos los requisitos previos → uno cualquiera de los requisitos previos"},
		{playbook.Edit{Key: "checklist", Of: "Salary", Before: "optional", After: "required"}, "Checklist “Salary”: optional → required", "Lista de comprobación «Salary»: opcional → obligatorio"},
		{playbook.Edit{Key: "fields.required", Of: "amount", Before: "yes"}, "Field “amount”, required: yes → no", "Campo «amount», obligatorio: sí → no"},
		{playbook.Edit{Key: "labels", Of: "legal", Before: "legal"}, "Label: legal → nothing", "Etiqueta: legal → nada"},
		{playbook.Edit{Key: "who", Before: "ask", After: "input first_day"}, "Who: asked at the start → the answer to “Primer día”", "Quién: se pregunta al empezar → la respuesta a «Primer día»"},
		{playbook.Edit{Key: "priority", Before: "high", After: "urgent"}, "Priority: high → urgent", "Prioridad: alta → urgente"},
	} {
		require.Equal(t, c.inEnglish, english.Edited(d, c.edit))
		require.Equal(t, c.spanish, spanish.Edited(d, c.edit))
	}
}

func TestEveryKeyOfADiffHasWords(t *testing.T) {
	for _, words := range All {
		for _, key := range playbook.EditKeys {
			what, before, after := words.EditedIn(playbook.Definition{}, playbook.Edit{Key: key, After: "x"})
			require.NotEmpty(t, words.Playbook.Versions.Keys[strings.TrimPrefix(strings.TrimSuffix(key, ".order"), "fields.")], "%s %s", words.Lang, key)
			require.NotEmpty(t, what)
			require.NotEmpty(t, before, "%s %s", words.Lang, key)
			require.NotEmpty(t, after, "%s %s", words.Lang, key)
		}
	}
}

package say

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/ledger"
)

var (
	ana     = ledger.Actor{Kind: ledger.Person, ID: "ana", Name: "Ana"}
	machine = ledger.Actor{Kind: ledger.Automation}
	sign    = ledger.Subject{Kind: "task", ID: "3", Name: "ONB-3 Sign contract"}
	payroll = ledger.Subject{Kind: "task", ID: "4", Name: "ONB-4 Set up payroll"}
	onb     = ledger.Subject{Kind: "board", ID: "b", Name: "Onboarding"}
	noon    = time.Date(2026, time.March, 3, 12, 0, 0, 0, time.UTC)
)

func says(t *testing.T, e ledger.Entry, cause *ledger.Entry, inEnglish, inSpanish string) {
	t.Helper()
	require.Equal(t, inEnglish, english.Tell(e, cause).String())
	require.Equal(t, inSpanish, spanish.Tell(e, cause).String())
}

func TestAnAutomaticMoveSaysWhoseActBroughtItAbout(t *testing.T) {
	cause := ledger.Entry{Seq: 7, At: noon, Actor: ana, Action: "task.completed", Task: sign}
	released := ledger.Entry{Seq: 8, At: noon, Actor: machine, Cause: 7, Action: "task.released", Task: payroll}
	says(t, released, &cause,
		"Automation moved ONB-4 Set up payroll to Ready because Ana completed ONB-3 Sign contract",
		"La automatización movió ONB-4 Set up payroll a Lista porque Ana completó ONB-3 Sign contract")

	released.At = noon.Add(48 * time.Hour)
	says(t, released, &cause,
		"Automation moved ONB-4 Set up payroll to Ready: the wait after “Ana completed ONB-3 Sign contract” was over",
		"La automatización movió ONB-4 Set up payroll a Lista: terminó la espera tras «Ana completó ONB-3 Sign contract»")

	released.Cause = 0
	says(t, released, nil, "Automation moved ONB-4 Set up payroll to Ready: its time had come",
		"La automatización movió ONB-4 Set up payroll a Lista: le llegó la hora")
}

func TestAMoveByHandSaysFromWhereToWhere(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "task.moved", Task: sign, Board: onb, Changes: []ledger.Change{
		{Field: "state", From: "ready", To: "in_progress"}, {Field: "column", From: "c1", FromText: "Ready", To: "c2", ToText: "Doing"}}}
	says(t, e, nil, "Ana moved ONB-3 Sign contract from Ready to In progress", "Ana movió ONB-3 Sign contract de Lista a En curso")
	e.Changes = e.Changes[1:]
	says(t, e, nil, "Ana moved ONB-3 Sign contract from the column Ready to Doing", "Ana movió ONB-3 Sign contract de la columna Ready a Doing")
	e.Changes = nil
	says(t, e, nil, "Ana changed the place of ONB-3 Sign contract in its column", "Ana cambió el lugar de ONB-3 Sign contract en su columna")
}

func TestAnOverrideGivesItsReason(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "task.overridden", Task: sign, Reason: "the notary is on holiday"}
	says(t, e, nil, "Ana let ONB-3 Sign contract go ahead of its prerequisites: the notary is on holiday",
		"Ana dejó que ONB-3 Sign contract se adelante a sus requisitos previos: the notary is on holiday")
}

func TestADependencyNamesBothItsEnds(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "dependency.added", Task: payroll, Subject: ledger.Subject{Kind: "dependency", ID: "3", Name: sign.Name},
		Changes: []ledger.Change{{Field: "lag", To: "2 working_days"}, {Field: "on_cancel", To: "skip"}, {Field: "satisfied_at", To: "in_review"}}}
	says(t, e, nil, "Ana made ONB-4 Set up payroll wait for ONB-3 Sign contract", "Ana hizo que ONB-4 Set up payroll espere a ONB-3 Sign contract")
	require.Equal(t, []Changed{{Field: "Wait afterwards", From: "nothing", To: "2 working days", New: true}, {Field: "Counts as done at", From: "nothing", To: "In review", New: true}},
		english.Changes(e, time.UTC))
}

func TestAnEditSaysWhatWasAndWhatIs(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	e := ledger.Entry{Actor: ana, Action: "task.edited", Task: sign, Changes: []ledger.Change{
		{Field: "due", To: "2026-04-01"}, {Field: "estimate", From: "90", To: "45"}, {Field: "priority", From: "1", To: "4"},
		{Field: "owners", From: "x y", FromText: "Ana, Leo", To: "x", ToText: "Ana"}, {Field: "position", From: "a", To: "b"},
		{Field: "not_before", To: "2026-04-01T07:30:00Z"}, {Field: "blocked", To: "yes"}, {Field: "novelty", From: "1", To: "2"}}}
	require.Equal(t, []Changed{
		{Field: "Fecha límite", From: "nada", To: "1 de abril de 2026", New: true}, {Field: "Estimación", From: "1 h 30 min", To: "45 min"},
		{Field: "Prioridad", From: "Baja", To: "Urgente"}, {Field: "Responsables", From: "Ana, Leo", To: "Ana"},
		{Field: "No antes de", From: "nada", To: "1 de abril de 2026, 09:30", New: true}, {Field: "Bloqueada", From: "no", To: "sí"},
		{Field: "novelty", From: "1", To: "2"},
	}, spanish.Changes(e, madrid))
}

func TestAnInvitationSaysWhenItExpiresAsPeopleDo(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "invitation.created", Changes: []ledger.Change{{Field: "role", To: "viewer"}, {Field: "expires", To: "2026-04-01T07:30:00Z"}}}
	require.Equal(t, []Changed{
		{Field: "Papel", From: "nada", To: "Lector", New: true}, {Field: "Caduca", From: "nada", To: "1 de abril de 2026, 07:30", New: true},
	}, spanish.Changes(e, time.UTC))
	says(t, e, nil, "Ana made an invitation", "Ana creó una invitación")
	e.Subject.Name = "for the new colleague"
	says(t, e, nil, "Ana made the invitation “for the new colleague”", "Ana creó la invitación «for the new colleague»")
}

func TestAnActionWithoutASentenceIsStillTold(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "invoice.paid", Subject: ledger.Subject{Name: "No. 12"}}
	says(t, e, nil, "Ana did “invoice.paid”: No. 12", "Ana hizo «invoice.paid»: No. 12")
}

func TestBothLanguagesTellTheSameActions(t *testing.T) {
	for _, w := range []*Words{&english, &spanish} {
		require.Equal(t, slices.Sorted(maps.Keys(w.Log.sentences)), slices.Sorted(maps.Keys(w.Log.Actions)), w.Lang)
		require.Equal(t, slices.Sorted(maps.Keys(w.Log.Fields)), slices.Sorted(maps.Keys(english.Log.Fields)), w.Lang)
	}
}

func TestASentenceMarksTheNamesInIt(t *testing.T) {
	e := ledger.Entry{Actor: ana, Action: "task.created", Task: sign, Board: onb}
	require.Equal(t, Told{{Kind: APerson, Text: "Ana"}, {Text: " added "}, {Kind: ATask, Text: sign.Name, ID: "3"}, {Text: " to "}, {Kind: ABoard, Text: "Onboarding", ID: "b"}},
		english.Tell(e, nil))
}

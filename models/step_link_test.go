package models_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

// hiring is a workflow of which a new hire signs the second step.
const hiring = `
name: Hiring
roles: [{id: hr, name: HR, who: ask}]
steps:
  - {id: offer, title: Offer, role: hr}
  - id: sign
    title: Sign the contract
    description: "Read it **first**."
    needs: [offer]
    checklist: [{text: I have read it, required: true}, I have a question]
    fields: [{id: account, label: Account, required: true}, {id: mentor, label: Mentor, type: person}]
  - {id: badge, title: Badge, role: hr, needs: [sign]}
  - {id: proof, title: Proof, evidence: The contract}
`

var outsider = models.Actor{Address: "203.0.113.9", Request: "req"}

type signed struct {
	*house
	run, task, token string
	link             models.StepLink
}

// sent is a run of which the step to sign is somebody's turn, and a link to that.
func sent(t *testing.T) signed {
	h := newHouse(t)
	r := h.launch(t, h.template(t, hiring), models.RunInput{Board: h.board().ID, Cast: map[string]string{"hr": "ben"}})
	h.finish(t, r.ID, "offer")
	task := h.step(t, r.ID, "sign").Task.ID
	token, link, err := h.MakeStepLink(t.Context(), asking(ben), task, models.StepLinkInput{Whom: "mario@example.org", Days: 7})
	require.NoError(t, err)
	return signed{h, r.ID, task, token, link}
}

// answers fills in all that the step asks for.
func (s signed) answers(t *testing.T) models.OutsideInput {
	v, err := s.Outside(t.Context(), outsider, s.token)
	require.NoError(t, err)
	return models.OutsideInput{Seen: v.Version, Typed: map[string]string{"account": "ES12"}, Shown: []string{v.Items[0].ID, v.Items[1].ID}, Ticked: []string{v.Items[0].ID}}
}

// shut says that the link opens nothing, by no verb, and that all are refused alike.
func (s signed) shut(t *testing.T, why string) {
	t.Helper()
	s.now = s.now.Add(10 * time.Minute) // so that nobody knocks too often
	_, err := s.Outside(t.Context(), outsider, s.token)
	for _, err := range []error{err, s.AnswerOutside(t.Context(), outsider, s.token, models.OutsideInput{Seen: 1 << 40}), s.CompleteOutside(t.Context(), outsider, s.token, models.OutsideInput{Seen: 1 << 40})} {
		f := s.refused(err, fault.LinkVoid)
		require.Equal(t, fault.Missing, f.Kind, why)
		require.Empty(t, f.Args, why)
	}
}

func TestSomebodyOutsideDoesOneStepOnceThroughALink(t *testing.T) {
	s, ctx := sent(t), t.Context()
	v, err := s.Outside(ctx, outsider, s.token)
	require.NoError(t, err)
	require.Equal(t, "Sign the contract", v.Title)
	require.Len(t, v.Fields, 1, "who is in the team is nobody's business")
	require.True(t, v.Turn)

	in := s.answers(t)
	missing := in
	missing.Typed, missing.Ticked = map[string]string{"account": ""}, nil
	f := s.refused(s.CompleteOutside(ctx, outsider, s.token, missing), fault.IncompleteTask)
	require.Len(t, f.Also, 2)
	kept := in
	kept.Typed = map[string]string{"account": "ES11", "mentor": "ana"}
	require.NoError(t, s.AnswerOutside(ctx, outsider, s.token, kept))
	require.Empty(t, s.step(t, s.run, "sign").Values["mentor"].Value, "what was not asked for is not kept")
	f = s.refused(s.CompleteOutside(ctx, outsider, s.token, in), fault.LinkChanged)
	require.Empty(t, f.Changes, "nor told who changed what")
	require.NoError(t, s.CompleteOutside(ctx, outsider, s.token, s.answers(t)))

	done := s.step(t, s.run, "sign")
	require.Equal(t, flow.Done, done.Task.State)
	require.Equal(t, "ES12", done.Values["account"].Value)
	require.Equal(t, flow.Ready, s.step(t, s.run, "badge").Task.State, "the relay goes on")
	story, err := s.History(ctx, ben, s.task, 0)
	require.NoError(t, err)
	through := 0
	for _, l := range story.Lines {
		if whom, maker, is := l.Actor.Link(); is {
			require.Equal(t, []string{"mario@example.org", "ben"}, []string{whom, strings.ToLower(maker)})
			through++
		}
	}
	require.Equal(t, through, s.count("SELECT COUNT(*) FROM entries WHERE task_id = ? AND actor_id LIKE 'link:%' AND data LIKE '%203.0.113.9%'", s.task))
	require.Equal(t, 5, through, "answers twice, a tick, done, and the link used")
	s.shut(t, "it is used")
	h := s.house
	require.NoError(t, h.ReopenTask(ctx, ben, s.task, 1<<40))
	s.shut(t, "what is used stays used")
	replay.Check(t, h.db)
}

func TestALinkOpensNothingWhenItIsOver(t *testing.T) {
	for why, end := range map[string]func(signed){
		"expired": func(s signed) { s.now = s.now.AddDate(0, 0, 7) },
		"revoked": func(s signed) { require.NoError(t, s.RevokeStepLink(t.Context(), ben, s.task, s.link.ID)) },
		"cancelled with its tasks": func(s signed) {
			require.NoError(t, s.CancelRun(t.Context(), ben, s.run, "", models.CancelTasks))
		},
		"cancelled, its tasks left": func(s signed) { require.NoError(t, s.CancelRun(t.Context(), ben, s.run, "", models.LeaveTasks)) },
		"done by somebody inside":   func(s signed) { s.finish(t, s.run, "sign") },
		"left out":                  func(s signed) { require.NoError(t, s.DropStep(t.Context(), ben, s.task, "")) },
		"deleted":                   func(s signed) { require.NoError(t, s.DeleteTask(t.Context(), ben, s.task, 1<<40)) },
		"archived":                  func(s signed) { require.NoError(t, s.ArchiveTask(t.Context(), ben, s.task, 1<<40)) },
		"its maker only reads now":  func(s signed) { s.exec("UPDATE memberships SET role = 'viewer' WHERE user_id = 'ben'") },
		"its maker left":            func(s signed) { s.exec("DELETE FROM memberships WHERE user_id = 'ben'") },
		"another token":             nil,
	} {
		t.Run(why, func(t *testing.T) {
			s := sent(t)
			if end == nil {
				s.token = s.token[1:] + "A"
			} else {
				end(s)
			}
			s.shut(t, why)
			for _, bad := range []string{"", "x", s.token + s.token} {
				_, err := s.Outside(t.Context(), outsider, bad)
				s.refused(err, fault.LinkVoid)
			}
			if why != "its maker left" && why != "its maker only reads now" { // which the log was not told
				replay.Check(t, s.db)
			}
		})
	}
}

func TestALinkDoesNothingBeforeItsTurnOrWhileTheRunRests(t *testing.T) {
	s, ctx := sent(t), t.Context()
	badge := s.step(t, s.run, "badge").Task.ID
	token, _, err := s.MakeStepLink(ctx, ben, badge, models.StepLinkInput{Whom: "Mario", Days: 1})
	require.NoError(t, err)
	v, err := s.Outside(ctx, outsider, token)
	require.NoError(t, err)
	require.False(t, v.Turn)
	s.refused(s.CompleteOutside(ctx, outsider, token, models.OutsideInput{Seen: 1 << 40}), fault.LinkNotNow)
	in := s.answers(t)
	require.NoError(t, s.BlockTask(ctx, ben, s.task, 1<<40, "The lawyer says no"))
	in.Seen = 1 << 40
	f := s.refused(s.CompleteOutside(ctx, outsider, s.token, in), fault.LinkNotNow)
	require.Empty(t, f.Args, "why is nobody's business outside")
	require.NoError(t, s.UnblockTask(ctx, ben, s.task, 1<<40))
	require.NoError(t, s.PauseRun(ctx, ben, s.run, ""))
	s.refused(s.CompleteOutside(ctx, outsider, s.token, in), fault.LinkNotNow)
	require.Equal(t, flow.Ready, s.step(t, s.run, "sign").Task.State)
	replay.Check(t, s.db)
}

func TestLinksAreMadeForWhatAnOutsiderCanDoAndBounded(t *testing.T) {
	s, ctx := sent(t), t.Context()
	make := func(step, whom string, days int) error {
		_, _, err := s.MakeStepLink(ctx, ben, s.step(t, s.run, step).Task.ID, models.StepLinkInput{Whom: whom, Days: days})
		return err
	}
	s.refused(make("proof", "Mario", 7), fault.LinkCannot)
	s.refused(make("offer", "Mario", 7), fault.StepOver)
	require.Equal(t, "whom", s.refused(make("sign", "  ", 7), fault.Needed).Field)
	require.Equal(t, "days", s.refused(make("sign", "Mario", 31), fault.OutOfRange).Field)
	for range models.MaxStepLinks - 1 {
		require.NoError(t, make("sign", "Mario", 7))
	}
	s.refused(make("sign", "Mario", 7), fault.TooManyStepLinks)
	require.Len(t, s.step(t, s.run, "sign").Links, models.MaxStepLinks)
	plain := s.add(s.board(), "No step")[0]
	_, _, err := s.MakeStepLink(ctx, ben, plain.ID, models.StepLinkInput{Whom: "Mario", Days: 7})
	s.refused(err, fault.NoStep)

	var stored []byte
	require.NoError(t, s.db.Raw("SELECT hash FROM step_links WHERE id = ?", s.link.ID).Row().Scan(&stored))
	require.NotContains(t, string(stored), s.token, "only its hash is kept")
	require.Len(t, s.token, 43, "256 bits")
	for range 200 {
		_, err = s.Outside(ctx, models.Actor{Address: "198.51.100.7"}, s.token[1:]+"x")
		if f := fault.From(err); f != nil && f.Code == fault.TooManyTries {
			break
		}
	}
	s.refused(err, fault.TooManyTries)
}

func TestWhatWasDoneThroughALinkCanBeUndoneByAManager(t *testing.T) {
	s, ctx := sent(t), t.Context()
	require.NoError(t, s.AnswerOutside(ctx, asking(outsider), s.token, s.answers(t)))
	in := s.answers(t)
	in.Typed["account"] = "ES13"
	require.NoError(t, s.CompleteOutside(ctx, asking(outsider), s.token, in))
	var seq int64
	require.NoError(t, s.db.Raw("SELECT MAX(seq) FROM entries WHERE log_id = ? AND action = 'task.completed'", s.team).Row().Scan(&seq))
	_, err := s.Undo(ctx, ben, s.team, seq)
	s.refused(err, fault.NotYours)
	_, err = s.Undo(ctx, ana, s.team, seq)
	require.NoError(t, err)
	require.Equal(t, flow.Ready, s.step(t, s.run, "sign").Task.State)
	require.Equal(t, flow.Waiting, s.step(t, s.run, "badge").Task.State)
	require.Equal(t, "ES12", s.step(t, s.run, "sign").Values["account"].Value)
	s.shut(t, "what is used stays used")
	replay.Check(t, s.db)
}

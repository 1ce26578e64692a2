package models_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/tests/replay"
)

func TestALinkToADiagramShowsItUntilItIsRevokedOrOver(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template := orders(h)
	r := h.launch(t, template, models.RunInput{Board: h.board().ID, Answers: given(), Cast: map[string]string{"sales": "ben"}})
	other := h.add(h.board(), "Of another run, and secret")[0]
	require.NoError(t, h.Require(ctx, ana, h.step(t, r.ID, "payment").Task.ID, other.ID, models.DependencyInput{}))
	check := h.step(t, r.ID, "check_order")
	require.NoError(t, h.BlockTask(ctx, ana, check.Task.ID, check.Task.Version, "The customer is impossible"))

	make := func(in models.RunLinkInput) string {
		token, _, err := h.MakeRunLink(ctx, asking(ben), r.ID, in)
		require.NoError(t, err)
		return token
	}
	plain, named, brief := make(models.RunLinkInput{Place: "Intranet"}), make(models.RunLinkInput{Place: "Wall", Names: true}), make(models.RunLinkInput{Place: "Mail", Days: 3})
	shown := func(token string) error {
		_, _, err := h.ShownRun(ctx, models.Actor{Address: "192.0.2.1"}, token)
		return err
	}
	v, c, err := h.ShownRun(ctx, models.Actor{}, plain)
	require.NoError(t, err)
	require.Len(t, c.Nodes, len(v.Definition.Steps), "the run's own steps and no others")
	for _, n := range c.Nodes {
		require.Empty(t, n.Owners)
		require.Empty(t, n.Task.BlockedReason)
		require.Empty(t, n.Key)
		require.NotContains(t, n.Task.Title, "secret")
	}
	_, c, err = h.ShownRun(ctx, models.Actor{}, named)
	require.NoError(t, err)
	require.NotEmpty(t, c.Nodes[0].Owners)

	var stored []byte
	require.NoError(t, h.db.Raw("SELECT hash FROM run_links WHERE place = 'Intranet'").Row().Scan(&stored))
	require.NotContains(t, string(stored), plain, "the token is not kept")
	h.now = h.now.AddDate(0, 0, 4)
	h.refused(shown(brief), fault.LinkVoid)
	require.NoError(t, shown(plain))
	list, err := h.RunLinks(ctx, ben, r.ID)
	require.NoError(t, err)
	require.Len(t, list.Links, 2)
	require.NoError(t, h.RevokeRunLink(ctx, ana, r.ID, list.Links[1].ID))
	h.refused(shown(named), fault.LinkVoid)
	for _, wrong := range []string{"", "x", strings.Repeat("a", len(plain))} {
		h.refused(shown(wrong), fault.LinkVoid)
	}
	_, _, err = h.MakeRunLink(ctx, ben, r.ID, models.RunLinkInput{Place: " ", Days: -1})
	h.refused(err, fault.Needed)
	for range models.MaxRunLinks - 1 {
		make(models.RunLinkInput{Place: "More"}) // one is open already
	}
	_, _, err = h.MakeRunLink(ctx, ben, r.ID, models.RunLinkInput{Place: "Too many"})
	h.refused(err, fault.TooManyRunLinks)

	// It lasts no longer than its maker is in the team.
	replay.Check(t, h.db)
	h.exec("DELETE FROM memberships WHERE user_id = 'ben'")
	h.refused(shown(plain), fault.LinkVoid)
}

// shown is a link to the diagram of the scene's run.
func (s scene) shown() string {
	_, l, err := s.MakeRunLink(s.t.Context(), asking(ben), s.run, models.RunLinkInput{Place: "Wall"})
	require.NoError(s.t, err)
	return l.ID
}

package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/ledger"
	"relevo/tests/replay"
)

func TestTemplatesInFilesAreLoadedOnceAndTheirChangesBecomeVersions(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	other := h.secondTeam()
	file := func(text string) []models.TemplateFile {
		return []models.TemplateFile{{Key: "hr/hiring.yaml", Text: []byte(text)}}
	}
	done, err := h.LoadTemplates(ctx, file(hiringFirst))
	require.NoError(t, err)
	require.Len(t, done, 2, "every team gets it")
	require.Equal(t, "Hiring", done[0].Template)
	of := func(team string) models.Template {
		var all []models.Template
		require.NoError(t, h.db.Find(&all, "team_id = ? AND shipped = 'file:hr/hiring.yaml'", team).Error)
		require.Len(t, all, 1)
		return all[0]
	}
	require.EqualValues(t, 1, of(h.team).Published)
	v, err := h.Log(ctx, ana, h.team, models.LogQuery{Action: "template.created"})
	require.NoError(t, err)
	require.Equal(t, ledger.System, v.Lines[0].Actor.Kind)

	length := h.length()
	done, err = h.LoadTemplates(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, done)
	done, err = h.LoadTemplates(ctx, file(hiringFirst))
	require.NoError(t, err)
	require.Empty(t, done)
	require.Equal(t, length, h.length(), "what has not changed is not touched")

	// What a team publishes by itself stays until the file changes; its draft stays then, too.
	h.republish(t, of(h.team), hiringFirst+"# ours\n")
	done, err = h.LoadTemplates(ctx, file(hiringFirst))
	require.NoError(t, err)
	require.Empty(t, done)
	require.NoError(t, h.EditTemplate(ctx, ana, of(other).ID, 1<<40, hiringFirst+"# half done\n"))
	done, err = h.LoadTemplates(ctx, file(hiringSecond))
	require.NoError(t, err)
	require.Len(t, done, 2)
	require.EqualValues(t, 3, of(h.team).Published)
	require.Equal(t, hiringSecond, of(h.team).Draft)
	require.EqualValues(t, 1, of(other).Published)
	require.Equal(t, hiringFirst+"# half done\n", of(other).Draft)
	for _, l := range done {
		require.Equal(t, l.Version == 0, l.Draft)
	}
	require.NoError(t, h.ArchiveTemplate(ctx, ana, of(other).ID))
	done, err = h.LoadTemplates(ctx, file(hiringSecond))
	require.NoError(t, err)
	require.Empty(t, done, "nobody there wants it any more")
	replay.Check(t, h.db)
}

package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/tests/replay"
)

// asked are the actions that a query lets through, newest first.
func (h *house) asked(q models.LogQuery) (actions []string) {
	h.t.Helper()
	v, err := h.Log(h.t.Context(), ana, h.team, q)
	require.NoError(h.t, err)
	for _, l := range v.Lines {
		actions = append(actions, l.Action)
	}
	return actions
}

const twoSteps = "name: Small\nroles: [{id: r, name: R, who: ask}]\nsteps: [{id: one, title: One, role: r}, {id: two, title: Two, role: r, needs: [one]}]\n"

func TestTheLogTellsTheStoryOfARunAndOfItsTemplate(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	h.add(b, "Something else")
	template := h.template(t, twoSteps)
	first, second := h.launch(t, template, models.RunInput{Board: b.ID}), h.launch(t, template, models.RunInput{Board: b.ID})
	h.finish(t, first.ID, "one")
	require.NoError(t, h.PauseRun(t.Context(), ana, second.ID, ""))

	story := h.asked(models.LogQuery{Run: first.ID})
	require.Contains(t, story, "run.started")
	require.Contains(t, story, "task.completed")
	require.Contains(t, story, "task.released", "what the rules did to its tasks")
	require.NotContains(t, story, "run.paused", "that was another run")
	require.NotContains(t, story, "template.published")
	require.Equal(t, []string{"run.paused", "run.started"}, slices.DeleteFunc(h.asked(models.LogQuery{Run: second.ID}),
		func(a string) bool { return strings.HasPrefix(a, "task.") || strings.HasPrefix(a, "dependency.") }))

	all := h.asked(models.LogQuery{Template: template.ID})
	require.Contains(t, all, "template.published")
	require.Contains(t, all, "run.paused")
	require.Equal(t, 2, strings.Count(strings.Join(all, " "), "run.started"))
	require.Equal(t, 5, strings.Count(strings.Join(h.asked(models.LogQuery{}), " "), "task.created"))
	require.Equal(t, []string{"task.completed"}, h.asked(models.LogQuery{Run: first.ID, Action: "task.completed", Person: ben.ID, By: models.ByHand}), "with other filters")
	count, err := h.CountLog(t.Context(), ana, h.team, models.LogQuery{Template: template.ID})
	require.NoError(t, err)
	require.EqualValues(t, len(all), count.Count)

	_, err = h.Log(t.Context(), ana, h.team, models.LogQuery{Run: template.ID})
	require.Equal(t, "run", h.refused(err, fault.NotAChoice).Field)
	_, err = h.Log(t.Context(), ana, h.team, models.LogQuery{Template: first.ID})
	require.Equal(t, "template", h.refused(err, fault.NotAChoice).Field)
}

func TestTheLogIsAskedByWhatPeopleAreInTheTeam(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	task := h.add(b, "Sign contract")[0]
	require.NoError(t, h.complete(ben, task.ID))
	require.Equal(t, []string{"task.completed"}, h.asked(models.LogQuery{Role: "member"}))
	require.Empty(t, h.asked(models.LogQuery{Role: "viewer"}))
	require.Empty(t, h.asked(models.LogQuery{Role: "member", Person: ana.ID}))
	require.Empty(t, h.asked(models.LogQuery{Role: "member", By: models.Automatic}))
	h.exec("DELETE FROM memberships WHERE user_id = 'ben'")
	require.Empty(t, h.asked(models.LogQuery{Role: "member"}))
	require.Equal(t, []string{"task.completed"}, h.asked(models.LogQuery{Role: models.FormerRole, Board: b.ID}))
	_, err := h.Log(t.Context(), ana, h.team, models.LogQuery{Role: "king"})
	require.Equal(t, "role", h.refused(err, fault.NotAChoice).Field)
}

func TestAFilterOfTheLogIsSavedSharedAndForgotten(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ('mia', 'mia@example.org', 'Mia', 'x', 'en', 'UTC', $1)", h.now)
	h.exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, 'mia', 'manager', $2)", h.team, h.now)
	mia := models.Actor{ID: "mia", Name: "Mia"}
	names := func(who models.Actor) string {
		v, err := h.Filters(ctx, who, h.team)
		require.NoError(t, err)
		var own, shared []string
		for _, f := range v.Own {
			own = append(own, f.Name)
		}
		for _, f := range v.Shared {
			shared = append(shared, f.Name)
		}
		return strings.Join(own, ", ") + " | " + strings.Join(shared, ", ")
	}
	before := h.length()
	f, err := h.SaveFilter(ctx, ana, h.team, "  Past   the rules ", models.LogQuery{Action: "overrides", By: models.ByHand, Before: 12}, false)
	require.NoError(t, err)
	require.Equal(t, "action=overrides&by=hand", f.Query, "the page that one was on is left out")
	require.NoError(t, h.RenameFilter(ctx, ana, h.team, f.ID, "Overrides"))
	require.Equal(t, before, h.length(), "one's own is nobody's business")
	require.Equal(t, "Overrides | ", names(ana))
	require.Equal(t, " | ", names(mia))
	h.refused(h.RenameFilter(ctx, mia, h.team, f.ID, "Mine"), fault.NotFound)
	h.refused(h.ShareFilter(ctx, mia, h.team, f.ID, true), fault.NotFound)

	require.NoError(t, h.ShareFilter(ctx, ana, h.team, f.ID, true))
	require.Equal(t, " | Overrides", names(mia))
	_, err = h.SaveFilter(ctx, mia, h.team, "overrides", models.LogQuery{}, true)
	require.Equal(t, "name", h.refused(err, fault.ViewTaken).Field)
	require.NoError(t, h.RenameFilter(ctx, mia, h.team, f.ID, "Ahead of turn"))
	replay.Check(t, h.db)
	require.NoError(t, h.ShareFilter(ctx, mia, h.team, f.ID, false))
	require.Equal(t, " | ", names(ana), "it is Mia's now")
	require.NoError(t, h.ShareFilter(ctx, mia, h.team, f.ID, true))
	require.NoError(t, h.RemoveFilter(ctx, ana, h.team, f.ID))
	require.Equal(t, " | ", names(mia))
	replay.Check(t, h.db)
	require.Equal(t, []string{"filter.removed", "filter.added", "filter.removed", "filter.edited", "filter.added"}, h.asked(models.LogQuery{Action: "log"}))

	for i := range models.MaxViews {
		_, err := h.SaveFilter(ctx, ana, h.team, fmt.Sprint("Filter ", i), models.LogQuery{}, false)
		require.NoError(t, err)
	}
	_, err = h.SaveFilter(ctx, ana, h.team, "One more", models.LogQuery{}, false)
	h.refused(err, fault.TooManyViews)
}

package models_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/tests/replay"
)

func query(text string) url.Values {
	asked, _ := url.ParseQuery(text)
	return asked
}

// saved are the names of views, own | shared.
func (h *house) saved(who models.Actor, b models.Board) string {
	h.t.Helper()
	v, err := h.Views(h.t.Context(), who, b.ID)
	require.NoError(h.t, err)
	names := func(all []models.SavedView) string {
		var names []string
		for _, v := range all {
			names = append(names, v.Name)
		}
		return strings.Join(names, ", ")
	}
	return names(v.Own) + " | " + names(v.Shared)
}

func TestAPersonsOwnViewIsNobodyElsesBusiness(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	before := h.length()
	v, err := h.SaveView(ctx, vic, b.ID, models.ViewInput{Name: "  My   turn ", Face: models.FaceTable, Query: query("owner=me&group=state&sort=due,-priority&nonsense=1&columns=title")})
	require.NoError(t, err)
	require.Equal(t, "My turn", v.Name)
	require.Equal(t, "columns=title&group=state&owner=me&sort=due~-priority", v.Query)
	require.Equal(t, "My turn | ", h.saved(vic, b))
	require.Equal(t, " | ", h.saved(ana, b))
	_, err = h.View(ctx, ana, b.ID, v.ID)
	h.refused(err, fault.NotFound)
	name := "Mine"
	h.refused(h.EditView(ctx, ana, b.ID, v.ID, models.ViewEdit{Name: &name}), fault.NotFound)
	h.refused(h.RemoveView(ctx, ana, b.ID, v.ID), fault.NotFound)
	h.refused(h.ShareView(ctx, ana, b.ID, v.ID), fault.NotFound)
	h.refused(h.OpenWith(ctx, ana, b.ID, v.ID), fault.NotFound)
	h.refused(h.ShareView(ctx, vic, b.ID, v.ID), fault.NotAllowed)
	_, err = h.SaveView(ctx, vic, b.ID, models.ViewInput{Name: "Ours", Face: models.FaceTable, Shared: true})
	h.refused(err, fault.NotAllowed)

	require.NoError(t, h.EditView(ctx, vic, b.ID, v.ID, models.ViewEdit{Name: &name, Look: &models.ViewLook{Face: models.FaceBoard, Query: query("sort=due&group=owner")}}))
	v, err = h.View(ctx, vic, b.ID, v.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"Mine", "board", "sort=due"}, []string{v.Name, v.Face, v.Query}, "a board has no groups")
	require.NoError(t, h.RemoveView(ctx, vic, b.ID, v.ID))
	require.Equal(t, " | ", h.saved(vic, b))
	require.Equal(t, before, h.length(), "none of it is in the log")
}

func TestASharedViewIsForAllAndInTheLog(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	v, err := h.SaveView(ctx, ana, b.ID, models.ViewInput{Name: "Stand-up", Face: models.FaceTable, Query: query("group=owner"), Shared: true})
	require.NoError(t, err)
	require.Equal(t, " | Stand-up", h.saved(vic, b))
	name := "Morning"
	h.refused(h.EditView(ctx, ben, b.ID, v.ID, models.ViewEdit{Name: &name}), fault.NotAllowed)
	h.refused(h.RemoveView(ctx, ben, b.ID, v.ID), fault.NotAllowed)
	require.NoError(t, h.EditView(ctx, ana, b.ID, v.ID, models.ViewEdit{Name: &name}))
	n := h.length()
	require.NoError(t, h.EditView(ctx, ana, b.ID, v.ID, models.ViewEdit{Name: &name}))
	require.Equal(t, n, h.length(), "nothing changed")

	// It becomes Ana's own again, is shared once more, and forgotten.
	require.NoError(t, h.WithdrawView(ctx, ana, b.ID, v.ID))
	require.Equal(t, " | ", h.saved(vic, b))
	require.Equal(t, "Morning | ", h.saved(ana, b))
	require.NoError(t, h.ShareView(ctx, ana, b.ID, v.ID))
	require.Equal(t, " | Morning", h.saved(ben, b))
	replay.Check(t, h.db)
	require.NoError(t, h.RemoveView(ctx, ana, b.ID, v.ID))
	replay.Check(t, h.db)
	page, err := h.Log(ctx, ana, h.team, models.LogQuery{Action: "view.removed"})
	require.NoError(t, err)
	require.Len(t, page.Lines, 2)
}

func TestViewsHaveNamesOfTheirOwnAndAreNotTooMany(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.board()
	save := func(who models.Actor, b models.Board, name string, shared bool) error {
		_, err := h.SaveView(ctx, who, b.ID, models.ViewInput{Name: name, Face: models.FaceBoard, Shared: shared})
		return err
	}
	require.NoError(t, save(ana, b, "Due", false))
	require.Equal(t, "name", h.refused(save(ana, b, " due", false), fault.ViewTaken).Field)
	require.NoError(t, save(ana, b, "Due", true), "a shared one is another matter")
	require.NoError(t, save(ben, b, "Due", false))
	require.NoError(t, save(ana, other, "Due", false))
	h.refused(save(ana, b, "  ", false), fault.Needed)
	h.refused(save(ana, b, strings.Repeat("é", models.MaxViewName+1), false), fault.TooLong)
	_, err := h.SaveView(ctx, ana, b.ID, models.ViewInput{Name: "x", Face: "../settings"})
	h.refused(err, fault.NotAChoice)
	for i := 1; i < models.MaxViews; i++ {
		require.NoError(t, save(ana, b, fmt.Sprint("View ", i), false))
	}
	h.refused(save(ana, b, "One more", false), fault.TooManyViews)
	views, err := h.Views(ctx, ana, b.ID)
	require.NoError(t, err)
	h.refused(h.WithdrawView(ctx, ana, b.ID, views.Shared[0].ID), fault.ViewTaken)
	h.refused(h.ShareView(ctx, ana, b.ID, views.Own[0].ID), fault.ViewTaken)
}

func TestABoardOpensWithTheViewThatSomebodyChose(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	opens := func(who models.Actor) string {
		v, err := h.DefaultView(ctx, who, b.ID)
		require.NoError(t, err)
		return v.Name
	}
	require.Empty(t, opens(vic))
	own, err := h.SaveView(ctx, vic, b.ID, models.ViewInput{Name: "Mine", Face: models.FaceBoard, Default: true})
	require.NoError(t, err)
	require.Equal(t, "Mine", opens(vic))
	require.Empty(t, opens(ana))
	ours, err := h.SaveView(ctx, ana, b.ID, models.ViewInput{Name: "Ours", Face: models.FaceTable, Shared: true})
	require.NoError(t, err)
	require.NoError(t, h.OpenWith(ctx, vic, b.ID, ours.ID))
	require.NoError(t, h.OpenWith(ctx, ben, b.ID, ours.ID))
	require.Equal(t, "Ours", opens(vic))
	require.NoError(t, h.WithdrawView(ctx, ana, b.ID, ours.ID))
	require.Empty(t, opens(vic), "what one sees no more")
	require.NoError(t, h.ShareView(ctx, ana, b.ID, ours.ID))
	require.Equal(t, "Ours", opens(ben))
	require.NoError(t, h.RemoveView(ctx, ana, b.ID, ours.ID))
	require.Empty(t, opens(ben))
	require.NoError(t, h.OpenWith(ctx, vic, b.ID, own.ID))
	require.NoError(t, h.OpenWith(ctx, vic, b.ID, ""))
	require.Empty(t, opens(vic))
	other := h.board()
	h.refused(h.OpenWith(ctx, vic, other.ID, own.ID), fault.NotFound)
}

func TestAViewKeepsWhatItsFaceCanShow(t *testing.T) {
	asked := query("owner=me&sort=due&group=owner&columns=key~title&after=x&view=y&face=z&" + custom.Key("0197a2c4-0000-7000-8000-000000000001") + "=4")
	field := "field.0197a2c4-0000-7000-8000-000000000001=4&"
	for face, want := range map[string]string{
		models.FaceBoard: field + "owner=me&sort=due", models.FaceTable: "columns=key~title&" + field + "group=owner&owner=me&sort=due",
		models.FaceCalendar: field + "owner=me", models.FaceTimeline: field + "owner=me", "nothing": "",
	} {
		require.Equal(t, want, models.ViewQuery(face, asked), face)
	}
}

func FuzzViewQuery(f *testing.F) {
	f.Add("board", "sort=due&owner=me")
	f.Add("table", "columns=key,title&group=label&sort=-due&q=a%20b")
	f.Add("calendar", "month=2026-03&label=x")
	f.Fuzz(func(t *testing.T, face, text string) {
		kept := models.ViewQuery(face, query(text))
		require.Equal(t, kept, models.ViewQuery(face, query(kept)), "what is kept is kept")
		require.True(t, kept == "" || slices.Contains(models.Faces, face))
	})
}

package models_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
)

func TestWhoHasFarMoreToDoThanTheOthersIsSaidAtTheStart(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, template := h.board(), orders(h)
	mate := func(id string) models.Mate {
		v, err := h.PrepareRun(ctx, ben, template.ID, models.RunInput{})
		require.NoError(t, err)
		for _, m := range v.People {
			if m.ID == id {
				return m
			}
		}
		t.Fatal(id)
		return models.Mate{}
	}
	give := func(who, due string, titles ...string) {
		for _, task := range h.add(b, titles...) {
			day := models.Date(due)
			require.NoError(t, h.EditTask(ctx, ana, task.ID, task.Version, models.TaskInput{Owners: &[]string{who}, Due: &day}))
		}
	}
	give("ana", "2026-03-16", "One", "Two", "Three", "Four") // today is the 2nd
	require.Equal(t, []any{4, 4, false}, []any{mate("ana").Open, mate("ana").Soon, mate("ana").Overloaded}, "that is not much")
	give("ana", "2026-03-17", "Five")
	require.Equal(t, []any{5, 4, true}, []any{mate("ana").Open, mate("ana").Soon, mate("ana").Overloaded}, "the 17th is later than in two weeks")
	give("ben", "2026-03-03", "Six", "Seven", "Eight")
	require.False(t, mate("ana").Overloaded, "the others have much to do, too")
	require.Equal(t, 3, mate("ben").Soon)
}

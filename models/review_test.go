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

// reviews opens one of which Vic has answered about the third entry, and one that can be
// signed.
func (h *house) reviews() (open, seen string) {
	h.t.Helper()
	open, seen = h.opened(models.ReviewInput{Name: "Open"}).ID, h.opened(models.ReviewInput{Name: "Seen"}).ID
	require.NoError(h.t, h.QuestionEntry(h.t.Context(), ana, open, 3, vic.ID, "Why?"))
	require.NoError(h.t, h.AnswerEntry(h.t.Context(), vic, open, 3, "Because"))
	require.NoError(h.t, h.SeeRest(h.t.Context(), ana, seen))
	return open, seen
}

func (h *house) opened(in models.ReviewInput) models.Review {
	h.t.Helper()
	r, err := h.OpenReview(h.t.Context(), ana, h.team, in)
	require.NoError(h.t, err)
	return r
}

func (h *house) review(id string) models.ReviewView {
	h.t.Helper()
	v, err := h.ReviewOf(h.t.Context(), ana, id)
	require.NoError(h.t, err)
	return v
}

func TestAReviewGoesFromAQuestionToASignedAnswer(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Legal check", "Publish")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	h.override(tasks[1].ID)
	r := h.opened(models.ReviewInput{Name: "  Who skipped the   legal check? ", Query: models.LogQuery{Action: "overrides", By: models.ByHand}})
	require.Equal(t, "Who skipped the legal check?", r.Name)
	v := h.review(r.ID)
	require.Len(t, v.Lines, 1)
	require.Equal(t, "task.overridden", v.Lines[0].Action)
	seq := v.Lines[0].Seq

	h.override(h.waits(b)) // what comes later is left out
	require.Len(t, h.review(r.ID).Lines, 1)
	require.Equal(t, []any{1, 0}, h.refused(h.SignReview(ctx, ana, r.ID, "Nobody"), fault.ReviewUnfinished).Args)
	require.NoError(t, h.QuestionEntry(ctx, ana, r.ID, seq, ben.ID, " Did you know of it? "))
	require.Equal(t, []any{0, 1}, h.refused(h.SignReview(ctx, ana, r.ID, "Nobody"), fault.ReviewUnfinished).Args)

	inbox, err := h.Inbox(ctx, ben, models.InboxFilter{}, "")
	require.NoError(t, err)
	require.Equal(t, "Did you know of it?", inbox.Asked[0].Question)
	n, err := h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Equal(t, 1, n-inbox.Unread)
	q, err := h.QuestionOf(ctx, ben, r.ID, seq)
	require.NoError(t, err)
	require.Equal(t, seq, q.Line.Seq)
	require.Empty(t, q.Line.Address, "where a request came from is for managers")
	_, err = h.QuestionOf(ctx, vic, r.ID, seq)
	h.refused(err, fault.NotFound)
	h.refused(h.AnswerEntry(ctx, vic, r.ID, seq, "Not me"), fault.NotFound)
	require.Equal(t, "answer", h.refused(h.AnswerEntry(ctx, ben, r.ID, seq, "  "), fault.Needed).Field)
	require.NoError(t, h.AnswerEntry(ctx, ben, r.ID, seq, "Yes, the lawyer said so by telephone"))
	inbox, err = h.Inbox(ctx, ben, models.InboxFilter{}, "")
	require.NoError(t, err)
	require.Empty(t, inbox.Asked)
	replay.Check(t, h.db)

	require.NoError(t, h.SignReview(ctx, ana, r.ID, "Agreed beforehand"))
	v = h.review(r.ID)
	require.Equal(t, "ana", v.Review.SignedBy)
	require.Equal(t, "Yes, the lawyer said so by telephone", v.Lines[0].Mark.Answer)
	h.refused(h.SeeEntry(ctx, ana, r.ID, seq), fault.ReviewIsSigned)
	h.refused(h.AnswerEntry(ctx, ben, r.ID, seq, "No"), fault.ReviewIsSigned)
	require.Equal(t, []string{"review.signed", "review.answered", "review.questioned", "review.opened"}, h.asked(models.LogQuery{Action: "log"}))
	replay.Check(t, h.db)
}

// waits makes a task that waits.
func (h *house) waits(b models.Board) string {
	tasks := h.add(b, "First", "Then")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	return tasks[1].ID
}

func TestASampleIsDrawnAgainByItsSeed(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	for i := range 30 {
		h.add(b, fmt.Sprint("Task ", i))
	}
	in := models.ReviewInput{Name: "Sample", Query: models.LogQuery{Action: "task.created"}, Sample: 5, Seed: "winter"}
	seqs := func(r models.Review) (all []int64) {
		for _, l := range h.review(r.ID).Lines {
			all = append(all, l.Seq)
		}
		return all
	}
	first := seqs(h.opened(in))
	require.Len(t, first, 5)
	require.True(t, slices.IsSorted(first))
	require.Equal(t, first, seqs(h.opened(in)))
	in.Seed = "summer"
	require.NotEqual(t, first, seqs(h.opened(in)))
	require.Equal(t, []int64{1, 2, 3}, models.Drawn([]int64{1, 2, 3}, 9, "x"))

	_, err := h.OpenReview(ctx, ana, h.team, models.ReviewInput{Sample: 5})
	require.Equal(t, "name", h.refused(err, fault.Needed).Field)
	_, err = h.OpenReview(ctx, ana, h.team, models.ReviewInput{Name: "x", Query: models.LogQuery{Role: "viewer"}})
	h.refused(err, fault.NothingToReview)
	_, err = h.OpenReview(ctx, ana, h.team, models.ReviewInput{Name: "x", Query: models.LogQuery{Role: "king"}})
	h.refused(err, fault.NotAChoice)
	r := h.opened(models.ReviewInput{Name: "x"})
	require.Equal(t, "question", h.refused(h.QuestionEntry(ctx, ana, r.ID, 1, ben.ID, strings.Repeat("é", 2001)), fault.TooLong).Field)
	require.Equal(t, "person", h.refused(h.QuestionEntry(ctx, ana, r.ID, 1, eve.ID, "Why?"), fault.NotAChoice).Field)
	h.refused(h.QuestionEntry(ctx, ana, r.ID, 1<<40, ben.ID, "Why?"), fault.NotFound)
	require.NoError(t, h.QuestionEntry(ctx, ana, r.ID, 1, ben.ID, "Why?"))
	require.NoError(t, h.SeeEntry(ctx, ana, r.ID, 1), "it is withdrawn")
	require.NoError(t, h.SeeRest(ctx, ana, r.ID))
	require.Equal(t, int(r.Matched), h.review(r.ID).Counts()[models.EntrySeen])
	replay.Check(t, h.db)
}

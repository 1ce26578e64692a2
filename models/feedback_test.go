package models_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/tests/replay"
)

// administered is a house with somebody who administers it.
func administered(t *testing.T) (*house, models.Actor) {
	h := newHouse(t)
	h.exec("INSERT INTO users (id, email, name, password_hash, admin, lang, zone, created_at) VALUES ('amy', 'amy@example.org', 'Amy', 'x', $1, 'en', 'UTC', $2)", true, h.now)
	return h, models.Actor{ID: "amy", Name: "Amy", Admin: true}
}

func TestARemarkIsAnsweredAndItsSenderIsTold(t *testing.T) {
	h, amy := administered(t)
	ctx := t.Context()
	require.NoError(t, h.SendRemark(ctx, ben, models.RemarkInput{Kind: models.AProblem, Page: "/my-work", Body: " The list is empty. "}))
	require.NoError(t, h.SendRemark(ctx, vic, models.RemarkInput{Body: "Nice!"}))
	v, err := h.Remarks(ctx, amy, models.RemarkOpen, "")
	require.NoError(t, err)
	require.Len(t, v.Lines, 2)
	said := v.Lines[1]
	require.Equal(t, "The list is empty.", said.Body)
	require.Equal(t, "ben", said.Sender)
	box, err := h.Inbox(ctx, amy, models.InboxFilter{}, "")
	require.NoError(t, err)
	require.Equal(t, 2, box.Waiting)

	require.NoError(t, h.AnswerRemark(ctx, amy, said.ID, said.Version, "Look at the filter."))
	h.refused(h.AnswerRemark(ctx, amy, said.ID, said.Version, "Something else"), fault.Changed)
	require.NoError(t, h.AnswerRemark(ctx, amy, said.ID, said.Version, "Look at the filter."), "twice is once")
	n, err := h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	box, err = h.Inbox(ctx, ben, models.InboxFilter{}, "")
	require.NoError(t, err)
	require.Equal(t, "Look at the filter.", box.Remarks[0].Answer)
	require.Zero(t, box.Waiting, "that is for administrators")
	require.Zero(t, box.Unread)

	// What came after one has looked is still news.
	require.NoError(t, h.CloseRemark(ctx, amy, said.ID))
	require.NoError(t, h.ReadRemark(ctx, ben, said.ID, said.Version+1))
	n, err = h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Equal(t, 1, n)
	require.NoError(t, h.ReadRemark(ctx, ben, said.ID, said.Version+2))
	n, err = h.UnreadNotices(ctx, ben)
	require.NoError(t, err)
	require.Zero(t, n)

	v, err = h.Remarks(ctx, amy, models.RemarkClosed, "")
	require.NoError(t, err)
	require.Len(t, v.Lines, 1)
	require.Equal(t, map[models.RemarkState]int{models.RemarkOpen: 1, models.RemarkAnswered: 0, models.RemarkClosed: 1}, v.Counts)
	require.NoError(t, h.ReopenRemark(ctx, amy, said.ID))
	mine, err := h.MyRemarks(ctx, ben, "")
	require.NoError(t, err)
	require.Equal(t, models.RemarkAnswered, mine.Lines[0].State())
	replay.Check(t, h.db)
}

func TestARemarkIsItsSendersAndTheAdministratorsAlone(t *testing.T) {
	h, amy := administered(t)
	ctx := t.Context()
	require.NoError(t, h.SendRemark(ctx, ben, models.RemarkInput{Body: "Hello"}))
	v, err := h.Remarks(ctx, amy, "", "")
	require.NoError(t, err)
	id := v.Lines[0].ID
	before := h.length()
	for _, who := range []models.Actor{ben, ana, eve, {}, {ID: "ana", Admin: true}} { // the last one is none any more
		_, err := h.Remarks(ctx, who, "", "")
		h.refused(err, fault.NotFound)
		h.refused(h.AnswerRemark(ctx, who, id, 0, "Hi"), fault.NotFound)
		h.refused(h.CloseRemark(ctx, who, id), fault.NotFound)
		h.refused(h.ReopenRemark(ctx, who, id), fault.NotFound)
		if who.ID == ben.ID {
			continue
		}
		h.refused(h.ReadRemark(ctx, who, id, 9), fault.NotFound)
		mine, err := h.MyRemarks(ctx, who, "")
		require.NoError(t, err)
		require.Empty(t, mine.Lines)
	}
	h.refused(h.SendRemark(ctx, models.Actor{}, models.RemarkInput{Body: "Hello"}), fault.NotFound)
	h.refused(h.CloseRemark(ctx, amy, "nothing"), fault.NotFound)
	require.Equal(t, before, h.length())
}

func TestRemarksAreBoundedInLengthAndInNumber(t *testing.T) {
	h, amy := administered(t)
	ctx := t.Context()
	h.refused(h.SendRemark(ctx, ben, models.RemarkInput{Body: " \n"}), fault.Needed)
	h.refused(h.SendRemark(ctx, ben, models.RemarkInput{Body: strings.Repeat("é", models.MaxRemark+1)}), fault.TooLong)
	h.refused(h.SendRemark(ctx, ben, models.RemarkInput{Body: "x", Kind: "rant"}), fault.NotAChoice)
	for range 10 {
		require.NoError(t, h.SendRemark(ctx, ben, models.RemarkInput{Body: "Again"}))
	}
	h.refused(h.SendRemark(ctx, ben, models.RemarkInput{Body: "Again"}), fault.TooManyTries)
	require.NoError(t, h.SendRemark(ctx, vic, models.RemarkInput{Body: "Mine"}), "others are not concerned")
	for range 25 {
		h.now = h.now.Add(6 * time.Minute)
		require.NoError(t, h.SendRemark(ctx, ben, models.RemarkInput{Body: "Later"}))
	}
	v, err := h.Remarks(ctx, amy, "", "")
	require.NoError(t, err)
	require.Len(t, v.Lines, models.RemarksPage)
	rest, err := h.Remarks(ctx, amy, "", v.Older)
	require.NoError(t, err)
	require.Len(t, rest.Lines, 36-models.RemarksPage)
	require.Empty(t, rest.Older)
}

package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/ledger"
	"relevo/views/say"
)

func TestEveryKindOfNoticeIsWordedInEveryLanguage(t *testing.T) {
	e := ledger.Entry{Seq: 1, Action: "task.moved", Actor: ledger.Actor{Kind: ledger.Person, Name: "Ana"}}
	for lang, w := range say.All {
		for _, k := range models.NoticeKinds {
			kind := string(k)
			require.NotEmpty(t, w.Hear.Choices[kind], "%s: choice of %s", lang, kind)
			require.NotEqual(t, w.Inbox.Unknown, w.NoticeHead(kind, e), "%s: head of %s", lang, kind)
			require.NotEmpty(t, w.NoticeSays(kind, e, nil, "2026-03-03", time.Now()), "%s: sentence of %s", lang, kind)
			require.NotEqual(t, "info", noticeSign(k), "sign of %s", kind)
		}
		for _, part := range models.InboxParts {
			require.NotEmpty(t, w.Hear.Parts[string(part)], "%s: part %s", lang, part)
		}
		for _, until := range models.Untils {
			require.NotEmpty(t, w.Hear.Until[string(until)], "%s: %s", lang, until)
		}
	}
}

func TestWhatIsToldOfOneKindIsOneLine(t *testing.T) {
	read := time.Now()
	n := func(kind models.NoticeKind, read *time.Time) models.InboxNotice {
		return models.InboxNotice{Notice: models.Notice{Kind: kind, ReadAt: read}}
	}
	got := lines(models.InboxItem{Notices: []models.InboxNotice{
		n(models.Commented, nil), n(models.Mentioned, nil), n(models.Commented, nil), n(models.Mentioned, nil), n(models.Commented, &read)}})
	require.Len(t, got, 4, "each mention stands for itself, and what is read apart")
	require.Equal(t, 1, got[0].earlier)
}

package models_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// wordy are the actions of the entries that have the words of a query, newest first.
func (h *house) wordy(q models.LogQuery) (found []string) {
	h.t.Helper()
	v, err := h.Log(h.t.Context(), ana, h.team, q)
	require.NoError(h.t, err)
	for _, l := range v.Lines {
		_, title, _ := strings.Cut(l.Task.Name, " ") // after its key
		found = append(found, l.Action+" "+title)
	}
	return found
}

func TestTheLogIsFoundByTheWordsOfItsEntries(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Revisión legal del contrato", "Order laptop")
	title := "Order a bigger laptop"
	h.edit(tasks[1].ID, models.TaskInput{Title: &title})
	require.NoError(t, h.BlockTask(ctx, ana, tasks[1].ID, h.seq(), "The supplier’s strike"))
	require.NoError(t, h.AddComment(ctx, ben, tasks[0].ID, "The notary asked for **Appendix B**"))
	second := h.secondTeam()
	_, err := h.CreateBoard(ctx, ana, second, models.BoardInput{Name: "Legal matters"})
	require.NoError(t, err)

	require.Equal(t, []string{"comment.added Revisión legal del contrato", "task.created Revisión legal del contrato"}, toldOfTasks(h.wordy(models.LogQuery{Words: "LEGAL revision"})))
	require.Equal(t, []string{"task.blocked Order a bigger laptop"}, toldOfTasks(h.wordy(models.LogQuery{Words: "strike"})), "the reason")
	require.Equal(t, []string{"comment.added Revisión legal del contrato"}, toldOfTasks(h.wordy(models.LogQuery{Words: "appen not"})), "beginnings, in a text")
	require.Equal(t, []string{"task.blocked Order a bigger laptop", "task.edited Order a bigger laptop"}, toldOfTasks(h.wordy(models.LogQuery{Words: "bigger"})))
	require.Equal(t, []string{"task.edited Order a bigger laptop"}, toldOfTasks(h.wordy(models.LogQuery{Words: "laptop", Action: "task.edited"})))
	require.Len(t, h.wordy(models.LogQuery{Words: "laptop", By: models.ByHand, Board: b.ID, Person: ana.ID}), 3)
	require.Empty(t, h.wordy(models.LogQuery{Words: "laptop", By: models.Automatic}))
	require.Empty(t, h.wordy(models.LogQuery{Words: "laptop", Before: 2}))
	require.Empty(t, h.wordy(models.LogQuery{Words: "matters"}), "another team's log is another log")

	counted, err := h.CountLog(ctx, ana, h.team, models.LogQuery{Words: "laptop"})
	require.NoError(t, err)
	require.EqualValues(t, 3, counted.Count)
	printed, err := h.PrintLog(ctx, ana, h.team, models.LogQuery{Words: "laptop"})
	require.NoError(t, err)
	require.Len(t, printed.Lines, 3)
	require.Less(t, printed.Lines[0].Seq, printed.Lines[2].Seq, "the oldest first, on paper")

	_, err = h.Log(ctx, ana, h.team, models.LogQuery{Words: "«!»"})
	require.Equal(t, fault.NotAWord, fault.From(err).Code)
	_, err = h.Log(ctx, ana, h.team, models.LogQuery{Words: strings.Repeat("x", 101)})
	require.Equal(t, fault.TooLong, fault.From(err).Code)
	for _, odd := range []string{`"`, `a" OR "b`, "a'b:*", "NEAR(a b)", "a-b*", "\\ a & b | c", "(x"} {
		_, err = h.Log(ctx, ana, h.team, models.LogQuery{Words: odd})
		require.True(t, err == nil || fault.From(err).Code == fault.NotAWord, "%s: %v", odd, err)
	}
}

// toldOfTasks drops what tells nothing of the story: the team's own entries.
func toldOfTasks(found []string) (told []string) {
	for _, f := range found {
		if !strings.HasSuffix(f, " ") {
			told = append(told, f)
		}
	}
	return told
}

// Each entry of a log is found by the words that it has, and by no others.
func TestEveryEntryStandsInTheIndexOfWords(t *testing.T) {
	h := newHouse(t)
	b := h.board()
	h.add(b, "Alpha one", "Beta two", "Gamma three")
	var rows []struct{ Data string }
	require.NoError(t, h.db.Raw("SELECT data FROM entries WHERE log_id = ? ORDER BY seq DESC", h.team).Scan(&rows).Error)
	for _, word := range []string{"alpha", "two", "gam", "ana"} {
		var want []int64
		for _, r := range rows {
			e, err := ledger.Parse([]byte(r.Data))
			require.NoError(t, err)
			text := e.Subject.Name + " " + e.Task.Name + " " + e.Reason
			for _, c := range e.Changes {
				text += " " + c.From + " " + c.FromText + " " + c.To + " " + c.ToText
			}
			if strings.Contains(" "+strings.ToLower(text), " "+word) {
				want = append(want, e.Seq)
			}
		}
		v, err := h.Log(t.Context(), ana, h.team, models.LogQuery{Words: word})
		require.NoError(t, err)
		var got []int64
		for _, l := range v.Lines {
			got = append(got, l.Seq)
		}
		require.Equal(t, want, got, word)
	}
}

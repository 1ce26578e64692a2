package attention_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/attention"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// log is a log as it goes on.
type log struct {
	entries []ledger.Entry
	now     time.Time
}

// monday is one at ten o'clock in Madrid.
var monday = time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)

func begin() *log { return &log{now: monday} }

func (l *log) does(who, action, task string, changes ...ledger.Change) *log {
	l.entries = append(l.entries, ledger.Entry{Log: "t", Seq: int64(len(l.entries) + 1), At: l.now, Actor: ledger.Actor{Kind: ledger.Person, ID: who, Name: who},
		Action: action, Task: ledger.Subject{Kind: "task", ID: task, Name: task}, Changes: changes})
	return l
}

func (l *log) after(d time.Duration) *log { l.now = l.now.Add(d); return l }

func (l *log) moves(who, task string, from, to flow.State) *log {
	action := "task.moved"
	if to == flow.Done {
		action = "task.completed"
	} else if from == flow.Done {
		action = "task.reopened"
	}
	return l.does(who, action, task, ledger.Change{Field: "state", From: string(from), To: string(to)})
}

// finds looks through the log with one rule only.
func (l *log) finds(t *testing.T, r attention.Rule, least int) []attention.Finding {
	t.Helper()
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	one := attention.Usual()[r]
	one.Least = least
	look := attention.New(attention.Settings{r: one}, flow.Calendar{Zone: madrid, Off: [7]bool{0: true, 6: true}, Holidays: map[string]bool{"2026-03-19": true}})
	for _, e := range l.entries {
		look.Add(e)
	}
	return look.Findings()
}

func seqs(all []attention.Finding) (by [][]int64) {
	for _, f := range all {
		by = append(by, f.Seqs)
	}
	return by
}

func TestWhatGoesOnTooOftenWithinAMonthIsFoundOnce(t *testing.T) {
	day := 24 * time.Hour
	l := begin().does("ana", "task.overridden", "a").after(20*day).does("ben", "task.overridden", "b").does("ana", "task.overridden", "c").
		after(20*day).does("ana", "task.overridden", "d").after(day).does("ana", "task.overridden", "e")
	require.Equal(t, [][]int64{{1}, {2}, {3}, {4}, {5}}, seqs(l.finds(t, attention.Overrides, 1)))
	found := l.finds(t, attention.Overrides, 3)
	require.Equal(t, [][]int64{{3, 4, 5}}, seqs(found), "the first is over a month old by then, and Ben is somebody else")
	require.Empty(t, found[0].Task.ID, "it is about several")
	require.EqualValues(t, 5, found[0].Seq)
	require.Empty(t, l.finds(t, attention.SelfApproval, 1))
	l.does("ana", "approval.self_tried", "a")
	require.Equal(t, "a", l.finds(t, attention.SelfApproval, 1)[0].Task.ID)
}

func TestReopeningIsCountedByTask(t *testing.T) {
	l := begin()
	for range 2 {
		l.moves("ana", "a", flow.Ready, flow.Done).moves("ben", "a", flow.Done, flow.Ready)
	}
	l.moves("ana", "b", flow.Ready, flow.Done).moves("ben", "b", flow.Done, flow.Ready)
	require.Len(t, l.finds(t, attention.Reopened, 1), 3)
	require.Equal(t, [][]int64{{2, 4}}, seqs(l.finds(t, attention.Reopened, 2)))
}

func TestTheSamePairIsTheOneWhoWorkedAndTheOneWhoApproved(t *testing.T) {
	l := begin()
	for _, task := range []string{"a", "b", "c"} {
		l.moves("ben", task, flow.InProgress, flow.InReview).does("ana", "approval.given", task)
	}
	l.moves("vic", "d", flow.InProgress, flow.InReview).does("ana", "approval.given", "d").does("ben", "approval.given", "a")
	found := l.finds(t, attention.SamePair, 3)
	require.Len(t, found, 1)
	require.Equal(t, []string{"ana", "ben"}, []string{found[0].Who.ID, found[0].Whose.ID})
	require.Equal(t, []int64{2, 4, 6}, found[0].Seqs)
}

func TestWhatIsDoneAtOnceIsFoundByTheTimeSinceItsStart(t *testing.T) {
	l := begin().moves("ben", "a", flow.Ready, flow.InProgress).after(30*time.Second).moves("ben", "a", flow.InProgress, flow.Done).
		moves("ben", "b", flow.Ready, flow.Done).
		moves("ben", "c", flow.Ready, flow.InProgress).after(time.Hour).moves("ben", "c", flow.InProgress, flow.InReview).after(time.Second).moves("ben", "c", flow.InReview, flow.Done)
	found := l.finds(t, attention.QuickDone, 30)
	require.Len(t, found, 1, "b was never started, and c took an hour")
	require.Equal(t, "a", found[0].Task.ID)
	require.Equal(t, 30*time.Second, found[0].Took)
	require.Empty(t, l.finds(t, attention.QuickDone, 29))
}

func TestChangesOfWhatIsDoneAreOneFindingUntilItIsReopened(t *testing.T) {
	l := begin().moves("ben", "a", flow.InProgress, flow.Done).after(5*time.Minute).does("ben", "task.edited", "a").
		after(time.Hour).does("ana", "item.ticked", "a").does("ana", "comment.added", "a").after(time.Hour).does("ben", "task.edited", "a").
		moves("ben", "a", flow.Done, flow.Ready).does("ben", "task.edited", "a").moves("ben", "a", flow.Ready, flow.Done).after(time.Hour).does("ben", "task.edited", "a")
	found := l.finds(t, attention.LateEdits, 15)
	require.Equal(t, [][]int64{{3, 5}, {9}}, seqs(found), "a comment is no change, and 5 minutes are no time")
	require.Equal(t, "ana", found[0].Who.ID)
	require.Equal(t, 65*time.Minute, found[0].Took)
}

func TestManyDeletionsAreOneFindingForAsLongAsTheyGoOn(t *testing.T) {
	l := begin()
	for range 4 {
		l.does("ben", "task.deleted", "x").after(9 * time.Minute)
	}
	l.after(time.Hour).does("ben", "task.deleted", "x").does("ana", "task.deleted", "x")
	found := l.finds(t, attention.BulkDeletes, 3)
	require.Equal(t, [][]int64{{1, 2, 3, 4}}, seqs(found))
	require.EqualValues(t, 3, found[0].Seq, "what comes later does not change by what it is known")
}

func TestOddHoursAreThoseOfTheTeam(t *testing.T) {
	at := func(text string) *log {
		l := begin()
		var err error
		l.now, err = time.Parse(time.RFC3339, text)
		require.NoError(t, err)
		return l.does("ben", "task.edited", "a")
	}
	odd := func(l *log) bool { return len(l.finds(t, attention.OddHours, 1)) == 1 }
	require.False(t, odd(at("2026-03-02T20:59:00Z")), "21:59 in Madrid")
	require.True(t, odd(at("2026-03-02T21:00:00Z")))
	require.True(t, odd(at("2026-03-02T04:59:00Z")))
	require.False(t, odd(at("2026-03-02T05:00:00Z")))
	require.True(t, odd(at("2026-03-07T10:00:00Z")), "a Saturday")
	require.True(t, odd(at("2026-03-19T10:00:00Z")), "a holiday")
	require.True(t, odd(at("2026-03-06T23:30:00Z")), "Saturday in Madrid, Friday in Greenwich")
	night := at("2026-03-02T22:00:00Z").does("ben", "task.edited", "a").does("ana", "task.edited", "a").does("ben", "log.exported", "")
	require.Equal(t, [][]int64{{1, 2}}, seqs(night.finds(t, attention.OddHours, 2)), "each person by themselves, and reading is no act")
}

func TestARuleThatIsOffFindsNothing(t *testing.T) {
	look := attention.New(attention.Settings{attention.Overrides: {Least: 1}}, flow.Calendar{})
	look.Add(begin().does("ana", "task.overridden", "a").entries[0])
	require.Empty(t, look.Findings())
	require.Len(t, attention.Usual(), len(attention.Rules))
}

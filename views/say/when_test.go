package say

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestADueDateIsSaidInPlainWords(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	now := time.Date(2026, time.March, 28, 23, 30, 0, 0, madrid) // a Saturday; the clocks change that night
	for _, c := range []struct{ due, english, spanish string }{
		{"2026-03-28", "Due today", "Vence hoy"},
		{"2026-03-29", "Due tomorrow", "Vence mañana"},
		{"2026-04-03", "Due on Friday", "Vence el viernes"},
		{"2026-04-04", "Due on 4 April", "Vence el 4 de abril"},
		{"2027-01-06", "Due on 6 January 2027", "Vence el 6 de enero de 2027"},
		{"2026-03-27", "Overdue since yesterday", "Venció ayer"},
		{"2026-03-01", "Overdue by 27 days", "Venció hace 27 días"},
		{"someday", "someday", "someday"},
	} {
		require.Equal(t, c.english, english.Due(c.due, now))
		require.Equal(t, c.spanish, spanish.Due(c.due, now))
	}
}

func TestAMomentIsSaidByItsDay(t *testing.T) {
	now := time.Date(2026, time.March, 3, 12, 0, 0, 0, time.UTC)
	at := func(days, hour int) time.Time { return time.Date(2026, time.March, 3+days, hour, 5, 0, 0, time.UTC) }
	require.Equal(t, "today at 09:05", english.Moment(at(0, 9), now))
	require.Equal(t, "hoy a la 01:05", spanish.Moment(at(0, 1), now))
	require.Equal(t, "mañana a las 14:05", spanish.Moment(at(1, 14), now))
	require.Equal(t, "1 March 2026, 09:05", english.Moment(at(-2, 9), now))
	require.Equal(t, "Yesterday", english.Day(at(-1, 9), now))
	require.Equal(t, "Domingo 1 de marzo de 2026", spanish.Day(at(-2, 9), now))
}

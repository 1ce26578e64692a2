package web

import (
	"net/url"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
)

func TestOnlyTheFieldsOfTheFormAreChanged(t *testing.T) {
	in, err := readTask(url.Values{"title": {" A\r\n long\ttitle "}}, time.UTC)
	require.NoError(t, err)
	require.Equal(t, "A long title", *in.Title)
	require.Equal(t, models.TaskInput{Title: in.Title}, in)

	in, err = readTask(url.Values{"owners": {""}}, time.UTC)
	require.NoError(t, err)
	require.Empty(t, *in.Owners, "nobody is ticked: nobody owns it")
}

func TestAllFaultsOfAFormAreToldAtOnce(t *testing.T) {
	_, err := readTask(url.Values{"due": {"2026-02-30"}, "estimate": {"2 weeks"}, "priority": {"high"}, "not_before": {"soon"}}, time.UTC)
	f := fault.From(err)
	for field, code := range map[string]fault.Code{
		"due": fault.NotADate, "estimate": fault.NotAnEstimate, "priority": fault.NotAChoice, "not_before": fault.NotAMoment,
	} {
		require.Equal(t, code, f.For(field).Code, field)
	}
}

func TestATimeIsReadOnThePersonsClock(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	require.NoError(t, err)
	for text, want := range map[string]string{
		"2026-07-01T09:00":    "2026-07-01T07:00:00Z",
		"2026-12-01T09:00":    "2026-12-01T08:00:00Z",
		"2026-12-01T09:00:30": "2026-12-01T08:00:30Z",
		"2026-12-01 09:00":    "2026-12-01T08:00:00Z",
		"2026-03-29T02:30":    "2026-03-29T01:30:00Z", // the clocks skip it
	} {
		at, f := readMoment("not_before", text, madrid)
		require.Nil(t, f, text)
		require.Equal(t, want, (*at).Format(time.RFC3339), text)
	}
	at, f := readMoment("not_before", " ", madrid)
	require.Nil(t, f)
	require.Nil(t, *at)
	for _, text := range []string{"0026-12-01T09:00", "2300-01-01T00:00"} {
		_, f := readMoment("not_before", text, madrid)
		require.Equal(t, fault.DateOutOfRange, f.Code, text)
	}
}

// FuzzReadTask looks for input that panics or that passes as what it is not.
func FuzzReadTask(f *testing.F) {
	f.Add("A title", "Text", "2026-12-24", "1h 30m", "3", "all", "2026-12-24T09:00")
	f.Add("\x00\xff", "\r\n", "24/12/2026", "soon", "-1", "", "2026-03-29T02:30")
	zone, err := time.LoadLocation("America/Caracas")
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, title, description, due, estimate, priority, join, notBefore string) {
		in, err := readTask(url.Values{"title": {title}, "description": {description}, "due": {due}, "estimate": {estimate},
			"priority": {priority}, "join": {join}, "not_before": {notBefore}, "owners": {title, description}}, zone)
		if err != nil {
			require.NotNil(t, fault.From(err), "a person's mistake is a fault")
			return
		}
		for _, text := range []string{*in.Title, *in.Description} {
			require.True(t, utf8.ValidString(text))
			require.NotContains(t, text, "\x00")
		}
		if day := string(*in.Due); day != "" {
			_, err := time.Parse(time.DateOnly, day)
			require.NoError(t, err)
		}
		require.True(t, 0 <= *in.Estimate && *in.Estimate <= flow.MaxEstimate)
		if at := *in.NotBefore; at != nil {
			require.True(t, at.Year() >= 1999 && at.Year() <= 2200)
		}
	})
}

// FuzzReadDependency looks for a lag that panics or passes as a number that it is not.
func FuzzReadDependency(f *testing.F) {
	f.Add("2", "working_days", "hold", "in_review")
	f.Add("-1", "weeks", "", "done")
	f.Add("99999999999999999999", "minutes", "\x00", "\xff")
	f.Fuzz(func(t *testing.T, lag, unit, onCancel, at string) {
		in, err := readDependency(url.Values{"lag": {lag}, "lag_unit": {unit}, "on_cancel": {onCancel}, "satisfied_at": {at}})
		if err != nil {
			require.Equal(t, "lag", fault.From(err).Field)
			return
		}
		require.True(t, utf8.ValidString(string(in.Lag.Unit)+string(in.OnCancel)+string(in.SatisfiedAt)))
		_ = flow.Lag{Amount: min(max(in.Lag.Amount, 0), flow.MaxLag), Unit: in.Lag.Unit}.After(time.Unix(0, 0), flow.Calendar{})
	})
}

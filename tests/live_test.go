package tests

import (
	"bufio"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/flow"
	"relevo/tests/testapp"
)

// listen opens a person's stream and returns what it says, line by line; the
// channel is closed when the server ends it.
func listen(t *testing.T, app *testapp.App, p *testapp.Person, query string, headers ...string) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, app.URL+"/events"+query, nil)
	require.NoError(t, err)
	r.AddCookie(p.Cookie())
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	a, err := http.DefaultClient.Do(r) //nolint:bodyclose // closed below
	require.NoError(t, err)
	require.Equal(t, 200, a.StatusCode)
	require.Equal(t, "text/event-stream", a.Header.Get("Content-Type"))
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		defer func() { _ = a.Body.Close() }()
		for s := bufio.NewScanner(a.Body); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return lines
}

// hear waits for an event and returns its data.
func hear(t *testing.T, lines <-chan string, event string) string {
	t.Helper()
	name, late := "", time.After(40*time.Second)
	for {
		select {
		case line, ok := <-lines:
			require.True(t, ok, "the stream ended before "+event)
			if n, ok := strings.CutPrefix(line, "event: "); ok {
				name = n
			}
			if data, ok := strings.CutPrefix(line, "data: "); ok && name == event {
				return data
			}
		case <-late:
			require.Fail(t, "nothing heard of "+event)
		}
	}
}

func ended(t *testing.T, lines <-chan string) {
	t.Helper()
	late := time.After(40 * time.Second)
	for {
		select {
		case _, ok := <-lines:
			if !ok {
				return
			}
		case <-late:
			require.Fail(t, "the stream goes on")
		}
	}
}

func (o office) seq(t *testing.T) string {
	t.Helper()
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	return strconv.FormatInt(v.Seq, 10)
}

func TestAStreamTellsWhatIsNewAndWhatWasMissed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	before := o.seq(t)
	lines := listen(t, o.App, o.bo, "?board="+o.board.ID+"&since="+before)
	require.Equal(t, "0", hear(t, lines, "inbox"))
	o.add(t, flow.Ready, "One")
	require.Equal(t, o.seq(t), hear(t, lines, "board"))

	late := listen(t, o.App, o.bo, "?board="+o.board.ID+"&since="+before)
	require.Equal(t, o.seq(t), hear(t, late, "board"), "missed since the page was made")
	again := listen(t, o.App, o.bo, "?board="+o.board.ID+"&since="+o.seq(t), "Last-Event-ID", before)
	require.Equal(t, o.seq(t), hear(t, again, "board"), "missed since the last event")
}

func TestAStreamIsSilentAboutOtherBoards(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	other := o.Board(o.ana, o.team, "Other")
	lines := listen(t, o.App, o.bo, "?board="+other.ID+"&since="+o.seq(t))
	hear(t, lines, "inbox")
	o.add(t, flow.Ready, "One")
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), other.ID)
	require.NoError(t, err)
	_, err = o.Store.AddTasks(t.Context(), o.ana.Actor(), v.Lanes[1].ID, []string{"Two"})
	require.NoError(t, err)
	require.Equal(t, o.seq(t), hear(t, lines, "board"), "the first news is of the second change")
}

func TestAStreamEndsWithTheMembership(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := listen(t, o.App, o.bo, "?board="+o.board.ID)
	hear(t, lines, "inbox")
	require.NoError(t, o.Store.RemoveMember(t.Context(), o.ana.Actor(), o.team.ID, o.bo.ID))
	hear(t, lines, "gone")
	ended(t, lines)
}

func TestAStreamEndsWithTheSession(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lines := listen(t, o.App, o.bo, "")
	hear(t, lines, "inbox")
	require.NoError(t, o.Store.SignOut(t.Context(), o.bo.Actor(), o.bo.Cookie().Value))
	hear(t, lines, "gone")
	ended(t, lines)
}

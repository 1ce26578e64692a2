package tests

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models/access"
	"relevo/tests/testapp"
)

// BenchmarkViewers has 2,000 people look at one board of 200 tasks while somebody
// moves its cards. The program runs in a process of its own, as people run it, so
// that its memory is its own. "told" is until a viewer's stream says that there is
// news; "shown" is until the viewer has also fetched what is new, as its page does.
// A move is to reach 99 % in 150 ms, with at most 30 KB of memory each.
func BenchmarkViewers(b *testing.B) {
	const viewers, people = 2000, 20
	app := testapp.Start(b)
	ana := app.Person("Ana")
	team := app.Team(ana, "People")
	board := fill(b, app, ana, team, 200)
	cookies := []*http.Cookie{ana.Cookie()}
	for i := range people {
		cookies = append(cookies, app.Join(ana, team, fmt.Sprintf("Viewer %d", i), access.Member).Cookie())
	}
	v, err := app.Store.Board(b.Context(), ana.Actor(), board)
	require.NoError(b, err)
	s := newServer(b)
	_, err = app.DB.WriteSQL().Exec("VACUUM INTO ?", s.database())
	require.NoError(b, err)
	s.start()
	get(s.url+"/boards/"+board, ana) //nolint:errcheck // warms up
	before := s.resident(b)

	w := watchers{b: b, host: strings.TrimPrefix(s.url, "http://"), news: make(chan int, viewers)}
	for i := range viewers {
		w.open(board, v.Seq, cookies[i%len(cookies)])
	}
	each := float64(s.resident(b)-before) / viewers

	var told, shown []time.Duration
	seq, turn := v.Seq, 0
	for b.Loop() {
		card, lane := v.Lanes[1].Cards[0], v.Lanes[2-turn%2] // to and fro
		turn++
		w.moved.Store(time.Now().UnixNano())
		w.move(s.url, card.ID, lane.ID, ana.Cookie())
		told = append(told, w.heard(viewers)...)
		began := time.Now()
		var fetches sync.WaitGroup
		var at [viewers]time.Duration
		next := atomic.Int64{}
		for range 64 { // connections kept open
			fetches.Go(func() {
				for i := next.Add(1) - 1; i < viewers; i = next.Add(1) - 1 {
					w.fetch(fmt.Sprintf("%s/boards/%s/changes?since=%d", s.url, board, seq), cookies[int(i)%len(cookies)])
					at[i] = time.Since(began)
				}
			})
		}
		fetches.Wait()
		last := slices.Max(told[len(told)-viewers:])
		for _, d := range at {
			shown = append(shown, last+d)
		}
		seq = w.seq.Load()
	}
	b.ReportMetric(each, "KB/viewer") // here, as the loop forgets what was reported before it
	for name, times := range map[string][]time.Duration{"told": told, "shown": shown} {
		slices.Sort(times)
		b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, name+"-p50-ms")
		b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, name+"-p99-ms")
	}
}

// resident is the memory of the program, in KB.
func (s *server) resident(tb testing.TB) int {
	tb.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	require.NoError(tb, err)
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kb, err := strconv.Atoi(strings.Fields(rest)[0])
	require.NoError(tb, err)
	return kb
}

// watchers are many open streams.
type watchers struct {
	b     *testing.B
	host  string
	news  chan int
	moved atomic.Int64 // when the card was moved, in nanoseconds
	seq   atomic.Int64
	times sync.Map
	count atomic.Int64
}

// open opens a stream and waits until the server has begun to answer.
func (w *watchers) open(board string, since int64, cookie *http.Cookie) {
	conn, err := net.Dial("tcp", w.host)
	require.NoError(w.b, err)
	w.b.Cleanup(func() { _ = conn.Close() })
	_, err = fmt.Fprintf(conn, "GET /events?board=%s&since=%d HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", board, since, w.host, cookie)
	require.NoError(w.b, err)
	r := bufio.NewReaderSize(conn, 512)
	for line := ""; !strings.HasPrefix(line, "event: inbox"); {
		line, err = r.ReadString('\n')
		require.NoError(w.b, err)
	}
	go w.read(r)
}

func (w *watchers) read(r *bufio.Reader) {
	board := false
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		text := string(line)
		if strings.HasPrefix(text, "event: ") {
			board = strings.HasPrefix(text, "event: board")
		}
		if data, ok := strings.CutPrefix(text, "data: "); ok && board {
			n, _ := strconv.ParseInt(strings.TrimSpace(data), 10, 64)
			w.seq.Store(n)
			w.times.Store(w.count.Add(1), time.Duration(time.Now().UnixNano()-w.moved.Load()))
			w.news <- 1
		}
	}
}

// heard waits until so many streams have told of the move, and says after how long.
func (w *watchers) heard(n int) (times []time.Duration) {
	for range n {
		select {
		case <-w.news:
		case <-time.After(time.Minute):
			require.Fail(w.b, "some viewers heard nothing")
		}
	}
	w.times.Range(func(k, d any) bool {
		times = append(times, d.(time.Duration))
		w.times.Delete(k)
		return true
	})
	return times
}

func (w *watchers) move(base, card, column string, cookie *http.Cookie) {
	form := url.Values{"column": {column}, "version": {"1000000000"}, "from": {"board"}}
	r, err := http.NewRequest(http.MethodPut, base+"/tasks/"+card+"/place", strings.NewReader(form.Encode()))
	require.NoError(w.b, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("HX-Request", "true")
	r.AddCookie(cookie)
	answer, err := keepAlive.Do(r)
	require.NoError(w.b, err)
	require.Equal(w.b, http.StatusNoContent, answer.StatusCode)
	_ = answer.Body.Close()
}

func (w *watchers) fetch(address string, cookie *http.Cookie) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return
	}
	r.Header.Set("HX-Request", "true")
	r.AddCookie(cookie)
	answer, err := keepAlive.Do(r)
	if err != nil {
		w.b.Error(err)
		return
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		w.b.Error(answer.Status)
	}
}

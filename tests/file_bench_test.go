package tests

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/testapp"
)

const benchFile = 25 << 20

// noise is a body of one file, no two alike, that nobody holds in memory.
func noise(seed uint64) (kind string, body io.Reader, size int64) {
	const head = "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"film.mp4\"\r\n\r\n"
	const tail = "\r\n--x--\r\n"
	r := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16)})
	return "multipart/form-data; boundary=x", io.MultiReader(stringReader(head), io.LimitReader(r, benchFile), stringReader(tail)), int64(len(head) + benchFile + len(tail))
}

type text0 struct{ s string }

func stringReader(s string) io.Reader { return &text0{s} }

func (t *text0) Read(p []byte) (int, error) {
	if t.s == "" {
		return 0, io.EOF
	}
	n := copy(p, t.s)
	t.s = t.s[n:]
	return n, nil
}

// heap watches how much memory is in use until it is told to stop.
func heap() (stop func() uint64) {
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	})
	return func() uint64 {
		close(done)
		watch.Wait()
		return most.Load() - min(most.Load(), before.HeapAlloc)
	}
}

// BenchmarkFiles takes in and sends files of 25 MB over HTTP, and says how long
// other people's moves take meanwhile, durably as in daily use.
func BenchmarkFiles(b *testing.B) {
	app := testapp.Start(b, func(p *models.Parts) { p.MaxFile, p.MaxTeamFiles = benchFile+1, 1<<40 })
	ana := app.Person("Ana")
	team := app.Team(ana, "People")
	board := app.Board(ana, team, "Films")
	v, err := app.Store.Board(b.Context(), ana.Actor(), board.ID)
	require.NoError(b, err)
	tasks, err := app.Store.AddTasks(b.Context(), ana.Actor(), v.Lanes[1].ID, []string{"Film", "Moved"})
	require.NoError(b, err)
	url := app.URL + "/tasks/" + tasks[0].ID + "/files"

	var seed atomic.Uint64
	upload := func() {
		kind, body, size := noise(seed.Add(1))
		r, err := http.NewRequestWithContext(b.Context(), "POST", url, body)
		require.NoError(b, err)
		r.ContentLength = size
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("HX-Request", "true")
		r.AddCookie(ana.Cookie())
		a, err := http.DefaultClient.Do(r)
		require.NoError(b, err)
		require.Equal(b, http.StatusCreated, a.StatusCode)
		_ = a.Body.Close()
	}
	moves := func(until func() bool) []time.Duration {
		var took []time.Duration
		lanes := map[flow.State]string{}
		for _, l := range v.Lanes {
			lanes[l.State] = l.ID
		}
		for i := 0; !until(); i++ {
			to := lanes[[]flow.State{flow.InProgress, flow.Ready}[i%2]]
			began := time.Now()
			require.NoError(b, app.Store.MoveTask(b.Context(), ana.Actor(), tasks[1].ID, 1<<40, models.Place{Column: to}))
			took = append(took, time.Since(began))
			time.Sleep(2 * time.Millisecond)
		}
		slices.Sort(took)
		return took
	}
	report := func(b *testing.B, took []time.Duration) {
		for name, at := range map[string]float64{"p50": .5, "p99": .99, "most": 1} {
			i := min(len(took)-1, int(at*float64(len(took))))
			b.ReportMetric(float64(took[i].Microseconds())/1000, name+"-move-ms")
		}
	}

	b.Run("moves alone", func(b *testing.B) {
		end := time.Now().Add(2 * time.Second)
		report(b, moves(func() bool { return time.Now().After(end) }))
	})
	b.Run("taken in", func(b *testing.B) {
		b.SetBytes(benchFile)
		stop := heap()
		for b.Loop() {
			upload()
		}
		b.ReportMetric(float64(stop())/(1<<20), "peak-MB")
	})
	for _, uploads := range []int{1, 4} {
		b.Run(fmt.Sprintf("moves beside %d being taken in", uploads), func(b *testing.B) {
			var all sync.WaitGroup
			var left atomic.Int64
			left.Store(int64(uploads))
			stop := heap()
			for range uploads {
				all.Go(func() {
					defer left.Add(-1)
					for range 4 {
						upload()
					}
				})
			}
			took := moves(func() bool { return left.Load() == 0 })
			all.Wait()
			b.ReportMetric(float64(stop())/(1<<20), "peak-MB")
			report(b, took)
		})
	}
	files, err := app.Store.Task(b.Context(), ana.Actor(), tasks[0].ID)
	require.NoError(b, err)
	b.Run("sent", func(b *testing.B) {
		b.SetBytes(benchFile)
		stop := heap()
		for b.Loop() {
			r, err := http.NewRequestWithContext(b.Context(), "GET", url+"/"+files.Files[0].ID, nil)
			require.NoError(b, err)
			r.AddCookie(ana.Cookie())
			a, err := http.DefaultClient.Do(r)
			require.NoError(b, err)
			n, err := io.Copy(io.Discard, a.Body)
			require.NoError(b, err)
			require.EqualValues(b, benchFile, n)
			_ = a.Body.Close()
		}
		b.ReportMetric(float64(stop())/(1<<20), "peak-MB")
	})
}

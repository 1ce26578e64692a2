package tests

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/db"
	"relevo/models"
	"relevo/tests/replay"
	"relevo/tests/testdb"
)

// server is the program itself, as people run it.
type server struct {
	t       testing.TB
	program string
	dir     string
	process *exec.Cmd
	url     string
}

// newServer builds the program and gives it a database of its own.
func newServer(t testing.TB) *server {
	t.Helper()
	s := &server{t: t, dir: t.TempDir()}
	s.program = filepath.Join(s.dir, "relevo")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "sqlite_fts5", "-o", s.program, "relevo")
	out, err := build.CombinedOutput()
	require.NoError(t, err, string(out))
	return s
}

func (s *server) database() string { return filepath.Join(s.dir, "relevo.db") }

// start runs the program and waits until it tells where it is.
func (s *server) start() {
	s.t.Helper()
	s.process = exec.Command(s.program, "serve")
	s.process.Dir = s.dir
	s.process.Env = append(os.Environ(), "RELEVO_ADDR=127.0.0.1:0", "RELEVO_DATABASE="+s.database(), "RELEVO_LOG_LEVEL=error")
	s.process.Stderr = s.t.Output()
	out, err := s.process.StdoutPipe()
	require.NoError(s.t, err)
	require.NoError(s.t, s.process.Start())
	s.t.Cleanup(s.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(s.t, err)
	_, s.url, _ = strings.Cut(strings.TrimSpace(line), "Relevo is at ")
	require.NotEmpty(s.t, s.url, line)
}

// kill is kill -9: no handler runs, nothing is written any more.
func (s *server) kill() {
	if s.process != nil {
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
		s.process = nil
	}
}

// The server is killed in the middle of twenty people's work, and started again:
// each change that it had acknowledged is there, the log is whole, and what time
// was to release while it was dead is released, once.
func TestAServerThatIsKilledLosesNothingItAcknowledged(t *testing.T) {
	t.Parallel()
	if testdb.Postgres() {
		t.Skip("on PostgreSQL it is PostgreSQL that keeps what is acknowledged")
	}
	d := newDesk(t)
	c := newCrowd(d, 20)
	timed := d.timed(12)
	s := newServer(t)
	_, err := d.DB.WriteSQL().Exec("VACUUM INTO ?", s.database())
	require.NoError(t, err)
	s.start()
	c.url = s.url
	client := newClient()
	for i, id := range timed {
		at := time.Now().Add(time.Duration(i%2*4+2) * time.Second)
		answer, err := c.send(client, c.people[i], "PUT", "/tasks/"+id, "version", "1000000", "not_before", at.UTC().Format("2006-01-02T15:04:05"))
		require.NoError(t, err, answer)
	}
	require.Len(t, c.acked, len(timed))

	killed := make(chan struct{})
	go func() {
		defer close(killed)
		for c.done.Load() < 200 {
			time.Sleep(time.Millisecond)
		}
		_ = s.process.Process.Kill()
	}()
	c.work(func() bool { return c.done.Load() > 100_000 })
	<-killed
	s.kill()
	t.Logf("killed after %d acknowledged changes", len(c.acked))

	time.Sleep(2 * time.Second) // half of the timers fall due while it is dead
	s.start()
	h, err := db.Open(t.Context(), db.Settings{Database: s.database()})
	require.NoError(t, err)
	defer func() { _ = h.Close() }()
	c.account(h.Read, true)

	require.Eventually(t, func() bool { return waiting(t, h.Read, timed) == 0 }, 30*time.Second, 50*time.Millisecond, "time releases what waits for it")
	// They work on with the server as it is now.
	c.url = s.url
	before := c.done.Load()
	c.work(func() bool { return c.done.Load() >= before+100 })
	c.account(h.Read, true)
	var releases []int
	require.NoError(t, h.Read.Raw("SELECT COUNT(*) FROM entries WHERE action = 'task.released' AND task_id IN ? GROUP BY task_id", timed).Scan(&releases).Error)
	require.Len(t, releases, len(timed))
	for _, n := range releases {
		require.Equal(t, 1, n, "a timer fires once")
	}
	replay.Check(t, h.Read)
}

// timed adds tasks that the crowd leaves alone.
func (d desk) timed(n int) []string {
	d.t.Helper()
	titles := make([]string, n)
	for i := range titles {
		titles[i] = "Timed"
	}
	return d.tasks(titles...)
}

func waiting(t *testing.T, db *gorm.DB, tasks []string) (n int) {
	t.Helper()
	require.NoError(t, db.Model(&models.Task{}).Select("COUNT(*)").Where("id IN ? AND state = 'waiting'", tasks).Row().Scan(&n))
	return n
}

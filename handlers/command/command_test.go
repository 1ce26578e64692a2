package command

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/testdb"
)

// asRelevo makes this test program be the real one.
const asRelevo = "RELEVO_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asRelevo) != "" {
		Main("test")
		return
	}
	os.Exit(m.Run())
}

// relevo is the program with a command line and settings of its own.
func relevo(t *testing.T, args []string, settings ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Dir = t.TempDir()
	c.Env = append([]string{asRelevo + "=1", "PATH=" + os.Getenv("PATH")}, settings...)
	return c
}

// start starts the server and returns where it says that it is.
func start(t *testing.T, settings ...string) (c *exec.Cmd, address string, stderr *strings.Builder) {
	t.Helper()
	c = relevo(t, nil, append([]string{"RELEVO_ADDR=127.0.0.1:0"}, settings...)...)
	stderr = &strings.Builder{}
	c.Stderr = stderr
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, stderr)
	address, ok := strings.CutPrefix(strings.TrimSpace(line), "Relevo is at ")
	require.True(t, ok, line)
	return c, address, stderr
}

func get(t *testing.T, address string) int {
	t.Helper()
	r, err := http.Get(address) // #nosec G107 -- our own server
	require.NoError(t, err)
	_, _ = io.Copy(io.Discard, r.Body)
	require.NoError(t, r.Body.Close())
	return r.StatusCode
}

func TestTheServerStartsFromNothingAnswersAndStopsWhenAsked(t *testing.T) {
	c, address, stderr := start(t, "RELEVO_DATABASE="+testdb.Empty(t))
	require.Equal(t, http.StatusOK, get(t, address+"/healthz"))
	require.Equal(t, http.StatusOK, get(t, address+"/readyz"))

	begun := time.Now()
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	require.NoError(t, c.Wait(), stderr)
	require.Less(t, time.Since(begun), 5*time.Second)
	require.NotContains(t, stderr.String(), "ERROR")
}

// signedIn makes an account in a database and returns its session's cookie.
func signedIn(t *testing.T, database string) *http.Cookie {
	t.Helper()
	h := testdb.Reopen(t, database)
	store, err := models.New(models.Parts{Write: h.Write, Read: h.Read, Enqueue: h.Enqueue})
	require.NoError(t, err)
	const email, password = "ana@example.com", "seven green turtles"
	in := models.SignUpInput{ProfileInput: models.ProfileInput{Name: "Ana", Lang: "en", Zone: "UTC"}, Email: email, Password: password}
	require.NoError(t, store.SignUp(t.Context(), models.Actor{}, in, ""))
	_, token, err := store.SignIn(t.Context(), models.Actor{}, email, password, "test")
	require.NoError(t, err)
	return &http.Cookie{Name: "relevo", Value: token}
}

func TestAnOpenPageDoesNotHoldUpTheServersStop(t *testing.T) {
	database := testdb.Fresh(t)
	cookie := signedIn(t, database)
	c, address, stderr := start(t, "RELEVO_DATABASE="+database)

	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/events", nil)
	require.NoError(t, err)
	r.AddCookie(cookie)
	stream, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = stream.Body.Close() }()
	require.Equal(t, "text/event-stream", stream.Header.Get("Content-Type"))
	lines := bufio.NewReader(stream.Body)
	first, err := lines.ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "event: inbox\n", first)

	begun := time.Now()
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	_, err = io.Copy(io.Discard, lines)
	require.NoError(t, err, "the stream ends in good order")
	require.NoError(t, c.Wait(), stderr)
	require.Less(t, time.Since(begun), 5*time.Second)
}

func TestTheServerStartsAgainOnWhatItLeft(t *testing.T) {
	database := testdb.Fresh(t)
	for range 2 {
		c, address, stderr := start(t, "RELEVO_DATABASE="+database)
		require.Equal(t, http.StatusOK, get(t, address+"/readyz"))
		require.NoError(t, c.Process.Kill())
		_ = c.Wait()
		require.NotContains(t, stderr.String(), "ERROR")
	}
}

func TestAnAddressInUseIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = l.Close() }()
	out, err := relevo(t, nil, "RELEVO_ADDR="+l.Addr().String()).CombinedOutput()
	require.Error(t, err)
	require.Contains(t, string(out), "RELEVO_ADDR: another program listens on "+l.Addr().String())
}

func TestAllThatIsWrongWithTheSettingsIsSaidAtOnce(t *testing.T) {
	out, err := relevo(t, nil,
		"RELEVO_ADR=127.0.0.1:80", "RELEVO_ADDR=8080", "RELEVO_DATABASE=missing/relevo.db", "RELEVO_URL=relevo.example.com",
		"RELEVO_SYNCHRONOUS=off", "RELEVO_TRUSTED_PROXIES=10.0.0.0/8, proxy", "RELEVO_LOG_LEVEL=loud", "RELEVO_MAX_FILE=big", "RELEVO_MAX_TEAM_FILES=0GB", "RELEVO_LOG_FORMAT=xml",
	).CombinedOutput()
	require.Error(t, err)
	for _, said := range []string{
		"RELEVO_ADR: there is no such setting",
		`RELEVO_ADDR: "8080" is not host:port; write for example`,
		"RELEVO_DATABASE: there is no folder missing; make it",
		`RELEVO_URL: "relevo.example.com" is not an address without a path; write for example`,
		`RELEVO_SYNCHRONOUS: "off" is not known; write full or normal`,
		`RELEVO_TRUSTED_PROXIES: "proxy" is neither an address nor a network`,
		`RELEVO_MAX_FILE: "big" is not a size; write for example 25MB or 5GB`,
		`RELEVO_MAX_TEAM_FILES: "0GB" is not a size`,
		`RELEVO_LOG_LEVEL: "loud" is not known; write debug or info or warn or error`,
		`RELEVO_LOG_FORMAT: "xml" is not known; write text or json`,
	} {
		require.Contains(t, string(out), said)
	}
}

func TestHelpListsEverySettingWithItsDefault(t *testing.T) {
	out, err := relevo(t, []string{"--help"}).CombinedOutput()
	require.NoError(t, err)
	require.Contains(t, string(out), "migrate")
	require.Regexp(t, `RELEVO_ADDR\s+127.0.0.1:8080\s+where to listen`, string(out))
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	for line := range strings.Lines(describeSettings()) {
		name := strings.Fields(line)[0]
		require.Contains(t, string(out), name)
		require.Contains(t, string(readme), "`"+name+"`", "README.md lists every setting too")
	}
}

func TestMigratingTwiceFromTheCommandLine(t *testing.T) {
	database := "RELEVO_DATABASE=" + testdb.Empty(t)
	out, err := relevo(t, []string{"migrate"}, database).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "applied: ")
	out, err = relevo(t, []string{"migrate"}, database).CombinedOutput()
	require.NoError(t, err, string(out))
	require.Equal(t, "The database is up to date.\n", string(out))
}

func TestAnEmptySettingIsNotSet(t *testing.T) {
	s, err := readSettings([]string{"RELEVO_ADDR=", "RELEVO_DATABASE=" + filepath.Join(t.TempDir(), "x.db")})
	require.NoError(t, err)
	require.Equal(t, "127.0.0.1:8080", s.Addr)
}

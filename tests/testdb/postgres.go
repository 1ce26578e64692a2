package testdb

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// server is a PostgreSQL cluster in which tests make databases.
type server struct {
	url  string // of its database "postgres"
	base string // name of the migrated database that others are cloned from
	stop func() // kept: forgotten, the pipe that holds the cluster up is collected
}

var made atomic.Int64 // databases made by this process

// cluster returns the server of RELEVO_TEST_POSTGRES, prepared once.
func cluster(tb testing.TB) *server {
	tb.Helper()
	s, err := prepared()
	require.NoError(tb, err, "a PostgreSQL to test on")
	return s
}

var prepared = sync.OnceValues(func() (*server, error) {
	s := &server{url: os.Getenv(Variable), base: fmt.Sprintf("relevo_template_%d", os.Getpid())}
	if s.url == "1" {
		var err error
		if s.url, s.stop, err = StartPostgres(); err != nil {
			return nil, err
		}
	}
	if err := s.exec("CREATE DATABASE " + s.base); err != nil {
		return nil, err
	}
	return s, migrate(s.database(s.base))
})

// clone makes a database for a test; migrated or empty.
func (s *server) clone(tb testing.TB, migrated bool) string {
	tb.Helper()
	name, from := fmt.Sprintf("relevo_%d_%d", os.Getpid(), made.Add(1)), "template0"
	if migrated {
		from = s.base
	}
	require.NoError(tb, s.exec(fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s STRATEGY FILE_COPY", name, from)))
	tb.Cleanup(func() { _ = s.exec(fmt.Sprintf("DROP DATABASE %s WITH (FORCE)", name)) })
	return s.database(name)
}

func (s *server) database(name string) string {
	u, err := url.Parse(s.url)
	if err != nil { // it has been connected to
		panic(err)
	}
	u.Path = "/" + name
	return u.String()
}

func (s *server) exec(query string) error {
	ctx := context.Background()
	c, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer func() { _ = c.Close(ctx) }()
	_, err = c.Exec(ctx, query)
	return err
}

// ErrNoPostgres says that this machine has no PostgreSQL to start.
var ErrNoPostgres = errors.New("no PostgreSQL here: initdb is not on PATH nor under /usr/lib/postgresql (apt-get install postgresql)")

// StartPostgres starts a throwaway cluster and returns its URL and what ends it.
// It ends, and its files go, with this process, however that ends.
func StartPostgres() (address string, stop func(), err error) {
	bin, err := postgresFolder()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "relevo-postgres")
	if err != nil {
		return "", nil, err
	}
	as, err := ordinary(dir)
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	// The shell reads its input until this process is gone, then cleans up.
	const script = `
		(
			"$0/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions &&
			exec "$0/postgres" -D "$1/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
				-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=1000 -c timezone=America/Lima
		) >"$1/log" 2>&1 & server=$!
		read -r _
		kill -INT $server; wait $server
		rm -rf "$1/data" "$1/log"; rmdir "$1" 2>/dev/null`
	c := exec.Command("/bin/sh", "-c", script, bin, dir, strconv.Itoa(port)) // #nosec G204 -- all of our own making
	c.Dir, c.SysProcAttr = dir, as
	in, err := c.StdinPipe()
	if err != nil {
		return "", nil, err
	}
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		_ = in.Close()
		_ = c.Wait()
		_ = os.RemoveAll(dir)
	}
	address = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	if err := answers(address); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log")) // #nosec G304 -- our own folder
		stop()
		return "", nil, fmt.Errorf("start PostgreSQL: %w\n%s", err, log)
	}
	return address, stop, nil
}

func postgresFolder() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			if _, err := os.Stat(filepath.Join(filepath.Dir(p), "postgres")); err == nil {
				return filepath.Dir(p), nil
			}
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", ErrNoPostgres
	}
	slices.Sort(found)
	return filepath.Dir(found[len(found)-1]), nil
}

// ordinary makes dir belong to the user that PostgreSQL will run as: it refuses
// to run as root.
func ordinary(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true} // an interrupt from the keyboard is for the tests
	if os.Getuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func answers(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		c, err := pgx.Connect(ctx, address)
		if err == nil {
			return c.Close(ctx)
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(25 * time.Millisecond):
		}
	}
}

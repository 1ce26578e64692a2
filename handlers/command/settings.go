package command

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/caarlos0/env/v11"
	"github.com/jackc/pgx/v5/pgxpool"

	"relevo/db"
	"relevo/handlers/jobs"
)

const prefix = "RELEVO_"

// written are the settings as they are written. Empty counts as
// not set.
type written struct {
	Addr           string `env:"ADDR" envDefault:"127.0.0.1:8080" about:"where to listen, host:port"`
	Database       string `env:"DATABASE" envDefault:"relevo.db" about:"a SQLite file, or a postgres:// URL"`
	Keys           string `env:"KEYS" about:"the file of keys, made at first start; default: beside the database, as relevo.keys"`
	URL            string `env:"URL" about:"the public address, used in links; default: where it listens. With https cookies are sent over TLS only"`
	Synchronous    string `env:"SYNCHRONOUS" envDefault:"full" about:"full: what is answered is on the disk; normal: faster, and a power cut may take back the last changes (SQLite)"`
	TrustedProxies string `env:"TRUSTED_PROXIES" about:"addresses or networks, by commas, whose X-Forwarded-For is believed; default: none"`
	LogLevel       string `env:"LOG_LEVEL" envDefault:"info" about:"debug, info, warn or error"`
	MaxFile        string `env:"MAX_FILE" envDefault:"25MB" about:"the most that one file of a task may take; KB, MB or GB of 1,024"`
	MaxTeamFiles   string `env:"MAX_TEAM_FILES" envDefault:"5GB" about:"the most that all files of a team may take, each kept once"`
	Templates      string `env:"TEMPLATES" about:"a folder of workflow templates (YAML), which every team gets when the server starts; default: none"`
	Witness        string `env:"WITNESS" about:"a folder in which signed heads of the logs are left, for somebody else to keep; default: none"`
	LogFormat      string `env:"LOG_FORMAT" envDefault:"text" about:"text or json, to standard error"`
}

// settings is everything that an operator may set.
type settings struct {
	Addr           string
	Database       string
	Keys           string   // the file of keys
	URL            *url.URL // nil: where it listens
	Normal         bool     // SQLite's synchronous=NORMAL
	TrustedProxies []netip.Prefix
	MaxFile        int64  // bytes
	MaxTeamFiles   int64  // bytes
	Templates      string // a folder; empty: none
	Witness        string // a folder; empty: none
	LogLevel       slog.Level
	LogJSON        bool
}

// readSettings reads the environment, NAME=value each. It tells all that is
// wrong at once: each error names the setting and says how to mend it.
func readSettings(environment []string) (settings, error) {
	vars := env.ToMap(environment)
	for name, value := range vars {
		if value == "" && strings.HasPrefix(name, prefix) {
			delete(vars, name) // set to nothing is not set
		}
	}
	var w written
	if err := env.ParseWithOptions(&w, env.Options{Prefix: prefix, Environment: vars}); err != nil {
		return settings{}, err
	}
	s := settings{Addr: w.Addr, Database: w.Database, Keys: w.Keys, Templates: w.Templates, Witness: w.Witness}
	if s.Keys == "" {
		s.Keys = keysBeside(w.Database)
	}
	errs := unknown(vars)
	read := func(name string, err error) {
		if err != nil {
			errs = append(errs, fmt.Errorf("%s%s: %w", prefix, name, err))
		}
	}
	read("ADDR", checkAddr(w.Addr))
	read("DATABASE", checkDatabase(w.Database))
	read("URL", s.readURL(w.URL))
	read("SYNCHRONOUS", oneOf(w.Synchronous, "full", "normal"))
	read("TRUSTED_PROXIES", s.readProxies(w.TrustedProxies))
	read("MAX_FILE", readSize(w.MaxFile, &s.MaxFile))
	read("MAX_TEAM_FILES", readSize(w.MaxTeamFiles, &s.MaxTeamFiles))
	read("WITNESS", checkWitness(w.Witness))
	read("LOG_LEVEL", oneOf(w.LogLevel, "debug", "info", "warn", "error"))
	read("LOG_FORMAT", oneOf(w.LogFormat, "text", "json"))
	s.Normal, s.LogJSON = w.Synchronous == "normal", w.LogFormat == "json"
	_ = s.LogLevel.UnmarshalText([]byte(w.LogLevel)) // checked above
	return s, errors.Join(errs...)
}

// unknown finds names that look like settings and are none.
func unknown(vars map[string]string) (errs []error) {
	for name := range vars {
		known := strings.HasPrefix(name, prefix+"TEST_") || !strings.HasPrefix(name, prefix)
		for _, f := range reflect.VisibleFields(reflect.TypeFor[written]()) {
			known = known || name == prefix+f.Tag.Get("env")
		}
		if !known {
			errs = append(errs, fmt.Errorf("%s: there is no such setting; relevo --help lists them all", name))
		}
	}
	slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errs
}

func checkAddr(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%q is not host:port; write for example 127.0.0.1:8080", addr)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is not a port; write a number from 1 to 65535, for example %s", port, net.JoinHostPort(host, "8080"))
	}
	return nil
}

func checkDatabase(database string) error {
	if strings.HasPrefix(database, "postgres://") || strings.HasPrefix(database, "postgresql://") {
		if _, err := pgxpool.ParseConfig(database); err != nil {
			return fmt.Errorf("%s cannot be read; write postgres://user:password@host:5432/name", db.Redacted(database))
		}
		return nil
	}
	if scheme, _, ok := strings.Cut(database, "://"); ok {
		return fmt.Errorf("%s:// is no database of ours; write the path of a file, or a postgres:// URL", scheme)
	}
	if info, err := os.Stat(filepath.Dir(database)); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s; make it, or write another path", filepath.Dir(database))
	}
	if info, err := os.Stat(database); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; write the path of a file, for example %s", database, filepath.Join(database, "relevo.db"))
	}
	return nil
}

func checkWitness(folder string) error {
	if folder == "" {
		return nil
	}
	if err := jobs.CheckWitness(folder); err != nil {
		return fmt.Errorf("nothing can be left in %s (%w); make it a folder that the server may write to, or leave the setting out", folder, err)
	}
	return nil
}

func (s *settings) readURL(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return fmt.Errorf("%q is not an address without a path; write for example https://relevo.example.com", text)
	}
	s.URL = &url.URL{Scheme: u.Scheme, Host: u.Host}
	return nil
}

func (s *settings) readProxies(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if err != nil {
			address, err := netip.ParseAddr(part)
			if err != nil {
				return fmt.Errorf("%q is neither an address nor a network; write for example 127.0.0.1 or 10.0.0.0/8", part)
			}
			network = netip.PrefixFrom(address, address.BitLen())
		}
		s.TrustedProxies = append(s.TrustedProxies, network.Masked())
	}
	return nil
}

// sizeForm is a size as people write it.
var sizeForm = regexp.MustCompile(`^(\d{1,6}) ?(KB|MB|GB)$`)

func readSize(text string, into *int64) error {
	m := sizeForm.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if m == nil || strings.Trim(m[1], "0") == "" {
		return fmt.Errorf("%q is not a size; write for example 25MB or 5GB", text)
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	*into = n << map[string]int{"KB": 10, "MB": 20, "GB": 30}[m[2]]
	return err
}

func oneOf(value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return fmt.Errorf("%q is not known; write %s", value, strings.Join(allowed, " or "))
}

// describeSettings lists every setting with its default and what it is for.
func describeSettings() string {
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, f := range reflect.VisibleFields(reflect.TypeFor[written]()) {
		_, _ = fmt.Fprintf(table, "  %s%s\t%s\t%s\n", prefix, f.Tag.Get("env"), f.Tag.Get("envDefault"), f.Tag.Get("about"))
	}
	_ = table.Flush()
	return text.String()
}

func (s settings) database() db.Settings {
	return db.Settings{Database: s.Database, Normal: s.Normal, Logger: s.logger()}
}

func (s settings) logger() *slog.Logger {
	options := &slog.HandlerOptions{Level: s.LogLevel}
	if s.LogJSON {
		return slog.New(slog.NewJSONHandler(os.Stderr, options))
	}
	return slog.New(slog.NewTextHandler(os.Stderr, options))
}

// Package command is the program as an operator meets it: its command line, its
// settings, and the wiring of all its parts into a server that starts and stops.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"relevo/db"
)

// commands is the command line.
type commands struct {
	Serve    serveCommand    `cmd:"" default:"1" help:"Bring the database up to date and serve (what happens without a command)."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the database up to date and do nothing else."`
	Verify   verifyCommand   `cmd:"" help:"Go through every log of a database and tell what has been changed behind the program's back; ends with status 1 if anything has."`
	Keys     keysCommand     `cmd:"" help:"Print the keys that prove the logs, or begin with a new one."`
	Template templateCommand `cmd:"" help:"Templates of workflows."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

type (
	serveCommand   struct{}
	migrateCommand struct{}
	versionCommand struct{}
)

// release is the version that the program says it is.
type release string

// Main runs the command line of the program and ends it.
func Main(version string) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	command := kong.Parse(&commands{}, kong.Name("relevo"), kong.Help(help),
		kong.Description("A board on which a team's dependent work moves by itself."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(release(version)))
	err := command.Run()
	stop()
	if err != nil {
		complain(os.Stderr, err)
		os.Exit(1)
	}
}

// help adds the settings to what kong prints.
func help(options kong.HelpOptions, ctx *kong.Context) error {
	if err := kong.DefaultHelpPrinter(options, ctx); err != nil {
		return err
	}
	_, err := fmt.Fprintf(ctx.Stdout, "\nSettings (environment variables):\n%s", describeSettings())
	return err
}

// complain prints each of the errors that err joins on a line.
func complain(to io.Writer, err error) {
	for line := range strings.Lines(err.Error()) {
		_, _ = fmt.Fprintf(to, "relevo: %s\n", strings.TrimSuffix(line, "\n"))
	}
}

func (serveCommand) Run(ctx context.Context) error {
	s, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	return serve(ctx, s, os.Stdout)
}

func (migrateCommand) Run(ctx context.Context) (err error) {
	s, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	h, err := db.Open(ctx, s.database())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	applied, err := h.Migrate(ctx)
	if err != nil {
		return err
	}
	if len(applied) == 0 {
		fmt.Println("The database is up to date.")
		return nil
	}
	fmt.Printf("The database is up to date; applied: %s.\n", strings.Join(applied, ", "))
	return nil
}

func (versionCommand) Run(version release) error {
	fmt.Println("relevo", version)
	return nil
}

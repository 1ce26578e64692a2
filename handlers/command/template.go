package command

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"relevo/models/playbook"
	"relevo/views/say"
)

type (
	templateCommand struct {
		Check  templateCheckCommand  `cmd:"" help:"Check templates of workflows; says by line and column what is wrong with them."`
		Schema templateSchemaCommand `cmd:"" help:"Print the JSON Schema of templates, for editors."`
	}
	templateCheckCommand struct {
		Files []string `arg:"" name:"file" help:"YAML files; - is the standard input."`
		Lang  string   `help:"Language of the messages, en or es (as long as nothing is said, LANG's)." enum:",en,es" default:""`
	}
	templateSchemaCommand struct{}
)

// Run prints what is wrong with each file as file:line:column, and fails if there
// is an error among it; warnings are only said.
func (c templateCheckCommand) Run(k *kong.Kong) error {
	words := wordsOf(c.Lang)
	errors, warnings := 0, 0
	for _, name := range c.Files {
		text, err := readTemplate(name)
		if err != nil {
			return err
		}
		d, findings := playbook.Review(text)
		for _, f := range findings {
			if f.Severity == playbook.Error {
				errors++
			} else {
				warnings++
			}
			_, _ = fmt.Fprintf(k.Stdout, "%s:%d:%d: %s: %s\n", name, f.At.Line, f.At.Column, words.Playbook.Severity[f.Severity], words.Problem(f.Fault()))
		}
		if !playbook.Broken(findings) {
			_, _ = fmt.Fprintf(k.Stdout, "%s: %s\n", name, words.Playbook.InOrder(len(d.Steps)))
		}
	}
	if errors > 0 {
		return fmt.Errorf("%s", words.Playbook.Found(errors, warnings))
	}
	return nil
}

// readTemplate reads no more of a file than a template may have, and one byte.
func readTemplate(name string) ([]byte, error) {
	from := io.Reader(os.Stdin)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, playbook.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return text, nil
}

// wordsOf are the words of a language, or else of the one that the terminal speaks.
func wordsOf(lang string) *say.Words {
	spoken := cmp.Or(lang, os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
	for tag, words := range say.All {
		if strings.HasPrefix(spoken, tag) {
			return words
		}
	}
	return say.All["en"]
}

// Run prints the schema.
func (templateSchemaCommand) Run(k *kong.Kong) error {
	_, err := k.Stdout.Write(playbook.Schema)
	return err
}

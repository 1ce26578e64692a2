package command

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"relevo/models/playbook"
	"relevo/models/rehearse"
	"relevo/views/say"
)

type (
	templateCommand struct {
		Check  templateCheckCommand  `cmd:"" help:"Check templates of workflows; says by line and column what is wrong with them."`
		Schema templateSchemaCommand `cmd:"" help:"Print the JSON Schema of templates, for editors."`
	}
	templateCheckCommand struct {
		Files []string `arg:"" name:"file" help:"YAML files, or folders with such (.yaml, .yml); - is the standard input."`
		Lang  string   `help:"Language of the messages, en or es (as long as nothing is said, LANG's)." enum:",en,es" default:""`
	}
	templateSchemaCommand struct{}
)

// Run prints what is wrong with each file as file:line:column, and fails if there
// is an error among it; warnings and hints are only said.
func (c templateCheckCommand) Run(k *kong.Kong) error {
	words := wordsOf(c.Lang)
	errors, warnings := 0, 0
	files, err := templatesAt(c.Files)
	if err != nil {
		return err
	}
	for _, name := range files {
		text, err := readTemplate(name)
		if err != nil {
			return err
		}
		d, findings := rehearse.Review(text, rehearse.Crew{})
		for _, f := range findings {
			switch f.Severity {
			case playbook.Error:
				errors++
			case playbook.Warning:
				warnings++
			case playbook.Hint:
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

// templatesAt puts in the place of each folder the templates in it and below it, by
// name. What begins with a dot is left alone; a folder without any is a mistake.
func templatesAt(names []string) ([]string, error) {
	var files []string
	for _, name := range names {
		info, err := os.Stat(name)
		if name == "-" || err == nil && !info.IsDir() {
			files = append(files, name)
			continue
		}
		if err != nil {
			return nil, err
		}
		was := len(files)
		err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			hidden := path != name && strings.HasPrefix(d.Name(), ".")
			switch {
			case err != nil:
				return err
			case d.IsDir() && hidden:
				return fs.SkipDir
			case !d.IsDir() && !hidden && slices.Contains([]string{".yaml", ".yml"}, filepath.Ext(path)):
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look through %s: %w", name, err)
		}
		if len(files) == was {
			return nil, fmt.Errorf("there is no .yaml or .yml file in %s", name)
		}
	}
	return files, nil
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

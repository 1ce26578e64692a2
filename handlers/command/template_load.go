package command

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"

	"relevo/models"
	"relevo/models/playbook"
	"relevo/views/say"
)

// loadTemplates brings the templates of a folder to every team. What is wrong with one
// is told in the log by file, line and column, and the others are loaded all the same;
// a folder that cannot be read keeps the server from starting.
func loadTemplates(ctx context.Context, store *models.Store, folder string, log *slog.Logger) error {
	if folder == "" {
		return nil
	}
	names, err := templatesAt([]string{folder})
	if err != nil {
		return fmt.Errorf("%sTEMPLATES: %w", prefix, err)
	}
	var files []models.TemplateFile
	for _, name := range names {
		text, err := readTemplate(name)
		if err != nil {
			return fmt.Errorf("%sTEMPLATES: %w", prefix, err)
		}
		if !sound(ctx, name, text, log) {
			continue
		}
		key, err := filepath.Rel(folder, name)
		if err != nil {
			return fmt.Errorf("%sTEMPLATES: %w", prefix, err)
		}
		files = append(files, models.TemplateFile{Key: filepath.ToSlash(key), Text: text})
	}
	done, err := store.LoadTemplates(ctx, files)
	for _, l := range done {
		if l.Draft {
			log.WarnContext(ctx, "a template was not loaded, because the team has a draft of its own: it is to be published or put back first", "file", l.Key, "team", l.Team, "template", l.Template)
			continue
		}
		log.InfoContext(ctx, "a template has been loaded", "file", l.Key, "team", l.Team, "template", l.Template, "version", l.Version)
	}
	return err
}

// sound reports whether a template has no error, and logs whatever there is to say of it.
func sound(ctx context.Context, name string, text []byte, log *slog.Logger) bool {
	_, findings := playbook.Review(text)
	for _, f := range findings {
		level := slog.LevelWarn
		if f.Severity == playbook.Error {
			level = slog.LevelError
		}
		log.Log(ctx, level, say.All["en"].Problem(f.Fault()), "file", name, "line", f.At.Line, "column", f.At.Column)
	}
	return !playbook.Broken(findings)
}

package models

import (
	"fmt"
	"maps"
	"strings"
	"sync"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/playbook"
)

// book is a published version of a template, read once: it never changes.
type book struct {
	playbook.Definition
	playbook.Branching
	branches bool // there is a condition in it
	mentions bool // a text asks for what is filled in on the way
}

// books keeps those that were read.
type books struct {
	mu   sync.Mutex
	kept map[bookKey]*book
}

type bookKey struct {
	template string
	number   int64
}

// mostBooks bounds the memory: one of 500 steps is some hundred kilobytes.
const mostBooks = 100

// of reads the version of a template that a run is held to.
func (b *books) of(db *gorm.DB, template string, number int64) (*book, error) {
	key := bookKey{template, number}
	all, err := b.all(db, []bookKey{key})
	return all[key], err
}

// all reads versions, those that are not kept in one query. It is Missing if one of
// them is not there.
func (b *books) all(db *gorm.DB, keys []bookKey) (map[bookKey]*book, error) {
	found := map[bookKey]*book{}
	var missing []string
	var which []any
	b.mu.Lock()
	for _, key := range keys {
		if is, ok := b.kept[key]; ok {
			found[key] = is
		} else if _, asked := found[key]; !asked {
			found[key] = nil
			missing, which = append(missing, "template_id = ? AND number = ?"), append(which, key.template, key.number)
		}
	}
	b.mu.Unlock()
	if len(missing) == 0 {
		return found, nil
	}
	var versions []TemplateVersion
	if err := db.Find(&versions, append([]any{strings.Join(missing, " OR ")}, which...)...).Error; err != nil {
		return nil, fmt.Errorf("versions of templates: %w", err)
	}
	if len(versions) < len(missing) {
		return nil, fault.New(fault.Missing, fault.NotFound)
	}
	for _, v := range versions {
		d, findings := playbook.Parse([]byte(v.Source))
		if playbook.Broken(findings) {
			return nil, fmt.Errorf("template %s, version %d: %w", v.TemplateID, v.Number, playbook.Refuse(findings))
		}
		found[bookKey{v.TemplateID, v.Number}] = open(d)
	}
	b.keep(found)
	return found, nil
}

func (b *books) keep(read map[bookKey]*book) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil || len(b.kept) >= mostBooks {
		b.kept = map[bookKey]*book{}
	}
	maps.Copy(b.kept, read)
}

// step is a step of a run as its version has it, or else the newest before that: what
// was finished stays in a run that has moved on. It is none if the step was added in
// that run alone.
func (b *books) step(db *gorm.DB, r Run, id string) (playbook.Step, error) {
	for number := r.TemplateVersion; number > 0 && !isExtra(id); number-- {
		is, err := b.of(db, r.TemplateID, number)
		if err != nil {
			return playbook.Step{}, err
		}
		if s, there := is.Step(id); there {
			return s, nil
		}
	}
	return playbook.Step{ID: id}, nil
}

// extra begins the step of a task that was added in one run alone: no template can
// call one of its steps so.
const extra = "extra-"

func isExtra(step string) bool { return strings.HasPrefix(step, extra) }

func open(d playbook.Definition) *book {
	b := &book{Definition: d, Branching: d.Branching()}
	for _, s := range d.Steps {
		b.branches = b.branches || s.When != ""
		texts := []string{s.Title, s.Description}
		for _, i := range s.Checklist {
			texts = append(texts, i.Text)
		}
		for _, text := range texts {
			for _, f := range d.Steps {
				b.mentions = b.mentions || len(f.Fields) > 0 && strings.Contains(text, f.ID+".")
			}
		}
	}
	return b
}

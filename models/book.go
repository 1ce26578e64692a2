package models

import (
	"fmt"
	"strings"
	"sync"

	"gorm.io/gorm"

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
	b.mu.Lock()
	is, ok := b.kept[key]
	b.mu.Unlock()
	if ok {
		return is, nil
	}
	v, err := templateVersion(db, template, number)
	if err != nil {
		return nil, err
	}
	d, findings := playbook.Parse([]byte(v.Source))
	if playbook.Broken(findings) {
		return nil, fmt.Errorf("template %s, version %d: %w", template, number, playbook.Refuse(findings))
	}
	is = open(d)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.kept == nil || len(b.kept) >= mostBooks {
		b.kept = map[bookKey]*book{}
	}
	b.kept[key] = is
	return is, nil
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

package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/models/playbook"
)

// MaxTemplates is the most templates of one team, archived ones included.
const MaxTemplates = 300

// Template is a workflow that a team has written down. Its draft is worked on; runs
// are started of its newest published version.
type Template struct {
	ID         string `gorm:"primaryKey"`
	TeamID     string
	Name       string
	Shipped    string // key of the one that comes with the program and that it was made of; empty: none
	Draft      string // YAML; it may be wrong yet
	Published  int64  // number of the newest version; 0: none
	CreatedBy  string
	CreatedAt  time.Time
	UpdatedAt  time.Time
	ArchivedAt *time.Time
	Version    int64 // Seq of the last entry that changed it
}

// TemplateVersion is a published version; it stays as it is.
type TemplateVersion struct {
	TemplateID  string `gorm:"primaryKey"`
	Number      int64  `gorm:"primaryKey"`
	Source      string // YAML without an error in it
	PublishedBy string
	PublishedAt time.Time
}

func ofTemplate(id string) subject { return subject{"templates s", "s.team_id", "s.id = ?", id} }

func (t Template) subject() ledger.Subject {
	return ledger.Subject{Kind: "template", ID: t.ID, Name: t.Name}
}

// CreateTemplate keeps a text as the draft of a new template. It may have errors
// yet; unnamed, it is called name.
func (s *Store) CreateTemplate(ctx context.Context, who Actor, team, name, text string) (Template, error) {
	var t Template
	err := s.change(ctx, who, inTeam(team), access.EditTemplate, func(tx *Tx) (err error) {
		t, err = tx.addTemplate(name, "", text)
		return err
	})
	return t, err
}

// AdoptTemplate makes a template of the team of one that comes with the program,
// and publishes it, so that it can be started at once.
func (s *Store) AdoptTemplate(ctx context.Context, who Actor, team string, shipped playbook.Shipped) (Template, error) {
	var t Template
	err := s.change(ctx, who, inTeam(team), access.EditTemplate, func(tx *Tx) (err error) {
		if t, err = tx.addTemplate(shipped.Key, shipped.Key, string(shipped.Text)); err != nil {
			return err
		}
		return tx.publish(&t)
	})
	return t, err
}

func (tx *Tx) addTemplate(name, shipped, text string) (Template, error) {
	text, err := checkSource(text)
	if err != nil {
		return Template{}, err
	}
	var there int
	if err := tx.db.Raw("SELECT COUNT(*) FROM templates WHERE team_id = ?", tx.Team.ID).Row().Scan(&there); err != nil {
		return Template{}, err
	}
	if there >= MaxTemplates {
		return Template{}, fault.New(fault.Conflict, fault.TooManyAtOnce, MaxTemplates)
	}
	t := Template{ID: NewID(), TeamID: tx.Team.ID, Name: nameIn(text, name), Shipped: shipped, Draft: text,
		CreatedBy: tx.actor.ID, CreatedAt: tx.now, UpdatedAt: tx.now, Version: tx.seq + 1}
	return t, tx.create(&t, note{action: TemplateCreated, subject: t.subject(), changes: templateChanges(Template{}, t)})
}

// checkSource tidies the ends of lines, and refuses what no database keeps.
func checkSource(text string) (string, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	switch {
	case len(text) > playbook.MaxBytes:
		return text, fault.On("source", fault.YAMLTooBig, playbook.MaxBytes>>10)
	case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
		return text, fault.On("source", fault.YAMLNotUTF8)
	}
	return text, nil
}

// nameIn is what a text calls its template, or otherwise if it does not say.
func nameIn(text, otherwise string) string {
	d, _ := playbook.Parse([]byte(text))
	name := strings.Join(strings.Fields(d.Name), " ")
	if name == "" || utf8.RuneCountInString(name) > playbook.MaxName {
		return otherwise
	}
	return name
}

// EditTemplate keeps a text as the draft, with whatever errors it has. It is Stale
// if somebody has changed the draft since it was seen.
func (s *Store) EditTemplate(ctx context.Context, who Actor, template string, seen int64, text string) error {
	return s.changeTemplate(ctx, who, template, func(tx *Tx, was Template) error {
		text, err := checkSource(text)
		if err != nil {
			return err
		}
		if was.Version > seen && text != was.Draft {
			return tx.meanwhileTemplate(was, seen)
		}
		is := was
		is.Draft, is.Name = text, nameIn(text, was.Name)
		return tx.saveTemplate(was, is, TemplateEdited)
	})
}

// meanwhileTemplate is Stale, and says who has changed the template.
func (tx *Tx) meanwhileTemplate(t Template, seen int64) error {
	var data []string
	err := tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND action IN ? AND seq > ? ORDER BY seq DESC LIMIT 500", tx.log,
		[]Action{TemplateEdited, TemplatePublished}, seen).Scan(&data).Error
	if err != nil {
		return err
	}
	f := fault.New(fault.Stale, fault.Changed)
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return err
		}
		if e.Subject.ID == t.ID {
			f.Changes = append(f.Changes, fault.Change{Who: e.Actor.Name, Field: "draft", Seq: e.Seq})
			break
		}
	}
	return f
}

// PublishTemplate makes the draft the newest version, of which runs are started
// from now on; those that run stay on theirs. It returns TemplateBroken while the
// draft has errors, NothingNew, or Stale.
func (s *Store) PublishTemplate(ctx context.Context, who Actor, template string, seen int64) error {
	return s.changeTemplate(ctx, who, template, func(tx *Tx, t Template) error {
		if t.Version > seen {
			return tx.meanwhileTemplate(t, seen)
		}
		return tx.publish(&t)
	})
}

func (tx *Tx) publish(t *Template) error {
	_, findings := playbook.Review([]byte(t.Draft))
	if errors := errorsAmong(findings); errors > 0 {
		return fault.New(fault.Conflict, fault.TemplateBroken, errors)
	}
	if t.Published > 0 {
		last, err := templateVersion(tx.db, t.ID, t.Published)
		if err != nil {
			return err
		}
		if last.Source == t.Draft {
			return fault.New(fault.Conflict, fault.NothingNew)
		}
	}
	was := *t
	t.Published++
	if err := tx.saveTemplate(was, *t, TemplatePublished); err != nil {
		return err
	}
	t.Version = tx.seq
	return tx.rows().Create(&TemplateVersion{TemplateID: t.ID, Number: t.Published, Source: t.Draft, PublishedBy: tx.actor.ID, PublishedAt: tx.now}).Error
}

// ArchiveTemplate takes a template off the list; its runs go on.
func (s *Store) ArchiveTemplate(ctx context.Context, who Actor, template string) error {
	return s.changeTemplate(ctx, who, template, func(tx *Tx, was Template) error {
		if was.ArchivedAt != nil {
			return nil
		}
		is := was
		is.ArchivedAt = &tx.now
		return tx.saveTemplate(was, is, TemplateArchived)
	})
}

// RestoreTemplate brings an archived template back.
func (s *Store) RestoreTemplate(ctx context.Context, who Actor, template string) error {
	return s.changeTemplate(ctx, who, template, func(tx *Tx, was Template) error {
		is := was
		is.ArchivedAt = nil
		return tx.saveTemplate(was, is, TemplateRestored)
	})
}

func (s *Store) changeTemplate(ctx context.Context, who Actor, template string, fn func(*Tx, Template) error) error {
	return s.change(ctx, who, ofTemplate(template), access.EditTemplate, func(tx *Tx) error {
		t, err := readTemplate(tx.db, template)
		if err != nil {
			return err
		}
		return fn(tx, t)
	})
}

// saveTemplate records what differs and writes it; nothing, if nothing does.
func (tx *Tx) saveTemplate(was, is Template, action Action) error {
	changes := templateChanges(was, is)
	if len(changes) == 0 {
		return nil
	}
	return tx.update(&Template{ID: is.ID}, map[string]any{"name": is.Name, "draft": is.Draft, "published": is.Published, "archived_at": is.ArchivedAt,
		"updated_at": tx.now, "version": tx.seq + 1}, note{action: action, subject: is.subject(), changes: changes})
}

// templateChanges name a draft by its hash: what was published stays in its version,
// and what was not is nobody's any more when it is written over.
func templateChanges(was, is Template) []ledger.Change {
	hash := func(text string) string {
		if text == "" {
			return ""
		}
		sum := sha256.Sum256([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	count := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	return changed("name", was.Name, is.Name, "shipped", was.Shipped, is.Shipped, "draft", hash(was.Draft), hash(is.Draft),
		"published", count(was.Published), count(is.Published), "archived_at", moment(was.ArchivedAt), moment(is.ArchivedAt))
}

func readTemplate(db *gorm.DB, id string) (t Template, err error) {
	return t, orMissing(db.Take(&t, "id = ?", id).Error)
}

func templateVersion(db *gorm.DB, template string, number int64) (v TemplateVersion, err error) {
	return v, orMissing(db.Take(&v, "template_id = ? AND number = ?", template, number).Error)
}

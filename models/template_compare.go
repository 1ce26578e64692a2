package models

import (
	"context"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/playbook"
)

// Edition names a text of a template: the number of a version, or one of these.
type Edition int64

const (
	TheDraft Edition = 0
	Usual    Edition = -1 // whatever people most likely mean
)

// Comparison is two editions of a template and all in which they differ.
type Comparison struct {
	Team          MyTeam
	Template      Template
	Versions      []VersionView // newest first
	From, To      Edition
	Before, After playbook.Definition
	Differences   []playbook.Difference
	Errors        int  // in the draft, if that is one of the two
	Changed       bool // the draft is not what was published last
	Behind        int  // runs under way that are on an older version than the newest
}

// Drafted reports whether the draft is one of the two.
func (v Comparison) Drafted() bool { return v.From == TheDraft || v.To == TheDraft }

// CompareVersions reads two editions of a template. Usual is the draft where it has
// changed and the actor may edit it, else the newest version; and before that, the
// version before. It returns NotPublished, and Forbidden for a draft that is not
// the actor's to see.
func (s *Store) CompareVersions(ctx context.Context, who Actor, template string, from, to Edition) (v Comparison, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeTeam); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		if v.Template.Published == 0 {
			return fault.New(fault.Conflict, fault.NotPublished)
		}
		if v.Versions, err = versionsOf(db, template); err != nil {
			return err
		}
		if v.Behind, err = runsBehind(db, v.Template); err != nil {
			return err
		}
		return v.compare(db, from, to)
	})
	return v, err
}

// versionsOf lists the versions of a template, newest first.
func versionsOf(db *gorm.DB, template string) (all []VersionView, err error) {
	err = db.Raw(`SELECT v.number, v.published_at, COALESCE(u.name, '') AS "by" FROM template_versions v LEFT JOIN users u ON u.id = v.published_by
		WHERE v.template_id = ? ORDER BY v.number DESC LIMIT 200`, template).Scan(&all).Error
	return all, err
}

// runsBehind counts the runs under way that are on an older version than the newest.
func runsBehind(db *gorm.DB, t Template) (n int, err error) {
	err = db.Raw("SELECT COUNT(*) FROM runs r WHERE r.template_id = ? AND r.template_version <> ? AND "+goingRun, t.ID, t.Published).Row().Scan(&n)
	return n, err
}

func (v *Comparison) compare(db *gorm.DB, from, to Edition) error {
	last, err := templateVersion(db, v.Template.ID, v.Template.Published)
	if err != nil {
		return err
	}
	v.Changed = last.Source != v.Template.Draft
	edits := access.Can(v.Team.Role, access.EditTemplate)
	if v.To = to; to == Usual {
		v.To = Edition(v.Template.Published)
		if v.Changed && edits {
			v.To = TheDraft
		}
	}
	if v.From = from; from == Usual {
		v.From = max(v.To-1, 1)
		if v.To == TheDraft {
			v.From = Edition(v.Template.Published)
		}
	}
	if v.Drafted() && !edits {
		return fault.New(fault.Forbidden, fault.NotAllowed)
	}
	if v.Before, err = v.read(db, v.From); err != nil {
		return err
	}
	if v.After, err = v.read(db, v.To); err != nil {
		return err
	}
	v.Differences = playbook.Diff(v.Before, v.After)
	if v.Drafted() {
		_, findings := playbook.Review([]byte(v.Template.Draft))
		v.Errors = errorsAmong(findings)
	}
	v.Template.Draft = ""
	return nil
}

// read is one edition, as far as it can be read.
func (v *Comparison) read(db *gorm.DB, e Edition) (playbook.Definition, error) {
	text := v.Template.Draft
	if e != TheDraft {
		is, err := templateVersion(db, v.Template.ID, int64(e))
		if err != nil {
			return playbook.Definition{}, err
		}
		text = is.Source
	}
	d, _ := playbook.Parse([]byte(text))
	return d, nil
}

func errorsAmong(findings []playbook.Finding) (n int) {
	for _, f := range findings {
		if f.Severity == playbook.Error {
			n++
		}
	}
	return n
}

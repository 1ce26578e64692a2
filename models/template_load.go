package models

import (
	"context"
	"fmt"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Templates can be kept as files beside the server, which loads them at its start.

// TemplateFile is a template in a file, without an error in it.
type TemplateFile struct {
	Key  string // what it is called among the files
	Text []byte
}

// Loaded is what loading a file did in a team.
type Loaded struct {
	Key, Team, Template string // names
	Version             int64  // that was published; 0: none
	Draft               bool   // the team has a draft of its own, which is not written over
}

// fromFile begins what a template was made of if that is a file.
const fromFile = "file:"

// LoadTemplates brings files to all teams: where a team has none of a file yet, as a
// new template, else as its newest version. A text that a team has had as a version
// already makes no new one, so that what a team changes afterwards stays; nor does
// one whose template the team has archived.
func (s *Store) LoadTemplates(ctx context.Context, files []TemplateFile) (done []Loaded, err error) {
	for _, f := range files {
		text, err := checkSource(string(f.Text))
		if err != nil {
			return done, err
		}
		var teams []string
		err = s.parts.Read.WithContext(ctx).Raw(`SELECT t.id FROM teams t WHERE NOT EXISTS (SELECT 1 FROM templates p WHERE p.team_id = t.id AND p.shipped = ?
			AND (p.archived_at IS NOT NULL OR EXISTS (SELECT 1 FROM template_versions v WHERE v.template_id = p.id AND v.source = ?))) ORDER BY t.id`,
			fromFile+f.Key, text).Scan(&teams).Error
		if err != nil {
			return done, err
		}
		for _, team := range teams {
			l, err := s.loadTemplate(ctx, team, f.Key, text)
			if err != nil {
				return done, fmt.Errorf("load the template %s: %w", f.Key, err)
			}
			done = append(done, l)
		}
	}
	return done, nil
}

func (s *Store) loadTemplate(ctx context.Context, team, key, text string) (l Loaded, err error) {
	err = s.change(ctx, Actor{Kind: ledger.System}, inTeam(team), access.EditTemplate, func(tx *Tx) error {
		l = Loaded{Key: key, Team: tx.Team.Name}
		var there []Template
		if err := tx.db.Order("id").Limit(1).Find(&there, "team_id = ? AND shipped = ?", team, fromFile+key).Error; err != nil {
			return err
		}
		var t Template
		if len(there) == 0 {
			if t, err = tx.addTemplate(key, fromFile+key, text); err != nil {
				return err
			}
		} else if t = there[0]; t.Draft != text {
			last, err := templateVersion(tx.db, t.ID, t.Published)
			if faultCode(err) != fault.NotFound && err != nil {
				return err
			}
			l.Template = t.Name
			if l.Draft = last.Source != t.Draft; l.Draft {
				return nil
			}
			was := t
			t.Draft, t.Name = text, nameIn(text, t.Name)
			if err := tx.saveTemplate(was, t, TemplateEdited); err != nil {
				return err
			}
		}
		if err := tx.publish(&t); err != nil && faultCode(err) != fault.NothingNew {
			return err
		}
		l.Template, l.Version = t.Name, t.Published
		return nil
	})
	return l, err
}

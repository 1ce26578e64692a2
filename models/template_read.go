package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/playbook"
	"relevo/models/rehearse"
)

// TemplatesView is a team's templates by name.
type TemplatesView struct {
	Team      MyTeam
	Templates []TemplateSummary
	Archived  []TemplateSummary
}

// TemplateSummary is a template in a list.
type TemplateSummary struct {
	Template
	Steps       int    // of its newest version
	Description string // of that
	Going       int    // runs of it that have something open
	Runs        int    // all that were started
}

// Templates lists a team's templates.
func (s *Store) Templates(ctx context.Context, who Actor, team string) (v TemplatesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = seeTeam(db, who, team, access.SeeTeam); err != nil {
			return err
		}
		var all []Template
		if err := db.Omit("draft").Order("LOWER(name), id").Find(&all, "team_id = ?", team).Error; err != nil {
			return err
		}
		counts, err := countRuns(db, team)
		if err != nil {
			return err
		}
		var published []bookKey
		for _, t := range all {
			if t.Published > 0 {
				published = append(published, bookKey{t.ID, t.Published})
			}
		}
		books, err := s.books.all(db, published)
		if err != nil {
			return err
		}
		for _, t := range all {
			one := TemplateSummary{Template: t, Going: counts[t.ID].Going, Runs: counts[t.ID].Runs}
			if b := books[bookKey{t.ID, t.Published}]; b != nil {
				one.Steps, one.Description = len(b.Steps), b.Description
			}
			if t.ArchivedAt != nil {
				v.Archived = append(v.Archived, one)
			} else {
				v.Templates = append(v.Templates, one)
			}
		}
		return nil
	})
	return v, err
}

// openStep picks the tasks t of a run that somebody still has to finish.
const openStep = "t.deleted_at IS NULL AND t.archived_at IS NULL AND t.state NOT IN ('done', 'cancelled')"

// goingRun picks the runs r that have something open.
const goingRun = "r.state IN ('running', 'paused') AND EXISTS (SELECT 1 FROM tasks t WHERE t.run_id = r.id AND " + openStep + ")"

type runCount struct {
	TemplateID  string
	Runs, Going int
}

func countRuns(db *gorm.DB, team string) (map[string]runCount, error) {
	var rows []runCount
	err := db.Raw(`SELECT r.template_id, COUNT(*) AS runs, COUNT(CASE WHEN `+goingRun+` THEN 1 END) AS going FROM runs r
		WHERE r.team_id = ? AND r.state <> 'withdrawn' GROUP BY r.template_id`, team).Scan(&rows).Error
	by := map[string]runCount{}
	for _, r := range rows {
		by[r.TemplateID] = r
	}
	return by, err
}

// TemplateView is a template's page.
type TemplateView struct {
	Team     MyTeam
	Template Template
	Versions []VersionView // newest first
	Shown    int64         // the version that Definition is; 0: the draft
	Source   string        // of what is shown
	playbook.Definition
	Findings    []playbook.Finding // about the draft, for who may edit it
	Advice      []playbook.Finding // about what is shown, for the same
	Changed     bool               // the draft is not what was published last
	Going, Runs int
	Schedules   int
	Behind      int // runs under way that are on an older version than the newest
}

// VersionView is a published version in a list.
type VersionView struct {
	Number      int64
	By          string // name
	PublishedAt time.Time
}

// Template reads a template's page: its draft for those who may edit it if that is
// not published yet, else its newest version.
func (s *Store) Template(ctx context.Context, who Actor, template string) (TemplateView, error) {
	return s.templateView(ctx, who, template, 0)
}

// TemplateAt is Template with one of its versions shown.
func (s *Store) TemplateAt(ctx context.Context, who Actor, template string, number int64) (TemplateView, error) {
	return s.templateView(ctx, who, template, number)
}

func (s *Store) templateView(ctx context.Context, who Actor, template string, number int64) (v TemplateView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeTeam); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		if v.Versions, err = versionsOf(db, template); err != nil {
			return err
		}
		counts, err := countRuns(db, v.Template.TeamID)
		if err != nil {
			return err
		}
		v.Going, v.Runs = counts[template].Going, counts[template].Runs
		if err := db.Raw("SELECT COUNT(*) FROM schedules WHERE template_id = ?", template).Scan(&v.Schedules).Error; err != nil {
			return err
		}
		if v.Behind, err = runsBehind(db, v.Template); err != nil {
			return err
		}
		return v.show(db, number)
	})
	return v, err
}

// show reads what the page shows: a version, or the draft.
func (v *TemplateView) show(db *gorm.DB, number int64) error {
	last := TemplateVersion{}
	if v.Template.Published > 0 {
		var err error
		if last, err = templateVersion(db, v.Template.ID, v.Template.Published); err != nil {
			return err
		}
	}
	v.Changed = last.Source != v.Template.Draft
	edits := access.Can(v.Team.Role, access.EditTemplate)
	switch {
	case number > 0:
		is, err := templateVersion(db, v.Template.ID, number)
		if err != nil {
			return err
		}
		v.Shown, v.Source = number, is.Source
	case v.Changed && edits, last.Number == 0:
		v.Source = v.Template.Draft
	default:
		v.Shown, v.Source = last.Number, last.Source
	}
	v.Definition, _ = playbook.Parse([]byte(v.Source))
	if !edits {
		v.Template.Draft = ""
		return nil
	}
	crew, err := crewOf(db, v.Team.Team)
	if err != nil {
		return err
	}
	_, v.Findings = rehearse.Review([]byte(v.Template.Draft), crew)
	if v.Advice = v.Findings; v.Source != v.Template.Draft {
		_, v.Advice = rehearse.Review([]byte(v.Source), crew)
	}
	return nil
}

// crewOf is a team as a workflow meets it.
func crewOf(db *gorm.DB, team Team) (rehearse.Crew, error) {
	people, err := mates(db, team.ID)
	return rehearse.Crew{Members: playersOf(people, ""), Days: team.calendar()}, err
}

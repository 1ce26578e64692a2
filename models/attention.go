package models

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"relevo/models/access"
	"relevo/models/attention"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Verdict is what a manager made of a finding.
type Verdict string

const (
	LookedFine     Verdict = "fine"      // a false alarm
	LookedFollowUp Verdict = "follow_up" // there is something to do about it
)

// What of the attention list is asked for, beside the verdicts.
const (
	ShowOpen = "open" // what nobody has looked at
	ShowAll  = "all"
)

// AttentionShows lists what can be asked for, in the order in which it is offered.
var AttentionShows = []string{ShowOpen, string(LookedFollowUp), string(LookedFine), ShowAll}

// FindingsPage is how many findings a page shows.
const FindingsPage = 50

// Mark is what somebody made of a finding, as the log tells it.
type Mark struct {
	TeamID  string         `gorm:"primaryKey"`
	Rule    attention.Rule `gorm:"primaryKey"`
	Seq     int64          `gorm:"primaryKey"`
	Verdict Verdict
	Note    string
	ByID    string
	ByName  string
	At      time.Time
}

// TableName is what the database calls them.
func (Mark) TableName() string { return "attention_marks" }

// RuleSet is how a team has set a rule otherwise than usual.
type RuleSet struct {
	TeamID string         `gorm:"primaryKey"`
	Rule   attention.Rule `gorm:"primaryKey"`
	IsOn   bool
	Least  int
	Opens  int
	Closes int
}

// TableName is what the database calls them.
func (RuleSet) TableName() string { return "attention_rules" }

// AttentionQuery is what somebody asks of the list; empty fields ask for nothing.
type AttentionQuery struct {
	Rule  string
	Show  string // one of AttentionShows; empty: what is open
	Below int64  // only findings known by an entry with a smaller number; 0: from the newest
}

// AttentionView is the attention list of a team, newest first.
type AttentionView struct {
	Team     MyTeam
	Rules    []RuleView
	Counts   map[string]int // of all rules that are asked for, by AttentionShows
	Findings []FindingView
	Older    int64 // the page below begins under this number; 0: there is none
}

// RuleView is a rule with how it is set, and what became of its findings. Fine are
// its false alarms.
type RuleView struct {
	attention.Setting
	Rule                 attention.Rule
	All                  int // that it finds now
	Open, Fine, FollowUp int
}

// FindingView is a finding with what somebody made of it; Mark is nil if nobody has
// looked.
type FindingView struct {
	attention.Finding
	Mark *Mark
}

// show is where a finding stands.
func (f FindingView) show() string {
	if f.Mark == nil {
		return ShowOpen
	}
	return string(f.Mark.Verdict)
}

// Attention computes from a team's log what deserves a look. It returns NotAChoice
// for a rule or a state that there is not.
func (s *Store) Attention(ctx context.Context, who Actor, team string, q AttentionQuery) (v AttentionView, err error) {
	if q.Show == "" {
		q.Show = ShowOpen
	}
	if q.Rule != "" && !slices.Contains(attention.Rules, attention.Rule(q.Rule)) {
		return v, fault.On("rule", fault.NotAChoice)
	}
	if !slices.Contains(AttentionShows, q.Show) {
		return v, fault.On("show", fault.NotAChoice)
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		set, err := settingsOf(db, team)
		if err != nil {
			return err
		}
		found, err := s.lookThrough(db, v.Team.Team, set)
		if err != nil {
			return err
		}
		marks, err := marksOf(db, team)
		if err != nil {
			return err
		}
		v.gather(q, set, found, marks)
		return nil
	})
	return v, err
}

// gather counts all that was found and shows the page that is asked for.
func (v *AttentionView) gather(q AttentionQuery, set attention.Settings, found []attention.Finding, marks map[string]Mark) {
	rules := map[attention.Rule]*RuleView{}
	v.Rules = make([]RuleView, len(attention.Rules))
	for i, r := range attention.Rules {
		v.Rules[i] = RuleView{Setting: set[r], Rule: r}
		rules[r] = &v.Rules[i]
	}
	v.Counts = map[string]int{}
	slices.SortStableFunc(found, func(a, b attention.Finding) int { return cmp.Compare(b.Seq, a.Seq) })
	for _, f := range found {
		one := FindingView{Finding: f}
		if m, ok := marks[findingKey(f.Rule, f.Seq)]; ok {
			one.Mark = &m
		}
		rules[f.Rule].count(one)
		if q.Rule != "" && string(f.Rule) != q.Rule {
			continue
		}
		v.Counts[one.show()]++
		v.Counts[ShowAll]++
		if q.Show != ShowAll && q.Show != one.show() || q.Below > 0 && f.Seq >= q.Below {
			continue
		}
		switch {
		case len(v.Findings) < FindingsPage || f.Seq == v.Findings[len(v.Findings)-1].Seq: // those of one entry stay together
			v.Findings = append(v.Findings, one)
		case v.Older == 0:
			v.Older = v.Findings[len(v.Findings)-1].Seq
		}
	}
}

func (r *RuleView) count(f FindingView) {
	r.All++
	switch f.show() {
	case ShowOpen:
		r.Open++
	case string(LookedFine):
		r.Fine++
	default:
		r.FollowUp++
	}
}

// looks are the logs that were looked through lately, so that only what is new has to
// be read the next time.
type looks struct {
	sync.Mutex
	of map[string]*looked // by team
}

// looked is how far a log was looked through, and by which rules.
type looked struct {
	sync.Mutex
	by   string
	seq  int64
	look *attention.Look
}

// mostLooked is how many logs are kept.
const mostLooked = 20

func (l *looks) team(id string) *looked {
	l.Lock()
	defer l.Unlock()
	if one := l.of[id]; one != nil {
		return one
	}
	if l.of == nil || len(l.of) >= mostLooked {
		l.of = map[string]*looked{}
	}
	l.of[id] = &looked{}
	return l.of[id]
}

// lookThrough computes the findings of a log. Only what people did is looked at.
func (s *Store) lookThrough(db *gorm.DB, team Team, set attention.Settings) ([]attention.Finding, error) {
	kept := s.looks.team(team.ID)
	kept.Lock()
	defer kept.Unlock()
	if by := fmt.Sprint(set, team.Zone, team.DaysOff, team.Holidays); kept.by != by {
		kept.by, kept.seq, kept.look = by, 0, attention.New(set, team.calendar())
	}
	if erased, err := erasedSince(db, team.ID, kept.seq); err != nil {
		return nil, err
	} else if erased { // what was read before still has the name
		kept.seq, kept.look = 0, attention.New(set, team.calendar())
	}
	if err := kept.goOn(db, team.ID); err != nil {
		kept.by = "" // nobody knows how far it got
		return nil, err
	}
	return kept.look.Findings(), nil
}

func (k *looked) goOn(db *gorm.DB, log string) error {
	rows, err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND actor_id <> '' AND seq > ? ORDER BY seq", log, k.seq).Rows()
	if err != nil {
		return fmt.Errorf("look through the log: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var data sql.RawBytes
		if err := rows.Scan(&data); err != nil {
			return err
		}
		e, err := ledger.Parse(data)
		if err != nil {
			return err
		}
		k.look.Add(e)
		k.seq = e.Seq
	}
	return rows.Err()
}

// settingsOf reads how a team has set the rules.
func settingsOf(db *gorm.DB, team string) (attention.Settings, error) {
	var rows []RuleSet
	if err := db.Find(&rows, "team_id = ?", team).Error; err != nil {
		return nil, fmt.Errorf("rules of the attention list: %w", err)
	}
	set := attention.Usual()
	for _, r := range rows {
		set[r.Rule] = attention.Setting{On: r.IsOn, Least: r.Least, Opens: r.Opens, Closes: r.Closes}
	}
	return set, nil
}

func findingKey(rule attention.Rule, seq int64) string {
	return string(rule) + ":" + strconv.FormatInt(seq, 10)
}

func marksOf(db *gorm.DB, team string) (map[string]Mark, error) {
	var rows []Mark
	if err := db.Find(&rows, "team_id = ?", team).Error; err != nil {
		return nil, fmt.Errorf("marks of the attention list: %w", err)
	}
	marks := map[string]Mark{}
	for _, m := range rows {
		marks[findingKey(m.Rule, m.Seq)] = m
	}
	return marks, nil
}

// MaxMarkNote is how long a note on a finding can be, in characters.
const MaxMarkNote = 1000

// MarkFinding says what somebody made of a finding. It returns Missing if the rules,
// as they are set, find no such thing; Invalid faults for note and verdict.
func (s *Store) MarkFinding(ctx context.Context, who Actor, team, rule string, seq int64, verdict Verdict, text string) error {
	if verdict != LookedFine && verdict != LookedFollowUp {
		return fault.On("verdict", fault.NotAChoice)
	}
	text, err := written("note", text, MaxMarkNote)
	if err != nil {
		return err
	}
	if err := s.finds(ctx, who, team, rule, seq); err != nil {
		return err
	}
	return s.changeMark(ctx, who, team, attention.Rule(rule), seq, func(tx *Tx, was Mark, _ bool) error {
		is := Mark{TeamID: team, Rule: attention.Rule(rule), Seq: seq, Verdict: verdict, Note: text, ByID: who.ID, ByName: who.Name, At: tx.now}
		changes := changed("verdict", string(was.Verdict), string(is.Verdict), "note", was.Note, is.Note)
		if len(changes) == 0 {
			return nil
		}
		tx.record(note{action: FindingMarked, subject: is.subject(), changes: changes})
		return tx.rows().Clauses(clause.OnConflict{UpdateAll: true}).Create(&is).Error
	})
}

// UnmarkFinding puts a finding back among those to be looked at.
func (s *Store) UnmarkFinding(ctx context.Context, who Actor, team, rule string, seq int64) error {
	return s.changeMark(ctx, who, team, attention.Rule(rule), seq, func(tx *Tx, was Mark, there bool) error {
		if !there {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return tx.delete(&Mark{TeamID: team, Rule: was.Rule, Seq: seq},
			note{action: FindingUnmarked, subject: was.subject(), changes: changed("verdict", string(was.Verdict), "", "note", was.Note, "")})
	})
}

func (s *Store) changeMark(ctx context.Context, who Actor, team string, rule attention.Rule, seq int64, fn func(*Tx, Mark, bool) error) error {
	return s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		var was Mark
		err := tx.db.Take(&was, "team_id = ? AND rule = ? AND seq = ?", team, rule, seq).Error
		if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
			return err
		}
		return fn(tx, was, err == nil)
	})
}

// finds holds a mark to a finding that there is. It goes through the log before the
// log is locked, for nobody is to wait for that.
func (s *Store) finds(ctx context.Context, who Actor, team, rule string, seq int64) error {
	return s.snapshot(ctx, func(db *gorm.DB) error {
		mine, err := sees(db, who, inTeam(team), access.SeeLog)
		if err != nil {
			return err
		}
		set, err := settingsOf(db, team)
		if err != nil {
			return err
		}
		found, err := s.lookThrough(db, mine.Team, set)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(found, func(f attention.Finding) bool { return string(f.Rule) == rule && f.Seq == seq }) {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return nil
	})
}

func (m Mark) subject() ledger.Subject {
	return ledger.Subject{Kind: "finding", ID: findingKey(m.Rule, m.Seq), Name: string(m.Rule)}
}

// SetAttentionRule sets a rule for a team. It returns Invalid faults for rule, least
// and closes.
func (s *Store) SetAttentionRule(ctx context.Context, who Actor, team, rule string, is attention.Setting) error {
	r := attention.Rule(rule)
	if !slices.Contains(attention.Rules, r) {
		return fault.New(fault.Missing, fault.NotFound)
	}
	return s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		if is.Least < 1 || is.Least > r.Most() {
			return fault.On("least", fault.OutOfRange, 1, r.Most())
		}
		if r != attention.OddHours {
			is.Opens, is.Closes = attention.Usual()[r].Opens, attention.Usual()[r].Closes
		}
		if is.Opens < 0 || is.Closes > 24 || is.Opens >= is.Closes {
			return fault.On("closes", fault.EndsBeforeStart)
		}
		set, err := settingsOf(tx.db, team)
		if err != nil {
			return err
		}
		was := set[r]
		changes := changed("on", yes(was.On), yes(is.On), "least", strconv.Itoa(was.Least), strconv.Itoa(is.Least),
			"opens", strconv.Itoa(was.Opens), strconv.Itoa(is.Opens), "closes", strconv.Itoa(was.Closes), strconv.Itoa(is.Closes))
		if len(changes) == 0 {
			return nil
		}
		tx.record(note{action: AttentionRuleSet, subject: ledger.Subject{Kind: "rule", ID: rule, Name: rule}, changes: changes})
		row := RuleSet{TeamID: team, Rule: r, IsOn: is.On, Least: is.Least, Opens: is.Opens, Closes: is.Closes}
		return tx.rows().Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// written is what somebody wrote into a field that may stay empty.
func written(field, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > most {
		return "", fault.On(field, fault.TooLong, most)
	}
	return text, nil
}

package models

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// FormerRole asks for those who acted in a team and have left it.
const FormerRole = "former"

// LogRoles lists what whoever acted can be asked to be.
var LogRoles = []string{string(access.Owner), string(access.Manager), string(access.Member), string(access.Viewer), FormerRole}

// mostRunsOffered is how many runs a filter offers, the newest first.
const mostRunsOffered = 100

// logScope is a run, or all runs of a template: the entries of their tasks, and
// those that speak of a run or of the template itself.
type logScope struct {
	tasks string // a query for their IDs, with one value
	of    string // that value
	also  []int64
}

// having are the people of the log that have a role; nil if there is no such role.
func (v LogView) having(role string) []string {
	if !slices.Contains(LogRoles, role) {
		return nil
	}
	if role == FormerRole {
		role = ""
	}
	who := []string{}
	for _, p := range v.People {
		if string(p.Role) == role {
			who = append(who, p.ID)
		}
	}
	return append(who, "nobody") // so that nobody is not everybody
}

// scope understands what of the query is about a run or a template. It returns
// NotAChoice for one that is not the team's.
func (q LogQuery) scope(db *gorm.DB, team string) (*logScope, error) {
	ask := func(field, table, id string) error {
		var n int
		if err := db.Raw("SELECT COUNT(*) FROM "+table+" WHERE id = ? AND team_id = ?", id, team).Row().Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return fault.On(field, fault.NotAChoice)
		}
		return nil
	}
	switch {
	case q.Run != "":
		if err := ask("run", "runs", q.Run); err != nil {
			return nil, err
		}
		also, err := speakOf(db, team, []string{q.Run}, "run.")
		return &logScope{"SELECT id FROM tasks WHERE run_id = ?", q.Run, also}, err
	case q.Template != "":
		if err := ask("template", "templates", q.Template); err != nil {
			return nil, err
		}
		var runs []string
		if err := db.Raw("SELECT id FROM runs WHERE template_id = ?", q.Template).Scan(&runs).Error; err != nil {
			return nil, err
		}
		also, err := speakOf(db, team, append(runs, q.Template), "run.", "template.")
		return &logScope{"SELECT t.id FROM tasks t JOIN runs r ON r.id = t.run_id WHERE r.template_id = ?", q.Template, also}, err
	}
	return nil, nil
}

// speakOf are the numbers of the entries whose subject is one of ids, among actions
// that begin in a certain way: few of a log are of those.
func speakOf(db *gorm.DB, log string, ids []string, prefixes ...string) (seqs []int64, err error) {
	var actions []Action
	for _, a := range Actions {
		if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(string(a), p) }) {
			actions = append(actions, a)
		}
	}
	wanted := map[string]bool{}
	for _, id := range ids {
		wanted[id] = true
	}
	var all []string
	if err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND action IN ?", log, actions).Scan(&all).Error; err != nil {
		return nil, fmt.Errorf("read what was done to runs: %w", err)
	}
	for _, data := range all {
		e, err := ledger.Parse([]byte(data))
		if err != nil {
			return nil, err
		}
		if wanted[e.Subject.ID] {
			seqs = append(seqs, e.Seq)
		}
	}
	slices.Sort(seqs)
	return seqs, nil
}

// scoped gathers what was done to each task of the scope.
func (f logFilter) scoped(limit int) (string, []any) {
	about := *f.about
	f.about = nil
	where, args := f.where("", "")
	end := " ORDER BY 1 DESC LIMIT " + strconv.Itoa(limit)
	ofTasks := "SELECT seq FROM entries" + where + " AND task_id IN (" + about.tasks + ")"
	if len(about.also) == 0 {
		return ofTasks + end, append(args, about.of)
	}
	itself := "SELECT seq FROM entries" + where + " AND seq IN (" + numbersText(about.also) + ")"
	return ofTasks + " UNION " + itself + end, slices.Concat(args, []any{about.of}, args)
}

// condition lets through what is of the scope, without an index for it.
func (s logScope) condition() (string, []any) {
	if len(s.also) == 0 {
		return "task_id || '' IN (" + s.tasks + ")", []any{s.of}
	}
	return "(task_id || '' IN (" + s.tasks + ") OR seq IN (" + numbersText(s.also) + "))", []any{s.of}
}

func numbersText(all []int64) string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(texts, ",")
}

// logRuns lists the newest runs of a team and the templates that they were made of,
// and those that a query asks for.
func logRuns(db *gorm.DB, team string, q LogQuery) (runs, made []Named, err error) {
	if err := db.Raw("SELECT id, name FROM runs WHERE team_id = ? ORDER BY id = ? DESC, id DESC LIMIT ?", team, q.Run, mostRunsOffered).Scan(&runs).Error; err != nil {
		return nil, nil, fmt.Errorf("runs of the log: %w", err)
	}
	err = db.Raw(`SELECT id, name FROM templates t WHERE team_id = ? AND (id = ? OR EXISTS (SELECT 1 FROM runs r WHERE r.template_id = t.id))
		ORDER BY lower(name), id`, team, q.Template).Scan(&made).Error
	return runs, made, err
}

package models

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/find"
	"relevo/models/flow"
)

const (
	// SearchPage is how many tasks a page of results shows.
	SearchPage = 25
	// MaxFound is how many tasks a search goes through at most: whoever finds more
	// has to say more of what they look for.
	MaxFound = 200
	// snippetWidth is about how many characters of a text are shown around a word.
	snippetWidth = 160
)

// SearchView is what a search found.
type SearchView struct {
	Query   find.Query
	Boards  []FoundBoard // few and first: one goes to a board to find the rest
	Tasks   []Found      // a page of them, likeliest first
	Count   int          // all tasks found, at most MaxFound
	Many    bool         // there are more than MaxFound
	From    int          // place of the first of Tasks
	Similar bool         // nothing has these words; these have similar ones
}

// FoundBoard is a board that was found by its name or its key.
type FoundBoard struct {
	Board
	Team string
	Name []find.Piece
}

// Found is a task that was found.
type Found struct {
	TaskRef
	Team     string
	Due      Date
	Blocked  bool
	Archived bool
	Marked   []find.Piece // the title
	In       string       // where the words are that Snippet shows: task (the description) or what else was indexed
	Snippet  []find.Piece // none: the title says it all
	Version  int64
}

// sight is what somebody may search: the boards of their teams.
type sight struct {
	teams  []string
	boards []sightBoard
}

type sightBoard struct {
	Board
	Team string // its name
}

// Search finds boards and tasks among all that the actor may see, from the place
// from on. What belongs to teams of others does not change the answer.
func (s *Store) Search(ctx context.Context, who Actor, q find.Query, from int) (v SearchView, err error) {
	v = SearchView{Query: q, From: max(0, min(from, MaxFound))}
	if q.Empty() {
		return v, nil
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		all, err := sightOf(db, who)
		if err != nil || len(all.teams) == 0 {
			return err
		}
		if v.From == 0 && !q.Filtered() {
			v.Boards = all.named(q)
		}
		hunt, ok, err := s.hunt(db, who, all, q)
		if err != nil || !ok {
			return err
		}
		hits, err := hunt.everywhere(MaxFound + 1)
		if err != nil {
			return err
		}
		if len(hits) == 0 && len(v.Boards) == 0 && q.Wordy() {
			if v.Similar, err = hunt.guess(); err != nil || !v.Similar {
				return err
			}
			if hits, err = hunt.everywhere(MaxFound + 1); err != nil {
				return err
			}
			v.Similar = len(hits) > 0
		}
		v.Many, v.Count = len(hits) > MaxFound, min(len(hits), MaxFound)
		hits = hits[:v.Count]
		v.From = min(v.From, v.Count)
		v.Tasks, err = hunt.show(hits[v.From:min(v.From+SearchPage, v.Count)])
		return err
	})
	return v, err
}

func sightOf(db *gorm.DB, who Actor) (all sight, err error) {
	if err := db.Raw("SELECT team_id FROM memberships WHERE user_id = ? ORDER BY team_id", who.ID).Scan(&all.teams).Error; err != nil {
		return all, err
	}
	err = db.Raw(`SELECT b.*, t.name AS team FROM boards b JOIN teams t ON t.id = b.team_id JOIN memberships m ON m.team_id = b.team_id AND m.user_id = ?
		ORDER BY b.archived_at IS NOT NULL, b.created_at DESC, b.id`, who.ID).Scan(&all.boards).Error
	return all, err
}

func (all sight) board(id string) sightBoard {
	if i := slices.IndexFunc(all.boards, func(b sightBoard) bool { return b.ID == id }); i >= 0 {
		return all.boards[i]
	}
	return sightBoard{}
}

// mostBoards is how many boards a search shows.
const mostBoards = 5

// named returns the boards whose name or key has all words of a query.
func (all sight) named(q find.Query) (found []FoundBoard) {
	words := q.All()
	for _, b := range all.boards {
		if len(found) < mostBoards && find.Has(b.Name+" "+b.Key, words) {
			found = append(found, FoundBoard{Board: b.Board, Team: b.Team, Name: find.Mark(b.Name, words)})
		}
	}
	return found
}

// called returns the IDs of the boards that a filter means: by their key, else by
// their name.
func (all sight) called(names []string) (ids []string) {
	for _, name := range names {
		n := len(ids)
		for _, b := range all.boards {
			if find.Fold(b.Key) == name {
				ids = append(ids, b.ID)
			}
		}
		if len(ids) > n {
			continue
		}
		for _, b := range all.boards {
			if find.Has(b.Name, strings.Fields(name)) {
				ids = append(ids, b.ID)
			}
		}
	}
	return ids
}

// hunt is one search under way.
type hunt struct {
	db    *gorm.DB
	all   sight
	query find.Query
	scope []string            // boards that are searched; none: all of the teams
	near  map[string][]string // words that a mistyped one may mean
	where string              // what the filters leave, on tasks t
	args  []any
}

// hit is a text that was found, with what orders it.
type hit struct {
	Doc        int64
	Kind, Ref  string
	ID         string // of the task
	BoardID    string
	Number     int64
	Title      string
	State      flow.State
	Due        Date
	Blocked    bool
	ArchivedAt *time.Time
	Version    int64
}

// hunt reads the filters; it is not ok, if nothing can pass them.
func (s *Store) hunt(db *gorm.DB, who Actor, all sight, q find.Query) (h hunt, ok bool, err error) {
	h = hunt{db: db, all: all, query: q}
	h.filter("t.team_id IN ? AND t.deleted_at IS NULL", all.teams)
	if len(q.Boards) > 0 {
		if h.scope = all.called(q.Boards); len(h.scope) == 0 {
			return h, false, nil
		}
		h.filter("t.board_id IN ?", h.scope)
	}
	if len(q.Labels) > 0 {
		labels, err := labelsCalled(db, all.teams, q.Labels)
		if err != nil || len(labels) == 0 {
			return h, false, err
		}
		h.filter("EXISTS (SELECT 1 FROM task_labels l WHERE l.task_id = t.id AND l.label_id IN ?)", labels)
	}
	if len(q.States) > 0 {
		h.filter("t.state IN ?", q.States)
	}
	if len(q.Owners) > 0 || q.Mine {
		people, err := peopleCalled(db, who, all.teams, q)
		if err != nil || len(people) == 0 {
			return h, false, err
		}
		h.filter("t.id IN (SELECT task_id FROM task_owners WHERE user_id IN ?)", people)
	}
	if q.Unowned {
		h.filter("NOT EXISTS (SELECT 1 FROM task_owners o WHERE o.task_id = t.id)")
	}
	if q.Blocked {
		h.filter("t.blocked")
	}
	if q.AtRisk {
		h.filter("t.at_risk")
	}
	if q.Overdue {
		h.filter("t.due <> '' AND t.due < ? AND t.state IN ?", s.now().In(Zone(who.Zone)).Format(time.DateOnly), openStates)
	}
	if q.Archived {
		h.filter("t.archived_at IS NOT NULL")
	}
	return h, true, nil
}

var openStates = []flow.State{flow.Waiting, flow.Ready, flow.InProgress, flow.InReview}

func (h *hunt) filter(where string, args ...any) {
	if h.where != "" {
		h.where += " AND "
	}
	h.where += where
	h.args = append(h.args, args...)
}

// peopleCalled returns the members of the teams whom the filter for owners means.
func peopleCalled(db *gorm.DB, who Actor, teams []string, q find.Query) (ids []string, err error) {
	if q.Mine {
		ids = append(ids, who.ID)
	}
	if len(q.Owners) == 0 {
		return ids, nil
	}
	var people []Person
	err = db.Raw("SELECT DISTINCT u.id, u.name FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id IN ?", teams).Scan(&people).Error
	for _, p := range people {
		for _, name := range q.Owners {
			if find.Has(p.Name, strings.Fields(name)) {
				ids = append(ids, p.ID)
			}
		}
	}
	return ids, err
}

func labelsCalled(db *gorm.DB, teams, names []string) (ids []string, err error) {
	var labels []struct{ ID, Name string }
	err = db.Raw("SELECT l.id, l.name FROM labels l JOIN boards b ON b.id = l.board_id WHERE b.team_id IN ?", teams).Scan(&labels).Error
	for _, l := range labels {
		for _, name := range names {
			if find.Has(l.Name, strings.Fields(name)) {
				ids = append(ids, l.ID)
			}
		}
	}
	return ids, err
}

// everywhere finds up to most tasks: by its key, then the open ones, those with
// the words in the title before others, then the closed ones likewise. Among
// equals, whole words come before beginnings, and what was written later before
// what was written earlier.
func (h *hunt) everywhere(most int) ([]hit, error) {
	r := ranking{most: most, words: h.query.All(), seen: map[string]bool{}}
	if err := r.add(h.keyed()); err != nil {
		return nil, err
	}
	if !h.query.Wordy() {
		err := r.add(h.plain(most))
		return r.hits, err
	}
	// Few are put in order here; of many, only the first are read in that order.
	few, err := h.words("title body", anyState, 3*most)
	if err != nil {
		return nil, err
	}
	if len(few) < 3*most {
		var parts [4][]hit
		for _, f := range few {
			at := 0
			if !f.open() {
				at = 2
			}
			if !h.inTitle(f) {
				at++
			}
			parts[at] = append(parts[at], f)
		}
		for _, part := range parts {
			_ = r.add(part, nil)
		}
		return r.hits, nil
	}
	for _, which := range []string{openOnly, closedOnly} {
		for _, columns := range []string{"title", "title body"} {
			if len(r.hits) >= most {
				return r.hits, nil
			}
			if err := r.add(h.words(columns, which, most)); err != nil {
				return nil, err
			}
		}
	}
	return r.hits, nil
}

// ranking puts tasks in order, part by part.
type ranking struct {
	most  int
	words []string
	seen  map[string]bool
	hits  []hit
}

// add puts a part behind what is there; within it, those with more whole words of
// what was typed in the title come first.
func (r *ranking) add(part []hit, err error) error {
	exact := map[string]int{}
	for _, f := range part {
		exact[f.ID] = find.Exact(f.Title, r.words)
	}
	slices.SortStableFunc(part, func(a, b hit) int { return exact[b.ID] - exact[a.ID] })
	for _, f := range part {
		if !r.seen[f.ID] && len(r.hits) < r.most {
			r.seen[f.ID] = true
			r.hits = append(r.hits, f)
		}
	}
	return err
}

func (f hit) open() bool { return f.ArchivedAt == nil && f.State.Open() }

// inTitle reports whether the title alone has what was looked for.
func (h *hunt) inTitle(f hit) bool {
	for _, w := range h.query.All() {
		if !find.Has(f.Title, []string{w}) && !slices.ContainsFunc(h.near[w], func(n string) bool { return find.Has(f.Title, []string{n}) }) {
			return false
		}
	}
	return true
}

const hitColumns = "t.id, t.board_id, t.number, t.title, t.state, t.due, t.blocked, t.archived_at, t.version"

// keyed finds the tasks with exactly that key.
func (h *hunt) keyed() (found []hit, err error) {
	if h.query.Board == "" {
		return nil, nil
	}
	var boards []string
	for _, b := range h.all.boards {
		if b.Key == h.query.Board {
			boards = append(boards, b.ID)
		}
	}
	if len(boards) == 0 {
		return nil, nil
	}
	err = h.db.Raw("SELECT "+hitColumns+" FROM tasks t WHERE t.board_id IN ? AND t.number = ? AND "+h.where+" ORDER BY t.id DESC",
		append([]any{boards, h.query.Number}, h.args...)...).Scan(&found).Error
	return found, err
}

// plain finds by filters alone: what changed last, open tasks first.
func (h *hunt) plain(most int) (found []hit, err error) {
	err = h.db.Raw("SELECT "+hitColumns+" FROM tasks t WHERE "+h.where+
		" ORDER BY CASE WHEN t.archived_at IS NULL AND t.state IN ? THEN 0 ELSE 1 END, t.updated_at DESC, t.id DESC LIMIT ?",
		append(slices.Clone(h.args), openStates, most)...).Scan(&found).Error
	return found, err
}

// Which states a look into the index is for.
const (
	anyState   = ""
	openOnly   = " AND t.archived_at IS NULL AND t.state IN ('waiting', 'ready', 'in_progress', 'in_review')"
	closedOnly = " AND (t.archived_at IS NOT NULL OR t.state IN ('done', 'cancelled'))"
)

// words finds by the index, what was written last first: in titles, or in bodies too.
func (h *hunt) words(columns, which string, most int) (found []hit, err error) {
	from := "search_index i CROSS JOIN search_docs d ON d.id = i.rowid CROSS JOIN tasks t ON t.id = d.task_id WHERE search_index MATCH ?"
	match, latest := h.sqliteMatch(columns), "i.rowid"
	if h.db.Name() == "postgres" {
		from = "search_docs d JOIN tasks t ON t.id = d.task_id WHERE d.vector @@ ?::tsquery"
		match, latest = h.postgresMatch(columns), "d.id"
	}
	args := append([]any{match}, h.args...)
	err = h.db.Raw("SELECT d.id AS doc, d.kind, d.ref, "+hitColumns+" FROM "+from+" AND "+h.where+which+" ORDER BY "+latest+" DESC LIMIT ?",
		append(args, most)...).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// scopes are the words of the index that stand for teams or boards.
func (h *hunt) scopes() []string {
	letter, ids := "b", h.scope
	if len(ids) == 0 {
		letter, ids = "t", h.all.teams
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = letter + strings.ReplaceAll(id, "-", "")
	}
	return words
}

// sqliteMatch is the query in the language of FTS5. Words hold letters and digits
// only, so that quotes are all it takes.
func (h *hunt) sqliteMatch(columns string) string {
	quoted := func(words []string) string { return `"` + strings.Join(words, " ") + `"` }
	var scope, parts []string
	for _, s := range h.scopes() {
		scope = append(scope, `"`+s+`"`)
	}
	for _, w := range h.query.Words {
		either := []string{quoted([]string{w}) + " *"}
		for _, n := range h.near[w] {
			either = append(either, quoted([]string{n})+" *")
		}
		parts = append(parts, "("+strings.Join(either, " OR ")+")")
	}
	for _, p := range h.query.Phrase {
		parts = append(parts, quoted(p))
	}
	return "{scope} : (" + strings.Join(scope, " OR ") + ") AND {" + columns + "} : (" + strings.Join(parts, " AND ") + ")"
}

// postgresMatch is the same as a tsquery.
func (h *hunt) postgresMatch(columns string) string {
	weight := map[string]string{"title": "A", "title body": "AB"}[columns]
	var scope, parts []string
	for _, s := range h.scopes() {
		scope = append(scope, "'"+s+"':D")
	}
	for _, w := range h.query.Words {
		either := []string{"'" + w + "':*" + weight}
		for _, n := range h.near[w] {
			either = append(either, "'"+n+"':*"+weight)
		}
		parts = append(parts, "("+strings.Join(either, " | ")+")")
	}
	for _, p := range h.query.Phrase {
		side := make([]string, len(p))
		for i, w := range p {
			side[i] = "'" + w + "':" + weight
		}
		parts = append(parts, "("+strings.Join(side, " <-> ")+")")
	}
	return "(" + strings.Join(scope, " | ") + ") & " + strings.Join(parts, " & ")
}

// mostNear is how many words are tried for a mistyped one.
const mostNear = 24

// guess looks, for each word that is long enough to hold a slip, for words in use
// that it may mean, among those that begin with one of its first two letters. It
// reports whether there are any.
func (h *hunt) guess() (bool, error) {
	h.near = map[string][]string{}
	for _, w := range h.query.Words {
		if find.Slack(w) == 0 {
			continue
		}
		terms, err := h.terms(w)
		if err != nil {
			return false, err
		}
		if near := find.Near(w, terms, mostNear); len(near) > 0 {
			h.near[w] = near
		}
	}
	return len(h.near) > 0, nil
}

func (h *hunt) terms(word string) (terms []string, err error) {
	letters := []rune(word)
	query, args := "SELECT DISTINCT term FROM search_words WHERE ", []any{}
	if h.db.Name() == "postgres" {
		query += "team_id IN ? AND "
		args = append(args, h.all.teams)
	} else {
		query += "length(term) BETWEEN 3 AND 30 AND "
	}
	var ranges []string
	for _, r := range slices.Compact([]rune{letters[0], letters[1]}) {
		ranges = append(ranges, "(term >= ? AND term < ?)")
		args = append(args, string(r), string(r+1))
	}
	err = h.db.Raw(query+"("+strings.Join(ranges, " OR ")+")", args...).Scan(&terms).Error
	return terms, err
}

// sought are the words to mark.
func (h *hunt) sought() []string {
	words := h.query.All()
	for _, w := range h.query.Words {
		words = append(words, h.near[w]...)
	}
	return words
}

// show completes the tasks of a page with what is read once for all of them.
func (h *hunt) show(hits []hit) ([]Found, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	ids := make([]string, len(hits))
	for i, f := range hits {
		ids[i] = f.ID
	}
	owners, err := ownersOf(h.db, ids)
	if err != nil {
		return nil, err
	}
	texts, err := h.texts(hits)
	if err != nil {
		return nil, err
	}
	words := h.sought()
	found := make([]Found, len(hits))
	for i, f := range hits {
		b := h.all.board(f.BoardID)
		found[i] = Found{
			TaskRef: TaskRef{ID: f.ID, Key: Key(b.Key, f.Number), Title: f.Title, State: f.State, BoardID: f.BoardID, Board: b.Name, Owners: owners[f.ID]},
			Team:    b.Team, Due: f.Due, Blocked: f.Blocked, Archived: f.ArchivedAt != nil, Version: f.Version,
			Marked: find.Mark(f.Title, words), In: f.Kind,
			Snippet: find.Snippet(find.Plain(texts[f.Ref]), words, snippetWidth),
		}
	}
	return found, nil
}

// indexed says, by kind, where the text is that a document of the index stands for.
var indexed = map[string]string{
	"task":    "SELECT id AS ref, description AS body FROM tasks WHERE id IN ?",
	"item":    "SELECT id AS ref, text AS body FROM checklist_items WHERE id IN ?",
	"field":   "SELECT id AS ref, value AS body FROM task_fields WHERE id IN ?",
	"file":    "SELECT id AS ref, name AS body FROM attachments WHERE id IN ?",
	"comment": "SELECT id AS ref, body FROM comments WHERE id IN ?",
}

// texts reads the texts around the words that were found, by the ID of what holds them.
func (h *hunt) texts(hits []hit) (map[string]string, error) {
	refs := map[string][]string{}
	for _, f := range hits {
		if f.Ref != "" {
			refs[f.Kind] = append(refs[f.Kind], f.Ref)
		}
	}
	texts := map[string]string{}
	for kind, ids := range refs {
		var rows []struct{ Ref, Body string }
		if err := h.db.Raw(indexed[kind], ids).Scan(&rows).Error; err != nil {
			return nil, fmt.Errorf("texts found in: %w", err)
		}
		for _, r := range rows {
			texts[r.Ref] = r.Body
		}
	}
	return texts, nil
}

// titled finds tasks by key, else by words of their titles, open ones first.
func (h *hunt) titled(most int) ([]hit, error) {
	found, err := h.keyed()
	if err != nil || len(found) > 0 {
		return found, err
	}
	if !h.query.Wordy() {
		return h.plain(most)
	}
	for _, which := range []string{openOnly, closedOnly} {
		some, err := h.words("title", which, most-len(found))
		if err != nil {
			return nil, err
		}
		if found = append(found, some...); len(found) >= most {
			break
		}
	}
	return found, nil
}

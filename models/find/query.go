package find

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"relevo/models/flow"
)

// Most that is read of what somebody types.
const (
	MaxText  = 200 // characters
	MaxWords = 12
)

// Query is what somebody looks for: all of it has to hold.
type Query struct {
	Text   string // as typed
	Words  []string
	Phrase [][]string // words that have to stand side by side

	Board  string // of a task's key, in capitals, if that is all there is: ONB-12
	Number int64

	States   []flow.State // one of them
	Boards   []string     // one of them, by key or name
	Owners   []string     // one of them, by name
	Labels   []string     // one of them, by name
	Mine     bool
	Unowned  bool
	Blocked  bool
	AtRisk   bool
	Overdue  bool
	Archived bool

	Unknown []string // filters that say nothing
}

// Empty reports whether it asks for nothing.
func (q Query) Empty() bool { return !q.Wordy() && !q.Filtered() }

// Wordy reports whether it asks for words.
func (q Query) Wordy() bool { return len(q.Words)+len(q.Phrase) > 0 }

// Filtered reports whether it leaves something out whatever the words.
func (q Query) Filtered() bool {
	return len(q.States)+len(q.Boards)+len(q.Owners)+len(q.Labels) > 0 || q.Mine || q.Unowned || q.Blocked || q.AtRisk || q.Overdue || q.Archived
}

// filters are the names of filters in both languages.
var filters = map[string]string{
	"state": "state", "estado": "state", "board": "board", "tablero": "board",
	"owner": "owner", "responsable": "owner", "label": "label", "etiqueta": "label", "is": "is", "es": "is", "esta": "is",
}

var openStates = []flow.State{flow.Waiting, flow.Ready, flow.InProgress, flow.InReview}

// states are the names of states in both languages, as Fold leaves them.
var states = map[string][]flow.State{
	"waiting": {flow.Waiting}, "espera": {flow.Waiting}, "en espera": {flow.Waiting},
	"ready": {flow.Ready}, "lista": {flow.Ready}, "listo": {flow.Ready},
	"in progress": {flow.InProgress}, "progress": {flow.InProgress}, "doing": {flow.InProgress}, "curso": {flow.InProgress}, "en curso": {flow.InProgress},
	"in review": {flow.InReview}, "review": {flow.InReview}, "revision": {flow.InReview}, "en revision": {flow.InReview},
	"done": {flow.Done}, "hecha": {flow.Done}, "hecho": {flow.Done},
	"cancelled": {flow.Cancelled}, "canceled": {flow.Cancelled}, "cancelada": {flow.Cancelled},
	"open": openStates, "abierta": openStates, "pendiente": openStates,
	"closed": {flow.Done, flow.Cancelled}, "cerrada": {flow.Done, flow.Cancelled},
}

// traits are what a task can be besides its state.
var traits = map[string]func(*Query){
	"blocked": blocked, "bloqueada": blocked, "bloqueado": blocked,
	"at risk": atRisk, "risk": atRisk, "en riesgo": atRisk, "riesgo": atRisk,
	"overdue": overdue, "late": overdue, "vencida": overdue, "atrasada": overdue,
	"mine": mine, "mia": mine, "unassigned": unowned, "sin responsable": unowned,
	"archived": archived, "archivada": archived,
}

func blocked(q *Query)  { q.Blocked = true }
func atRisk(q *Query)   { q.AtRisk = true }
func overdue(q *Query)  { q.Overdue = true }
func mine(q *Query)     { q.Mine = true }
func unowned(q *Query)  { q.Unowned = true }
func archived(q *Query) { q.Archived = true }

// Parse reads what somebody typed: words, "words side by side", and filters like
// state:ready, board:ONB, owner:ana, is:blocked, in either language. A value of
// several words stands in quotes, or has _ or - between them.
func Parse(text string) Query {
	text = clip(strings.TrimSpace(text))
	q := Query{Text: text}
	q.Board, q.Number = key(text)
	for _, t := range tokens(text) {
		name, isFilter := filters[Fold(t.name)]
		switch {
		case isFilter && t.value != "":
			q.filter(name, t)
		case t.quoted && t.name == "":
			if words := Words(t.value); len(words) > 1 && len(q.Phrase) < MaxWords {
				q.Phrase = append(q.Phrase, words[:min(len(words), MaxWords)])
			} else {
				q.Words = append(q.Words, words...)
			}
		default:
			q.Words = append(q.Words, Words(t.name+" "+t.value)...)
		}
	}
	slices.Sort(q.Words)
	q.Words = slices.Compact(q.Words)
	q.Words = q.Words[:min(len(q.Words), MaxWords)]
	return q
}

func clip(text string) string {
	for i := range text {
		if utf8.RuneCountInString(text[:i]) == MaxText {
			return text[:i]
		}
	}
	return text
}

func (q *Query) filter(name string, t token) {
	value := strings.Join(Words(t.value), " ")
	switch name {
	case "state":
		if found, ok := states[value]; ok {
			q.States = append(q.States, found...)
			return
		}
	case "is":
		if set, ok := traits[value]; ok {
			set(q)
			return
		}
		if found, ok := states[value]; ok {
			q.States = append(q.States, found...)
			return
		}
	case "board":
		if value != "" {
			q.Boards = append(q.Boards, value)
			return
		}
	case "label":
		if value != "" {
			q.Labels = append(q.Labels, value)
			return
		}
	case "owner":
		switch value {
		case "":
		case "me", "yo", "mi":
			q.Mine = true
			return
		case "none", "nobody", "nadie":
			q.Unowned = true
			return
		default:
			q.Owners = append(q.Owners, value)
			return
		}
	}
	q.Unknown = append(q.Unknown, t.name+":"+t.value)
}

// key reads a task's key, with a hyphen or a space: ONB-12.
func key(text string) (board string, number int64) {
	board, digits, found := strings.Cut(text, "-")
	if !found {
		board, digits, found = strings.Cut(text, " ")
	}
	if !found || board == "" || len(board) > 12 || len(digits) > 18 {
		return "", 0
	}
	for i, r := range board {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return "", 0
		}
	}
	n, err := strconv.ParseUint(digits, 10, 63)
	if err != nil || n == 0 {
		return "", 0
	}
	return strings.ToUpper(board), int64(n)
}

// token is a word, name:value, or either with the value in quotes.
type token struct {
	name, value string
	quoted      bool
}

func tokens(text string) []token {
	var all []token
	rest := []rune(text)
	for len(rest) > 0 {
		if unicode.IsSpace(rest[0]) {
			rest = rest[1:]
			continue
		}
		var t token
		for len(rest) > 0 && !unicode.IsSpace(rest[0]) {
			r := rest[0]
			rest = rest[1:]
			if r == ':' && t.name == "" && t.value != "" {
				t.name, t.value = t.value, ""
				continue
			}
			if r == '"' || r == '“' || r == '”' || r == '«' {
				end := slices.IndexFunc(rest, func(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '»' })
				if end < 0 {
					end = len(rest)
				}
				t.value += string(rest[:end])
				t.quoted = true
				rest = rest[min(end+1, len(rest)):]
				break
			}
			t.value += string(r)
		}
		all = append(all, t)
	}
	return all
}

// All are the words to look for, those of phrases included.
func (q Query) All() []string {
	words := slices.Clone(q.Words)
	for _, p := range q.Phrase {
		words = append(words, p...)
	}
	return words
}

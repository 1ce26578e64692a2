package say

import (
	"strings"

	"relevo/models/ledger"
)

// Told is a sentence in pieces, so that a page can set off the names in it and
// link them.
type Told []Piece

// Piece is a part of a sentence; plain words have no kind.
type Piece struct {
	Kind PieceKind
	Text string
	ID   string // of a task or board that the name stands for
}

// PieceKind says what a piece of a sentence names.
type PieceKind string

const (
	APerson PieceKind = "person"
	ATask   PieceKind = "task"
	ABoard  PieceKind = "board"
	AName   PieceKind = "name"  // of something without a page: a column, an invitation
	AValue  PieceKind = "value" // a state, a role
	AReason PieceKind = "reason"
)

// String is the sentence without its marks.
func (t Told) String() string {
	var b strings.Builder
	for _, p := range t {
		b.WriteString(p.Text)
	}
	return b.String()
}

// tell puts pieces into the % of a sentence, in their order.
func tell(sentence string, pieces ...Piece) Told {
	var t Told
	for i, words := range strings.Split(sentence, "%") {
		if words != "" {
			t = append(t, Piece{Text: words})
		}
		if i < len(pieces) {
			t = append(t, pieces[i])
		}
	}
	return t
}

func task(s ledger.Subject) Piece   { return Piece{Kind: ATask, Text: s.Name, ID: s.ID} }
func board(s ledger.Subject) Piece  { return Piece{Kind: ABoard, Text: s.Name, ID: s.ID} }
func person(s ledger.Subject) Piece { return Piece{Kind: APerson, Text: s.Name} }
func name(s ledger.Subject) Piece   { return Piece{Kind: AName, Text: s.Name} }
func value(text string) Piece       { return Piece{Kind: AValue, Text: text} }

// end finds the task at one end of a dependency: in the entry's changes by the
// end's name, else what the entry is about.
func end(e ledger.Entry, field string, otherwise ledger.Subject) Piece {
	for _, c := range e.Changes {
		if c.Field != field {
			continue
		}
		if c.To != "" {
			return Piece{Kind: ATask, Text: c.ToText, ID: c.To}
		}
		return Piece{Kind: ATask, Text: c.FromText, ID: c.From}
	}
	return task(otherwise)
}

// changeOf finds what an entry changed of one field.
func changeOf(e ledger.Entry, field string) (ledger.Change, bool) {
	for _, c := range e.Changes {
		if c.Field == field {
			return c, true
		}
	}
	return ledger.Change{}, false
}

package models

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/find"
)

// mostLogText is the most characters that the words asked of a log may have.
const mostLogText = 100

// logWords are the words that entries must have, in what they name, in what was changed
// and in reasons: how the database finds them, and by what column their order is read.
type logWords struct {
	from, where, order string
	args               []any
}

// words understands the words of a query; nil if it has none. Each may be the beginning of
// a longer one. It returns Needed where there is no word in what was typed, or TooLong.
func (q LogQuery) words(db *gorm.DB, log string) (*logWords, error) {
	if q.Words == "" {
		return nil, nil
	}
	if utf8.RuneCountInString(q.Words) > mostLogText {
		return nil, fault.On("words", fault.TooLong, mostLogText)
	}
	words := find.Words(q.Words)
	if len(words) == 0 {
		return nil, fault.On("words", fault.NotAWord)
	}
	if db.Name() == "postgres" {
		return &logWords{"entries JOIN entry_words USING (log_id, seq)", "vector @@ ?::tsquery", "seq",
			[]any{"'" + strings.Join(words, "':* & '") + "':*"}}, nil
	}
	// The migration says how entries are numbered in the index.
	var first int64
	if err := db.Raw("SELECT id * 1099511627776 FROM log_numbers WHERE log_id = ?", log).Row().Scan(&first); err != nil {
		return nil, fmt.Errorf("number of the log: %w", err)
	}
	return &logWords{"entry_words CROSS JOIN entries ON seq = entry_words.rowid - " + fmt.Sprint(first), "entry_words MATCH ? AND entry_words.rowid BETWEEN ? AND ?", "entry_words.rowid",
		[]any{`"` + strings.Join(words, `" * AND "`) + `" *`, first, first + 1<<40 - 1}}, nil
}

// Package custom knows what the custom fields of a board can hold: their kinds,
// how a value is read from what somebody typed and written down, and how the log
// names a field. It does no I/O.
package custom

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"relevo/models/fault"
)

// Kind is what sort of value a field holds.
type Kind string

// The kinds. Of a choice the value is an option's ID, of a person a user's.
const (
	Text   Kind = "text"
	Number Kind = "number"
	Date   Kind = "date" // YYYY-MM-DD
	Choice Kind = "choice"
	Person Kind = "person"
	YesNo  Kind = "yes_no" // Yes or No
	URL    Kind = "url"    // of the web: http or https
)

// Kinds lists every kind, in the order in which they are offered.
var Kinds = []Kind{Text, Number, Date, Choice, Person, YesNo, URL}

// The values of a field of kind YesNo.
const (
	Yes = "yes"
	No  = "no"
)

// Limits.
const (
	MaxFields  = 50  // of one board
	MaxOptions = 100 // of one field
	MaxName    = 60  // characters of a field's or an option's name
	MaxHelp    = 200 // characters
	MaxText    = 2000
	MaxDigits  = 15 // of a number: what a float64 keeps apart

	FirstDay, LastDay = "2000-01-01", "2199-12-31"
)

// Read makes of what was typed the value as it is kept: the same for all ways to
// write the same, empty for nothing. A fault has no field yet. Whether an option
// or a person is there, the caller has to know.
func Read(kind Kind, typed string) (string, *fault.Fault) {
	if !utf8.ValidString(typed) || strings.ContainsRune(typed, 0) {
		return "", wrong(fault.BadRequest)
	}
	typed = strings.TrimSpace(lineEnds.Replace(typed))
	if utf8.RuneCountInString(typed) > MaxText {
		return "", wrong(fault.TooLong, MaxText)
	}
	if typed == "" {
		return "", nil
	}
	switch kind {
	case Text, Choice, Person:
		return typed, nil
	case Number:
		return readNumber(typed)
	case Date:
		return readDate(typed)
	case URL:
		return readURL(typed)
	case YesNo:
		if typed == Yes || typed == No {
			return typed, nil
		}
	}
	return "", wrong(fault.NotAChoice)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func wrong(code fault.Code, args ...any) *fault.Fault { return fault.New(fault.Invalid, code, args...) }

func readNumber(typed string) (string, *fault.Fault) {
	if strings.Trim(typed, "+-.0123456789") != "" { // neither 1e3 nor Inf nor hexadecimal
		return "", wrong(fault.NotANumber)
	}
	n, err := strconv.ParseFloat(typed, 64)
	if err != nil || math.Abs(n) >= 1e15 {
		return "", wrong(fault.NotANumber)
	}
	value := strconv.FormatFloat(n, 'f', -1, 64)
	if value == "-0" {
		value = "0"
	}
	if len(strings.Trim(strings.ReplaceAll(value, ".", ""), "-0")) > MaxDigits || len(value) > MaxDigits+10 {
		return "", wrong(fault.NotANumber)
	}
	return value, nil
}

// Float is the number that a value of kind Number says.
func Float(value string) float64 {
	n, _ := strconv.ParseFloat(value, 64) // it was read by Read
	return n
}

func readDate(typed string) (string, *fault.Fault) {
	day, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return "", wrong(fault.NotADate)
	}
	value := day.Format(time.DateOnly)
	if value < FirstDay || value > LastDay {
		return "", wrong(fault.DateOutOfRange, FirstDay, LastDay)
	}
	return value, nil
}

// readURL takes addresses of the web alone: what another scheme does when it is
// clicked on, nobody here can answer for. One with a user's name in it is refused:
// it looks as if it led elsewhere.
func readURL(typed string) (string, *fault.Fault) {
	if !strings.Contains(typed, ":") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || strings.ContainsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", wrong(fault.NotAWebAddress)
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Opaque != "" {
		return "", wrong(fault.NotAWebAddress)
	}
	value := u.String()
	if utf8.RuneCountInString(value) > MaxText {
		return "", wrong(fault.TooLong, MaxText)
	}
	return value, nil
}

// prefix begins the name of a field's value wherever names of fields are mixed: in
// forms, in addresses, in the log.
const prefix = "field."

// Key names the value of a field among the other fields of a task.
func Key(id string) string { return prefix + id }

// IsKey reports whether a name is that of a custom field, and of which one.
func IsKey(name string) (id string, ok bool) {
	id, ok = strings.CutPrefix(KeyOf(name), prefix)
	return id, ok && id != ""
}

// answer begins the name of what was filled in for a field of a step, in the log and
// in forms.
const answer = "answer."

// AnswerKey names what was filled in for a field of a step among the fields of a task.
func AnswerKey(id string) string { return answer + id }

// IsAnswer reports whether a name is that of a step's field, and of which one.
func IsAnswer(name string) (id string, ok bool) {
	id, ok = strings.CutPrefix(KeyOf(name), answer)
	return id, ok && id != ""
}

// LoggedAnswer is Logged for a field of a step.
func LoggedAnswer(id string, kind Kind, name string) string {
	return AnswerKey(id) + " " + string(kind) + " " + name
}

// Logged names a field's value in the log: its key, its kind, and what it was called
// then, so that an entry still reads when the field is gone.
func Logged(id string, kind Kind, name string) string {
	return Key(id) + " " + string(kind) + " " + name
}

// KeyOf is the key of what Logged named; any other name is its own.
func KeyOf(logged string) string {
	key, _, _ := strings.Cut(logged, " ")
	return key
}

// Parse reads what Logged wrote.
func Parse(logged string) (kind Kind, name string, ok bool) {
	_, ok = IsKey(logged)
	if _, is := IsAnswer(logged); !ok && !is {
		return "", "", false
	}
	_, rest, _ := strings.Cut(logged, " ")
	first, name, _ := strings.Cut(rest, " ")
	return Kind(first), name, slices.Contains(Kinds, Kind(first))
}

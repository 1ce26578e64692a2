package playbook

import (
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/custom"
	"relevo/models/fault"
)

// Field is a question: an input that is answered when a run starts, or a field
// of a step that is filled in before it is done.
type Field struct {
	ID, Label, Help string
	Type            Type
	Required        bool
	Default         string   // as an answer; empty: none
	Options         []string // of a choice
	Min, Max        string   // of a number or a date, as an answer; empty: no bound
	MinLen, MaxLen  int      // of a text, in characters; 0: no bound of its own
	Pattern         string   // that a whole text has to match (RE2); empty: none
}

// Type is what sort of answer a field takes: the kinds of a board's own fields.
// Unlike there, the value of a choice is the option itself.
type Type = custom.Kind

const (
	Text   = custom.Text
	Number = custom.Number
	Date   = custom.Date
	Choice = custom.Choice
	Person = custom.Person
	YesNo  = custom.YesNo
	URL    = custom.URL
)

// Types lists every type.
var Types = custom.Kinds

// Answers are values by input ID, or by "step.field". Each is a text in one form:
// a number as 12.5, a date as 2026-03-31, yes or no as such, a person as an ID.
// An empty one was left empty; one that is missing is not known yet.
type Answers map[string]string

// The answers to a question of yes or no.
const (
	Yes = custom.Yes
	No  = custom.No
)

// Read brings what somebody typed into the form of an answer, or says what is
// wrong with it; the fault's Field is the field's ID.
func (f Field) Read(typed string) (string, *fault.Fault) {
	answer, wrong := custom.Read(f.Type, typed)
	if wrong == nil {
		wrong = f.fits(answer)
	}
	if wrong != nil {
		wrong.Field = f.ID
		return "", wrong
	}
	return answer, nil
}

// fits checks an answer against what the field asks of it.
func (f Field) fits(answer string) *fault.Fault {
	switch {
	case answer == "" && f.Required:
		return fault.On(f.ID, fault.Needed)
	case answer == "":
		return nil
	}
	switch f.Type {
	case Number:
		return f.fitsNumber(custom.Float(answer))
	case Date:
		return f.fitsDate(answer)
	case Choice:
		if !slices.Contains(f.Options, answer) {
			return fault.On(f.ID, fault.NotAChoice)
		}
	case Text:
		return f.fitsText(answer)
	case Person, YesNo, URL:
	}
	return nil
}

func (f Field) fitsText(answer string) *fault.Fault {
	switch n := utf8.RuneCountInString(answer); {
	case f.MaxLen > 0 && n > f.MaxLen:
		return fault.On(f.ID, fault.TooLong, f.MaxLen)
	case n < f.MinLen:
		return fault.On(f.ID, fault.TooShort, f.MinLen)
	}
	if whole, err := wholly(f.Pattern); err == nil && f.Pattern != "" && !whole.MatchString(answer) {
		return fault.On(f.ID, fault.OtherPattern, f.Help)
	}
	return nil
}

// wholly compiles a pattern so that it has to match all of a text.
func wholly(pattern string) (*regexp.Regexp, error) { return regexp.Compile(`\A(?:` + pattern + `)\z`) }

func (f Field) fitsNumber(n float64) *fault.Fault {
	switch {
	case f.Min != "" && n < custom.Float(f.Min):
		return fault.On(f.ID, fault.TooLow, f.Min)
	case f.Max != "" && n > custom.Float(f.Max):
		return fault.On(f.ID, fault.TooHigh, f.Max)
	}
	return nil
}

// fitsDate compares dates as texts: written like this they are in their order.
func (f Field) fitsDate(day string) *fault.Fault {
	switch {
	case f.Min != "" && day < f.Min:
		return fault.On(f.ID, fault.DateTooEarly, f.Min)
	case f.Max != "" && day > f.Max:
		return fault.On(f.ID, fault.DateTooLate, f.Max)
	}
	return nil
}

// readDate reads YYYY-MM-DD as that day's midnight in UTC.
func readDate(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil
}

// isEmail reports whether text is one plain e-mail address.
func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && a.Address == text && len(text) <= 254 && !strings.ContainsAny(text, " \t\n\"")
}

// ReadInputs reads all that was typed for the inputs, by ID; what is missing gets
// its default. The error holds every input's fault.
func (d Definition) ReadInputs(typed map[string]string) (Answers, error) {
	answers := make(Answers, len(d.Inputs))
	var faults []*fault.Fault
	for _, f := range d.Inputs {
		text, given := typed[f.ID]
		if !given {
			text = f.Default
		}
		answer, wrong := f.Read(text)
		faults = append(faults, wrong)
		answers[f.ID] = answer
	}
	return answers, fault.All(faults...)
}

package playbook

import (
	"math"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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

// Type is what sort of answer a field takes.
type Type string

const (
	Text   Type = "text"
	Number Type = "number"
	Date   Type = "date"
	Choice Type = "choice"
	Person Type = "person"
	YesNo  Type = "yes/no"
	URL    Type = "url"
)

// Types lists every type.
var Types = []Type{Text, Number, Date, Choice, Person, YesNo, URL}

// Answers are values by input ID, or by "step.field". Each is a text in one form:
// a number as 12.5, a date as 2026-03-31, yes or no as such, a person as an ID.
// An empty one was left empty; one that is missing is not known yet.
type Answers map[string]string

// The answers to a question of yes or no.
const (
	Yes = "yes"
	No  = "no"
)

// maxNumber keeps numbers within what a float64 holds exactly, with cents.
const maxNumber = 1e13

// Read brings what somebody typed into the form of an answer, or says what is
// wrong with it; the fault's Field is the field's ID.
func (f Field) Read(typed string) (string, *fault.Fault) {
	typed = strings.TrimSpace(typed)
	if !utf8.ValidString(typed) {
		return "", fault.On(f.ID, fault.BadRequest)
	}
	if typed == "" {
		if f.Required {
			return "", fault.On(f.ID, fault.Needed)
		}
		return "", nil
	}
	switch f.Type {
	case Number:
		return f.readNumber(typed)
	case Date:
		return f.readDate(typed)
	case Choice:
		if !slices.Contains(f.Options, typed) {
			return "", fault.On(f.ID, fault.NotAChoice)
		}
		return typed, nil
	case YesNo:
		return f.readYesNo(typed)
	case URL:
		return f.readURL(typed)
	case Person:
		return f.within(typed, 0, MaxName)
	case Text:
	}
	return f.readText(typed)
}

func (f Field) readText(typed string) (string, *fault.Fault) {
	most := f.MaxLen
	if most == 0 {
		most = MaxAnswer
	}
	if f.Pattern != "" && utf8.RuneCountInString(typed) <= most {
		if whole, err := wholly(f.Pattern); err == nil && !whole.MatchString(typed) {
			return "", fault.On(f.ID, fault.OtherPattern, f.Help)
		}
	}
	return f.within(typed, f.MinLen, most)
}

func (f Field) within(typed string, least, most int) (string, *fault.Fault) {
	switch n := utf8.RuneCountInString(typed); {
	case n > most:
		return "", fault.On(f.ID, fault.TooLong, most)
	case n < least:
		return "", fault.On(f.ID, fault.TooShort, least)
	}
	return typed, nil
}

// wholly compiles a pattern so that it has to match all of a text.
func wholly(pattern string) (*regexp.Regexp, error) { return regexp.Compile(`\A(?:` + pattern + `)\z`) }

func (f Field) readNumber(typed string) (string, *fault.Fault) {
	n, ok := readNumber(typed)
	if !ok {
		return "", fault.On(f.ID, fault.NotANumber)
	}
	low, haveLow := readNumber(f.Min)
	high, haveHigh := readNumber(f.Max)
	switch {
	case haveLow && n < low:
		return "", fault.On(f.ID, fault.TooLow, f.Min)
	case haveHigh && n > high:
		return "", fault.On(f.ID, fault.TooHigh, f.Max)
	}
	return formatNumber(n), nil
}

var plainNumber = regexp.MustCompile(`^[+-]?\d{1,15}([.,]\d{1,9})?$`)

// readNumber reads 1250, 12.5 or 12,5.
func readNumber(text string) (float64, bool) {
	if !plainNumber.MatchString(text) {
		return 0, false
	}
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	return n, err == nil && math.Abs(n) <= maxNumber
}

func formatNumber(n float64) string {
	if n == 0 {
		return "0" // and not -0
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

func (f Field) readDate(typed string) (string, *fault.Fault) {
	if _, ok := readDate(typed); !ok {
		return "", fault.On(f.ID, fault.NotADate)
	}
	// Dates written like this are in the order of their texts.
	switch {
	case f.Min != "" && typed < f.Min:
		return "", fault.On(f.ID, fault.DateTooEarly, f.Min)
	case f.Max != "" && typed > f.Max:
		return "", fault.On(f.ID, fault.DateTooLate, f.Max)
	}
	return typed, nil
}

// The days between which dates lie, so that counting from them stays bounded.
const (
	firstDate = "1900-01-01"
	lastDate  = "2199-12-31"
)

// readDate reads YYYY-MM-DD as that day's midnight in UTC.
func readDate(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil && text >= firstDate && text <= lastDate
}

func (f Field) readYesNo(typed string) (string, *fault.Fault) {
	switch strings.ToLower(typed) {
	case "yes", "true", "on", "1", "sí", "si":
		return Yes, nil
	case "no", "false", "off", "0":
		return No, nil
	}
	return "", fault.On(f.ID, fault.NotAChoice)
}

func (f Field) readURL(typed string) (string, *fault.Fault) {
	u, err := url.Parse(typed)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.ContainsAny(typed, " \t\n<>\"`") {
		return "", fault.On(f.ID, fault.NotAnAddress)
	}
	return f.within(typed, 0, 2000)
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

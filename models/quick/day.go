package quick

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"relevo/models/find"
)

// The days that a line can name: as far as a date field takes them.
const firstYear, lastYear, mostAhead = 2000, 2199, 9999

// due is a day: today, tomorrow, the next day of that name, so many days from now,
// or a date with the day before the month. Several words are one as a whole, or not.
func (r *Reader) due(s said) (string, Why) {
	typed := strings.Join(strings.Fields(find.Fold(s.text)), " ")
	y, m, d := r.Now.Date()
	day, why := dayOf(typed, time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
	if why == Unknown && s.words > 1 {
		return "", plain // fewer words may be
	}
	if first, _ := utf8.DecodeRuneInString(typed); why != "" && !s.quoted && !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return "", plain
	}
	if why == "" && (day.Year() < firstYear || day.Year() > lastYear) {
		why = NoDay
	}
	if why != "" {
		return "", why
	}
	return day.Format(time.DateOnly), ""
}

func dayOf(typed string, today time.Time) (time.Time, Why) {
	switch typed {
	case "today", "hoy":
		return today, ""
	case "tomorrow", "manana":
		return today.AddDate(0, 0, 1), ""
	case "day after tomorrow", "the day after tomorrow", "pasado manana":
		return today.AddDate(0, 0, 2), ""
	case "next week", "proxima semana", "la proxima semana", "semana que viene", "la semana que viene":
		return next(time.Monday, today), ""
	}
	for _, read := range []func(string, time.Time) (time.Time, Why){weekday, ahead, numbers, dayAndMonth} {
		if day, why := read(typed, today); why != Unknown {
			return day, why
		}
	}
	return today, Unknown
}

var weekdays = [7][2]string{{"sunday", "domingo"}, {"monday", "lunes"}, {"tuesday", "martes"}, {"wednesday", "miercoles"},
	{"thursday", "jueves"}, {"friday", "viernes"}, {"saturday", "sabado"}}

// weekday is the next day of that name; today's is a week away, for today is called
// today. Three letters are enough.
func weekday(typed string, today time.Time) (time.Time, Why) {
	typed = strings.TrimPrefix(strings.TrimPrefix(typed, "on "), "el ")
	for d, names := range weekdays {
		for _, name := range names {
			if len(typed) >= 3 && strings.HasPrefix(name, typed) {
				return next(time.Weekday(d), today), ""
			}
		}
	}
	return today, Unknown
}

func next(d time.Weekday, today time.Time) time.Time {
	days := (int(d-today.Weekday()) + 7) % 7
	if days == 0 {
		days = 7
	}
	return today.AddDate(0, 0, days)
}

var inSome = regexp.MustCompile(`^(?:in|en|dentro de) (\d{1,6}|an?|one|una?) (days?|dias?|weeks?|semanas?|months?|mes|meses)$`)

// ahead is so many days, weeks or months from today.
func ahead(typed string, today time.Time) (time.Time, Why) {
	m := inSome.FindStringSubmatch(typed)
	if m == nil {
		return today, Unknown
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = 1
	}
	if n > mostAhead {
		return today, NoDay
	}
	switch m[2][0] {
	case 'd':
		return today.AddDate(0, 0, n), ""
	case 'w', 's':
		return today.AddDate(0, 0, 7*n), ""
	}
	first := today.AddDate(0, n, 1-today.Day())
	last := first.AddDate(0, 1, -1).Day() // a month later than 31 January is the end of February
	return first.AddDate(0, 0, min(today.Day(), last)-1), ""
}

var (
	isoDay   = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	plainDay = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$`)
)

// numbers is a date in figures: 2026-12-15, 15/12, 15.12.26.
func numbers(typed string, today time.Time) (time.Time, Why) {
	if m := isoDay.FindStringSubmatch(typed); m != nil {
		return date(m[1], number(m[2]), m[3], today)
	}
	if m := plainDay.FindStringSubmatch(typed); m != nil {
		return date(m[3], number(m[2]), m[1], today)
	}
	return today, Unknown
}

var (
	dayMonth = regexp.MustCompile(`^(?:on |el )?(\d{1,2})(?: de)? ([a-z]{3,10})(?:(?: de)? (\d{4}))?$`)
	monthDay = regexp.MustCompile(`^(?:on )?([a-z]{3,9}) (\d{1,2})(?:,? (\d{4}))?$`)
)

// dayAndMonth is a date with the month by its name: 15 dec, December 15, 15 de diciembre.
func dayAndMonth(typed string, today time.Time) (time.Time, Why) {
	if m := dayMonth.FindStringSubmatch(typed); m != nil {
		if month := monthNamed(m[2]); month > 0 {
			return date(m[3], month, m[1], today)
		}
	}
	if m := monthDay.FindStringSubmatch(typed); m != nil {
		if month := monthNamed(m[1]); month > 0 {
			return date(m[3], month, m[2], today)
		}
	}
	return today, Unknown
}

var months = [12][2]string{{"january", "enero"}, {"february", "febrero"}, {"march", "marzo"}, {"april", "abril"}, {"may", "mayo"}, {"june", "junio"},
	{"july", "julio"}, {"august", "agosto"}, {"september", "septiembre"}, {"october", "octubre"}, {"november", "noviembre"}, {"december", "diciembre"}}

func monthNamed(typed string) int {
	if typed == "setiembre" || typed == "sept" || typed == "set" {
		return 9
	}
	for i, names := range months {
		if strings.HasPrefix(names[0], typed) || strings.HasPrefix(names[1], typed) {
			return i + 1
		}
	}
	return 0
}

// date is a day of the calendar; without a year, the next one, today included.
func date(year string, month int, day string, today time.Time) (time.Time, Why) {
	d := number(day)
	y := number(year)
	if len(year) == 2 {
		y += 2000
	}
	if year != "" {
		return onCalendar(y, month, d)
	}
	for y = today.Year(); y <= today.Year()+8; y++ { // the next 29 February may be that far
		if at, why := onCalendar(y, month, d); why == "" && !at.Before(today) {
			return at, ""
		}
	}
	return today, NoDay
}

func onCalendar(year, month, day int) (time.Time, Why) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || at.Year() != year {
		return at, NoDay
	}
	return at, ""
}

// number is one of few digits.
func number(digits string) int {
	n, _ := strconv.Atoi(digits) // none: 0
	return n
}

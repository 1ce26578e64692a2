package web

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/views"
)

// readTask reads the fields that a form has of a task; those it has not are left
// as they are. Times are in zone. It returns the faults of all fields at once.
func readTask(form url.Values, zone *time.Location) (in models.TaskInput, err error) {
	var faults []*fault.Fault
	read := func(name string, f func(string) *fault.Fault) {
		if form.Has(name) {
			faults = append(faults, f(form.Get(name)))
		}
	}
	read("title", func(s string) *fault.Fault {
		title := strings.Join(strings.Fields(clean(s)), " ")
		in.Title = &title
		return nil
	})
	read("description", func(s string) *fault.Fault {
		text := strings.ReplaceAll(clean(s), "\r\n", "\n")
		in.Description = &text
		return nil
	})
	read("owners", func(string) *fault.Fault {
		owners := chosen(form["owners"])
		in.Owners = &owners
		return nil
	})
	read("labels", func(string) *fault.Fault {
		labels := chosen(form["labels"])
		in.Labels = &labels
		return nil
	})
	read("due", func(s string) (f *fault.Fault) {
		in.Due, f = readDue(s)
		return f
	})
	read("estimate", func(s string) (f *fault.Fault) {
		in.Estimate, f = readEstimate(s)
		return f
	})
	read("priority", func(s string) (f *fault.Fault) {
		in.Priority, f = readPriority(s)
		return f
	})
	read("needs_file", func(s string) *fault.Fault {
		needs := s == "yes"
		in.NeedsFile = &needs
		return nil
	})
	read("join", func(s string) *fault.Fault {
		join := flow.Join(s)
		in.Join = &join
		return nil
	})
	read("not_before", func(s string) (f *fault.Fault) {
		in.NotBefore, f = readMoment("not_before", s, zone)
		return f
	})
	for name := range form {
		if id, ok := custom.IsKey(name); ok && id == strings.TrimPrefix(name, custom.Key("")) {
			if in.Fields == nil {
				in.Fields = map[string]string{}
			}
			in.Fields[id] = clean(form.Get(name))
		}
	}
	return in, fault.All(faults...)
}

// formOf names the form of the panel that the fields are of.
func formOf(form url.Values) string {
	switch {
	case form.Has("title"):
		return views.TitleForm
	case form.Has("description"):
		return views.DescriptionForm
	case form.Has("needs_file"):
		return views.FilesForm
	case form.Has("join"), form.Has("not_before"):
		return views.StartForm
	}
	for name := range form {
		if _, ok := custom.IsKey(name); ok {
			return views.FieldsForm
		}
	}
	return views.DetailsForm
}

// clean leaves out what no text holds and no database takes: broken UTF-8 and
// control characters.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}

// chosen are the values of boxes that are ticked; the form sends an empty one
// along so that none ticked differs from no boxes.
func chosen(values []string) []string {
	ids := []string{}
	for _, v := range values {
		if v = clean(v); v != "" {
			ids = append(ids, v)
		}
	}
	return ids
}

// The days that a date field takes.
var firstDay, lastDay = models.FirstDay.Format(time.DateOnly), models.LastDay.Format(time.DateOnly)

func readDue(text string) (*models.Date, *fault.Fault) {
	text = strings.TrimSpace(text)
	if text != "" {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return nil, fault.On("due", fault.NotADate)
		}
		if text = day.Format(time.DateOnly); text < firstDay || text > lastDay {
			return nil, fault.On("due", fault.DateOutOfRange, firstDay, lastDay)
		}
	}
	due := models.Date(text)
	return &due, nil
}

func readEstimate(text string) (*int, *fault.Fault) {
	minutes, ok := flow.ParseEstimate(text)
	if !ok || minutes > flow.MaxEstimate {
		return nil, fault.On("estimate", fault.NotAnEstimate)
	}
	return &minutes, nil
}

func readPriority(text string) (*models.Priority, *fault.Fault) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return nil, fault.On("priority", fault.NotAChoice)
	}
	p := models.Priority(n)
	return &p, nil
}

// readMoment reads a date and a time of day in zone; empty is none. A time that
// the clocks skip in spring is the one an hour later.
func readMoment(name, text string, zone *time.Location) (**time.Time, *fault.Fault) {
	text = strings.TrimSpace(text)
	var none *time.Time
	if text == "" {
		return &none, nil
	}
	for _, layout := range []string{views.LocalMoment, views.LocalMoment + ":05", "2006-01-02 15:04"} {
		t, err := time.ParseInLocation(layout, text, zone)
		if err != nil {
			continue
		}
		if day := t.Format(time.DateOnly); day < firstDay || day > lastDay {
			return nil, fault.On(name, fault.DateOutOfRange, firstDay, lastDay)
		}
		t = t.UTC()
		at := &t
		return &at, nil
	}
	return nil, fault.On(name, fault.NotAMoment)
}

// readDependency reads how a prerequisite counts; a field that is not there is as
// usual.
func readDependency(form url.Values) (models.DependencyInput, error) {
	in := models.DependencyInput{
		Lag:         flow.Lag{Unit: flow.Unit(clean(form.Get("lag_unit")))},
		OnCancel:    flow.OnCancel(clean(form.Get("on_cancel"))),
		SatisfiedAt: flow.State(clean(form.Get("satisfied_at"))),
	}
	if text := strings.TrimSpace(form.Get("lag")); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return in, fault.On("lag", fault.NotANumber)
		}
		in.Lag.Amount = n
	}
	return in, nil
}

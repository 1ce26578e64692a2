package views

import (
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/ledger"
	"relevo/views/say"
)

// NewReview is the form of a review to be opened, as it was typed.
type NewReview struct {
	models.LogCount
	Query        models.LogQuery
	Name         string
	Sample, Seed string
	Problem      error
}

// ReviewPage is a review, with what somebody typed in one of its forms.
type ReviewPage struct {
	models.ReviewView
	Form ReviewForm
}

// ReviewForm is a question about an entry, or a conclusion where Seq is 0.
type ReviewForm struct {
	Seq                          int64
	Person, Question, Conclusion string
	Problem                      error
}

// ReviewsURL is the address of a team's reviews.
func ReviewsURL(team string) templ.SafeURL { return logURL(team) + "/reviews" }

// ReviewURL is the address of a review.
func ReviewURL(id string) templ.SafeURL { return "/reviews/" + templ.SafeURL(id) }

// reviewEntryURL is the address of an entry of a review, or of what is said of it.
func reviewEntryURL(review string, seq int64, what string) templ.SafeURL {
	return ReviewURL(review) + templ.SafeURL("/entries/"+strconv.FormatInt(seq, 10)+"/"+what)
}

// QuestionURL is where whoever is asked about an entry answers.
func QuestionURL(review string, seq int64) templ.SafeURL {
	return reviewEntryURL(review, seq, "question")
}

func reviewEntryID(seq int64) string { return "entry-" + strconv.FormatInt(seq, 10) }

// asked words what a review asked of the log.
func (p ReviewPage) asked(w *say.Words) []say.Changed { return askedWords(w, p.Review.Asks(), p.Names) }

// askedWords words the conditions of a query.
func askedWords(w *say.Words, q models.LogQuery, names map[string]string) []say.Changed {
	var e ledger.Entry
	for _, a := range q.Each() {
		if a.Value != "" {
			e.Changes = append(e.Changes, ledger.Change{Field: "asked_" + a.Name, To: a.Value, ToText: names[a.Value]})
		}
	}
	return w.AllChanges(e, nil)
}

// whom is who is asked unless somebody else is chosen: who did it.
func (p ReviewPage) whom(l models.ReviewLine) string {
	if p.Form.Seq == l.Seq && p.Form.Person != "" {
		return p.Form.Person
	}
	if l.Actor.ID == "" && l.Because != nil {
		return l.Because.Actor.ID
	}
	return l.Actor.ID
}

func (p ReviewPage) people() []Option {
	var options []Option
	for _, person := range p.People {
		options = append(options, Option{person.ID, person.Name})
	}
	return options
}

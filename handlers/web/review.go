package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/views"
	"relevo/views/say"
)

// ShowReviews lists the reviews of a team's log.
func (w *Web) ShowReviews(c echo.Context) error {
	team, all, err := w.Store.Reviews(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ReviewsPage(team, all))
}

// ShowNewReview shows the form of a review of what the log is asked.
func (w *Web) ShowNewReview(c echo.Context) error {
	return w.showNewReview(c, http.StatusOK, views.NewReview{Query: logQuery(c)})
}

func (w *Web) showNewReview(c echo.Context, status int, form views.NewReview) error {
	v, err := w.Store.CountLog(c.Request().Context(), actor(c), c.Param("team"), form.Query)
	if refused(err) != nil {
		return c.Redirect(http.StatusSeeOther, string(views.LogPage{LogView: v.LogView, Query: form.Query}.URL())) // where the filters are
	} else if err != nil {
		return err
	}
	form.LogCount = v
	return show(c, status, views.NewReviewPage(form))
}

// CreateReview opens a review.
func (w *Web) CreateReview(c echo.Context) error {
	form := views.NewReview{Query: logQuery(c), Name: clean(field(c, "name")), Sample: clean(field(c, "sample")), Seed: clean(field(c, "seed"))}
	in := models.ReviewInput{Name: form.Name, Query: form.Query, Seed: form.Seed}
	var r models.Review
	var err error
	if form.Sample != "" {
		if in.Sample, err = strconv.Atoi(form.Sample); err != nil {
			err = fault.On("sample", fault.NotANumber)
		} else if in.Sample == 0 {
			err = fault.On("sample", fault.OutOfRange, 1, models.MostReviewed)
		}
	}
	if err == nil {
		r, err = w.Store.OpenReview(c.Request().Context(), actor(c), c.Param("team"), in)
	}
	if refused(err) != nil {
		form.Problem = err
		return w.showNewReview(c, http.StatusUnprocessableEntity, form)
	} else if err != nil {
		return err
	}
	return goTo(c, string(views.ReviewURL(r.ID)))
}

// ShowReview shows a review.
func (w *Web) ShowReview(c echo.Context) error {
	return w.showReview(c, http.StatusOK, views.ReviewForm{}, false)
}

// ShowReviewPrint shows a review as it goes on paper.
func (w *Web) ShowReviewPrint(c echo.Context) error {
	return w.showReview(c, http.StatusOK, views.ReviewForm{}, true)
}

func (w *Web) showReview(c echo.Context, status int, form views.ReviewForm, print bool) error {
	v, err := w.Store.ReviewOf(c.Request().Context(), actor(c), c.Param("review"))
	if err != nil {
		return err
	}
	return show(c, status, views.Review(views.ReviewPage{ReviewView: v, Form: form}, print))
}

// ShowReviewCSV sends a review as a table: each entry with what became of it.
func (w *Web) ShowReviewCSV(c echo.Context) error {
	v, err := w.Store.ReviewOf(c.Request().Context(), actor(c), c.Param("review"))
	if err != nil {
		return err
	}
	words := say.In(c.Request().Context())
	c.Response().Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="review.csv"`)
	out := exchange.NewRows(c.Response())
	if err := out.Row(append(append([]string{}, words.Take.Headings...), words.Reviews.Headings...)); err != nil {
		return err
	}
	for _, l := range v.Lines {
		row := words.Row(l.Entry, l.Because, l.Leaf, now(c).Location())
		if err := out.Row(append(row, words.Reviews.States[string(l.Mark.State)], l.Mark.Question, l.Mark.AskedName, l.Mark.Answer)); err != nil {
			return err
		}
	}
	return out.Close()
}

// reviewed is the entry that the path names.
func reviewed(c echo.Context) (int64, error) {
	seq, err := strconv.ParseInt(c.Param("entry"), 10, 64)
	if err != nil || seq < 1 {
		return 0, fault.New(fault.Missing, fault.NotFound)
	}
	return seq, nil
}

// CreateSight marks an entry as seen.
func (w *Web) CreateSight(c echo.Context) error {
	seq, err := reviewed(c)
	if err == nil {
		err = w.Store.SeeEntry(c.Request().Context(), actor(c), c.Param("review"), seq)
	}
	return w.afterReview(c, views.ReviewForm{Problem: err}, "#entry-"+c.Param("entry"))
}

// CreateSights marks all that nobody has looked at as seen.
func (w *Web) CreateSights(c echo.Context) error {
	return w.afterReview(c, views.ReviewForm{Problem: w.Store.SeeRest(c.Request().Context(), actor(c), c.Param("review"))}, "#review-sign")
}

// EditQuestion asks somebody about an entry.
func (w *Web) EditQuestion(c echo.Context) error {
	seq, err := reviewed(c)
	form := views.ReviewForm{Seq: seq, Person: clean(field(c, "person")), Question: clean(c.FormValue("question"))}
	if err == nil {
		err = w.Store.QuestionEntry(c.Request().Context(), actor(c), c.Param("review"), seq, form.Person, form.Question)
	}
	form.Problem = err
	return w.afterReview(c, form, "#entry-"+c.Param("entry"))
}

// CreateSignature signs a review.
func (w *Web) CreateSignature(c echo.Context) error {
	form := views.ReviewForm{Conclusion: clean(c.FormValue("conclusion"))}
	form.Problem = w.Store.SignReview(c.Request().Context(), actor(c), c.Param("review"), form.Conclusion)
	return w.afterReview(c, form, "")
}

// afterReview answers a change of a review; form bears what was wrong.
func (w *Web) afterReview(c echo.Context, form views.ReviewForm, at string) error {
	if status, showable := refusal(form.Problem); showable {
		return w.showReview(c, status, form, false)
	}
	if form.Problem != nil {
		return form.Problem
	}
	return goTo(c, string(views.ReviewURL(c.Param("review")))+at)
}

// ShowQuestion shows a question to whoever it was put to.
func (w *Web) ShowQuestion(c echo.Context) error { return w.showQuestion(c, http.StatusOK, nil, nil) }

func (w *Web) showQuestion(c echo.Context, status int, answer *string, problem error) error {
	seq, err := reviewed(c)
	if err != nil {
		return err
	}
	q, err := w.Store.QuestionOf(c.Request().Context(), actor(c), c.Param("review"), seq)
	if err != nil {
		return err
	}
	if answer == nil {
		answer = &q.Mark.Answer
	}
	return show(c, status, views.QuestionPage(q, *answer, problem))
}

// EditReviewAnswer answers a question.
func (w *Web) EditReviewAnswer(c echo.Context) error {
	seq, err := reviewed(c)
	if err != nil {
		return err
	}
	answer := clean(c.FormValue("answer"))
	err = w.Store.AnswerEntry(c.Request().Context(), actor(c), c.Param("review"), seq, answer)
	if status, showable := refusal(err); showable {
		return w.showQuestion(c, status, &answer, err)
	}
	if err != nil {
		return err
	}
	return goTo(c, string(views.QuestionURL(c.Param("review"), seq)))
}

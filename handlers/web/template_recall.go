package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views/say"
)

// CreateBoardTemplate makes the draft of a template of a board.
func (w *Web) CreateBoardTemplate(c echo.Context) error {
	made, err := w.Store.SaveBoard(c.Request().Context(), actor(c), c.Param("board"), recallWords(c))
	return w.afterRecall(c, made, err)
}

// CreateRunTemplate makes the draft of a template of a run as it went.
func (w *Web) CreateRunTemplate(c echo.Context) error {
	made, err := w.Store.SaveRun(c.Request().Context(), actor(c), c.Param("run"), recallWords(c))
	return w.afterRecall(c, made, err)
}

func recallWords(c echo.Context) models.RecallWords {
	words := say.In(c.Request().Context())
	return models.RecallWords{Lang: words.Lang, Evidence: words.Runs.Evidence}
}

// afterRecall opens the draft, which says what it could not keep.
func (w *Web) afterRecall(c echo.Context, made models.Recalled, err error) error {
	if err != nil {
		return err
	}
	var lost []string
	for _, l := range made.Lost {
		lost = append(lost, string(l.What)+"."+strconv.Itoa(l.N))
	}
	query := url.Values{"recalled": {"1"}, "lost": {strings.Join(lost, ",")}}
	return goTo(c, templatePath(made.Template.ID)+"/draft?"+query.Encode())
}

// lostIn reads what an address says was lost; whatever is none is left out.
func lostIn(text string) (all []models.Lost) {
	for part := range strings.SplitSeq(text, ",") {
		what, count, _ := strings.Cut(part, ".")
		n, err := strconv.Atoi(count)
		if err == nil && n > 0 && slices.Contains(models.Losses, models.Loss(what)) && len(all) < len(models.Losses) {
			all = append(all, models.Lost{What: models.Loss(what), N: n})
		}
	}
	return all
}

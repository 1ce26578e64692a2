package views

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/views/say"
)

func TestTimeAloneReleasesATaskWhenNobodyHasToAct(t *testing.T) {
	day := func(n int) *time.Time { d := time.Date(2030, time.March, n, 9, 0, 0, 0, time.UTC); return &d }
	done, due3, due5, pending := models.Link{}, models.Link{Open: true, From: day(3)}, models.Link{Open: true, From: day(5)}, models.Link{Open: true}
	for name, c := range map[string]struct {
		join  flow.Join
		not   *time.Time
		links []models.Link
		want  *time.Time
	}{
		"all: the last one":               {flow.All, nil, []models.Link{done, due3, due5}, day(5)},
		"all: somebody has to act":        {flow.All, day(9), []models.Link{due3, pending}, nil},
		"any: the first one":              {flow.Any, nil, []models.Link{pending, due5, due3}, day(3)},
		"any: somebody has to act":        {flow.Any, nil, []models.Link{pending, pending}, nil},
		"any: one is satisfied":           {flow.Any, day(7), []models.Link{done, due3}, day(7)},
		"its own time, with no links":     {flow.All, day(7), nil, day(7)},
		"its own time is after the links": {flow.All, day(7), []models.Link{due3}, day(7)},
	} {
		v := models.TaskView{Task: models.Task{State: flow.Waiting, Join: c.join, NotBefore: c.not}, WaitsFor: c.links}
		got := releaseAt(v)
		if c.want == nil {
			require.True(t, got.IsZero(), name)
		} else {
			require.Equal(t, *c.want, got, name)
		}
		v.Task.State = flow.Ready
		require.True(t, releaseAt(v).IsZero(), "only what waits is released")
	}
}

func TestWhatChangedMeanwhileIsToldInThePersonsWords(t *testing.T) {
	ctx := say.With(t.Context(), "es")
	for want, c := range map[string]fault.Change{
		"Ana cambió la estimación de nada a 1d 30m.":                             {Who: "Ana", Field: "estimate", To: "510"},
		"Ana cambió la prioridad de Sin prioridad a Urgente.":                    {Who: "Ana", Field: "priority", To: "4"},
		"Ana cambió la fecha límite de 3 de marzo de 2030 a nada.":               {Who: "Ana", Field: "due", From: "2030-03-03"},
		"Ana cambió los responsables de “Bo” a “Bo, Eva”.":                       {Who: "Ana", Field: "owners", From: "Bo", To: "Bo, Eva"},
		"Ana cambió el inicio más temprano de nada a 3 de marzo de 2030, 09:00.": {Who: "Ana", Field: "not_before", To: "2030-03-03T09:00:00Z"},
		"Ana cambió el estado de Lista a Hecha.":                                 {Who: "Ana", Field: "state", From: "ready", To: "done"},
	} {
		require.Equal(t, want, staleLine(ctx, c))
	}
}

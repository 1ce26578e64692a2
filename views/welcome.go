package views

import (
	"context"
	"strconv"
	"time"

	"relevo/models"
	"relevo/models/flow"
	"relevo/views/say"
)

// picturedLanes are the columns of a board whose relay has just moved, for the picture
// of it that strangers see.
func picturedLanes(ctx context.Context) []models.Lane {
	w := say.In(ctx)
	titles, now := w.Start.Pictured, frame(ctx).Now
	ana, bo, noa := models.Person{ID: "picture-a", Name: "Ana Ruiz"}, models.Person{ID: "picture-b", Name: "Bo Chen"}, models.Person{ID: "picture-c", Name: "Noa Berg"}
	ref := func(n int, title string) models.TaskRef {
		return models.TaskRef{ID: "picture-" + strconv.Itoa(n), Key: "NEW-" + strconv.Itoa(n), Title: title}
	}
	one := func(n int, title string, state flow.State, days, minutes int, owners ...models.Person) models.Card {
		r := ref(n, title)
		t := models.Task{ID: r.ID, Title: title, State: state, Estimate: minutes}
		if days > 0 {
			t.Due = models.Date(now.AddDate(0, 0, days).Format(time.DateOnly))
		}
		return models.Card{Task: t, Key: r.Key, Owners: owners}
	}
	contract := ref(1, titles.Contract)
	accounts, laptop := one(2, titles.Accounts, flow.Ready, 2, 45, bo), one(3, titles.Laptop, flow.Ready, 3, 20, noa)
	for _, c := range []*models.Card{&accounts, &laptop} {
		c.MovedAuto, c.Because = true, contract
	}
	firstDay := one(5, titles.FirstDay, flow.Waiting, 7, 0, ana, bo)
	firstDay.WaitsFor, firstDay.WaitsN = []models.TaskRef{ref(2, titles.Accounts)}, 3
	desk := one(4, titles.Desk, flow.InProgress, 4, 60, noa)
	done := one(1, titles.Contract, flow.Done, 0, 0, ana)

	var lanes []models.Lane
	for _, cards := range [][]models.Card{{firstDay}, {accounts, laptop}, {desk}, {done}} {
		state := cards[0].State
		lanes = append(lanes, models.Lane{Column: models.Column{Name: w.Names.State[state], State: state}, Cards: cards})
	}
	return lanes
}

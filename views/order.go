package views

import (
	"slices"

	"relevo/models"
	"relevo/views/say"
)

// orderOf tells scripts where a card stands in its column: what lacks a value
// comes last, whichever way the others go.
func orderOf(c models.Card, by models.SortKey) string {
	at, lacks := c.OrderIn(by)
	if lacks {
		return "1"
	}
	return "0" + at
}

// boardOrders are the orders that a board offers, its own first. One that was asked
// for by its address alone is among them.
func boardOrders(now models.SortKey) []models.SortKey {
	orders := append([]models.SortKey{{}}, models.BoardSorts...)
	if i := slices.IndexFunc(orders, func(k models.SortKey) bool { return k.By == now.By }); i >= 0 {
		orders[i] = now
	}
	return orders
}

// orderName is what an order is called.
func orderName(w *say.Words, k models.SortKey) string { return w.Table.Orders[k.By] }

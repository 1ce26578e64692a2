package browser

import (
	"unicode/utf8"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keyName turns the name that a key event carries into what chromedp types.
func keyName(name string) string {
	if key, ok := map[string]string{
		"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab, "Backspace": kb.Backspace, "Delete": kb.Delete,
		"ArrowUp": kb.ArrowUp, "ArrowDown": kb.ArrowDown, "ArrowLeft": kb.ArrowLeft, "ArrowRight": kb.ArrowRight,
		"Home": kb.Home, "End": kb.End, "PageUp": kb.PageUp, "PageDown": kb.PageDown, "F2": kb.F2, "Space": " ",
	}[name]; ok {
		return key
	}
	return name
}

// held is a key that changes what another one, or a click, does.
func held(name string) input.Modifier {
	return map[string]input.Modifier{"Alt": input.ModifierAlt, "Control": input.ModifierCtrl, "Shift": input.ModifierShift, "Meta": input.ModifierMeta}[name]
}

// stroke is a key going down and up. What it types goes with its going down, as from a
// keyboard: sent after it, it could meet what the page did in between.
func stroke(key string, modifiers input.Modifier) (events []chromedp.Action) {
	r, _ := utf8.DecodeRuneInString(key)
	var down *input.DispatchKeyEventParams
	for _, e := range kb.Encode(r) {
		switch e.Type {
		case input.KeyChar:
			if modifiers&^input.ModifierShift == 0 {
				down.Text, down.UnmodifiedText = e.Text, e.UnmodifiedText
			}
			continue
		case input.KeyDown:
			down = e
		}
		e.Modifiers |= modifiers
		events = append(events, e)
	}
	return events
}

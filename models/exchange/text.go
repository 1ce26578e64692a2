package exchange

import (
	"strings"
	"unicode/utf8"

	"relevo/models/fault"
)

// line makes a text one line without space around it.
func line(text string) string {
	return strings.TrimSpace(strings.Join(strings.Fields(clean(text)), " "))
}

// clean takes out what is no text and makes line ends ours.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}

// describe puts a title and a description within their bounds; what a title loses
// the description keeps.
func (p *Plan) describe(t *Task, title, description string) {
	title, description = oneLine(title), clean(description)
	if utf8.RuneCountInString(title) > MaxTitle {
		p.find(t.Row, cut(title, 60), found(fault.FoundTitleCut, MaxTitle))
		description = strings.TrimSpace(title + "\n\n" + description)
		title = strings.TrimSpace(cut(title, MaxTitle-1)) + "…"
	}
	if utf8.RuneCountInString(description) > MaxDescription {
		p.find(t.Row, title, found(fault.FoundCut, MaxDescription))
		description = cut(description, MaxDescription)
	}
	t.Title, t.Description = title, description
}

// oneLine keeps the space inside a title as it is, but for line ends.
func oneLine(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(clean(text), "\n", " "))
}

// columnName is a name that a column can have.
func (p *Plan) columnName(name string) string {
	name = oneLine(name)
	if name == "" {
		return "–"
	}
	if utf8.RuneCountInString(name) > MaxName {
		p.find(0, cut(name, 60), found(fault.FoundNameCut, MaxName))
		return strings.TrimSpace(cut(name, MaxName))
	}
	return name
}

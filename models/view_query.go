package models

import (
	"net/url"
	"slices"
)

// The ways to look at a board's tasks, by the end of their addresses.
const (
	FaceBoard    = "board"
	FaceTable    = "table"
	FaceCalendar = "calendar"
	FaceTimeline = "timeline"
)

// Faces lists them.
var Faces = []string{FaceBoard, FaceTable, FaceCalendar, FaceTimeline}

// ViewQuery is what a saved view keeps of an address: what its face can show, always
// written the same way. A face that is not known keeps nothing.
func ViewQuery(face string, asked url.Values) string {
	look, _ := ParseLook(asked)
	switch face {
	case FaceBoard:
		look, _ = look.OfBoard()
		return look.Query()
	case FaceTable:
		look, _ = look.OfTable()
		return look.Query()
	}
	if slices.Contains(Faces, face) {
		return look.Filter.Query()
	}
	return ""
}

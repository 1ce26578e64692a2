// Package say holds every word the application shows, once per language. Views
// reach it with say.In(ctx); an unknown word does not compile and a missing
// translation fails a test. Each capability keeps its words in a file of its own.
package say

import (
	"context"
	"maps"

	"relevo/models/fault"
)

// Words is all wording in one language.
type Words struct {
	Lang     string // BCP 47: "en", "es"
	Name     string // what the language calls itself
	Account  Account
	Again    Again
	Amend    Amend
	Approval Approval
	Batch    Batch
	Board    Board
	Bulk     Bulk
	Calendar Calendar
	Comfort  Comfort
	Detail   Detail
	Diagram  Diagram
	Timeline Timeline
	Flowmap  Flowmap
	Draw     Draw
	Play     Play
	Share    Share
	Empties  Empties
	Erase    Erase
	Exchange Exchange
	Faces    Faces
	Feedback Feedback
	Field    Field
	Files    Files
	Find     Find
	General  General
	Heed     Attention
	Hear     Heed
	Inbox    Inbox
	Lens     Lens
	Lines    Lines
	Log      Log
	LogSaved LogSaved
	Names    Names
	Outside  Outside
	Patterns Patterns
	Past     Past
	Playbook Playbook
	Reviews  Reviews
	Runs     Runs
	Proof    Proof
	Quick    Quick
	Report   Report
	Rehearse Rehearse
	Repeat   Repeat
	Sample   Sample
	Schedule Schedule
	Start    Start
	Swim     Swim
	Table    Table
	Take     Take
	Task     Task
	Team     Team
	Undo     Undo
	Views    Views
	Ways     Ways
	When     When

	faults faults
}

// faults words each code; a wording sees the fault for its values and tasks.
type faults map[fault.Code]func(*fault.Fault) string

var english = Words{
	Lang: "en", Name: "English",
	Account:  accountEnglish,
	Again:    againEnglish,
	Amend:    amendEnglish,
	Approval: approvalEnglish,
	Batch:    batchEnglish,
	Board:    boardEnglish,
	Bulk:     bulkEnglish,
	Calendar: calendarEnglish,
	Comfort:  comfortEnglish,
	Detail:   detailEnglish,
	Diagram:  diagramEnglish,
	Timeline: timelineEnglish,
	Flowmap:  flowmapEnglish,
	Draw:     drawEnglish,
	Play:     playEnglish,
	Share:    shareEnglish,
	Empties:  emptiesEnglish,
	Erase:    eraseEnglish,
	Exchange: exchangeEnglish,
	Faces:    facesEnglish,
	Feedback: feedbackEnglish,
	Field:    fieldEnglish,
	Files:    filesEnglish,
	Find:     findEnglish,
	General:  generalEnglish,
	Heed:     attentionEnglish,
	Hear:     heedEnglish,
	Inbox:    inboxEnglish,
	Lens:     lensEnglish,
	Lines:    linesEnglish,
	Log:      logEnglish,
	LogSaved: logSavedEnglish,
	Names:    namesEnglish,
	Outside:  outsideEnglish,
	Patterns: patternsEnglish,
	Past:     pastEnglish,
	Playbook: playbookEnglish,
	Reviews:  reviewsEnglish,
	Runs:     runsEnglish,
	Proof:    proofEnglish,
	Quick:    quickEnglish,
	Report:   reportEnglish,
	Rehearse: rehearseEnglish,
	Repeat:   repeatEnglish,
	Sample:   sampleEnglish,
	Schedule: scheduleEnglish,
	Start:    startEnglish,
	Swim:     swimEnglish,
	Table:    tableEnglish,
	Take:     takeEnglish,
	Task:     taskEnglish,
	Team:     teamEnglish,
	Undo:     undoEnglish,
	Views:    viewsEnglish,
	Ways:     waysEnglish,
	When:     whenEnglish,
	faults: merge(
		accountFaultsEnglish,
		approvalFaultsEnglish,
		batchFaultsEnglish,
		boardFaultsEnglish,
		bulkFaultsEnglish,
		detailFaultsEnglish,
		eraseFaultsEnglish,
		exchangeFaultsEnglish,
		fieldFaultsEnglish,
		fileFaultsEnglish,
		generalFaultsEnglish,
		linkFaultsEnglish,
		inboxFaultsEnglish,
		logFaultsEnglish,
		playbookFaultsEnglish,
		quickFaultsEnglish,
		reviewFaultsEnglish,
		reportFaultsEnglish,
		rehearseFaultsEnglish,
		repeatFaultsEnglish,
		scheduleFaultsEnglish,
		runFaultsEnglish,
		taskFaultsEnglish,
		teamFaultsEnglish,
		undoFaultsEnglish,
		viewFaultsEnglish,
	),
}

var spanish = Words{
	Lang: "es", Name: "Español",
	Account:  accountSpanish,
	Again:    againSpanish,
	Amend:    amendSpanish,
	Approval: approvalSpanish,
	Batch:    batchSpanish,
	Board:    boardSpanish,
	Bulk:     bulkSpanish,
	Calendar: calendarSpanish,
	Comfort:  comfortSpanish,
	Detail:   detailSpanish,
	Diagram:  diagramSpanish,
	Timeline: timelineSpanish,
	Flowmap:  flowmapSpanish,
	Draw:     drawSpanish,
	Play:     playSpanish,
	Share:    shareSpanish,
	Empties:  emptiesSpanish,
	Erase:    eraseSpanish,
	Exchange: exchangeSpanish,
	Faces:    facesSpanish,
	Feedback: feedbackSpanish,
	Field:    fieldSpanish,
	Files:    filesSpanish,
	Find:     findSpanish,
	General:  generalSpanish,
	Heed:     attentionSpanish,
	Hear:     heedSpanish,
	Inbox:    inboxSpanish,
	Lens:     lensSpanish,
	Lines:    linesSpanish,
	Log:      logSpanish,
	LogSaved: logSavedSpanish,
	Names:    namesSpanish,
	Outside:  outsideSpanish,
	Patterns: patternsSpanish,
	Past:     pastSpanish,
	Playbook: playbookSpanish,
	Reviews:  reviewsSpanish,
	Runs:     runsSpanish,
	Proof:    proofSpanish,
	Quick:    quickSpanish,
	Report:   reportSpanish,
	Rehearse: rehearseSpanish,
	Repeat:   repeatSpanish,
	Sample:   sampleSpanish,
	Schedule: scheduleSpanish,
	Start:    startSpanish,
	Swim:     swimSpanish,
	Table:    tableSpanish,
	Take:     takeSpanish,
	Task:     taskSpanish,
	Team:     teamSpanish,
	Undo:     undoSpanish,
	Views:    viewsSpanish,
	Ways:     waysSpanish,
	When:     whenSpanish,
	faults: merge(
		accountFaultsSpanish,
		approvalFaultsSpanish,
		batchFaultsSpanish,
		boardFaultsSpanish,
		bulkFaultsSpanish,
		detailFaultsSpanish,
		eraseFaultsSpanish,
		exchangeFaultsSpanish,
		fieldFaultsSpanish,
		fileFaultsSpanish,
		generalFaultsSpanish,
		linkFaultsSpanish,
		inboxFaultsSpanish,
		logFaultsSpanish,
		playbookFaultsSpanish,
		quickFaultsSpanish,
		reviewFaultsSpanish,
		reportFaultsSpanish,
		rehearseFaultsSpanish,
		repeatFaultsSpanish,
		scheduleFaultsSpanish,
		runFaultsSpanish,
		taskFaultsSpanish,
		teamFaultsSpanish,
		undoFaultsSpanish,
		viewFaultsSpanish,
	),
}

func merge(parts ...faults) faults {
	all := faults{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

// All maps language tags to words.
var All = map[string]*Words{"en": &english, "es": &spanish}

// Langs lists the languages in the order in which they are offered.
var Langs = []*Words{&english, &spanish}

type key struct{}

// With returns a context whose views speak lang, or English if it is unknown.
func With(ctx context.Context, lang string) context.Context {
	w, ok := All[lang]
	if !ok {
		w = &english
	}
	return context.WithValue(ctx, key{}, w)
}

// In returns the words of ctx.
func In(ctx context.Context) *Words {
	if w, ok := ctx.Value(key{}).(*Words); ok {
		return w
	}
	return &english
}

// Problem words an error for the person who met it. What is no fault is worded
// as a failure on our side, without its text.
func (w *Words) Problem(err error) string {
	f := fault.From(err)
	if f == nil {
		return w.General.Oops
	}
	if wording, ok := w.faults[f.Code]; ok {
		return wording(f)
	}
	return w.General.Oops
}

// text is the wording of a fault without values.
func text(s string) func(*fault.Fault) string { return func(*fault.Fault) string { return s } }

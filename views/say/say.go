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
	General  General
	Account  Account
	Team     Team
	Board    Board
	Task     Task
	Detail   Detail
	Field    Field
	Files    Files
	Approval Approval
	Again    Again
	Inbox    Inbox
	Find     Find
	Log      Log
	Proof    Proof
	Undo     Undo
	Bulk     Bulk
	Comfort  Comfort
	Quick    Quick
	Lens     Lens
	Faces    Faces
	Table    Table
	Calendar Calendar
	Views    Views
	Sample   Sample
	Start    Start
	Exchange Exchange
	When     When
	Names    Names
	Playbook Playbook

	faults faults
}

// faults words each code; a wording sees the fault for its values and tasks.
type faults map[fault.Code]func(*fault.Fault) string

var english = Words{
	Lang: "en", Name: "English", Find: findEnglish,
	Files: filesEnglish, Table: tableEnglish, Views: viewsEnglish, Calendar: calendarEnglish,
	Bulk: bulkEnglish, Comfort: comfortEnglish, Field: fieldEnglish, Approval: approvalEnglish, Again: againEnglish,
	General: generalEnglish, Account: accountEnglish, Team: teamEnglish, Board: boardEnglish,
	Task: taskEnglish, Detail: detailEnglish, Inbox: inboxEnglish, Log: logEnglish, Undo: undoEnglish, Lens: lensEnglish, Faces: facesEnglish, Sample: sampleEnglish, Start: startEnglish, Exchange: exchangeEnglish, When: whenEnglish, Names: namesEnglish,
	Playbook: playbookEnglish, Proof: proofEnglish,
	Quick:  quickEnglish,
	faults: merge(runFaultsEnglish, playbookFaultsEnglish, generalFaultsEnglish, accountFaultsEnglish, teamFaultsEnglish, boardFaultsEnglish, taskFaultsEnglish, logFaultsEnglish, detailFaultsEnglish, exchangeFaultsEnglish, undoFaultsEnglish, bulkFaultsEnglish, quickFaultsEnglish, fieldFaultsEnglish, viewFaultsEnglish, approvalFaultsEnglish, fileFaultsEnglish),
}

var spanish = Words{
	Lang: "es", Name: "Español", Find: findSpanish,
	Files: filesSpanish, Table: tableSpanish, Views: viewsSpanish, Calendar: calendarSpanish,
	Bulk: bulkSpanish, Comfort: comfortSpanish, Field: fieldSpanish, Approval: approvalSpanish, Again: againSpanish,
	General: generalSpanish, Account: accountSpanish, Team: teamSpanish, Board: boardSpanish,
	Task: taskSpanish, Detail: detailSpanish, Inbox: inboxSpanish, Log: logSpanish, Undo: undoSpanish, Lens: lensSpanish, Faces: facesSpanish, Sample: sampleSpanish, Start: startSpanish, Exchange: exchangeSpanish, When: whenSpanish, Names: namesSpanish,
	Playbook: playbookSpanish, Proof: proofSpanish,
	Quick:  quickSpanish,
	faults: merge(runFaultsSpanish, playbookFaultsSpanish, generalFaultsSpanish, accountFaultsSpanish, teamFaultsSpanish, boardFaultsSpanish, taskFaultsSpanish, logFaultsSpanish, detailFaultsSpanish, exchangeFaultsSpanish, undoFaultsSpanish, bulkFaultsSpanish, quickFaultsSpanish, fieldFaultsSpanish, viewFaultsSpanish, approvalFaultsSpanish, fileFaultsSpanish),
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

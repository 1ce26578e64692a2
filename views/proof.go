package views

import (
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/views/say"
)

// Sealed is the page on which a log is held to what it said.
type Sealed struct {
	models.SealView
	Head    string           // as it was pasted
	Problem *fault.Fault     // of the head that was brought
	Came    *models.Verified // of comparing; nil: nothing was compared
}

func logURL(team string) templ.SafeURL { return TeamURL(team) + "/log" }

func sealURL(team string) templ.SafeURL { return logURL(team) + "/seal" }

// entryURL is the address of an entry, which stays.
func entryURL(log string, seq int64) templ.SafeURL {
	return logURL(log) + templ.SafeURL("/entries/"+strconv.FormatInt(seq, 10))
}

// stamp is a moment in full, on the clock of the reader.
func stamp(w *say.Words, t, now time.Time) string { return w.When.Stamp(t.In(now.Location())) }

// ownHolds reports whether what one's own head speaks of is all as it was.
func ownHolds(v models.Verified) bool {
	return !slices.ContainsFunc(v.Findings, func(f ledger.Finding) bool { return f.Harm != ledger.Forged && f.From <= v.Own.Size })
}

// mostShown is how many findings are told one by one.
const mostShown = 20

// outcome is what came of comparing, in a notice.
type outcome struct{ kind, says, more string }

func outcomeOf(w *say.Words, v models.Verified, now time.Time) outcome {
	p := w.Proof
	if v.Own == nil {
		switch {
		case len(v.Findings) > 0:
			return outcome{"problem", p.Bad, ""}
		case v.Size == 0:
			return outcome{"good", p.Empty, ""}
		}
		return outcome{"good", p.GoodOwn(p.Entries(v.Size), p.HeadCount(v.Heads)), ""}
	}
	holds := ownHolds(v)
	size, at := p.Entries(v.Own.Size), stamp(w, v.Own.At, now)
	switch {
	case !v.OwnKnown && holds:
		return outcome{"warning", p.Unknown, p.UnknownAgrees}
	case !v.OwnKnown:
		return outcome{"problem", p.Unknown, p.UnknownDiffers}
	case !holds:
		return outcome{"problem", p.Bad, p.BadOwn(size, at)}
	case len(v.Findings) > 0:
		return outcome{"problem", p.Bad, p.BadElsewhere}
	case v.Size > v.Own.Size:
		return outcome{"good", p.Good(size, at), p.GoodMore(p.Entries(v.Size - v.Own.Size))}
	}
	return outcome{"good", p.Good(size, at), ""}
}

// onLeft reports for each hash of a path whether it is joined on the left, as RFC
// 9162 §2.1.3.2 goes up.
func onLeft(seq, size int64, path []ledger.Hash) []bool {
	left := make([]bool, len(path))
	fn, sn := seq-1, size-1
	for i := range path {
		if fn&1 == 1 || fn == sn {
			left[i] = true
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		}
		fn, sn = fn>>1, sn>>1
	}
	return left
}

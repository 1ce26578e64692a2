package tests

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// fileCount waits until that many files are in the open panel.
func fileCount(n string) string {
	return `document.querySelectorAll("#files > .files > .file").length === ` + n
}

func TestFilesAreChosenDroppedAndPastedAndOneThatIsRefusedSaysSo(t *testing.T) {
	t.Parallel()
	d := newDesk(t, withLimits(100_000, 1<<20))
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	tab.Click("#t-" + id + " .card-title")
	tab.WaitVisible("#file-form")
	require.Contains(t, tab.Text("#file-hint"), "Up to 98 KB each; the team has room for 1 MB.")
	tab.Until("document.querySelector('script[src*=\"files.js\"]')")

	big := testapp.File{Name: "A film that is far too large.mp4", Data: make([]byte, 150_000)}
	tab.ChooseFiles("#file-input", testapp.File{Name: "contract.pdf", Data: []byte("%PDF-1.7")}, big, testapp.File{Name: "photo.png", Data: aPicture(t, 800, 500)})
	tab.Until(fileCount("2"))
	tab.Until(`document.querySelector(".file img")?.naturalWidth === 320`)
	require.Contains(t, tab.Text(".file-up[data-refused]"), "This is larger than 98 KB")
	require.Equal(t, "2", tab.Text("#t-"+id+" .card-ticks"))
	tab.Axe()
	tab.Click(".file-up[data-refused] button")
	tab.WaitGone(".file-up")
	tab.Until(`document.activeElement.id === "file-input"`)

	drop := tab.DragFiles("#panel .task", testapp.File{Name: "notes.txt", Data: []byte("Notes")})
	tab.WaitVisible(".task.dropping")
	drop()
	tab.Until(fileCount("3"))
	tab.WaitGone(".task.dropping")

	// Into a comment, a picture leaves a link to itself; text with a picture is text.
	tab.Type("#comment", "Look at this:")
	tab.PasteFiles("12.00", testapp.File{Name: "image.png", Data: aPicture(t, 20, 20)})
	tab.PasteFiles("", testapp.File{Name: "image.png", Data: aPicture(t, 300, 200)})
	tab.Until(fileCount("4"))
	tab.Until(`/^Look at this: \[Pasted picture [-\d]+ [.\d]+\.png\]\(\/tasks\/[-\w]+\/files\/[-\w]+\) $/.test(document.querySelector("#comment").value)`)
	tab.Click("#comment-form .button-main")
	tab.WaitVisible(".comment .prose a >> Pasted picture")
	last := d.see(id).Files[3]
	require.Equal(t, "/tasks/"+id+"/files/"+last.ID, browser.Eval[string](tab, `document.querySelector(".comment .prose a").getAttribute("href")`))

	// With the focus elsewhere in the panel it is just attached.
	tab.Focus("#task-due")
	tab.PasteFiles("", testapp.File{Name: "screen.png", Data: aPicture(t, 30, 20)})
	tab.Until(fileCount("5"))
	require.Equal(t, "screen.png", d.see(id).Files[4].Name)
	require.Equal(t, "#task-due", tab.Focused())
	replay.Check(t, d.DB.Read)
}

func TestAFileIsDroppedOnACardWhoseTaskOpensThen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign the contract", "Order a laptop")
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/boards/" + d.board.ID)
	drop := tab.DragFiles("#t-"+ids[1], testapp.File{Name: "offer.pdf", Data: []byte("%PDF-1.7")}, testapp.File{Name: "other.pdf", Data: []byte("%PDF-1.6")})
	tab.WaitVisible("#t-" + ids[1] + ".dropping")
	drop()
	tab.WaitVisible("#panel .task")
	require.Equal(t, "/tasks/"+ids[1], tab.Path())
	tab.Until(fileCount("2"))
	require.Len(t, d.see(ids[1]).Files, 2)
	require.Empty(t, d.see(ids[0]).Files)

	// Who only reads drops nothing, and stays where they are.
	viewer := browser.Open(t, d.App, d.view)
	viewer.Go("/boards/" + d.board.ID)
	viewer.DragFiles("#t-"+ids[0], testapp.File{Name: "mine.pdf", Data: []byte("%PDF-1.5")})()
	viewer.Until(`!document.querySelector(".dropping")`)
	require.Equal(t, "/boards/"+d.board.ID, viewer.Path())
	require.Empty(t, d.see(ids[0]).Files)
}

func TestAFileIsRemovedAndUndoneAndRenamedWithTheKeyboard(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	require.Equal(t, http.StatusSeeOther, d.bo.UploadAll("/tasks/"+id+"/files", "files", testapp.File{Name: "plan.pdf", Data: []byte("%PDF-1.7")}, testapp.File{Name: "photo.png", Data: aPicture(t, 640, 480)}).Status)
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Focus("#files .file:first-child .file-edit > summary")
	tab.Press("Enter")
	tab.WaitVisible("#files .file:first-child input[name=name]")
	tab.Axe()
	tab.Focus("#files .file:first-child .button-danger")
	tab.Press("Enter")
	tab.Until(fileCount("1"))
	tab.WaitVisible("#notice .notice >> File removed.")
	tab.Axe()
	tab.Click("#notice [data-undo]")
	tab.Until(fileCount("2"))
	require.Equal(t, []string{"plan.pdf", "photo.png"}, fileNames(d.see(id).Files))

	tab.Focus("#files .file:first-child .file-edit > summary")
	tab.Press("Enter")
	tab.Type("#files .file:first-child input[name=name]", "The plan.pdf")
	tab.Press("Enter")
	tab.WaitVisible(".file-name >> The plan.pdf")
	tab.Click("#files .file:first-child .file-edit > summary")
	tab.Click("#files .file:first-child .file-mention")
	tab.Until(`document.activeElement.id === "comment"`)
	require.Equal(t, "[The plan.pdf](/tasks/"+id+"/files/"+d.see(id).Files[0].ID+") ", tab.Value("#comment"))

	// It needs a file before it is done: a switch, and a line among what is missing.
	tab.Focus("#file-need-form button")
	tab.Press("Enter")
	tab.Until(`document.querySelector("#file-need-form button").getAttribute("aria-checked") === "true"`)
	tab.Until(`document.activeElement.matches("#file-need-form button")`)
	require.True(t, d.see(id).Task.NeedsFile)
	require.False(t, tab.Sees(".task-missing"))

	// Another screen hears of it; what was removed can be brought back from the panel.
	other := browser.Open(t, d.App, d.ana)
	other.Go("/tasks/" + id)
	other.WaitVisible(".file-name >> The plan.pdf")
	require.Equal(t, http.StatusSeeOther, d.bo.Send("DELETE", "/tasks/"+id+"/files/"+d.see(id).Files[1].ID).Status)
	other.Until(fileCount("1"))
	other.Click("#files-removed > summary")
	other.Axe()
	other.Click("#files-removed .button >> Bring back")
	other.Until(fileCount("2"))
	tab.Until(fileCount("2"))
	replay.Check(t, d.DB.Read)
}

func TestAnUploadIsCancelledAndOneWhoseConnectionBreaksIsTriedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Until("document.querySelector('script[src*=\"files.js\"]')")
	tab.WaitVisible(".file-choose")
	tab.Slow(40_000)
	tab.ChooseFiles("#file-input", testapp.File{Name: "long.bin", Data: bytes.Repeat([]byte("long"), 500_000)}, testapp.File{Name: "short.txt", Data: []byte("short")})
	tab.Until(`document.querySelector(".file-up progress")?.value > 0`)
	tab.Axe()
	tab.Click(".file-up button >> Cancel")
	tab.Until(`![...document.querySelectorAll(".file-up")].some(u => u.textContent.includes("long.bin"))`)
	tab.Slow(0)
	tab.Until(fileCount("1"))
	require.Equal(t, []string{"short.txt"}, fileNames(d.see(id).Files))

	tab.Offline(true)
	tab.ChooseFiles("#file-input", testapp.File{Name: "later.txt", Data: []byte("later")})
	tab.WaitVisible(".file-up[data-refused] .button >> Try again")
	tab.Axe()
	tab.Offline(false)
	tab.Click(".file-up[data-refused] .button >> Try again")
	tab.Until(fileCount("2"))
	tab.WaitGone(".file-up")
}

func TestOnAPhoneFilesAreAttachedAndRead(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.bo, browser.Phone, browser.Dark)
	tab.Go("/tasks/" + id)
	tab.WaitVisible(".file-choose")
	tab.Until("document.querySelector('script[src*=\"files.js\"]')")
	tab.ChooseFiles("#file-input", testapp.File{Name: "A photograph with a long name that does not fit on one line of a phone 👍.png", Data: aPicture(t, 300, 900)}, testapp.File{Name: "list.csv", Data: []byte("a,b")})
	tab.Until(fileCount("2"))
	tab.Until(`document.querySelector(".file img")?.complete`)
	require.LessOrEqual(t, browser.Eval[int](tab, `document.querySelector("#panel, .task").scrollWidth - innerWidth`), 0)
	require.GreaterOrEqual(t, browser.Eval[float64](tab, `Math.min(...[...document.querySelectorAll(".file-edit > summary, .file-choose")].map(e => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width)))`), 44.0)
	tab.Click("#files .file:first-child .file-edit > summary")
	tab.Axe()
	tab.Click("#files .file:first-child .button-danger")
	tab.Until(fileCount("1"))
	tab.WaitVisible("#notice [data-undo]")
}

package browser

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"relevo/tests/testapp"
)

// ChooseFiles chooses files in a field, as its dialog does.
func (t *Tab) ChooseFiles(selector string, files ...testapp.File) {
	t.tb.Helper()
	dir := t.tb.TempDir()
	var paths []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		require.NoError(t.tb, os.WriteFile(path, f.Data, 0o600))
		paths = append(paths, path)
	}
	t.until("the field "+selector, fmt.Sprintf("document.querySelector(%q)", selector))
	t.do("to choose files", chromedp.ActionFunc(func(ctx context.Context) error {
		field, _, err := runtime.Evaluate(fmt.Sprintf("document.querySelector(%q)", selector)).Do(ctx)
		if err != nil {
			return err
		}
		return dom.SetFileInputFiles(paths).WithObjectID(field.ObjectID).Do(ctx)
	}))
}

// carried is a script that makes a DataTransfer with files and text of its own.
func carried(files []testapp.File, text string) string {
	type one struct{ Name, Data, Kind string }
	var all []one
	for _, f := range files {
		kind := "application/octet-stream"
		if len(f.Data) > 3 && string(f.Data[1:4]) == "PNG" {
			kind = "image/png"
		}
		all = append(all, one{f.Name, base64.StdEncoding.EncodeToString(f.Data), kind})
	}
	list, err := json.Marshal(all)
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		for (const f of %s) data.items.add(new File([Uint8Array.from(atob(f.Data), c => c.charCodeAt(0))], f.Name, {type: f.Kind}));
		if (%q) data.setData('text/plain', %q);
		return data;
	})()`, list, text, text)
}

// DragFiles drags files from outside over something; drop lets go of them there.
func (t *Tab) DragFiles(onto string, files ...testapp.File) (drop func()) {
	t.tb.Helper()
	t.WaitVisible(onto)
	Eval[bool](t, fmt.Sprintf("(window.carried = %s, true)", carried(files, "")))
	fire := func(kind string) {
		t.tb.Helper()
		Eval[bool](t, fmt.Sprintf(`(e => { e.dispatchEvent(new DragEvent(%q, {dataTransfer: window.carried, bubbles: true, cancelable: true, composed: true})); return true })(%s)`, kind, find(onto)))
	}
	fire("dragenter")
	// What listens to the rest is fetched when the first is heard.
	t.until(onto+" to take files", fmt.Sprintf(`(e => !e.dispatchEvent(new DragEvent('dragover', {dataTransfer: window.carried, bubbles: true, cancelable: true})))(%s)`, find(onto)))
	return func() { t.tb.Helper(); fire("drop") }
}

// PasteFiles pastes files where the focus is, with text besides if there is some.
func (t *Tab) PasteFiles(text string, files ...testapp.File) {
	t.tb.Helper()
	Eval[bool](t, fmt.Sprintf(`((document.activeElement || document.body).dispatchEvent(new ClipboardEvent('paste', {clipboardData: %s, bubbles: true, cancelable: true})), true)`, carried(files, text)))
}

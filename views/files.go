package views

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/file"
	"relevo/views/say"
)

// FilesForm adds files to a task; FileForm renames one.
const FilesForm = "files"

// FileForm is the form of one file.
func FileForm(id string) string { return "file-" + id }

// RefusedFile is a file that was not added, and why.
type RefusedFile struct {
	Name    string // empty: of the whole form
	Problem error
}

// FileURL is where a file is downloaded from.
func FileURL(task, id string) templ.SafeURL { return TaskURL(task) + templ.SafeURL("/files/"+id) }

// ending is what stands for a file that has no picture.
func ending(name string) string {
	if e := file.Ending(name); len(e) <= 4 {
		return strings.ToUpper(e)
	}
	return ""
}

// thumbnailSize is how large a small picture is shown: as it is, within 56 by 56.
func thumbnailSize(f models.FileView) (width, height int) {
	const side = 56
	longer := max(f.Width, f.Height, 1)
	if longer <= side {
		return f.Width, f.Height
	}
	return max(1, f.Width*side/longer), max(1, f.Height*side/longer)
}

// fileHint says how much may be attached.
func (p TaskPage) fileHint(ctx context.Context) string {
	w := say.In(ctx)
	if p.Room.Left == 0 {
		return w.Files.HintFull(w.Size(p.Room.Quota))
	}
	return w.Files.Hint(w.Size(p.Room.Most), w.Size(p.Room.Left))
}

// fileWords are those that the script which sends files says by itself.
func fileWords(w *say.Words, room models.Room) string {
	b, err := json.Marshal(map[string]string{
		"cancel": w.Files.Cancel, "again": w.Files.TryAgain, "dismiss": w.Files.Dismiss, "sending": w.Files.Sending, "waiting": w.Files.Waiting,
		"done": w.Files.Done, "tooBig": strings.ReplaceAll(w.Files.TooBig, "{most}", w.Size(room.Most)), "pasted": w.Files.Pasted,
		"lost": w.Files.NothingSent, "oops": w.General.Oops,
	})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

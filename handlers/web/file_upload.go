package web

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views"
)

const (
	// filesAtOnce is how many files a form may send, uploadsAtOnce how many forms
	// a person.
	filesAtOnce   = 20
	uploadsAtOnce = 6
	// uploadPause is how long nothing may arrive of a file under way.
	uploadPause = 30 * time.Second
	answerTime  = time.Minute
)

// uploading counts whose files are under way.
type uploading struct {
	mu sync.Mutex
	of map[string]int
}

func (u *uploading) begin(person string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.of == nil {
		u.of = map[string]int{}
	}
	if u.of[person] >= uploadsAtOnce {
		return false
	}
	u.of[person]++
	return true
}

func (u *uploading) end(person string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.of[person]--; u.of[person] == 0 {
		delete(u.of, person)
	}
}

// CreateFiles adds files to a task, each by itself: what is wrong with one of them
// loses none of the others. The edge leaves the body of this route unread, so that
// only those may send much who may attach.
func (w *Web) CreateFiles(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	room, err := w.Store.MayAttach(ctx, who, task)
	if err != nil {
		return err
	}
	if !w.uploading.begin(who.ID) {
		return w.afterFiles(c, "", []views.RefusedFile{{Problem: fault.New(fault.TooMany, fault.TooManyUploads, uploadsAtOnce)}})
	}
	defer w.uploading.end(who.ID)
	last, refused, err := w.takeFiles(c, room)
	if err != nil {
		return err
	}
	if last == "" && len(refused) == 0 {
		refused = append(refused, views.RefusedFile{Problem: fault.On("files", fault.NoFile)})
	}
	return w.afterFiles(c, last, refused)
}

// takeFiles adds the files of a form, one after the other. It returns the ID of the
// last one, and those that were refused.
func (w *Web) takeFiles(c echo.Context, room models.Room) (last string, refused []views.RefusedFile, err error) {
	form, err := parts(c, room)
	if err != nil {
		return "", nil, nil // no form, so no file
	}
	for n := 0; ; {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return last, refused, nil
		}
		if err != nil {
			return last, append(refused, views.RefusedFile{Problem: broken(err, room)}), nil
		}
		if part.FormName() != "files" || part.FileName() == "" {
			continue
		}
		if n++; n > filesAtOnce {
			return last, append(refused, views.RefusedFile{Name: part.FileName(), Problem: fault.New(fault.TooLarge, fault.TooManyAtOnce, filesAtOnce)}), nil
		}
		id, err := w.takeFile(c, part, room)
		switch f := fault.From(err); {
		case err == nil:
			last = id
		case f == nil || f.Kind == fault.Missing || f.Kind == fault.Forbidden:
			return last, refused, err
		default:
			refused = append(refused, views.RefusedFile{Name: part.FileName(), Problem: f})
		}
	}
}

func (w *Web) takeFile(c echo.Context, part *multipart.Part, room models.Room) (string, error) {
	whole, err := spool(part, room)
	if err != nil {
		return "", err
	}
	defer func() { _ = whole.Close() }() // it is in no folder any more
	return w.Store.AddFile(c.Request().Context(), actor(c), c.Param("task"), models.Incoming{Name: part.FileName(), Body: whole})
}

// spool takes in a file that comes as slowly as it may, before anybody waits for
// it. It is in no folder: when it is closed, or the server dies, nothing is left.
func spool(part io.Reader, room models.Room) (whole *os.File, err error) {
	whole, err = os.CreateTemp("", "relevo-file-*")
	if err != nil {
		return nil, err
	}
	err = os.Remove(whole.Name())
	if err == nil {
		var n int64
		if n, err = io.Copy(whole, io.LimitReader(part, room.Most+1)); err != nil {
			err = broken(err, room)
		} else if n > room.Most {
			_, _ = io.Copy(io.Discard, part) // so that the browser listens to the answer
			err = fault.New(fault.TooLarge, fault.FileOverLimit, room.Most)
		}
	}
	if err != nil {
		return nil, errors.Join(err, whole.Close())
	}
	return whole, nil
}

func broken(err error, room models.Room) error {
	var most *http.MaxBytesError
	var here *os.PathError
	switch {
	case errors.As(err, &most):
		return fault.New(fault.TooLarge, fault.FileOverLimit, room.Most)
	case errors.As(err, &here): // our disk, not the sender
		return err
	}
	return fault.New(fault.Invalid, fault.UploadBroken)
}

// parts begins to read a form with files.
func parts(c echo.Context, room models.Room) (*multipart.Reader, error) {
	control := http.NewResponseController(c.Response())
	if err := control.SetWriteDeadline(time.Time{}); err != nil {
		return nil, err
	}
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), &patient{ReadCloser: r.Body, control: control}, filesAtOnce*(room.Most+1<<16))
	return r.MultipartReader()
}

// patient is a body that may take any time, as long as something of it arrives now
// and then.
type patient struct {
	io.ReadCloser
	control *http.ResponseController
}

// Read waits for uploadPause at the most.
func (p *patient) Read(b []byte) (int, error) {
	if err := p.control.SetReadDeadline(time.Now().Add(uploadPause)); err != nil {
		return 0, err
	}
	n, err := p.ReadCloser.Read(b)
	// Without one while we are at work: its passing would end the request.
	return n, errors.Join(err, p.control.SetReadDeadline(time.Time{}))
}

// afterFiles answers with what was refused, or with where the last file is.
func (w *Web) afterFiles(c echo.Context, last string, refused []views.RefusedFile) error {
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(answerTime)); err != nil {
		return err
	}
	if len(refused) > 0 {
		status := Status(fault.From(refused[0].Problem).Kind)
		if fragment(c) {
			return show(c, status, views.RefusedFiles(refused))
		}
		return w.showTask(c, status, views.Back{Form: views.FilesForm, Refused: refused})
	}
	if fragment(c) {
		w.offerUndo(c, c.Param("task"))
		c.Response().Header().Set("Location", string(views.FileURL(c.Param("task"), last)))
		return c.NoContent(http.StatusCreated)
	}
	return c.Redirect(http.StatusSeeOther, string(views.TaskURL(c.Param("task")))+"#files")
}

package views

import (
	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// ErasureForm is what asks before somebody is erased.
type ErasureForm struct {
	models.ErasureView
	Own     bool // it is themselves who ask
	Typed   string
	Problem *fault.Fault
}

func (f ErasureForm) title(w *say.Words) string {
	if f.Own {
		return w.Erase.PageTitle
	}
	return w.Erase.Other(f.User.Name)
}

func (f ErasureForm) action() string {
	if f.Own {
		return "/account/erasure"
	}
	return "/settings/erasure"
}

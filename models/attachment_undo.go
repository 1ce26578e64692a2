package models

import (
	"relevo/models/fault"
	"relevo/models/ledger"
)

// file undoes what the entry says of a file; nothing, if it says nothing.
func (u *undoing) file(e ledger.Entry) error {
	action := map[Action]Action{
		FileAdded: FileWithdrawn, FileRecalled: FileWithdrawn, FileReturned: FileWithdrawn,
		FileRemoved: FileReturned, FileWithdrawn: FileReturned,
		FileRenamed: FileReverted, FileReverted: FileReverted,
	}[Action(e.Action)]
	if action == "" {
		return nil
	}
	tx := u.tx
	t, err := tx.task(e.Task.ID)
	if err != nil {
		return u.orMovedOn(err, e)
	}
	var was Attachment
	if err := orMissing(tx.db.Take(&was, "id = ? AND task_id = ?", e.Subject.ID, t.ID).Error); faultCode(err) == fault.NotFound {
		return u.movedOn(t.ID, []string{"removed_at"})
	} else if err != nil {
		return err
	}
	is := was
	now := map[string]string{"name": was.Name, "removed_at": moment(was.RemovedAt)}
	for _, c := range e.Changes {
		if at, mutable := now[c.Field]; mutable && at != c.To {
			return u.movedOn(t.ID, []string{c.Field})
		}
	}
	switch action {
	case FileWithdrawn:
		if err := tx.mayGo(t, was); err != nil {
			return err
		}
		is = was.removed(tx)
	case FileReturned:
		is = was.back()
	case FileReverted:
		if was.RemovedAt != nil {
			return u.movedOn(t.ID, []string{"removed_at"})
		}
		for _, c := range e.Changes {
			is.Name = c.From
		}
	}
	return tx.saveFile(t, was, is, action, e.Seq)
}

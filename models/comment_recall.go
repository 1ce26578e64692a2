package models

import (
	"slices"

	"relevo/models/ledger"
)

// unsay takes back what people have not read yet of a comment that is deleted.
func (tx *Tx) unsay(c Comment) error {
	seqs, err := tx.saidAt(c)
	if err != nil {
		return err
	}
	_, err = tx.takeBack("task_id = ? AND kind IN ? AND seq IN ?", c.TaskID, []NoticeKind{Mentioned, Commented}, seqs)
	return err
}

// unmention takes back that people were mentioned in a comment that no longer does.
func (tx *Tx) unmention(c Comment, people []string) error {
	if len(people) == 0 {
		return nil
	}
	seqs, err := tx.saidAt(c)
	if err != nil {
		return err
	}
	_, err = tx.takeBack("task_id = ? AND kind = ? AND seq IN ? AND user_id IN ?", c.TaskID, Mentioned, seqs, people)
	return err
}

// saidAt finds the entries by which a comment came to say what it says.
func (tx *Tx) saidAt(c Comment) (seqs []int64, err error) {
	var data []string
	err = tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND task_id = ? AND action IN ? ORDER BY seq",
		tx.log, c.TaskID, []Action{CommentAdded, CommentEdited}).Scan(&data).Error
	if err != nil {
		return nil, err
	}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		if err != nil {
			return nil, err
		}
		if e.Subject.ID == c.ID {
			seqs = append(seqs, e.Seq)
		}
	}
	return slices.Clip(seqs), nil
}

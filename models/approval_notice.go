package models

// An approval that is asked for is news as long as it is asked of somebody: once they
// have answered, or nobody is to answer any more, what they have not read of it goes.

// unask takes back that the approval of a task was asked.
func (tx *Tx) unask(task string) error {
	_, err := tx.takeBack("task_id = ? AND kind = ?", task, ApprovalWanted)
	return err
}

// unaskOnAnswer takes it back from whoever has answered, or from everybody if that
// decides it.
func (tx *Tx) unaskOnAnswer(task Task) error {
	if task.Approval != ApprovalPending {
		return tx.unask(task.ID)
	}
	_, err := tx.takeBack("task_id = ? AND kind = ? AND user_id = ?", task.ID, ApprovalWanted, tx.actor.ID)
	return err
}

// askAfresh takes back besides that an approval fell, once it is asked for again or
// not any more.
func (tx *Tx) askAfresh(task string) error {
	if err := tx.unask(task); err != nil {
		return err
	}
	_, err := tx.takeBack("task_id = ? AND kind = ?", task, ApprovalLost)
	return err
}

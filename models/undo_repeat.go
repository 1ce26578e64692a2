package models

import (
	"relevo/models/ledger"
)

// repeated reports whether what the rules did to the task is to hand its rule on.
func (p *part) repeated() bool {
	_, repeats := p.changes["repeats"]
	return repeats
}

// takeBackRepeats puts what the change made because a task comes again into the bin,
// and gives that task its rule back. What a person has touched since stays, and keeps
// the rule.
func (u *undoing) takeBackRepeats() error {
	parts := u.parts(ledger.Automation)
	for _, p := range parts {
		of := p.changes["repeat_of"].To
		if !p.made() || of == "" {
			continue
		}
		t, err := u.tx.task(p.task)
		if faultCode(err) != "" {
			continue // it is gone, and the rule with it
		} else if err != nil {
			return err
		}
		touched, err := u.touched(t.ID)
		if err != nil {
			return err
		}
		if touched {
			continue
		}
		if err := u.unmake(t, p); err != nil {
			return err
		}
		for _, giver := range parts {
			if giver.task == of && giver.repeated() {
				if err := u.giveBack(giver); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// touched reports whether a person has done anything to a task since the change.
func (u *undoing) touched(task string) (bool, error) {
	var n int
	err := u.tx.row("SELECT COUNT(*) FROM entries WHERE log_id = ? AND task_id = ? AND seq > ? AND actor_kind = ? AND seq <= ?",
		u.tx.log, task, u.entries[len(u.entries)-1].Seq, ledger.Person, u.tx.first).Scan(&n)
	return n > 0, err
}

// giveBack returns to a task the rule that went on to another one.
func (u *undoing) giveBack(p *part) error {
	t, err := u.tx.task(p.task)
	if faultCode(err) != "" || t.Repeats != "" {
		return nil // it is gone, or has another rule by now
	} else if err != nil {
		return err
	}
	is := t.Task
	is.Repeats, is.RepeatsOn = p.changes["repeats"].From, Date(p.changes["repeats_on"].From)
	_, err = u.tx.save(t, is, note{action: TaskUndone, cause: p.entry.Seq})
	return err
}

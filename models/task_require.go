package models

import "relevo/models/fault"

// requirements are what a task may need before it is done, each a file of its own.
// A requirement returns a fault for each thing that is missing.
var requirements = []func(*Tx, onBoard) ([]*fault.Fault, error){
	notBlocked,
	itemsTicked,
	fileThere,
	fieldsFilled,
	stepFilled,
	approved,
}

func notBlocked(_ *Tx, t onBoard) ([]*fault.Fault, error) {
	if !t.Blocked {
		return nil, nil
	}
	return []*fault.Fault{fault.New(fault.Conflict, fault.IsBlocked, t.BlockedReason)}, nil
}

// checkDone refuses, by rule 7, to complete a task that lacks something. All that
// is missing is told at once: one thing as its own fault, several as
// IncompleteTask with each of them in Also.
func (tx *Tx) checkDone(t onBoard) error {
	missing, err := tx.missing(t)
	if err != nil {
		return err
	}
	switch len(missing) {
	case 0:
		return nil
	case 1:
		return missing[0]
	}
	f := fault.New(fault.Conflict, fault.IncompleteTask)
	f.Also = missing
	return f
}

// missing is all that the task lacks before it is done.
func (tx *Tx) missing(t onBoard) ([]*fault.Fault, error) {
	var missing []*fault.Fault
	for _, requirement := range requirements {
		more, err := requirement(tx, t)
		if err != nil {
			return nil, err
		}
		missing = append(missing, more...)
	}
	return missing, nil
}

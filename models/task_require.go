package models

import "relevo/models/fault"

// requirements are what a task may need before it is done, each a file of its own.
// A requirement returns a fault for each thing that is missing.
var requirements = []func(*Tx, onBoard) ([]*fault.Fault, error){
	notBlocked,
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
	var missing []*fault.Fault
	for _, requirement := range requirements {
		more, err := requirement(tx, t)
		if err != nil {
			return err
		}
		missing = append(missing, more...)
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

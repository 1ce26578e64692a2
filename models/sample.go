package models

import (
	"context"

	"relevo/models/access"
	"relevo/models/flow"
)

// SampleWords is the wording of the sample board, in the order of sampleTasks.
type SampleWords struct {
	Name    string
	Columns map[flow.State]string
	Tasks   []SampleTask
}

// SampleTask is the wording of one of its tasks.
type SampleTask struct{ Title, Description string }

// sampleTasks is the relay that the sample board shows: a colleague's first days.
// Completing the second one releases three others. The first one and the last five
// are lessons, which are a relay themselves: each is ready once the one before is done.
var sampleTasks = []struct {
	needs    []int // places in this list
	lag      flow.Lag
	state    flow.State // where it stands already; empty: where the rules put it
	due      int        // days from today; 0: none
	estimate int        // minutes
	priority Priority
	mine     bool
}{
	0:  {mine: true, priority: High},                                                       // start here: move
	1:  {mine: true, due: 1, estimate: 30},                                                 // sign the contract
	2:  {needs: []int{1}, due: 2, estimate: 45},                                            // create accounts
	3:  {needs: []int{1}, due: 3, estimate: 20},                                            // order the laptop
	4:  {needs: []int{1}, due: 5, estimate: 30},                                            // payroll
	5:  {state: flow.InProgress, due: 4, estimate: 60},                                     // prepare the desk
	6:  {needs: []int{2, 3}, due: 6, estimate: 90, priority: Medium},                       // set up the laptop
	7:  {state: flow.Done},                                                                 // agree on the first day
	8:  {needs: []int{2, 7}, estimate: 15},                                                 // welcome mail
	9:  {needs: []int{5, 6, 8}, due: 7, mine: true, priority: Medium},                      // first day
	10: {needs: []int{9}, due: 14, estimate: 120},                                          // security training
	11: {needs: []int{9}, lag: flow.Lag{Amount: 20, Unit: flow.WorkingDays}, estimate: 45}, // first-month talk
	12: {needs: []int{0}, mine: true},                                                      // lessons: see the relay
	13: {needs: []int{12}, mine: true},                                                     // undo
	14: {needs: []int{13}, mine: true},                                                     // depend
	15: {needs: []int{14}, mine: true},                                                     // the log
	16: {needs: []int{15}, mine: true},                                                     // begin for real
}

// SampleSize is how many tasks SampleWords has to word.
var SampleSize = len(sampleTasks)

// CreateSampleBoard makes the board on which the relay can be felt at once.
func (s *Store) CreateSampleBoard(ctx context.Context, who Actor, team string, words SampleWords) (Board, error) {
	var b Board
	err := s.change(ctx, who, inTeam(team), access.EditBoard, func(tx *Tx) (err error) {
		if b, err = tx.createBoard(BoardInput{Name: words.Name, Columns: words.Columns}, true); err != nil {
			return err
		}
		return tx.sampleTasks(b, words)
	})
	return b, err
}

func (tx *Tx) sampleTasks(b Board, words SampleWords) error {
	tasks := make([]onBoard, len(sampleTasks))
	ids := make([]string, len(sampleTasks))
	for i, plan := range sampleTasks {
		state := plan.state
		if state == "" {
			state = flow.Ready
		}
		column, err := tx.columnFor(b.ID, Column{}, state)
		if err != nil {
			return err
		}
		added, err := tx.addTasks(b, column, bare(words.Tasks[i].Title))
		if err != nil {
			return err
		}
		b.NextNumber++
		tasks[i], ids[i] = onBoard{added[0], b}, added[0].ID
		if err := tx.furnish(tasks[i], words.Tasks[i].Description, plan.due, plan.estimate, plan.priority, plan.mine); err != nil {
			return err
		}
		for _, needed := range plan.needs {
			in, err := DependencyInput{Lag: plan.lag}.check()
			if err != nil {
				return err
			}
			if err := tx.link(tasks[needed], tasks[i], in); err != nil {
				return err
			}
		}
	}
	return tx.settle(nil, ids)
}

func (tx *Tx) furnish(t onBoard, description string, due, estimate int, priority Priority, mine bool) error {
	is := t.Task
	is.Description, is.Estimate, is.Priority = description, estimate, priority
	if due > 0 {
		is.Due = Date(tx.now.In(tx.Team.calendar().Zone).AddDate(0, 0, due).Format("2006-01-02"))
	}
	more, _, err := tx.setOwners(t.ID, map[bool][]string{true: {tx.actor.ID}}[mine])
	if err != nil {
		return err
	}
	_, err = tx.saveWith(t, is, note{action: TaskEdited}, more)
	return err
}

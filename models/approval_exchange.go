package models

import (
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/flow"
)

// exportApprovals writes down whom unfinished tasks ask for approval.
func exportApprovals(db *gorm.DB, board string, at map[string]*exchange.BoardTask) error {
	var asks []Approval
	err := db.Raw(`SELECT a.* FROM approvals a JOIN tasks t ON t.id = a.task_id WHERE t.board_id = ? AND t.deleted_at IS NULL AND t.state <> ?`, board, flow.Done).Scan(&asks).Error
	if err != nil || len(asks) == 0 {
		return err
	}
	for _, a := range asks {
		at[a.TaskID].Approval = &exchange.BoardApproval{Role: string(a.Role), All: a.Mode == AllApprovers, Note: a.Note}
	}
	var people []Approver
	err = db.Raw(`SELECT a.* FROM approvers a JOIN tasks t ON t.id = a.task_id JOIN users u ON u.id = a.user_id
		WHERE t.board_id = ? AND t.deleted_at IS NULL AND t.state <> ? ORDER BY u.name, u.id`, board, flow.Done).Scan(&people).Error
	for _, p := range people {
		ask := at[p.TaskID].Approval
		ask.Of = append(ask.Of, p.UserID)
	}
	return err
}

// importApproval is what a task of the plan asks, of those of the team who can give it.
func (tx *Tx) importApproval(t Task, in *exchange.Approval, people map[int]Person) (c consent, asks bool) {
	if in == nil {
		return c, false
	}
	c.Approval = Approval{TaskID: t.ID, TeamID: tx.Team.ID, Mode: AnyApprover, Note: in.Note, AskedBy: tx.actor.ID, AskedAt: tx.now}
	if in.All {
		c.Mode = AllApprovers
	}
	if role := access.Role(in.Role); role == access.Manager || role == access.Owner {
		c.Role = role
	}
	for _, p := range owned(people, in.Of) {
		if access.Can(p.Role, access.EditTask) {
			c.approvers = append(c.approvers, p)
		}
	}
	return c, len(c.approvers) > 0 || c.Role != ""
}

func (tx *Tx) insertConsents(all []consent) error {
	var asks []Approval
	var people []Approver
	for _, c := range all {
		asks = append(asks, c.Approval)
		for _, p := range c.approvers {
			people = append(people, Approver{c.TaskID, p.ID})
		}
	}
	if err := insertMany(tx, asks); err != nil {
		return err
	}
	return insertMany(tx, people)
}

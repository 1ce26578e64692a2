package fault

const (
	ApprovalOpen       Code = "approval-open"        // args: names of those still to answer, role, whether all of them have to
	ApprovalRefused    Code = "approval-refused"     // args: who, reason
	ApprovalFallen     Code = "approval-fallen"      // what was approved has changed since
	SelfApproved       Code = "self-approved"        // who approved has done the work since; args: name
	SelfApproval       Code = "self-approval"        // an approver who did the work; args: what of it
	NotApprover        Code = "not-approver"         // it is asked of others
	NotAsked           Code = "not-asked"            // approval is not asked for just now
	ApprovedAndDone    Code = "approved-and-done"    // what was approved does not change while the task is done
	NotYourAsk         Code = "not-your-ask"         // somebody else asked, and no manager changes it
	TooManyApprovers   Code = "too-many-approvers"   // args: most
	ViewerNotApprover  Code = "viewer-not-approver"  // args: name
	NobodyElseWithRole Code = "nobody-else-has-role" // all with the role are named already
)

var approvalCodes = []Code{ApprovalOpen, ApprovalRefused, ApprovalFallen, SelfApproved, SelfApproval, NotApprover, NotAsked, ApprovedAndDone, NotYourAsk,
	TooManyApprovers, ViewerNotApprover, NobodyElseWithRole}

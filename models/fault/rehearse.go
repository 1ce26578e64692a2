package fault

// What is probably not meant in a workflow, and can be seen before it runs.
const (
	StepNever        Code = "step-never"         // the conditions together never let it be done
	EndsNowhere      Code = "ends-nowhere"       // args: answers with which no step at the end is done
	StandsAlone      Code = "stands-alone"       // a step that waits for none, and none for it
	SectionLoose     Code = "section-loose"      // args: section; no line leads into it or out of it
	RolePersonGone   Code = "role-person-gone"   // args: address that is nobody's in the team
	RoleOnlyReads    Code = "role-only-reads"    // args: address of somebody who only reads
	RolePoolGone     Code = "role-pool-gone"     // args: addresses that are nobody's in the team
	RolePoolEmpty    Code = "role-pool-empty"    // nobody of those to choose from is in the team
	RoleMayLack      Code = "role-may-lack"      // args: input that may be left empty, step that nobody does then
	TitleMayLack     Code = "title-may-lack"     // args: input that may be left empty
	OnePersonDecides Code = "one-person-decides" // args: role, steps of the critical path
	NoEstimates      Code = "no-estimates"       // no step has one
	EstimateLacks    Code = "estimate-lacks"     // of a step on the critical path
	DueUnreachable   Code = "due-unreachable"    // args: due, what is estimated until then
	DueTight         Code = "due-tight"          // args: estimate, prerequisite, due of that, own due
	ApproverDoes     Code = "approver-does"      // args: role that approves, role that does it; both are one person
)

var rehearseCodes = []Code{StepNever, EndsNowhere, StandsAlone, SectionLoose, RolePersonGone, RoleOnlyReads, RolePoolGone, RolePoolEmpty, RoleMayLack, TitleMayLack,
	OnePersonDecides, NoEstimates, EstimateLacks, DueUnreachable, DueTight, ApproverDoes}

package fault

// What keeps a text from being a template. The line and column go with them.
const (
	YAMLTooBig     Code = "yaml-too-big"     // args: kilobytes allowed
	YAMLNotUTF8    Code = "yaml-not-utf8"    // a byte that is no character
	YAMLUnreadable Code = "yaml-unreadable"  // args: what the reader of YAML says, in English
	YAMLTooDeep    Code = "yaml-too-deep"    // args: levels allowed
	YAMLTooMuch    Code = "yaml-too-much"    // aliases make too much of it
	YAMLNoAnchor   Code = "yaml-no-anchor"   // args: the name after *
	YAMLNotAllowed Code = "yaml-not-allowed" // args: tag, question, merge, directive or documents
	YAMLEmpty      Code = "yaml-empty"       // nothing but space and comments

	WantMapping Code = "want-mapping" // keys with values are expected here
	WantList    Code = "want-list"
	WantText    Code = "want-text"
	WantQuotes  Code = "want-quotes" // args: what YAML takes for a number or for true and false
	WantYesNo   Code = "want-yes-no"
	WantWhole   Code = "want-whole"   // args: most
	UnknownKey  Code = "unknown-key"  // args: key, the one that may be meant or empty, those that there are
	CommaQuotes Code = "comma-quotes" // a text with a comma within { }
	KeyTwice    Code = "key-twice"    // args: key
	EntryEmpty  Code = "entry-empty"  // a key or an entry with nothing in it
	NotOneOf    Code = "not-one-of"   // args: what it says, what it may be
	TooManyOf   Code = "too-many-of"  // args: most
	BadDue      Code = "bad-due"      // args: what it says
	BadLag      Code = "bad-lag"      // args: what it says
	BadWho      Code = "bad-who"      // args: what it says
	AllOrAny    Code = "all-or-any"   // a mapping has to say one of "all" and "any"
)

// What is wrong with a part of a template by itself.
const (
	BadID       Code = "bad-id"      // args: what it says, most characters
	ReservedID  Code = "reserved-id" // args: ID
	TextUntidy  Code = "text-untidy" // space around it, or characters that are not to be seen
	OneLine     Code = "one-line"    // a text that must not have several lines
	NoOptions   Code = "no-options"  // a choice without anything to choose from
	OnlyFor     Code = "only-for"    // args: key, types that it is for
	BadPattern  Code = "bad-pattern" // args: what the reader of patterns says, in English
	MinAboveMax Code = "min-above-max"
	BadDefault  Code = "bad-default" // the default is no answer to its own question
	PoolUseless Code = "pool-useless"
	DueTooFar   Code = "due-too-far" // args: most days
)

// What is wrong with an answer.
const (
	OtherPattern Code = "other-pattern"  // args: the field's help
	TooShort     Code = "too-short"      // args: least
	TooLow       Code = "too-low"        // args: least
	TooHigh      Code = "too-high"       // args: most
	DateTooEarly Code = "date-too-early" // args: first day
	DateTooLate  Code = "date-too-late"  // args: last day
)

// How the parts of a template do not fit together.
const (
	NoSteps            Code = "no-steps"
	NothingTaken       Code = "nothing-taken"      // what another program wrote has nothing that becomes a step
	NoEnd              Code = "no-end"             // every step is followed by another
	IDTwice            Code = "id-twice"           // args: ID
	UnknownStep        Code = "unknown-step"       // args: name, the one that may be meant or empty
	UnknownRole        Code = "unknown-role"       // as above
	UnknownSection     Code = "unknown-section"    // as above
	UnknownInput       Code = "unknown-input"      // as above
	UnknownName        Code = "unknown-name"       // in a placeholder or a condition; as above
	BadPlaceholder     Code = "bad-placeholder"    // args: what it says
	WrongInput         Code = "wrong-input"        // args: input, type that it has to be
	NeedTwice          Code = "need-twice"         // args: step
	NeedsOwn           Code = "needs-own"          // args: step
	StepCycle          Code = "step-cycle"         // args: the way round
	StepUnreachable    Code = "step-unreachable"   // args: what it can never get past
	LaterName          Code = "later-name"         // args: name, step; it is not known before this step
	ConditionNever     Code = "condition-never"    // it can never hold
	ConditionAlways    Code = "condition-always"   // it always holds
	DueTooEarly        Code = "due-too-early"      // args: due, prerequisite, its due
	DueWithoutNeeds    Code = "due-without-needs"  // counted from prerequisites that it has not
	RoleUnused         Code = "role-unused"        // args: role
	SectionUnused      Code = "section-unused"     // args: section
	InputUnused        Code = "input-unused"       // args: input
	NobodyDoes         Code = "nobody-does"        // a step without a role
	ApprovesOwn        Code = "approves-own"       // args: role that does it, too
	ConditionTooLong   Code = "condition-too-long" // args: most characters
	ConditionTooBig    Code = "condition-too-big"  // args: most parts
	ConditionSyntax    Code = "condition-syntax"   // args: what its reader says, in English
	ConditionTypes     Code = "condition-types"    // args: as above; things that cannot be compared
	ConditionForbidden Code = "condition-forbidden"
	ConditionNoTruth   Code = "condition-no-truth" // it is no yes or no
)

var playbookCodes = []Code{
	YAMLTooBig, YAMLNotUTF8, YAMLUnreadable, YAMLTooDeep, YAMLTooMuch, YAMLNoAnchor, YAMLNotAllowed, YAMLEmpty,
	WantMapping, WantList, WantText, WantQuotes, WantYesNo, WantWhole, UnknownKey, CommaQuotes, KeyTwice, EntryEmpty, NotOneOf, TooManyOf, BadDue, BadLag, BadWho, AllOrAny,
	BadID, ReservedID, TextUntidy, OneLine, NoOptions, OnlyFor, BadPattern, MinAboveMax, BadDefault, PoolUseless, DueTooFar,
	OtherPattern, TooShort, TooLow, TooHigh, DateTooEarly, DateTooLate,
	NoSteps, NothingTaken, NoEnd, IDTwice, UnknownStep, UnknownRole, UnknownSection, UnknownInput, UnknownName, BadPlaceholder, WrongInput, NeedTwice, NeedsOwn,
	StepCycle, StepUnreachable, LaterName, ConditionNever, ConditionAlways, DueTooEarly, DueWithoutNeeds, RoleUnused, SectionUnused, InputUnused, NobodyDoes, ApprovesOwn,
	ConditionTooLong, ConditionTooBig, ConditionSyntax, ConditionTypes, ConditionForbidden, ConditionNoTruth,
}

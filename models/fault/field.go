package fault

const (
	FieldEmpty     Code = "field-empty"        // a required field of the board is empty; args: its name
	FieldTaken     Code = "field-taken"        // the board has a field of that name; args: name
	TooManyFields  Code = "too-many-fields"    // args: most
	TooManyOptions Code = "too-many-options"   // args: most
	OptionTwice    Code = "option-twice"       // args: name
	OptionHeld     Code = "option-held"        // tasks hold an option that is to go; args: name, how many tasks
	NotAWebAddress Code = "not-a-web-address"  // neither http nor https
	FieldGone      Code = "field-gone"         // a value for a field that the board has no more
	StaysFilled    Code = "field-stays-filled" // a done task keeps its required fields
)

var fieldCodes = []Code{FieldEmpty, FieldTaken, TooManyFields, TooManyOptions, OptionTwice, OptionHeld, NotAWebAddress, FieldGone, StaysFilled}

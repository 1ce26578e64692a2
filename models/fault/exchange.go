package fault

// What is found in a file that a board is made from. Those without "found" refuse it.
const (
	FileUnknown  Code = "file-unknown"   // neither Trello's JSON nor ours nor CSV
	FileTooBig   Code = "file-too-big"   // args: megabytes allowed
	FileEmpty    Code = "file-empty"     // no card in it
	TooManyCards Code = "too-many-cards" // args: most
	TooManyLists Code = "too-many-lists" // args: how many, most
	NewerFile    Code = "newer-file"     // our JSON of a later version
	NoTitleField Code = "no-title-field" // no CSV column is said to be the title
	FieldTwice   Code = "field-twice"    // two CSV columns are said to be the same field; args: field

	FoundNoTitle        Code = "found-no-title"        // row left out
	FoundTitleCut       Code = "found-title-cut"       // args: most; the whole is in the description
	FoundCut            Code = "found-cut"             // args: most; description cut
	FoundNameCut        Code = "found-name-cut"        // args: most
	FoundNotADate       Code = "found-not-a-date"      // args: value
	FoundNotAnEstimate  Code = "found-not-an-estimate" // args: value
	FoundNotAPriority   Code = "found-not-a-priority"  // args: value
	FoundNotAState      Code = "found-not-a-state"     // args: value
	FoundNotAMoment     Code = "found-not-a-moment"    // args: value
	FoundNobody         Code = "found-nobody"          // args: name
	FoundNoPrerequisite Code = "found-no-prerequisite" // args: key
	FoundKeyTwice       Code = "found-key-twice"       // args: key
	FoundNeedsItself    Code = "found-needs-itself"
	FoundTooManyNeeds   Code = "found-too-many-needs"  // args: most
	FoundNoList         Code = "found-no-list"         // card of a list that is not in the file
	FoundLeftOut        Code = "found-left-out"        // args: list, cards
	FoundCompleted      Code = "found-completed"       // marked complete in an open list
	FoundInText         Code = "found-in-text"         // args: what, how many; kept in the description
	FoundDropped        Code = "found-dropped"         // args: what, how many
	FoundOldComments    Code = "found-old-comments"    // args: how many are not in the file
	FoundOtherShape     Code = "found-other-shape"     // args: field of the JSON
	FoundEncoding       Code = "found-encoding"        // not UTF-8, read as Windows-1252
	FoundBadLine        Code = "found-bad-line"        // a CSV line that cannot be read
	FoundComments       Code = "found-comments"        // others' comments come under the name of who imports
	FoundTooManyItems   Code = "found-too-many-items"  // args: most
	FoundTooManyLabels  Code = "found-too-many-labels" // args: most, name
	FoundNewNumbers     Code = "found-new-numbers"     // keys are not one series of numbers
	FoundTooManyFields  Code = "found-too-many-fields" // args: most, name
	FoundNotAValue      Code = "found-not-a-value"     // args: field, value
	FoundNotARule       Code = "found-not-a-rule"      // args: how it is to come again
	ImportUnderway      Code = "import-underway"       // its board is being made already
)

var exchangeCodes = []Code{
	FileUnknown, FileTooBig, FileEmpty, TooManyCards, TooManyLists, NewerFile, NoTitleField, FieldTwice, ImportUnderway,
	FoundNoTitle, FoundTitleCut, FoundCut, FoundNameCut, FoundNotADate, FoundNotAnEstimate, FoundNotAPriority, FoundNotAState, FoundNotAMoment,
	FoundNobody, FoundNoPrerequisite, FoundKeyTwice, FoundNeedsItself, FoundTooManyNeeds, FoundNoList, FoundLeftOut, FoundCompleted,
	FoundInText, FoundDropped, FoundOldComments, FoundOtherShape, FoundEncoding, FoundBadLine, FoundComments, FoundTooManyItems, FoundTooManyLabels, FoundNewNumbers, FoundTooManyFields, FoundNotAValue, FoundNotARule,
}

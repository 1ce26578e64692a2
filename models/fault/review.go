package fault

// Of reviews of a log.
const (
	ReviewUnfinished Code = "review-unfinished" // args: entries that nobody has looked at, questions without an answer
	ReviewIsSigned   Code = "review-is-signed"
	NothingToReview  Code = "nothing-to-review"
	TooMuchToReview  Code = "too-much-to-review" // args: entries found, most that one review can have
)

var reviewCodes = []Code{ReviewUnfinished, ReviewIsSigned, NothingToReview, TooMuchToReview}

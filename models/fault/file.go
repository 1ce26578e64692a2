package fault

const (
	FileOverLimit  Code = "file-over-limit"  // args: the most bytes of one file
	TeamFull       Code = "team-full"        // args: bytes that are left, bytes of the team's quota
	TooManyFiles   Code = "too-many-files"   // args: the most files of a task, those removed lately included
	TooManyUploads Code = "too-many-uploads" // at once; args: the most
	UploadBroken   Code = "upload-broken"    // what was sent ended before its end
	NoFile         Code = "no-file"          // a form without a file
	LastFile       Code = "last-file"        // a done task that needs one keeps it
	FileNeeded     Code = "file-needed"      // before it is done, a task needs one
)

var fileCodes = []Code{FileOverLimit, TeamFull, TooManyFiles, TooManyUploads, UploadBroken, NoFile, LastFile, FileNeeded}

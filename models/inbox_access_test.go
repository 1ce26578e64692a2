package models_test

// ofInboxes are further verbs that are not of a team.
var ofInboxes = []string{
	"TellDue", "Wake", "WakeAll", "ForgetOldNotices", // the automation's
	"Topics", "MarkNoticeUnread", "ClearRead", "SnoozeNotice", "Choices", "Choose", // one's own
	"SendRemark", "MyRemarks", "ReadRemark", // one's own
	"Remarks", "AnswerRemark", "CloseRemark", "ReopenRemark", // the administrator's
}

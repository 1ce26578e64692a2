package say

// Inbox is the wording of ...
type Inbox struct {
}

var inboxEnglish = Inbox{}

var inboxSpanish = Inbox{}

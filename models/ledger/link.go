package ledger

import "strings"

// A link stands for somebody without an account. Its acts count as a person's, since
// somebody's click is behind each; its ID is no user's.
const (
	linkID   = "link:"
	linkName = " ← " // between whom it is for and who made it
)

// ThroughLink is whoever acts through a link that maker made for whom.
func ThroughLink(id, whom, maker string) Actor {
	return Actor{Kind: Person, ID: linkID + id, Name: whom + linkName + maker}
}

// Link says for whom the link is that an actor acts through, and who made it; false if
// it is none.
func (a Actor) Link() (whom, maker string, is bool) {
	if !strings.HasPrefix(a.ID, linkID) {
		return "", "", false
	}
	at := strings.LastIndex(a.Name, linkName)
	if at < 0 {
		return a.Name, "", true
	}
	return a.Name[:at], a.Name[at+len(linkName):], true
}

package web

import (
	"net/url"
	"strings"
)

// SignInPath is the page to sign in at, for someone who wanted next.
func SignInPath(next string) string {
	if next = localPath(next); next == "/" {
		return "/sign-in"
	}
	return "/sign-in?" + url.Values{"next": {next}}.Encode()
}

// localPath returns next if it is an address of ours, and the start page if a
// browser might leave for another host by it.
func localPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") || strings.Contains(next, `\`) {
		return "/"
	}
	return next
}

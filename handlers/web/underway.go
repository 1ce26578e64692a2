package web

import (
	"sync"
	"time"
)

// longTime is how long work may take that somebody waits for.
const longTime = 5 * time.Minute

// underway is the long work that this server is at: how far each piece is.
type underway struct {
	mu  sync.Mutex
	far map[string]farness
}

type farness struct {
	person    string
	done, all int
}

// begin is false if that is under way already.
func (u *underway) begin(id, person string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, under := u.far[id]; under {
		return false
	}
	if u.far == nil {
		u.far = map[string]farness{}
	}
	u.far[id] = farness{person: person}
	return true
}

func (u *underway) tell(id, person string, done, all int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.far[id] = farness{person, done, all}
}

func (u *underway) end(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.far, id)
}

// of is how far something of one's own is; nothing, if it is not under way.
func (u *underway) of(id, person string) (done, all int) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if is := u.far[id]; is.person == person {
		return is.done, is.all
	}
	return 0, 0
}

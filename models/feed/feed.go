// Package feed tells open pages that something has changed. It carries news, not
// content: a topic, the log's sequence number, and which boards it touched.
package feed

import (
	"maps"
	"slices"
	"sync"
)

// News is one committed change.
type News struct {
	Topic  string   // a team's ID, or PersonTopic of a user
	Seq    int64    // of the last entry of the change
	Boards []string // boards whose pages show something of it; nil: any of the topic's
}

// PersonTopic is the topic of one person's inbox.
func PersonTopic(user string) string { return "person:" + user }

// Feed fans news out to the subscribers of this process.
type Feed struct {
	mu   sync.Mutex
	subs map[string]map[chan News]bool
}

// New makes a feed that nobody subscribes to yet.
func New() *Feed { return &Feed{subs: map[string]map[chan News]bool{}} }

// Subscribe returns the news of topics from now on, and what ends it. The channel
// holds one piece of news; a reader that is slow gets the pieces it missed merged.
func (f *Feed) Subscribe(topics ...string) (<-chan News, func()) {
	ch := make(chan News, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, topic := range topics {
		if f.subs[topic] == nil {
			f.subs[topic] = map[chan News]bool{}
		}
		f.subs[topic][ch] = true
	}
	return ch, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, topic := range topics {
			delete(f.subs[topic], ch)
			if len(f.subs[topic]) == 0 {
				delete(f.subs, topic)
			}
		}
	}
}

// Topics lists the topics that somebody subscribes to.
func (f *Feed) Topics() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Collect(maps.Keys(f.subs))
}

// Publish tells the topic's subscribers. It never blocks.
func (f *Feed) Publish(n News) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ch := range f.subs[n.Topic] {
		select {
		case ch <- n:
			continue
		default:
		}
		select {
		case missed := <-ch:
			ch <- merge(missed, n)
		default:
			ch <- n
		}
	}
}

func merge(a, b News) News {
	b.Seq = max(a.Seq, b.Seq)
	if a.Boards == nil || b.Boards == nil {
		b.Boards = nil
		return b
	}
	boards := slices.Clone(a.Boards)
	for _, board := range b.Boards {
		if !slices.Contains(boards, board) {
			boards = append(boards, board)
		}
	}
	b.Boards = boards
	return b
}

package feed

// Subscribers counts who listens to a topic.
func (f *Feed) Subscribers(topic string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.subs[topic])
}

package models

import (
	"net/netip"
	"sync"
	"time"
)

// limiter counts tries in memory, each server for itself. It keeps for each key
// the time at which its allowance is whole again (the generic cell rate algorithm).
type limiter struct {
	mu    sync.Mutex
	whole map[string]time.Time
	swept time.Time
}

// limit allows burst tries at once, and one more after each pause.
type limit struct {
	key   string
	burst int
	pause time.Duration
}

// take uses up one try of each limit; if one of them has none left, it uses up
// none and returns how long to wait.
func (l *limiter) take(now time.Time, limits ...limit) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sweep(now)
	for _, lim := range limits {
		full := later(l.whole[lim.key], now).Add(lim.pause)
		wait = max(wait, full.Sub(now)-time.Duration(lim.burst)*lim.pause)
	}
	if wait > 0 {
		return wait
	}
	for _, lim := range limits {
		l.whole[lim.key] = later(l.whole[lim.key], now).Add(lim.pause)
	}
	return 0
}

// giveBack undoes take, for a try that turned out to be right.
func (l *limiter) giveBack(limits ...limit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, lim := range limits {
		l.whole[lim.key] = l.whole[lim.key].Add(-lim.pause)
	}
}

// sweep forgets keys whose allowance is whole.
func (l *limiter) sweep(now time.Time) {
	if l.whole == nil {
		l.whole = map[string]time.Time{}
	}
	if now.Sub(l.swept) < time.Minute {
		return
	}
	l.swept = now
	for key, whole := range l.whole {
		if !whole.After(now) {
			delete(l.whole, key)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// source is the address that tries are counted by: one host of IPv4, and one
// network of IPv6, since whoever has one address of it has 2^64.
func source(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	network, _ := ip.Prefix(64)
	return network.String()
}

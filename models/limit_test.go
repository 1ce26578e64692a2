package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestALimitAllowsABurstAndThenOneAfterEachPause(t *testing.T) {
	var l limiter
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	three := limit{"ana", 3, time.Minute}
	for range 3 {
		require.Zero(t, l.take(now, three))
	}
	require.Equal(t, time.Minute, l.take(now, three))
	require.Equal(t, time.Minute, l.take(now, three), "a refused try costs nothing")
	require.Zero(t, l.take(now, limit{"ben", 3, time.Minute}), "another key is not concerned")
	require.Zero(t, l.take(now.Add(time.Minute), three))
	require.Equal(t, 30*time.Second, l.take(now.Add(90*time.Second), three))
	l.giveBack(three)
	require.Zero(t, l.take(now.Add(90*time.Second), three))
}

func TestWhereOneLimitIsUsedUpTheOtherIsNotTouched(t *testing.T) {
	var l limiter
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	narrow, wide := limit{"narrow", 1, time.Minute}, limit{"wide", 2, time.Minute}
	require.Zero(t, l.take(now, narrow, wide))
	for range 5 {
		require.Positive(t, l.take(now, narrow, wide))
	}
	require.Zero(t, l.take(now, wide))
}

func TestALimiterForgetsWhatIsOver(t *testing.T) {
	var l limiter
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	l.take(now, limit{"ana", 3, time.Minute})
	l.take(now.Add(time.Hour), limit{"ben", 3, time.Minute})
	require.Len(t, l.whole, 1)
}

func TestTriesAreCountedByHostOrByNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64",
		"2001:db8:1:2::9": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "", "a proxy": "a proxy",
	} {
		require.Equal(t, want, source(address), address)
	}
}

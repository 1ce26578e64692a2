package feed_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/feed"
)

func TestNewsReachesThoseWhoAskedForItsTopicAndNobodyElse(t *testing.T) {
	f := feed.New()
	ours, stop := f.Subscribe("us")
	defer stop()
	theirs, stopTheirs := f.Subscribe("them")
	defer stopTheirs()
	f.Publish(feed.News{Topic: "us", Seq: 7, Boards: []string{"onboarding"}})
	require.Equal(t, feed.News{Topic: "us", Seq: 7, Boards: []string{"onboarding"}}, <-ours)
	require.Empty(t, theirs)
	require.NotEqual(t, "us", feed.PersonTopic("us"), "a person's inbox is not a team")
}

// A reader that is slow holds nobody up; it gets what it missed in one piece,
// which tells the newest sequence and every board there was news of.
func TestASlowReaderGetsWhatItMissedMerged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := feed.New()
		slow, stop := f.Subscribe("us")
		defer stop()
		var boards []string
		all, newest := false, int64(0)
		for i := range rapid.IntRange(1, 20).Draw(t, "news") {
			n := feed.News{Topic: "us", Seq: int64(i + 1)}
			if rapid.IntRange(0, 9).Draw(t, "of any board") > 0 {
				n.Boards = []string{rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "board")}
			}
			all, newest = all || n.Boards == nil, n.Seq
			boards = append(boards, n.Boards...)
			f.Publish(n)
		}
		got := <-slow
		require.Equal(t, newest, got.Seq)
		if all {
			require.Nil(t, got.Boards, "nil is news of any board")
		} else {
			slices.Sort(boards)
			require.ElementsMatch(t, slices.Compact(boards), got.Boards, "each board once")
		}
		require.Empty(t, slow)
	})
}

// A page left open on a sleeping laptop costs the same after a million changes.
func TestAReaderThatNeverReadsCostsNothingMore(t *testing.T) {
	f := feed.New()
	asleep, stop := f.Subscribe("us")
	defer stop()
	for i := range 100_000 {
		f.Publish(feed.News{Topic: "us", Seq: int64(i), Boards: []string{fmt.Sprint(i % 3)}})
	}
	require.Len(t, (<-asleep).Boards, 3)
}

// One reader's merged news is not seen changing by another.
func TestReadersDoNotShareTheirNews(t *testing.T) {
	f := feed.New()
	a, stopA := f.Subscribe("us")
	defer stopA()
	b, stopB := f.Subscribe("us")
	defer stopB()
	boards := make([]string, 1, 8)
	boards[0] = "x"
	f.Publish(feed.News{Topic: "us", Seq: 1, Boards: boards})
	first := <-a
	f.Publish(feed.News{Topic: "us", Seq: 2, Boards: []string{"y"}})
	require.Equal(t, []string{"x"}, first.Boards)
	require.Equal(t, []string{"y"}, (<-a).Boards)
	require.ElementsMatch(t, []string{"x", "y"}, (<-b).Boards)
	require.Equal(t, []string{"x"}, boards)
}

// Pages come and go by the thousand while news goes out: nothing blocks, the
// newest sequence always arrives, and whoever has left leaves nothing behind.
func TestPagesComeAndGoWhileNewsGoesOut(t *testing.T) {
	f := feed.New()
	const last = 2_000
	var readers sync.WaitGroup
	for range 20 {
		readers.Go(func() {
			for range 50 { // glances
				news, stop := f.Subscribe("us")
				select {
				case <-news:
				default:
				}
				stop()
			}
			news, stop := f.Subscribe("us")
			defer stop()
			f.Publish(feed.News{Topic: "us", Seq: last + 1}) // at least this one is still to come
			for before := int64(0); ; {
				n := <-news
				require.GreaterOrEqual(t, n.Seq, before)
				if before = n.Seq; before > last {
					return
				}
			}
		})
	}
	for i := range last {
		f.Publish(feed.News{Topic: "us", Seq: int64(i)})
	}
	readers.Wait()
	require.Empty(t, f.Topics())
}

package feed_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/feed"
)

func TestNewsTravelsBetweenServers(t *testing.T) {
	news := []feed.News{
		{Topic: "team", Seq: 7, Boards: []string{"b1", "b2"}},
		{Topic: feed.PersonTopic("ana"), Seq: 7},
	}
	told := feed.Encode("one", news, 1000)
	require.Len(t, told, 1)

	heard, err := feed.Decode("two", told[0])
	require.NoError(t, err)
	require.Equal(t, news, heard)

	heard, err = feed.Decode("one", told[0])
	require.NoError(t, err)
	require.Empty(t, heard, "a server knows its own news")
}

func TestMuchNewsIsCutToTheCarrier(t *testing.T) {
	var news []feed.News
	for i := range 400 {
		news = append(news, feed.News{Topic: feed.PersonTopic(fmt.Sprintf("%036d", i)), Seq: 1 << 40})
	}
	boards := make([]string, 1000)
	for i := range boards {
		boards[i] = fmt.Sprintf("%036d", i)
	}
	news = append(news, feed.News{Topic: "team", Seq: 9, Boards: boards})

	var heard []feed.News
	for _, text := range feed.Encode("one", news, 1000) {
		require.LessOrEqual(t, len(text), 1000)
		part, err := feed.Decode("two", text)
		require.NoError(t, err)
		heard = append(heard, part...)
	}
	require.Len(t, heard, len(news))
	require.Equal(t, feed.News{Topic: "team", Seq: 9}, heard[len(heard)-1], "too many boards to name: any")
}

func TestGarbageIsNoNews(t *testing.T) {
	_, err := feed.Decode("two", "hello")
	require.Error(t, err)
}

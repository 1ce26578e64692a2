package flow_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
)

// A column is shuffled by people: whatever they insert wherever, each card's
// rank lies strictly between its neighbours', none ends in the lowest digit
// (below which nothing would fit), and nobody else's rank is touched.
func TestThereIsAlwaysRoomBetweenTwoCards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var column []string
		at := 0
		for range rapid.IntRange(1, 150).Draw(t, "cards") {
			if rapid.IntRange(0, 3).Draw(t, "elsewhere") == 0 {
				at = rapid.IntRange(0, len(column)).Draw(t, "at")
			}
			var above, below string
			if at > 0 {
				above = column[at-1]
			}
			if at < len(column) {
				below = column[at]
			}
			rank := flow.Between(above, below)
			if above != "" {
				require.Less(t, above, rank)
			}
			if below != "" {
				require.Less(t, rank, below)
			}
			require.False(t, strings.HasSuffix(rank, "0"), "%q is a dead end", rank)
			column = slices.Insert(column, at, rank)
		}
		require.IsIncreasing(t, append([]string{""}, column...))
	})
}

// A card put below the last one is cheap for ever, however the last one got there.
func TestBelowTheLastCardIsAlwaysBelow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := flow.Below("")
		for range rapid.IntRange(0, 30).Draw(t, "inserts") {
			last = flow.Between(last, flow.Below(last))
		}
		require.Less(t, last, flow.Below(last))
		require.Equal(t, flow.Below(last), flow.Between(last, ""))
	})
}

func TestTenThousandCardsAddedAtTheBottomKeepShortRanks(t *testing.T) {
	rank := flow.Below("")
	require.Equal(t, flow.FirstRank, rank)
	for range 10_000 {
		next := flow.Below(rank)
		require.Less(t, rank, next)
		rank = next
	}
	require.Len(t, rank, len(flow.FirstRank))
}

func TestTenThousandCardsAddedAtTheTopKeepShortRanks(t *testing.T) {
	rank := flow.Between("", "")
	for range 10_000 {
		next := flow.Between("", rank)
		require.Less(t, next, rank)
		rank = next
	}
	require.Len(t, rank, len(flow.FirstRank))
}

// The worst people can do is to put card after card into the same gap; it costs
// a digit for every five of them.
func TestAGapThatIsHalvedAgainAndAgainCostsADigitInFive(t *testing.T) {
	low, high := flow.FirstRank, flow.Below(flow.FirstRank)
	above, below := low, high
	for range 500 {
		above, below = flow.Between(above, high), flow.Between(low, below)
		require.Less(t, low, below)
		require.Less(t, above, high)
	}
	require.LessOrEqual(t, len(above), len(flow.FirstRank)+500/5+1)
	require.LessOrEqual(t, len(below), len(flow.FirstRank)+500/5+1)
}

// Even at the far ends of the counting digits there is room.
func TestTheEndsOfTheScaleHaveRoom(t *testing.T) {
	require.Less(t, "zzzzzzV", flow.Below("zzzzzzV"))
	top := flow.Between("", "000000V")
	require.Less(t, top, "000000V")
	require.False(t, strings.HasSuffix(top, "0"))
	again := flow.Between("", top)
	require.Less(t, again, top)
}

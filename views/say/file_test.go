package say

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/fault"
)

func TestASizeIsWordedInTheUnitThatFits(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 1023: "1023 bytes", 1024: "1 KB", 1536: "1.5 KB", 10 << 10: "10 KB", 1<<20 - 1: "1 MB",
		25 << 20: "25 MB", 5 << 30: "5 GB", 5<<30 - 3<<20: "5 GB", 9<<30 + 1<<29: "9.5 GB", 1 << 50: "1024 TB"} {
		require.Equal(t, want, english.Size(n), n)
	}
	require.Equal(t, "1,5 KB", spanish.Size(1536))
	full := fault.New(fault.TooLarge, fault.TeamFull, int64(1<<19), int64(5<<30))
	require.Contains(t, english.Problem(full), "only 512 KB left of their 5 GB")
	require.Contains(t, spanish.Problem(full), "solo les quedan 512 KB de sus 5 GB")
}

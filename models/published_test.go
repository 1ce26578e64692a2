package models_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
)

// published are projects of PSPLIB (R. Kolisch and A. Sprecher, "PSPLIB – A project
// scheduling problem library", European Journal of Operational Research 96, 1997) with the
// length of their critical path as the library states it ("MPM-Time"): periods, here
// hours. The first job and the last of each take no time and are left out.
var published = map[string]struct{ jobs, length int }{
	"psplib-j301_1":  {30, 38},
	"psplib-j9041_6": {90, 86},
}

func TestPublishedProjectsHaveTheLengthThatIsPublished(t *testing.T) {
	for name, is := range published {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			file, err := os.ReadFile("testdata/" + name + ".csv")
			require.NoError(t, err)
			b, err := h.bring(h.team, name+".csv", file)
			require.NoError(t, err)
			v := h.timeline(b, "")
			require.Equal(t, is.jobs, v.All)
			require.Equal(t, is.length*60, v.Work.Between(h.now, v.Finish))

			// What is marked as critical is a way of just that length.
			d, _ := h.diagram(b, "", models.BoardFilter{})
			ends, longest := make([]int, len(d.Nodes)), 0
			for i, n := range d.Nodes {
				if !n.Critical {
					continue
				}
				for _, l := range d.Before(i) {
					ends[i] = max(ends[i], ends[l.From])
				}
				ends[i] += n.Estimate
				longest = max(longest, ends[i])
			}
			require.Equal(t, is.length*60, longest)
		})
	}
}

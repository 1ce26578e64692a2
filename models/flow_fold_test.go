package models

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/playbook"
)

// Whatever is drawn and whichever sections are folded: each step is shown once, by
// itself or in its section's node, and each line that leads from one to another node is
// there once, none more and none less.
func TestFoldedSectionsKeepEveryStepAndEveryLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := FlowChart{}
		for i := range rapid.IntRange(1, 4).Draw(t, "sections") {
			c.Sections = append(c.Sections, playbook.Section{ID: fmt.Sprintf("s%d", i), Name: "S"})
		}
		sections := rapid.SampledFrom(append([]playbook.Section{{}}, c.Sections...))
		for i := range rapid.IntRange(1, 12).Draw(t, "steps") {
			c.Nodes = append(c.Nodes, FlowNode{RunStep: RunStep{Step: playbook.Step{ID: fmt.Sprintf("n%d", i), Section: sections.Draw(t, "section").ID}}})
			for j := range i {
				if rapid.Bool().Draw(t, "linked") {
					c.Links = append(c.Links, DiagramLink{From: j, To: i, Satisfied: rapid.Bool().Draw(t, "satisfied"), Critical: rapid.Bool().Draw(t, "critical")})
				}
			}
		}
		fold := map[string]bool{}
		var folded []string
		for range rapid.IntRange(0, 3).Draw(t, "folds") {
			id := sections.Draw(t, "fold").ID
			fold[id], folded = true, append(folded, id)
		}
		delete(fold, "")
		is := c
		is.Fold(folded)
		shownAs := func(n FlowNode) string {
			if fold[n.Step.Section] {
				return FoldNodeID(n.Step.Section)
			}
			return n.Step.ID
		}
		shown := map[string]string{}
		for _, n := range is.Nodes {
			if n.Fold == nil {
				shown[n.Step.ID] = n.Step.ID
				continue
			}
			for _, in := range n.Fold.Steps {
				require.Empty(t, shown[in.Step.ID], "it is shown twice")
				shown[in.Step.ID] = n.Step.ID
			}
		}
		require.Len(t, shown, len(c.Nodes))
		holds := map[[2]string]bool{}
		for _, n := range c.Nodes {
			require.Equal(t, shownAs(n), shown[n.Step.ID])
		}
		for _, l := range c.Links {
			if ends := [2]string{shownAs(c.Nodes[l.From]), shownAs(c.Nodes[l.To])}; ends[0] != ends[1] {
				holds[ends] = holds[ends] || !l.Satisfied
			}
		}
		require.Len(t, is.Links, len(holds))
		for _, l := range is.Links {
			open, there := holds[[2]string{is.Nodes[l.From].Step.ID, is.Nodes[l.To].Step.ID}]
			require.True(t, there)
			require.Equal(t, open, !l.Satisfied, "one that holds up is not hidden by one that does not")
		}
	})
}

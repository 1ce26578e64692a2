package models

import (
	"slices"

	"relevo/models/flow"
	"relevo/models/plan"
	"relevo/models/playbook"
)

// Fold is a section of which a diagram shows one node in the place of its steps.
type Fold struct {
	playbook.Section
	Steps  []FlowNode
	States map[flow.State]int // how many of them stand how; of a run only
}

// foldID names the node of a section: no step and no task is called so.
const foldID = "fold-"

// FoldNodeID is what the node of a folded section is called.
func FoldNodeID(section string) string { return foldID + section }

// Fold shows the sections as one node each. Links within one go, and those that lead to
// it or from it are kept, each once.
func (c *FlowChart) Fold(sections []string) {
	known := map[string]playbook.Section{}
	for _, s := range c.Sections {
		if slices.Contains(sections, s.ID) {
			known[s.ID] = s
			c.Folded = append(c.Folded, s.ID)
		}
	}
	if len(known) == 0 {
		return
	}
	now := make([]int, len(c.Nodes)) // where each node is from now on
	at := map[string]int{}
	var nodes []FlowNode
	for i, n := range c.Nodes {
		section, folds := known[n.Step.Section]
		if !folds || n.Outside.ID != "" {
			now[i] = len(nodes)
			nodes = append(nodes, n)
			continue
		}
		to, there := at[section.ID]
		if !there {
			to = len(nodes)
			at[section.ID] = to
			nodes = append(nodes, FlowNode{RunStep: RunStep{Step: playbook.Step{ID: FoldNodeID(section.ID), Title: section.Name, Section: section.ID}}, Fold: &Fold{Section: section, States: map[flow.State]int{}}})
		}
		now[i] = to
		fold := nodes[to].Fold
		fold.Steps = append(fold.Steps, n)
		if n.There() {
			fold.States[n.Task.State]++
		}
		nodes[to].Critical = nodes[to].Critical || n.Critical
		nodes[to].Bar = around(nodes[to].Bar, n.Bar)
	}
	c.Links = foldLinks(c.Links, now)
	c.Nodes = nodes
}

// around is the bar of two that are shown as one.
func around(a, b plan.Bar) plan.Bar {
	critical := a.Critical || b.Critical
	if a.Start.IsZero() || !b.Start.IsZero() && b.Start.Before(a.Start) {
		a.Start = b.Start
	}
	if b.Finish.After(a.Finish) {
		a.Finish = b.Finish
	}
	a.Critical = critical
	return a
}

// foldLinks leads the links to where their nodes are now. Of several that are one then,
// the most urgent stands for all: one that holds up, one on the critical path.
func foldLinks(links []DiagramLink, now []int) []DiagramLink {
	var kept []DiagramLink
	at := map[[2]int]int{}
	for _, l := range links {
		l.From, l.To = now[l.From], now[l.To]
		if l.From == l.To {
			continue
		}
		i, twice := at[[2]int{l.From, l.To}]
		if !twice {
			at[[2]int{l.From, l.To}] = len(kept)
			kept = append(kept, l)
			continue
		}
		one := &kept[i]
		one.Satisfied, one.Critical = one.Satisfied && l.Satisfied, one.Critical || l.Critical
		if one.Lag != l.Lag || one.AtReview != l.AtReview {
			one.Lag, one.AtReview = flow.Lag{}, false // they say different things: the picture of all of it tells
		}
	}
	return kept
}

package say

// Team is the wording of ...
type Team struct {
}

var teamEnglish = Team{}

var teamSpanish = Team{}

var teamFaultsEnglish = faults{}

var teamFaultsSpanish = faults{}

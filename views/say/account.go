package say

// Account is the wording of ...
type Account struct {
}

var accountEnglish = Account{}

var accountSpanish = Account{}

var accountFaultsEnglish = faults{}

var accountFaultsSpanish = faults{}

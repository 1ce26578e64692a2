package playbook_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models/playbook"
)

func TestAConditionIsReadOutInPlainWords(t *testing.T) {
	d, findings := playbook.Parse([]byte(`
name: Sale
inputs:
  - {id: amount, label: Amount, type: number}
  - {id: paid_by, label: Payment, type: choice, options: [card, credit]}
  - {id: abroad, label: Goes abroad, type: yes/no}
steps:
  - id: check
    title: Check {{amount}}
    fields:
      - {id: granted, label: Credit granted, type: yes/no}
`))
	require.Empty(t, findings)
	words := playbook.Phrases{And: "and", Or: "or", Is: "is", IsNot: "is not", OneOf: "is one of", Has: "contains", Empty: "empty",
		Than: map[string]string{"<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least"},
		Yes:  func(n string) string { return n }, No: func(n string) string { return "not: " + n },
		Done: func(s string) string { return s + " is done" }, NotDone: func(s string) string { return s + " is not done" },
		Quoted: func(s string) string { return "‘" + s + "’" }, True: "always", False: "never"}
	for condition, want := range map[string]string{
		`amount > 10`:                                 "Amount is more than 10",
		`not (amount > 10)`:                           "Amount is at most 10",
		`abroad and check.done`:                       "Goes abroad and ‘Check …’ is done",
		`not check.done`:                              "‘Check …’ is not done",
		`abroad == false`:                             "not: Goes abroad",
		`paid_by in ["card", "credit"]`:               "Payment is one of ‘card’, ‘credit’",
		`paid_by != ""`:                               "Payment is not empty",
		`len(paid_by) > 3`:                            "len(paid_by) > 3", // no plain words for it
		`unknown == 1`:                                "unknown == 1",
		`abroad or amount < 5 and amount> 1`:          "Goes abroad or (Amount is less than 5 and Amount is more than 1)",
		`not (paid_by == "credit" and check.granted)`: "Payment is not ‘credit’ or not: Credit granted",
	} {
		require.Equal(t, want, d.Tell(condition, words), condition)
	}
}

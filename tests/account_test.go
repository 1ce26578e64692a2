package tests

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/tests/testapp"
)

func TestWhatNobodyMaySeeSendsToSignInAndBack(t *testing.T) {
	app := testapp.Start(t)
	app.Person("Ana")
	require.Equal(t, http.StatusNotFound, app.Visitor().Get("/nothing-here").Status)
}

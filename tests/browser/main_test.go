package browser_test

import (
	"testing"

	"relevo/tests/browser"
)

func TestMain(m *testing.M) { browser.Main(m) }

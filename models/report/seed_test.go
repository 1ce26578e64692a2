package report_test

import _ "relevo/tests/seed"

package plan_test

import _ "relevo/tests/seed"

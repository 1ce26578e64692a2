package flow_test

import _ "relevo/tests/seed"

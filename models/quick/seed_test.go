package quick_test

import _ "relevo/tests/seed"

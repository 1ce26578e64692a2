package exchange_test

import _ "relevo/tests/seed"

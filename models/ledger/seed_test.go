package ledger_test

import _ "relevo/tests/seed"

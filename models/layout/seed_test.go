package layout_test

import _ "relevo/tests/seed"

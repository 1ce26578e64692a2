package say

import _ "relevo/tests/seed"

package rehearse

import _ "relevo/tests/seed"

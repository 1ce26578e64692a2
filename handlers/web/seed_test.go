package web

import _ "relevo/tests/seed"

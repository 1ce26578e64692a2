package feed_test

import _ "relevo/tests/seed"

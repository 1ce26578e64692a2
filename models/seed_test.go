package models_test

import _ "relevo/tests/seed"

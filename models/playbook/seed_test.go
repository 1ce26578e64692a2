package playbook_test

import _ "relevo/tests/seed"

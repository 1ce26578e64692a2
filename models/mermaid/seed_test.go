package mermaid_test

import _ "relevo/tests/seed"

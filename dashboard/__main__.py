"""`python -m dashboard` is the `panj` command."""

import sys

from dashboard.cli import main

sys.exit(main())

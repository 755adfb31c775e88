"""`python -m telusur` is the command `telusur`."""

import sys

from telusur.cli.door import main

sys.exit(main())

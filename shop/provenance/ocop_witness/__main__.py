"""`python -m ocop_witness`."""

import sys

from .cli import main

sys.exit(main())

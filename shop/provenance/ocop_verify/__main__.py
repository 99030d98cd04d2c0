"""`python -m ocop_verify`."""

import sys

from .cli import main

sys.exit(main())

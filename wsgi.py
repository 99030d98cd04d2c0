"""What a WSGI server serves: `gunicorn wsgi:app`. A wrong setting is one line and exit 1."""

import sys

from config import ConfigError
from shop import create_app

try:
    app = create_app()
except ConfigError as wrong:
    sys.exit(str(wrong))

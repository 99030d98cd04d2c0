"""What a WSGI server serves: `gunicorn wsgi:app`. A wrong setting is one line and exit 1."""

import sys

from config import ConfigError
from shop import create_app
from shop.provenance.log.keys import NoKeys
from shop.web import starting

try:
    app = create_app()
    starting.ask_for_keys(app)
except (ConfigError, NoKeys) as wrong:
    sys.exit(str(wrong))

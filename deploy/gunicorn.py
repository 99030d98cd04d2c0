"""How gunicorn serves the shop; the embedded worker starts in each process and takes turns by locks and leases."""

import os
import sys

worker_class = "gthread"
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "warning"
keepalive = 30
graceful_timeout = 10


def on_starting(_server):
    """A wrong setting ends the master with one line; workers that cannot start would be restarted for ever."""
    import config
    from shop.provenance.log import keys

    try:
        read = config.read()
        if read.production:
            keys.load(read.keys)
    except (config.ConfigError, keys.NoKeys) as wrong:
        sys.exit(str(wrong))


def post_worker_init(worker):
    if "SHOP" not in getattr(worker.wsgi, "config", {}):
        return  # another app on the same settings, as the benchmark's constant bytes

    from shop.web.work import start_embedded

    # Each machine's search index is fed by one of its own processes, whoever does the rest.
    worker.shop_worker = start_embedded(worker.wsgi, index_only=os.environ.get("SHOP_WORKER") == "separate")


def worker_exit(server, worker):
    from shop.web.work import stop

    if hasattr(worker, "shop_worker"):
        stop(worker.shop_worker)

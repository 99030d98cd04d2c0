"""The coordination office's front: worklist, search, dossiers, decisions by two people, counts and exports."""

from flask import Blueprint

bp = Blueprint("office", __name__)
door = Blueprint("office_door", __name__)

from shop.web.office import (  # noqa: E402
    batches,  # noqa: F401
    counts,  # noqa: F401
    decisions,  # noqa: F401
    dossier,  # noqa: F401
    exports,  # noqa: F401
    imports,  # noqa: F401
    lots,  # noqa: F401
    pins,  # noqa: F401
    printing,  # noqa: F401
    proposals,  # noqa: F401
    records,  # noqa: F401
    searching,  # noqa: F401
    showing,  # noqa: F401
    suspects,  # noqa: F401
    worklist,  # noqa: F401
)

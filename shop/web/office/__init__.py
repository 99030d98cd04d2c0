"""The coordination office's front: worklist, search, dossiers, decisions by two people, counts and exports."""

from flask import Blueprint

bp = Blueprint("office", __name__)
door = Blueprint("office_door", __name__)

from shop.web.office import worklist  # noqa: E402, F401

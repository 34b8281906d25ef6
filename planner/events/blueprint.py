"""The addresses of events in the desk; their pages are in the modules of this package."""

from flask import Blueprint

bp = Blueprint("events", __name__, url_prefix="/desk")

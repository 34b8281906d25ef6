"""The addresses of the timetable; its pages are in the modules that this package is made of."""

from flask import Blueprint

bp = Blueprint("timetable", __name__, url_prefix="/desk/<event>")

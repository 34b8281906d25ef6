"""The addresses of organizers' accounts; the pages are in the packages about each part of them."""

from flask import Blueprint

bp = Blueprint("accounts", __name__, url_prefix="/desk")

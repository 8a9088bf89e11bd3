"""Storefront views and error handling."""

import logging

from flask import Blueprint, jsonify, request
from werkzeug.exceptions import HTTPException

from . import payments, shipping

log = logging.getLogger(__name__)
bp = Blueprint("shop", __name__)

TRACED_HEADERS = ("Accept-Language", "Content-Length", "Content-Type")


@bp.before_request
def trace() -> None:
    """Note what kind of client is talking to us."""
    headers = {name: request.headers[name] for name in TRACED_HEADERS if name in request.headers}
    log.debug("%d request headers, of them %s", len(request.headers), headers)


@bp.post("/orders/<int:order_id>/checkout")
def checkout(order_id: int):
    """Take the money, then book the parcel."""
    order = request.get_json()
    weights = [float(line["weight"]) for line in order["lines"]]
    log.info("checkout of order %d: %d lines, cookie consent %s", order_id, len(weights), bool(order.get("consent")))
    if not payments.charge(order_id, int(order["customer"]), int(order["cents"])):
        return jsonify(error="payment declined"), 402
    return jsonify(shipment=shipping.book(order_id, weights))


@bp.app_errorhandler(HTTPException)
def failed(error: HTTPException):
    """Answer every error as JSON."""
    log_method = log.error
    if error.code and error.code < 500:
        log_method = log.warning
    received = dict(request.headers)
    log_method("%s answered %s, request was %s", request.endpoint, error.code, received)
    return jsonify(error=error.name), error.code or 500

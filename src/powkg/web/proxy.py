"""Standing behind a proxy: whose X-Forwarded headers are believed."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def register(app: Flask, proxies: int) -> None:
    """Have the app take the client's address, scheme, host and the prefix of its own addresses from so many proxies.

    Each of them has to set all four headers: one that it passes on from a client would be believed too. With 0 the
    headers are no more than any other that a client sends.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )

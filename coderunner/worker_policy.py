"""The content security policy of workers.

A worker has the policy of its own script's answer, not that of the page. Workers alone may compile
WebAssembly, which some of them are made of. deploy/nginx/nginx.conf and vite.config.ts send the
same.
"""

import re
from collections.abc import MutableMapping

WORKER_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
WORKER = re.compile(r"/assets/[^/]*worker[^/]*\.js$")  # in an address of a static file


def add_worker_policy(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """For WhiteNoise, which calls it for each static file."""
    if WORKER.search(url):
        headers["Content-Security-Policy"] = WORKER_POLICY

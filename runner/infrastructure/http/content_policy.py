"""The content security policy, with the site's own WebSockets by name.

`'self'` covers them in today's browsers. Safari up to 15 takes it for the scheme of the page alone,
and refuses `wss:` to the page's own site.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponseBase


class ContentPolicy(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        try:
            host = request.get_host()
        except DisallowedHost:
            return parts
        update = dict(parts.update or {})
        # Both: the scheme that the browser sees is unknown behind some proxies. Pages over TLS
        # reach no `ws:` whatever the policy says.
        update["connect-src"] = [*update.get("connect-src", ()), f"wss://{host}", f"ws://{host}"]
        parts.update = update
        return parts

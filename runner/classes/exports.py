"""Files of what is in a class, for who may export it.

Who pays: each is counted for its user, a process makes a few at a time, and none is held in memory.
"""

from collections.abc import Iterator
from http import HTTPStatus

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from accounts import audit, own_data
from accounts.audit import AuditAction
from runner.classes.page import reader


def export(
    request: HttpRequest,
    pieces: Iterator[str] | Iterator[bytes],
    *,
    kind: str,
    name: str,
    of: str,
    what: str,
) -> HttpResponseBase:
    """`pieces` of the file `name`, of the type `kind`; they are made while they are sent. `what` of
    which object it is goes to the audit trail."""
    limit = {"app": "allauth.account", "action": "export", "limit_get": True}
    if own_data.is_full() or ratelimit.consume(request, user=request.user, **limit) is None:
        text = _("There are several downloads already, or there were many. Please wait a little.")
        status = HTTPStatus.TOO_MANY_REQUESTS
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    audit.record(
        AuditAction.EXPORTED,
        actor_id=reader(request).pk,
        target=of,
        network=audit.network_of(request),
        detail=what,
    )
    return StreamingHttpResponse(
        own_data.in_pieces(pieces),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )

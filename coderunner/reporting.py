"""Reports our own errors to Sentry, if a site uses it."""

from typing import Any

from runner.infrastructure.http.secret_paths import redacted_tree


def begin(dsn: str, version: str) -> None:
    """Sends nothing without a DSN, and never programs, input or output."""
    if not dsn:
        return
    import sentry_sdk  # as long as Django itself takes to import

    sentry_sdk.init(
        dsn=dsn,
        release=version,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_secret_links,
    )


def without_secret_links(event: Any, _hint: Any) -> Any:
    return redacted_tree(event)

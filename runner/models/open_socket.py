from django.conf import settings
from django.db import models


class OpenSocket(models.Model):
    """A terminal that is open on a web worker, which renews `seen_at` while it is."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_sockets"
    )
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.pk)

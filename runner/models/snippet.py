from django.conf import settings
from django.db import models


class Snippet(models.Model):
    """A student's program, kept. `version` counts its saves; a save names the one it has seen.

    All files lie in one row: a save is one statement, and no reader meets half of one.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snippets"
    )
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=64)
    files = models.JSONField(help_text="[{path, content}] in the order of their tabs.")
    main = models.CharField(max_length=255)
    version = models.PositiveIntegerField(default=1)
    size_bytes = models.PositiveIntegerField(default=0, help_text="Of all paths and contents.")
    search_text = models.TextField(
        editable=False,
        help_text="Title, file names and text, casefolded: searched alike everywhere.",
    )
    slug = models.CharField(
        max_length=40, unique=True, null=True, editable=False, help_text="None: not shared."
    )
    embeddable = models.BooleanField(default=False, help_text="Other sites may show it in a frame.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, help_text="Kept for a while, to be restored.")

    class Meta:
        indexes = (
            models.Index(
                fields=["owner", "-updated_at", "-id"],
                name="snippet_list",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(
                fields=["deleted_at"],
                name="snippet_deleted",
                condition=models.Q(deleted_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

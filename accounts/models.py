from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from runner.protocol.preferences import Preferences


class User(AbstractUser):
    """A student; with `is_staff` an instructor."""

    preferences = models.JSONField(
        _("preferences"),
        default=dict,
        blank=True,
        editable=False,
        help_text="What differs from the defaults.",
    )

    @property
    def preferred(self) -> Preferences:
        return Preferences.stored(self.preferences)

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

    must_change_password = models.BooleanField(
        _("must choose a new password"),
        default=False,
        db_default=False,
        editable=False,
        help_text="Somebody else knows the present one.",
    )
    lock_lifts = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        help_text="Part of the keys of the counters of wrong passwords: adding 1 forgets them.",
    )

    @property
    def preferred(self) -> Preferences:
        return Preferences.stored(self.preferences)

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.classrooms.models import Classroom, ClassRules, Membership, Role
from runner.protocol.names import printable
from runner.protocol.preferences import Preferences

__all__ = [
    "AuditAction",
    "AuditEntry",
    "ClassRules",
    "Classroom",
    "Membership",
    "Role",
    "User",
]


class User(AbstractUser):
    """Anybody. Students and instructors are so in a class; with `is_staff` in the whole site."""

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
        _("lifted locks"),
        default=0,
        db_default=0,
        editable=False,
        help_text="Part of the keys of the counters of wrong passwords: adding 1 forgets them.",
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Names of people, wherever they come from, such as a provider of accounts, have nothing
        that makes one look like another to who reads it."""
        self.first_name, self.last_name = printable(self.first_name), printable(self.last_name)
        super().save(*args, **kwargs)

    @property
    def preferred(self) -> Preferences:
        return Preferences.stored(self.preferences)


class AuditAction(models.TextChoices):
    """What the audit trail knows of. Values are stored: add, and never change one."""

    SIGNED_IN = "signed_in", _("signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("failed to sign in")
    SIGNED_OUT = "signed_out", _("signed out")
    SIGNED_UP = "signed_up", _("created the account")
    PASSWORD_CHANGED = "password_changed", _("changed the password")
    EMAIL_CHANGED = "email_changed", _("changed the email address")
    FACTOR_CHANGED = "factor_changed", _("changed the second factor")
    OPENED_RUN = "opened_run", _("opened a run")
    OPENED_RECORDING = "opened_recording", _("opened a recording")
    COPIED_RUN = "copied_run", _("copied the code of a run")
    WATCHED_TERMINAL = "watched_terminal", _("watched a terminal")
    OPENED_SNIPPET = "opened_snippet", _("opened a snippet")
    ADDED = "added", _("added in the administration")
    CHANGED = "changed", _("changed in the administration")
    DELETED = "deleted", _("deleted in the administration")
    OPENED_HAND_IN = "opened_hand_in", _("opened a hand-in")
    OPENED_CLASS = "opened_class", _("opened a class")
    CHANGED_CLASS = "changed_class", _("changed a class")
    EXPORTED = "exported", _("exported a list")
    HELPED = "helped", _("helped to sign in")
    DOWNLOADED_DATA = "downloaded_data", _("downloaded the data of an account")
    DELETED_ACCOUNT = "deleted_account", _("deleted an account")


class AuditEntry(models.Model):
    """Who did what to whose account or work. Equal entries of one hour are one row with a count.

    Names are those of that time. Those of a deleted account are replaced by a pseudonym.
    """

    at = models.DateTimeField(_("first"), editable=False)
    last_at = models.DateTimeField(_("last"), editable=False)
    count = models.PositiveIntegerField(_("times"), default=1, editable=False)
    action = models.CharField(_("action"), max_length=32, choices=AuditAction.choices)
    actor = models.ForeignKey(
        User,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account that did it"),
    )
    actor_name = models.CharField(_("who"), max_length=150, blank=True)
    subject = models.ForeignKey(
        User,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("account concerned"),
    )
    subject_name = models.CharField(_("whose"), max_length=150, blank=True)
    target = models.CharField(_("object"), max_length=80, blank=True, help_text="run 7f3c…")
    network = models.CharField(_("network"), max_length=45, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    key = models.CharField(
        _("key"),
        max_length=64,
        unique=True,
        editable=False,
        help_text="Of the hour and all that makes entries equal.",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("audit entry"), _("audit trail")
        indexes = (
            models.Index(fields=["-last_at"], name="audit_newest"),
            models.Index(fields=["action", "at"], name="audit_action"),
            models.Index(fields=["network", "at"], name="audit_network"),
        )

    def __str__(self) -> str:
        return f"{self.actor_name} {self.action} {self.target}"

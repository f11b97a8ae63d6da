from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Classroom
from runner.models.snippet import Snippet

MAX_UPDATE_BYTES = 64 * 1024  # of one update of a page
MAX_LOG_BYTES = 4 * 1024 * 1024  # of a room's updates; a larger room begins a new epoch
MAX_PAST_BYTES = 20 * 1024 * 1024  # of updates that are kept to be played back


class RoomRole(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    VIEWER = "viewer", _("viewer")


GIVEN_ROLES = (RoomRole.EDITOR, RoomRole.VIEWER)


class Room(models.Model):
    """A snippet that several people edit together: a log of updates of one Yjs document.

    `seq` counts the updates and never goes back. `epoch` counts the documents: a page whose
    document is of another epoch drops it.
    """

    snippet = models.OneToOneField(
        Snippet, on_delete=models.CASCADE, related_name="room", verbose_name=_("snippet")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="rooms",
        verbose_name=_("owner"),
    )
    classroom = models.ForeignKey(
        Classroom,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("class"),
        help_text="Whose members are admitted.",
    )
    class_role = models.CharField(
        _("role of the class"), max_length=10, blank=True, choices=RoomRole.choices
    )
    epoch = models.PositiveIntegerField(_("epoch"), default=1)
    seq = models.PositiveBigIntegerField(_("last update"), default=0)
    log_bytes = models.PositiveIntegerField(_("size of the updates in bytes"), default=0)
    stored_seq = models.PositiveBigIntegerField(
        _("last update that is saved"), default=0, help_text="In the snippet."
    )
    stored_version = models.PositiveIntegerField(
        _("saved version"), default=0, help_text="Of the snippet, after that."
    )
    not_stored = models.CharField(
        _("why it is not saved"), max_length=40, blank=True, help_text="A reason code."
    )
    keeps_past = models.BooleanField(
        _("keeps its updates"),
        default=False,
        db_default=False,
        help_text="Those that are merged are kept to be played back.",
    )
    past_bytes = models.PositiveIntegerField(
        _("size of kept updates in bytes"), default=0, db_default=0
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name, verbose_name_plural = _("room"), _("rooms")

    def __str__(self) -> str:
        return f"room {self.pk}"


class RoomInvitation(models.Model):
    """A link by which somebody without an account comes in as a guest."""

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("room")
    )
    role = models.CharField(_("role"), max_length=10, choices=RoomRole.choices)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")

    def __str__(self) -> str:
        return f"invitation {self.pk} to room {self.room_id}"


class RoomMember(models.Model):
    """Somebody admitted by name, or a guest: then by an invitation, which can end."""

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="members", verbose_name=_("room")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="room_memberships",
        verbose_name=_("user"),
    )
    role = models.CharField(_("role"), max_length=10, choices=RoomRole.choices)
    invitation = models.ForeignKey(
        RoomInvitation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="guests",
        verbose_name=_("invitation"),
    )
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("member of a room"), _("members of rooms")
        constraints = (models.UniqueConstraint(fields=["room", "user"], name="room_member_once"),)

    def __str__(self) -> str:
        return f"{self.user_id} in room {self.room_id}"

    @property
    def shown_name(self) -> str:
        """A guest has a user name that nobody chose."""
        return self.user.username if self.invitation_id is None else self.user.first_name


class RoomUpdate(models.Model):
    """One update of the room's document, or the merge of all up to `seq`."""

    room = models.ForeignKey(
        Room,
        on_delete=models.CASCADE,
        related_name="updates",
        verbose_name=_("room"),
        db_index=False,  # the constraint has one
    )
    seq = models.PositiveBigIntegerField(_("number"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
        help_text="None: the server, or several.",
    )
    at = models.DateTimeField(_("written"))
    data = models.BinaryField(_("update"))

    class Meta:
        verbose_name, verbose_name_plural = _("update of a room"), _("updates of rooms")
        constraints = (models.UniqueConstraint(fields=["room", "seq"], name="room_update_once"),)

    def __str__(self) -> str:
        return f"update {self.seq} of room {self.room_id}"


class RoomPast(models.Model):
    """Updates that were merged, as they came, in a room that keeps them: `runner/rooms/past.py` has
    the shape of `data`."""

    room = models.ForeignKey(
        Room,
        on_delete=models.CASCADE,
        related_name="past",
        verbose_name=_("room"),
        db_index=False,  # the constraint has one
    )
    epoch = models.PositiveIntegerField(_("epoch"))
    last_seq = models.PositiveBigIntegerField(_("number of the last update"))
    data = models.BinaryField(_("updates"))

    class Meta:
        verbose_name, verbose_name_plural = _("kept updates"), _("kept updates")
        constraints = (models.UniqueConstraint(fields=["room", "last_seq"], name="room_past_once"),)

    def __str__(self) -> str:
        return f"updates of room {self.room_id} up to {self.last_seq}"


class RoomLine(models.Model):
    """A line of the chat beside the code."""

    room = models.ForeignKey(
        Room, on_delete=models.CASCADE, related_name="lines", verbose_name=_("room")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("author"),
    )
    name = models.CharField(_("name"), max_length=150, help_text="Of the author, then.")
    text = models.CharField(_("text"), max_length=500)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name, verbose_name_plural = _("line of a chat"), _("lines of chats")

    def __str__(self) -> str:
        return self.text

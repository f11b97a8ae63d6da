"""A terminal of a member of rooms: the others in a room are told of a program that it starts."""

from runner import access
from runner.infrastructure import messaging
from runner.infrastructure.database import in_database
from runner.protocol import messages
from runner.protocol.reasons import ReasonCode
from runner.protocol.refusals import NotAllowed
from runner.protocol.rooms import channel
from runner.rooms.store import name_of
from runner.terminal import TerminalConsumer


class RoomTerminal(TerminalConsumer):
    async def start(self, message: messages.StartInteractive) -> None:
        if message.room is None and access.is_guest(self.user):
            raise NotAllowed(ReasonCode.ROOM_GUEST)
        if message.room is not None:
            asked = self.user, message.room, message.language
            await in_database(access.check_room_start, *asked)
        await super().start(message)
        if message.room is not None and self.link is not None:
            said = str(self.link.run_id), self.user.get_username(), name_of(self.user)
            await messaging.send_to_room(channel.RunBegun(message.room, *said))

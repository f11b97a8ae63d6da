"""A channel layer that loses messages, and the settings of a site that has it."""

import random
from typing import Any

from runner.channel_layer import PubSubLayer

LOST = 0.3  # of all messages


class LossyLayer(PubSubLayer):
    async def send(self, channel: str, message: dict[str, Any]) -> None:
        if random.random() >= LOST:
            await super().send(channel, message)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if random.random() >= LOST:
            await super().group_send(group, message)

"""A channel layer that loses messages, and the settings of a site that has it."""

import random
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer

LOST = 0.3  # of all messages


class LossyLayer(RedisPubSubChannelLayer):  # type: ignore[misc]
    async def send(self, channel: str, message: dict[str, Any]) -> None:
        if random.random() >= LOST:
            await self._get_layer().send(channel, message)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        if random.random() >= LOST:
            await self._get_layer().group_send(group, message)

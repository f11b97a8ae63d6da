"""A site's settings, but its processes count their objects when they are asked to."""

from coderunner.settings import *  # noqa: F403
from tests.scale import census

census.answer_when_asked()

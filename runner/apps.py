from django.apps import AppConfig
from django.core.signals import request_finished

from runner.infrastructure.database import close_connections_of_page


class RunnerConfig(AppConfig):
    name = "runner"

    def ready(self) -> None:
        request_finished.connect(close_connections_of_page)

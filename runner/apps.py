from django.apps import AppConfig
from django.core.signals import request_finished
from django.utils.translation import gettext_lazy as _

from runner.infrastructure.database import close_connections_of_page


class RunnerConfig(AppConfig):
    name = "runner"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from accounts.admin_columns import register_user_column
        from runner.history import RUN_COUNT  # has models, which are loaded by now

        request_finished.connect(close_connections_of_page)
        register_user_column(RUN_COUNT)

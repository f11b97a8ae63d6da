from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts import signals  # noqa: F401  # connects them
        from accounts.audit import signals as audited  # has models, which are loaded by now

        audited.connect()

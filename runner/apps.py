from django.apps import AppConfig
from django.core.signals import request_finished
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from runner.infrastructure.database import close_connections_of_page


class RunnerConfig(AppConfig):
    name = "runner"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from accounts.admin_columns import register_user_column
        from accounts.classrooms.exams import note_exams
        from accounts.own_data import register_part
        from runner import upkeep
        from runner.assignments import OWN_HAND_INS
        from runner.history import OWN_RUNS, RUN_COUNT  # have models, which are loaded by now
        from runner.interviews import OWN_INTERVIEWS, OWN_LINES
        from runner.models import RoomMember
        from runner.playback import OWN_WRITINGS
        from runner.retention import FORGETTING, end_candidates_runs, forget_guest
        from runner.seats import OWN_QUESTIONS
        from runner.snippets import OWN_SNIPPETS

        request_finished.connect(close_connections_of_page)
        post_delete.connect(forget_guest, sender=RoomMember)
        register_user_column(RUN_COUNT)
        register_part(OWN_SNIPPETS)
        register_part(OWN_RUNS)
        register_part(OWN_HAND_INS)
        register_part(OWN_WRITINGS)
        register_part(OWN_QUESTIONS)
        register_part(OWN_INTERVIEWS)
        register_part(OWN_LINES)
        upkeep.register("exams", 20.0, note_exams)
        upkeep.register("ended interviews", 20.0, end_candidates_runs)
        for name, forget in FORGETTING.items():
            often = name == "visitors' runs"  # of whom nothing is kept, whatever has crashed
            upkeep.register(name, 300.0 if often else upkeep.DAY, forget)

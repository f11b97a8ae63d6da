"""The rules of a class as its page shows them to all members."""

from dataclasses import dataclass

from accounts.classrooms.rules import tasks_of
from accounts.models import Classroom, ClassRules
from runner.classes.rules_form import LIMITS
from runner.languages import LANGUAGES
from runner.models import Assignment


@dataclass(frozen=True, slots=True)
class ShownRules:
    """`row`: as stored; the lists are in words. `limits`: label and figure."""

    row: ClassRules
    languages: list[str]
    packages: list[str]
    modules: list[str]
    limits: list[tuple[str, int]]
    tasks: list[str]

    @classmethod
    def of(cls, classroom: Classroom) -> "ShownRules":
        row = ClassRules.objects.filter(pk=classroom.pk).first() or ClassRules()
        known = [LANGUAGES.get(each) for each in row.languages.split()]
        chosen = Assignment.objects.filter(classroom=classroom, pk__in=tasks_of(row))
        return cls(
            row,
            [language.name for language in known if language is not None],
            row.packages.split(),
            row.forbidden_modules.split(),
            [
                (str(label), row.limits[name] // unit)
                for name, (label, unit) in LIMITS.items()
                if type(row.limits.get(name)) is int
            ],
            list(chosen.order_by("title").values_list("title", flat=True))
            if row.exam_tasks
            else [],
        )

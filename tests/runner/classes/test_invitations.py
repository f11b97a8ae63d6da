"""Members from a list: line by line."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.classrooms import invitations, members
from accounts.classrooms.invitations import Fate, invite
from accounts.models import Classroom, Membership, Role, User
from tests.a_class import new_member
from tests.cast import signed_in


def fates(classroom: Classroom, text: str) -> list[tuple[int, str, Fate]]:
    return [(line.number, line.name, line.fate) for line in invite(classroom, text)]


def test_accounts_are_made_and_matched(classroom: Classroom, owner: User, classmate: User) -> None:
    lines = invite(classroom, "name,email\nada,ada@example.org\nclassmate\nOWNER\n")
    assert [(line.number, line.name, line.fate) for line in lines] == [
        (2, "ada", Fate.CREATED), (3, "classmate", Fate.ADDED), (4, "owner", Fate.MEMBER),
    ]  # fmt: skip
    ada = User.objects.get(username="ada")
    assert ada.check_password(lines[0].password)
    assert ada.must_change_password
    assert not lines[1].password
    assert set(Membership.objects.values_list("user__username", "role")) == {
        (name, Role.STUDENT) for name in ("ada", "classmate", "owner")
    }


@pytest.mark.parametrize("title", ["Login", "Schüler", "Student", "Anmeldename", "Names"])
def test_a_title_is_no_student(classroom: Classroom, title: str) -> None:
    """KAMRONBEK/talim-ai#48: the first line of a spreadsheet became an account, without a word."""
    lines = invite(classroom, f"{title}\nada\n")
    assert [(line.number, line.name) for line in lines] == [(2, "ada")]
    assert not User.objects.filter(username__iexact=title).exists()


def test_columns_in_another_order_make_no_account(classroom: Classroom) -> None:
    """As administrations of schools export them: names of families are no names of accounts."""
    lines = invite(classroom, "Nachname;Vorname;E-Mail\nLovelace;Ada;ada@example.org\n")
    assert [line.fate for line in lines] == [Fate.WRONG, Fate.WRONG]
    assert not User.objects.filter(username__in=("Nachname", "Lovelace")).exists()


def test_a_broken_line_takes_no_other_with_it(classroom: Classroom, classmate: User) -> None:
    text = (
        "\ufeffname;email\nada\n;;\nb;x@example.org;;;;;too many\nnot a name!;\n"
        'grace;"unclosed\neve;no address\nada;again\nclassmate;other@example.org\nbob\n'
    )
    assert fates(classroom, text) == [
        (2, "ada", Fate.CREATED),
        (4, "b;x@example.org;;;;;too many", Fate.WRONG),
        (5, "not a name!", Fate.WRONG),
        (6, 'grace;"unclosed', Fate.WRONG),
        (7, "eve", Fate.WRONG),
        (8, "ada", Fate.WRONG),
        (9, "classmate", Fate.WRONG),
        (10, "bob", Fate.CREATED),
    ]


def test_line_ends_in_cells_are_read_as_spreadsheets_write_them(classroom: Classroom) -> None:
    """The half of a row made an account, and what followed was lost."""
    lines = invite(
        classroom,
        'name,email,first name,last name\r\nada,ada@example.org,"Ada\r\n","Love\r\nlace"\r\n'
        'eve,eve@example.org,"Eve",""\r\n"bob\r\n",bob@example.org,"Bob ""B.""",Ray\r\n',
    )
    assert [(line.number, line.fate) for line in lines] == [
        (2, Fate.WRONG), (5, Fate.CREATED), (6, Fate.CREATED),
    ]  # fmt: skip
    assert not User.objects.filter(username="ada").exists()
    bob = User.objects.get(username="bob")
    assert (bob.first_name, bob.last_name) == ('Bob "B."', "Ray")


def test_a_quotation_mark_that_is_missing_takes_its_row_alone(classroom: Classroom) -> None:
    text = 'ada,ada@example.org,"Ada\n' + "".join(f"name{number}\n" for number in range(9))
    lines = invite(classroom, text)
    assert [line.fate for line in lines] == [Fate.WRONG] + 9 * [Fate.CREATED]
    assert [line.fate for line in invite(classroom, '"ada')] == [Fate.WRONG]


def test_nobody_joins_a_class_that_has_ended_by_a_list(
    classroom: Classroom, classmate: User
) -> None:
    Classroom.objects.update(archived_at=timezone.now())
    teacher = signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))
    path = f"/classes/{classroom.pk}/members/list/"
    answer = teacher.post(path, {"names": "classmate\nada"}, follow=True)
    assert "nobody joins it" in answer.content.decode()
    assert not Membership.objects.filter(user=classmate).exists()
    assert not User.objects.filter(username="ada").exists()


def test_a_list_may_be_sent_again(classroom: Classroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "MOST_NEW", 2)
    text = "ada\nbob\neve\n"
    assert [fate for *_, fate in fates(classroom, text)] == [Fate.CREATED, Fate.CREATED, Fate.LATER]
    assert [fate for *_, fate in fates(classroom, text)] == [Fate.MEMBER, Fate.MEMBER, Fate.CREATED]


def test_no_account_is_made_for_a_class_that_is_full(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(members, "MOST_MEMBERS", 2)  # the owner is one
    lines = invite(classroom, "ada\nbob\neve\n")
    assert [line.fate for line in lines] == [Fate.CREATED, Fate.WRONG, Fate.WRONG]
    assert not User.objects.filter(username__in=["bob", "eve"]).exists()


def test_ten_thousand_lines_are_read_to_the_limit(
    classroom: Classroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invitations, "MOST_NEW", 1)
    lines = invite(classroom, "\n".join(f"student{number}" for number in range(10_000)))
    assert len(lines) == invitations.MOST_LINES + 1
    assert lines[-1].fate == Fate.WRONG
    assert User.objects.filter(username__startswith="student").count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("ada;ada@example.org\r\n".encode("utf-16-le"), "not text"),  # without a mark
        (bytes(range(1, 256)), "not text"),
        (b"ada\n" * 100_000, "too large"),
        (b"", "empty"),
        (b"ad\0a\n", "not text"),
    ],
)
def test_what_is_no_list_is_refused(classroom: Classroom, content: bytes, said: str) -> None:
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    file = SimpleUploadedFile("list.csv", content)
    path = f"/classes/{classroom.pk}/members/list/"
    answer = signed_in(teacher).post(path, {"file": file})
    assert said in answer.content.decode()
    assert User.objects.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_comes_as_spreadsheets_write_it(classroom: Classroom, encoding: str) -> None:
    """foundation50/classroom50#742: names with letters beyond ASCII come with other ones."""
    teacher = new_member(classroom, "teacher", Role.INSTRUCTOR)
    text = "name;email;first name;last name\r\nsoren;;Søren;Müßig\r\nzoe;;Zoë;Núñez\r\n"
    file = SimpleUploadedFile("list.csv", text.encode(encoding))
    signed_in(teacher).post(f"/classes/{classroom.pk}/members/list/", {"file": file})
    made = User.objects.filter(username__in=["soren", "zoe"]).order_by("username")
    assert [user.get_full_name() for user in made] == ["Søren Müßig", "Zoë Núñez"]


def test_the_report_shows_passwords_once(classroom: Classroom) -> None:
    browser = signed_in(new_member(classroom, "teacher", Role.INSTRUCTOR))
    path = f"/classes/{classroom.pk}/members/list/"
    page = browser.post(path, {"names": "ada\n<b>x</b>\n"}).content.decode()
    assert "<code>" in page
    assert "<b>x</b>" not in page
    assert "<code>" not in browser.get(path).content.decode()

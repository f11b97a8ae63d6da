"""Accounts for a class from a list, on a page of the admin and by a command."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from accounts.staff import class_list
from tests.cast import signed_in

PAGE = "/admin/accounts/user/add-class/"


def add(by: User, names: str, **fields: Any) -> str:
    return signed_in(by).post(PAGE, {"names": names} | fields).content.decode()


def passwords(page: str) -> dict[str, str]:
    return dict(re.findall(r"<td>([^<]+)</td><td><code>([^<]+)</code>", page))


def test_each_name_becomes_an_account_that_chooses_its_password(superuser: User) -> None:
    made = passwords(add(superuser, "ada\nalan\n\n  grace  \n"))
    assert list(made) == ["ada", "alan", "grace"]
    assert len(set(made.values())) == 3
    browser = Client()
    browser.post("/accounts/login/", {"login": "ada", "password": made["ada"]})
    assert browser.get("/")["Location"] == "/accounts/password/change/"
    assert not User.objects.get(username="ada").is_staff


@pytest.mark.parametrize("names", ["\u202eAda,Byron", "Ada,By\u200bron"])
def test_names_of_people_have_no_invisible_characters(superuser: User, names: str) -> None:
    assert "Line 1: A name may not contain" in add(superuser, f"ada,,{names}")
    assert not User.objects.filter(username="ada").exists()
    given = dict(zip(("first_name", "last_name"), names.split(","), strict=True))
    made = User.objects.create_user("bob", **given)  # as for a provider of accounts
    assert made.get_full_name() == "Ada Byron"


@pytest.mark.parametrize(
    "text",
    [
        "ada,ada@example.org,Ada,Lovelace",
        "ada;ada@example.org;Ada;Lovelace",
        "ada\tada@example.org\tAda\tLovelace",
        "\ufeffUsername,Email,First,Last\r\nada,ada@example.org,Ada,Lovelace\r\n",
        '"ada","ada@example.org","Ada","Lovelace",,',
    ],
)
def test_tables_as_programs_save_them(superuser: User, text: str) -> None:
    file = SimpleUploadedFile("class.csv", text.encode())
    assert list(passwords(add(superuser, "", file=file))) == ["ada"]
    ada = User.objects.get(username="ada")
    assert (ada.email, ada.first_name, ada.last_name) == ("ada@example.org", "Ada", "Lovelace")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "The list is empty."),
        ("username\n", "The list is empty."),
        ("ada\nADA", "Line 2: ada stands in the list twice."),
        ("ada\nSuperuser", "There is an account superuser already."),
        ("ada\nb b", "Line 2: Use 2 to 30 letters"),
        ("ada,nonsense", "Line 1: Enter a valid email address."),
        ("ada,a@example.org,x,y,z", "Line 1 has too many columns."),
        ("ada\n" + "a,b@example.org," + "x" * 200, "Line 2: "),
        ("\n".join(f"student{n}" for n in range(41)), "At most 40 accounts at a time"),
        ("a\0da", "Null characters"),
        ('"ada', "unexpected end of data"),
        ("=cmd|x", "Line 1: Use 2 to 30 letters"),
    ],
)
def test_a_list_with_a_mistake_makes_no_account(superuser: User, text: str, problem: str) -> None:
    page = add(superuser, text)
    assert problem in page
    assert User.objects.count() == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00", b"x" * (256 * 1024 + 1)])
def test_a_file_that_is_no_list_is_said_to_be_none(superuser: User, content: bytes) -> None:
    page = add(superuser, "", file=SimpleUploadedFile("class.csv", content))
    assert "This file is" in page
    assert User.objects.count() == 1


def test_passwords_are_kept_nowhere(superuser: User) -> None:
    browser = signed_in(superuser)
    answer = browser.post(PAGE, {"names": "ada"})
    assert "no-store" in answer["Cache-Control"]
    (password,) = passwords(answer.content.decode()).values()
    assert password not in browser.get("/admin/").content.decode()
    assert password not in str(User.objects.get(username="ada").__dict__)


@pytest.mark.parametrize("name", ["instructor", "owner"])
def test_only_administrators_add_classes(name: str, instructor: User, owner: User) -> None:
    browser = signed_in(User.objects.get(username=name))
    assert browser.post(PAGE, {"names": "ada"}).status_code in (302, 403)
    assert User.objects.count() == 2


def test_passwords_are_long_and_easy_to_copy() -> None:
    made = {class_list.new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-hj-km-np-z2-9]{5}-[a-hj-km-np-z2-9]{5}", one) for one in made)


def test_the_command_prints_them(db: None, tmp_path: Path) -> None:
    file, out = tmp_path / "class.csv", io.StringIO()
    file.write_text("ada,ada@example.org\nalan\n")
    call_command("add_class", str(file), stdout=out)
    head, *rows = out.getvalue().splitlines()
    assert head == "username,password"
    for row in rows:
        name, password = row.split(",")
        assert User.objects.get(username=name).check_password(password)
    assert len(rows) == 2


def test_the_command_makes_all_or_none(db: None, tmp_path: Path) -> None:
    file = tmp_path / "class.csv"
    file.write_text("ada\n-\n")
    with pytest.raises(CommandError, match=r"Nothing was made\.\nLine 2"):
        call_command("add_class", str(file))
    assert not User.objects.exists()

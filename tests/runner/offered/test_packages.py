"""The page /packages/, and the packages of GET /languages/: what the live executors report."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from runner.languages import PYTHON as PYTHON_HERE
from runner.languages import installed_packages, modules_of
from runner.runs import cached_offers, heartbeats
from runner.runs.packages import MOST_PACKAGES
from tests.a_snippet import NEW, Page
from tests.cast import signed_in

PYTHON = {"numpy": "2.4.6", "beautifulsoup4": "4.15.0"}
VERSIONS = {"python": "3.11", "pypy": "3.9", "python3.14": "3.14"}


def executor(name: str = "one", *, sandbox: str = "rlimits", **packages: Any) -> None:
    reported = {id.replace("_", "."): versions for id, versions in packages.items()}
    heartbeats.register_executor(name, 1, sandbox, VERSIONS, packages=reported)


def shown(user: User, **headers: str) -> str:
    """The text of the page, in one line."""
    cached_offers.forget()
    response = signed_in(user).get("/packages/", headers=headers)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", f"<main{main}").split())


def listed(user: User) -> dict[str, str]:
    cached_offers.forget()
    status, body = Page(user).ask("GET", "/languages/")
    assert status == 200
    return {each["name"]: each["version"] for each in body["packages"]}


def test_each_python_has_its_packages_in_the_order_of_their_names(owner: User) -> None:
    executor(python={**PYTHON, "Faker": "40"}, pypy={"rich": "15"}, python3_14={"numpy": "2.5"})
    text = shown(owner)
    assert re.search(r"Python 3\.11 .* beautifulsoup4 4\.15\.0 import bs4 Faker 40 numpy", text)
    assert re.search(r"numpy 2\.4\.6 Python 3\.14 .* numpy 2\.5 PyPy 3\.9 .* rich 15$", text)


def test_a_version_of_python_that_only_executors_have_can_be_chosen(owner: User) -> None:
    """Its name does not repeat what is said beside it."""
    executor(python=PYTHON)
    cached_offers.forget()
    _, body = Page(owner).ask("GET", "/languages/")
    (new,) = (each for each in body["languages"] if each["id"] == "python3.14")
    assert (new["name"], new["version"], new["available"]) == ("Python", "3.14", True)
    ids = [each["id"] for each in body["languages"]]
    assert ids.index("python") < ids.index("python3.14")
    created = Page(owner).ask("POST", "/snippets/", NEW | {"language": "python3.14"})
    assert created[0] == 201


def test_clients_get_those_of_python(owner: User) -> None:
    executor(python=PYTHON, pypy={"rich": "15"})
    assert listed(owner) == {"beautifulsoup4": "4.15.0", "numpy": "2.4.6"}


def test_clients_get_what_can_be_imported(owner: User) -> None:
    executor(python={**PYTHON, "matplotlib": "3", "typing-extensions": "4"})
    cached_offers.forget()
    _, body = Page(owner).ask("GET", "/languages/")
    modules = {module for each in body["packages"] for module in each["modules"]}
    assert modules >= {"numpy", "bs4", "matplotlib", "pylab", "typing_extensions"}


def test_the_modules_of_what_is_installed_here_are_known() -> None:
    """Else the page would say of a package that it is missing."""
    found = installed_packages(PYTHON_HERE).modules
    top = {name: package for name, package in found.items() if "." not in name}
    assert {name for name in top if name not in modules_of(top[name])} == set()


def test_all_versions_that_a_program_may_find_are_listed(owner: User) -> None:
    executor("one", python={"numpy": "2.4.6"})
    executor("two", python={"numpy": "2.10.0", "rich": "15"})
    executor("cannot run anything", sandbox="", python={"torch": "9"})
    assert listed(owner) == {"numpy": "2.4.6 / 2.10.0", "rich": "15"}


@pytest.mark.parametrize("packages", [{}, {"python": {}}])
def test_without_packages_the_page_says_so(
    owner: User, instructor: User, packages: dict[str, Any]
) -> None:
    executor(**packages)
    assert "No packages are installed here." in shown(owner)
    assert "make languages" not in shown(owner)
    assert "make languages ARGS=python-packages" in shown(instructor)


def test_it_is_in_german_too(owner: User) -> None:
    executor(python=PYTHON)
    text = shown(owner, accept_language="de")
    assert "Programme können diese Pakete importieren" in text


def test_who_is_not_signed_in_is_asked_to(db: None) -> None:
    response = Client().get("/packages/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/packages/")


def test_the_workspace_has_a_link_to_it(owner: User) -> None:
    assert 'href="/packages/"' in signed_in(owner).get("/").content.decode()


HOSTILE: list[object] = [
    None, "numpy", ["numpy"], {"python": "numpy"}, {"python": ["numpy"]}, {"logo": PYTHON},
    {"python": {"numpy": 3}}, {"python": {"numpy": "<b>"}}, {"python": {"<b>": "1"}},
    {"python": {"a" * 101: "1"}}, {"python": {"numpy": "1" * 41}}, {"python": {"": "1"}},
]  # fmt: skip


@pytest.mark.parametrize("reported", HOSTILE, ids=repr)
def test_what_is_no_package_is_left_out(owner: User, reported: object) -> None:
    """Executors have the least trust."""
    heartbeats.register_executor("one", 1, "rlimits", VERSIONS)
    row = heartbeats.alive_executors().get()
    row.packages = reported if reported is not None else []
    row.save()
    assert listed(owner) == {}
    assert "No packages are installed here." in shown(owner)


def test_no_more_than_a_bounded_number_is_shown(owner: User) -> None:
    executor(python={f"package{number}": "1" for number in range(MOST_PACKAGES + 1)})
    assert len(listed(owner)) == MOST_PACKAGES

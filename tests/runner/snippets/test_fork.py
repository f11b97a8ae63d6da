"""POST /s/<slug>/fork/: a shared snippet becomes one's own."""

from accounts.models import User
from runner.models import Snippet
from tests.a_snippet import NEW, Page, a_snippet, refused
from tests.cast import signed_in
from tests.runner.snippets.test_share import slug_of

FORM = "application/x-www-form-urlencoded"


def test_scripts_get_the_new_snippet(owner: User, classmate: User) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    status, made = Page(classmate).ask("POST", f"/s/{slug}/fork/")
    assert (status, made["share"], made["version"]) == (201, None, 1)
    assert {name: made[name] for name in NEW} == NEW
    assert Snippet.objects.get(pk=made["id"]).owner == classmate


def test_people_are_led_to_it(owner: User, classmate: User) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    browser = signed_in(classmate)
    response = browser.post(f"/s/{slug}/fork/")
    own = Snippet.objects.get(owner=classmate)
    assert response["Location"] == f"/snippets/{own.pk}/"
    assert browser.get(response["Location"]).context["config"]["run"] is False


def test_run_a_copy_starts_it_once(owner: User, classmate: User) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    browser = signed_in(classmate)
    path = browser.post(f"/s/{slug}/fork/", {"run": ""})["Location"]
    runs = [browser.get(path).context["config"]["run"] for _ in range(2)]
    assert runs == [True, False]


def test_no_address_makes_a_browser_run_anything(owner: User) -> None:
    path = f"/snippets/{a_snippet(owner).pk}/"
    config = signed_in(owner).get(path, {"run": "1"}).context["config"]
    assert config["run"] is False


def test_the_signed_out_are_led_to_sign_in_and_back(owner: User) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    page = Page(None)
    assert refused(page.ask("POST", f"/s/{slug}/fork/")) == (403, "signed_out")
    page.headers["accept"] = "text/html"
    response = page.send("POST", f"/s/{slug}/fork/", b"", FORM)
    assert response["Location"] == f"/accounts/login/?next=/s/{slug}/"
    assert Snippet.objects.count() == 1


def test_a_foreign_site_forks_nothing(owner: User, classmate: User) -> None:
    slug = slug_of(owner, a_snippet(owner).pk)
    page = Page(classmate, with_token=False)
    assert refused(page.ask("POST", f"/s/{slug}/fork/")) == (403, "csrf")
    assert not Snippet.objects.filter(owner=classmate).exists()


def test_what_is_not_shared_is_not_forked(owner: User, classmate: User) -> None:
    a_snippet(owner)
    for slug in ("None", "A" * 16, "null"):
        answer = Page(classmate).ask("POST", f"/s/{slug}/fork/")
        assert refused(answer) == (404, "not_found")
        assert signed_in(classmate).post(f"/s/{slug}/fork/").status_code == 404
    assert signed_in(classmate).get("/s/AAAA/fork/").status_code == 405

"""Who types into a run by its owner's leave."""

from runner.executor.classes.control import MOST_REQUESTS, SharedControl


def asked() -> SharedControl:
    control = SharedControl()
    assert control.ask("a page", "teacher")
    return control


def test_nobody_types_who_has_not_asked() -> None:
    control = asked()
    assert control.grant("another") is None
    assert control.guest is None
    assert control.asking == ("teacher",)


def test_who_asked_types_by_the_owners_leave_until_it_is_taken_back() -> None:
    control = asked()
    assert control.grant("teacher") == "a page"
    assert (control.guest, control.guest_name, control.asking) == ("a page", "teacher", ())
    assert control.take_back()
    assert (control.guest, control.guest_name) == (None, "")
    assert not control.take_back()


def test_leave_is_given_once_for_each_question() -> None:
    control = asked()
    control.grant("teacher")
    control.take_back()
    assert control.grant("teacher") is None


def test_a_no_answers_all_who_ask() -> None:
    control = asked()
    assert control.ask("another page", "assistant")
    assert control.take_back()
    assert not control.is_shared


def test_who_leaves_neither_types_nor_asks() -> None:
    control = asked()
    assert not control.leave("a page")
    assert not control.is_shared
    control = asked()
    control.grant("teacher")
    assert control.leave("a page")
    assert not control.is_shared


def test_a_question_counts_once_and_few_wait_at_a_time() -> None:
    control = asked()
    assert not control.ask("a page", "teacher")
    for number in range(MOST_REQUESTS):
        control.ask(f"page {number}", f"teacher {number}")
    assert len(control.requests) == MOST_REQUESTS

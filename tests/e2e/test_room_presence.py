"""What users of other products for writing together report of who is there: chats that jump, lines
that get lost, cursors of nobody, people who cannot be followed any more."""

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.room_pages import PHONE, Together, type_at_end, wait_for_output
from tests.e2e.severable import Severable

LINES = 4  # a page may say five at once
LONG = " of many words" * 30
TABLET: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}}
COVERED = """(button) => {
    const box = button.getBoundingClientRect();
    const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !button.contains(at);
}"""


def field(page: Page) -> Locator:
    return page.locator("#room-say input")


def say(page: Page, text: str) -> None:
    field(page).fill(text)
    page.keyboard.press("Enter")


def from_end(page: Page) -> float:
    """Pixels of the chat below what is seen."""
    return float(
        page.get_by_test_id("chat").evaluate("(l) => l.scrollHeight - l.clientHeight - l.scrollTop")
    )


def test_who_reads_older_lines_of_the_chat_stays_there(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **TABLET)
    chat = owner.get_by_test_id("chat")
    for number in range(LINES):
        say(guest, f"line {number}{LONG}")
        expect(chat.locator("li")).to_have_count(number + 1)
    assert from_end(owner) < 2
    chat.evaluate("(list) => list.scrollTo(0, 0)")
    expect(chat.get_by_text("line 0")).to_be_in_viewport()
    say(guest, "one more")
    expect(chat.locator("li")).to_have_count(LINES + 1)
    assert from_end(owner) > 100
    expect(chat.get_by_text("line 0")).to_be_in_viewport()
    say(owner, "my own")
    expect(chat.get_by_text("my own")).to_be_in_viewport()
    assert from_end(owner) < 2


def test_a_line_that_did_not_arrive_is_in_the_field_again(together: Together) -> None:
    with Severable(together.server.port) as connection:
        owner = together.owner()
        guest = together.guest("Ann", connection.url, **TABLET)
        say(guest, "first")
        expect(owner.get_by_test_id("chat")).to_contain_text("first")
        connection.cut()
        expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "reconnecting")
        say(guest, "second")
        expect(field(guest)).to_have_value("second")
        expect(guest.locator(".toast")).to_contain_text("Your line may be lost: “second”")
        connection.mend()
        expect(guest.get_by_test_id("connection")).to_have_attribute(
            "data-state", "connected", timeout=60_000
        )
        field(guest).press("Enter")
        expect(owner.get_by_test_id("chat")).to_contain_text("second")
        expect(field(guest)).to_have_value("")


def test_who_says_too_much_at_once_keeps_the_line(together: Together) -> None:
    owner = together.owner()
    chat = owner.get_by_test_id("chat").locator("li")
    for number in range(10):
        say(owner, f"line {number}")
        owner.wait_for_function(
            """(number) => document.querySelector("#room-say input").value
            || document.querySelectorAll("#room-lines li").length > number""",
            arg=number,
        )
        if field(owner).input_value():
            break
    expect(field(owner)).to_have_value(f"line {chat.count()}")


def test_a_line_that_was_under_way_is_neither_lost_nor_said_twice(together: Together) -> None:
    """The connection ends before the server answers: once the line has arrived, once it has not."""
    page = together.page(together.owner_user)
    arrives = [False]

    def relay(socket: Any) -> None:
        server = socket.connect_to_server()

        def pass_on(message: Any) -> None:
            if '"say"' not in str(message) or "under way" not in str(message):
                server.send(message)
                return
            if arrives[0]:
                server.send(message)
            socket.close(code=1012)

        socket.on_message(pass_on)

    page.route_web_socket("**/ws/room/*/", relay)
    page.goto(together.address)
    together.wait_until_open(page)
    chat, connection = page.get_by_test_id("chat"), page.get_by_test_id("connection")
    say(page, "under way 1")
    expect(field(page)).to_have_value("under way 1")
    expect(connection).to_have_attribute("data-state", "connected", timeout=30_000)
    expect(chat.locator("li")).to_have_count(0)
    arrives[0] = True
    page.keyboard.press("Enter")
    expect(chat.locator("li")).to_have_count(1, timeout=30_000)
    expect(field(page)).to_have_value("")
    expect(chat.get_by_text("under way 1")).to_have_count(1)


def test_cursors_of_others_go_with_the_connection_and_come_back(together: Together) -> None:
    with Severable(together.server.port) as connection:
        owner = together.owner()
        type_at_end(owner, "# here\n")
        guest = together.guest("Ann", connection.url, **PHONE)
        cursor = guest.locator(".cm-ySelectionInfo")
        expect(cursor).to_have_count(1)
        connection.cut()
        expect(guest.get_by_test_id("connection")).to_have_attribute("data-state", "reconnecting")
        expect(cursor).to_have_count(0)
        connection.mend()
        expect(cursor).to_have_count(1, timeout=60_000)


def test_who_is_followed_is_followed_after_a_reload(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **TABLET)
    person = owner.get_by_test_id("people").get_by_role("button")
    person.click()
    expect(person).to_have_attribute("aria-pressed", "true")
    guest.reload()
    together.wait_until_open(guest)
    expect(person).to_have_count(1)
    expect(person).to_have_attribute("aria-pressed", "true")


def test_who_has_left_is_still_called_by_name(together: Together) -> None:
    owner = together.owner()
    owner.get_by_test_id("run").click()
    wait_for_output(owner, "Name:")
    guest = together.guest("Ann", **TABLET)
    control = guest.locator("#room-control")
    expect(control).to_have_text(f"{together.owner_user.username} types")
    owner.get_by_test_id("stop").click()
    expect(owner.get_by_test_id("run-state")).to_have_attribute("data-state", "finished")
    owner.close()
    expect(guest.get_by_test_id("people").locator("li")).to_have_count(1)
    other = together.guest("Bea", **TABLET)
    expect(other.locator("#room-control")).to_contain_text(together.owner_user.username)
    own = other.get_by_test_id("people").locator("li").filter(has_text="Bea")
    expect(own).to_have_text("Bea (you, guest)")


def test_toasts_leave_send_free(together: Together) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 820, "height": 1180}, None):
        page = together.page(together.owner_user, **(PHONE if size is None else {"viewport": size}))
        page.goto(together.address)
        together.wait_until_open(page)
        if size is None:
            page.get_by_role("button", name="Chat").click()
        page.evaluate(
            """() => { const one = document.createElement("div"); one.className = "toast";
            one.textContent = "A long sentence for everybody here. ".repeat(4);
            document.getElementById("toasts").append(one); }"""
        )
        send = page.get_by_role("button", name="Send")
        assert page.locator(".toast").is_visible()
        assert not send.evaluate(COVERED)
        assert not field(page).evaluate(COVERED)

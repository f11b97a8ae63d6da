"""Texts and files of a room in both editors: line ends of other systems, emoji, many files, and
files that are removed while somebody types."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.room_pages import (
    PASTE,
    PHONE,
    PROGRAM,
    Together,
    paste_at_end,
    saved_text,
    text_of,
    type_at_end,
    wait_for_text,
)

MOST_FILES = 20
# As Windows has it on the clipboard; one character of two halves, one of several parts.
CLIPBOARD = "a = '😀'\r\nb = '👩‍👩‍👧'\r\n"
# The lines that are drawn, from the first one that is wholly seen: how far each is from the top.
LINES = """() => {
    const place = document.querySelector("[data-testid=editor]").getBoundingClientRect();
    return [...document.querySelectorAll("[data-testid=editor] :is(.view-line, .cm-line)")]
        .map((line) => [line.textContent, line.getBoundingClientRect().top - place.top])
        .filter(([, top]) => top >= 0)
        .sort(([, one], [, other]) => one - other)
        .map(([text, top]) => [text.replaceAll("\u00a0", " ").trim(), Math.round(top)]);
}"""
LINE_PIXELS = 30
SCROLL = """() => new Promise((done) => {
    const scroller = document.querySelector("[data-testid=editor] .cm-scroller");
    scroller.scrollTop = scroller.scrollHeight / 2;
    requestAnimationFrame(() => requestAnimationFrame(done));
})"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("first", ["desktop", "phone"])
def test_windows_line_ends_and_emoji_are_the_same_for_all(together: Together, first: str) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    one, other = (owner, guest) if first == "desktop" else (guest, owner)
    expected = PROGRAM + CLIPBOARD.replace("\r\n", "\n")
    paste_at_end(one, CLIPBOARD)
    wait_for_text(other, expected)
    assert text_of(one) == expected
    type_at_end(other, "# after\n")  # positions are those of the other page
    wait_for_text(one, f"{expected}# after\n")
    one.keyboard.press("ControlOrMeta+Home")
    for _ in range(PROGRAM.count("\n") + 1):
        one.keyboard.press("ArrowDown")
    one.keyboard.type("# between ")
    wait_for_text(other, f"{expected.replace('b =', '# between b =')}# after\n")
    expect(owner.locator("#room-saved")).to_have_attribute("data-state", "saved")
    assert together.product.call(saved_text, together.room) == text_of(owner) == text_of(guest)


def add_file(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add a file").click()
    page.get_by_label("Name of the file").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def test_twenty_files_are_there_for_all_and_one_more_is_not_saved(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    for number in range(1, MOST_FILES):
        add_file(owner, f"part{number:02d}.py")
    expect(guest.locator(".room-file")).to_have_count(MOST_FILES)
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(owner.locator("#room-saved")).to_have_attribute("data-state", "saved")
    add_file(guest, "one_more.py")
    for page in (owner, guest):
        expect(page.locator("#room-saved")).to_contain_text("Not saved: the files are too many")
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="one_more.py", exact=True).click()
    owner.get_by_role("button", name="Remove one_more.py").click()
    for page in (owner, guest):
        expect(page.locator("#room-saved")).to_have_attribute("data-state", "saved")


def test_a_file_is_renamed_and_removed_while_somebody_types_in_it(together: Together) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    add_file(owner, "data.txt")
    guest.get_by_role("button", name="data.txt", exact=True).click()
    type_at_end(guest, "before ")
    owner.get_by_role("button", name="Rename data.txt").click()
    owner.get_by_label("Name of the file").fill("numbers.txt")
    owner.keyboard.press("Enter")
    guest.keyboard.type("after")  # it goes on where it was
    expect(guest.get_by_role("button", name="numbers.txt", exact=True)).to_be_visible()
    wait_for_text(owner, "before after")
    owner.on("dialog", lambda dialog: dialog.accept())
    owner.get_by_role("button", name="Remove numbers.txt").click()
    guest.keyboard.type("too late")
    for page in (owner, guest):
        wait_for_text(page, PROGRAM)  # nothing is typed into another file
    expect(guest.get_by_role("alert").filter(has_text="was removed")).to_be_visible()


@pytest.mark.parametrize("reads", ["desktop", "phone"])
def test_what_is_read_stays_in_its_place_while_others_write_above(
    together: Together, reads: str
) -> None:
    owner, guest = together.owner(), together.guest("Ann", **PHONE)
    reader, writer = (owner, guest) if reads == "desktop" else (guest, owner)
    lines = "".join(f"# line {number}\n" for number in range(300))
    paste_at_end(writer, lines)
    wait_for_text(reader, PROGRAM + lines)
    if reads == "desktop":
        reader.get_by_test_id("editor").hover()
        reader.mouse.wheel(0, 2000)
    else:
        reader.evaluate(SCROLL)
    reader.wait_for_function(f"() => ({LINES})()[0][0].startsWith('# line')")
    reader.evaluate(DRAWN)
    before = reader.evaluate(LINES)
    text, top = before[len(before) // 3]
    writer.keyboard.press("ControlOrMeta+Home")
    writer.evaluate(PASTE, "# above\n" * 40)
    wait_for_text(reader, "# above\n" * 40 + PROGRAM + lines)
    reader.evaluate(DRAWN)
    assert abs(dict(reader.evaluate(LINES))[text] - top) <= LINE_PIXELS

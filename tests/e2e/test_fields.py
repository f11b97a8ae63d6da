"""Fields of rooms, classes and interviews look like ours, not like the browser's."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.appearance import problems, save_picture
from tests.e2e.room_pages import Together


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_fields_of_a_room_are_styled(together: Together, theme: str) -> None:
    page = together.owner()
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.get_by_role("button", name="Add a file").click()
    expect(page.get_by_label("Name of the file")).to_be_visible()
    looked_at = [("room", problems(page.locator(".room")))]
    for path in (f"{together.address}people/", "/classes/", "/interviews/"):
        page.goto(path if path.startswith("http") else together.server.url + path)
        looked_at.append((path, problems(page.locator("main"), keyboard=False)))
        save_picture(page, f"fields-{re.sub('[^a-z]+', '-', path)}-{theme}")
    found = {name: [one for one in all if "unstyled" in one] for name, all in looked_at}
    assert not any(found.values()), found

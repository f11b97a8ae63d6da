"""Every control of a page beside the workspace: found there, named, and pressed by a scenario.

A test opens the page in a state in which all of its controls are there, and gives a scenario for
each. A new control has none, and the test fails.
"""

from collections.abc import Callable, Mapping

from playwright.sync_api import Locator, Page, expect

from tests.e2e.pages import serious_violations

# Each control is marked with its name: what a test calls it, or what its form sends. Numbers of
# rows are "N".
MARK = """(scope) => {
    const CONTROLS =
        "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=tab], " +
        "[contenteditable=true]";
    const general = (text) => text.replace(/\\d+/g, "N").replace(/\\s+/g, " ").trim();
    const path = (address) => general(new URL(address, location.href).pathname);
    const name = (one) => {
        for (const part of ["editor", "terminal"])
            if (one.closest(`[data-testid=${part}]`)) return part;
        const { testid, does, shows, path: file } = one.dataset;
        if (testid || does || shows) return testid ?? does ?? shows;
        if (file) return "file";
        if (one.localName === "a") return `a ${path(one.href)}`;
        if (one.localName === "summary") return one.closest(".confirm") ? "confirm" : "summary";
        if (one.id && !/\\d/.test(one.id) && !one.name) return `#${one.id}`;
        if (one.form && one.name) {
            const value = one.type === "submit" ? `=${one.value}` : "";
            return general(one.name) + value;
        }
        return `${one.localName} ${general(one.ariaLabel ?? one.textContent)}`;
    };
    const found = [...document.querySelectorAll(scope)]
        .flatMap((part) => [...part.querySelectorAll(CONTROLS)])
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => one.tabIndex >= 0 || one.closest("[data-testid=editor]"));
    for (const one of found) one.dataset.control = name(one);
    return [...new Set(found.map((one) => one.dataset.control))].sort();
}"""
NO_NAME = """(scope) => [...document.querySelectorAll(scope)]
    .flatMap((part) => [...part.querySelectorAll("button, a[href], input, select, textarea")])
    .filter((one) => one.checkVisibility() && one.type !== "hidden" && one.ariaHidden !== "true")
    .filter((one) => !(one.textContent.trim() || one.ariaLabel || one.labels?.length
        || one.placeholder || one.title || one.getAttribute("aria-labelledby")))
    .map((one) => one.outerHTML.slice(0, 120))"""
UNREACHABLE = """(scope) => [...document.querySelectorAll(scope)]
    .flatMap((part) => [...part.querySelectorAll("a[href], button, input, select, summary")])
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => one.tabIndex < 0 && one.ariaHidden !== "true")
    .filter((one) => !one.closest("[role=tablist], [role=toolbar], [data-testid=editor]"))
    .map((one) => one.outerHTML.slice(0, 120))"""
LOOKS: tuple[tuple[int, int], ...] = ((390, 844), (820, 1180), (1280, 800))

Use = Callable[[Page, Locator], None]


def controls(page: Page, scope: str = "main") -> list[str]:
    return [str(name) for name in page.evaluate(MARK, scope)]


def control(page: Page, name: str, scope: str = "main") -> Locator:
    controls(page, scope)
    return page.locator(f"[data-control='{name}']").first


def press_all(open_page: Callable[[], Page], uses: Mapping[str, Use], scope: str = "main") -> None:
    """In their order, each on the page as it is opened anew."""
    page = open_page()
    found = controls(page, scope)
    assert found == sorted(uses), {*found} ^ {*uses}
    for what in (UNREACHABLE, NO_NAME):
        assert not (wrong := page.evaluate(what, scope)), wrong
    for name, use in uses.items():
        page = open_page()
        use(page, control(page, name, scope))


def fits_and_is_accessible(page: Page) -> None:
    """In three sizes."""
    page.emulate_media(reduced_motion="reduce")
    for width, height in LOOKS:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width
        assert serious_violations(page) == [], width


def leads_to(part: str) -> Use:
    def use(page: Page, link: Locator) -> None:
        link.click()
        page.wait_for_url(f"**{part}")
        expect(page.locator("h1")).to_have_count(1)

    return use


def filled(text: str) -> Use:
    def use(_: Page, field: Locator) -> None:
        field.fill(text)
        expect(field).to_have_value(text)

    return use


def checked(_: Page, box: Locator) -> None:
    box.check()
    expect(box).to_be_checked()

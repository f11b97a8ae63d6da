// Looks at one widget as somebody who uses it does. Returns sentences about what is wrong.
async (widget, { floating, keyboard, least, scrolls }) => {
    const problems = new Set();
    const NAMED = "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
        "[role=button], [role=menuitem], [role=option], [role=checkbox], [role=tab], " +
        "[role=combobox], [role=textbox], [role=switch], dialog, [role=dialog]";
    const NATIVE = "a[href], button, input, select, textarea, summary";
    const LARGE_PX = 24;
    const LARGE_BOLD_PX = 18.66;
    const GREY = ["rgb(118, 118, 118)", "rgb(133, 133, 133)"]; // of Chromium's lists, by theme
    const FIELDS = "input:not([type=checkbox], [type=radio], [type=file], [type=range], " +
        "[type=color], [type=hidden]), select, textarea, button";
    const GLYPH = /[\uE000-\uF8FF]/; // where icon fonts have their icons

    // --- The tree, through shadow roots ---------------------------------------------------------
    const above = (element) => element.assignedSlot ?? element.parentElement ??
        (element.getRootNode() instanceof ShadowRoot ? element.getRootNode().host : null);
    function* upwards(element) {
        for (let one = element; one; one = above(one)) yield one;
    }
    function* within(element) {
        yield element;
        for (const child of element.shadowRoot?.children ?? []) yield* within(child);
        for (const child of element.children) yield* within(child);
    }
    const style = (element, part) => getComputedStyle(element, part);
    const all = [...within(widget)];
    const shown = (element) => element.checkVisibility({
        opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true,
    });
    const box = (element) => element.getBoundingClientRect();
    // Text for screen readers only, in a box of one pixel.
    const visuallyHidden = (element) => [...upwards(element)].some((one) => {
        const { width, height } = box(one);
        const { position, display } = style(one);
        return position === "absolute" && display !== "contents" && width <= 1 && height <= 1;
    });
    const disabled = (element) =>
        [...upwards(element)].some((one) => one.matches(":disabled, [aria-disabled=true]"));
    const called = (element) => {
        const text = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim();
        const names = [...element.classList].slice(0, 3).map((name) => `.${name}`).join("");
        return `<${element.localName}${names}> ${JSON.stringify(text.slice(0, 40))}`;
    };

    // --- Colours --------------------------------------------------------------------------------
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const rgba = (colour) => {
        if (!known.has(colour)) {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = colour;
            pen.fillRect(0, 0, 1, 1);
            const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
            known.set(colour, [red, green, blue, alpha / 255]);
        }
        return known.get(colour);
    };
    const over = ([r, g, b, a], [br, bg, bb]) =>
        [r * a + br * (1 - a), g * a + bg * (1 - a), b * a + bb * (1 - a), 1];
    const luminance = (colour) => {
        const [r, g, b] = colour.slice(0, 3).map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => {
        const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const fill = (element) => {
        const [r, g, b, a] = rgba(style(element).backgroundColor);
        return [r, g, b, a * Number(style(element).opacity)];
    };
    /** What is painted behind an element's text; null if nothing is opaque. */
    const ground = (element) => {
        const layers = [];
        for (const one of upwards(element)) {
            layers.push(fill(one));
            if (layers.at(-1)[3] > 0.99) {
                return layers.reverse().reduce((below, layer) => over(layer, below));
            }
        }
        return null;
    };
    const opacity = (element) =>
        [...upwards(element)].reduce((product, one) => product * Number(style(one).opacity), 1);

    // --- The checks -----------------------------------------------------------------------------
    function checkLegible(element, text, { color, fontSize, fontWeight }) {
        const pixels = Number.parseFloat(fontSize);
        const what = `${called(element)}, ${JSON.stringify(text.trim().slice(0, 30))}`;
        if (pixels < least - 0.01) problems.add(`small type: ${what} has ${pixels} px`);
        if (disabled(element)) return; // WCAG asks nothing of these
        const behind = ground(element);
        if (!behind) return; // said once, of the widget
        const [r, g, b, a] = rgba(color);
        const ratio = contrast(over([r, g, b, a * opacity(element)], behind), behind);
        const large = pixels >= LARGE_PX || (pixels >= LARGE_BOLD_PX && Number(fontWeight) >= 700);
        if (ratio < (large ? 3 : 4.5)) {
            problems.add(`contrast: ${what} has ${ratio.toFixed(2)}:1`);
        }
    }

    function checkFont(element, { fontFamily, content }) {
        const family = fontFamily.split(",")[0].trim().replace(/^["']|["']$/g, "");
        const loaded = [...document.fonts].some((font) =>
            font.family.replace(/^["']|["']$/g, "") === family && font.status === "loaded");
        if (!loaded) {
            problems.add(`icon: ${called(element)} shows ${content} of ${family}, not loaded`);
        }
    }

    /** The browser's own look: no rule of ours names this field. */
    function checkStyled(element) {
        const { borderTopStyle, borderTopWidth, borderTopColor } = style(element);
        const own = borderTopStyle === "inset" || borderTopStyle === "outset" ||
            (borderTopWidth === "1px" && GREY.includes(borderTopColor));
        if (own) problems.add(`unstyled: ${called(element)} has the browser's own border`);
    }

    function checkPicture(element) {
        const { width, height } = box(element);
        const link = element.querySelector?.("use")?.getAttribute("href");
        const missing = element.localName === "img"
            ? element.complete && element.naturalWidth === 0
            : link?.startsWith("#") && !document.getElementById(link.slice(1));
        if (width < 1 || height < 1 || missing) problems.add(`icon: ${called(element)} is empty`);
    }

    /** Text that a box cuts off on its right side, without a sign or without the whole elsewhere. */
    function checkCut(element, range) {
        const { left, right } = range.getBoundingClientRect();
        let told = false;
        let marked = false;
        for (const one of upwards(element)) {
            told ||= one.hasAttribute("title") || one.hasAttribute("aria-label");
            const { overflowX, textOverflow } = style(one);
            const edge = box(one).left + one.clientLeft + one.clientWidth;
            const cuts = overflowX === "hidden" || overflowX === "clip";
            if (cuts && right > edge + 1 && left < edge && one.clientWidth > 0) {
                marked ||= textOverflow === "ellipsis";
                if (!marked || !told) problems.add(`cut off: ${called(element)}`);
            }
            // What scrolls can be seen.
            if (one === widget || overflowX === "auto" || overflowX === "scroll") return;
        }
    }

    /** A letter in each line: there is no room beside something else. */
    function checkSqueezed(element, text, width, height) {
        const em = Number.parseFloat(style(element).fontSize);
        if (text.trim().length > 3 && width < 1.5 * em && height > 3 * em) {
            problems.add(`squeezed: ${called(element)} is ${Math.round(width)} px wide`);
        }
    }

    function nameOf(element) {
        const root = element.getRootNode();
        const labels = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/)
            .map((id) => id && root.getElementById(id)?.textContent);
        return [
            element.getAttribute("aria-label"),
            ...labels,
            ...[...(element.labels ?? [])].map((label) => label.textContent),
            element.matches("input, textarea, select, dialog, [role=dialog]")
                ? "" : element.textContent.replace(/[\uE000-\uF8FF]/g, ""),
            ...[...element.querySelectorAll("img[alt]")].map((image) => image.alt),
            element.getAttribute("title"),
        ].find((words) => words?.trim());
    }

    function checkKeyboard() {
        const active = (root) =>
            root.activeElement?.shadowRoot ? active(root.activeElement.shadowRoot)
                : root.activeElement;
        const focused = active(document);
        const reached = all.some((one) => one === focused ||
            (one.tabIndex >= 0 && shown(one) && !disabled(one) &&
                (one.matches(NATIVE) || one.hasAttribute("tabindex") || one.isContentEditable)));
        const ids = ["aria-activedescendant", "aria-controls", "aria-owns"]
            .flatMap((name) => (focused?.getAttribute(name) ?? "").split(/\s+/));
        const steered = all.some((one) => one.id && ids.includes(one.id));
        if (!reached && !steered) problems.add("keyboard: nothing in it can be reached by keys");
    }

    /** What fades in is looked at when it is there. */
    function moved() {
        const near = ({ effect }) => effect?.target &&
            (all.includes(effect.target) || [...upwards(widget)].includes(effect.target));
        const finite = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
        const moving = document.getAnimations().filter((one) => near(one) && finite(one));
        return Promise.all(moving.map((one) => one.finished.catch(() => undefined)));
    }

    // --- Looking at everything ------------------------------------------------------------------
    await moved();
    const place = box(widget);
    if (!shown(widget) || place.width < 1 || place.height < 1 || visuallyHidden(widget)) {
        return ["invisible: the widget is not shown"];
    }
    if (floating && fill(widget)[3] < 0.99) problems.add("transparent: it floats without a background");
    if (!ground(widget)) problems.add("transparent: nothing behind it is opaque");
    const tall = place.top < -1 || place.bottom > innerHeight + 1;
    if (place.left < -1 || place.right > innerWidth + 1 || (tall && !scrolls)) {
        const edges = [place.left, place.top, place.right, place.bottom].map(Math.round);
        problems.add(`outside: ${edges} is not inside ${innerWidth} × ${innerHeight}`);
    }
    for (const element of all) {
        if (!shown(element) || visuallyHidden(element)) continue;
        if (element.matches(NAMED) && !nameOf(element)) {
            problems.add(`name: ${called(element)} has no accessible name`);
        }
        if (element.matches(FIELDS)) checkStyled(element);
        if (element.matches("svg, img")) checkPicture(element);
        for (const part of ["::before", "::after"]) {
            const made = style(element, part);
            if (GLYPH.test(made.content) && made.display !== "none") checkFont(element, made);
        }
        if (element.matches("input, textarea")) {
            const { value, placeholder } = element;
            if (value) checkLegible(element, value, style(element));
            else if (placeholder) checkLegible(element, placeholder, style(element, "::placeholder"));
        }
        for (const node of [...element.childNodes, ...(element.shadowRoot?.childNodes ?? [])]) {
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue;
            if (element.matches("style, script, option, textarea, title")) continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            const { width, height } = range.getBoundingClientRect();
            if (width < 1 || height < 1) continue;
            checkSqueezed(element, node.data, width, height);
            if (GLYPH.test(node.data)) checkFont(element, {
                fontFamily: style(element).fontFamily, content: node.data,
            });
            checkLegible(element, node.data, style(element));
            checkCut(element, range);
        }
    }
    if (keyboard) checkKeyboard();
    return [...problems];
}

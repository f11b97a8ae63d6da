/**
 * `/embed.js`, for anybody's course page: turns `<code-runner src="…/try/<slug>/">`, and
 * `<code-runner language="python">…</code-runner>`, into a program with a Run button. It makes a
 * frame of the site that this script comes from, as soon as the reader scrolls near it; it sets no
 * cookies, and reads nothing of the page but the element's own text and attributes.
 */
// In a function of its own: a script of somebody's page leaves no names there, and may come twice.
(() => {
  const READY = "code-runner:ready";
  const CODE = "code-runner:code";
  const NEAR = "300px";
  const HEIGHT = 420;
  const LEAST_HEIGHT = 200;

  const script = document.currentScript as HTMLScriptElement | null;
  const site = new URL(".", script?.src ?? location.href);

  /** The text as it would stand alone: without blank lines around it, and without its indentation. */
  const withoutMargin = (text: string): string => {
    const lines = text.replace(/\r\n?/g, "\n").split("\n");
    while (lines.length > 0 && lines[0]?.trim() === "") lines.shift();
    while (lines.length > 0 && lines.at(-1)?.trim() === "") lines.pop();
    const margins = lines
      .filter((line) => line.trim() !== "")
      .map((line) => (/^[ \t]*/.exec(line) ?? [""])[0].length);
    const margin = Math.min(...margins, text.length);
    return lines.map((line) => `${line.slice(margin)}\n`).join("");
  };

  class CodeRunner extends HTMLElement {
    #code: string | null = null;
    #near: IntersectionObserver | null = null;

    connectedCallback(): void {
      if (this.querySelector("iframe")) return;
      this.style.display = "block";
      // The text may come after the element's begin: then the page is not read to its end.
      if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => this.#wait(), { once: true });
      } else {
        this.#wait();
      }
    }

    disconnectedCallback(): void {
      this.#near?.disconnect();
      this.#near = null;
    }

    #wait(): void {
      if (!this.isConnected || this.#near) return;
      if (!this.hasAttribute("src")) this.#code ??= withoutMargin(this.textContent ?? "");
      this.#near = new IntersectionObserver(
        (seen) => {
          if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
          this.#near?.disconnect();
          this.#show();
        },
        { rootMargin: NEAR },
      );
      this.#near.observe(this);
    }

    #show(): void {
      const address = this.#address();
      if (!address) {
        console.error("<code-runner>: this is no address of a program:", this.getAttribute("src"));
        return;
      }
      const frame = document.createElement("iframe");
      frame.src = address.href;
      frame.title = this.getAttribute("title") ?? "Program";
      frame.allow = "clipboard-write";
      frame.referrerPolicy = "no-referrer";
      const height = Math.max(Number(this.getAttribute("height")) || HEIGHT, LEAST_HEIGHT);
      frame.style.cssText = `display: block; width: 100%; height: ${height}px; border: 0;`;
      if (this.#code !== null) this.#giveCode(frame, address.origin, this.#code);
      this.replaceChildren(frame);
    }

    #address(): URL | null {
      const src = this.getAttribute("src");
      let address: URL;
      try {
        address =
          src === null
            ? new URL("try/inline/embed/", site)
            : new URL("embed/", new URL(src.replace(/\/?$/, "/"), document.baseURI));
      } catch {
        return null;
      }
      if (!/^https?:$/.test(address.protocol)) return null;
      for (const [name, value] of [
        ["language", src === null ? (this.getAttribute("language") ?? "python") : null],
        ["lang", this.getAttribute("lang") ?? document.documentElement.lang.slice(0, 2)],
        ["theme", this.getAttribute("theme")],
      ] as const) {
        if (value) address.searchParams.set(name, value);
      }
      return address;
    }

    /** To that frame of that site alone, when it says that it listens. */
    #giveCode(frame: HTMLIFrameElement, origin: string, code: string): void {
      window.addEventListener("message", (event) => {
        if (event.source !== frame.contentWindow || event.origin !== origin) return;
        if (event.data?.type === READY)
          frame.contentWindow?.postMessage({ type: CODE, code }, origin);
      });
    }
  }

  if (!customElements.get("code-runner")) customElements.define("code-runner", CodeRunner);
})();

/** How a program comes into the frame from the page around it. */

const READY = "code-runner:ready";
const CODE = "code-runner:code";
const FRAGMENT = "#code=";

/**
 * From the address (`#code=` and the text, percent-encoded), or from the page around this frame,
 * which is asked for it. Only that page is listened to, once; its text is shown, and never run
 * before somebody presses Run. Null: too large, or no text.
 */
export function inlineCode(mostBytes: number): Promise<string | null> {
  const fits = (text: string) => new TextEncoder().encode(text).length <= mostBytes;
  if (location.hash.startsWith(FRAGMENT)) {
    const text = decoded(location.hash.slice(FRAGMENT.length));
    return Promise.resolve(text !== null && fits(text) ? text : null);
  }
  if (window.parent === window) return Promise.resolve(null);
  return new Promise((resolve) => {
    const take = ({ source, data }: MessageEvent) => {
      if (source !== window.parent || data?.type !== CODE) return;
      window.removeEventListener("message", take);
      const { code } = data as { readonly code: unknown };
      resolve(typeof code === "string" && fits(code) ? code : null);
    };
    window.addEventListener("message", take);
    // Says nothing but that it is there, so any page may read it.
    window.parent.postMessage({ type: READY }, "*");
  });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

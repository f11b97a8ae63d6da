import { at } from "../common/base/paths";
import { dateTime } from "../common/i18n/dates";

const YEAR_SECONDS = 365 * 24 * 3600;

/**
 * Tells the server the reader's time zone, by a cookie. If the cookie is new, the server did not
 * know the zone when it wrote this page, so the times of this page are written again.
 */
export function useLocalTimes(): void {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const cookie = `timezone=${zone}`;
  if (!zone || document.cookie.split("; ").includes(cookie)) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs HTTPS.
  document.cookie = `${cookie}; path=${at("/")}; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    element.textContent = dateTime(element.dateTime);
    element.title = dateTime(element.dateTime, true);
  }
}

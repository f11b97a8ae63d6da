import { locale } from "./locale";

/** A rough relative time; the date, in the reader's time zone, if it is more than a day ago. */
export function ago(iso: string, now: number): string {
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (!(minutes >= 1)) return relative.format(0, "second");
  if (minutes < 60) return relative.format(-minutes, "minute");
  if (minutes < 24 * 60) return relative.format(-Math.floor(minutes / 60), "hour");
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(iso));
}

/** Date and minute in the reader's time zone and language; with `seconds`, also the zone. */
export function dateTime(iso: string, seconds = false): string {
  const style: Intl.DateTimeFormatOptions = seconds
    ? { dateStyle: "medium", timeStyle: "long" }
    : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(locale(), style).format(new Date(iso));
}

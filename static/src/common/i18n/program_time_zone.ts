const ZONE = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const MOST_CHARACTERS = 64;

/**
 * The student's time zone, as `start_interactive` takes it. Nothing where the browser knows none, or
 * knows it by another name than IANA's: programs then have the site's.
 */
export function programTimeZone(): { readonly timezone?: string } {
  const zone: string | undefined = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone && zone.length <= MOST_CHARACTERS && ZONE.test(zone) ? { timezone: zone } : {};
}

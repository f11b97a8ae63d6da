import { afterEach, describe, expect, it, vi } from "vitest";
import { programTimeZone } from "./program_time_zone";

function zoneOfBrowser(timeZone: string | undefined): void {
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({
    timeZone,
  } as Intl.ResolvedDateTimeFormatOptions);
}

describe("the time zone of a program", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each(["Europe/Berlin", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "EST5EDT"])(
    "is the browser's: %s",
    (zone) => {
      zoneOfBrowser(zone);
      expect(programTimeZone()).toEqual({ timezone: zone });
    },
  );

  it.each([undefined, "", "+02:00", "../etc", "Europe/", "Europe/Berlin\n", `A${"a".repeat(64)}`])(
    "is the site's when the browser says %j",
    (zone) => {
      zoneOfBrowser(zone);
      expect(programTimeZone()).toEqual({});
    },
  );
});

import { describe, expect, it } from "vitest";
import { unavailable } from "./passkey";

describe("whether a page can use passkeys", () => {
  it.each([
    [true, "code.example.org", true, null],
    [true, "localhost", true, null],
    [false, "code.example.org", true, "insecure"],
    [false, "192.168.0.7", false, "insecure"],
    [true, "127.0.0.1", true, "insecure"],
    [true, "[::1]", true, "insecure"],
    [true, "code.example.org", false, "missing"],
  ])("secure %s, host %s, supported %s: %s", (secure, host, supported, expected) => {
    expect(unavailable(secure, host, supported)).toBe(expected);
  });
});

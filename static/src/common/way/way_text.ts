import type { PolledRefusal } from "../../protocol.gen";
import { t } from "../i18n/translate";

/** Why no terminal was opened by requests. */
export type OpenFailure =
  /** The site refuses, and says why. */
  | { readonly kind: "refused"; readonly refusal: PolledRefusal }
  /** The site is busy, or is being restarted. */
  | { readonly kind: "unavailable"; readonly status: number }
  /**
   * Something else answers in its place: the page of a filter, or of a network's sign-in. The status
   * is 0 for a redirect.
   */
  | { readonly kind: "intercepted"; readonly status: number }
  | { readonly kind: "unreachable" };

export interface WayText {
  readonly text: string;
  /** For whoever runs the site or its network; empty where they have nothing to do. */
  readonly advice: string;
}

/** `site`: its address, for the advice. */
export function failureText(failure: OpenFailure, site: string): WayText {
  switch (failure.kind) {
    case "refused":
      return { text: failure.refusal.error.message, advice: failure.refusal.advice };
    case "unavailable":
      return {
        text: t("way.unavailable"),
        advice: t("way.unavailable_advice", { site, status: failure.status }),
      };
    case "intercepted":
      return {
        text: t("way.intercepted"),
        advice: t("way.intercepted_advice", { site, status: failure.status || t("way.redirect") }),
      };
    case "unreachable":
      return { text: t("way.unreachable"), advice: t("way.unreachable_advice", { site }) };
  }
}

/** Requests do the work of a WebSocket. */
export function pollsText(site: string): WayText {
  return { text: t("way.polls"), advice: t("way.polls_advice", { site }) };
}

/** Whether it may end by itself: then it is told only when it lasts. */
export function mayPass({ kind }: OpenFailure): boolean {
  return kind === "unavailable" || kind === "unreachable";
}

/** The page leads such a user to sign in; nothing is wrong on the way. */
export function isSignedOut(failure: OpenFailure): boolean {
  return failure.kind === "refused" && failure.refusal.error.code === "signed_out";
}

/** Django's CSRF token. The cookie is newer than the page if the user signed in again. */
export function csrfToken(): string {
  const cookie = /(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  const meta = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]");
  return cookie ?? meta?.content ?? "";
}

let chosen = "en";

/**
 * `tag` is the page's <html lang>, `preferred` are the reader's languages: the first one of the
 * page's language tells how they write dates and numbers (`en-GB` and `en-US` differ).
 */
export function useLocale(tag: string, preferred: readonly string[] = []): void {
  const language = tag.split("-")[0]?.toLowerCase() ?? "";
  chosen = preferred.find((each) => each.split("-")[0]?.toLowerCase() === language) ?? tag;
}

/** For `Intl`. */
export function locale(): string {
  return chosen;
}

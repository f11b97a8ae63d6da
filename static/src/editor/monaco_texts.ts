import { locale } from "../common/i18n/locale";

/**
 * Loads Monaco's own texts in the page's language: Monaco reads them when it is evaluated, so they
 * have to be there before it is imported. Without them it is in English.
 */
export async function loadMonacoTexts(): Promise<void> {
  if (!locale().startsWith("de")) return;
  await import("monaco-editor/nls/lang/de.js").catch(() => undefined);
}

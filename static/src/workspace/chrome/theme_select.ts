import { t } from "../../common/i18n/translate";
import { THEME_CHOICES, type ThemeChoice } from "../../protocol.gen";
import type { PreferencesStore } from "./preferences_store";
import { byTestId } from "./widgets/dom";

/** Connects the theme menu of the page's header with the preferences. */
export function bindThemeSelect(preferences: PreferencesStore): void {
  const select = byTestId<HTMLSelectElement>("theme");
  const show = () => {
    select.value = preferences.chosen.theme;
  };
  select.replaceChildren(...THEME_CHOICES.map((id) => new Option(t(`theme.${id}`), id)));
  show();
  select.addEventListener("change", () => preferences.setTheme(select.value as ThemeChoice));
  preferences.onDidChange(show);
}

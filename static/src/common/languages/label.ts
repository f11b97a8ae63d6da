import type { LanguageOption } from "../../protocol.gen";

/** Name and version; a name may have the version already, where several are offered. */
export function languageLabel({ name, version }: Pick<LanguageOption, "name" | "version">): string {
  return version === "" || name.includes(version) ? name : `${name} ${version}`;
}

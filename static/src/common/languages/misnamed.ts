import type { LanguageOption } from "../../protocol.gen";
import type { RunError } from "./last_error";

/**
 * What the file of an error must be called, as its compiler says: Java wants a public class in a file
 * of its name. Null: it says nothing of that, or there is such a file.
 */
export function properPath(
  { path, message }: Pick<RunError, "path" | "message">,
  { misnamed }: Pick<LanguageOption, "misnamed">,
  paths: readonly string[],
): string | null {
  const name = misnamed === "" ? undefined : new RegExp(misnamed).exec(message)?.groups?.name;
  if (name === undefined) return null;
  const proper = path.slice(0, path.lastIndexOf("/") + 1) + name;
  return paths.includes(proper) ? null : proper;
}

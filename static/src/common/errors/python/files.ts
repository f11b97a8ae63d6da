import { type Explanation, type Fault, say } from "../fault";
import { mostSimilar } from "../similar";

const OFFLINE =
  /Temporary failure in name resolution|Name or service not known|Network is unreachable|No address associated|urlopen error|Failed to establish a new connection|Max retries exceeded/;

/** Of an OSError: files, and the network. */
export function explainFile(fault: Fault): Explanation | null {
  const { name, message } = fault;
  if (OFFLINE.test(message)) return say("network.none");
  const path = /: ['"](.{1,200})['"]$/.exec(message)?.[1] ?? "";
  switch (name) {
    case "FileNotFoundError":
      return missing(path, fault);
    case "IsADirectoryError":
      return say("file.folder", { path });
    case "NotADirectoryError":
      return say("file.no_folder", { path });
    case "FileExistsError":
      return say("file.exists", { path });
    case "PermissionError":
      return say("file.permission", { path });
    default:
      return /No space left/.test(message) ? say("file.no_space") : null;
  }
}

function missing(path: string, { files }: Fault): Explanation {
  if (/^[A-Za-z]:[\\/]/.test(path))
    return say("file.windows", { path: path.replaceAll("\\\\", "\\") });
  const paths = files.map((file) => file.path);
  const found = paths.find((one) => one.endsWith(`/${path}`) || path.endsWith(`/${one}`));
  const suggestion = found ?? mostSimilar(path, paths);
  if (suggestion) return say("file.similar", { path, suggestion });
  return say("file.missing", { path });
}

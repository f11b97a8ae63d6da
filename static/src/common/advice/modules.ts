import { ownModules } from "../problems/found_problems";
import type { Advice, Forbidden, Surroundings } from "./rule";
import { type Import, isGuarded, type Source } from "./source";
import { STANDARD_LIBRARY } from "./standard_library";
import { text } from "./texts";

/** Of Windows alone: as runner/languages/python_causes.py has them. */
export const OF_WINDOWS: ReadonlySet<string> = new Set(
  `_winapi _winreg comtypes keyboard msilib msvcrt nt pythoncom pywin32 pywintypes win10toast
   win32api win32clipboard win32com win32con win32console win32event win32file win32gui win32process
   win32service winreg winrt winsound wmi`.split(/\s+/),
);
const NAMES_OF_WINDOWS: ReadonlySet<string> = new Set([
  "ctypes.windll",
  "ctypes.WinDLL",
  "os.add_dll_directory",
  "os.startfile",
  "sys.getwindowsversion",
]);
/** They open windows: a run needs a screen for them. */
const WITH_WINDOWS: ReadonlySet<string> = new Set(["Tkinter", "_tkinter", "tkinter", "turtle"]);
/** What cannot do anything without the internet. */
const INTERNET: ReadonlySet<string> = new Set(
  `aiohttp boto3 discord ftplib http.client httpx imaplib nntplib openai paramiko poplib praw pytube
   requests smtplib telegram telnetlib tweepy urllib.request urllib2 urllib3 wikipedia yfinance
   yt_dlp`.split(/\s+/),
);

/** The dotted names that an import may mean: `os` and `os.path`. */
function meant({ module, member }: Import): string[] {
  const names = module.split(".").map((_, index, parts) => parts.slice(0, index + 1).join("."));
  return member === null || module.endsWith(".") ? names : [...names, `${module}.${member}`];
}

function top({ module }: Import): string {
  return module.split(".")[0] ?? "";
}

/** Not of the program's own files, which come first. */
function* foreign(source: Source, { files }: Surroundings): Generator<Import> {
  const own = new Set(ownModules(files.map(({ path }) => path)));
  for (const each of source.imports) {
    if (!each.module.startsWith(".") && !own.has(top(each))) yield each;
  }
}

/** What only Windows has. */
export function* windowsOnly(source: Source, around: Surroundings): Generator<Advice> {
  const kind = "windows_only";
  for (const each of foreign(source, around)) {
    const name = meant(each).find((one) => OF_WINDOWS.has(one) || NAMES_OF_WINDOWS.has(one));
    if (!name || isGuarded(source, each.node)) continue;
    yield { kind, node: each.node, message: text("windows_only", { name }) };
  }
  for (const call of source.calls) {
    const called = source.callee(call) ?? "";
    const name = [...NAMES_OF_WINDOWS].find(
      (one) => called === one || called.startsWith(`${one}.`),
    );
    if (!name || isGuarded(source, call)) continue;
    yield { kind, node: call, message: text("windows_only", { name }) };
  }
}

/** Modules that nobody here can import. */
export function* absentModules(source: Source, around: Surroundings): Generator<Advice> {
  const kind = "module_missing";
  for (const each of foreign(source, around)) {
    const name = top(each);
    if (OF_WINDOWS.has(name) || isGuarded(source, each.node)) continue;
    if (WITH_WINDOWS.has(name)) {
      if (around.windows) continue;
      yield { kind, node: each.node, message: text("needs_window", { name }) };
    } else if (
      around.installed &&
      !STANDARD_LIBRARY.has(name) &&
      !around.installed.includes(name)
    ) {
      const message = text("module_missing", { name });
      yield { kind, node: each.node, message, more: text("module_missing_more") };
    }
  }
}

/** What needs the internet, which programs here do not have. */
export function* internet(source: Source, around: Surroundings): Generator<Advice> {
  for (const each of foreign(source, around)) {
    const name = meant(each).find((one) => INTERNET.has(one));
    if (!name || isGuarded(source, each.node)) continue;
    const message = text("network", { name });
    yield { kind: "network", node: each.node, message, more: text("network_more") };
  }
}

/** What the operator of the site, or the teacher of a class, does not allow. */
export function* forbidden(
  source: Source,
  { forbidden: { modules, calls } }: { readonly forbidden: Forbidden },
): Generator<Advice> {
  const kind = "forbidden";
  for (const each of source.imports) {
    const name = meant(each).find((one) => modules.includes(one) || calls.includes(one));
    if (name) yield { kind, node: each.node, message: text("forbidden_module", { name }) };
  }
  for (const call of source.calls) {
    const name = source.callee(call);
    if (!name) continue;
    const plain = name.replace(/^builtins\./, "");
    if (calls.includes(plain)) {
      yield { kind, node: call, message: text("forbidden_call", { name: plain }) };
    }
  }
}

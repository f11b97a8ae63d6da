import { byRules, type Explanation, type Fault, type Rule, say } from "../fault";
import { mostSimilar } from "../similar";
import { shadowed } from "./attributes";
import { HOME_OF, MODULES, namesOf } from "./known";

const WINDOWS = new Set("msvcrt winreg winsound win32api win32gui wmi keyboard".split(" "));
const WINDOWED = new Set("tkinter turtle Tkinter _tkinter".split(" "));

const RULES: readonly Rule[] = [
  [
    /^No module named '?([\w.]+)'?; '([\w.]+)' is not a package/,
    ([, name = "", module = ""], fault) =>
      extension(name, fault) ?? shadowed(module, fault) ?? say("module.no_package", { module }),
  ],
  [/^No module named '?([\p{L}\p{N}_.]+)'?/u, ([, name = ""], fault) => missing(name, fault)],
  [
    /^cannot import name '(\w+)' from partially initialized module '([\w.]+)'/,
    ([, name = "", module = ""], fault) =>
      shadowed(module, fault) ?? say("module.circular", { module, name }),
  ],
  [
    /^cannot import name '(\w+)'(?: from '([\w.]+)')?/,
    ([, name = "", module = ""], fault) => noName(name, module, fault),
  ],
  // As our own modules in place of tkinter and turtle say it.
  [
    /^(\w{1,50}) (?:opens windows|draws in a window), but/,
    ([, name = ""]) => say("module.window", { name }),
  ],
  [/^attempted relative import/, () => say("import.relative")],
];

export function explainImport(fault: Fault): Explanation | null {
  return byRules(RULES, fault);
}

/** `import helper.py` */
function extension(name: string, { files }: Fault): Explanation | null {
  const path = `${name.slice(0, -".py".length)}.py`;
  const own = name.endsWith(".py") && files.some((file) => file.path === path);
  return own ? say("module.extension", { name, module: path.replace(/\.py$/, "") }) : null;
}

function missing(name: string, fault: Fault): Explanation {
  const [top = name] = name.split(".");
  const own = ownModules(fault);
  if (WINDOWS.has(top)) return say("module.windows", { name: top });
  if (WINDOWED.has(top)) return say("module.window", { name: top });
  const modules = [...own, ...MODULES];
  if (name.includes(".") && modules.includes(top)) return say("module.part", { module: top, name });
  const suggestion = mostSimilar(top, modules);
  if (suggestion && own.includes(suggestion)) {
    return say("module.own_similar", { name: top, suggestion });
  }
  if (suggestion) return say("module.similar", { name: top, suggestion });
  return say("module.missing", { name: top });
}

/** The names by which a program may import its own files. */
function ownModules({ files }: Fault): string[] {
  const modules = files.filter(({ path }) => path.endsWith(".py"));
  return modules.map(({ path }) => (path.split("/")[0] ?? "").replace(/\.py$/, ""));
}

function noName(name: string, module: string, fault: Fault): Explanation {
  const shadow = shadowed(module, fault);
  if (shadow) return shadow;
  const own = fault.files.find(({ path }) => path === `${module}.py`);
  if (own) {
    const names = [
      ...own.content.matchAll(
        /^(?:def|class)\s+([\p{L}_][\p{L}\p{N}_]*)|^([\p{L}_][\p{L}\p{N}_]*)\s*=/gmu,
      ),
    ];
    const suggestion = mostSimilar(
      name,
      names.map(([, one, two]) => one ?? two ?? ""),
    );
    return suggestion
      ? say("import.similar", { name, module, suggestion })
      : say("import.own_name", { name, path: own.path });
  }
  const home = HOME_OF.get(name);
  if (home && home !== module) return say("import.other_module", { name, module, home });
  const told = /Did you mean: '(\w{1,100})'/.exec(fault.message)?.[1];
  const suggestion = told ?? mostSimilar(name, namesOf(module));
  if (suggestion) return say("module.name_similar", { module, name, suggestion });
  return say("import.name", { name, module });
}

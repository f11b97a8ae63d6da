/** Modules that come with every Python, and that beginners meet. */
export const MODULES: ReadonlySet<string> = new Set(
  "abc argparse array ast asyncio base64 bisect calendar cmath cmd collections colorsys concurrent configparser contextlib copy csv ctypes curses dataclasses datetime decimal difflib email enum fractions functools getpass glob gzip hashlib heapq html http importlib inspect io itertools json keyword locale logging math multiprocessing numbers operator os pathlib pickle platform pprint queue random re readline secrets shutil signal socket sqlite3 statistics string struct subprocess sys tempfile textwrap threading time timeit tkinter token tokenize tomllib traceback turtle types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo".split(
    " ",
  ),
);

const FUNCTIONS: Readonly<Record<string, string>> = {
  math: "sqrt sin cos tan pi floor ceil log log10 exp factorial gcd radians degrees hypot",
  random: "randint choice choices shuffle uniform randrange sample",
  time: "sleep perf_counter strftime",
  datetime: "timedelta",
  statistics: "mean median stdev",
  os: "listdir getcwd",
  string: "ascii_lowercase ascii_uppercase ascii_letters digits punctuation",
  collections: "Counter defaultdict deque namedtuple OrderedDict",
  itertools: "permutations combinations product cycle",
  json: "loads dumps",
  copy: "deepcopy",
  functools: "reduce lru_cache",
  pathlib: "Path",
  decimal: "Decimal",
  fractions: "Fraction",
  dataclasses: "dataclass",
  enum: "Enum",
  sys: "argv stdin stdout",
};

/** In which module a name is that nearly everybody uses. */
export const HOME_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(FUNCTIONS).flatMap(([module, names]) =>
    names.split(" ").map((name) => [name, module] as const),
  ),
);

/** What modules have that beginners meet: the names that nearly everybody uses. */
export function namesOf(module: string): readonly string[] {
  const names = Object.hasOwn(FUNCTIONS, module) ? FUNCTIONS[module] : undefined;
  return names?.split(" ") ?? [];
}

export const BUILTINS: readonly string[] =
  "abs all any ascii bin bool bytearray bytes callable chr classmethod complex dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash help hex id input int isinstance issubclass iter len list locals map max min next object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip True False None Exception ValueError TypeError KeyError IndexError NameError ZeroDivisionError FileNotFoundError".split(
    " ",
  );

/** How other languages write Python's constants. */
export const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["true", "True"],
  ["TRUE", "True"],
  ["false", "False"],
  ["FALSE", "False"],
  ["none", "None"],
  ["NONE", "None"],
  ["null", "None"],
  ["NULL", "None"],
  ["Null", "None"],
  ["nil", "None"],
  ["undefined", "None"],
]);

/** Functions that Python 3 has not: what takes their place. */
export const PYTHON_2: ReadonlyMap<string, string> = new Map([
  ["raw_input", "input"],
  ["xrange", "range"],
  ["unicode", "str"],
  ["basestring", "str"],
  ["unichr", "chr"],
  ["long", "int"],
]);

/** What other languages have: what takes its place. */
export const FOREIGN_NAMES: ReadonlyMap<string, string> = new Map([
  ["console", "print(…)"],
  ["System", "print(…)"],
  ["Console", "print(…)"],
  ["cout", "print(…)"],
  ["echo", "print(…)"],
  ["println", "print(…)"],
  ["alert", "print(…)"],
  ["document", "print(…)"],
  ["printf", 'print(f"…")'],
  ["scanf", "input()"],
  ["cin", "input()"],
  ["prompt", "input(…)"],
  ["length", "len(…)"],
  ["strlen", "len(…)"],
  ["size", "len(…)"],
  ["parseInt", "int(…)"],
  ["parseFloat", "float(…)"],
  ["Integer", "int"],
  ["boolean", "bool"],
  ["string", "str"],
  ["String", "str"],
  ["char", "str"],
  ["double", "float"],
  ["Math", "math"],
  ["this", "self"],
]);

/** What the module `datetime` has in a class of the same name. */
export const OF_DATETIME: ReadonlySet<string> = new Set(
  "now today utcnow strptime fromtimestamp fromisoformat combine".split(" "),
);

const LIST = "append clear copy count extend index insert pop remove reverse sort".split(" ");
const STR =
  "capitalize casefold center count encode endswith expandtabs find format index isalnum isalpha isdecimal isdigit islower isnumeric isspace istitle isupper join ljust lower lstrip partition replace rfind rindex rjust rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill".split(
    " ",
  );
const DICT = "clear copy fromkeys get items keys pop popitem setdefault update values".split(" ");
const SET =
  "add clear copy difference discard intersection isdisjoint issubset issuperset pop remove union update".split(
    " ",
  );
const FILE = "close flush read readline readlines seek tell write writelines".split(" ");

/** What values of a type can do. */
export const METHODS: Readonly<Record<string, readonly string[]>> = {
  list: LIST,
  str: STR,
  dict: DICT,
  set: SET,
  tuple: ["count", "index"],
  int: ["bit_length", "to_bytes", "from_bytes", "conjugate"],
  float: ["is_integer", "hex", "as_integer_ratio"],
  TextIOWrapper: FILE,
  _io: FILE,
};

/** What other languages call it: how Python writes it. */
export const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  list: {
    push: "append(…)",
    add: "append(…)",
    addLast: "append(…)",
    push_back: "append(…)",
    delete: "remove(…)",
    removeAt: "pop(…)",
    contains: "… in …",
    includes: "… in …",
    has: "… in …",
    indexOf: "index(…)",
    find: "index(…)",
    join: '", ".join(…)',
    split: "text.split()",
    sum: "sum(…)",
    max: "max(…)",
    min: "min(…)",
    map: "[… for … in …]",
    forEach: "for … in …:",
    get: "[…]",
    keys: "range(len(…))",
    upper: "[word.upper() for word in …]",
    lower: "[word.lower() for word in …]",
    replace: "[word.replace(…) for word in …]",
    strip: "[word.strip() for word in …]",
  },
  str: {
    append: "text = text + …",
    add: "text = text + …",
    push: "text = text + …",
    contains: "… in …",
    includes: "… in …",
    indexOf: "find(…)",
    toUpperCase: "upper()",
    uppercase: "upper()",
    toLowerCase: "lower()",
    lowercase: "lower()",
    trim: "strip()",
    charAt: "[…]",
    substring: "[from:to]",
    substr: "[from:to]",
    slice: "[from:to]",
    reverse: "[::-1]",
    sort: "sorted(…)",
    startsWith: "startswith(…)",
    endsWith: "endswith(…)",
    concat: "… + …",
    replaceAll: "replace(…)",
    toString: "str(…)",
    sum: "sum(…)",
    remove: 'replace(…, "")',
  },
  dict: {
    has_key: "… in …",
    contains: "… in …",
    append: "dictionary[key] = value",
    add: "dictionary[key] = value",
    push: "dictionary[key] = value",
    remove: "pop(key)",
    delete: "pop(key)",
    sort: "sorted(…)",
    iteritems: "items()",
    put: "dictionary[key] = value",
  },
  set: {
    append: "add(…)",
    push: "add(…)",
    contains: "… in …",
    delete: "discard(…)",
    sort: "sorted(…)",
  },
  tuple: {
    append: "numbers = numbers + (value,)",
    add: "numbers = numbers + (value,)",
    sort: "sorted(…)",
    remove: "list(…)",
    reverse: "[::-1]",
  },
  int: {
    toString: "str(…)",
    upper: "str(…)",
    split: "str(…)",
    isdigit: "str(…)",
    strip: "str(…)",
    lower: "str(…)",
  },
  float: {
    toString: "str(…)",
    upper: "str(…)",
    split: "str(…)",
    isdigit: "str(…)",
  },
};

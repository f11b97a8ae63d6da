// size: one table of programs, with what is said of each
import { parser } from "@lezer/python";
import { describe, expect, it } from "vitest";
import { adviseOn, type Surroundings } from "./advice";
import { mayWrite } from "./files";

const NOTHING: Surroundings = {
  files: [{ path: "main.py", content: "" }],
  installed: ["numpy", "pandas", "requests"],
  writers: [],
  windows: false,
  forbidden: { modules: [], calls: [] },
  off: [],
};

function advised(content: string, around: Partial<Surroundings> = {}): string[] {
  const file = { path: "main.py", content };
  const root = parser.parse(content).topNode;
  return adviseOn(file, root, { ...NOTHING, ...around }).map(
    ({ code, from, to }) => `${code}: ${content.slice(from, to)}`,
  );
}

describe("network", () => {
  it.each([
    ["import requests", "requests"],
    ["import urllib.request", "urllib"],
    ["from urllib.request import urlopen", "urlopen"],
    ["from urllib import request", "request"],
    ["from urllib import parse, request as r", "request"],
    ["import http.client as c", "http"],
  ])("%s", (line, at) => {
    expect(advised(`${line}\n`)).toEqual([`network: ${at}`]);
  });

  it.each([
    "import urllib.parse",
    "from urllib.parse import quote",
    "import http.server",
    "try:\n    import requests\nexcept ImportError:\n    requests = None",
    "from .requests import get",
  ])("not for %j", (line) => {
    expect(advised(`${line}\n`)).toEqual([]);
  });

  it("not for a file of the program with such a name", () => {
    const files = [...NOTHING.files, { path: "requests.py", content: "" }];
    expect(advised("import requests\n", { files })).toEqual([]);
  });
});

describe("eval of input", () => {
  it.each([
    "eval(input())",
    "x = eval(input('? '))",
    "print(eval(input().strip()))",
    "exec(input())",
    "a = input()\nb = eval(a)",
    "import builtins\nbuiltins.eval(input())",
    "f = input()\neval(f'{f} + 1')",
    "import sys\neval(sys.stdin.readline())",
  ])("%j", (text) => {
    expect(advised(`${text}\n`)[0]).toMatch(/^eval_input: /);
  });

  it.each([
    "x = int(input())",
    "eval('1 + 2')",
    "n = int(input())\neval('n + 1')",
    "n = int(input())\neval(str(n))",
    "import ast\nast.literal_eval(input())",
    "def eval(text):\n    return 1\n\n\neval(input())",
    "def f(eval):\n    eval(input())",
    "model.eval(input())",
  ])("not for %j", (text) => {
    expect(advised(`${text}\n`)).toEqual([]);
  });
});

describe("a shell with input", () => {
  it.each([
    "import os\nos.system('ls ' + input())",
    "from os import system as s\nname = input()\ns(f'cat {name}')",
    "import subprocess as sp\nn = input()\nsp.run('echo ' + n, shell=True)",
    "import subprocess\nsubprocess.getoutput('ls %s' % input())",
  ])("%j", (text) => {
    expect(advised(`${text}\n`)[0]).toMatch(/^shell_input: /);
  });

  it.each([
    "import os\nos.system('clear')",
    "import subprocess\nsubprocess.run(['ls', input()])",
    "import os\nn = int(input())\nos.system('sleep ' + str(n))",
    "import os, shlex\nos.system('ls ' + shlex.quote(input()))",
  ])("not for %j", (text) => {
    expect(advised(`${text}\n`)).toEqual([]);
  });
});

describe("passwords", () => {
  it.each([
    'password = "hunter22"',
    "DB_PASSWORD = 'geheim'",
    "self.passwort = 'abc123'",
    'connect(host="db", password="tiger1")',
    'api_key = "a8f5f167f44f4964e6c998dee827110c"',
    'print("sk-abcdefghijklmnopqrstuvwx")',
    'url = "postgres://ada:lovelace@db/x"',
  ])("%s", (line) => {
    expect(advised(`${line}\n`)).toHaveLength(1);
    expect(advised(`${line}\n`)[0]).toMatch(/^password: /);
  });

  it.each([
    'password = input("Password: ")',
    'password = ""',
    "password = None",
    'prompt_password = "Please enter your password"',
    'token = "+"',
    'token = "identifier"',
    'password_hint = "the dog"',
    'password = "your password"',
    'secret = "word"',
    'password = os.environ["PASSWORD"]',
    'url = "https://example.org/a:b"',
  ])("not for %s", (line) => {
    expect(advised(`${line}\n`)).toEqual([]);
  });
});

describe("endless loops", () => {
  it.each([
    ["while True:\n    x = 1", "while True"],
    ["while 1:\n    pass", "while 1"],
    ["n = 0\nwhile True:\n    n += 1\n    s = str(n)", "while True"],
    ["while True:\n    for i in range(3):\n        break", "while True"],
    ["i = 0\nwhile i < 5:\n    print(i)", "while i < 5"],
    ["i = 0\nall = []\nwhile i < 5:\n    all.append(i)", "while i < 5"],
    ["n = int(input())\na = [0]\nwhile n > 0:\n    a[0] = n", "while n > 0"],
    ["a = b = 1\nwhile not a and b > 2:\n    c = a", "while not a and b > 2"],
  ])("%j", (text, at) => {
    expect(advised(`${text}\n`)).toEqual([`endless_loop: ${at}`]);
  });

  it.each([
    "while True:\n    print('x')",
    "while True:\n    if input() == 'q':\n        break",
    "import time\nwhile True:\n    time.sleep(1)",
    "def f():\n    while True:\n        return 1",
    "def g():\n    n = 0\n    while True:\n        yield n",
    "while True:\n    step()",
    "i = 0\nwhile i < 5:\n    i += 1",
    "i = 0\nwhile i < 5:\n    i, j = i + 1, 2",
    "x = 9\nwhile x > 1:\n    x = x // 2",
    "stack = [1]\nwhile stack:\n    stack.pop()",
    "q = [1]\nwhile q:\n    del q[0]",
    "n = 1\nwhile n:\n    for n in [0]:\n        pass",
    "while (line := next(it)):\n    pass",
    "on = True\ndef stop():\n    global on\n    on = False\nwhile on:\n    stop()",
    "import threading\nwhile True:\n    pass",
    "try:\n    while True:\n        x = a[i]\nexcept IndexError:\n    pass",
    "i = 0\nwhile True:\n    total = numbers[i]\n    i += 1",
    "n = 5\nwhile n != 3:\n    n = int(input())",
    "while 1 < 2:\n    print(1)",
    "while queue.full():\n    x = 1",
    "x = [1]\nwhile x:\n    x[:] = []",
    "n = 3\nwhile n:\n    with open('f') as n:\n        pass",
    "a = []\nb = a\nwhile 5 not in a:\n    b.append(5)",
    "class C:\n    def __bool__(self):\n        return False\nc = C()\nwhile c:\n    pass",
    "def f(a, b):\n    while a:\n        b.clear()",
    "import random\na = [2, 1]\nwhile a != [1, 2]:\n    random.shuffle(a)",
    "a = [0]\nb = a\nwhile a < [5]:\n    b[0] = 5",
  ])("not for %j", (text) => {
    expect(advised(`${text}\n`).filter((one) => one.startsWith("endless"))).toEqual([]);
  });
});

describe("modules", () => {
  it.each([
    ["import flask", "module_missing: flask"],
    ["from flask.views import View", "module_missing: View"],
    ["import os, sys, flask as f", "module_missing: flask"],
    ["import tkinter as tk", "module_missing: tkinter"],
    ["from turtle import *", "module_missing: *"],
    ["import msvcrt", "windows_only: msvcrt"],
    ["from winsound import Beep", "windows_only: Beep"],
    ["import os\nos.startfile('a')", "windows_only: os.startfile('a')"],
    ["import ctypes\nctypes.windll.user32.Beep()", "windows_only: ctypes.windll.user32.Beep()"],
  ])("%j", (text, wanted) => {
    expect(advised(`${text}\n`)).toEqual([wanted]);
  });

  it.each([
    "import numpy as np",
    "import os.path, collections.abc",
    "from __future__ import annotations",
    "try:\n    import msvcrt\nexcept ImportError:\n    pass",
    "import sys\nif sys.platform == 'win32':\n    import msvcrt",
    "import os\nif os.name == 'nt':\n    os.startfile('x')",
    "from . import flask",
  ])("not for %j", (text) => {
    expect(advised(`${text}\n`)).toEqual([]);
  });

  it("not of windows where a run can have a screen", () => {
    expect(advised("import turtle\nimport tkinter\n", { windows: true })).toEqual([]);
  });

  it("not while it is not known what is installed", () => {
    expect(advised("import flask\n", { installed: null })).toEqual([]);
  });

  it("not for files and folders of the program", () => {
    const files = [
      ...NOTHING.files,
      { path: "flask.py", content: "" },
      { path: "a/b.py", content: "" },
    ];
    expect(advised("import flask\nfrom a.b import c\n", { files })).toEqual([]);
  });
});

describe("files that do not exist", () => {
  it.each([
    "open('data.txt')",
    "with open('data.txt', 'r') as f:\n    pass",
    "open('data.txt', encoding='utf-8')",
    "open(file='data.txt', mode='rb')",
    "import pandas as pd\npd.read_csv('data.txt')",
    "from pathlib import Path\nPath('data.txt').read_text()",
    "open('other.txt', 'w')\nopen('data.txt')",
  ])("%j", (text) => {
    expect(advised(`${text}\n`)).toEqual(["file_missing: 'data.txt'"]);
  });

  it.each([
    "open('data.txt', 'w')",
    "open('data.txt', 'w')\nopen('data.txt')",
    "open(name, 'w')\nopen('data.txt')",
    "open(name)",
    "open('/etc/hostname')",
    "open('there.csv')\nopen('./there.csv')",
    "try:\n    f = open('data.txt')\nexcept FileNotFoundError:\n    f = None",
    "import os\nif os.path.exists('data.txt'):\n    open('data.txt')",
    "import os\nif not os.path.exists('data.txt'):\n    raise SystemExit\nopen('data.txt')",
    "import os\nfound = os.path.isfile('data.txt')\nif found:\n    open('data.txt')",
    "def load():\n    return open('data.txt')\ntry:\n    load()\nexcept OSError:\n    pass",
    "import os\nos.chdir('/tmp')\nopen('data.txt')",
    "from pathlib import Path\nPath('data.txt').write_text('')\nPath('data.txt').read_text()",
    "def open(name):\n    pass\n\n\nopen('data.txt')",
  ])("not for %j", (text) => {
    const files = [...NOTHING.files, { path: "there.csv", content: "" }];
    expect(advised(`${text}\n`, { files })).toEqual([]);
  });

  it("not if another file of the program may write it", () => {
    expect(advised("open('data.txt')\n", { writers: ["store.py"] })).toEqual([]);
    expect(advised("open('data.txt')\n", { writers: ["main.py"] })).toHaveLength(1);
  });

  it.each([
    ["open(name, 'w')", true],
    ["open('a b', mode = \"r+b\")", true],
    ["Path('x').write_text('')", true],
    ["open('data.txt')", false],
    ["open('data.txt', 'rb').read()", false],
    ["open('data.txt', encoding='utf-8')", false],
  ])("%j: a file that may write", (text, expected) => {
    expect(mayWrite(text)).toBe(expected);
  });

  it("names the file that was meant", () => {
    const files = [...NOTHING.files, { path: "Data.TXT", content: "" }];
    const content = "open('data.txt')\n";
    const root = parser.parse(content).topNode;
    const [found] = adviseOn({ path: "main.py", content }, root, { ...NOTHING, files });
    expect(found?.more).toContain("Data.TXT");
  });
});

describe("what the site forbids", () => {
  const forbidden = { modules: ["socket", "os.path"], calls: ["eval", "os.system"] };
  it.each([
    "import socket",
    "import socket as s",
    "from socket import socket",
    "import os.path",
    "from os import path",
    "from os import system",
    "eval('1')",
    "import os as o\no.system('ls')",
    "import builtins\nbuiltins.eval('1')",
    "try:\n    import socket\nexcept ImportError:\n    pass",
  ])("%j", (text) => {
    expect(advised(`${text}\n`, { forbidden })[0]).toMatch(/^forbidden: /);
  });

  it.each(["import os", "from os import getcwd", "x.eval(1)", "import sockets_of_mine"])(
    "not for %j",
    (text) => {
      const found = advised(`${text}\n`, { forbidden, installed: null });
      expect(found).toEqual([]);
    },
  );
});

it("leaves out kinds that are not wanted, but not what the site forbids", () => {
  const text = "import requests\nimport socket\n";
  const forbidden = { modules: ["socket"], calls: [] };
  expect(advised(text, { forbidden, off: ["network"] })).toEqual(["forbidden: socket"]);
});

it("offers to leave out a kind, by a fix without edits", () => {
  const content = "import requests\n";
  const [found] = adviseOn({ path: "main.py", content }, parser.parse(content).topNode, NOTHING);
  expect(found?.fix?.edits).toEqual([]);
  expect(found?.severity).toBe("info");
});

it.each([
  "while True:",
  "while",
  "import",
  "from import",
  "from x import (",
  "open(",
  "eval(input(",
  "password = ",
  "def",
  "\ud800\udfff = \ud800",
  "\0\f\r",
  "import a.\nfrom . import\n",
  "os.system(shell=True)",
])("says nothing wrong of half-typed code: %j", (text) => {
  expect(() => advised(text)).not.toThrow();
});

it("bears deep nesting and large files", () => {
  expect(advised("(".repeat(10_000))).toEqual([]);
  expect(advised(`${"[".repeat(3000)}eval(input())${"]".repeat(3000)}\n`)).toHaveLength(1);
  expect(advised("import flask\n".repeat(10_000))).toHaveLength(100);
});

import { expect, it } from "vitest";
import { leavesWindow } from "./leaves_window";

const PROGRAMS: readonly (readonly [string, boolean])[] = [
  ["import turtle\nturtle.forward(9)", true],
  ["from turtle import *\nforward(9)\n# done()", true],
  ["import tkinter as tk\ntk.Tk()", true],
  ["import turtle\nturtle.forward(9)\nturtle.done()", false],
  ["from turtle import *\nforward(9)\nexitonclick()", false],
  ["import tkinter\ntkinter.Tk().mainloop()", false],
  ["import pygame\npygame.init()", false],
  ["print('import turtle')", false],
];

it.each(PROGRAMS)("leaves its window: %j", (content, leaves) => {
  expect(leavesWindow([{ content: "x = 1" }, { content }])).toBe(leaves);
});

import { expect, it } from "vitest";
import { textOf } from "./text_file";

const CP1252 = { text: "Müller;2\n", encoding: "Windows-1252" };

function utf16(text: string, big: boolean): number[] {
  return [...text].flatMap((one) => {
    const code = one.charCodeAt(0);
    return big ? [code >> 8, code & 255] : [code & 255, code >> 8];
  });
}

it.each([
  ["UTF-8", [104, 195, 188, 13, 10, 33], { text: "hü\n!", encoding: "UTF-8" }],
  ["nothing", [], { text: "", encoding: "UTF-8" }],
  ["a byte order mark", [239, 187, 191, 97], { text: "a", encoding: "UTF-8" }],
  ["a NUL", [97, 0], null],
  ["Excel's CSV", [77, 252, 108, 108, 101, 114, 59, 50, 13, 10], CP1252],
  ["UTF-16", [255, 254, ...utf16("é1\r\n", false)], { text: "é1\n", encoding: "UTF-16" }],
  ["UTF-16, big end first", [254, 255, ...utf16("é1", true)], { text: "é1", encoding: "UTF-16" }],
  ["UTF-16 without a mark", utf16("name;2\n", false), { text: "name;2\n", encoding: "UTF-16" }],
  ["an empty UTF-16 file", [255, 254], { text: "", encoding: "UTF-16" }],
  ["half a character of UTF-16", [255, 254, 97], null],
  ["UTF-32", [255, 254, 0, 0, 97, 0, 0, 0], null],
  ["a few bytes that could be UTF-16", [0, 1, 2, 255], null],
  ["a picture", [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13], null],
  ["a picture without a NUL", [255, 216, 255, 224, 16, 74, 70, 73, 70], null],
  ["bytes that Windows-1252 does not have", [97, 129, 141], null],
  [
    "colours of a terminal",
    [27, 91, 51, 49, 109, 228],
    { text: "\u001b[31mä", encoding: "Windows-1252" },
  ],
  ["a page break", [97, 12, 228], { text: "a\fä", encoding: "Windows-1252" }],
])("reads %s", (_name, bytes, wanted) => {
  expect(textOf(new Uint8Array(bytes))).toEqual(wanted);
});

it.each([
  ["ru-RU", [207, 240, 232, 226, 229, 242], "Привет", "Windows-1251"],
  ["el", [195, 229, 233, 220], "Γειά", "Windows-1253"],
  ["pl", [191, 243, 179, 253], "żółý", "Windows-1250"],
  ["ja", [147, 250, 150, 123], "日本", "SHIFT_JIS"],
  ["de-AT", [228], "ä", "Windows-1252"],
])("reads what Windows wrote in the reader's language: %s", (language, bytes, text, encoding) => {
  expect(textOf(new Uint8Array(bytes), [language, "en"])).toEqual({ text, encoding });
});

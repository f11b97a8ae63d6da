import {
  beginnings,
  columnsOf,
  isRightToLeftCode,
  next,
  PREPENDED,
} from "../../common/screen/character_widths";
import type { Internals } from "./internals";

/** What xterm.js keeps of a character while it is read: 24 bits of ours, its columns, and whether it joins. */
type Properties = number;
const BASIC = 0x10000;
const KIND_BITS = 7;
const VERSION = "characters";

const properties = (after: number, joins: boolean): Properties =>
  ((after >> 2) << 3) | (columnsOf(after) << 1) | Number(joins);
const before = (preceding: Properties) => ((preceding >> 3) << 2) | ((preceding >> 1) & 3);

/** Of all terminals of the page: made for the first one. */
let shared: Uint16Array | undefined;
const beginningProperties = () => beginnings().map((after) => properties(after, false));

/** Makes a terminal's cells hold characters as people see them, instead of code points of Unicode 6. */
export function joinCharacters(internals: Internals, rightToLeft: () => void): void {
  const input = internals._inputHandler;
  shared ??= beginningProperties();
  const [begin, prepended] = [shared, PREPENDED];
  let told = false;
  const charProperties = (code: number, preceding: Properties): Properties => {
    if (code < BASIC && preceding >> KIND_BITS !== prepended) {
      const known = begin[code] ?? 0;
      if (known !== 0) return known;
    }
    if (!told && isRightToLeftCode(code)) {
      told = true;
      rightToLeft();
    }
    // After a control sequence nothing is known of what is before; a mark belongs to it.
    const orphan = preceding === 0 && input._activeBuffer.x > 0;
    const { after, joins } = next(before(preceding), code, orphan);
    return properties(after, joins);
  };
  const wcwidth = (code: number) => columnsOf(next(0, code, false).after) as 0 | 1 | 2;
  internals.unicodeService.register({ version: VERSION, wcwidth, charProperties });
  internals.unicodeService.activeVersion = VERSION;
}

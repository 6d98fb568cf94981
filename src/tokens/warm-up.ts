/**
 * Owns the text that shows the scanner every kind of token before a long run. The engine compiles the scan for the
 * paths seen so far and throws that code away at each path that comes up later: on 56 MB of WebRTC this took half of
 * the time of the first pass.
 */
import { createInterner } from "./interner.js";
import { scan } from "./scan.js";
import { createStream } from "./stream.js";

const TEXT = Buffer.from(
  [
    "\xef\xbb\xbf// line \\\n goes on \\ x\n/* block * / \n */ #define A(x, ...) a##x #x ::b->c \\\n  d - e : f \\ g\r\n",
    '#include <a/b.h>\n#include "c.h"\n# include MACRO\n#include <open\n#import <d.h>\n',
    "#error don't \\\n stop\n#warning\n#pragma mark - it's\n#pragma once\n#pragma region x\n#pragma\n#\n#unknown_directive_word x\n#ifdef A\n#elif 1\n",
    "#else\n#endif /* a */ // b\n #if 0 \\\n || 1\n#undef X\n# /* c */ ifndef /* d */ Y\n",
    `"s\\n\\"t" L"w" u8"x" U"y" u"z" R"(a)b" u8R"d(a )" )d" LR"${"toolongdelimiter".repeat(2)}(" x"no" 'c' L'\\'' u8'd' '\\\\'\n`,
    "1'000'000 0x1.8p-3 1e+5 .5 1.. 0b1'0 a.b a...c x->y - > : :: ::: a1 _b $c \xe9t\xe9 we\\\nb\\\r\nc d\\\n e\n",
    "{ } ( ) [ ] ; , = + * & ^ % ! ? ~ | ` @interface @ x @y a#b a##b < > << >> / 5 % \\ \\ \n\f\v\t\0",
    '\'open\n"open\n"cont\\\ninued" "esc\\\r\nx"',
    '\nR"( open raw',
  ].join(""),
  "latin1",
);

const ENDS = [
  "/* open",
  "// open \\",
  "'",
  '"',
  '"\\',
  "#define A",
  "#include <",
  "#",
  "a\\",
  "L",
  'R"',
  "1'",
  ".",
  ":",
  "-",
  "/",
  "\\",
].map((text) => Buffer.from(text));

/** Rounds over the text: enough for every path to be seen by the first compilation. */
const ROUNDS = 6;

/** Scans the text a few times with tables so small that they grow. Takes a few milliseconds, once per thread. */
export function warmUp(): void {
  for (let round = 0; round < ROUNDS; round++) {
    const interner = createInterner(2);
    const stream = createStream(2);
    for (const dialect of ["c", "gas", "nasm"] as const) {
      scan(TEXT, interner, stream, dialect);
      for (const end of ENDS) scan(end, interner, stream, dialect);
    }
  }
}

import { expect, it } from "vitest";

import { cppWords } from "../../../src/api/snapshot/text/cpp-words.js";

it("finds keywords of C++ that a header of C uses as names, and what C++ says otherwise", () => {
  expect(cppWords("struct a { int class; char *restrict new; };\nint f(int template);")).toEqual(["class", "restrict", "new", "template"]);
});

it("reads no comments, texts and directives, and nothing that asks for C++", () => {
  const text = [
    '/* class */ // delete\n#define X "private" \\\n  operator',
    "#ifdef __cplusplus\nnamespace a {\n#if 1\ntemplate <class T>\n#endif\n#else\nint this;\n#endif",
    "#if defined(FOO)\nint try;\n#endif",
  ].join("\n");
  expect(cppWords(text)).toEqual(["try"]);
});

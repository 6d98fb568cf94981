/** Owns how a unit includes the library's headers: those of C that were not written for C++, too. */
import { isCppKeyword } from "../../api/snapshot/text/cpp-words.js";
import { withoutKeyword } from "../plan/keyword-names.js";
import type { FlavorPlan } from "../plan/model.js";

/** What headers of C may include has to be there before, as C++ has it. */
const BEFORE =
  "cassert cctype cerrno cfloat cinttypes climits clocale cmath complex csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime cwchar cwctype";

export function libraryIncludes({ includes, plainC, cppWords }: FlavorPlan): string[] {
  const plain = new Set(plainC);
  const inside = plainC.filter((header) => !includes.includes(header));
  const lines = [...inside, ...includes].map((header) =>
    plain.has(header) ? `extern "C" {\n#include "${header}"\n}` : `#include "${header}"`,
  );
  if (plain.size === 0 && cppWords.length === 0) return lines;
  const before = BEFORE.split(" ").map((name) => `#include <${name}>`);
  if (cppWords.length === 0) return [...before, "", ...lines];
  return [
    ...before,
    "",
    "// What these headers say in words that C++ takes otherwise.",
    ...cppWords.map((word) => `#define ${word} ${replacement(word)}`.trimEnd()),
    ...lines,
    ...cppWords.map((word) => `#undef ${word}`),
  ];
}

const SAID: Readonly<Record<string, string>> = {
  restrict: "__restrict",
  register: "",
  _Bool: "bool",
  _Noreturn: "__attribute__((noreturn))",
  _Static_assert: "static_assert",
};

function replacement(word: string): string {
  return isCppKeyword(word) ? withoutKeyword(word) : (SAID[word] ?? word);
}

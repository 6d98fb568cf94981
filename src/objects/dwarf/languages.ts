/** Owns which languages' types are read: those of C and its kin, whose types of one name are meant to be one type. */
import { SLOT } from "./constants.js";
import type { Entry } from "./entry.js";
import type { TypeLayout } from "./layout.js";
import { numberOf } from "./values.js";

/** DW_LANG_*: C89, C, C99, Objective-C, OpenCL C, C11, C17, C23. */
const C = new Set([0x01, 0x02, 0x0c, 0x10, 0x15, 0x1d, 0x2c, 0x3e]);
/** C++98, Objective-C++, C++03, C++11, C++14, HIP, C++17, C++20, C++23. */
const CPP = new Set([0x04, 0x11, 0x19, 0x1a, 0x21, 0x29, 0x2a, 0x2b, 0x3a]);

/** Units that do not tell a language, as those that `dwz` makes, are read too. */
export function isFamilyC(root: Entry): boolean {
  const language = numberOf(root, SLOT.language);
  return language === undefined || C.has(language) || CPP.has(language);
}

export function languageOf(root: Entry): TypeLayout["language"] {
  return C.has(numberOf(root, SLOT.language) ?? 0) ? "c" : "c++";
}

/** Owns the C and C++ side of flavored Java packages: names of native methods, class paths in strings. */
import { KIND } from "../../tokens/kinds.js";
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { Reading } from "../survey/heads.js";
import type { FlavoredNames } from "./flavored-names.js";
import { classPathInsertions, javaInsertions } from "./java.js";
import { jniPackageEnd, jniSuffix } from "./version-script.js";

/** Whether a file may name one of the packages. */
export function namesPackage(bytes: Buffer, { packages }: FlavoredNames): boolean {
  return bytes.includes("Java_") || packages.some((name) => bytes.includes(name) || bytes.includes(name.replaceAll(".", "/")));
}

/** `Java_org_lib_Foo_bar` becomes `Java_org_lib_1<flavor>_Foo_bar`; `"org/lib/Foo"` and `"org.lib.Foo"` get the suffix behind the package. */
export function nativeInsertions({ stream, bytes }: Reading, names: FlavoredNames): ExtraInsertion[] {
  const { kinds, starts, ends, count } = stream;
  const found: ExtraInsertion[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] !== KIND.identifier && kinds[i] !== KIND.string) continue;
    const start = starts[i] as number;
    if (kinds[i] === KIND.identifier && bytes[start] !== 74) continue;
    const text = Buffer.from(bytes.subarray(start, ends[i])).toString("latin1");
    if (kinds[i] === KIND.identifier) {
      const end = jniPackageEnd(text, names);
      if (end >= 0) found.push({ offset: start + end, text: jniSuffix(names.suffix), names: [] });
    } else {
      const inside = [...classPathInsertions(text, names), ...javaInsertions(text, names)];
      found.push(...inside.map((insertion): ExtraInsertion => ({ offset: start + insertion.offset, text: insertion.text, names: [] })));
    }
  }
  return found;
}

/** That reserved names count as a library's own only where its other names begin alike, and never the toolchain's. */
import { expect, it } from "vitest";

import { ownReserved } from "../../../src/isolate/decide/own-reserved.js";
import type { NamedPlace } from "../../../src/isolate/engine/name-model.js";

const place = (name: string, kind: NamedPlace["kind"] = "function"): NamedPlace => ({ name, kind, file: 0, line: 1, where: "source" });

const family = (begin: string, count: number): NamedPlace[] => Array.from({ length: count }, (_, at) => place(`${begin}${at}`));

it("takes names that begin as twenty others do", () => {
  const places = [...family("archive_read_", 20), ...family("xmlRead", 20), place("__archive_check"), place("__xmlError", "variable")];
  expect([...ownReserved(places)].toSorted()).toEqual(["__archive_check", "__xmlError"]);
});

it("takes reserved names of which there are so many, and two letters in capitals before an underscore", () => {
  const many = family("__gmpn_add_", 21);
  expect([...ownReserved(many)]).toEqual(many.map(({ name }) => name));
  expect([...ownReserved([...family("JS_Free", 20), place("__JS_FreeValue"), ...family("__gmpn_sub_", 20)])]).toEqual(["__JS_FreeValue"]);
});

it("leaves names of fewer, names of another beginning, and types", () => {
  const places = [...family("archive_", 19), place("__archive_check"), ...family("lib_", 30), place("__other_x"), place("__lib_t", "type")];
  expect([...ownReserved(places)]).toEqual([]);
});

it("never takes the toolchain's, whatever the tree is", () => {
  const places = [...family("asan_", 40), ...family("wrap_", 40), place("__asan_init"), place("__wrap_malloc"), place("__cxa_throw")];
  expect([...ownReserved(places)]).toEqual([]);
});

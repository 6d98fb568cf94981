/**
 * Owns which names that begin with `__` are a library's own though the languages reserve them for compilers and systems: those that
 * begin as many of its names do, `__archive_check` beside `archive_…`, `__xmlError` beside `xml…`, `__gmpn_add` beside many `__gmpn_…`.
 */
import type { NamedPlace } from "../engine/name-model.js";

/** So many others that begin alike are a library's. */
const FAMILY = 20;

/** What compilers, their runtime libraries and C libraries call by such names, whatever tree defines it. */
const NOT_OWN = new Set(
  "aeabi asan atomic builtin cfi chk crt cuda cxa dfsan divdi dso emutls errno fini gcc gcov gnu gxx hip hwasan init ioctl kmp kmpc libc llvm lsan malloc memprof msan nptl obj objc orc pthread profile real rtsan sanitizer stack start std stop sync tgt tls tsan ubsan udiv unw unwind wrap xray".split(
    " ",
  ),
);

/** The functions and variables among the places whose names are of that kind. */
export function ownReserved(places: readonly NamedPlace[]): Set<string> {
  const reserved = new Set<string>();
  const all = new Set<string>();
  for (const { name, kind } of places) {
    if (kind === "type" || kind === "enumeration") continue;
    all.add(name);
    if (name.startsWith("__")) reserved.add(name);
  }
  if (reserved.size === 0) return reserved;
  const families = new Map<string, number>();
  for (const name of all) {
    const family = familyOf(name);
    families.set(family, (families.get(family) ?? 0) + 1);
  }
  return new Set([...reserved].filter((name) => isOwn(familyOf(name), families)));
}

function isOwn(family: string, families: ReadonlyMap<string, number>): boolean {
  return family !== "" && !NOT_OWN.has(family.toLowerCase()) && (families.get(family) ?? 0) > FAMILY;
}

/** `archive` of `__archive_check` and `archive_read`, `xml` of `xmlError`; "" where nothing is set off. */
function familyOf(name: string): string {
  const found = /^_*(?:([a-z]{3,}|[A-Z]{3,})(?=_|[A-Z][a-z])|([A-Z]{2})(?=_))/.exec(name);
  return found?.[1] ?? found?.[2] ?? "";
}

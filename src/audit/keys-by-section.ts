/**
 * Owns sections that a linker joins from all objects and that code walks from `__start_X` to `__stop_X`: no name clashes, and who
 * walks it finds the entries of all flavors.
 */
import { loadedSections } from "../objects/sections.js";
import { objectsIn } from "./deep/flavor-objects.js";
import type { Evidence } from "./evidence.js";
import type { Key } from "./keys-by-name.js";
import { placeOf } from "./places.js";

const BOUND = /^__st(?:art|op)_(\w+)$/;

/** What compilers lay out themselves: coverage, profiles, sanitizers. */
const OF_COMPILERS = /^(?:__llvm_|__sanc|__patchable_|asan_|xray_)/;

/** One key for each flavor that has entries in a section which any flavor walks, or walks one itself. */
export function keysBySection(evidence: Evidence): Key[] {
  const walkers = evidence.flavors.map((index) => {
    return new Map(
      [...index.references].flatMap(([name, [first]]) => {
        const section = BOUND.exec(name)?.[1];
        return section === undefined || first === undefined || OF_COMPILERS.test(section) ? [] : [[section, first.object] as const];
      }),
    );
  });
  const walked = new Set(walkers.flatMap((sections) => [...sections.keys()]));
  if (walked.size === 0) return [];
  return evidence.flavors.flatMap((index, at) => {
    const found = new Map(walkers[at]);
    let number = 0;
    for (const object of objectsIn(index)) {
      for (const section of loadedSections(object, walked)) if (!found.has(section)) found.set(section, number);
      number++;
    }
    return [...found].flatMap(([section, object]) => placeOf(index, object).map((place) => keyOf(section, place)));
  });
}

function keyOf(section: string, place: Key["place"]): Key {
  return {
    key: `section ${section}`,
    shown: `section ${section}`,
    place,
    why: "the linker joins this section of both flavors, and who walks it from its start to its end finds the entries of both",
    fix: "give the section a name of its own in one flavor (the policy's `strings`), with its __start_ and __stop_ names",
  };
}

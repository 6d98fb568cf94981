/** Owns the module's face: what src/objects/native-bodies.ts calls. */
import { startBodies } from "./body";
import { startConstants } from "./constants";
import { startNames } from "./names";
import { open as openObject } from "./object";
import { startPlaces } from "./places";
import { startRelocations } from "./relocations";
import { startTargets } from "./target";

export { digest } from "./body";
export { room, roomFor } from "./object";

/** Takes the object whose bytes lie in its room; false for one that is left to the other reader. */
export function open(
  headers: usize,
  sections: i32,
  sectionNames: usize,
  sectionNamesLength: u32,
  entries: usize,
  symbols: i32,
  strings: usize,
  stringsLength: u32,
  classes: usize,
  extended: usize,
  machine: i32,
  budget: f64,
): bool {
  if (!openObject(headers, sections, sectionNames, sectionNamesLength, entries, symbols, strings, stringsLength, classes, extended, machine)) return false;
  startNames();
  startRelocations();
  startPlaces();
  startConstants();
  startTargets();
  startBodies(<i64>budget);
  return true;
}

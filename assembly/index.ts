/** Owns the module's face: what src/tokens/native.ts calls. */
export { find, intern, nameLength, nameStart, openTable, readNames, setRoles, size, writeNames } from "./interner";
export { collect, directivesFound, hitsFound, pastesFound, stands } from "./notable";
export { braceTokens, scan } from "./scan";
export { braces, capacity, directives, ends, hits, ids, kinds, pastes, prepare, starts, values } from "./tokens";
export { take } from "./memory";

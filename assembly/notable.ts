/** Owns the pass over a scanned file's tokens that collects what its readers jump to; src/isolate/decide/file-index.ts says what it is. */
import { PLACE, recordOf, ROLE, STAMP } from "./interner";
import { ARROW, DIRECTIVE, DIRECTIVE_END, IDENTIFIER, PASTE, PUNCTUATION, SCOPE } from "./kinds";
import { tokenCount } from "./scan";
import { directives, hits, ids, kinds, pastes, values } from "./tokens";

let file: u32 = 0;
let hitCount: i32 = 0;
let directiveCount: i32 = 0;
let pasteCount: i32 = 0;

/** Collects them; gives the number of ids. In the list of ids each stands once, as `id << 1 | member`. */
export function collect(): i32 {
  const count = <usize>tokenCount();
  const atKinds = kinds;
  const atValues = values;
  const atIds = ids;
  const atHits = hits;
  const stamp = file + 1;
  let nHits: usize = 0;
  let nDirectives: usize = 0;
  let nPastes: usize = 0;
  let nIds: usize = 0;
  let before: i32 = -1;
  file = stamp;
  for (let i: usize = 0; i < count; i++) {
    const kind = load<u8>(atKinds + i);
    const value = load<i32>(atValues + (i << 2));
    if (kind == IDENTIFIER) {
      const record = recordOf(value);
      if (load<u32>(record, STAMP) != stamp) {
        store<u32>(record, stamp, STAMP);
        store<u32>(record, <u32>nIds, PLACE);
        store<i32>(atIds + (nIds++ << 2), value << 1);
      }
      if (before >= 0 && (before != SCOPE || isOther(i, value))) {
        store<i32>(atIds + (<usize>load<u32>(record, PLACE) << 2), (value << 1) | 1);
      }
      if (load<u8>(record, ROLE) != 0) store<i32>(atHits + (nHits++ << 2), <i32>i);
      before = -1;
    } else if (kind == PUNCTUATION) {
      before = value == 46 || value == ARROW || value == SCOPE ? value : -1;
      if (value == PASTE) store<i32>(pastes + (nPastes++ << 2), <i32>i);
    } else {
      before = -1;
      if (kind == DIRECTIVE || kind == DIRECTIVE_END) store<i32>(directives + (nDirectives++ << 2), <i32>i);
    }
  }
  hitCount = <i32>nHits;
  directiveCount = <i32>nDirectives;
  pasteCount = <i32>nPastes;
  return <i32>nIds;
}

/** `Other::name`, where Other is not the name itself (as in a constructor out of line). */
@inline
function isOther(i: usize, value: i32): bool {
  return i >= 2 && load<u8>(kinds + i - 2) == IDENTIFIER && load<i32>(values + ((i - 2) << 2)) != value;
}

/** Whether the identifier stands in the file collected last. */
export function stands(id: i32): bool {
  return load<u32>(recordOf(id), STAMP) == file;
}

export function hitsFound(): i32 {
  return hitCount;
}

export function directivesFound(): i32 {
  return directiveCount;
}

export function pastesFound(): i32 {
  return pasteCount;
}

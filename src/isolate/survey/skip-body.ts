/** Owns the way over a body, from its brace to the one that ends it, or on from it where a macro ends it. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import type { DeclarationVisitor, State } from "./scope-model.js";

/** Goes on inside an opaque block up to its end or to the token before a preprocessor line; gives the token it stopped at. */
export function skipTokens({ kinds, values, count }: TokenStream, from: number, state: State): number {
  let depth = state.depth;
  let i = from;
  for (; i < count; i++) {
    const kind = kinds[i];
    if (kind === KIND.directive) break;
    if (kind !== KIND.punctuation) continue;
    const value = values[i];
    if (value === BYTE.openBrace) depth++;
    else if (value === BYTE.closeBrace && --depth === 0) break;
  }
  state.depth = depth;
  if (depth > 0) return i - 1;
  if (!state.resume) state.statement.length = 0;
  return i;
}

/** As {@link skipTokens}, from brace to brace; asked with ascending tokens. */
export function braceSkipper({ braces, braceCount, kinds, values, count }: TokenStream): typeof skipTokens {
  let next = 0;
  return (_stream, from, state) => {
    while (next < braceCount && (braces[next] as number) < from) next++;
    let i = count;
    let depth = state.depth;
    for (; next < braceCount; next++) {
      const token = braces[next] as number;
      const value = kinds[token] === KIND.directive ? -1 : values[token];
      if (value === BYTE.openBrace) depth++;
      else if (value === -1 || (value === BYTE.closeBrace && --depth === 0)) {
        i = token;
        break;
      }
    }
    state.depth = depth;
    if (depth > 0) return i - 1;
    if (!state.resume) state.statement.length = 0;
    return i;
  };
}

/** How often the end of a body may be missing in a file. */
export const MOST_RESTARTS = 16;

/** Where the walk goes on when a function's body, which a macro may end, has no end: at the next word that may begin a declaration. */
export function restartBehind({ kinds, count }: TokenStream, { depth, resume, opened }: State, visitor: DeclarationVisitor): number {
  if (depth === 0 || resume || visitor.mayRestart === undefined) return count;
  let i = opened + 1;
  while (i < count && !(kinds[i] === KIND.identifier && visitor.mayRestart(i))) i++;
  return i;
}

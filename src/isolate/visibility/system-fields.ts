/** Owns which arguments of the system's own macros are the names of members or tags: `offsetof`, the lists and trees of <sys/queue.h> and <sys/tree.h>. */

const OFFSETS: ReadonlyMap<string, number> = new Map([
  ["offsetof", 1],
  ["__builtin_offsetof", 1],
  ["container_of", 2],
  ["CONTAINING_RECORD", 2],
  ["FIELD_OFFSET", 1],
]);

const LIST = /^(?:LIST|SLIST|STAILQ|TAILQ|SIMPLEQ|CIRCLEQ)_(\w+)$/;
const TREE = /^(?:RB|SPLAY)_(\w+)$/;

/** By what follows the list's kind: the argument that names the links in an element. */
const LINKS: ReadonlyMap<string, number> = new Map([
  ["NEXT", 1],
  ["REMOVE_AFTER", 1],
  ["REMOVE_HEAD", 1],
  ["INSERT_HEAD", 2],
  ["INSERT_TAIL", 2],
  ["INSERT_AFTER", 2],
  ["INSERT_BEFORE", 2],
  ["FOREACH", 2],
  ["FOREACH_SAFE", 2],
  ["FOREACH_FROM", 2],
  ["LAST", 2],
  ["PREV", 2],
  ["CONCAT", 2],
  ["FOREACH_REVERSE", 3],
  ["FOREACH_REVERSE_SAFE", 3],
]);

/** Whether the argument names a member. */
export function systemField(macro: string, index: number): boolean {
  if (OFFSETS.get(macro) === index) return true;
  const [, list] = LIST.exec(macro) ?? [];
  if (list === undefined) return (TREE.exec(macro)?.[1] ?? "").match(/^(?:PROTOTYPE|GENERATE)/) !== null && index === 2;
  if (list === "REMOVE")
    return macro.startsWith("SLIST") || macro.startsWith("STAILQ") ? index === 3 : index === (macro.startsWith("LIST") ? 1 : 2);
  if (list === "INSERT_BEFORE") return index === (macro.startsWith("CIRCLEQ") ? 2 : 1) || (macro.startsWith("SLIST") && index === 2);
  return LINKS.get(list) === index;
}

/** Whether the argument stands behind `struct`. */
export function systemTag(macro: string, index: number): boolean {
  const list = LIST.exec(macro)?.[1] ?? TREE.exec(macro)?.[1];
  if (list === "HEAD" || list === "PROTOTYPE" || list === "GENERATE") return index <= 1;
  if (list === "ENTRY") return index === 0;
  return list === "REMOVE" && /^S(?:LIST|TAILQ)/.test(macro) && index === 2;
}

/** Owns the text of a name that calls build, and the marks in it: arguments that get the flavor where they stand, members, arguments of several tokens. */

/** Stands behind the text of an argument that gets the flavor where it stands. */
const FLAVORED = "\u0001";

/** Stands before it. */
const BEGINS = "\u0003";

const TOKEN = new RegExp(`${BEGINS}(\\w+)${FLAVORED}`, "g");

/** Stands between `*` and the member `b` of the argument `a->b`. */
const MEMBER = "\u0002";

/** Around an argument of several tokens: the first of them, and behind the mark in the midst what is known of the last. */
const [SEVERAL, SEVERAL_LAST, SEVERAL_END] = ["\u0004", "\u0005", "\u0006"];

/** Of such an argument the first token ends the name, and the last one begins it. */
const LAST_OF_SEVERAL = new RegExp(`${SEVERAL}([^${SEVERAL_LAST}]*)${SEVERAL_LAST}[^${SEVERAL_END}]*${SEVERAL_END}$`);
const SEVERAL_TOKENS = new RegExp(`${SEVERAL}[^${SEVERAL_LAST}]*${SEVERAL_LAST}([^${SEVERAL_END}]*)${SEVERAL_END}`, "g");

/** A member that does not begin the name: what stands before it does. */
const UNUSED = new RegExp(`${MEMBER}\\w*`, "g");

/** What the text of a built name tells. */
export interface NameText {
  readonly name: string;
  /** Whether an argument at the end of the name is a token that gets the flavor where it stands. */
  readonly flavored: boolean;
  /** The same of an argument before the end. */
  readonly flavoredInside: boolean;
  /** Whether more tokens of the last argument stand behind it: nothing can be joined to it there. */
  readonly closed: boolean;
  /** Whether it is a member's: the `b` of an argument `a->b` begins it. */
  readonly member: boolean;
  /** Those arguments. */
  readonly tokens: readonly string[];
  /** Where in the name such arguments end. */
  readonly marks: readonly number[];
}

/** The name as the calls spell it, and where it has the flavor already. */
export function nameText(given: string): NameText {
  const closed = given.endsWith(SEVERAL_END);
  const written = given.includes(SEVERAL) ? given.replace(LAST_OF_SEVERAL, "$1").replaceAll(SEVERAL_TOKENS, "$1") : given;
  const tokens = written.includes(FLAVORED) ? [...written.matchAll(TOKEN)].map((match) => match[1] as string) : NONE;
  const text = written
    .replaceAll(BEGINS, "")
    .replace(`*${MEMBER}`, (found, at: number) => (at === 0 ? "" : found))
    .replaceAll(UNUSED, "");
  return {
    name: text.replaceAll(FLAVORED, ""),
    flavored: text.endsWith(FLAVORED),
    flavoredInside: text.slice(0, -1).includes(FLAVORED),
    closed,
    member: written.startsWith(`*${MEMBER}`),
    tokens,
    marks: text.includes(FLAVORED) ? marksIn(text) : NOWHERE,
  };
}

const NONE: readonly string[] = [];
const NOWHERE: readonly number[] = [];

function marksIn(text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(FLAVORED); at >= 0; at = text.indexOf(FLAVORED, at + 1)) found.push(at - found.length);
  return found;
}

/** The text of an argument that is a word, with the flavor or without; undefined for any other. */
export function plainText(text: string | undefined): string | undefined {
  const bare = text?.replaceAll(BEGINS, "").replaceAll(FLAVORED, "");
  return bare !== undefined && /^\w*$/.test(bare) ? bare : undefined;
}

/** The text of an argument that gets the flavor where it stands. */
export function flavoredText(text: string): string {
  return BEGINS + text + FLAVORED;
}

/** The text of an argument of several tokens: its first one, and what is known of its last. */
export function severalText(first: string, last: string): string {
  return SEVERAL + first + SEVERAL_LAST + last + SEVERAL_END;
}

/** The text of an argument of which at most the `b` of `a->b` is known. */
export function unknownText(member: string | undefined): string {
  return member === undefined ? "*" : `*${MEMBER}${member}`;
}

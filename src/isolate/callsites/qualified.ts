/** Owns the call sites that define or befriend a member of the library's namespace by a qualified name: a using-directive does not count there. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Declaration } from "./declaration.js";
import { bitsOf, type FileView, flavored, headEdit, isOwn, markAt, pathOf, wordAt } from "./file-view.js";
import type { Found } from "./finding.js";
import type { BlockFound } from "./in-namespace.js";
import { NAME } from "./library.js";
import { type NameChain, readChain } from "./name-chain.js";

/** Definitions, instantiations and function specialisations outside of the library's namespaces. */
export function findQualified(view: FileView): Found[] {
  return view.walk.declarations.flatMap(({ declaration, block }) => {
    if (pathOf(view, block) !== undefined) return [];
    return [...qualifiedDefinition(view, declaration), ...(block === undefined ? namespaceAlias(view, declaration) : [])];
  });
}

function qualifiedDefinition(view: FileView, { chain, form, template }: Declaration): Found[] {
  if (form !== "function" && form !== "variable") return [];
  const member = namespaceMember(view, chain);
  if (member === undefined || isAppsMember(view, member)) return [];
  const construct =
    template === "instantiation" ? "explicit-instantiation" : template === "specialisation" ? "specialisation" : "qualified-definition";
  const offset = view.reading.stream.starts[chain.words[0] as number] as number;
  return [{ offset, construct, name: member.name, detail: member.path.join("::"), edit: flavored(view, chain.words[0] as number) }];
}

/** What the application itself has declared there, and the library has not. */
function isAppsMember(view: FileView, { path, name }: { path: readonly string[]; name: string }): boolean {
  return isOwn(view, path, name) && bitsOf(view, path, name) === 0;
}

/** Definitions of what the application itself has declared in the library's namespaces: they move when the declarations do. */
export function ownDefinitions(view: FileView): { root: string; token: number }[] {
  return view.walk.declarations.flatMap(({ declaration: { chain, form }, block }) => {
    if (pathOf(view, block) !== undefined || (form !== "function" && form !== "variable")) return [];
    const member = namespaceMember(view, chain);
    const isOwnOne = member !== undefined && isAppsMember(view, member);
    return isOwnOne ? [{ root: member.path[0] as string, token: chain.words[0] as number }] : [];
  });
}

/** `root::nested::name` where name is no member of a class: the path and the name. */
function namespaceMember(view: FileView, { words }: NameChain): { path: readonly string[]; name: string } | undefined {
  const names = words.map((token) => wordAt(view, token));
  if (names.length < 2 || !view.library.roots.has(names[0] as string)) return undefined;
  let depth = 1;
  while (depth < names.length - 1 && (bitsOf(view, names.slice(0, depth), names[depth] as string) & NAME.namespace) !== 0) depth++;
  if (depth !== names.length - 1) return undefined;
  return { path: names.slice(0, depth), name: names[depth] as string };
}

/** `namespace webrtc = …` where the compatibility header has a namespace of that name itself. */
function namespaceAlias(view: FileView, { form, chain }: Declaration): Found[] {
  const name = wordAt(view, chain.words[0] as number);
  if (form !== "namespace-alias" || chain.words.length > 1 || !view.library.roots.has(name)) return [];
  return [
    {
      offset: view.reading.stream.starts[chain.words[0] as number] as number,
      construct: "namespace-alias",
      name,
      detail: name,
      edit: null,
    },
  ];
}

/** Friend declarations: of functions by a qualified name, and of anything by a plain name inside an opened namespace. */
export function findFriends(view: FileView): { found: Found[]; inBlocks: BlockFound[] } {
  const { stream, words } = view.reading;
  const found: Found[] = [];
  const inBlocks: BlockFound[] = [];
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || stream.values[i] !== words.id.friend) continue;
    const statement = statementFrom(view, i + 1);
    const template = markAt(view, i - 1) === BYTE.greater;
    const qualified = view.kind === "using" ? qualifiedFriend(view, statement, template) : undefined;
    if (qualified !== undefined) found.push(qualified);
    else inBlocks.push(...plainFriend(view, statement, i));
  }
  return { found, inBlocks };
}

interface Statement {
  readonly tokens: readonly number[];
  /** A `{` ends it. */
  readonly body: boolean;
}

function statementFrom(view: FileView, from: number): Statement {
  const tokens: number[] = [];
  for (let i = from; i < view.reading.stream.count && tokens.length < 200; i++) {
    const mark = markAt(view, i);
    if (mark === BYTE.semicolon || mark === BYTE.openBrace) return { tokens, body: mark === BYTE.openBrace };
    tokens.push(i);
  }
  return { tokens: [], body: false };
}

function qualifiedFriend(view: FileView, { tokens }: Statement, template: boolean): Found | undefined {
  const { reading } = view;
  const isClass = reading.words.aggregate.has(reading.stream.values[tokens[0] as number] as number);
  for (let at = 0; at < tokens.length; at++) {
    const starts = markAt(view, tokens[at] as number) === PUNCTUATION.scope || view.library.roots.has(wordAt(view, tokens[at] as number));
    const chain = starts ? readChain(reading, tokens, at) : undefined;
    if (chain === undefined) continue;
    const calls = markAt(view, tokens[chain.end] ?? -1) === BYTE.open;
    const member = calls || (isClass && template) ? namespaceMember(view, chain) : undefined;
    if (member !== undefined) {
      const word = chain.words[0] as number;
      return {
        offset: reading.stream.starts[word] as number,
        construct: "friend",
        name: member.name,
        detail: member.path.join("::"),
        edit: flavored(view, word),
      };
    }
    if (calls) return undefined;
    at = chain.end - 1;
  }
  return undefined;
}

/** `friend class Foo;` and `friend R f(…);` inside an opened namespace befriend something new. */
function plainFriend(view: FileView, { tokens, body }: Statement, at: number): BlockFound[] {
  const block = view.walk.blocks.findLast((candidate) => candidate.brace < at && at < candidate.end);
  const path = pathOf(view, block);
  if (block === undefined || path === undefined || path.includes("") || body) return [];
  const { reading } = view;
  const isClass = reading.words.aggregate.has(reading.stream.values[tokens[0] as number] as number);
  const call = tokens.findIndex((token) => markAt(view, token) === BYTE.open);
  const word = isClass && tokens.length === 2 ? tokens[1] : call > 0 ? tokens[call - 1] : undefined;
  if (word === undefined || markAt(view, word - 1) === PUNCTUATION.scope) return [];
  const name = wordAt(view, word);
  const wanted = isClass && tokens.length === 2 ? NAME.type : NAME.function;
  if ((bitsOf(view, path, name) & wanted) === 0 || isOwn(view, path, name)) return [];
  const offset = reading.stream.starts[word] as number;
  return [{ block, found: { offset, construct: "friend", name, detail: path.join("::"), edit: headEdit(view, block) } }];
}

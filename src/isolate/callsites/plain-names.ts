/** Owns the call sites of names without a namespace: C functions, global classes, their declarations and their names in strings. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { type FileView, flavored, isMemberUse, markAt, wordAt } from "./file-view.js";
import type { Found, TextEdit } from "./finding.js";
import { isLocalUse } from "./local-names.js";

/** Every use of a global name of the library. Names that the application defines itself are its own. */
export function findPlainNames(view: FileView): Found[] {
  const { stream } = view.reading;
  const declared = new Set(
    view.walk.declarations.filter(({ block }) => block === undefined).map(({ declaration }) => declaration.chain.words[0]),
  );
  const declaredHere = new Set([...declared].map((token) => wordAt(view, token ?? -1)));
  const local = localNames(view, declared);
  const found: Found[] = [];
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] === KIND.string) found.push(...symbolString(view, i));
    if (stream.kinds[i] !== KIND.identifier) continue;
    const name = wordAt(view, i);
    const kind = view.library.globals.get(name);
    if (kind === undefined || isAppsOwn(view, name) || isElsewhere(view, i) || stream.kinds[i - 1] === KIND.directive) continue;
    if (!view.library.visible.has(name) && !declaredHere.has(name)) continue;
    if (local.has(name) && !declared.has(i) && isLocalUse(view.reading, i)) continue;
    const construct = declared.has(i) ? "c-declaration" : "c-name";
    found.push({ offset: stream.starts[i] as number, construct, name, detail: name, edit: flavored(view, i) });
  }
  return found;
}

/** Names of the library's functions and variables that the file also gives to a member, a parameter or a local. */
function localNames(view: FileView, declared: ReadonlySet<number | undefined>): ReadonlySet<string> {
  const { stream } = view.reading;
  const found = new Set<string>();
  for (let i = 1; i < stream.count; i++) {
    if (stream.kinds[i] !== KIND.identifier || declared.has(i)) continue;
    const kind = view.library.globals.get(wordAt(view, i));
    if (kind === undefined || kind === "type" || kind === "enumeration") continue;
    const before = wordAt(view, i - 1);
    const isPointed = markAt(view, i - 1) === BYTE.star || markAt(view, i - 1) === BYTE.ampersand;
    if ((before !== "" && !NO_TYPES.has(before)) || isPointed || markAt(view, i - 1) === BYTE.comma) found.add(wordAt(view, i));
  }
  return found;
}

const NO_TYPES: ReadonlySet<string> = new Set(
  "return else case goto throw new delete sizeof not and or do co_return co_await co_yield define undef ifdef ifndef defined".split(" "),
);

function isAppsOwn({ facts }: FileView, name: string): boolean {
  return facts.definedGlobals.has(name);
}

/** A member, or a name of a namespace: `x.name`, `app::name`; `::name` is global. */
function isElsewhere(view: FileView, token: number): boolean {
  return isMemberUse(view, token) || (markAt(view, token + 1) === PUNCTUATION.scope && markAt(view, token - 1) === PUNCTUATION.scope);
}

/** `dlsym(handle, "name")`, and mangled names that hold one of the library's namespaces. */
function symbolString(view: FileView, token: number): Found[] {
  const { stream, bytes } = view.reading;
  const start = stream.starts[token] as number;
  const end = stream.ends[token] as number;
  if (bytes[start] !== 34) return [];
  const text = Buffer.from(bytes)
    .subarray(start + 1, end - 1)
    .toString("latin1");
  const edit = (replaced: string): TextEdit => ({ file: view.file, start: start + 1, end: end - 1, text: replaced });
  if (view.library.globals.has(text) && !isAppsOwn(view, text) && isSymbolLookup(view, token))
    return [{ offset: start, construct: "symbol-string", name: text, detail: text, edit: edit(text + view.suffix) }];
  const mangled = flavoredSymbol(text, view);
  return mangled === undefined || mangled === text
    ? []
    : [{ offset: start, construct: "symbol-string", name: text, detail: text, edit: edit(mangled) }];
}

const LOOKUPS: ReadonlySet<string> = new Set(["dlsym", "dlvsym", "GetProcAddress", "QLibrary", "g_module_symbol", "SDL_LoadFunction"]);

function isSymbolLookup(view: FileView, token: number): boolean {
  for (let i = token - 1; i > token - 12 && i > 0; i--) {
    const mark = markAt(view, i);
    if (mark === BYTE.semicolon || mark === BYTE.openBrace) return false;
    if (mark === BYTE.open && LOOKUPS.has(wordAt(view, i - 1))) return true;
  }
  return false;
}

/** An Itanium-mangled name with each root's `<length><name>` grown by the suffix (Itanium C++ ABI 5.1.3). */
function flavoredSymbol(text: string, { library, suffix }: FileView): string | undefined {
  if (!/^_{1,3}Z[A-Za-z0-9_$.]+$/.test(text)) return undefined;
  return text.replaceAll(/(\d+)([A-Za-z_]\w*)/g, (whole: string, digits: string, rest: string) => {
    const name = rest.slice(0, Number(digits));
    if (!library.roots.has(name)) return whole;
    return `${name.length + suffix.length}${name}${suffix}${rest.slice(name.length)}`;
  });
}

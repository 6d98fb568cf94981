/** Owns tying what names explain, and what they do not, to lines of the source. */
import { readFile, rm } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";

import type { ProofDifference, ProofLine, ProofText, UnitProof } from "../../model/isolation-prove.js";
import { demangleNames } from "../../objects/demangle.js";
import { isAssembler, preprocessArguments } from "./compile-arguments.js";
import { runStep } from "./compile-step.js";
import type { Comparison } from "./comparison.js";
import type { ControlRequest } from "./controls.js";
import { type NameToken, nameTokens } from "./name-tokens.js";
import { referencesTo } from "./references.js";
import { type Place, sourceLines } from "./source-lines.js";
import { SHF } from "./section-kinds.js";
import type { TypeLines } from "./type-lines.js";

/** Places of one unit that are looked up: each is a process. */
const MOST_PLACES = 24;
const MOST_LINES = 32;

/** The unit with lines; `known` are the name tokens where they were read already. */
export async function withLines(
  unit: UnitProof,
  comparison: Comparison,
  request: ControlRequest,
  known: readonly NameToken[] | null,
  types: TypeLines,
): Promise<UnitProof> {
  const speaks = unit.texts.some(({ kind }) => kind === "text") || unit.explained.length > 0;
  const tokens = known ?? (speaks ? await tokensOf(request) : []);
  const differences = await placed(unit.differences, comparison, request);
  const explained = (await placed(unit.explained, comparison, request)).map((one) => narrowed(one, tokens, request));
  const texts: ProofText[] = [];
  for (const text of unit.texts) texts.push({ ...text, lines: await textLines(text, { comparison, request, tokens, types }) });
  const explanation = unit.explanation === null ? null : { ...unit.explanation, lines: speakingLines(tokens, request) };
  return { ...unit, differences, explained, texts, explanation };
}

/** The lines that speak of names: the tree's own, then those of other headers that fill in a caller's place. */
function speakingLines(tokens: readonly NameToken[], request: ControlRequest): ProofLine[] {
  const lines = tokens.map((token) => ({ token: token.token, ...shownLine(token, request) })).filter(({ file }) => !file.startsWith("<"));
  const own = lines.filter(({ file }) => !isAbsolute(file));
  const fillers = lines.filter(({ file, token }) => isAbsolute(file) && token.startsWith("__builtin_"));
  return distinct(
    [...own, ...fillers].map(({ file, line }) => ({ file, line })),
    MOST_LINES,
  );
}

async function tokensOf(request: ControlRequest): Promise<NameToken[]> {
  if (isAssembler(request.after)) return [];
  const file = join(request.folder, "tokens.i");
  const done = await runStep(request.after, request.compiler, preprocessArguments(request.after, request.flags, file));
  if (done.status === "failed") return [];
  const text = await readFile(file, "utf8");
  await rm(file, { force: true });
  return nameTokens(text, `_${request.bare.flavor}`);
}

/** Differences in code with their lines; those in data with the lines of what uses them. */
async function placed(list: readonly ProofDifference[], comparison: Comparison, request: ControlRequest): Promise<ProofDifference[]> {
  const places = list.slice(0, MOST_PLACES).map((one) => placeOf(one, comparison));
  const lines = await linesAt(
    places.flatMap((place) => (place === undefined ? [] : [place])),
    comparison,
    request,
  );
  let next = 0;
  return list.map((one, index) => {
    if (places[index] === undefined) return one;
    return { ...one, lines: lines[next++] ?? [] };
  });
}

function placeOf({ section, symbol, after }: ProofDifference, comparison: Comparison): Place | undefined {
  const pair = comparison.sections.pairs.find(({ before }) => before.name === section && after !== null);
  if (pair === undefined || after === null) return undefined;
  if ((pair.after.flags & SHF.code) !== 0) return { section: pair.after.index, offset: after };
  return referencesTo(comparison.after, pair.after.index, comparison.bare, symbol)[0];
}

async function linesAt(places: readonly Place[], comparison: Comparison, request: ControlRequest): Promise<ProofLine[][]> {
  const { unit, after: step, compiler, flags, folder, bare } = request;
  const lines = await sourceLines({ unit, step, compiler, flags, folder, bare, object: comparison.after.file, places });
  return lines.map((chain) => chain.map((line) => shownLine(line, request)));
}

/** As the tree names it: relative to its root where it lies below. */
function shownLine({ file, line }: ProofLine, { unit, after }: ControlRequest): ProofLine {
  const root = resolve(after.cwd, after.source).slice(0, -unit.replace(/#\d+$/, "").length);
  const path = resolve(after.cwd, file);
  const inside = relative(root, path);
  return { file: inside.startsWith("..") || isAbsolute(inside) ? path : inside, line };
}

/** Of a chain of lines those that speak of names; the whole chain where none does. */
function narrowed(one: ProofDifference, tokens: readonly NameToken[], request: ControlRequest): ProofDifference {
  const speaking = tokens.map((token) => shownLine(token, request));
  const hits = one.lines.filter(({ file, line }) => speaking.some((other) => other.file === file && other.line === line));
  return hits.length > 0 ? { ...one, lines: hits } : one;
}

interface TieContext {
  readonly comparison: Comparison;
  readonly request: ControlRequest;
  readonly tokens: readonly NameToken[];
  readonly types: TypeLines;
}

async function textLines(text: ProofText, { comparison, request, tokens, types }: TieContext): Promise<ProofLine[]> {
  if (text.kind === "typeinfo") return typeLinesOf(text.after, request, types);
  const literals = tokens.filter(({ token }) => token.includes('"') && literalText(token).includes(text.after));
  if (literals.length > 0) return distinct(literals.map((token) => shownLine(token, request)));
  const references = comparison.texts.get(`${text.before}\0${text.after}`)?.references ?? [];
  const own = text.symbol === null ? [] : referencesTo(comparison.after, -1, comparison.bare, text.symbol);
  const places = [...references, ...own].flatMap((one) => inCode(one, comparison));
  const lines = await linesAt(places.slice(0, 2), comparison, request);
  const speaking = new Set(tokens.map((token) => key(shownLine(token, request))));
  const chain = distinct(lines.flat());
  const hits = chain.filter((line) => speaking.has(key(line)));
  return hits.length > 0 ? hits : chain.slice(0, 1);
}

function literalText(token: string): string {
  return token.slice(token.indexOf('"') + 1, token.lastIndexOf('"')).replaceAll(/\\(["\\'])/g, "$1");
}

function key({ file, line }: ProofLine): string {
  return `${file}:${line}`;
}

function distinct(lines: readonly ProofLine[], most = 4): ProofLine[] {
  return [...new Map(lines.map((line) => [key(line), line])).values()].slice(0, most);
}

/** The class whose name a typeinfo holds: the last renamed path in it that the tree defines; for one in a function, the function's file. */
async function typeLinesOf(mangled: string, { unit, bare }: ControlRequest, types: TypeLines): Promise<ProofLine[]> {
  const symbol = `_ZTI${mangled.replace(/^\*/, "")}`;
  const name = demangleNames([symbol]).get(symbol)?.full ?? "";
  const paths = name.match(new RegExp(`\\w+_${bare.flavor}\\b(?:::(?:\\w+|\\([^)]*\\)))*`, "g")) ?? [];
  const words = paths.flatMap((path) => path.split("::").toReversed());
  const file = unit.replace(/#\d+$/, "");
  for (const find of [types.of, types.functionIn]) {
    for (const word of words) {
      const lines = await find(word, file);
      if (lines.length > 0) return lines.slice(0, 1);
    }
  }
  return [];
}

/** The place itself when it is in code; else, for a text that data points to, what in code points to this data. */
function inCode(place: Place, { after, bare }: Comparison): Place[] {
  const section = after.sections[place.section];
  if (section === undefined || (section.flags & SHF.code) !== 0) return [place];
  return referencesTo(after, place.section, bare, null);
}

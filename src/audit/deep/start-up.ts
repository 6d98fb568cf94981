/** Owns what an object does before `main`: whom its initialisers call with which texts, and which variables they touch. */
import { sectionAt } from "../../objects/sections.js";
import type { ObjectFile } from "../../objects/model.js";
import type { Relocations } from "../../objects/relocations.js";
import { directCalls } from "../../objects/direct-calls.js";
import {
  type Extent,
  type Functions,
  type PlacedTarget,
  type Target,
  functionAt,
  functionsOf,
  isCode,
  targetsIn,
  textOf,
} from "../../objects/targets.js";
import type { FlavorIndex } from "../definitions.js";
import { objectsIn } from "./flavor-objects.js";

/** A call of an initialiser, or a variable that it touches. */
export interface StartUp {
  /** Index into the flavor's objects. */
  readonly object: number;
  /** The function that is called, or the variable. */
  readonly name: string;
  /** Functions that it reaches by what this object holds of it: itself first, where others see it. */
  readonly reached: readonly string[];
  /** Texts that the code hands on just before the call, or to the variable. */
  readonly texts: readonly string[];
}

/** Initialisers call local functions that call others; more than this is no registration. */
const DEEPEST = 4;

interface Walk {
  readonly object: ObjectFile;
  readonly number: number;
  readonly relocations: Relocations;
  readonly functions: Functions;
  readonly found: StartUp[];
  /** Local functions that are being followed. */
  readonly open: Set<Extent>;
  /** Texts since the last call. */
  texts: string[];
}

/** What all objects of a flavor do before `main`. Executables and shared libraries are passed over: theirs is linked already. */
export function startUpOf(index: FlavorIndex): StartUp[] {
  const found: StartUp[] = [];
  let number = 0;
  for (const object of objectsIn(index)) addStartUp(object, number++, found);
  return found;
}

function addStartUp(object: ObjectFile, number: number, found: StartUp[]): void {
  if (object.kind !== "relocatable") return;
  const arrays = initialiserArrays(object);
  if (arrays.length === 0) return;
  const walk: Walk = {
    object,
    number,
    relocations: object.relocations(),
    functions: functionsOf(object),
    found,
    open: new Set(),
    texts: [],
  };
  for (const section of arrays) {
    for (const target of targetsIn(object, walk.relocations.get(section), 0, Number.MAX_SAFE_INTEGER)) visit(walk, target, 0);
  }
}

/** Sections that list functions to call before `main`. */
function initialiserArrays(object: ObjectFile): number[] {
  const found: number[] = [];
  for (let index = 1; index < object.sections.count; index++) {
    if (
      /^\.(?:init_array|ctors|preinit_array)\b|^(?:__\w+,)?__mod_init_func|^\.CRT\$XC/.test(
        sectionAt(object.view, object.sections, index).name,
      )
    )
      found.push(index);
  }
  return found;
}

/** Follows a local function; a function that others see, and a variable, is told with the texts before it. */
function visit(walk: Walk, target: Target, depth: number): void {
  const text = textOf(walk.object, target);
  if (text !== undefined) {
    walk.texts.push(text);
    return;
  }
  const own = isCode(walk.object, target.section) ? functionAt(walk.functions, target.section, target.offset) : undefined;
  if (own?.isLocal === true && walk.open.has(own)) return;
  if (own?.isLocal === true && depth < DEEPEST) {
    walk.open.add(own);
    for (const next of targetsFrom(walk, own)) visit(walk, next, depth + 1);
    walk.open.delete(own);
    return;
  }
  const name = own?.name ?? (target.isLocal ? "" : target.name);
  if (name === "" || name.startsWith(".L")) return;
  walk.found.push({
    object: walk.number,
    name,
    reached: [...(own?.isLocal === true ? [] : [name]), ...reachedFrom(walk, target)],
    texts: walk.texts,
  });
  if (own !== undefined || target.section === 0) walk.texts = [];
}

/** Names outside of this object that a function of it calls, through others of it. */
function reachedFrom(walk: Walk, from: Target): string[] {
  const names = new Set<string>();
  const seen = new Set<number>();
  const open: [Target, number][] = [[from, 0]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [target, depth] = next;
    const own = isCode(walk.object, target.section) ? functionAt(walk.functions, target.section, target.offset) : undefined;
    if (own === undefined || depth > DEEPEST || seen.has(own.section * 2 ** 32 + own.start)) continue;
    seen.add(own.section * 2 ** 32 + own.start);
    for (const further of targetsFrom(walk, own)) {
      if (further.section === 0 && further.name !== "") names.add(further.name);
      open.push([further, depth + 1]);
    }
  }
  return [...names];
}

/** What a function points to and calls, in the order of its code. A call whose operand is relocated is the relocation's. */
function targetsFrom({ object, relocations, functions }: Walk, extent: Extent): PlacedTarget[] {
  const pointed = targetsIn(object, relocations.get(extent.section), extent.start, extent.end);
  const places = new Set(pointed.map(({ at }) => at));
  const called = directCalls(object, functions, extent).filter(({ at }) => !places.has(at));
  return [...pointed, ...called].toSorted((a, b) => a.at - b.at);
}

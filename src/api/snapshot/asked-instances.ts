/** Owns the instances of templates that a user asks for: the short form for several, and their names as the headers spell them. */
import type { ApiClass, ApiDeclaration } from "../../model/api-snapshot.js";
import { commonName } from "../common-name.js";
import type { AskedInstances } from "./model.js";
import { writtenArguments } from "./text/template-arguments.js";

export interface AskedInstance {
  /** In full, as the headers spell it. */
  readonly text: string;
  /** The template: `webrtc::TimeDelta::Millis`. */
  readonly name: string;
  readonly arguments: readonly string[];
}

/** `a::{B,C}<{int,float}>` → four texts. Braces do not nest. */
export function expandedInstances(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(expanded))];
}

function expanded(text: string): string[] {
  const found = /\{([^{}]*)\}/.exec(text);
  if (found === null) return [text.trim()];
  const [whole, list = ""] = found;
  return list.split(",").flatMap((one) => expanded(text.slice(0, found.index) + one.trim() + text.slice(found.index + whole.length)));
}

/** Undefined for a text that is no instance: it has no arguments. */
export function askedInstances(asked: AskedInstances, declarations: readonly ApiDeclaration[]): (AskedInstance | string)[] {
  const spell = speller(asked, declarations);
  return expandedInstances(asked.texts).map((text) => {
    const spelled = text.replaceAll(QUALIFIED, (name, at: number) => (text[at - 1] === ">" ? name : spell(name.replace(/^::/, ""))));
    const written = writtenArguments(spelled);
    return written === undefined ? text : { text: spelled, name: written.name, arguments: written.arguments };
  });
}

const QUALIFIED = /(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g;

/** From a common name, or a part of one, to what the headers call it. */
function speller({ flavors, map }: AskedInstances, declarations: readonly ApiDeclaration[]): (name: string) => string {
  const names = declarations.map(({ qualifiedName }) => qualifiedName);
  const own = new Set(names);
  const byCommon = new Map<string, string>();
  for (const flavor of flavors)
    for (const name of names) {
      const common = commonName(name, { flavor }, map);
      if (!byCommon.has(common)) byCommon.set(common, name);
    }
  return (name) => {
    for (let end = name.length; end > 0; end = name.lastIndexOf("::", end - 1)) {
      const part = name.slice(0, end);
      const found = own.has(part) ? part : byCommon.get(part);
      if (found !== undefined) return found + name.slice(end);
    }
    return name;
  };
}

/** Class templates by qualified name; a specialisation is none. */
export function classTemplates(declarations: readonly ApiDeclaration[]): ReadonlyMap<string, ApiClass> {
  return new Map(
    declarations.flatMap((one) =>
      one.kind === "class" && one.templateParameters !== null && one.specialization === null ? [[one.qualifiedName, one] as const] : [],
    ),
  );
}

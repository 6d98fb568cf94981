/** Owns what a part is asked, as plain values: they go to another thread, and into the memory of a run. */
import type { MacroQuestion } from "../decide/macro-model.js";
import type { TreeMacros } from "../survey/scope-macros.js";
import type { Decision, MacroCalls, Part, PartOutput } from "./part-model.js";
import type { SightQuestion, WordQuestion } from "./word-model.js";
import type { PartQuestion } from "./name-model.js";

/** Asks for what the files of a part say; nothing is changed by it but the part's own knowledge. */
export type PartInquiry =
  | { readonly type: "survey" }
  | { readonly type: "resurvey"; readonly macros: TreeMacros }
  | { readonly type: "bodies"; readonly names: readonly string[] }
  | { readonly type: "expand"; readonly calls: MacroCalls }
  | { readonly type: "assembled"; readonly names: readonly string[] }
  | { readonly type: "answer"; readonly question: PartQuestion }
  | { readonly type: "includes" }
  | { readonly type: "sights"; readonly question: SightQuestion }
  | { readonly type: "words"; readonly question: WordQuestion }
  | { readonly type: "macros"; readonly question: MacroQuestion };

export type PartCall =
  | PartInquiry
  | { readonly type: "write"; readonly decision: Decision; readonly output: PartOutput }
  | { readonly type: "save"; readonly place: { readonly folder: string; readonly path: string } };

/** Calls the part. */
export function performCall(part: Part, call: PartCall): Promise<unknown> {
  if (call.type === "write") return part.write(call.decision, call.output);
  return call.type === "save" ? part.save(call.place) : inquire(part, call);
}

/** Asks the part. */
export function inquire(part: Part, call: PartInquiry): Promise<unknown> {
  if (call.type === "survey") return part.survey();
  if (call.type === "resurvey") return part.resurvey(call.macros);
  if (call.type === "bodies") return part.bodies(call.names);
  if (call.type === "expand") return part.expand(call.calls);
  if (call.type === "assembled") return part.assembled(call.names);
  if (call.type === "answer") return part.answer(call.question);
  if (call.type === "includes") return part.includes();
  if (call.type === "sights") return part.sights(call.question);
  return call.type === "words" ? part.words(call.question) : part.macros(call.question);
}

/** Owns how what was caught gets its labels: by an option, or asked for at a terminal. */
import { userInfo } from "node:os";
import { isCancel, select } from "@clack/prompts";

import { type Caught, LABELS, type Label } from "../../../model/catching.js";
import type { UseCase } from "../../../model/use-case.js";
import { wallClockIso } from "../../../support/clock.js";
import { labelFind } from "../../../usecases/catching/keep.js";
import type { Terminal } from "../../terminal.js";

interface LabelOptions {
  readonly label?: Label;
  readonly json?: boolean;
}

/** Where labels and kept tests go. */
export interface LabelPlace {
  readonly dir: string;
  readonly root: string;
  readonly useCase: UseCase;
}

export async function labelAll(caught: readonly Caught[], place: LabelPlace, options: LabelOptions, terminal: Terminal): Promise<Caught[]> {
  const labelled: Caught[] = [];
  for (const each of caught) {
    const label = each.label === null ? (options.label ?? (await askedLabel(each, options, terminal))) : undefined;
    const who = userInfo().username;
    labelled.push(label === undefined ? each : await labelFind(each, { ...place, label, who, when: wallClockIso() }));
  }
  return labelled;
}

/** Only at a terminal; undefined when nobody answers. */
async function askedLabel({ key, what }: Caught, options: LabelOptions, terminal: Terminal): Promise<Label | undefined> {
  if (!terminal.interactive || options.json === true) return undefined;
  const later = { value: undefined, label: "later" };
  const answer = await select({ message: `${key}: ${what}`, options: [...LABELS.map((value) => ({ value, label: value })), later] });
  return isCancel(answer) ? undefined : answer;
}

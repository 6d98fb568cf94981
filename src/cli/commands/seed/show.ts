/** Owns `unfork seed show`: what a seed says, and what one unit gets of it. */
import type { Command } from "commander";

import { type Assignment, type Units, assign, prepareSeed } from "../../../experiment/assignment/assign.js";
import type { OpenedSeed } from "../../../experiment/assignment/read-seed.js";
import { exposedBuckets } from "../../../experiment/assignment/sign-seed.js";
import { BUCKETS, type TrustedKey, unitSchema } from "../../../model/seed.js";
import { UnforkError } from "../../../support/errors.js";
import { table } from "../../../support/table.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { collect, readSeedFile } from "./options.js";

interface ShowOptions extends GlobalOptions {
  readonly unit?: readonly string[];
}

export function addSeedShow(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("show")
    .description("Show what a seed says. Signatures are not checked: `unfork seed verify` does that.")
    .argument("<file>", "the seed")
    .option("--unit <kind=id>", "also what this unit gets: device=…, user=…, call=…, cluster=…; repeatable", collect);
  withExamples(command, ["unfork seed show seed.json", "unfork seed show seed.json --unit device=0123456789abcdef"]);
  command.action(async (file: string, _local: unknown, self: Command) => setExitCode(await show(file, globalsOf(self) as ShowOptions)));
}

async function show(file: string, options: ShowOptions): Promise<number> {
  const terminal = openTerminal(options);
  const seed = await readSeedFile(file);
  const units = options.unit === undefined ? undefined : unitsOf(options.unit);
  const { base, halt } = seed;
  const prepared = prepareSeed(base.payload, halt?.payload);
  const found = units === undefined ? [] : [...prepared.useCases.keys()].map((name) => assign(prepared, name, units, "legacy"));
  if (options.json === true) {
    const assignments = units === undefined ? {} : { assignments: found };
    terminal.result(JSON.stringify({ base: base.payload, ...(halt === undefined ? {} : { halt: halt.payload }), ...assignments }, null, 2));
  } else terminal.result([headOf(seed), useCaseTable(seed, found, terminal.width)].join("\n\n"));
  return EXIT.done;
}

function headOf({ base, halt }: OpenedSeed): string {
  const { project, version, issued, expires, flavors, keys, revoked } = base.payload;
  return [
    `${project}, version ${halt?.payload.version ?? version}${halt === undefined ? "" : ` (a halt on ${version})`}`,
    `issued ${issued}, expires ${expires}`,
    `legacy ${flavors.legacy.release}, latest ${flavors.latest.release}`,
    ...keys.map((key) => `trusts ${keyLine(key)}`),
    ...revoked.map((id) => `revoked ${id}`),
    `signed by ${base.envelope.signatures.map(({ keyid }) => keyid).join(", ")}`,
    ...(halt === undefined ? [] : [`halt signed by ${halt.envelope.signatures.map(({ keyid }) => keyid).join(", ")}`]),
  ].join("\n");
}

function keyLine({ role, id, publicKey }: TrustedKey): string {
  return `${role} ${id} ${publicKey}`;
}

function useCaseTable({ document, base, halt }: OpenedSeed, found: readonly Assignment[], width: number): string {
  const rows = Object.entries(base.payload.useCases).map(([name, useCase]) => {
    const unit = found.find((one) => one.useCase === name);
    const bucket = unit?.bucket === undefined ? "" : `, bucket ${unit.bucket}`;
    return [
      name,
      `${useCase.experiment} phase ${useCase.phase}`,
      useCase.unit,
      percent(exposedBuckets(document, name)),
      halt?.payload.caps[name]?.reason ?? "",
      unit === undefined ? "" : `${unit.flavor} (${unit.arm ?? unit.reason}${bucket})`,
    ];
  });
  const heads = ["use case", "experiment", "unit", "treated", "halted because", "this unit"];
  const shown = heads.map((_head, index) => index < 4 || rows.some((row) => row[index] !== ""));
  const columns = heads.filter((_head, index) => shown[index]).map((head) => ({ head }));
  const cells = rows.map((row) => row.filter((_cell, index) => shown[index]));
  return rows.length === 0 ? "no use cases" : table(columns, cells, { width }).join("\n");
}

function percent(buckets: number): string {
  return `${String((buckets * 100) / BUCKETS)} %`;
}

function unitsOf(texts: readonly string[]): Units {
  return Object.fromEntries(
    texts.map((text) => {
      const [kind = "", id = ""] = [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
      const parsed = unitSchema.safeParse(kind);
      if (!parsed.success || id === "")
        throw new UnforkError("usage", `--unit: ${text} is not such as device=ID (device, user, call, cluster)`);
      return [parsed.data, id] as const;
    }),
  );
}

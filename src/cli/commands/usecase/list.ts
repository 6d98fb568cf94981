/** Owns `unfork usecase list`: the register, a line each. */
import type { Command } from "commander";

import { composedReport } from "../../../pipeline/last-report.js";
import { openProject } from "../../../pipeline/project.js";
import { useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { VERDICT_MARKS } from "../../../report/vocabulary.js";
import { painter, printable } from "../../../support/style.js";
import { table } from "../../../support/table.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { readStageChanges, stageOf } from "../../../usecases/stages.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRegisterOption } from "./options.js";

export function addUseCaseList(group: Command, setExitCode: SetExitCode): void {
  const command = group.command("list").description("List the use cases: owner, stage, and the verdict of the last upgrade.");
  addRegisterOption(command);
  withExamples(command, ["unfork usecase list", "unfork usecase list --use-cases use-cases --json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await list(globalsOf(self) as RegisterOptions)));
}

async function list(options: RegisterOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { dir } = await useCaseSubject(options, process.cwd());
  const [useCases, changes, verdicts] = [await loadUseCases(dir), await readStageChanges(dir), await lastVerdicts(options)];
  const rows = useCases.map(({ id, name, owner, metrics }) => {
    return { id, name, owner, stage: stageOf(id, changes), metrics: metrics.length, verdict: verdicts.get(id) ?? null };
  });
  if (options.json === true) {
    terminal.result(JSON.stringify({ useCases: rows }, null, 2));
    return EXIT.done;
  }
  const paint = painter(terminal.color);
  const columns = [
    { head: "use case" },
    { head: "name", narrow: "cut" as const, least: 12 },
    { head: "owner", narrow: "cut" as const },
    { head: "stage" },
    { head: "last verdict" },
  ];
  const cells = rows.map((row) => {
    const mark = row.verdict === null ? undefined : VERDICT_MARKS[row.verdict];
    const verdict = mark === undefined ? paint("muted", "– none yet") : paint(mark.tone, `${mark.glyph} ${mark.word}`);
    return [row.id, printable(row.name), printable(row.owner), row.stage, verdict];
  });
  terminal.result(table(columns, cells, { width: terminal.width, paintHead: (text) => paint("muted", text) }).join("\n"));
  return EXIT.done;
}

/** Of the project's last report; none where a register is given by hand. */
async function lastVerdicts(options: RegisterOptions) {
  if (options.useCases !== undefined) return new Map<string, keyof typeof VERDICT_MARKS>();
  const report = await composedReport(await openProject(options.config, process.cwd()));
  const measured = new Map((report?.measured.useCases ?? []).map(({ id, verdict }) => [id, verdict]));
  return new Map((report?.useCases ?? []).map(({ id, verdict }) => [id, measured.get(id) ?? verdict]));
}

/** Owns the runs of clang over a generated unit: its AST as JSON, its preprocessor's output, words about itself. */
import { resolve } from "node:path";

import type { ApiSnapshot } from "../../../model/api-snapshot.js";
import { UnforkError } from "../../../support/errors.js";
import { run, runOk, start } from "../../../support/exec.js";
import type { SnapshotQuestion } from "../model.js";
import type { ApiFiles } from "../places.js";
import { readDump } from "./dump-stream.js";
import type { AstNode } from "./nodes.js";

export interface Dump {
  readonly nodes: AstNode[];
  readonly diagnostics: ApiSnapshot["diagnostics"];
}

/** The declarations of the unit that lie below the roots. */
export async function dumpUnit(question: SnapshotQuestion, unit: string, files: ApiFiles): Promise<Dump> {
  const running = start({
    command: question.tool,
    args: [...question.arguments, "-w", "-ferror-limit=0", "-fsyntax-only", "-Xclang", "-ast-dump=json", unit],
    cwd: question.directory,
  });
  running.stdin.end();
  const [nodes, { signal }] = await Promise.all([readDump(running.stdout, (file) => files.pathOf(file) !== undefined), running.done]);
  const stderr = running.stderr();
  if (signal !== null || /^PLEASE submit a bug report/m.test(stderr))
    throw new UnforkError("tool-failed", `${question.tool} crashed as it read ${question.headers.map(({ name }) => name).join(", ")}`, {
      hint: "leave some of these headers out",
    });
  return { nodes, diagnostics: diagnosticsIn(stderr, files, question.directory) };
}

function diagnosticsIn(text: string, files: ApiFiles, directory: string): ApiSnapshot["diagnostics"] {
  return [...text.matchAll(/^(?:(.+?):(\d+):(\d+): )?(?:fatal )?(error|warning): (.*)$/gm)].map(
    ([, file, line, column, severity, words]) => ({
      severity: severity === "error" ? "error" : "warning",
      place: file === undefined ? null : { file: files.pathOf(file) ?? resolve(directory, file), line: Number(line) },
      column: Number(column ?? 0),
      text: words ?? "",
    }),
  );
}

/** The unit after its preprocessor, with the definitions of macros and the places where they stand; one letter per byte. */
export async function preprocessed(question: SnapshotQuestion, unit: string): Promise<string> {
  const { stdout } = await run({ command: question.tool, args: [...question.arguments, "-w", "-E", "-dD", unit], cwd: question.directory });
  return stdout.toString("latin1");
}

/** What is dumped of declarations whose names hold a word; errors elsewhere do not matter. */
export async function filteredDump(question: SnapshotQuestion, unit: string, word: string): Promise<string> {
  const dumping = ["-fno-access-control", "-fsyntax-only", "-Xclang", "-ast-dump=json", "-Xclang", `-ast-dump-filter=${word}`];
  const { stdout } = await run({
    command: question.tool,
    args: [...question.arguments, "-w", "-ferror-limit=0", ...dumping, unit],
    cwd: question.directory,
  });
  return stdout.toString("utf8");
}

/** The first line of what clang says of itself. */
export async function firstLine(tool: string, args: readonly string[]): Promise<string> {
  const { stdout } = await runOk({ command: tool, args });
  return stdout.toString("utf8").split("\n")[0]?.trim() ?? "";
}

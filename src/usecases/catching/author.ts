/** Owns the external author: a command that is told what changed and writes a test, which is held to both flavors before it is taken. */
import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

import type { Flavor } from "../../model/build.js";
import { messageOf } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { exists } from "../../support/fs.js";
import { fillPlaceholders, placeholdersIn } from "../placeholders.js";
import type { Difference } from "./compare-flavors.js";
import { type Find, type HuntRequest, type Inputs, tryOnce } from "./hunt.js";

/** What the author gets on stdin. */
export interface Task {
  readonly useCase: { readonly id: string; readonly purpose: string; readonly run: readonly string[] };
  /** Subjects and texts of the commits. */
  readonly intent: readonly string[];
  readonly diff: string;
  /** Names and sizes of the recorded input files. */
  readonly inputs: readonly { readonly file: string; readonly bytes: number }[];
  /** Why earlier tries were not taken. */
  readonly rejected: readonly string[];
}

const contentSchema = z.union([z.strictObject({ text: z.string() }), z.strictObject({ base64: z.base64() })]);

/** What it writes to stdout: input files that replace recorded ones, and (if it likes) a command that judges one flavor's outputs in {out}. */
const testSchema = z.strictObject({
  inputs: z.record(z.string().regex(/^(?!\/)(?!.*\.\.)[^\0]+$/, "must be a path inside the inputs"), contentSchema),
  check: z.array(z.string()).min(1).optional(),
});
type AuthoredTest = z.infer<typeof testSchema>;

export interface AuthorRequest {
  readonly command: string;
  readonly tries: number;
  readonly task: Omit<Task, "rejected">;
  readonly recorded: Inputs;
  /** Gets one line per try. */
  readonly record: string;
  readonly seconds: number;
}

export interface AuthorTry {
  readonly try: number;
  readonly accepted: boolean;
  readonly why: string;
}

export interface Authored {
  readonly find: Find | undefined;
  readonly tries: readonly AuthorTry[];
}

/** Asks until a test is taken: it passes on legacy and fails on latest. */
export async function askAuthor(request: AuthorRequest, hunt: HuntRequest): Promise<Authored> {
  const tries: AuthorTry[] = [];
  for (let number = 1; number <= request.tries; number++) {
    const rejected = tries.map(({ why }) => why);
    const answer = await answerOf(request, { ...request.task, rejected });
    const judged = typeof answer === "string" ? answer : await judge(answer, request, hunt);
    const isTaken = typeof judged !== "string";
    const line: AuthorTry = { try: number, accepted: isTaken, why: isTaken ? judged.difference.what : judged };
    tries.push(line);
    await mkdir(dirname(request.record), { recursive: true });
    await appendFile(request.record, `${JSON.stringify({ ...line, answer })}\n`);
    if (isTaken) return { find: judged, tries };
  }
  return { find: undefined, tries };
}

async function answerOf({ command, seconds }: AuthorRequest, task: Task): Promise<AuthoredTest | string> {
  const result = await run({
    command: "sh",
    args: ["-c", command],
    input: JSON.stringify(task),
    timeoutMs: seconds * 1000,
    leavesNothing: true,
  });
  if (result.timedOut) return `the author did not answer in ${seconds} s`;
  if (result.code !== 0) return `the author ended with ${result.code ?? result.signal}`;
  try {
    const parsed = testSchema.safeParse(JSON.parse(result.stdout.toString("utf8")));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    return `not a test: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`;
  } catch (error) {
    return `not JSON: ${messageOf(error)}`;
  }
}

async function judge(test: AuthoredTest, { recorded, seconds }: AuthorRequest, hunt: HuntRequest): Promise<Find | string> {
  const given = Object.entries(test.inputs).map(([file, content]) => [file, bytesOf(content)] as const);
  const inputs = new Map([...recorded, ...given]);
  const difference = await tryOnce(hunt, 0, inputs);
  if (difference === undefined) return "both flavors do alike on it";
  if (difference.what.startsWith("legacy:")) return `it fails on legacy: ${difference.what}`;
  const checked = test.check === undefined ? difference : await byCheck(test.check, difference, hunt, seconds);
  if (typeof checked === "string") return checked;
  const again = await tryOnce(hunt, 0, inputs);
  if (again?.key !== difference.key) return "a second run does not show it again";
  return { difference: checked, inputs, how: ["written by the author"], first: 0, seen: 1 };
}

/** The author's own judge: exit 0 on legacy's outputs, another on latest's. */
async function byCheck(check: readonly string[], difference: Difference, hunt: HuntRequest, seconds: number): Promise<Difference | string> {
  const unknown = placeholdersIn(check).find((name) => name !== "out");
  if (unknown !== undefined) return `{${unknown}} is no placeholder of a check: only {out} is`;
  if (difference.kind === "crash") return difference;
  const code = async (flavor: Flavor): Promise<number | null> => {
    const made = join(hunt.work, "job-0/out");
    const out = (await exists(join(made, `as-${flavor}`))) ? join(made, `as-${flavor}`) : join(made, flavor);
    const [command = "", ...args] = fillPlaceholders(check, { out });
    return (await run({ command, args, cwd: hunt.root, timeoutMs: seconds * 1000, leavesNothing: true })).code;
  };
  const [legacy, latest] = [await code("legacy"), await code("latest")];
  if (legacy !== 0) return `its check fails on legacy (exit code ${legacy})`;
  return latest === 0 ? "its check passes on latest, too" : difference;
}

function bytesOf(content: z.infer<typeof contentSchema>): Buffer {
  return "text" in content ? Buffer.from(content.text) : Buffer.from(content.base64, "base64");
}

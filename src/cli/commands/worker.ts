/** Owns `unfork worker`: a machine of a lab that pulls jobs from a server. */
import { hostname } from "node:os";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";

import { leasedJobSchema } from "../../model/lab-job.js";
import type { JobSource } from "../../server/worker/work.js";
import { UnforkError } from "../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type Connection, type ConnectionOptions, addConnectionOptions, connect, errorOf } from "../connection.js";
import { EXIT } from "../exit-codes.js";
import { openTerminal } from "../terminal.js";

interface WorkerCommandOptions extends GlobalOptions, ConnectionOptions {
  readonly labels?: readonly string[];
  readonly name: string;
  readonly projectDir: string;
  readonly program?: string;
  readonly useCases?: string;
  readonly poll: number;
  readonly once?: boolean;
}

export function addWorker(program: Command, setExitCode: SetExitCode): void {
  const command = program
    .command("worker")
    .description("Pull jobs from a server, run use cases here, give the results back. No way into this machine is needed.");
  addConnectionOptions(command)
    .option("--labels <list>", "what this machine can do, by commas: jobs that ask for more go elsewhere", labels)
    .option("--name <name>", "how the server calls this machine", hostname())
    .option("--project-dir <dir>", "the project whose use cases are run", ".")
    .option("--program <file>", "the program of both flavors, where the folder has no project")
    .option("--use-cases <dir>", "its use cases")
    .option("--poll <seconds>", "between two questions when there is no job", seconds, 5)
    .option("--once", "end after one job, or when there is none");
  withExamples(command, [
    "unfork worker --url https://unfork.example --token-file worker.token --labels android,arm64 --project-dir ~/app",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await workHere(globalsOf(self) as WorkerCommandOptions)));
}

async function workHere(options: WorkerCommandOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { work } = await import("../../server/worker/work.js");
  const { runLabJob } = await import("../../server/worker/run-lab-job.js");
  const connection = await connect(options);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => stop.abort());
  }
  const able = options.labels?.join(", ") || "without a label";
  terminal.message(`${options.name} waits for jobs of ${connection.url} (${able})`);
  const { done, failed } = await work({
    source: sourceAt(connection, options),
    run: (job) => runLabJob(job, { projectDir: resolve(options.projectDir), more: ownOptions(options) }),
    pollMs: options.poll * 1000,
    once: options.once === true,
    stop: stop.signal,
    log: terminal.message,
  });
  const text = `${done} ${done === 1 ? "job" : "jobs"} done${failed === 0 ? "" : `, ${failed} of them failed`}`;
  terminal.result(options.json === true ? JSON.stringify({ done, failed }) : text);
  return options.once === true && failed > 0 ? EXIT.gate : EXIT.done;
}

function ownOptions({ program, useCases }: WorkerCommandOptions): string[] {
  return [...(program === undefined ? [] : ["--program", program]), ...(useCases === undefined ? [] : ["--use-cases", useCases])];
}

function sourceAt(connection: Connection, { name, labels: own = [] }: WorkerCommandOptions): JobSource {
  /** Undefined for a lease that has ended. */
  async function ask(path: string, body: unknown): Promise<Response | undefined> {
    const response = await connection.raw("POST", path, body);
    if (response.ok) return response;
    const text = await response.text();
    if (response.status === 409) return undefined;
    throw errorOf(response.status, text);
  }
  return {
    async lease() {
      const response = await ask("/api/v1/jobs/lease", { worker: name, labels: own });
      if (response === undefined || response.status === 204) return undefined;
      const parsed = leasedJobSchema.safeParse(await response.json());
      if (!parsed.success)
        throw new UnforkError("input-invalid", "the server gives a job that this release does not know", {
          hint: "use the server's release",
        });
      return parsed.data;
    },
    heartbeat: async ({ id, lease }) => (await ask(`/api/v1/jobs/${id}/heartbeat`, { lease })) !== undefined,
    finish: async ({ id, lease }, result) => (await ask(`/api/v1/jobs/${id}/result`, { lease, result })) !== undefined,
  };
}

function labels(text: string): string[] {
  const list = text.split(",").filter((one) => one !== "");
  const wrong = list.find((one) => !/^[a-z0-9][a-z0-9_.-]{0,39}$/.test(one));
  if (wrong !== undefined) throw new InvalidArgumentError(`'${wrong}' is no label like arm64.`);
  return list;
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number >= 0.1 && number <= 3600)) throw new InvalidArgumentError("it must be 0.1 to 3600.");
  return number;
}

/** A run killed with SIGKILL and started again ends as if nothing had been: at every stage boundary and in between. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { seededRandom } from "../../src/support/random.js";
import { packageRoot } from "../../src/support/version.js";
import { projectState } from "../helpers/project-state.js";
import { temporaryFolder } from "../helpers/temp.js";

const STAGES = ["fetch", "features", "isolate", "build", "audit", "link", "use-cases"];
/** Few and quick ones: what a kill may break does not hang on their number. */
const USE_CASES = new Set(["silence.yaml", "steady-tone.yaml"]);
const RANDOM_KILLS = 2;

const folder = temporaryFolder();
const project = join(folder, "quick");
const output = join(project, ".unfork");
const RUNS = join(output, "use-cases/runs.ndjson");
let whole: Record<string, string>;
let duration = 0;

/** Starts the upgrade; `kill` gets each line of stderr and the kill switch. Gives the exit code, or "killed". */
function upgrade(
  watch: (line: string, kill: () => void) => void = () => undefined,
  killAfterMs?: number,
): Promise<{ end: number | "killed"; stderr: string }> {
  const child = spawn(process.execPath, [join(packageRoot(), "bin/unfork.js"), "upgrade", "--jobs", "2"], {
    cwd: project,
    env: { ...process.env, UNFORK_CACHE: join(folder, "cache") },
  });
  const kill = (): void => void child.kill("SIGKILL");
  const timer = killAfterMs === undefined ? undefined : setTimeout(kill, killAfterMs);
  let stderr = "";
  child.stdout.resume();
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const line of text.split("\n")) watch(line, kill);
  });
  return new Promise((resolve) =>
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ end: signal === "SIGKILL" ? "killed" : (code ?? -1), stderr });
    }),
  );
}

/** Kills the upgrade as soon as so many runs of use cases are in their log. Gives the whole lines of it. */
async function killAfterRuns(runs: number): Promise<string> {
  let look: NodeJS.Timeout | undefined;
  await upgrade((_line, kill) => {
    look ??= setInterval(() => {
      if (existsSync(RUNS) && readFileSync(RUNS, "utf8").split("\n").length > runs + 1) kill();
    }, 5);
  });
  clearInterval(look);
  const text = readFileSync(RUNS, "utf8");
  expect(text).not.toContain("ended");
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

function begin(): void {
  rmSync(output, { recursive: true, force: true });
}

async function expectTheSameEnd(): Promise<void> {
  const { end, stderr } = await upgrade();
  expect(stderr).toContain("report: ");
  expect(end).toBe(0);
  expect(projectState(output)).toEqual(whole);
}

beforeAll(async () => {
  cpSync(join(packageRoot(), "examples/quick"), project, { recursive: true, filter: (path) => !path.includes(".unfork") });
  for (const name of readdirSync(join(project, "use-cases"))) if (!USE_CASES.has(name)) rmSync(join(project, "use-cases", name));
  const config = join(project, "unfork.config.ts");
  writeFileSync(config, readFileSync(config, "utf8").replace("repeat: 5", "repeat: 1"));
  const since = performance.now();
  const { end, stderr } = await upgrade();
  expect(stderr).toContain("report: ");
  expect(end).toBe(0);
  duration = performance.now() - since;
  whole = projectState(output);
}, 300_000);

describe("a killed run", () => {
  it("is compared on something: trees, archives, three programs, outputs, report and refs", () => {
    const paths = Object.keys(whole);
    for (const part of ["trees/", "isolated/", "use-cases/"])
      expect(paths.filter((path) => path.startsWith(part)).length).toBeGreaterThan(3);
    expect(paths.filter((path) => path.endsWith(".a")).length).toBe(2);
    expect(paths.filter((path) => path.startsWith("build/") && !path.endsWith(".a")).length).toBeGreaterThanOrEqual(3);
    expect(whole["refs"]).toContain("refs/heads/base/");
  });

  it("gives the same bytes when it is not killed at all", async () => {
    begin();
    await expectTheSameEnd();
  }, 300_000);

  it("ends the same after a kill at the end of every stage in turn, and does none of them again", async () => {
    begin();
    let runs = "";
    for (const [index, stage] of STAGES.entries()) {
      const { end, stderr } = await upgrade((line, kill) => {
        if (line.startsWith(`✔ ${stage}:`)) kill();
      });
      expect({ stage, end }).toEqual({ stage, end: "killed" });
      for (const done of STAGES.slice(0, index)) expect(stderr).toMatch(new RegExp(`^↷ ${done}:`, "m"));
      expect(existsSync(join(output, "lock"))).toBe(true);
      if (stage === "link") runs = await killAfterRuns(2);
      if (stage === "use-cases") expect(readFileSync(RUNS, "utf8").startsWith(runs)).toBe(true);
    }
    const again = await upgrade();
    expect(again.stderr).toMatch(new RegExp(`^↷ ${STAGES.at(-1)}:`, "m"));
    expect(again.end).toBe(0);
    expect(projectState(output)).toEqual(whole);
  }, 300_000);

  const random = seededRandom(20261121);
  it.each(Array.from({ length: RANDOM_KILLS }, (_, index) => ({ index, share: (index + random()) / RANDOM_KILLS })))(
    "ends the same after a kill inside a stage, at $share of the run",
    async ({ share }) => {
      begin();
      await upgrade(undefined, share * duration);
      await expectTheSameEnd();
    },
    300_000,
  );

  it("ends the same after being killed again and again", async () => {
    begin();
    for (let i = 1; i <= 4; i++) await upgrade(undefined, (i * duration) / 5);
    await expectTheSameEnd();
  }, 300_000);
});

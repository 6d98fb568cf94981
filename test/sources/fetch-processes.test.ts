import { execFileSync, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type FetchedTree, releaseSchema } from "../../src/model/source.js";
import { sha256 } from "../../src/support/hash.js";
import { seededRandom } from "../../src/support/random.js";
import { temporaryFolder } from "../helpers/temp.js";
import { makeTar } from "./helpers/tar-builder.js";
import { type Answer, type WebServer, serve } from "./helpers/web-server.js";

interface Outcome {
  readonly tree?: FetchedTree;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

const CHILD = fileURLToPath(new URL("helpers/fetch-child.mjs", import.meta.url));
const random = seededRandom(1);
const NOISE = Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(random() * 256)));
const TAR = makeTar(Array.from({ length: 60 }, (_, index) => ({ path: `top/src/file-${index}`, content: NOISE })));
const SLICE = TAR.length / 40;

let web: WebServer;

beforeAll(async () => {
  web = await serve(
    new Map<string, Answer>([
      ["/fast", TAR],
      [
        "/slow",
        (_request, response) => {
          response.writeHead(200, { "content-length": TAR.length });
          let at = 0;
          const timer = setInterval(() => {
            response.write(TAR.subarray(at, at + SLICE));
            at += SLICE;
            if (at >= TAR.length) {
              clearInterval(timer);
              response.end();
            }
          }, 25);
          response.once("close", () => clearInterval(timer));
        },
      ],
    ]),
  );
});

afterAll(() => web.close());

function job(path: string, cache: string): string {
  const release = releaseSchema.parse({
    id: "R1",
    keep: ["src"],
    sources: [{ kind: "archive", url: web.url + path, sha256: sha256(TAR) }],
  });
  return JSON.stringify({ release, options: { cache, baseFolder: "/" } });
}

function begin(path: string, cache: string, through: readonly string[] = []) {
  const [command = process.execPath, ...args] = [...through, process.execPath, CHILD, job(path, cache)];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  const answer = new Promise<Outcome | undefined>((resolve) => {
    child.once("close", (code) => resolve(code === 0 ? (JSON.parse(Buffer.concat(parts).toString()) as Outcome) : undefined));
  });
  return { child, answer };
}

describe("fetches in processes of their own", () => {
  it("two at once end with the same one tree, fetched once", async () => {
    const cache = join(temporaryFolder(), "cache");
    const before = web.asked.length;
    const [one, two] = await Promise.all([begin("/slow", cache).answer, begin("/slow", cache).answer]);
    expect(one?.tree?.files).toBe(60);
    expect(two).toEqual(one);
    expect(web.asked.length - before).toBe(1);
    expect(await readdir(join(cache, "trees"))).toHaveLength(1);
  });

  it("one killed at any moment leaves nothing that harms the next", async () => {
    const cache = join(temporaryFolder(), "cache");
    for (const delay of [0, 400, 700, 1000, 1300]) {
      const { child, answer } = begin("/slow", cache);
      const before = web.asked.length;
      while (web.asked.length === before && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, delay));
      child.kill("SIGKILL");
      await answer;
    }
    const last = await begin("/fast", cache).answer;
    expect(last?.tree).toMatchObject({ files: 60, bytes: 60 * NOISE.length, failed: [] });
    expect(await readdir(join(cache, "tmp"))).toEqual([]);
    expect(await readdir(join(cache, "trees"))).toHaveLength(1);
  });

  it("a full disk is told as such and leaves nothing behind", async (context) => {
    const place = temporaryFolder();
    const mounted = mountTiny(place);
    const limited = mounted || canLimit();
    if (!limited) context.skip("neither a tiny file system can be mounted nor the file size limited here");
    const cache = join(place, "cache");
    mkdirSync(cache);
    try {
      const through = mounted ? [] : ["sh", "-c", `trap '' XFSZ; ulimit -f 100; exec "$@"`, "sh"];
      const { error } = (await begin("/fast", cache, through).answer) ?? {};
      expect(error?.code).toBe("disk");
      expect(error?.message).toMatch(/cannot write src\/file-\d+: (ENOSPC|EFBIG)/);
      expect(error?.hint ?? "").toMatch(mounted ? /disk is full/ : /^$/);
      expect(await readdir(join(cache, "tmp"))).toEqual([]);
      expect(await readdir(cache)).not.toContain("trees");
    } finally {
      if (mounted) execFileSync("umount", [place]);
    }
  });
});

function mountTiny(place: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", place], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function canLimit(): boolean {
  try {
    execFileSync("sh", ["-c", "trap '' XFSZ; ulimit -f 100"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

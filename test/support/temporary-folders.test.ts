import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { removeTemporaries, removeTemporary, swapIn, temporaryBeside } from "../../src/support/temporary-folders.js";

const COMPILED = fileURLToPath(new URL("../../dist/support/temporary-folders.js", import.meta.url));

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "unfork-temporary-"));
  target = join(folder, "out");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process with a temporary folder beside the target, with a file in it; it waits to be killed. */
async function otherProcess(): Promise<{ path: string; kill: () => Promise<unknown> }> {
  const program = `
    import { writeFileSync } from "node:fs";
    import { temporaryBeside } from ${JSON.stringify(COMPILED)};
    const path = await temporaryBeside(${JSON.stringify(target)});
    writeFileSync(path + "/file", "half");
    console.log(path);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const ended = once(child, "exit");
  return { path: line.toString().trim(), kill: async () => (child.kill("SIGKILL"), ended) };
}

describe("a temporary folder", () => {
  it("takes the place of what was there", async () => {
    mkdirSync(target);
    writeFileSync(join(target, "before"), "");
    const fresh = await temporaryBeside(target);
    writeFileSync(join(fresh, "now"), "");
    await swapIn(fresh, target);
    expect(readdirSync(target)).toEqual(["now"]);
    expect(readdirSync(folder)).toEqual(["out"]);
  });

  it("of a process that was killed is removed by the next run, and one of a live process is not", async () => {
    const [dead, live] = [await otherProcess(), await otherProcess()];
    await dead.kill();
    const mine = await temporaryBeside(target);
    expect([existsSync(dead.path), existsSync(live.path)]).toEqual([false, true]);
    expect(readFileSync(join(live.path, "file"), "utf8")).toBe("half");
    await live.kill();
    await removeTemporary(mine);
    await removeTemporary(await temporaryBeside(target));
    expect(readdirSync(folder)).toEqual([]);
  });

  it("with what a killed process had moved away is put back, when nothing took its place", async () => {
    const dead = await otherProcess();
    await dead.kill();
    renameSync(dead.path, dead.path.replace(/new$/, "old"));
    await removeTemporary(await temporaryBeside(target));
    expect(readdirSync(folder)).toEqual(["out"]);
    expect(readFileSync(join(target, "file"), "utf8")).toBe("half");
  });

  it("is not taken for one when another file only begins like the target", async () => {
    const others = [
      "out.1-2-abcdef.new",
      "out.new",
      "out.999999999-5-zzzzzz.0123456789ab.new",
      "outer.999999999-5-abcdef.0123456789ab.new",
    ];
    for (const name of others) writeFileSync(join(folder, name), "");
    await removeTemporary(await temporaryBeside(target));
    expect(readdirSync(folder)).toEqual(others.toSorted());
  });

  it("goes at once when the process is told to stop", async () => {
    const fresh = await temporaryBeside(target);
    writeFileSync(join(fresh, "file"), "");
    removeTemporaries();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a temporary folder with read-only folders in it", () => {
  /** As somebody who is not root, for whom such rights count. */
  it("goes all the same, and a link in it is not followed", () => {
    chmodSync(folder, 0o777);
    const program = `
      import { chmodSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
      import { removeTemporary, removeTemporaries, temporaryNamed } from ${JSON.stringify(COMPILED)};
      async function filled() {
        const path = await temporaryNamed("x");
        mkdirSync(path + "/a/b", { recursive: true });
        writeFileSync(path + "/a/b/file", "");
        symlinkSync(process.env.TMPDIR + "/other", path + "/a/link");
        for (const sub of ["/a/b", "/a"]) chmodSync(path + sub, 0o555);
        return path;
      }
      mkdirSync(process.env.TMPDIR + "/other", { mode: 0o500 });
      const [one, two] = [await filled(), await filled()];
      let refused = "";
      try { rmSync(one, { recursive: true }); } catch (error) { refused = error.code; }
      await removeTemporary(one);
      removeTemporaries();
      console.log(refused, existsSync(one), existsSync(two), (statSync(process.env.TMPDIR + "/other").mode & 0o777).toString(8));`;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      env: { ...process.env, TMPDIR: folder },
      encoding: "utf8",
      ...(process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}),
    });
    expect(child.stderr + child.stdout).toBe("EACCES false false 500\n");
  });
});

/** Holds where `unfork token` and `unfork serve verify-audit` look for a server: a folder, the environment, none that is made up. */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { unfork } from "../helpers/serve-process.js";
import { temporaryFolder } from "../helpers/temp.js";

const NOBODY = { UNFORK_URL: "http://127.0.0.1:1", UNFORK_TOKEN: "unfork_reader_0_0" };
const ALONE = { UNFORK_URL: "" };

describe("tokens at the command line", () => {
  it("are not looked for in a folder without a state, nor is one made there", () => {
    const dir = join(temporaryFolder(), "typo");
    for (const args of [
      ["token", "list"],
      ["token", "revoke", "0123456789ab"],
      ["serve", "verify-audit"],
    ]) {
      const { status, stderr } = unfork([...args, "--dir", dir], ALONE);
      expect([status, stderr]).toEqual([2, expect.stringContaining(`there is no server's state in ${dir}`)]);
    }
    expect(existsSync(dir)).toBe(false);
  });

  it("are asked of the server that the environment names, unless a folder is", () => {
    for (const args of [
      ["token", "list"],
      ["token", "revoke", "0123456789ab"],
      ["serve", "verify-audit"],
    ])
      expect(unfork(args, NOBODY).stderr).toContain("http://127.0.0.1:1 does not answer");
    expect(unfork(["token", "list", "--dir", temporaryFolder()], NOBODY).stderr).toContain("there is no server's state");
  });

  it("are kept where only the server's user reads and writes, whatever the folder around allows", () => {
    const dir = temporaryFolder();
    mkdirSync(dir, { recursive: true, mode: 0o755 });
    const made = unfork(["token", "create", "--dir", dir, "--project", "webrtc", "--role", "reader", "--name", "page"], ALONE);
    expect(made.status, made.stderr).toBe(0);
    expect(statSync(join(dir, "state")).mode & 0o077).toBe(0);
  });
});

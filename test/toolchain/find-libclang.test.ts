/** Holds how libclang is found. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { temporaryFolder } from "../helpers/temp.js";

describe("libclang", () => {
  it("is the one that is named, with the version that its path tells", async () => {
    const path = join(temporaryFolder(), "libclang-19.so.1");
    writeFileSync(path, "");
    expect(await findLibclang(path)).toEqual({ path, version: "19" });
  });

  it("is never another than the one that is named: a path where none is says so, whatever else is installed", async () => {
    await expect(findLibclang("/nowhere/libclang.so")).rejects.toThrow("UNFORK_LIBCLANG names /nowhere/libclang.so, which is not there");
  });
});

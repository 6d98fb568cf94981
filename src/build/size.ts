/** Owns program sizes: as linked, stripped, and stripped and gzipped. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

import type { Mode, ProgramSize } from "../model/build.js";
import { fileError } from "../support/errors.js";
import { runOk } from "../support/exec.js";
import { requireTools } from "../toolchain/find-tool.js";

const compress = promisify(gzip);

/** Sizes in bytes of an executable; the file itself stays as it is. `gzip` is what `strip` and then `gzip -9n` would give. */
export async function programSize(mode: Mode, executable: string): Promise<ProgramSize> {
  await requireTools(["strip"], "the size report");
  const folder = await mkdtemp(join(tmpdir(), "unfork-size-"));
  try {
    const stripped = join(folder, "stripped");
    await runOk({ command: "strip", args: ["-o", stripped, executable] });
    const bytes = await readFile(stripped);
    const small = await compress(bytes, { level: 9 });
    return { mode, raw: (await stat(executable)).size, stripped: bytes.length, gzip: small.length };
  } catch (error) {
    throw error instanceof Error && "code" in error && "syscall" in error ? fileError("read", executable, error) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

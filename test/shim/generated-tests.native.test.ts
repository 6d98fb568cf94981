import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mkdir } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";

import { shimSurfaceSchema } from "../../src/model/shim-surface.js";
import { folderFiles } from "../../src/shim/shim-folder.js";
import { run, runOk } from "../../src/support/exec.js";
import { findLibclang } from "../../src/toolchain/libclang/find-libclang.js";
import { missingTools } from "../helpers/compile.js";
import { sanitized } from "../helpers/sanitized.js";
import { temporaryFolder } from "../helpers/temp.js";
import { LAB, labPlan, RUNTIME_INCLUDE, snapshotOf } from "./lab.js";

const missing = [...(await missingTools("g++", "clang++")), ...((await findLibclang()) === undefined ? ["libclang"] : [])];

const FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Werror"];

/** Spoils generated code where it stands: what it was, what it becomes where the program is told so by `SPOILT`, and what the tests then say. */
interface Mutation {
  readonly file: "adapters.h" | "lab_shim.h";
  readonly is: string;
  /** `spoilt` is an expression of C++: whether this one is asked for. */
  readonly becomes: (is: string, spoilt: string) => string;
  readonly said: string | RegExp;
}

const DEFAULT = "return const_cast<SinkAdapter*>(this)->Library::Total(std::forward<Args>(args)...);";

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "a field is not carried over": {
    file: "adapters.h",
    is: "FromField<L>(result.limit, Out<From>(value.limit), lender);",
    becomes: (is, spoilt) => `if (!${spoilt}) ${is}`,
    said: "failed: Options::limit there and back",
  },
  "an enumerator becomes another": {
    file: "adapters.h",
    is: "case lab_shim::Grade::kLow: return F::kLow;",
    becomes: (_, spoilt) => `case lab_shim::Grade::kLow: return ${spoilt} ? F::kMiddle : F::kLow;`,
    said: "failed: Grade::kLow to the library",
  },
  "a counted reference is not dropped": {
    file: "adapters.h",
    is: "const bool last = object_->Release()",
    becomes: (is, spoilt) => `if (${spoilt}) return static_cast<decltype(std::declval<const Library&>().Release())>(1);\n${is}`,
    said: "failed: Sink: it ends with the last reference, once",
  },
  "a counted reference is dropped twice": {
    file: "adapters.h",
    is: "const bool last = object_->Release()",
    becomes: (is, spoilt) => `if (${spoilt}) object_->Release();\n${is}`,
    said: "failed: Counted: the library's reference keeps it alive",
  },
  "the application ends what it handed back": {
    file: "adapters.h",
    is: "void unfork_release() { owned_ = false; }",
    becomes: (_, spoilt) => `void unfork_release() { owned_ = ${spoilt}; }`,
    said: /invalid vptr|AddressSanitizer/,
  },
  "a default calls the application again": {
    file: "adapters.h",
    is: DEFAULT,
    becomes: (is, spoilt) => `if (${spoilt}) ${is.replace("Library::", "")}\n${is}`,
    said: "failed: Sink::Total(): the library's own where the application has none",
  },
  "a default is the other release's": {
    file: "lab_shim.h",
    is: 'detail::CurrentApi("lab_shim::Sink::Total").for_Sink',
    becomes: (is, spoilt) => `(${spoilt} ? detail::kLegacyApi.for_Sink : ${is})`,
    said: "failed: Sink::Total(): the library's own where the application has none",
  },
  "a base sees what was there before": {
    file: "lab_shim.h",
    is: "if (unfork::AssignFrom(unfork_handle_, other.unfork_handle_)) {",
    becomes: (is, spoilt) => is.replace(") {", ` && !${spoilt}) {`),
    said: "failed: Square: seen as Shape",
  },
};

/** The file with all its mutations in it, none of them in force. */
function withMutations(text: string, file: Mutation["file"]): string {
  const api = /\bkLegacyApi\w*/.exec(text)?.[0] ?? "";
  let result = text;
  for (const [name, { file: where, is, becomes }] of Object.entries(MUTATIONS)) {
    if (where !== file) continue;
    expect(result).toContain(is);
    result = result.replaceAll(is, () => becomes(is, `Spoilt("${name}")`).replaceAll("kLegacyApi", api));
  }
  return result;
}

const SPOILT = `#include <cstdlib>
#include <cstring>
inline bool Spoilt(const char* what) {
  const char* const asked = std::getenv("SPOILT");
  return asked != nullptr && std::strcmp(asked, what) == 0;
}
`;

async function expectPass(program: string): Promise<void> {
  const { code, stdout, stderr } = await run({ command: program, args: [] });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.toString()).toMatch(/lab_shim over 1 \(legacy\): \d{3} checks, 0 failed, 1 not tested\n/);
}

describe.skipIf(missing.length > 0)(`the generated tests of the lab (skipped when not installed: ${missing.join(", ") || "none"})`, () => {
  const folder = temporaryFolder();
  const unit = (flavor: string): string => join(folder, "tests", `lab_shim_test_${flavor}.cc`);

  beforeAll(async () => {
    const snapshots = [await snapshotOf(join(LAB, "legacy"), "lab.h"), await snapshotOf(join(LAB, "latest"), "lab.h")] as const;
    for (const { path, text } of folderFiles({ plan: await labPlan(), surface: shimSurfaceSchema.parse({ library: "lab" }), snapshots })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  async function build(compiler: string): Promise<string> {
    const objects: string[] = [];
    const compile = async (source: string, include: string): Promise<void> => {
      const object = join(folder, `${compiler}-${objects.length}.o`);
      objects.push(object);
      const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE, "-I", include];
      await runOk({ command: compiler, args: [...FLAGS, ...sanitized(compiler), ...includes, "-c", source, "-o", object] });
    };
    for (const flavor of ["legacy", "latest"]) {
      await compile(unit(flavor), join(LAB, flavor));
      await compile(join(LAB, flavor, "lab.cc"), join(LAB, flavor));
    }
    await compile(join(folder, "tests", "lab_shim_test.cc"), folder);
    const program = join(folder, compiler);
    await runOk({ command: compiler, args: [...FLAGS, ...sanitized(compiler), ...objects, "-o", program] });
    return program;
  }

  it("by g++: pass over both flavors, with nothing for the sanitizers to report", async () => expectPass(await build("g++")), 180_000);

  describe("by clang++", () => {
    let program = "";
    beforeAll(async () => {
      for (const file of ["adapters.h", "lab_shim.h"] as const) {
        const path = join(folder, "include/lab_shim", file);
        const text = withMutations(await readFile(path, "utf8"), file);
        await writeFile(path, file === "lab_shim.h" ? text.replace("\n\n", `\n\n${SPOILT}`) : text);
      }
      program = await build("clang++");
    }, 180_000);

    it("pass over both flavors when nothing is spoilt, with nothing for the sanitizers to report", () => expectPass(program));

    it.each(Object.entries(MUTATIONS).map(([name, { said }]) => ({ name, said })))("fail when $name", async ({ name, said }) => {
      const { code, signal, stderr } = await run({ command: program, args: [], env: { ...process.env, SPOILT: name } });
      expect(code === 0 && signal === null).toBe(false);
      expect(stderr).toMatch(said);
    });
  });
});

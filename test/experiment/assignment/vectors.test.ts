import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { judgeSeed } from "../../../src/experiment/assignment/judge-seed.js";
import { type AcceptedSeed, trustedKeySchema } from "../../../src/model/seed.js";
import { packageRoot } from "../../../src/support/version.js";
import { vectors } from "./vectors.js";

const FILE = join(packageRoot(), "docs/experiments/vectors.json");

interface Vectors {
  readonly trust: { readonly project: string; readonly keys: readonly unknown[] };
  readonly documents: Readonly<Record<string, string>>;
  readonly cases: readonly {
    readonly name: string;
    readonly steps: readonly { readonly document: string; readonly now: number; readonly answer: string }[];
  }[];
}

const text = `${JSON.stringify(vectors(), null, 1)}\n`;
if (process.env["UPDATE_VECTORS"] === "1") writeFileSync(FILE, text);
const file = JSON.parse(readFileSync(FILE, "utf8")) as Vectors;

describe("the test vectors", () => {
  it("in docs/experiments are those that the code gives (UPDATE_VECTORS=1 writes them)", () => {
    expect(readFileSync(FILE, "utf8")).toBe(text);
  });

  it.each(file.cases)("$name", ({ steps }) => {
    const keys = file.trust.keys.map((key) => trustedKeySchema.parse(key));
    let previous: AcceptedSeed | undefined;
    for (const { document, now, answer } of steps) {
      const judged = judgeSeed(file.documents[document] ?? "", { project: file.trust.project, keys, previous, now });
      expect(judged.status === "rejected" ? judged.reason : judged.status, document).toBe(answer);
      if (judged.status !== "rejected") previous = judged.accepted;
    }
  });
});

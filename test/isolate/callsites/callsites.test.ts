/** Call sites of an application of several files: what moves along, what stays untouched, older namespaces, refusals. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/isolate/callsites/apply-edits.js";
import { type CallsitesRequest, diffOf, inspectCallsites, writeChanged } from "../../../src/isolate/callsites/callsites.js";
import { callsitesGithub, callsitesSarif } from "../../../src/isolate/callsites/render.js";
import { callsitesReportSchema } from "../../../src/model/isolation-callsites.js";
import { folderDigest } from "../../../src/support/tree-digest.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { LIBRARY } from "./cases.js";

function appOf(files: Readonly<Record<string, string | Buffer>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function requestFor(app: string, change: Partial<CallsitesRequest> = {}): CallsitesRequest {
  const plain = {
    flavor: "legacy",
    namespaces: ["meter"],
    import: "using",
    map: new Map<string, string>(),
    namesServed: false,
    exclude: [],
  };
  return { app, library: LIBRARY, ...plain, ...change } as CallsitesRequest;
}

async function placesIn(files: Readonly<Record<string, string>>, change: Partial<CallsitesRequest> = {}): Promise<string[]> {
  const { report } = await inspectCallsites(requestFor(appOf(files), change));
  return report.findings.map(({ file, line, construct }) => `${file}:${line} ${construct}`);
}

function jsonHeader(name: string): string {
  return `namespace Json {\nclass ${name} {\n  int x;\n};\n}\n`;
}

const OWN = "namespace meter {\nstruct Own {\n  int x;\n};\n}\n";
const HOOK = "namespace meter {\nint operator+(const Gauge& a, const Gauge& b) { return a.v + b.v; }\nOwn made();\n}\n";

describe("openings of a namespace", () => {
  it("stay where nothing in them fails", async () => {
    expect(await placesIn({ "a.cc": OWN, "b.cc": "namespace meter {\nOwn made();\n}\n" })).toEqual([]);
  });

  it("move along when their names are seen from one that moves", async () => {
    const other = "namespace meter {\nstruct Unrelated;\n}\nint f(meter::Own& own);\n";
    expect(await placesIn({ "a.cc": OWN, "b.cc": HOOK, "c.cc": other })).toEqual([
      "a.cc:1 moves-along",
      "b.cc:2 adl-hook",
      "c.cc:1 moves-along",
    ]);
  });

  it("move alone when they only declare what is the library's", async () => {
    expect(await placesIn({ "a.cc": OWN, "b.h": "namespace meter {\nclass Gauge;\n}\n" })).toEqual(["b.h:2 forward-declaration"]);
  });
});

describe("a namespace that another release has taken in", () => {
  it("is mended to the one that holds its names now", async () => {
    const app = appOf({ "a.h": "namespace gauges {\nclass Gauge;\nclass Gone;\n}\n" });
    const { report, changed } = await inspectCallsites(requestFor(app, { map: new Map([["gauges", "meter"]]) }));
    expect(report.findings.map(({ line, construct, why }) => [line, construct, why])).toEqual([
      [2, "forward-declaration", "declares a new, incomplete gauges::Gauge, which hides meter_legacy::Gauge"],
    ]);
    expect(changed.get("a.h")?.after.toString()).toBe("namespace meter_legacy {\nclass Gauge;\nclass Gone;\n}\n");
  });
});

describe("mending", () => {
  const bytes = Buffer.from("\uFEFFnamespace meter {\r\nclass Gauge; // \r\n}\r\n", "utf8");
  const odd = Buffer.concat([bytes, Buffer.from([0x2f, 0x2f, 0xff, 0xfe, 0x00, 0x0d])]);

  it("keeps every other byte, the permissions and the library, and finds nothing the second time", async () => {
    const app = appOf({ "a.h": odd });
    const before = await folderDigest(LIBRARY);
    const { changed } = await inspectCallsites(requestFor(app));
    await writeChanged(app, changed);
    const expected = Buffer.concat([odd.subarray(0, 18), Buffer.from("_legacy"), odd.subarray(18)]);
    expect(readFileSync(join(app, "a.h"))).toEqual(expected);
    const again = await inspectCallsites(requestFor(app));
    expect([again.report.findings, again.changed.size]).toEqual([[], 0]);
    expect(await folderDigest(LIBRARY)).toBe(before);
  });

  it("shows a unified diff with three lines of context", async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `int x${index};`).join("\n");
    const { changed } = await inspectCallsites(requestFor(appOf({ "sub/a.cc": `${lines}\nnamespace meter { class Gauge; }` })));
    expect(diffOf(changed)).toBe(
      [
        "--- a/sub/a.cc",
        "+++ b/sub/a.cc",
        "@@ -7,4 +7,4 @@",
        " int x6;",
        " int x7;",
        " int x8;",
        "-namespace meter { class Gauge; }",
        "\\ No newline at end of file",
        "+namespace meter_legacy { class Gauge; }",
        "\\ No newline at end of file",
        "",
      ].join("\n"),
    );
  });

  it("gives the old bytes back when the inserted texts are taken out", () => {
    const cuts = fc.uniqueArray(fc.nat(60), { maxLength: 8 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 61, maxLength: 80 }), cuts, (content, offsets) => {
        const edits = offsets
          .toSorted((a, b) => a - b)
          .map((start) => ({ file: "a", line: 1, column: 1, start, end: start, old: "", text: "_x" }));
        const after = applyEdits(Buffer.from(content), edits);
        const parts = edits.map(({ start }, index) => start + 2 * index);
        const kept = [...after].filter((_, at) => !parts.some((start) => start <= at && at < start + 2));
        expect(kept).toEqual([...content]);
      }),
    );
  });
});

describe("what is told", () => {
  it("follows its schema, names no edit of another tree, and is the same for every order of files", async () => {
    const app = appOf({ "b.cc": HOOK, "a.cc": OWN, "c.c": "int meter_reset(int x);\nint f(void) { return meter_reset(0); }\n" });
    const { report } = await inspectCallsites(requestFor(app));
    expect(callsitesReportSchema.parse(report)).toEqual(report);
    expect(report.counts).toEqual([
      { construct: "adl-hook", findings: 1, mechanical: 1 },
      { construct: "c-declaration", findings: 1, mechanical: 1 },
      { construct: "c-name", findings: 1, mechanical: 1 },
      { construct: "moves-along", findings: 1, mechanical: 1 },
    ]);
    const sarif = JSON.parse(callsitesSarif(report)) as { runs: { results: { ruleId: string }[] }[] };
    expect(sarif.runs[0]?.results.map(({ ruleId }) => ruleId)).toEqual(report.findings.map(({ construct }) => `callsite/${construct}`));
    expect(callsitesGithub(report).split("\n")[1]).toMatch(/^::error file=b.cc,line=2,col=5,title=adl-hook::/);
  });

  it("leaves global names out when a header serves them, and files that are excluded", async () => {
    const files = { "c.c": "int meter_reset(int x);\n", "old/d.h": "namespace meter { class Gauge; }\n" };
    expect(await placesIn(files, { namesServed: true })).toEqual(["old/d.h:1 forward-declaration"]);
    expect(await placesIn(files, { exclude: ["old/**"] })).toEqual(["c.c:1 c-declaration"]);
  });

  it("passes over comments, strings, look-alikes and namespaces of another parent", async () => {
    const text =
      '// namespace meter { class Gauge; }\nconst char* s = "meter::Gauge";\nnamespace meters { class Gauge; }\nnamespace a { namespace meter { class Gauge; } }\n';
    expect(await placesIn({ "a.cc": text })).toEqual([]);
  });

  it("takes a namespace that other trees extend for the library's own when its files fill it", async () => {
    const own = appOf({ "a.h": jsonHeader("A"), "b.h": jsonHeader("B"), "c.cc": "namespace Json { int f() { return 1; } }\n" });
    const foreign = appOf({
      "a.h": jsonHeader("A"),
      ...Object.fromEntries(["b", "c", "d"].map((n) => [`${n}.cc`, `namespace lib { int ${n}() { return 1; } }\n`])),
    });
    const app = appOf({ "app.cc": "namespace Json { class A; }\n" });
    const read = async (library: string): Promise<readonly string[]> =>
      (await inspectCallsites(requestFor(app, { library, namespaces: [] }))).report.library.namespaces;
    expect(await read(own)).toEqual(["Json"]);
    expect(await read(foreign)).toEqual(["lib"]);
  });

  it("says `<flavor>` and changes nothing when no flavor is known", async () => {
    const { report, changed } = await inspectCallsites(
      requestFor(appOf({ "a.h": "namespace meter { class Gauge; }\n" }), { flavor: undefined }),
    );
    expect([report.flavor, report.findings[0]?.edit?.text, changed.size]).toEqual([null, "_<flavor>", 0]);
  });
});

describe("refusals", () => {
  it.each([
    [
      "a namespace that the library does not have",
      { namespaces: ["metre"] },
      /no file of the library declares anything in a namespace 'metre'/,
    ],
    ["a library that is not there", { library: "/nowhere" }, /there is no folder \/nowhere/],
    ["an application inside the library", { app: join(LIBRARY, "src") }, /lies inside the library/],
  ])("name %s", async (_what, change, message) => {
    await expect(inspectCallsites(requestFor(temporaryFolder(), change))).rejects.toThrow(message);
  });
});

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { debianSourceSchema } from "../../src/model/source.js";
import { debianProvider } from "../../src/sources/debian-provider.js";
import { distinctMirrors } from "../../src/sources/debian-mirrors.js";
import type { Located } from "../../src/sources/provider.js";
import { sha256 } from "../../src/support/hash.js";
import { temporaryFolder } from "../helpers/temp.js";
import { makeSigningKey } from "./helpers/open-pgp.js";
import { makeTar } from "./helpers/tar-builder.js";
import { type WebServer, serve } from "./helpers/web-server.js";
import { compressed, hasCommand, refusalOf } from "./helpers/workbench.js";

const KEY = makeSigningKey(Math.floor(Date.now() / 1000) - 1000);
const ORIG = compressed("xz", makeTar([{ path: "lib-2.0/src/a.c", content: "int a;\n" }]));
const CHANGELOG = [
  "lib (2.0-1+deb1u1) stable; urgency=low\n\n  * Security.\n\n -- A Maintainer <a@example.org>  Thu, 01 Oct 2026 10:00:00 +0000\n",
  "lib (2.0-1) stable; urgency=low\n\n  * New release.\n\n -- A Maintainer <a@example.org>  Tue, 21 Jul 2026 23:21:54 -0400\n",
  "lib (1.9-1) stable; urgency=low\n\n  * Old.\n\n -- A Maintainer <a@example.org>  Fri, 02 Jan 2026 08:00:00 +0000\n",
].join("\n");
const PACKAGING = compressed("xz", makeTar([{ path: "debian/changelog", content: CHANGELOG }]));
const servers: WebServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

interface Suite {
  readonly name: string;
  readonly versions: readonly string[];
  readonly called?: string;
  readonly key?: typeof KEY;
  readonly damageIndex?: boolean;
}

function stanza(version: string): string {
  const upstream = version.replace(/-[^-]*$/, "");
  const files = [
    `${"0".repeat(64)} 5 lib_${upstream}.orig-extra.tar.xz`,
    `${sha256(ORIG)} ${ORIG.length} lib_${upstream}.orig.tar.xz`,
    `${sha256(PACKAGING)} ${PACKAGING.length} lib_${version}.debian.tar.xz`,
  ];
  return `Package: lib\nFormat: 3.0 (quilt)\nVersion: ${version}\nDirectory: pool/main/l/lib\nChecksums-Sha256:\n ${files.join("\n ")}\n`;
}

function suiteFiles(suite: Suite): [string, Buffer][] {
  const stanzas = [
    "Package: library\nVersion: 9\nDirectory: x\n",
    ...suite.versions.map(stanza),
    "Package: zlast\nVersion: 1\nDirectory: y\n",
  ];
  const index = compressed("xz", Buffer.from(stanzas.join("\n")));
  const text = `Suite: ${suite.called ?? suite.name}\nCodename: ${suite.called ?? suite.name}\nMD5Sum:\n 0 1 main/source/Sources.xz\nSHA256:\n ${sha256(index)} ${index.length} main/source/Sources.xz\n`;
  const served = suite.damageIndex === true ? compressed("xz", Buffer.from(stanzas.join("\n").replaceAll("int", "tni") + "\n")) : index;
  const root = `/dists/${suite.name}`;
  return [
    [`${root}/InRelease`, Buffer.from((suite.key ?? KEY).clearsign(text))],
    [`${root}/main/source/Sources.xz`, served],
  ];
}

async function mirror(
  suites: readonly Suite[],
  pool: readonly string[] = [],
  packaging: Readonly<Record<string, Buffer>> = {},
): Promise<string> {
  const files = new Map(suites.flatMap(suiteFiles));
  for (const version of pool) files.set(`/pool/main/l/lib/lib_${version}.orig.tar.xz`, ORIG);
  for (const [version, content] of Object.entries(packaging)) files.set(`/pool/main/l/lib/lib_${version}.debian.tar.xz`, content);
  const server = await serve(files);
  servers.push(server);
  return `${server.url}/`;
}

async function locate(version: string, suites: string[], mirrors: readonly string[]): Promise<readonly Located[]> {
  const keyring = join(temporaryFolder(), "keyring.gpg");
  await writeFile(keyring, KEY.keyring);
  const provider = debianProvider({ mirrors: () => Promise.resolve(mirrors), keyrings: () => Promise.resolve([keyring]) });
  const source = debianSourceSchema.parse({ kind: "debian", package: "lib", version, suites });
  return provider.locate(source, { release: "R", keep: ["src"], baseFolder: "/", cache: temporaryFolder() });
}

async function fill(choices: readonly Located[], index = 0) {
  const folder = temporaryFolder();
  await mkdir(join(folder, "work"));
  const choice = choices[index];
  if (choice === undefined) throw new Error(`there is no choice ${index}`);
  return choice.fill(join(folder, "tree"), join(folder, "work"));
}

describe.skipIf(!hasCommand("gpgv"))("a Debian source package (skipped when gpgv is not installed)", () => {
  it("is the newest build that begins with the asked version, of all suites", async () => {
    const address = await mirror(
      [
        { name: "old", versions: ["2.0.9-1", "2.0.10-1~deb1", "20.1-1", "1.9-1"] },
        { name: "old-security", versions: ["2.0.10-1~deb1u2"] },
      ],
      ["2.0.10"],
    );
    const found = await locate("2.0", ["old", "old-security"], [address]);
    expect(found.map(({ origin }) => origin)).toEqual(["lib 2.0.10 (Debian old-security)", "lib 2.0.9 (Debian old)"]);
    expect(found[0]?.checksum).toBe(sha256(ORIG));
    expect(await fill(found)).toMatchObject({ files: 1, bytes: 7 });
  });

  it("is offered once for each mirror that has it, so that a missing file is not the end", async () => {
    const lacking = await mirror([{ name: "old", versions: ["2.0-1"] }]);
    const having = await mirror([{ name: "old", versions: ["2.0-1"] }], ["2.0"]);
    const found = await locate("2", ["old"], [lacking, having]);
    const error = await refusalOf(fill(found, 0));
    expect(error.message).toBe(`cannot fetch ${lacking}pool/main/l/lib/lib_2.0.orig.tar.xz: the server answered 404 Not Found`);
    expect(await fill(found, 1)).toMatchObject({ files: 1 });
  });

  it("tells the day on which its upstream version was packaged first, and none where that is not the signed archive, or has no such entry", async () => {
    const suites = [{ name: "old", versions: ["2.0-1+deb1u1", "1.9-1", "1.8-1", "1.7-1"] }];
    const other = compressed("xz", makeTar([{ path: "debian/changelog", content: CHANGELOG.replaceAll("2026", "2025") }]));
    const address = await mirror(suites, [], { "2.0-1+deb1u1": PACKAGING, "1.9-1": PACKAGING, "1.8-1": PACKAGING, "1.7-1": other });
    const days = ["2.0", "1.9", "1.8", "1.7"].map(async (version) => (await locate(version, ["old"], [address]))[0]?.day?.());
    expect(await Promise.all(days)).toEqual([
      { day: "2026-07-21", from: "Debian's changelog: lib 2.0-1" },
      { day: "2026-01-02", from: "Debian's changelog: lib 1.9-1" },
      undefined,
      undefined,
    ]);
  });

  it("is searched on, when a mirror has not the suite", async () => {
    const other = await mirror([{ name: "else", versions: ["2.0-1"] }]);
    const right = await mirror([{ name: "old", versions: ["2.0-1"] }]);
    expect(await locate("2", ["old"], [other, right])).toHaveLength(1);
  });

  it("that does not exist is told with what there is and where was asked", async () => {
    const address = await mirror([{ name: "old", versions: ["1.9-1", "20.1-1"] }]);
    const error = await refusalOf(locate("2", ["old", "gone"], [address]));
    expect(error.code).toBe("input-missing");
    expect(error.message).toContain(`Debian has no lib 2: only 1.9-1 in old, 20.1-1 in old (asked: old, gone on ${address})`);
    expect(error.message).toContain(`${address}dists/gone/InRelease: the server answered 404`);
  });

  it.each<[string, Partial<Suite>, RegExp]>([
    ["signed by an unknown key", { key: makeSigningKey(Math.floor(Date.now() / 1000) - 1000) }, /the signature of .*InRelease is not good/],
    ["signed for another suite", { called: "experimental" }, /InRelease is signed, but for another suite: experimental/],
    ["with an index that is not the signed one", { damageIndex: true }, /Sources\.xz has SHA-256 [0-9a-f]{64}, the signed InRelease says/],
  ])("%s is refused", async (_what, change, message) => {
    const address = await mirror([{ name: "old", versions: ["2.0-1"], ...change }]);
    const error = await refusalOf(locate("2", ["old"], [address]));
    expect(error.code).toBe("checksum");
    expect(error.message).toMatch(message);
  });

  it("comes from a mirror in a folder too", async () => {
    const folder = temporaryFolder();
    for (const [path, data] of [
      ...suiteFiles({ name: "old", versions: ["2.0-1"] }),
      ["/pool/main/l/lib/lib_2.0.orig.tar.xz", ORIG] as const,
    ]) {
      await mkdir(dirname(folder + path), { recursive: true });
      await writeFile(folder + path, data);
    }
    expect(await fill(await locate("2", ["old"], [`file://${folder}/`]))).toMatchObject({ files: 1 });
  });
});

it("mirrors are apt's distinct addresses that can be read here", () => {
  expect(
    distinctMirrors("http://a.example/debian/\nhttp://a.example/debian/\ncdrom:[x]/\nhttps://b.example/sec\n\nfile:/srv/m/\n"),
  ).toEqual(["http://a.example/debian/", "https://b.example/sec/", "file:/srv/m/"]);
});

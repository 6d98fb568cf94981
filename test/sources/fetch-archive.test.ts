import { chmod, readFile, readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { type Release, releaseSchema } from "../../src/model/source.js";
import { fetchRelease } from "../../src/sources/fetch-release.js";
import { sha256 } from "../../src/support/hash.js";
import { temporaryFolder } from "../helpers/temp.js";
import { makeTar } from "./helpers/tar-builder.js";
import { type Answer, type WebServer, serve } from "./helpers/web-server.js";
import { compressed, hasCommand, refusalOf } from "./helpers/workbench.js";

const TAR = makeTar([
  { path: "lib-1.0/README", content: "read me\n" },
  { path: "lib-1.0/src/a.c", content: "int a;\n" },
  { path: "lib-1.0/src/run.sh", content: "#!/bin/sh\n", mode: 0o755 },
  { path: "lib-1.0/src/same.c", type: "1", linkPath: "lib-1.0/src/a.c" },
  { path: "lib-1.0/src/link.c", type: "2", linkPath: "../src/a.c" },
  { path: "lib-1.0/src/away", type: "2", linkPath: "../../../etc/passwd" },
  { path: "lib-1.0/big/data", content: Buffer.alloc(300_000, "0123456789") },
]);
const servers: WebServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serving(answers: Record<string, Answer>): Promise<WebServer> {
  const started = await serve(new Map(Object.entries(answers)));
  servers.push(started);
  return started;
}

function release(url: string, data: Buffer, keep: string[] = ["src"], more: object = {}): Release {
  return releaseSchema.parse({ id: "R1", keep, sources: [{ kind: "archive", url, sha256: sha256(data), ...more }] });
}

function options() {
  const folder = temporaryFolder();
  return { cache: join(folder, "cache"), baseFolder: folder };
}

/** Nothing of a failed fetch may stay behind. */
async function leftovers(cache: string): Promise<string[]> {
  const trees = await readdir(join(cache, "trees")).catch(() => []);
  return [...trees, ...(await readdir(join(cache, "tmp")).catch(() => [])), ...(await readdir(join(cache, "locks")).catch(() => []))];
}

describe("a release archive", () => {
  it.each(["", "gzip", "xz", "bzip2", "zstd"])("comes over http, compressed with %s, and only the kept sub-tree stays", async (command) => {
    if (command !== "" && !hasCommand(command)) throw new Error(`${command} is not installed`);
    const data = command === "" ? TAR : compressed(command, TAR);
    const { url } = await serving({ "/lib": data });
    const tree = await fetchRelease(release(`${url}/lib`, data), options());
    expect((await readdir(tree.path, { recursive: true })).toSorted()).toEqual([
      "src",
      "src/a.c",
      "src/link.c",
      "src/run.sh",
      "src/same.c",
    ]);
    expect(tree).toMatchObject({ release: "R1", kind: "archive", checksum: sha256(data), files: 4, bytes: 24, failed: [] });
    expect(await readFile(join(tree.path, "src/link.c"), "utf8")).toBe("int a;\n");
    expect(await readFile(join(tree.path, "src/same.c"), "utf8")).toBe("int a;\n");
  });

  it("keeps whether a file is executable, and makes it read-only", async () => {
    const { url } = await serving({ "/lib": TAR });
    const { path } = await fetchRelease(release(`${url}/lib`, TAR), options());
    expect((await stat(join(path, "src/run.sh"))).mode & 0o777).toBe(0o555);
    expect((await stat(join(path, "src/a.c"))).mode & 0o777).toBe(0o444);
  });

  it("is kept whole without its one leading folder when nothing is named to keep", async () => {
    const { url } = await serving({ "/lib": TAR });
    const { path } = await fetchRelease(release(`${url}/lib`, TAR, []), options());
    expect((await readdir(path)).toSorted()).toEqual(["README", "big", "src"]);
  });

  it("lies where 'into' says", async () => {
    const { url } = await serving({ "/lib": TAR });
    const { path } = await fetchRelease(release(`${url}/lib`, TAR, ["deep/lib/src"], { into: "deep/lib" }), options());
    expect(await readFile(join(path, "deep/lib/src/a.c"), "utf8")).toBe("int a;\n");
  });

  it("gives one digest for equal trees from different archives", async () => {
    const other = makeTar([
      { path: "src/run.sh", content: "#!/bin/sh\n", mode: 0o700 },
      { path: "src/same.c", content: "int a;\n" },
      { path: "src/link.c", type: "2", linkPath: "../src/a.c" },
      { path: "src/a.c", content: "int a;\n", mode: 0o600 },
    ]);
    const { url } = await serving({ "/one": TAR, "/other": other });
    const one = await fetchRelease(release(`${url}/one`, TAR), options());
    const two = await fetchRelease(release(`${url}/other`, other), options());
    expect(two.digest).toBe(one.digest);
    expect(two.checksum).not.toBe(one.checksum);
  });

  it("comes from a file beside the configuration", async () => {
    const where = options();
    await writeFile(join(where.baseFolder, "lib.tar"), TAR);
    const asked = releaseSchema.parse({ id: "R1", keep: ["src"], sources: [{ kind: "archive", file: "lib.tar", sha256: sha256(TAR) }] });
    expect((await fetchRelease(asked, { ...where, offline: true })).files).toBe(4);
  });

  it("is found behind redirects", async () => {
    const { url } = await serving({
      "/old": (_request, response) => void response.writeHead(302, { location: "/new" }).end(),
      "/new": TAR,
    });
    expect((await fetchRelease(release(`${url}/old`, TAR), options())).files).toBe(4);
  });

  it("goes on where a connection broke", async () => {
    const cut = TAR.length / 2;
    const { url, asked } = await serving({
      "/lib": (request, response) => {
        const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
        const head = { "accept-ranges": "bytes", etag: '"1"' };
        if (from === undefined) {
          response.writeHead(200, { ...head, "content-length": TAR.length });
          response.write(TAR.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
        } else response.writeHead(206, { ...head, "content-length": TAR.length - Number(from) }).end(TAR.subarray(Number(from)));
      },
    });
    expect((await fetchRelease(release(`${url}/lib`, TAR), options())).files).toBe(4);
    expect(asked).toHaveLength(2);
  });

  it("is chosen by the leading folder that has all kept sub-trees", async () => {
    const data = makeTar([
      { path: "top/v8/third_party/one/x", content: "wrong" },
      { path: "top/third_party/one/x", content: "right" },
      { path: "top/third_party/two/y", content: "right" },
    ]);
    const { url } = await serving({ "/lib": data });
    const { path } = await fetchRelease(release(`${url}/lib`, data, ["third_party/one", "third_party/two"]), options());
    expect((await readdir(path, { recursive: true })).toSorted()).toEqual([
      "third_party",
      "third_party/one",
      "third_party/one/x",
      "third_party/two",
      "third_party/two/y",
    ]);
    expect(await readFile(join(path, "third_party/one/x"), "utf8")).toBe("right");
  });
});

describe("a second fetch", () => {
  it("needs no network", async () => {
    const where = options();
    const { url, close } = await serving({ "/lib": TAR });
    const first = await fetchRelease(release(`${url}/lib`, TAR), where);
    await close();
    expect(await fetchRelease(release(`${url}/lib`, TAR), { ...where, offline: true })).toEqual(first);
  });

  it("takes the same tree for another description of the same archive", async () => {
    const where = options();
    const { url, asked } = await serving({ "/lib": TAR, "/mirror": TAR });
    const first = await fetchRelease(release(`${url}/lib`, TAR), where);
    const second = await fetchRelease({ ...release(`${url}/mirror`, TAR), id: "R2" }, where);
    expect(second).toMatchObject({ path: first.path, release: "R2", origin: `archive ${url}/mirror` });
    expect(asked).toEqual(["/lib"]);
  });

  it.each([
    ["a file is gone", (path: string) => writeFile(join(path, "src/added.c"), "x")],
    ["a file has another size", (path: string) => rewrite(join(path, "src/a.c"), "int a = 1;\n")],
    ["a file has other content of the same size", (path: string) => rewrite(join(path, "src/a.c"), "int b;\n")],
  ])("brings a damaged tree anew: %s", async (_what, damage) => {
    const where = options();
    const { url, asked } = await serving({ "/lib": TAR });
    const first = await fetchRelease(release(`${url}/lib`, TAR), where);
    await damage(first.path);
    const second = await fetchRelease(release(`${url}/lib`, TAR), where);
    expect(second).toEqual(first);
    expect(await readFile(join(second.path, "src/a.c"), "utf8")).toBe("int a;\n");
    expect(await readdir(join(second.path, "src"))).toHaveLength(4);
    expect(asked).toHaveLength(2);
  });

  it("keeps a tree whose files only have newer times", async () => {
    const where = options();
    const { url, asked } = await serving({ "/lib": TAR });
    const { path } = await fetchRelease(release(`${url}/lib`, TAR), where);
    const later = new Date(Date.now() + 60_000);
    await utimes(join(path, "src/a.c"), later, later);
    await fetchRelease(release(`${url}/lib`, TAR), where);
    expect(asked).toHaveLength(1);
  });
});

describe("a refused archive", () => {
  it("with a wrong checksum names the address and both sums", async () => {
    const where = options();
    const { url } = await serving({ "/lib": compressed("gzip", TAR) });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, TAR), where));
    expect(error.code).toBe("checksum");
    expect(error.message).toContain(`${url}/lib has SHA-256 ${sha256(compressed("gzip", TAR))}, expected ${sha256(TAR)}`);
    expect(await leftovers(where.cache)).toEqual([]);
  });

  it.each(["gzip", "xz", "bzip2", "zstd"])("that was cut short, compressed with %s, is called truncated", async (command) => {
    const where = options();
    const whole = compressed(command, TAR);
    const { url } = await serving({ "/lib": whole.subarray(0, whole.length - 30) });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, whole), where));
    expect(error.code).toBe("archive-invalid");
    expect(error.message).toMatch(/\/lib is truncated/);
    expect(error.message).toContain(`expected ${sha256(whole)}`);
    expect(await leftovers(where.cache)).toEqual([]);
  });

  it("that was cut short without compression is called truncated", async () => {
    const cut = TAR.subarray(0, 2000);
    const { url } = await serving({ "/lib": cut });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, cut), options()));
    expect(error.message).toMatch(/is truncated: it stops inside entry \d.*its SHA-256 is the expected one/s);
  });

  it("that is no archive at all is called so", async () => {
    const page = Buffer.from("<html>not found</html>".repeat(100));
    const { url } = await serving({ "/lib": page });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, page), options()));
    expect(error).toMatchObject({ code: "archive-invalid", message: expect.stringContaining("/lib is not a tar archive") as string });
  });

  it("without a kept sub-tree names it", async () => {
    const where = options();
    const { url } = await serving({ "/lib": TAR });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, TAR, ["src", "nowhere/to/be"]), where));
    expect(error).toMatchObject({ code: "input-invalid", message: expect.stringContaining("/lib has no nowhere/to/be") as string });
    expect(await leftovers(where.cache)).toEqual([]);
  });

  it("that is not there is a network failure with the server's answer", async () => {
    const { url } = await serving({});
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, TAR), options()));
    expect(error).toMatchObject({
      code: "network",
      message: expect.stringContaining(`cannot fetch ${url}/lib: the server answered 404`) as string,
    });
  });

  it("holding a path outside is refused", async () => {
    const data = makeTar([{ path: "src/a.c" }, { path: "../evil" }]);
    const { url } = await serving({ "/lib": data });
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, data), options()));
    expect(error.message).toMatch(/leaves its folder: \.\.\/evil/);
  });

  it("is told with every source that was tried", async () => {
    const { url, close } = await serving({});
    await close();
    const sources = [
      { kind: "archive", url: `${url}/lib`, sha256: sha256(TAR) },
      { kind: "archive", file: "missing.tar", sha256: sha256(TAR) },
      { kind: "folder", path: "missing" },
    ];
    const error = await refusalOf(fetchRelease(releaseSchema.parse({ id: "R1", sources }), options()));
    expect(error.message).toMatch(/cannot fetch R1: no source served\n.*ECONNREFUSED.*\n.*missing\.tar.*\n.*there is no folder/);
    expect(error.code).toBe("input-missing");
  });
});

it("the next source serves when one fails, and the failure is told", async () => {
  const { url } = await serving({ "/good": TAR });
  const sources = ["/bad", "/good"].map((path) => ({ kind: "archive", url: url + path, sha256: sha256(TAR) }));
  const tree = await fetchRelease(releaseSchema.parse({ id: "R1", keep: ["src"], sources }), options());
  expect(tree.origin).toBe(`archive ${url}/good`);
  expect(tree.failed).toEqual([
    { provider: expect.stringContaining("/bad") as string, why: `cannot fetch ${url}/bad: the server answered 404 Not Found` },
  ]);
});

it("offline without a cached tree says how to get one", async () => {
  const error = await refusalOf(fetchRelease(release("http://127.0.0.1:1/lib", TAR), { ...options(), offline: true }));
  expect(error).toMatchObject({ code: "network", hint: expect.stringContaining("without --offline") as string });
});

it("a missing decompressor is named with its package", async () => {
  const data = compressed("xz", TAR);
  const { url } = await serving({ "/lib": data });
  const path = process.env["PATH"];
  process.env["PATH"] = temporaryFolder();
  try {
    const error = await refusalOf(fetchRelease(release(`${url}/lib`, data), options()));
    expect(error).toMatchObject({ code: "tool-missing", hint: expect.stringContaining("xz-utils") as string });
    expect(error.message).toMatch(/cannot unpack .*\/lib: xz is not installed/);
  } finally {
    process.env["PATH"] = path;
  }
});

async function rewrite(path: string, content: string): Promise<void> {
  await chmod(path, 0o644);
  await writeFile(path, content);
  const later = new Date(Date.now() + 1000);
  await utimes(path, later, later);
}

it("another source is not asked for an archive that was whole but lacks what is kept", async () => {
  const { url, asked } = await serving({ "/one": TAR, "/two": TAR });
  const sources = ["/one", "/two"].map((path) => ({ kind: "archive", url: url + path, sha256: sha256(TAR) }));
  await refusalOf(fetchRelease(releaseSchema.parse({ id: "R1", keep: ["nowhere"], sources }), options()));
  expect(asked).toEqual(["/one"]);
});

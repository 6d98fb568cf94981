/** Packs that we write are git's: every object reads back, and git's own check finds nothing. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { objectId } from "../../src/git/loose-object.js";
import { type NewObject, writePack, writePackAside } from "../../src/git/pack.js";
import { storedZlib } from "../../src/git/stored-zlib.js";
import { temporaryRepository } from "./temporary-repository.js";

const SIZES = [0, 1, 15, 16, 2047, 2048, 65_535, 65_536, 200_000];

function blobs(): NewObject[] {
  return SIZES.map((size) => {
    const content = randomBytes(size);
    return { id: objectId("blob", content), type: "blob", content };
  });
}

describe("a pack", () => {
  it.each(["compressed", "stored"])("that is %s reads back in git, object by object", async (kind) => {
    const { repository, objects, git } = await temporaryRepository();
    const folder = join(repository.path, "objects");
    const written = blobs();
    if (kind === "stored") writePackAside(folder, written);
    else await writePack(folder, written);
    for (const { id, content } of written) expect((await objects.read(id, "blob")).equals(Buffer.from(content))).toBe(true);
    expect(git("fsck", "--full", "--no-dangling").trim()).toBe("");
    expect(git("count-objects", "-v")).toContain(`in-pack: ${written.length}`);
    expect(git("count-objects", "-v")).toContain("garbage: 0");
  });
});

describe("a stored zlib stream", () => {
  it("inflates to the same bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 140_000 }), (data) => inflateSync(storedZlib(data)).equals(Buffer.from(data))));
  });
});

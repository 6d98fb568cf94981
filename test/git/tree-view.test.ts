/** Trees looked at and changed without taking them apart give what taking them apart gives. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { objectId } from "../../src/git/loose-object.js";
import { changesBetween } from "../../src/git/tree-changes.js";
import { openDraft } from "../../src/git/tree-draft.js";
import { differingEntries, viewTree } from "../../src/git/tree-view.js";
import { type TreeEntry, formatTree, parseTree } from "../../src/git/tree.js";

// Ids full of the bytes that mean something elsewhere in a tree: spaces, zeros, digits, slashes.
const ID = fc.array(fc.constantFrom("20", "00", "31", "2f", "61", "ff"), { minLength: 20, maxLength: 20 }).map((bytes) => bytes.join(""));
const NAME = fc.string({ unit: fc.constantFrom("a", "b", "1", ".", " ", "-", "\u00e4"), minLength: 1, maxLength: 3 });
const MODE = fc.constantFrom("100644", "100755", "120000", "40000", "160000");
const ENTRIES = fc.dictionary(NAME, fc.record({ mode: MODE, id: ID }, { noNullPrototype: true }), { maxKeys: 12, noNullPrototype: true });

function treeOf(entries: Readonly<Record<string, TreeEntry>>): Buffer {
  return formatTree(new Map(Object.entries(entries)));
}

describe("a tree", () => {
  it("gives each entry by its name, and nothing for other names, however often it is asked", () => {
    fc.assert(
      fc.property(ENTRIES, fc.array(NAME), (entries, others) => {
        const names = [...Object.keys(entries), ...others];
        const view = viewTree(treeOf(entries));
        for (const name of names) expect(view.get(name)).toEqual(Object.hasOwn(entries, name) ? entries[name] : undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("differs from another in what a comparison entry by entry finds", () => {
    fc.assert(
      fc.property(ENTRIES, ENTRIES, fc.boolean(), (first, second, shared) => {
        const next = shared ? { ...first, ...Object.fromEntries(Object.entries(second).slice(0, 2)) } : second;
        const [a, b] = [treeOf(first), treeOf(next)];
        const [old, now] = [parseTree(a), parseTree(b)];
        const expected = [...new Set([...old.keys(), ...now.keys()])]
          .map((name) => ({ name, before: old.get(name), after: now.get(name) }))
          .filter(({ before, after }) => before?.id !== after?.id || before?.mode !== after?.mode);
        expect(differingEntries(viewTree(a), viewTree(b)).toSorted(byName)).toEqual(expected.toSorted(byName));
      }),
      { numRuns: 2000 },
    );
  });

  it("that is cut short is refused when it is compared", () => {
    const whole = treeOf({ a: { mode: "100644", id: "12".repeat(20) }, b: { mode: "100644", id: "34".repeat(20) } });
    expect(() => differingEntries(viewTree(whole), viewTree(whole.subarray(0, whole.length - 3)))).toThrow("cut short");
  });
});

describe("a draft", () => {
  const PATH = fc.array(fc.constantFrom("a", "b", "c", "d.e"), { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
  const FILE = fc.record({ mode: fc.constantFrom("100644", "100755", "120000", "160000"), id: ID }, { noNullPrototype: true });
  const STEP = fc.oneof({ weight: 3, arbitrary: fc.tuple(PATH, FILE) }, { weight: 1, arbitrary: fc.tuple(PATH, fc.constant(null)) });

  it("after any changes is the tree of the files that are left, and says so path by path", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(STEP, { maxLength: 4 }), { maxLength: 5 }), async (rounds) => {
        const { readTree, add } = memory();
        const draft = openDraft({ readTree, add }, objectId("tree", Buffer.alloc(0)));
        const files = new Map<string, TreeEntry>();
        for (const round of rounds) {
          // One change of a path per round, and none above or below another's.
          const changes = new Map(round.filter(([path], at) => !round.some(([other], index) => index < at && isRelated(path, other))));
          for (const [path, next] of changes) {
            const inTheWay = [...files.keys()].filter((other) =>
              next === null ? other === path || other.startsWith(`${path}/`) : isRelated(other, path),
            );
            for (const other of inTheWay) files.delete(other);
            if (next !== null) files.set(path, next);
          }
          await draft.apply(changes);
          const id = draft.write();
          const found = await changesBetween(readTree, null, id);
          expect(new Map(found.map(({ path, after }) => [path, after]))).toEqual(files);
          for (const [path, entry] of files) expect(await draft.entry(path)).toEqual(entry);
          const anew = openDraft({ readTree, add }, objectId("tree", Buffer.alloc(0)));
          await anew.apply(files);
          expect(id).toBe(anew.write());
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the changes of some files only", () => {
  const PATH = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
  const FILE = fc.record({ mode: fc.constantFrom("100644", "160000"), id: ID }, { noNullPrototype: true });

  it("are those of all files that are among them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(PATH, FILE)), fc.array(fc.tuple(PATH, FILE)), fc.array(PATH), async (first, second, only) => {
        const { readTree, add } = memory();
        const written = async (files: readonly (readonly [string, TreeEntry])[]) => {
          const draft = openDraft({ readTree, add }, objectId("tree", Buffer.alloc(0)));
          for (const [path, entry] of files) await draft.apply(new Map([[path, entry]]));
          return draft.write();
        };
        const [before, after] = [await written(first), await written([...first.slice(1), ...second])];
        const all = await changesBetween(readTree, before, after);
        expect(await changesBetween(readTree, before, after, only)).toEqual(all.filter(({ path }) => only.includes(path)));
      }),
      { numRuns: 500 },
    );
  });
});

function byName(x: { name: string }, y: { name: string }): number {
  return x.name < y.name ? -1 : 1;
}

/** Objects that live in memory. */
function memory() {
  const objects = new Map<string, Buffer>([[objectId("tree", Buffer.alloc(0)), Buffer.alloc(0)]]);
  return {
    readTree: (id: string) => Promise.resolve(viewTree(objects.get(id) ?? Buffer.alloc(0))),
    add: (type: string, content: Uint8Array) => {
      const id = objectId(type, content);
      objects.set(id, Buffer.from(content));
      return id;
    },
  };
}

function isRelated(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

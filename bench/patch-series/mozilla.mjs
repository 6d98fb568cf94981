/** Mozilla's fork of WebRTC as two releases of Firefox hold it: the vendored tree and the numbered stack of patches in it. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { commitTree, openIndex, treeOfFolder } from "./git.mjs";
import { upstreamTree } from "./sources.mjs";

const INSIDE = "third_party/libwebrtc";
const STACK = "moz-patch-stack";

/** Both sides in one repository: bases, stacks as commits, and what could not be had. */
export async function buildMozilla(repo, { sides }) {
  const [old, fresh] = [await buildSide(repo, sides[0]), await buildSide(repo, sides[1])];
  return {
    title: "Mozilla's WebRTC, ESR 115 to 140",
    base: old.base,
    tip: old.tip,
    onto: fresh.base,
    people: fresh.commits,
    inBase: fresh.refused.map((patch) => described(patch)),
    keysOf: mailKeys,
    notes: [...old.notes, ...fresh.notes],
  };
}

async function buildSide(repo, side) {
  const fetched = await upstreamTree({ name: "firefox-esr", keep: [INSIDE], ...side });
  const folder = join(fetched.path, INSIDE);
  const patches = readStack(join(folder, STACK));
  const whole = treeOfFolder(repo, folder, isOfMozilla);
  const { tree, reversed, refused } = reverse(repo, whole, patches);
  const base = commitTree(repo, tree, [], `libwebrtc of Firefox ${side.version}, without its stack\n`);
  const stacked = stack(repo, base, tree, reversed);
  if (stacked.tree !== whole) throw new Error(`the stack of ${side.version} does not lead back to the vendored tree`);
  const parts = reversed.filter(({ without }) => without.length > 0);
  return { base, tip: stacked.tip, commits: stacked.commits, refused, notes: notesOn(side.version, patches, reversed, refused, parts) };
}

/** Made for Firefox's build or about the vendoring itself: in no patch of the stack. */
function isOfMozilla(path) {
  return path.startsWith(`${STACK}/`) || /(^|\/)moz\.build$/.test(path) || path.startsWith("README.moz");
}

function readStack(folder) {
  const names = readdirSync(folder)
    .filter((name) => /^\d+\.patch$/.test(name))
    .toSorted();
  return names.map((name) => ({ name, text: readFileSync(join(folder, name), "latin1") }));
}

/** Takes the patches off, last first. Files that the vendoring left out are left out of a patch; what does not come off stays. */
function reverse(repo, whole, patches) {
  const index = openIndex(repo, whole);
  const reversed = [];
  const refused = [];
  for (const patch of patches.toReversed()) {
    const { text, without } = withoutMissing(patch.text, index.paths());
    const why = text === "" ? "none of its files is in the vendored tree" : index.apply(text, ["-R"]);
    if (why === undefined) reversed.unshift({ ...patch, text, without });
    else refused.unshift({ ...patch, why });
  }
  return { tree: index.write(), reversed, refused };
}

/** The parts of a patch whose file (after the patch) is there, or that remove one. */
function withoutMissing(text, paths) {
  const [head, ...parts] = text.split(/^(?=diff --git )/m);
  const without = [];
  const kept = parts.filter((part) => {
    const path = / b\/(.*)$/m.exec(part)?.[1] ?? "";
    if (/^deleted file mode/m.test(part) || paths.has(path)) return true;
    without.push(path);
    return false;
  });
  return { text: kept.length === 0 ? "" : head + kept.join(""), without };
}

function stack(repo, base, tree, patches) {
  const index = openIndex(repo, tree);
  const commits = [];
  let [tip, now] = [base, tree];
  for (const patch of patches) {
    const why = index.apply(patch.text);
    if (why !== undefined) throw new Error(`${patch.name} came off, but does not go on: ${why}`);
    now = index.write();
    tip = commitTree(repo, now, [tip], messageOf(patch));
    commits.push({ commit: tip, name: patch.name });
  }
  return { tip, tree: now, commits };
}

/** Subject (its folded lines joined) and text of a mail. */
function messageOf({ name, text }) {
  const head = text.slice(0, text.search(/^diff --git /m));
  const subject = (/^Subject: ((?:.*)(?:\n[ \t].*)*)/m.exec(head)?.[1] ?? name).replaceAll(/\n[ \t]+/g, " ");
  const body = head.slice(head.indexOf("\n\n") + 2).replace(/^---\n[\s\S]*/m, "");
  return `${subject}\n\n${body}`;
}

function described(patch) {
  const message = messageOf(patch);
  return { name: patch.name, subject: message.split("\n", 1)[0], keys: mailKeys(message), lines: [], paths: [] };
}

/** By what two mails are about the same patch: their subject, and the revisions that they name. */
function mailKeys(message) {
  const subject = message
    .split("\n", 1)[0]
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .replace(/ r .*$/, "")
    .trim();
  const revisions = [...message.matchAll(/^Mercurial Revision: \S+\/([0-9a-f]{12,40})/gm)].map(([, id]) => id.slice(0, 12));
  return [subject, ...revisions];
}

function notesOn(version, patches, reversed, refused, parts) {
  const notes = [`Firefox ${version}: ${patches.length} patches, ${reversed.length} taken off, ${refused.length} refuse`];
  for (const { name, why } of refused) notes.push(`  ${name} refuses: ${why.split("\n").slice(0, 2).join("; ")}`);
  for (const { name, without } of parts) notes.push(`  ${name} without what the vendoring left out: ${without.join(", ")}`);
  return notes;
}

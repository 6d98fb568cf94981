/** Makes a project around the small audio library: upstream's history of some dozen commits, features, use cases, something planted. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { LIBRARY, PLANTS, markOf, planted } from "./library.mjs";
import { CONFIG, PROGRAM, USE_CASES } from "./program.mjs";

/** Features that change nothing that is measured: where each puts its lines. The third builds on the second. */
const FEATURES = ["cpu", "level", "leak", "channels", "crash"];

/**
 * `upstream` and `feature` name what is planted where, `commits` how many commits lie between both releases, `broken` which of those
 * do not build, `places` which features there are. Gives the id of each planted commit and the name of each planted feature.
 */
export function makeProject(root, { upstream = [], feature = [], commits = 24, broken = [], places = FEATURES } = {}) {
  const release = makeUpstream(join(root, "upstream"), { upstream, commits, broken });
  const features = makeFeatures(root, feature, places);
  write(root, { ...PROGRAM, ...USE_CASES, "unfork.config.mjs": CONFIG });
  return { commits: release, features };
}

function makeUpstream(repository, { upstream, commits, broken }) {
  mkdirSync(repository, { recursive: true });
  git(repository, "init", "--quiet", "--initial-branch=main");
  write(repository, LIBRARY);
  commit(repository, "Release 1", 0);
  git(repository, "tag", "v1");
  const found = {};
  const texts = { ...LIBRARY };
  for (let n = 1; n <= commits; n++) {
    const name = upstream.find((_, index) => n === placeOf(index, upstream.length, commits));
    if (name !== undefined) {
      const { file } = PLANTS[name];
      texts[file] = planted(texts[file], name);
      write(repository, { [file]: texts[file] });
      found[name] = commit(repository, `Tidy ${file}`, n);
    } else if (n === commits) {
      write(repository, { "include/tone/release.h": LIBRARY["include/tone/release.h"].replace("RELEASE 1", "RELEASE 2") });
      commit(repository, "Release 2", n);
    } else {
      write(repository, plainChange(texts, n, broken.includes(n)));
      commit(repository, `Say more in note ${n}`, n);
    }
  }
  git(repository, "tag", "v2");
  git(repository, "config", "uploadpack.allowFilter", "true");
  return found;
}

/** Somewhere in the middle, each plant at another place. */
function placeOf(index, of, commits) {
  return Math.min(commits - 1, 1 + Math.round(((index + 0.7) * (commits - 2)) / of));
}

/** A comment more, which changes no code; a broken commit leaves out what the next one brings. */
function plainChange(texts, n, isBroken) {
  const file = ["src/engine.cc", "src/mixer.cc", "src/gain.cc"][n % 3];
  texts[file] = `${texts[file].trimEnd()}\n// Note ${n}.\n`;
  const notes = `#include "tone/${isBroken ? "missing" : "engine"}.h"\n// Note ${n}.\nnamespace tone {\nint Notes() { return ${n}; }\n}  // namespace tone\n`;
  return { [file]: texts[file], "src/notes.cc": notes };
}

function makeFeatures(root, feature, places) {
  const names = {};
  places.forEach((place, index) => {
    const name = `own-${place}-notes`;
    const wanted = feature.find((each) => PLANTS[each].file === PLANTS[place].file && !Object.values(names).includes(name));
    if (wanted !== undefined) names[wanted] = name;
    const { file, lines } = PLANTS[wanted ?? place];
    const text = LIBRARY[file];
    const mark = wanted === undefined ? "namespace tone {\n" : markOf(wanted);
    const after = text.slice(0, text.indexOf(mark)).split("\n").length;
    const own = wanted === undefined ? ["// Looked through by the audio team."] : ["#if TONE_RELEASE >= 2", ...lines, "#endif"];
    const dependsOn = index === 2 ? `dependsOn: [own-${places[1]}-notes]\n` : "";
    write(join(root, "features", name), {
      "feature.yaml": `name: ${name}
purpose: Our own lines about ${place} in this file, kept over releases.
owner: ${place} team
base: v1
${dependsOn}files:
  - path: ${file}
    base: ${createHash("sha256").update(text).digest("hex")}
    script: lines.ed
`,
      "lines.ed": `${after}a\n${own.join("\n")}\n.\n`,
    });
  });
  return names;
}

function write(root, table) {
  for (const [path, text] of Object.entries(table)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function commit(repository, subject, n) {
  git(repository, "add", "--all");
  const date = `2026-03-${String(1 + (n % 28)).padStart(2, "0")}T12:00:00Z`;
  git(
    repository,
    "-c",
    "user.name=Ada Upstream",
    "-c",
    "user.email=ada@example.org",
    "commit",
    "--quiet",
    "--message",
    subject,
    `--date=${date}`,
  );
  return git(repository, "rev-parse", "HEAD").trim();
}

function git(repository, ...args) {
  return execFileSync("git", ["-C", repository, ...args], {
    encoding: "utf8",
    env: { ...process.env, GIT_COMMITTER_DATE: "2026-03-01T12:00:00Z" },
  });
}

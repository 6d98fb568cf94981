/** How the measurement tells its figures: a row per run, and a text with what became of each patch. */
import { likeness } from "./lines.mjs";

export function headRow() {
  const cells = [
    "series",
    "run",
    "patches",
    "clean",
    "auto",
    "empty",
    "upstreamed",
    "conflict",
    "cascade",
    "merged, people have it",
    "equal",
    "tree as git's",
    "seconds",
  ];
  return `| ${cells.join(" | ")} |\n|${cells.map(() => " --- |").join("")}`;
}

/** The plain run, that with people's answers and, where there is one, the earlier measurement. */
export function seriesRows({ known }, { title }, { plain, helped, ms, asGit }) {
  const rows = [
    rowOf(title, "conflicts left out", plain, asGit ? "yes" : "NO", (ms / 1000).toFixed(1)),
    rowOf("", "people's answers to conflicts", helped, "", ""),
  ];
  if (known !== undefined) rows.push(knownRow(known));
  return rows.join("\n");
}

function rowOf(title, run, rows, ...last) {
  const count = (status) => rows.filter((one) => one.status === status).length;
  const held = rows.filter(({ equal, pair }) => equal === true || (equal === false && pair.by !== "joined"));
  const cells = [title, run, rows.length, ...["clean", "auto", "empty", "upstreamed", "conflict", "cascade"].map(count)];
  return `| ${[...cells, held.length, held.filter(({ equal }) => equal).length, ...last].join(" | ")} |`;
}

function knownRow({ patches, merged, empty, conflict, equal, matched }) {
  return `| | known before | ${patches} | ${merged} | (both) | ${empty} | | ${conflict} | | ${matched} | ${equal} | | |`;
}

/** What became of each patch, for people to read. */
export function details({ title, notes }, { people, plain, helped }) {
  const answered = new Map(helped.map((row) => [row.patch, row]));
  const used = new Set(plain.flatMap(({ pair }) => pair?.other ?? []));
  const own = people.filter((patch) => !used.has(patch));
  return [
    title,
    ...notes,
    "",
    ...fates(plain, "conflicts left out"),
    ...fates(helped, "people's answers to conflicts"),
    "",
    ...plain.flatMap((row) => [...rowText(row), ...changed(row, answered.get(row.patch)), ""]),
    "people's own, not of the first series:",
    ...own.map(({ name, subject }) => `  ${name} ${subject}`),
    "",
  ].join("\n");
}

/** How many patches of each status people have, joined with others, or dropped. */
function fates(rows, run) {
  const counts = new Map();
  for (const { patch, status, pair, equal, by } of rows) {
    const people = fateOf(pair, equal, patch);
    const key = `${status}${by === undefined ? "" : ` (${by})`}, ${people}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [run, ...[...counts].toSorted().map(([key, count]) => `  ${String(count).padStart(3)} ${key}`)];
}

function fateOf(pair, equal, patch) {
  if (pair === undefined) return "dropped by people";
  if (pair.by === "base") return "people's could not be taken off the new base";
  if (pair.by === "joined" && equal !== true) return "joined with another by people";
  if (equal !== undefined) return equal ? "equal" : "unequal";
  return likeness(patch.lines, pair.other.lines) === 1 ? "people's lines are those of the old patch" : "people have it";
}

function changed(plain, helped) {
  const [before, after] = [rowText(plain), rowText(helped)];
  return before.join("\n") === after.join("\n") ? [] : ["  with people's answers:", ...after.slice(1)];
}

const SHOWN = 60;

function rowText({ patch, status, files, evidence, root, by, pair, equal, ours = [], theirs = [] }) {
  const held =
    pair === undefined ? "people dropped it" : `${fateOf(pair, equal, patch)}: ${pair.other.name} ${pair.other.subject} (by ${pair.by})`;
  const theirsShown = pair?.by === "joined" ? [] : theirs;
  return [
    `${patch.commit.slice(0, 10)} ${patch.subject}`,
    `  ${status}${by === undefined ? "" : ` (${by})`} ${root === null ? "" : `root ${root} `}${held}`,
    ...evidence.filter((line) => !line.startsWith("Auto-merging")).map((line) => `  ${line}`),
    ...((status === "conflict" || status === "cascade") && evidence.length === 0 ? [`  files: ${files.join(", ")}`] : []),
    ...(equal === false ? [...shown("ours  ", ours), ...shown("people", theirsShown)] : []),
  ];
}

function shown(whose, lines) {
  const rest = lines.length > SHOWN ? [`    … and ${lines.length - SHOWN} more`] : [];
  return [...lines.slice(0, SHOWN).map((line) => `    ${whose} ${line}`), ...rest];
}

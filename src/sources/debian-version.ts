/** Owns Debian's version numbers: their order and what "begins with" means (Debian Policy §5.6.12, deb-version(7)). */

/** Negative, zero or positive, as `dpkg --compare-versions` orders them. */
export function compareDebianVersions(a: string, b: string): number {
  const [left, right] = [splitVersion(a), splitVersion(b)];
  if (left.epoch !== right.epoch) return left.epoch - right.epoch;
  return comparePart(left.upstream, right.upstream) || comparePart(left.revision, right.revision);
}

/** The upstream part: without epoch and Debian revision. */
export function upstreamVersion(version: string): string {
  return splitVersion(version).upstream;
}

/** Whether a version begins with the asked one and goes on, if at all, with a new component: "120" suits 120.0.6099, not 1200. */
export function beginsWithVersion(version: string, asked: string): boolean {
  const plain = version.replace(/^\d+:/, "");
  if (!plain.startsWith(asked)) return false;
  const [last = "", next = ""] = [asked.at(-1), plain[asked.length]];
  return !(/\d/.test(last) && /\d/.test(next)) && !(/[A-Za-z]/.test(last) && /[A-Za-z]/.test(next));
}

function splitVersion(version: string): { epoch: number; upstream: string; revision: string } {
  const colon = version.indexOf(":");
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  return {
    epoch: colon === -1 ? 0 : Number(version.slice(0, colon)),
    upstream: dash === -1 ? rest : rest.slice(0, dash),
    revision: dash === -1 ? "" : rest.slice(dash + 1),
  };
}

/** Runs of other characters and runs of digits by turns; "~" sorts before the end, letters before all else. */
function comparePart(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== "" || right !== "") {
    const [leftText = "", rightText = ""] = [/^\D*/.exec(left)?.[0], /^\D*/.exec(right)?.[0]];
    const byText = compareText(leftText, rightText);
    if (byText !== 0) return byText;
    [left, right] = [left.slice(leftText.length), right.slice(rightText.length)];
    const [leftDigits = "", rightDigits = ""] = [/^\d*/.exec(left)?.[0], /^\d*/.exec(right)?.[0]];
    const byNumber = compareDigits(leftDigits, rightDigits);
    if (byNumber !== 0) return byNumber;
    [left, right] = [left.slice(leftDigits.length), right.slice(rightDigits.length)];
  }
  return 0;
}

function compareText(a: string, b: string): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = weight(a[index]) - weight(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function weight(character: string | undefined): number {
  if (character === undefined) return 0;
  if (character === "~") return -1;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}

function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ""), b.replace(/^0+/, "")];
  if (left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : left > right ? 1 : 0;
}

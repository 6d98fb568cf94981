/** Owns the cleartext signature framework (RFC 9580 §7): a signed text and its signature in one file. */

export interface SignedText {
  /** Without dash escapes; the line end before the signature is no part of it. */
  readonly text: string;
  /** The armored signature. */
  readonly signature: string;
}

const MARKS = ["-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"];

/** The parts of a file that is one signed text from its first line to its last; undefined when anything stands beside it. */
export function splitSignedText(file: string): SignedText | undefined {
  const lines = file.trim().split(/\r?\n/);
  const marks = lines.filter((line) => /^-----(BEGIN|END) /.test(line));
  if (marks.join() !== MARKS.join() || lines[0] !== MARKS[0] || lines.at(-1) !== MARKS[2]) return undefined;
  const [headEnd, signature] = [lines.indexOf(""), lines.indexOf(MARKS[1] ?? "")];
  if (headEnd === -1 || headEnd > signature) return undefined;
  const text = lines.slice(headEnd + 1, signature).map((line) => line.replace(/^- /, "").trimEnd());
  return { text: text.join("\n"), signature: `${lines.slice(signature).join("\n")}\n` };
}

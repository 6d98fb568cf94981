/** Owns a tiny writer of ar archives, for tests of layouts that the machine's `ar` does not write. */

/** One member; `name` is the raw name field, as in `x.o/`, `/12` or `#1/20`. */
export function archiveMember(name: string, data: Buffer, size = String(data.length)): Buffer {
  const header = `${name.padEnd(16)}${"0".padEnd(12)}${"0".padEnd(6)}${"0".padEnd(6)}${"644".padEnd(8)}${size.padEnd(10)}\`\n`;
  return Buffer.concat([Buffer.from(header, "latin1"), data, Buffer.alloc(data.length % 2, "\n")]);
}

export function buildArchive(members: readonly Buffer[], magic = "!<arch>\n"): Buffer {
  return Buffer.concat([Buffer.from(magic), ...members]);
}

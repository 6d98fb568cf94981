/** Owns tar archives made byte by byte, so that tests can make any archive, broken ones too. */
export interface MadeEntry {
  readonly path: string;
  readonly content?: string | Buffer;
  readonly mode?: number;
  /** ustar type flag; "0" unless told otherwise. */
  readonly type?: string;
  readonly linkPath?: string;
}

/** An archive with its end mark. Paths beyond 100 bytes take the way that `long` names. */
export function makeTar(entries: readonly MadeEntry[], long: "pax" | "gnu" = "pax"): Buffer {
  return Buffer.concat([...entries.map((entry) => makeEntry(entry, long)), Buffer.alloc(1024)]);
}

export function makeEntry(entry: MadeEntry, long: "pax" | "gnu"): Buffer {
  const content = Buffer.from(entry.content ?? "");
  const prefix: Buffer[] = [];
  const link = entry.linkPath ?? "";
  if (Buffer.byteLength(entry.path) > 100) prefix.push(long === "pax" ? pax("path", entry.path) : gnuLong("L", entry.path));
  if (Buffer.byteLength(link) > 100) prefix.push(long === "pax" ? pax("linkpath", link) : gnuLong("K", link));
  const block = header(entry.path, content.length, entry.type ?? "0", entry.mode ?? 0o644, link);
  return Buffer.concat([...prefix, block, padded(content)]);
}

/** A pax header with one record. */
export function pax(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
  const record = Buffer.from(`${length}${rest}`);
  return Buffer.concat([header("PaxHeader", record.length, "x", 0o644, ""), padded(record)]);
}

function gnuLong(type: string, text: string): Buffer {
  const data = Buffer.from(`${text}\0`);
  return Buffer.concat([header("././@LongLink", data.length, type, 0o644, ""), padded(data)]);
}

function header(path: string, size: number, type: string, mode: number, link: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(path.slice(0, 100), 0, 100);
  block.write(`${mode.toString(8).padStart(7, "0")}\0`, 100);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("        ", 148);
  block.write(type, 156);
  block.write(link.slice(0, 100), 157, 100);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

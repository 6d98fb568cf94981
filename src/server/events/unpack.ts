/** Owns the unpacking of bodies, with a bound on what comes out. */
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

import { messageOf, systemCodeOf } from "../../support/errors.js";

type Unpack = (data: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** By the name in Content-Encoding (RFC 9110, 8.4.1; brotli: RFC 7932). */
const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(gunzip),
  "x-gzip": promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { readonly maxOutputLength: number }, Buffer>(brotliDecompress),
};

export type Unpacked =
  | { readonly status: "unpacked"; readonly data: Buffer }
  | { readonly status: "refused"; readonly code: 400 | 413 | 415; readonly message: string };

/** A body as it was before it was packed; no more than `most` bytes of it are ever made. */
export async function unpack(body: Buffer, encoding: string | undefined, most: number): Promise<Unpacked> {
  const name = (encoding ?? "identity").trim().toLowerCase();
  if (name === "identity" || name === "") {
    return body.length > most ? tooLarge(most) : { status: "unpacked", data: body };
  }
  const how = UNPACK[name];
  if (how === undefined) return { status: "refused", code: 415, message: `cannot unpack ${name.slice(0, 40)}: send gzip, deflate or br` };
  try {
    return { status: "unpacked", data: await how(body, { maxOutputLength: most }) };
  } catch (error) {
    if (systemCodeOf(error) === "ERR_BUFFER_TOO_LARGE") return tooLarge(most);
    return { status: "refused", code: 400, message: `the body is not ${name}: ${messageOf(error)}` };
  }
}

function tooLarge(most: number): Unpacked {
  return { status: "refused", code: 413, message: `the body is larger than ${most} bytes: send smaller batches` };
}

/** Owns the step from bytes to text: by the charset that a mail names, else UTF-8 where the bytes are valid, else latin1. */

/** Text of bytes (latin1 string). An unknown charset, or one that does not fit, is passed over. */
export function decodeBytes(bytes: string, charset?: string): string {
  const buffer = Buffer.from(bytes, "latin1");
  return (charset === undefined ? undefined : decodedBy(buffer, charset)) ?? decodedBy(buffer, "utf-8") ?? bytes;
}

function decodedBy(bytes: Buffer, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

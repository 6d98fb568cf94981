/** Owns which files without an ending are headers, as `Eigen/Core` is: their first line that is no comment tells. */

/** A name without a dot that is no text's (README, LICENSE) and no build file's. */
const BARE =
  /(?:^|\/)(?!(?:README|LICEN[CS]E|COPYING|COPYRIGHT|AUTHORS|CREDITS|THANKS|NEWS|INSTALL|TODO|CHANGES|CHANGELOG|HACKING|NOTICE|VERSION|RELEASE|MANIFEST|BUILD|DEPS|OWNERS|WORKSPACE|BUCK|TARGETS|CONTRIBUTORS|MAINTAINERS|DCO)(?:[_-].*)?$)(?!(?:GNU)?[Mm]akefile$|[Dd]oxyfile$|Dockerfile$|Jenkinsfile$|Vagrantfile$|configure$|ChangeLog$)[^./]+$/;

export function isBareName(path: string): boolean {
  return BARE.test(path);
}

/** Bytes in which that line is looked for: licences stand before it. */
export const LOOKED_AT = 1 << 14;

/** What may stand before the first line that tells. */
export const COMMENTS = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*(?:\n|$))*/;
const HEADER_LINE =
  /^(?:#[ \t]*(?:ifn?def[ \t]+\w|if[ \t]+[!(d]|define[ \t]+\w|include[ \t]*[<"]|pragma[ \t]+\w)|(?:namespace|template|extern "C")\b)/;

/** Whether a file without an ending is a header. */
export function isBareHeader(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOKED_AT)).toString("latin1");
  const start = COMMENTS.exec(text)?.[0].length ?? 0;
  return /\/\/.*-\*-.*C\+\+.*-\*-/.test(text.slice(0, start).split("\n", 1)[0] ?? "") || HEADER_LINE.test(text.slice(start));
}

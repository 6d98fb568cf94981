/** Owns the question whether a file was made by a tool, or only belongs to how a copy is kept: nothing that a person has to port. */

const GENERATED_NAMES: readonly RegExp[] = [
  /^(?:configure|aclocal\.m4|ltmain\.sh|config\.(?:guess|sub)|install-sh|missing|depcomp|compile|test-driver|Makefile\.in|config\.h\.in)$/,
  /\.pb\.(?:cc|h|go|c)$|_pb2(?:_grpc)?\.pyi?$|\.pbobjc\.[hm]$/,
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|go\.sum|poetry\.lock|Pipfile\.lock|uv\.lock|composer\.lock|Gemfile\.lock|flake\.lock|conan\.lock|MODULE\.bazel\.lock)$/,
  /\.min\.(?:js|css)$/,
  /^(?:moc|qrc|ui)_.*\.(?:cpp|h)$|\.tab\.[ch]$|^lex\.yy\.c$/,
];

/** Files that somebody lays beside a copy of a library to build or to keep it. */
const VENDORING_NAMES: readonly RegExp[] = [
  /^(?:README\.(?:chromium|mozilla|vendor|md\.vendor)|METADATA|MODULE_LICENSE_\w+|OWNERS|DIR_METADATA|moz\.build|moz\.yaml|Android\.(?:bp|mk)|TEST_MAPPING|VENDORED?|UPSTREAM(?:\.md|\.txt)?|\.gitattributes|\.gitignore|cgmanifest\.json|vcpkg\.json|portfile\.cmake|conanfile\.py)$/i,
];

/** Where tools write that a file is theirs: its first lines. */
const MARK_LINES = 15;
const MARK =
  /\bDO NOT (?:EDIT|MODIFY)\b|@generated\b|^\W*(?:(?:this|the) (?:file|code|source|header)\b[^.]{0,30}\b(?:was|is|has been) )?(?:auto(?:matically)?[- ]?)?generated (?:automatically |by |from |with |using )/i;

export function isGenerated(path: string, content: Buffer): boolean {
  const name = nameOf(path);
  if (GENERATED_NAMES.some((pattern) => pattern.test(name))) return true;
  const lines = content.toString("latin1", 0, 4000).split("\n", MARK_LINES);
  return lines.some((line) => MARK.test(line));
}

/** For a file that upstream does not have. */
export function isVendoring(path: string): boolean {
  return VENDORING_NAMES.some((pattern) => pattern.test(nameOf(path)));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Owns the question whether a file only lists what is built: such files speak of every feature, so they follow and never join. */
import type { ByteString } from "../../../git/bytes.js";

const BUILD_FILE =
  /(?:^|\/)(?:CMakeLists\.txt|[^/]*\.cmake|BUILD(?:\.gn|\.bazel)?|[^/]*\.gni?|[^/]*\.bzl|WORKSPACE|MODULE\.bazel|Makefile(?:\.\w+)?|GNUmakefile|[^/]*\.mk|meson\.build|meson_options\.txt|configure\.(?:ac|in)|SCons(?:truct|cript)|Android\.bp|moz\.build|[^/]*\.vcxproj(?:\.filters)?|[^/]*\.pro|[^/]*\.podspec|Kconfig[\w.]*)$/;

export function isBuildFile(path: ByteString): boolean {
  return BUILD_FILE.test(path);
}

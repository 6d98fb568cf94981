/** Owns the one line that says what a source is. */
import type { Source } from "../model/source.js";
import { archiveProvider } from "./archive-provider.js";
import { debianProvider } from "./debian-provider.js";
import { folderProvider } from "./folder-provider.js";
import { gitProvider } from "./git-provider.js";

/** One line that says what would be fetched, for a dry run and for messages. */
export function describeSource(source: Source): string {
  switch (source.kind) {
    case "git":
      return gitProvider.describe(source);
    case "archive":
      return archiveProvider.describe(source);
    case "debian":
      return debianProvider().describe(source);
    case "folder":
      return folderProvider.describe(source);
  }
}

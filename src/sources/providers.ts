/** Owns the table of providers: one per kind of source. */
import type { Source } from "../model/source.js";
import { archiveProvider } from "./archive-provider.js";
import { debianProvider } from "./debian-provider.js";
import { folderProvider } from "./folder-provider.js";
import { gitProvider } from "./git-provider.js";
import type { Located, ProviderContext } from "./provider.js";

/** Finds out what exactly a source offers. */
export function locate(source: Source, context: ProviderContext): Promise<readonly Located[]> {
  switch (source.kind) {
    case "git":
      return gitProvider.locate(source, context);
    case "archive":
      return archiveProvider.locate(source, context);
    case "debian":
      return debianProvider().locate(source, context);
    case "folder":
      return folderProvider.locate(source, context);
  }
}

/** Whether a source needs no network. */
export function isLocal(source: Source): boolean {
  if (source.kind === "folder") return true;
  if (source.kind === "archive") return !/^https?:/i.test(source.url ?? "");
  return source.kind === "git" && isLocalGit(source.url);
}

function isLocalGit(url: string): boolean {
  return url.startsWith("file:") || (!url.includes("://") && !/^[^/]+:/.test(url));
}

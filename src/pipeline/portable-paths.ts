/** Owns taking this machine's paths out of a value that leaves it. */
import type { Project } from "./project.js";

/** Replaces the project's folder by nothing and the cache's by $UNFORK_CACHE in every string of a JSON value. */
export function portablePaths<T>(value: T, project: Pick<Project, "root" | "cache">): T {
  return mapStrings(value, (text) =>
    text.replaceAll(`${project.root}/`, "").replaceAll(project.root, ".").replaceAll(project.cache, "$UNFORK_CACHE"),
  ) as T;
}

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

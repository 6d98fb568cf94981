/** Owns the search for a mechanism of the library's own that keeps two copies of it apart. */
import type { Mechanism } from "../../model/isolation-scan.js";
import type { ReadTree } from "../inventory/read-tree.js";

export function findMechanisms(_read: ReadTree, _paths: readonly string[], _root: string): Mechanism[] {
  return [];
}

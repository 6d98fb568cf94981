/** Owns what a rule of the audit is: one category, what it means, and how its findings are found. */
import type { Finding, FindingCategory, Severity } from "../model/audit.js";
import type { Evidence } from "./evidence.js";

/** A finding before it has its id, its names and its severity. */
export interface Found {
  /** The name in the symbol table, or a type's, or a registry's key: one finding per category and symbol. */
  readonly symbol: string;
  /** What is shown; default: the symbol demangled. */
  readonly shown?: string;
  /** Default: every place that defines the symbol. */
  readonly places?: Finding["flavors"];
  /** Default: the category's. */
  readonly severity?: Severity;
  readonly why: string;
  readonly fix: string;
}

export interface Rule {
  readonly category: FindingCategory;
  readonly find: (evidence: Evidence) => readonly Found[];
}

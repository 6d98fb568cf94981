/** Owns the verdict on one token from what all asked units found. */
import type { ClangDecision, Fact } from "./model.js";

/** What one unit says about one token. */
export interface Witness {
  readonly unit: string;
  readonly facts: readonly Fact[];
}

type Verdict = Pick<ClangDecision, "verdict" | "evidence" | "units">;

export interface Evidence {
  readonly witnesses: readonly Witness[];
  /** Why units do not count, one text each. */
  readonly failed: readonly string[];
  /** Units that see the file and were not asked. */
  readonly unasked: number;
  /** Whether a name that a macro builds is renamed. */
  readonly isRenamed: (name: string) => boolean;
}

/** All units that met the token must say the same. What a macro builds may differ in every unit: it counts only when none was left out. */
export function verdictOf({ witnesses, failed, unasked, isRenamed }: Evidence): Verdict {
  const telling = witnesses.filter(({ facts }) => facts.length > 0);
  if (telling.length === 0) return { verdict: "unknown", evidence: nobodySaw(witnesses.length, failed), units: 0 };
  const verdicts = telling.map(({ unit, facts }) => ({ unit, ...fromFacts(facts, isRenamed) }));
  const [first] = verdicts as [(typeof verdicts)[0]];
  const other = verdicts.find(({ verdict }) => verdict !== first.verdict);
  if (other !== undefined) {
    const evidence = `units differ: in ${first.unit} ${first.evidence}; in ${other.unit} ${other.evidence}`;
    return { verdict: "unknown", evidence, units: telling.length };
  }
  const builds = telling.some(({ facts }) => facts.some(({ role }) => role === "name"));
  const agreed = telling.length === 1 ? `in ${first.unit}` : `in ${telling.length} units that agree, as in ${first.unit}`;
  const left = unasked === 0 ? "" : `; ${unasked} more not asked`;
  const verdict = builds && unasked > 0 ? "unknown" : first.verdict;
  return { verdict, evidence: `${first.evidence} (${agreed}${left})`, units: telling.length };
}

function nobodySaw(silent: number, failed: readonly string[]): string {
  const [reason] = failed;
  if (silent === 0 && reason === undefined) return "no unit of the compile database includes the file";
  if (silent === 0)
    return `${failed.length === 1 ? "the unit that includes the file does" : `the ${failed.length} units that include the file do`} not parse: ${reason}`;
  const also = reason === undefined ? "" : `; ${failed.length} more did not parse: ${reason}`;
  return `no compiled code uses it: ${silent} ${silent === 1 ? "unit" : "units"} asked${also}`;
}

function fromFacts(facts: readonly Fact[], isRenamed: (name: string) => boolean): { verdict: ClangDecision["verdict"]; evidence: string } {
  const of = (role: Fact["role"]): readonly Fact[] => facts.filter((fact) => fact.role === role);
  const [namespaces, strings, names] = [of("namespace"), of("string"), of("name")];
  const outer = namespaces.find(({ detail }) => !detail.includes("::") && !detail.includes(" or "));
  const inner = namespaces.find(({ detail }) => detail.includes("::"));
  const built = names.find(({ detail }) => isRenamed(detail));
  if (outer !== undefined && inner !== undefined) return unknown(`it names ${told(outer)} and ${told(inner)}`);
  if (built !== undefined) return unknown(`it is part of the renamed name ${told(built)}`);
  if (outer !== undefined && strings[0] !== undefined)
    return unknown(`it names the namespace ${told(outer)} and is part of the string ${told(strings[0])}`);
  if (outer !== undefined && names[0] !== undefined)
    return unknown(`it names the namespace ${told(outer)} and is part of the name ${told(names[0])}`);
  if (outer !== undefined) return { verdict: "rename", evidence: `it names the namespace ${told(outer)}` };
  const [first] = [...strings, ...names, ...namespaces];
  if (first === undefined) return unknown("nothing was found");
  return { verdict: "leave", evidence: `${LEFT[first.role]} ${told(first)}` };
}

const LEFT: Readonly<Record<Fact["role"], string>> = {
  namespace: "it names the inner namespace",
  string: "it is part of the string",
  name: "it is part of a name that stays,",
};

function unknown(evidence: string): { verdict: "unknown"; evidence: string } {
  return { verdict: "unknown", evidence };
}

function told({ detail, file, line }: Fact): string {
  return `${detail.length > 80 ? `${detail.slice(0, 79)}…` : detail}, ${file}:${line}`;
}

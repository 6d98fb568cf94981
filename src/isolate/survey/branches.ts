/** Owns what `#if`, `#else` and `#endif` do to the walk over declarations: each branch starts where the first one did. */
import { DIRECTIVE } from "../../tokens/kinds.js";
import type { State } from "./scope-model.js";

/** An `#if` that is open. */
export interface Branch {
  readonly atIf: State;
  first: State | undefined;
  /** What the further branches leave unfinished at their ends. */
  readonly others: (readonly number[])[];
  readonly disabled: boolean;
}

function copyOf(state: State): State {
  return { ...state, statement: [...state.statement] };
}

/** Each branch of an `#if` starts in the state before it; behind `#endif` the first branch that is not `#if 0` counts. */
export function atDirective(directive: number, state: State, branches: Branch[], isZero: () => boolean): State {
  if (directive === DIRECTIVE.if) {
    branches.push({ atIf: copyOf(state), first: undefined, others: [], disabled: isZero() });
    return state;
  }
  const branch = branches.at(-1);
  if (branch === undefined) return state;
  if (branch.first !== undefined && directive !== DIRECTIVE.if) noteUnfinished(branch, state);
  if (directive === DIRECTIVE.elif || directive === DIRECTIVE.else) {
    if (branch.first === undefined && !branch.disabled) branch.first = copyOf(state);
    else if (branch.first === undefined) return leaveDisabled(branch, branches);
    return copyOf(branch.atIf);
  }
  if (directive !== DIRECTIVE.endif) return state;
  branches.pop();
  if (branch.first !== undefined) branch.first.others = branch.others;
  return branch.first ?? (branch.disabled ? branch.atIf : state);
}

function noteUnfinished({ atIf, others }: Branch, { statement, depth, scopes }: State): void {
  if (depth === 0 && scopes === atIf.scopes && statement.length > atIf.statement.length) others.push([...statement]);
}

function leaveDisabled(branch: Branch, branches: Branch[]): State {
  branches[branches.length - 1] = { ...branch, disabled: false };
  return copyOf(branch.atIf);
}

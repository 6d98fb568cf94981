/** Owns the words that every format says of a shim's coverage. */
import type { ShimCoverageReport } from "../model/shim-coverage.js";
import type { ShimItem } from "../model/shim-manifest.js";
import { count, plural } from "./figures.js";

/** "webrtc_shim covers 3 classes, 18 structs, 9 enums". */
export function shimSize({ namespace, classes, structs, enums }: ShimCoverageReport): string {
  const classCount = `${count(classes)} ${classes === 1 ? "class" : "classes"}`;
  return `${namespace} covers ${classCount}, ${plural(structs, "struct")}, ${plural(enums, "enum")}`;
}

export function shimTotal({ generated, handWritten, unsupported }: ShimCoverageReport): number {
  return generated + handWritten + unsupported;
}

/** "97.8 %"; never rounded up to all. */
export function shimShare(coverage: ShimCoverageReport): string {
  const total = shimTotal(coverage);
  return `${(total === 0 ? 100 : Math.floor((coverage.generated * 1000) / total) / 10).toFixed(1)} %`;
}

/** What is left comes before what somebody wrote. */
export function leftFirst({ left }: ShimCoverageReport): ShimItem[] {
  return [...left.filter(({ status }) => status === "unsupported"), ...left.filter(({ status }) => status !== "unsupported")];
}

/** Where it is declared: in the newer release, or in the one that has it. */
export function shimPlace({ legacy, latest }: ShimItem): string {
  return latest ?? legacy ?? "";
}

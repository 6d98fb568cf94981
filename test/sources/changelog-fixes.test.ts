/** Owns the claims about security fixes in a Debian changelog. */
import { describe, expect, test } from "vitest";

import { fixesInChangelog } from "../../src/sources/changelog-fixes.js";

const CHANGELOG = `meter (3.1.2-1~deb13u1) trixie-security; urgency=high

  [ A Maintainer ]
  * New upstream security release.
    - CVE-2026-30001: Use after free in Gauge. Reported by Somebody.
    - CVE-2026-30002: Insufficient validation of untrusted input in
      Needle. Reported by Somebody Else
      of a Team.
   - CVE-2026-2003: Race.
    - CVE list still to be announced.
    - CVE-????-?????: Under coordination.
  * d/patches: drop CVE-2026-1861.patch.

 -- A Maintainer <a@example.org>  Mon, 01 Jun 2026 10:00:00 +0000

meter (3.1.1-1) unstable; urgency=high

  * New upstream release.
    - CVE-2026-30001: Use after free in Gauge. Reported by Somebody.
    - CVE-2026-20009: Out of bounds read and write in Dial.

 -- A Maintainer <a@example.org>  Fri, 01 May 2026 10:00:00 +0000

meter (2.9.10-1) unstable; urgency=medium

  * CVE-2025-10001: Overflow in Gauge. Reported in person in Paris.

 -- A Maintainer <a@example.org>  Thu, 01 May 2025 10:00:00 +0000

meter (2.9.9-2) unstable; urgency=medium

  * CVE-2025-99999: Overflow in Gauge.

 -- A Maintainer <a@example.org>  Tue, 01 Apr 2025 10:00:00 +0000
`;

function ids(above: string, upTo: string): string[] {
  return fixesInChangelog(CHANGELOG, { above, upTo }).map(({ id }) => id);
}

describe("security fixes in a changelog", () => {
  test("are those of entries above the one version and up to the other, each once", () => {
    expect(ids("2.9.9", "3.1.2")).toEqual(["CVE-2026-30001", "CVE-2026-30002", "CVE-2026-2003", "CVE-2026-20009", "CVE-2025-10001"]);
    expect(ids("2.9.10", "3.1.1")).toEqual(["CVE-2026-30001", "CVE-2026-20009"]);
    expect(ids("3.1.2", "3.1.2")).toEqual([]);
  });

  test("count for a version by its beginning: of 3.1 all that 3.1.x brought, above 2.9 none that 2.9.x brought", () => {
    expect(ids("2.9", "3.1")).toEqual(["CVE-2026-30001", "CVE-2026-30002", "CVE-2026-2003", "CVE-2026-20009"]);
  });

  test("are told with their kind and component, over continued lines, by the oldest entry that names them", () => {
    expect(fixesInChangelog(CHANGELOG, { above: "2.9.9", upTo: "3.1.2" })).toEqual([
      { id: "CVE-2026-30001", what: "Use after free", component: "Gauge", version: "3.1.1-1" },
      { id: "CVE-2026-30002", what: "Insufficient validation of untrusted input", component: "Needle", version: "3.1.2-1~deb13u1" },
      { id: "CVE-2026-2003", what: "Race", component: "", version: "3.1.2-1~deb13u1" },
      { id: "CVE-2026-20009", what: "Out of bounds read and write", component: "Dial", version: "3.1.1-1" },
      { id: "CVE-2025-10001", what: "Overflow", component: "Gauge", version: "2.9.10-1" },
    ]);
  });
});

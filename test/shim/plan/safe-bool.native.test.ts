/** Holds conversions that stand for one to `bool`: they are `operator bool` in the shim, also where the newer release says so itself. */
import { join } from "node:path";
import { expect, it } from "vitest";

import { shimSurfaceSchema } from "../../../src/model/shim-surface.js";
import { planShim } from "../../../src/shim/plan/plan-shim.js";
import { runOk } from "../../../src/support/exec.js";
import { headerFolder, snapshotOf } from "../../helpers/snapshots.js";
import { RUNTIME_INCLUDE, writeShim } from "../lab.js";

const OLDER = `
#pragma once
namespace lab {
class Slot {
  typedef void (*unspecified)(Slot***);
  typedef int Slot::*member;
 public:
  Slot();
  operator unspecified() const;
  bool operator!() const;
  int filled_;
};
class Cell { typedef int Cell::*member; int filled_; public: Cell(); operator member() const; };
class Other { public: typedef void (*Hook)(int); Other(); operator Hook() const; };
}
`;
const NEWER = OLDER.replace("operator unspecified() const;", "explicit operator bool() const;");
const USE = `
#include "lab_shim/lab_shim.h"
int Count(const lab_shim::Slot& slot, const lab_shim::Cell& cell) {
  int count = 0;
  if (slot && cell) ++count;
  while (cell) return count;
  return !slot ? 0 : 2;
}
`;

it("a conversion to a pointer for conditions is operator bool, and one that gives a hook is not", async () => {
  const [legacy, latest] = await Promise.all([OLDER, NEWER].map((text) => snapshotOf(text, { standard: "c++17" })));
  if (legacy === undefined || latest === undefined) throw new Error("no snapshot");
  const plan = planShim(
    { name: "legacy", release: "1", snapshot: legacy },
    { name: "latest", release: "2", snapshot: latest },
    shimSurfaceSchema.parse({ library: "lab" }),
  );
  const methods = plan.classes.map(({ name, methods: all }) => `${name}: ${all.map((one) => one.name).join(", ")}`);
  expect(methods).toContain("Slot: operator bool, operator!");
  expect(methods).toContain("Cell: operator bool");
  expect(methods.find((one) => one.startsWith("Other"))).not.toContain("bool");
  const folder = headerFolder({ "use.cc": USE });
  await writeShim(plan, folder);
  const includes = ["-I", join(folder, "include"), "-I", RUNTIME_INCLUDE];
  await runOk({
    command: "g++",
    args: ["-std=c++17", "-Wall", "-Werror", ...includes, "-c", join(folder, "use.cc"), "-o", join(folder, "use.o")],
  });
});

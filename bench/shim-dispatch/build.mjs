/** Owns the programs of the bench: the same calls through a shim of two flavors and through one of a single flavor. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const HERE = import.meta.dirname;
const FLAGS = ["-O2", "-DNDEBUG", "-std=c++17", "-Wall", "-Wextra", "-Werror", `-I${join(HERE, "../../runtime/include")}`];

const TABLES = {
  dual: [
    ["-DFLAVOR_API=kLegacyApi", "-DFLAVOR_METER=kLegacyMeter"],
    ["-DFLAVOR_API=kLatestApi", "-DFLAVOR_METER=kLatestMeter"],
  ],
  single: [["-DUNFORK_SHIM_ONLY=1"]],
};

/** `mode` is `dual` or `single`; gives the program and the object that holds the measured loops. */
export function buildDispatch(folder, compiler, mode) {
  const place = join(folder, `${compiler}-${mode}`);
  mkdirSync(place, { recursive: true });
  const common = mode === "single" ? TABLES.single[0] : [];
  const compile = (source, object, flags) => {
    execFileSync(compiler, [...FLAGS, ...flags, "-c", join(HERE, source), "-o", join(place, object)]);
    return join(place, object);
  };
  const objects = ["library", "loops", "main"].map((name) => compile(`${name}.cc`, `${name}.o`, common));
  const flavors = TABLES[mode].map((flags, index) => compile("flavor.cc", `flavor-${index}.o`, flags));
  const program = join(place, "program");
  execFileSync(compiler, [...objects, ...flavors, "-o", program]);
  return { program, loops: join(place, "loops.o") };
}

/** Owns the reading of a C component's public headers, once per flavor of the library. */
import { dirname, join } from "node:path";

import { takeSnapshot } from "../../../api/snapshot/take-snapshot.js";
import { flavorFlags } from "../compile-flavors.js";
import type { InjectRequest } from "../model.js";
import { type CSurface, cSurface } from "./c-surface.js";

/** @param plain the folder whose `flavored.h` changes the library's words alone. Throws as `takeSnapshot` does. */
export async function takeCSurface(
  request: InjectRequest,
  headers: readonly string[],
  own: readonly string[],
  plain: string,
): Promise<CSurface> {
  const { folder, includes, flavors, flags, cStandard } = request;
  const [legacy, latest] = flavors;
  const read = async (flavor: (typeof flavors)[0]) =>
    await takeSnapshot({
      headers: headers.map((path) => join(folder, path)),
      roots: [folder],
      includes: [...new Set([join(plain, "include"), dirname(folder), ...includes, ...flavor.includes])],
      flags: [...flavorFlags(request, flavor.name, plain), ...flags],
      language: "c",
      standard: cStandard,
      keepGoing: false,
    });
  return cSurface([await read(legacy), await read(latest)], new Set(own), [`_${legacy.name}`, `_${latest.name}`]);
}

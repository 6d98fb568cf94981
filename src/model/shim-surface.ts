/** Owns the surface file: which part of a library's API a shim covers, and what the headers alone do not tell. */
import { z } from "zod";

import { apiNameMapSchema } from "./api-name-map.js";

const names = z.array(z.string().min(1)).default([]);

/** What a conversion does with a value that the other flavor does not know. */
export const onUnknownSchema = z.enum(["error", "clamp", "default"]);
export type OnUnknown = z.infer<typeof onUnknownSchema>;

/** What a class becomes in the shim. */
export const classKindSchema = z.enum(["value", "layout", "opaque", "object", "interface"]);
export type ClassKind = z.infer<typeof classKindSchema>;

/** Names are common names (after the map, without a flavor's suffix); `*` stands for any part of a word. */
export const shimSurfaceSchema = z.strictObject({
  /** `webrtc`: the shim's namespace is `webrtc_shim`, its headers stand in `webrtc_shim/`. */
  library: z.string().regex(/^[A-Za-z_]\w*$/, "a C++ identifier"),
  /** The outermost namespace that the shim's takes the place of; default: the library's name. Other namespaces stay as inner ones. */
  namespace: z.string().optional(),
  /** All that these headers declare; as `#include` names them, of either release. */
  headers: names,
  /** These, and the types that their signatures need. */
  names,
  /**
   * Instances of templates beside those that signatures use: `webrtc::ChannelBuffer<float>`, `webrtc::TimeDelta::Millis<int64_t>`;
   * `a::{B,C}<{int,float}>` is short for four.
   */
  instances: names,
  /** Never; members too: `webrtc::Foo::Bar`. */
  exclude: names,
  /** What becomes of a class where the shim's own choice is not wanted. */
  kinds: z.record(z.string(), classKindSchema).default({}),
  /** For all conversions, and for single enums or fields by name. */
  onUnknown: onUnknownSchema.default("error"),
  onUnknownOf: z.record(z.string(), onUnknownSchema).default({}),
  /** Enums whose values are or-ed: numbers cross as they are. */
  flags: names,
  /** Classes that the library throws, beside those that are derived from std::exception or called an error. */
  exceptions: names,
  /**
   * Pointers to what has to be converted: the parameter that counts the elements, or `single`. `ns::f.items: n`; a parameter without a
   * name by its place, from 1.
   */
  arrays: z.record(z.string(), z.string()).default({}),
  /** Functions that end the objects they are given, where their names do not say so: `take`. Addresses are nobody's from then on. */
  releases: names,
  /** Classes that are only declared, or of equal layout, whose pointers are not to be remembered with their flavor. */
  untracked: names,
  /** Library classes that mean a standard one: `my::Optional: std::optional`. */
  types: z.record(z.string(), z.string()).default({}),
  /**
   * Functions of the shim that each flavor's own file gives a body by hand, for what the releases do too differently: written in the
   * shim's types. The bodies stand in `src/<namespace>_by_hand_<flavor>.h`, in `struct <Flavor>ByHand`.
   */
  byHand: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z_]\w*$/, "a C++ identifier"),
        result: z.string().min(1),
        /** Each with its name: `const Config& config`. */
        parameters: z.array(z.string().regex(/^.+[\s*&]\w+$/, "a type and a name")).default([]),
        comment: z.string().optional(),
      }),
    )
    .default([]),
  /** Further includes of the adapter units, by flavor. */
  includes: z.record(z.string(), z.array(z.string())).default({}),
  /** Outermost names as the flavor's build has them, where the snapshot was made before isolation: `legacy: { webrtc: webrtc_legacy }`. */
  isolated: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  map: apiNameMapSchema.prefault({}),
});
export type ShimSurface = z.infer<typeof shimSurfaceSchema>;

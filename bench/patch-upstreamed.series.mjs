/**
 * Owns the real series of patch-upstreamed.bench.mjs: a stack `old..tip`, the base that its people went to, and the stack that they
 * had there in the end (`onto..next`).
 */
const MCUBOOT = { repository: "sdk-mcuboot.git" };

/** desktop-app/tg_owt puts each release of WebRTC as one snapshot over its own history. */
const TG_OWT = { repository: "tg_owt.git" };

/** nrfconnect/sdk-mcuboot keeps each release's stack as a branch of its own on upstream's real history. */
export const SERIES = [
  {
    name: "mcuboot new-history to v1.10.0-ncs1",
    ...MCUBOOT,
    old: "59624334",
    tip: "new-history",
    onto: "6902abba",
    next: "v1.10.0-ncs1-branch",
  },
  {
    name: "mcuboot v1.10.0-ncs1 to v1.10.99-ncs1",
    ...MCUBOOT,
    old: "6902abba",
    tip: "v1.10.0-ncs1-branch",
    onto: "11ecbf63",
    next: "v1.10.99-ncs1-branch",
  },
  {
    name: "mcuboot v1.10.99-ncs1 to v2.0.99-ncs1",
    ...MCUBOOT,
    old: "11ecbf63",
    tip: "v1.10.99-ncs1-branch",
    onto: "0c0470e2",
    next: "v2.0.99-ncs1-branch",
  },
  {
    name: "mcuboot v2.0.99-ncs1 to v2.1.0-ncs1",
    ...MCUBOOT,
    old: "0c0470e2",
    tip: "v2.0.99-ncs1-branch",
    onto: "018dc01d",
    next: "v2.1.0-ncs1-branch",
  },
  {
    name: "mcuboot v2.1.0-ncs1 to v2.1.0-ncs2",
    ...MCUBOOT,
    old: "018dc01d",
    tip: "v2.1.0-ncs1-branch",
    onto: "e890df7a",
    next: "v2.1.0-ncs2-branch",
  },
  {
    name: "mcuboot v2.1.0-ncs3 to v2.1.0-ncs5",
    ...MCUBOOT,
    old: "e890df7a",
    tip: "v2.1.0-ncs3-branch",
    onto: "a2bc982b",
    next: "v2.1.0-ncs5-branch",
  },
  {
    name: "mcuboot v2.1.0-ncs5 to v3.1",
    ...MCUBOOT,
    old: "a2bc982b",
    tip: "v2.1.0-ncs5-branch",
    onto: "468e2611",
    next: "ncs-v3.1-branch",
  },
  {
    name: "mcuboot v2.1.0-ncs1 to v3.1",
    ...MCUBOOT,
    old: "018dc01d",
    tip: "v2.1.0-ncs1-branch",
    onto: "468e2611",
    next: "ncs-v3.1-branch",
  },
  { name: "mcuboot v3.1 to v3.2", ...MCUBOOT, old: "468e2611", tip: "ncs-v3.1-branch", onto: "8d14eebf", next: "ncs-v3.2-branch" },
  { name: "tg_owt M98 to M101", ...TG_OWT, old: "a2ef1022", tip: "3bc18cc0^", onto: "3bc18cc0", next: "99edacee^" },
  { name: "tg_owt M101 to M108", ...TG_OWT, old: "3bc18cc0", tip: "99edacee^", onto: "99edacee", next: "5b6a5c00^" },
];

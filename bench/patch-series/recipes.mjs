/**
 * The real series: what people carried from one release to a later one, both ends known. `known`: counts of an earlier measurement
 * by plain three-way merges, one patch after the other, with people's version where one was in conflict.
 */
import { buildRange } from "./clones.mjs";
import { buildMozilla } from "./mozilla.mjs";
import { buildDebian, buildInTree } from "./quilt.mjs";

const jellyfin = (name, title, old, fresh, known) => ({
  name,
  clone: "jellyfin-ffmpeg.git",
  from: "https://github.com/jellyfin/jellyfin-ffmpeg",
  needs: [old, fresh],
  build: (repo) => buildInTree(repo, { title, sides: [old, fresh] }),
  known,
});

const range = (name, clone, from, recipe, known) => ({
  name,
  clone,
  from,
  needs: [recipe.base, recipe.tip, recipe.onto, recipe.people],
  build: (repo) => buildRange(repo, recipe),
  known,
});

/** Two builds of a Debian source package: of each upstream's version, where it is had, Debian's part in the pool and its checksum. */
const debian = (name, title, ...sides) => ({
  name,
  build: (repo) =>
    buildDebian(repo, {
      title,
      name,
      sides: sides.map(([version, suite, file, sha256]) => ({
        version,
        suites: [suite],
        pool: `pool/main/${name[0]}/${name}/${name}_${file}.debian.tar.xz`,
        sha256,
      })),
    }),
});

export const RECIPES = [
  {
    name: "mozilla",
    build: (repo) =>
      buildMozilla(repo, {
        sides: [
          { version: "115.15", suites: ["bookworm", "bookworm-security"] },
          { version: "140.12", suites: ["bookworm", "bookworm-security", "trixie-security"] },
        ],
      }),
  },
  {
    name: "grub2",
    build: (repo) =>
      buildDebian(repo, {
        title: "Debian's grub2 2.06-13 to 2.12-9",
        name: "grub2",
        sides: [
          {
            version: "2.06",
            suites: ["bookworm"],
            pool: "pool/main/g/grub2/grub2_2.06-13+deb12u2.debian.tar.xz",
            sha256: "851ac9ec78b167db98217d115c88fbd87644d80f3c63cd9d6da682926e819f82",
          },
          {
            version: "2.12",
            suites: ["trixie"],
            pool: "pool/main/g/grub2/grub2_2.12-9+deb13u2.debian.tar.xz",
            sha256: "4d3c4689ee100466a36b6a5caa2477ef525fbc5b6ec27cb0319c83db7d9faf89",
          },
        ],
      }),
  },
  {
    name: "glibc",
    build: (repo) =>
      buildDebian(repo, {
        title: "Debian's glibc 2.36-9 to 2.41-12",
        name: "glibc",
        sides: [
          {
            version: "2.36",
            suites: ["bookworm"],
            pool: "pool/main/g/glibc/glibc_2.36-9+deb12u14.debian.tar.xz",
            sha256: "cf4ac9cd98185452cae3ef34e2e4ee12753e3d93fd0c62c61396d4a47eec902f",
          },
          {
            version: "2.41",
            suites: ["trixie"],
            pool: "pool/main/g/glibc/glibc_2.41-12+deb13u4.debian.tar.xz",
            sha256: "dda4153511bfd543502d18e5bc9323110996fe9c531f14ae3fad6eb17f027c7d",
          },
        ],
      }),
  },
  range(
    "tg_owt-m101",
    "tg_owt.git",
    "https://github.com/desktop-app/tg_owt",
    { title: "Telegram's WebRTC, M98 to M101", base: "a2ef1022", tip: "3bc18cc0^", onto: "3bc18cc0", people: "99edacee^", inside: "src" },
    { patches: 42, merged: 35, empty: 1, conflict: 6, equal: 28, matched: 29 },
  ),
  range(
    "tg_owt-m108",
    "tg_owt.git",
    "https://github.com/desktop-app/tg_owt",
    { title: "Telegram's WebRTC, M101 to M108", base: "3bc18cc0", tip: "99edacee^", onto: "99edacee", people: "9b70d767", inside: "src" },
    { patches: 45, merged: 33, empty: 4, conflict: 8, equal: 31, matched: 31 },
  ),
  jellyfin("jellyfin-5.1", "Jellyfin's FFmpeg, 5.0.1 to 5.1", "afceab7a^", "18e28fbc", {
    patches: 37,
    merged: 22,
    empty: 1,
    conflict: 14,
    equal: 19,
    matched: 21,
  }),
  jellyfin("jellyfin-6.0", "Jellyfin's FFmpeg, 5.1.2 to 6.0", "a37e362e^", "5ceae326", {
    patches: 50,
    merged: 33,
    empty: 3,
    conflict: 14,
    equal: 28,
    matched: 33,
  }),
  jellyfin("jellyfin-7.0", "Jellyfin's FFmpeg, 6.0.1 to 7.0.2", "8b6e13f5^", "69a9c336", {
    patches: 82,
    merged: 28,
    empty: 2,
    conflict: 52,
    equal: 13,
    matched: 18,
  }),
  range("mcuboot-3.1", "sdk-mcuboot.git", "https://github.com/nrfconnect/sdk-mcuboot", {
    title: "Nordic's MCUboot, v2.1 to v3.1",
    base: "018dc01d",
    tip: "daf2946a",
    onto: "468e2611",
    people: "9b4ae4cb",
  }),
  range(
    "mcuboot-3.2",
    "sdk-mcuboot.git",
    "https://github.com/nrfconnect/sdk-mcuboot",
    { title: "Nordic's MCUboot, v3.1 to v3.2", base: "468e2611", tip: "9b4ae4cb", onto: "8d14eebf", people: "cac2b425" },
    { patches: 109, merged: 34, empty: 11, conflict: 64, equal: 23, matched: 29 },
  ),
  debian(
    "openssh",
    "Debian's OpenSSH 9.2p1-2 to 10.0p1-7",
    ["9.2p1", "bookworm", "9.2p1-2+deb12u10", "65cbc8353a4197d0e543dd5330ca9798663256ea54b91a9c7c49116e7ea342ea"],
    ["10.0p1", "trixie", "10.0p1-7+deb13u4", "102e1065030c6002acabd7f896eeba1462bf54b4d7393bac34b0308312868ec6"],
  ),
  debian(
    "perl",
    "Debian's Perl 5.36.0-7 to 5.40.1-6",
    ["5.36.0", "bookworm", "5.36.0-7+deb12u3", "5dfbe06b76fd23a4cc4aef586220845de535b245a9066ec0658eb60fbe21be1b"],
    ["5.40.1", "trixie", "5.40.1-6+deb13u1", "5ee76db601d6f4638433ab9b0f5bd5cfb15b102a79d902ff282e762becb7e724"],
  ),
  debian(
    "qemu",
    "Debian's QEMU 7.2-7 to 10.0.13",
    ["7.2+dfsg", "bookworm", "7.2+dfsg-7+deb12u18", "28a1c86310ee53b6bf1854cffe6f6be6ed29a08db7d05759f8ac57b8d6a6cb2f"],
    ["10.0.13+ds", "trixie", "10.0.13+ds-0+deb13u1", "da73c092f5684c551b0334d675eb16a3dec91e1edea94759cfb1102fa4a0364e"],
  ),
];

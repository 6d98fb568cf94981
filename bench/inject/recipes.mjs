/** Owns which components the bench of `unfork shim inject` takes: a real one of another package each, over two Debian releases of its library. */

/** `files`: of the component's package, by folders; `copied`: [from, to] within it; `flags` hold for both; `driver`: the program beside this file. */
export const RECIPES = [
  {
    name: "minizip",
    package: deb("zlib", "1.2.13", "bookworm"),
    files: [["contrib/minizip", ".", /^(?:crypt\.h|ioapi\.[ch]|unzip\.[ch]|zip\.[ch])$/]],
    public: ["unzip.h", "zip.h", "ioapi.h"],
    library: zlib(),
    driver: "minizip.c",
  },
  {
    name: "png",
    package: deb("libpng1.6", "1.6", "bookworm"),
    files: [
      [".", ".", /^png(?!test|usr).*\.[ch]$/],
      ["scripts", ".", /^pnglibconf\.h\.prebuilt$/],
    ],
    renamed: ["pnglibconf.h.prebuilt", "pnglibconf.h"],
    public: ["png.h"],
    library: zlib(),
    flags: ["-DPNG_INTEL_SSE_OPT=0"],
    driver: "png.c",
  },
  {
    name: "ismrmrd",
    package: deb("ismrmrd", "1", "bookworm"),
    files: [
      ["include/ismrmrd", "ismrmrd", /^(?:xml|meta|export)\.h$/],
      ["libsrc", ".", /^(?:xml|meta)\.cpp$/],
    ],
    written: ["ismrmrd/version.h", "#ifndef ISMRMRD_VERSION_H\n#define ISMRMRD_VERSION_H\n#define ISMRMRD_XMLHDR_VERSION 2\n#endif\n"],
    public: ["ismrmrd/xml.h", "ismrmrd/meta.h"],
    library: {
      releases: [deb("pugixml", "1.13", "bookworm"), deb("pugixml", "1.14", "trixie")],
      include: "src",
      sources: ["src/pugixml.cpp"],
    },
    driver: "ismrmrd.cc",
  },
];

function zlib() {
  return {
    releases: [deb("zlib", "1.2.13", "bookworm"), deb("zlib", "1.3", "trixie")],
    include: ".",
    sources: ["adler32", "compress", "crc32", "deflate", "infback", "inffast", "inflate", "inftrees", "trees", "uncompr", "zutil"].map(
      (name) => `${name}.c`,
    ),
    flags: ["-DZ_HAVE_UNISTD_H", "-DHAVE_UNISTD_H"],
  };
}

function deb(packageName, version, suite) {
  return { package: packageName, version, suites: [suite] };
}

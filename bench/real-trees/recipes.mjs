/**
 * The libraries that real-trees.bench.mjs isolates: two releases each, how they are built, what one flavor's side of the program is.
 * `build`: command lines for the isolated tree (a shell's), `archives`: what they make; `flags`: for the flavor's side.
 */

const CXX = "g++ -std=c++17 -O1 -w -c";

/** Compiles each source by its own command, so that one that fails is named, and archives all. */
function objects(sources, flags) {
  return [`for f in ${sources}; do ${CXX} ${flags} "$f" -o "$(echo "$f" | tr / _).o" || exit 1; done`, "ar rcs lib.a *.o"];
}

function debian(name, [first, firstSuite], [second, secondSuite], flavors = ["legacy", "latest"]) {
  return [
    { flavor: flavors[0], package: name, version: first, suites: [firstSuite] },
    { flavor: flavors[1], package: name, version: second, suites: [secondSuite] },
  ];
}

export const RECIPES = [
  {
    name: "zlib",
    releases: debian("zlib", ["1.2.13", "bookworm"], ["1.3", "trixie"]),
    build: ["./configure --static", "make libz.a"],
    archives: ["libz.a"],
    side: "zlib.c",
    main: "zlib-main.c",
    flags: ["-I."],
  },
  {
    name: "openh264",
    releases: debian("openh264", ["2.3", "bookworm"], ["2.6", "trixie"]),
    tools: ["nasm"],
    build: ["make libopenh264.a BUILDTYPE=Release"],
    archives: ["libopenh264.a"],
    side: "openh264.cc",
    flags: ["-Icodec/api/wels", "-Icodec/common/inc"],
    link: ["-lpthread"],
  },
  ...["--disable-x86asm", "--enable-x86asm"].map((asm) => ({
    name: asm.startsWith("--enable") ? "ffmpeg-asm" : "ffmpeg",
    title: `FFmpeg's libavutil, libswresample ${asm}`,
    // The tree has a ff_decklink_list_devices_legacy of its own, so the flavors have other names here.
    releases: debian("ffmpeg", ["5.1", "bookworm"], ["7.1", "trixie"], ["ff5", "ff7"]),
    tools: asm.startsWith("--enable") ? ["nasm"] : [],
    build: [
      `./configure --disable-everything --disable-programs --disable-doc --disable-autodetect ${asm}`,
      "make libavutil/libavutil.a libswresample/libswresample.a",
    ],
    archives: ["libswresample/libswresample.a", "libavutil/libavutil.a"],
    side: "ffmpeg.c",
    flags: ["-I."],
    link: ["-lm", "-lpthread"],
  })),
  {
    name: "fmt",
    releases: debian("fmtlib", ["9.1", "bookworm"], ["10.1", "trixie"]),
    build: objects("src/format.cc src/os.cc", "-Iinclude"),
    archives: ["lib.a"],
    side: "fmt.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "nlohmann-json",
    releases: debian("nlohmann-json3", ["3.11.2", "bookworm"], ["3.11.3", "trixie"]),
    side: "nlohmann.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "eigen",
    releases: debian("eigen3", ["3.3", "bullseye"], ["3.4", "trixie"]),
    // Its C and Fortran look-alikes define global names such as min, max and complex, which the library uses as members.
    policy: { exclude: ["blas/**", "lapack/**", "bench/**", "test/**", "unsupported/**", "failtest/**", "demos/**", "doc/**", "debug/**"] },
    side: "eigen.cc",
    flags: ["-I."],
  },
  {
    name: "jsoncpp",
    releases: debian("libjsoncpp", ["1.9.5", "bookworm"], ["1.9.6", "trixie"]),
    build: objects("src/lib_json/*.cpp", "-Iinclude"),
    archives: ["lib.a"],
    side: "jsoncpp.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "tinyxml2",
    releases: debian("tinyxml2", ["9", "bookworm"], ["11", "trixie"]),
    build: objects("tinyxml2.cpp", "-I."),
    archives: ["lib.a"],
    side: "tinyxml2.cc",
    flags: ["-I."],
  },
  {
    name: "yaml-cpp",
    releases: debian("yaml-cpp", ["0.7", "bookworm"], ["0.8", "trixie"]),
    build: objects("src/*.cpp src/contrib/*.cpp", "-Iinclude -Isrc"),
    archives: ["lib.a"],
    side: "yaml-cpp.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "double-conversion",
    releases: debian("double-conversion", ["3.2", "bookworm"], ["3.3", "trixie"]),
    build: objects("double-conversion/*.cc", "-I."),
    archives: ["lib.a"],
    side: "double-conversion.cc",
    flags: ["-I."],
  },
  {
    name: "snappy",
    releases: debian("snappy", ["1.1.9", "bookworm"], ["1.2", "trixie"]),
    build: ["cmake -S . -B out -DSNAPPY_BUILD_TESTS=OFF -DSNAPPY_BUILD_BENCHMARKS=OFF -DCMAKE_BUILD_TYPE=Release", "make -C out snappy"],
    archives: ["out/libsnappy.a"],
    side: "snappy.cc",
    flags: ["-I.", "-Iout"],
  },
  {
    name: "googletest",
    releases: debian("googletest", ["1.12", "bookworm"], ["1.16", "trixie"]),
    build: objects(
      "googletest/src/gtest-all.cc googlemock/src/gmock-all.cc",
      "-Igoogletest/include -Igoogletest -Igooglemock/include -Igooglemock",
    ),
    archives: ["lib.a"],
    side: "googletest.cc",
    flags: ["-Igoogletest/include"],
    link: ["-lpthread"],
  },
  {
    name: "pugixml",
    releases: debian("pugixml", ["1.13", "bookworm"], ["1.14", "trixie"]),
    build: objects("src/pugixml.cpp", "-Isrc"),
    archives: ["lib.a"],
    side: "pugixml.cc",
    flags: ["-Isrc"],
  },
  {
    name: "cli11",
    title: "CLI11 (headers)",
    releases: debian("cli11", ["2.1", "bookworm"], ["2.4", "trixie"]),
    side: "cli11.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "fast-float",
    title: "fast_float (headers)",
    releases: debian("fast-float", ["3.9", "bookworm"], ["8.0", "trixie"]),
    side: "fast-float.cc",
    flags: ["-Iinclude"],
  },
  {
    name: "imath",
    title: "Imath (its namespaces come from CMake)",
    releases: debian("imath", ["3.1.6", "bookworm"], ["3.1.12", "trixie"]),
    build: [
      "cmake -S . -B out -DBUILD_TESTING=OFF -DBUILD_SHARED_LIBS=OFF -DCMAKE_BUILD_TYPE=Release",
      "make -C out Imath",
      "cp out/src/Imath/libImath*.a lib.a",
    ],
    archives: ["lib.a"],
    side: "imath.cc",
    flags: ["-Isrc/Imath", "-Iout/config"],
  },
];

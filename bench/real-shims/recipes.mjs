/** Owns which libraries the bench of shims takes: two Debian releases of each, their headers, and how their sources are compiled. */

const CXX = { language: "c++", std: "c++17" };
const C = { language: "c", std: "c11" };

/** `headers` and `root` are relative to the tree; `sources` are globs; `flags` are those of headers and sources alike; `prepare`: a line for a shell in the isolated tree, before anything is compiled. */
export const RECIPES = [
  {
    name: "tinyxml2",
    ...CXX,
    releases: [deb("tinyxml2", "9", "bookworm"), deb("tinyxml2", "11", "trixie")],
    headers: ["tinyxml2.h"],
    root: ".",
    sources: ["tinyxml2.cpp"],
  },
  {
    name: "zlib",
    ...C,
    releases: [deb("zlib", "1.2.13", "bookworm"), deb("zlib", "1.3", "trixie")],
    headers: ["zlib.h"],
    root: ".",
    sources: ["*.c"],
    flags: ["-DZ_HAVE_UNISTD_H", "-DHAVE_UNISTD_H"],
  },
  {
    name: "pugixml",
    library: "pugi",
    ...CXX,
    releases: [deb("pugixml", "1.13", "bookworm"), deb("pugixml", "1.14", "trixie")],
    headers: ["pugixml.hpp"],
    root: "src",
    sources: ["src/pugixml.cpp"],
  },
  {
    name: "jsoncpp",
    library: "Json",
    ...CXX,
    releases: [deb("libjsoncpp", "1.9.5", "bookworm"), deb("libjsoncpp", "1.9.6", "trixie")],
    headers: ["json/json.h"],
    root: "include",
    sources: ["src/lib_json/*.cpp"],
  },
  {
    name: "yaml-cpp",
    library: "YAML",
    ...CXX,
    releases: [deb("yaml-cpp", "0.7", "bookworm"), deb("yaml-cpp", "0.8", "trixie")],
    headers: ["yaml-cpp/yaml.h"],
    root: "include",
    sources: ["src/*.cpp", "src/contrib/*.cpp"],
    surface: {
      library: "YAML",
      instances: [
        "YAML::Node::as<{bool,int,unsigned,long,double,std::string}>",
        "YAML::Node::as<{bool,int,double,std::string}, {bool,int,double,std::string}>",
        "YAML::Node::operator[]<{int,std::string}>",
        "YAML::Node::push_back<{int,double,std::string}>",
        "YAML::Node::remove<std::string>",
        "YAML::Node::force_insert<std::string, std::string>",
      ],
    },
  },
  {
    name: "snappy",
    ...CXX,
    releases: [deb("snappy", "1.1.9", "bookworm"), deb("snappy", "1.2", "trixie")],
    headers: ["snappy.h", "snappy-sinksource.h"],
    root: ".",
    prepare:
      "cmake -S . -B out -DSNAPPY_BUILD_TESTS=OFF -DSNAPPY_BUILD_BENCHMARKS=OFF && cp out/snappy-stubs-public.h . && (cp out/config.h . || true)",
    sources: ["snappy.cc", "snappy-sinksource.cc", "snappy-stubs-internal.cc"],
    flags: ["-DHAVE_CONFIG_H"],
  },
];

function deb(packageName, version, suite) {
  return { package: packageName, version, suites: [suite] };
}

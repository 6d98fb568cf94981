import { describe, expect, it } from "vitest";

import { installHint, packagesOf } from "../../src/toolchain/packages.js";

describe("the command that installs what is missing", () => {
  it("names each package once, sorted", () => {
    expect(installHint(["strip", "ninja", "ar", "g++"], "linux", false)).toBe("sudo apt-get install -y binutils g++ ninja-build");
  });

  it("is without sudo for root, and Homebrew's on a Mac", () => {
    expect(installHint(["ninja"], "linux", true)).toBe("apt-get install -y ninja-build");
    expect(installHint(["ninja"], "darwin", false)).toBe("brew install ninja");
  });

  it("says so when a tool is in no package we know", () => {
    expect(installHint(["tcc"], "linux", false)).toBe("check the spelling of tcc, or put it on the PATH");
  });

  it.each([
    ["clang++", "clang"],
    ["/usr/bin/clang++-19", "clang-19"],
    ["g++-12", "g++-12"],
    ["llvm-ar-19", "llvm-19"],
    ["ccache", "ccache"],
  ])("brings %s by the package %s", (tool, name) => {
    expect(packagesOf(tool)?.apt).toBe(name);
  });
});

import { describe, expect, it } from "vitest";

import { fillCommand } from "../../src/build/commands/placeholders.js";

const values = { out: "/o", "archive:legacy": ["/a.a", "/b.a"], "archive:latest": [] };

describe("placeholders of a user's commands", () => {
  it("are filled in, as one argument per archive when they stand alone", () => {
    expect(fillCommand(["ld", "-o", "{out}/p", "{archive:legacy}", "{archive:latest}"], values, "k")).toEqual([
      "ld",
      "-o",
      "/o/p",
      "/a.a",
      "/b.a",
    ]);
  });

  it("join a list inside an argument as CMake wants it", () => {
    expect(fillCommand(["-DA={archive:legacy}", "-DB={archive:latest}"], values, "k")).toEqual(["-DA=/a.a;/b.a", "-DB="]);
  });

  it("leave braces that are no placeholder alone", () => {
    expect(fillCommand(["{}", "${HOME}", "{ x }", "{1}"], values, "k")).toEqual(["{}", "${HOME}", "{ x }", "{1}"]);
  });

  it("that mean nothing are refused with those that do", () => {
    expect(() => fillCommand(["{outt}"], values, "build.flavor.commands[0]")).toThrow(
      expect.objectContaining({
        code: "config-invalid",
        message: "build.flavor.commands[0]: the placeholder {outt} means nothing here",
        hint: "known here: {out} {archive:legacy} {archive:latest}",
      }),
    );
  });
});

/** Mails that git did not write: encodings, folded heads, mailboxes of mail systems, heads in the body. */
import { describe, expect, it } from "vitest";

import { parsePerson } from "../../../src/patches/text/mail/address.js";
import { gitDate, mailDate, parseDate } from "../../../src/patches/text/mail/dates.js";
import { decodeWords } from "../../../src/patches/text/mail/encoded-words.js";
import { readPatchFile } from "../../../src/patches/text/read-patch-file.js";

const DIFF = "diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-caf\xc3\xa9 a=b\n+caf\xe9 a=b\n";
const SIGNS = "From: A U Thor <a@example.org>\nDate: Tue, 14 Nov 2023 23:13:20 +0100\n";

function read(text: string) {
  return readPatchFile({ name: "m", file: "m", content: Buffer.from(text, "latin1") });
}

function quoted(text: string): string {
  return text
    .replaceAll(/[=\x80-\xff]/g, (byte) => `=${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`)
    .replaceAll(/(.{30})(?!\n)/g, "$1=\n");
}

describe("a mail's body", () => {
  const lines = ["-caf\xc3\xa9 a=b", "+caf\xe9 a=b"];

  it("in quoted-printable is decoded, the diff's bytes untouched by the charset", () => {
    const [patch] = read(
      `${SIGNS}Subject: s\nContent-Type: text/plain; charset="iso-8859-1"\nContent-Transfer-Encoding: quoted-printable\n\n${quoted("na\xefve\n---\n" + DIFF)}`,
    );
    expect(patch).toMatchObject({ body: "na\u00efve", diffs: [{ hunks: [{ lines }] }] });
  });

  it("in base64 is decoded", () => {
    const body = Buffer.from(`words\n---\n${DIFF}`, "latin1")
      .toString("base64")
      .replaceAll(/(.{60})/g, "$1\n");
    const [patch] = read(`${SIGNS}Subject: s\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: BASE64\n\n${body}\n`);
    expect(patch).toMatchObject({ body: "words", diffs: [{ hunks: [{ lines }] }] });
  });

  it("without a charset is UTF-8, or latin1 where it is none", () => {
    expect(read(`${SIGNS}Subject: caf\xc3\xa9\n\ncaf\xc3\xa9\n---\n${DIFF}`)[0]).toMatchObject({ subject: "caf\u00e9", body: "caf\u00e9" });
    expect(read(`${SIGNS}Subject: caf\xe9\n\ncaf\xe9\n---\n${DIFF}`)[0]).toMatchObject({ subject: "caf\u00e9", body: "caf\u00e9" });
  });

  it("with author and subject at its top has these", () => {
    const [patch] = read(
      `${SIGNS}Subject: [PATCH] list's words\n\nFrom: "B" Author <b@example.org>\nSubject: real words\n\nbody\n---\n${DIFF}`,
    );
    expect(patch).toMatchObject({
      subject: "real words",
      author: { name: '"B" Author', email: "b@example.org" },
      body: "body",
      source: { line: 1 },
    });
    expect(patch?.diffs[0]?.line).toBe(10);
  });

  it("that went through a program with carriage returns is read without them, when the head has them, too", () => {
    const [patch] = read(
      `${SIGNS}Subject: s\n\nbody\n---\ndiff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n`.replaceAll("\n", "\r\n"),
    );
    expect(patch).toMatchObject({ subject: "s", body: "body", diffs: [{ hunks: [{ lines: ["-a", "+b"] }] }] });
    const [kept] = read(`${SIGNS}Subject: s\n\nbody\n---\n${DIFF.replaceAll("a=b\n", "a=b\r\n")}`);
    expect(kept?.diffs[0]?.hunks[0]?.lines.every((line) => line.endsWith("\r"))).toBe(true);
  });

  it("with Debian's fields as a paragraph tells them as headers", () => {
    const [patch] = read(`${SIGNS}Subject: s\n\nwhy\n\nForwarded: no\nLast-Update: 2026-01-02\n\nEnd: of it\n---\n${DIFF}`);
    expect([...(patch?.headers ?? [])]).toEqual([
      ["Forwarded", ["no"]],
      ["Last-Update", ["2026-01-02"]],
    ]);
    expect([...(patch?.trailers ?? [])]).toEqual([["End", ["of it"]]]);
  });
});

function mail(from: string, subject: string, body: string): string {
  return `From ${from}\n${SIGNS}Subject: ${subject}\n\n${body}\n---\n${DIFF}\n`;
}

describe("a mailbox", () => {
  it("of a mail system gives quoted lines back, one of git's has none", () => {
    const system = "someone@example.org Tue Nov 14 23:13:20 2023";
    const git = `${"a".repeat(40)} Mon Sep 17 00:00:00 2001`;
    const patches = read(mail(system, "one", ">From me") + mail(system, "two", "From me on") + mail(git, "three", ">From me"));
    expect(patches.map(({ name, subject, body }) => [name, subject, body])).toEqual([
      ["0001", "one", "From me"],
      ["0002", "two", "From me on"],
      ["0003", "three", ">From me"],
    ]);
    expect(patches.map(({ source }) => source.line)).toEqual([1, 15, 29]);
  });

  it("leaves out the cover letter", () => {
    const cover = `From ${"a".repeat(40)} Mon Sep 17 00:00:00 2001\n${SIGNS}Subject: [PATCH v2 00/1] all of it\n\nwords\n\n-- \n2.39\n\n`;
    expect(
      read(cover + mail(`${"b".repeat(40)} Mon Sep 17 00:00:00 2001`, "[PATCH v2 01/1] [audio] one", "x")).map(({ subject }) => subject),
    ).toEqual(["[audio] one"]);
  });
});

describe("a head", () => {
  it("has its encoded words decoded, the space between two of them dropped", () => {
    expect(decodeWords("=?UTF-8?q?caf=C3=A9=20au?= =?utf-8?B?IGxhaXQ=?= now")).toBe("caf\u00e9 au lait now");
    expect(decodeWords("=?utf-8?B?w6n=?= =?utf-8?Q?=C3?= =?utf-8?Q?=A9?=")).toBe("\u00e9\u00e9");
    expect(decodeWords("=?iso-8859-1?Q?a_=E9?=,=?koi8-r?B?7w==?=")).toBe("a \u00e9,\u041e");
    expect(decodeWords("=?nowhere?Q?a=E9?= =?x?=")).toBe("a\u00e9 =?x?=");
  });

  it.each([
    ["A U Thor <a@example.org>", "A U Thor", "a@example.org"],
    ['"Thor, A \\"U\\"" <a@example.org>', 'Thor, A "U"', "a@example.org"],
    ["a@example.org (A U Thor)", "A U Thor", "a@example.org"],
    ["a@example.org", "a@example.org", "a@example.org"],
    ["<a@example.org>", "a@example.org", "a@example.org"],
    ["A U Thor", "A U Thor", ""],
    ["A (U) Thor [:au] <not-an-address>", "A (U) Thor [:au]", "not-an-address"],
  ])("names the author: %s", (value, name, email) => {
    expect(parsePerson(value, "mail")).toEqual({ name, email });
  });

  it.each([
    ["Tue, 14 Nov 2023 23:13:20 +0100", "2023-11-14T23:13:20+01:00", "1700000000 +0100"],
    ["14 Nov 2023 22:13:20 GMT (UTC)", "2023-11-14T22:13:20+00:00", "1700000000 +0000"],
    ["Tue Nov 14 15:13:20 2023 -0700", "2023-11-14T15:13:20-07:00", "1700000000 -0700"],
    ["2023-11-14 23:43:20.000 +0130", "2023-11-14T23:43:20+01:30", "1700000000 +0130"],
    ["@1700000000 -0930", "2023-11-14T12:43:20-09:30", "1700000000 -0930"],
    ["2023-11-14", "2023-11-14", "1699920000 +0000"],
  ])("tells the date: %s", (value, iso, git) => {
    expect(parseDate(value)).toBe(iso);
    expect(gitDate(iso)).toBe(git);
    expect(iso.length === 10 || parseDate(mailDate(iso)) === iso).toBe(true);
  });

  it("without a date that can be read has none", () => {
    expect(parseDate("yesterday")).toBeNull();
    expect(parseDate("14 Foo 2023 10:00 +0000")).toBeNull();
  });
});

/** What messages tell: subjects without tags, ids of origins and reviews, and what is taken back. */
import { describe, expect, it } from "vitest";

import {
  namedCommits,
  namedRequests,
  requestOf,
  revertedCommits,
  revertedSubject,
  reviewIds,
} from "../../../src/patches/upstreamed/message-ids.js";
import { plainSubject } from "../../../src/patches/upstreamed/plain-subject.js";

const ID = "0123456789abcdef0123456789abcdef01234567";

describe("a plain subject", () => {
  it.each([
    ["[nrf fromtree] boot: zephyr: Fix it", "boot: zephyr: fix it"],
    ["UPSTREAM: net: Fix it.", "net: fix it"],
    ["BACKPORT: FROMGIT: net: Fix it", "net: fix it"],
    ["[M114][stable] Fix  it (#1234)", "fix it"],
    ["fixup! Fix it", "fix it"],
    ["Patch: Fix it", "fix it"],
    ["patches: fix it", "patches: fix it"],
    ["[tag]", ""],
  ])("of %j is %j", (subject, plain) => {
    expect(plainSubject(subject)).toBe(plain);
  });
});

describe("a message names as its origin", () => {
  it.each([
    `(cherry picked from commit ${ID})`,
    `(cherry-picked from ${ID})`,
    `commit ${ID} upstream.`,
    `[ Upstream commit ${ID} ]`,
    `Upstream-commit: ${ID}`,
    `Origin: upstream, https://host.example/project/commit/${ID}`,
    `Origin: backport, ${ID}`,
    `Upstream-Status: Backport [https://host.example/c/${ID}]`,
    `Cherry-pick upstream's commit ${ID}`,
  ])("the commit in %j", (line) => {
    expect(namedCommits(`Subject\n\nBody.\n\n${line}\n`)).toEqual([ID]);
  });

  it.each([`Fixes: ${ID.slice(0, 12)} ("Subject")`, `This reverts commit ${ID}.`, "Upstream-Status: Pending", "See commit deadbeef"])(
    "nothing in %j",
    (line) => {
      expect(namedCommits(`Subject\n\n${line}\n`)).toEqual([]);
    },
  );
});

it("ids of reviews are those of trailers", () => {
  const message = "Subject\n\nBug: 1\nChange-Id: Iabc\nReviewed-on: https://host.example/c/1\nCr-Commit-Position: refs/heads/main@{#7}\n";
  expect(reviewIds(message)).toEqual(["Change-Id Iabc", "Reviewed-on https://host.example/c/1", "Cr-Commit-Position refs/heads/main@{#7}"]);
});

it("what is taken back is told by id or by subject", () => {
  expect(revertedCommits(`Revert "X"\n\nThis reverts commit ${ID}.`)).toEqual([ID]);
  expect(revertedCommits("This patch undoes changes 1234567 of old")).toEqual([]);
  expect(revertedSubject('[tag] Revert "Revert "X""')).toBe('Revert "X"');
  expect(revertedSubject("Revert to the old way")).toBeUndefined();
});

it("a request is known by its number", () => {
  expect(namedRequests("Subject\n\nUpstream PR: https://host.example/project/pull/1551\n")).toEqual(["1551"]);
  expect(namedRequests("Subject\n\nUpstream PR #: 77\n\nSee also issue 12")).toEqual(["77"]);
  expect(requestOf("zephyr: fix it (#1551)")).toBe("1551");
  expect(requestOf("zephyr: fix #1551")).toBeUndefined();
});

import { expect, it } from "vitest";

import { endsObjects } from "../../../src/shim/plan/release-words.js";

it.each([
  "XML_ParserFree",
  "inflateEnd",
  "gzclose_r",
  "jar_lid_free",
  "lua_close",
  "mdb_txn_commit",
  "srtp_dealloc",
  "ns::node_unref",
  "close_v2",
])("%s may end its object", (name) => {
  expect(endsObjects(name)).toBe(true);
});

it.each(["XML_SetEndElementHandler", "is_closed", "mdb_put", "mdb_del", "parse_end_of_line", "get_free_space", "freeze", "jar_create"])(
  "%s does not",
  (name) => {
    expect(endsObjects(name)).toBe(false);
  },
);

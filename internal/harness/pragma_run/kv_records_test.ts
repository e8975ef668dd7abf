import { expect, test } from "bun:test";
import { kvRecords } from "./kv_records.ts";

test("the pair of records is that of the page, byte for byte", () => {
  const state = {
    ns: "p1/n1",
    metrics: { hits: 1, misses: 1, expirations: 0, evictions: 0, currentSize: 2 },
    dump: { keys: ["x", "y"], size: 2 },
  };
  expect(kvRecords("a_test.ami", "a", [state], 49).map((record) => JSON.stringify(record))).toEqual([
    '{"schema":"diag.v1","timestamp":"1970-01-01T00:00:00.049Z","level":"info","code":"KV_METRICS","message":"kv metrics","file":"a_test.ami","data":{"case":"a","currentSize":2,"evictions":0,"expirations":0,"hits":1,"misses":1,"ns":"p1/n1"}}',
    '{"schema":"diag.v1","timestamp":"1970-01-01T00:00:00.049Z","level":"info","code":"KV_DUMP","message":"kv dump","file":"a_test.ami","data":{"case":"a","keys":["x","y"],"ns":"p1/n1","size":2}}',
  ]);
});

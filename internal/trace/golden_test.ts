import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { eventText } from "./event_text.ts";
import { firstDifference } from "./first_difference.ts";
import { GoldenHeaderSchema, goldenText } from "./golden.ts";
import { Provenance } from "./provenance.ts";
import { renderDifference, renderGoldenDifference } from "./render_difference.ts";
import { flowText } from "./render_trace.ts";
import { type TraceEvent, TraceEventSchema } from "./trace_event.ts";
import { traceMermaid } from "./trace_mermaid.ts";

const goldenFile = (name: string): string =>
  readFileSync(join(import.meta.dir, `../../testdata/examples/cart/golden/${name}.golden.jsonl`), "utf8");

function read(text: string) {
  const [header, ...events] = text.trimEnd().split("\n");
  return {
    header: v.parse(GoldenHeaderSchema, JSON.parse(header ?? "")),
    events: events.map((line) => v.parse(TraceEventSchema, JSON.parse(line))),
  };
}

const SUCCESS = goldenFile("checkout_success");
const SHORTAGE = read(goldenFile("checkout_insufficient_stock")).events;

test("a trace on a terminal holds nothing that a terminal acts upon", () => {
  const [first] = SHORTAGE;
  if (first?.type !== "invocation") throw new Error("the log begins with its root");
  const event = { ...first, args: { item_id: "a\u009b2J\u202e\u007f" } };
  const text = flowText({ flow_token: "f", status: "open", events: [event], pending: 1 }, new Provenance([event]));
  expect(text).toContain('{"item_id":"a\ufffd2J\ufffd\u2421"}');
});

describe("golden files", () => {
  test("are valid against their schemas, and written again byte for byte", () => {
    const sha = (text: string): string => Bun.SHA256.hash(text, "hex");
    for (const [name, bytes, sha256] of [
      ["checkout_success", 2031, "1b4c65a8e85724ffbfd4e8ff7d98867bc8ee3d7f78fc5c05de8161237ffd0a28"],
      ["checkout_insufficient_stock", 2726, "3d80e5feebe3308c997b9783cd1ad3ddeb9609afbb7236e2c59a0a59870e4dd8"],
    ] as const) {
      const text = goldenFile(name);
      const { header, events } = read(text);
      expect(goldenText(header, events)).toBe(text);
      expect([text.length, sha(text)]).toEqual([bytes, sha256]);
    }
  });

  test("64-bit integers are written with all digits", () => {
    const event = { ...SHORTAGE[0], args: { n: 9223372036854775807n } } as TraceEvent;
    expect(goldenText({ flow_token: "f", scenario: "s" }, [event])).toContain('"args":{"n":9223372036854775807}');
  });
});

describe("the first difference", () => {
  test("acceptance 28: another stock is seen at line 2, with its path", () => {
    const difference = firstDifference(SUCCESS, SUCCESS.replace('"quantity":10', '"quantity":11'));
    expect(difference).toMatchObject({ line: 2, paths: ["$.args.quantity: expected 10, got 11"] });
  });

  test("is rendered as scenarios §10 shows it, lines whole and paths sorted", () => {
    const lines = SUCCESS.trimEnd().split("\n");
    const changed = (lines[7] ?? "").replace(
      '"args":{"item_id":"widget","quantity":3}',
      '"args":{"item_id":"widget","quantity":4}',
    );
    const actual = `${[...lines.slice(0, 7), changed.replace("837f", "937f"), lines[8]].join("\n")}\n`;
    const difference = firstDifference(SUCCESS, actual);
    if (difference === undefined) throw new Error("equal");
    const golden = "golden/checkout_success.golden.jsonl";
    const id = "99b0e261bb6a5b6ebec0e57ca306490e022e684eaec57ac8822f7a57d9e0";
    expect(renderGoldenDifference(golden, difference).split("\n")).toEqual([
      `${golden}:8: first difference (- expected, + actual)`,
      ...lines.slice(4, 7).map((line) => `  ${line}`),
      `- ${lines[7]}`,
      `- ${lines[8]}`,
      `+ ${changed.replace("837f", "937f")}`,
      `+ ${lines[8]}`,
      "$.args.quantity: expected 3, got 4",
      `$.id: expected "837f${id}", got "937f${id}"`,
    ]);
  });

  test("stops a side after four lines and names the end of one that is shorter", () => {
    const text = (count: number): string => Array.from({ length: count }, (_, n) => `${n}\n`).join("");
    const more = firstDifference(text(2), text(9));
    if (more === undefined) throw new Error("equal");
    expect(renderDifference("h", more).split("\n")).toEqual("h|  0|  1|- (end of trace)|+ 2|+ 3|+ 4|+ 5".split("|"));
    expect(firstDifference(text(3), "")).toEqual({
      line: 1,
      before: [],
      expected: ["0", "1", "2"],
      actual: [],
      paths: [],
    });
  });

  test("of bytes alone says so: line ends, escapes, a last line without its end; so does a line that is no JSON", () => {
    const bytesOnly = ["the lines hold the same value: they differ in white space, escapes or line ends"];
    expect(firstDifference('{"a":1}\n', '{"a":1}\r\n')?.paths).toEqual(bytesOnly);
    expect(firstDifference('{"a":1}\n', '{"a": 1}\n')?.paths).toEqual(bytesOnly);
    expect(firstDifference('{"a":1}\n', '{"a":1}')?.paths).toEqual(bytesOnly);
    expect(firstDifference("{\n", "[]\n")?.paths).toEqual(["one of the lines is not JSON"]);
    expect(firstDifference('{"a":1}\n', '{"b":null}\n')?.paths).toEqual([
      "$.a: expected 1, got nothing",
      "$.b: expected nothing, got null",
    ]);
    expect(firstDifference(SUCCESS, SUCCESS)).toBeUndefined();
  });

  test("integers beyond 2^53 that differ in their last digit differ", () => {
    expect(firstDifference("[9007199254740992]\n", "[9007199254740993]\n")?.paths).toEqual([
      "$[0]: expected 9007199254740992, got 9007199254740993",
    ]);
  });
});

describe("for people", () => {
  const provenance = new Provenance(SHORTAGE);

  test("the shortage reads as scenarios §12 has it", () => {
    const flow = { flow_token: "cart-example-shortage", status: "open", pending: 0, events: SHORTAGE } as const;
    expect(flowText({ ...flow, events: [...SHORTAGE] }, provenance)).toBe(`flow cart-example-shortage: open, 10 events
[1] Inventory.setStock {"item_id":"widget","quantity":2}
[2]   [1] = Success {}
[3] Cart.addItem {"item_id":"widget","quantity":5}
[4]   [3] = Success {"item_id":"widget","new_quantity":5}
[5] Cart.checkout {}
[6]   [5] = Success {"order_id":"order-5","total_items":5}
[7] Inventory.reserve {"item_id":"widget","quantity":5} <- [6] reserve-on-checkout {"item_id":"widget","order_id":"order-5","quantity":5}
[8]   [7] = InsufficientStock {"available":2,"item_id":"widget","requested":5}
[9] Cart.recordShortage {"available":2,"item_id":"widget","reason":"insufficient_stock","requested":5} <- [8] report-shortage {"available":2,"item_id":"widget","requested":5}
[10]   [9] = Success {}
`);
  });

  test("a failure is told in its own lines, with nothing that a terminal would obey", () => {
    const message = "a would fire again\n  [2] A.b -> a {}\n  [4] A.c -> a {}    refused\u001b[2J";
    const flow = {
      flow_token: "f",
      status: "failed",
      pending: 0,
      events: [],
      error: { code: "E_X", message },
    } as const;
    expect(flowText({ ...flow, events: [] }, provenance)).toBe(
      "flow f: failed, 0 events\nfailed: E_X: a would fire again\n  [2] A.b -> a {}\n  [4] A.c -> a {}    refused\u241b[2J\n",
    );
  });

  test("pending, assumed, a cause without bindings and one that is not there", () => {
    const [first, second] = SHORTAGE;
    const reserve = SHORTAGE[6];
    if (first === undefined || second?.type !== "completion" || reserve?.type !== "invocation")
      throw new Error("other");
    expect(eventText(first, new Provenance([first]))).toBe(
      '[1] Inventory.setStock {"item_id":"widget","quantity":2} (pending)',
    );
    expect(eventText({ ...second, assumed: true }, provenance)).toBe("[2]   [1] = Success {} (assumed)");
    const { completion, sync } = reserve.cause ?? { completion: "", sync: "" };
    const old = { ...reserve, cause: { completion, sync } };
    expect(eventText(old, provenance)).toEndWith("<- [6] reserve-on-checkout");
    expect(eventText(old, new Provenance([old]))).toEndWith("<- [bb1ccfcc…] reserve-on-checkout (pending)");
  });

  test("mermaid: nodes, completions, causes, each in seq order; labels cannot end their quotes", () => {
    const chain = SHORTAGE.slice(4, 8);
    expect(traceMermaid([...chain].reverse(), provenance)).toBe(`flowchart TD
  e5["[5] Cart.checkout"]
  e6(["[6] Success"])
  e7["[7] Inventory.reserve"]
  e8(["[8] InsufficientStock"])
  e5 --> e6
  e7 --> e8
  e6 -- "reserve-on-checkout" --> e7
`);
    const odd = { ...SHORTAGE[0], action_uri: 'A"]\n<b>' } as TraceEvent;
    expect(traceMermaid([odd], provenance)).toBe('flowchart TD\n  e1["[1] A#34;]#10;#60;b#62;"]\n');
  });
});

describe("provenance", () => {
  const provenance = new Provenance(SHORTAGE);
  const seqs = (events: readonly TraceEvent[]): number[] => events.map(({ seq }) => seq);
  const at = (seq: number): TraceEvent => {
    const event = SHORTAGE[seq - 1];
    if (event === undefined) throw new Error(`no event ${seq}`);
    return event;
  };

  test("why event 10: 5 to 10; why the invocation 9: 5 to 9; a root stands for itself", () => {
    expect(seqs(provenance.why(at(10)))).toEqual([5, 6, 7, 8, 9, 10]);
    expect(seqs(provenance.why(at(9)))).toEqual([5, 6, 7, 8, 9]);
    expect(seqs(provenance.why(at(1)))).toEqual([1]);
  });

  test("consequences are why the other way round: a is in why(b) if and only if b is a or a consequence of a", () => {
    for (const a of SHORTAGE) {
      const after = provenance.consequences(a);
      for (const b of SHORTAGE) expect(provenance.why(b).includes(a)).toBe(a === b || after.includes(b));
    }
  });

  test("a circle, which only an edited log can hold, ends", () => {
    const invocation = { ...at(9), cause: { completion: at(10).id, sync: "s" } } as TraceEvent;
    const edited = new Provenance([invocation, at(10)]);
    expect(seqs(edited.why(at(10)))).toEqual([9, 10]);
    expect(seqs(edited.consequences(at(10)))).toEqual([9]);
  });
});

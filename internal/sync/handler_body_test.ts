import { describe, expect, test } from "bun:test";
import type { EngineOptions } from "./engine.ts";
import { HandlerHang } from "./handler_hang.ts";
import type { HandlerAnswer, HandlerCall, HandlerDb, Handlers } from "./handlers.ts";
import { programOf, SampleEngine } from "./sample_engine.ts";

const SPEC = `
concept: A
purpose: p
state: {T: {key: n, fields: {n: int}}, J: {s: string, b: bool, l: array}, P: {__proto__: int}}
handlers: a.ts
actions:
  go: {args: {n: int}, outputs: [{case: Success, fields: {m: int}}, {case: Empty}]}
---
concept: B
purpose: p
state: {Other: {n: int}}
actions: {put: {args: {n: int}, outputs: [{case: Success, effects: ["INSERT INTO Other VALUES (:n)"]}]}}
---
sync: s
when: {action: A.go, case: Empty}
then: {action: A.go, args: {n: 7}}
`;
const program = await programOf(SPEC, ["go"]);

type Handler = (call: HandlerCall, db: HandlerDb) => unknown;

/** Handlers in this thread: what one throws is its fault. */
function inThread(handler: Handler): Handlers {
  return {
    call(call, db): HandlerAnswer {
      try {
        return { kind: "answered", value: handler(call, db) };
      } catch (error) {
        return { kind: "fault", code: "E_ACTION_FAILED", message: error instanceof Error ? error.message : "?" };
      }
    },
  };
}

function sampleOf(handler: Handler, options: Partial<EngineOptions> = {}): SampleEngine {
  return new SampleEngine(program, { handlers: inThread(handler), ...options });
}

describe("a handler", () => {
  test("reads a column of any name", () => {
    let row: unknown;
    const sample = sampleOf((_, db) => {
      db.run("INSERT INTO P VALUES (3)");
      row = db.get("SELECT * FROM P");
      return { case: "Empty" };
    });
    sample.invoke("A.go", { n: 7 });
    expect(Object.entries(row ?? {})).toEqual([["__proto__", 3]]);
  });

  test("gets its call, and what it returns is the completion (scenarios row 17)", () => {
    const calls: HandlerCall[] = [];
    const sample = sampleOf(
      (call) => {
        calls.push(call);
        return { case: "Success", result: { m: BigInt(Number(call.args.n) + 1) } };
      },
      { atMs: () => 99, timeoutMs: 5 },
    );
    expect(sample.say("A.go", { n: 1 })).toBe('Success {"m":2}');
    const [invocation] = sample.store.reader.trace({ flow_token: "f", status: "open" }).events;
    expect(calls).toEqual([
      {
        module: expect.stringMatching(/a\.ts$/),
        name: "go",
        action: "A.go",
        args: { n: 1 },
        flowToken: "f",
        invocationId: invocation?.id ?? "",
        seq: 1,
        nowMs: 99,
        timeoutMs: 5,
      },
    ]);
  });

  test("that a sync invokes has the instant of its root", () => {
    const times: number[] = [];
    const sample = sampleOf(
      ({ nowMs, args }) => {
        times.push(nowMs);
        return args.n === 1 ? { case: "Empty" } : { case: "Success", result: { m: 1 } };
      },
      { atMs: () => times.length + 10 },
    );
    sample.invoke("A.go", { n: 1 });
    expect(times).toEqual([10, 10]);
  });

  test("writes in the unit of its completion: what throws afterwards undoes it (scenarios row 17)", () => {
    const sample = sampleOf(({ args }, db) => {
      db.run("INSERT INTO T VALUES (:n)");
      if (args.n === 2) throw new Error("no more");
      return { case: "Success", result: { m: Number(db.get("SELECT count(*) AS c FROM T")?.c) } };
    });
    expect(sample.say("A.go", { n: 1 })).toBe('Success {"m":1}');
    expect(sample.say("A.go", { n: 2 })).toBe("E_ACTION_FAILED: A.go failed: no more");
    expect(sample.rows("T")).toEqual([{ n: 1n }]);
    expect(sample.status()).toBe("failed: E_ACTION_FAILED");
  });

  test("may throw what is no text of the strict profile: the log keeps it all the same", () => {
    const sample = sampleOf(() => {
      throw new Error("half \ud83d of e\u0301");
    });
    expect(sample.say("A.go", { n: 1 })).toBe("E_ACTION_FAILED: A.go failed: half \ufffd of \u00e9");
    expect(sample.store.reader.flow("f")?.error?.message).toBe("A.go failed: half \ufffd of \u00e9");
  });

  test("must answer with a declared case and its fields, of their types (scenarios row 17)", () => {
    const say = (answer: unknown): string =>
      sampleOf((_, db) => {
        db.run("INSERT INTO T VALUES (1)");
        return answer;
      }).say("A.go", { n: 1 });
    expect(say({ case: "Sucess", result: { m: 1 } })).toBe(
      'E_RESULT_CASE: A.go has no case "Sucess"; it has Success, Empty; did you mean Success?',
    );
    expect(say({ case: "Success" })).toBe("E_RESULT_FIELD: A.go Success: the result has no field m");
    expect(say({ case: "Empty", result: { m: 1 } })).toBe(
      'E_RESULT_FIELD: A.go Empty: the result has "m", which is no declared field',
    );
    expect(say({ case: "Success", result: { m: "1" } })).toBe(
      'E_RESULT_TYPE: A.go Success: the field m is declared as int, got "1"',
    );
    expect(say({ case: "Success", result: { m: 1.5 } })).toMatch(
      /^E_VALUE_FLOAT: \$\.m is 1\.5; .* \(the result of A\.go Success\)$/,
    );
    expect(say({ case: "Success", result: { m: null } })).toStartWith("E_VALUE_NULL: $.m is null");
    const must = "E_RESULT_CASE: the handler of A.go must return {case, result?}, found ";
    expect(say(undefined)).toBe(`${must}nothing`);
    expect(say(null)).toBe(`${must}null`);
    expect(say([])).toBe(`${must}an array`);
    expect(say("Success")).toBe(`${must}a string`);
    expect(say({ result: {} })).toBe(`${must}no case`);
    expect(say({ case: "Empty", result: 3 })).toBe(`${must}a result that is no object`);
    expect(say({ case: "Success", results: { m: 1 } })).toBe(`${must}the key "results"`);
  });

  test("that takes too long fails its flow; one that hangs ends the engine, and nothing of its unit is kept", () => {
    const fault = (code: "E_ACTION_TIMEOUT" | "E_WORKER_HANG"): Handlers => ({
      call(_, db) {
        db.run("INSERT INTO T VALUES (1)");
        return { kind: "fault", code, message: "why" };
      },
    });
    const late = new SampleEngine(program, { handlers: fault("E_ACTION_TIMEOUT") });
    expect(late.say("A.go", { n: 1 })).toBe("E_ACTION_TIMEOUT: A.go failed: why");
    expect(late.rows("T")).toEqual([]);
    const hanging = new SampleEngine(program, { handlers: fault("E_WORKER_HANG") });
    expect(() => hanging.invoke("A.go", { n: 1 })).toThrow(new HandlerHang("A.go: why", "f"));
    expect(hanging.rows("T")).toEqual([]);
    expect(hanging.status()).toBe("open");
    expect(hanging.trace()).toHaveLength(1);
  });
});

describe("ctx.db", () => {
  /** What a call throws, without what follows the first sentence. */
  function thrown(work: (db: HandlerDb) => unknown): string {
    let said = "nothing";
    sampleOf((_, db) => {
      try {
        work(db);
      } catch (error) {
        said = error instanceof Error ? error.message : "?";
      }
      return { case: "Success", result: { m: 1 } };
    }).invoke("A.go", { n: 3 });
    return said;
  }

  test("is held to the rules of SQL when it is called", () => {
    expect(thrown((db) => db.run("DROP TABLE T"))).toStartWith("E_SPEC_SQL_FORBIDDEN: ");
    expect(thrown((db) => db.run("DELETE FROM T; DELETE FROM T"))).toStartWith("E_SPEC_SQL_FORBIDDEN: ");
    expect(thrown((db) => db.all("SELECT * FROM Other"))).toBe(
      "E_SPEC_SQL_TABLE: only the concept's own tables can be used here, not Other: it belongs to B",
    );
    expect(thrown((db) => db.all("SELECT * FROM invocations"))).toStartWith("E_SPEC_SQL_TABLE: ");
    expect(thrown((db) => db.all("SELECT m FROM T"))).toBe("E_SPEC_SQL_COLUMN: there is no column m here");
    expect(thrown((db) => db.all('SELECT "nosuch" FROM T'))).toStartWith("E_SPEC_SQL_COLUMN: ");
    expect(thrown((db) => db.all("SELECT random()"))).toStartWith("E_SPEC_SQL_NONDETERMINISTIC: ");
    expect(thrown((db) => db.all("SELECT n FROM T WHERE"))).toStartWith("E_SPEC_SQL_SYNTAX: ");
    expect(thrown((db) => db.all("SELECT ?", [1]))).toStartWith("E_SPEC_SQL_PARAM: ");
    expect(thrown((db) => db.run("INSERT INTO T VALUES (1), (1)"))).toBe(
      "E_ACTION_FAILED: UNIQUE constraint failed: T.n",
    );
  });

  test("binds what a call gives, else args and what the engine gives; nothing else", () => {
    let seen: unknown;
    expect(
      thrown((db) => {
        seen = db.get(
          "SELECT :n AS n, :m AS m, :seq AS seq, :flow_token AS flow, length(:invocation_id) AS id, :l AS l",
          {
            ":m": true,
            l: [1, { b: 1, a: 2 }],
          },
        );
      }),
    ).toBe("nothing");
    expect(seen).toEqual({ n: 3, m: 1, seq: 1, flow: "f", id: 64, l: '[1,{"a":2,"b":1}]' });
    expect(thrown((db) => db.get("SELECT :n", { n: 4 }))).toBe("nothing");
    expect(thrown((db) => db.get("SELECT :nosuch", { m: 4 }))).toBe(
      "E_SPEC_SQL_PARAM: nothing is known as :nosuch; there are :m, :n, :flow_token, :invocation_id, :seq",
    );
    expect(thrown((db) => db.get("SELECT :m", { m: 1.5 }))).toStartWith("E_VALUE_FLOAT: the parameter :m: $ is 1.5");
    expect(thrown((db) => db.get("SELECT :m", [1]))).toStartWith("E_SPEC_SQL_PARAM: parameters are an object");
  });

  test("gives rows as SQLite has them, integers exact", () => {
    let rows: unknown;
    thrown((db) => {
      db.run("INSERT INTO T VALUES (1), (9007199254740993)");
      rows = [...db.all("SELECT n, NULL AS e, 1.5 AS r FROM T ORDER BY n"), db.get("SELECT n FROM T WHERE n = 5")];
    });
    expect(rows).toEqual([{ n: 1, e: null, r: 1.5 }, { n: 9007199254740993n, e: null, r: 1.5 }, undefined]);
  });

  test("is closed when the handler is done", () => {
    let kept: HandlerDb | undefined;
    const sample = sampleOf((_, db) => {
      kept = db;
      return { case: "Success", result: { m: 1 } };
    });
    sample.invoke("A.go", { n: 1 });
    expect(() => kept?.run("INSERT INTO T VALUES (5)")).toThrow(
      "E_ACTION_FAILED: ctx.db is used after the handler was done",
    );
    expect(sample.rows("T")).toEqual([]);
  });

  test("an error that the handler catches is no failure", () => {
    const sample = sampleOf((_, db) => {
      db.run("INSERT INTO T VALUES (1)");
      expect(() => db.run("INSERT OR ROLLBACK INTO T VALUES (1)")).toThrow("E_ACTION_FAILED");
      db.run("INSERT INTO T VALUES (2)");
      return { case: "Success", result: { m: 1 } };
    });
    expect(sample.say("A.go", { n: 1 })).toBe('Success {"m":1}');
    expect(sample.rows("T")).toEqual([{ n: 1n }, { n: 2n }]);
  });
});

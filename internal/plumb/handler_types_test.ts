import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { HandlerThreads } from "../handlers/mod.ts";
import { tempFiles } from "../testkit/mod.ts";
import type { Handler } from "./mod.ts";

const handlers = new HandlerThreads({ open: false });
afterAll(() => handlers.close());

// The compiler checks it here; its text is the module below.
const take: Handler<{ sku: string; quantity: number }> = async ({ sku, quantity }, ctx) => {
  const stock = ctx.db.get("SELECT available FROM Stock WHERE sku = :sku", { sku });
  if (stock === undefined || Number(stock.available) < quantity) return { case: "NoStock" };
  ctx.db.run("UPDATE Stock SET available = available - :quantity WHERE sku = :sku");
  return { case: "Success", result: { id: `${ctx.flowToken}-${ctx.seq}`, at: ctx.clock.now(), die: ctx.rng.int(1) } };
};

test("a handler that is written against the package's types runs", () => {
  const module = join(tempFiles({ "h.ts": `export const take = ${take.toString()};\n` }), "h.ts");
  const call = {
    module,
    name: "take",
    action: "Stock.take",
    flowToken: "f",
    invocationId: "1",
    nowMs: 5,
    timeoutMs: 9_000,
  };
  const db = { all: () => [], get: () => ({ available: 2 }), run: () => undefined };
  const ask = (quantity: number) => handlers.call({ ...call, seq: 3, args: { sku: "a", quantity } }, db);
  expect(ask(2)).toEqual({ kind: "answered", value: { case: "Success", result: { id: "f-3", at: 5, die: 0 } } });
  expect(ask(3)).toEqual({ kind: "answered", value: { case: "NoStock" } });
});

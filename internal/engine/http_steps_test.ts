import { afterAll, describe, expect, test } from "bun:test";
import { sampleIr } from "../testkit/mod.ts";
import type { Json } from "../value/mod.ts";
import { HTTP_STEPS } from "./http_steps.ts";
import { LocalEngine } from "./local_engine.ts";

const seen: { method: string; path: string; headers: Record<string, string>; body: string }[] = [];

const server = Bun.serve({
  port: 0,
  async fetch(request) {
    const url = new URL(request.url);
    const body = await request.text();
    seen.push({
      method: request.method,
      path: url.pathname + url.search,
      headers: Object.fromEntries(request.headers),
      body,
    });
    const [, what = "", arg = ""] = url.pathname.split("/");
    switch (what) {
      case "status":
        return new Response("no", { status: Number(arg) });
      case "again":
        return new Response(null, {
          status: 302,
          headers: { location: arg === "0" ? "/json" : `/again/${Number(arg) - 1}` },
        });
      case "post":
        return new Response(null, { status: Number(arg), headers: { location: "/json" } });
      case "away":
        return new Response(null, { status: 302, headers: { location: other.url.href } });
      case "big":
        return new Response("x".repeat(Number(arg)));
      case "hang":
        return new Promise<Response>(() => undefined);
      case "text":
        return new Response('{"a":1}', { headers: { "content-type": "text/plain" } });
      default:
        return new Response('{"n":9007199254740993}', {
          headers: { "content-type": "application/json; charset=utf-8" },
        });
    }
  },
});
const other = Bun.serve({
  port: 0,
  fetch: (request) => new Response(request.headers.get("authorization") ?? "none"),
});
afterAll(async () => {
  await server.stop(true);
  await other.stop(true);
});

async function perform(type: string, args: { [key: string]: Json }, timeout_ms = 0) {
  const path =
    typeof args.url === "string" && args.url.startsWith("/") ? server.url.origin + args.url : (args.url ?? null);
  const ir = sampleIr([{ id: "a", type, with: { ...args, url: path }, timeout_ms }], []);
  const engine = new LocalEngine({ providers: [HTTP_STEPS] });
  const { result } = await engine.run({ ir, inputs: {}, runId: "r", traceId: "t" });
  return { result: result.state.steps.a as { [key: string]: Json }, error: result.error };
}

describe("http steps (flows §11)", () => {
  test("an answer of 200–299 is status, headers, body, and the JSON that it says it is", async () => {
    const { result } = await perform("http.get", { url: "/json", query: { q: "a b", n: 3, l: [1, 2], none: null } });
    expect(result).toMatchObject({ status: 200, body: '{"n":9007199254740993}' });
    expect(result.json as unknown).toEqual({ n: 9007199254740993n });
    expect((result.headers as { [key: string]: Json })["content-type"]).toBe("application/json; charset=utf-8");
    expect(seen.at(-1)?.path).toBe("/json?q=a+b&n=3&l=1&l=2");
    expect((await perform("http.get", { url: "/text" })).result.json).toBeNull();
  });

  test("json and body are sent, with headers and any method", async () => {
    await perform("http.post", { url: "/x", json: { a: [1] }, headers: { "x-n": 5 } });
    expect(seen.at(-1)).toMatchObject({
      method: "POST",
      body: '{"a":[1]}',
      headers: { "content-type": "application/json", "x-n": "5" },
    });
    await perform("http.request", { url: "/x", method: "put", body: "plain" });
    expect(seen.at(-1)).toMatchObject({ method: "PUT", body: "plain" });
  });

  test("other statuses fail with 2001 and the status; some may be mended by another attempt", async () => {
    for (const [status, retriable] of [
      [404, false],
      [400, false],
      [408, true],
      [425, true],
      [429, true],
      [500, true],
      [503, true],
    ] as const) {
      const { error } = await perform("http.get", { url: `/status/${status}` });
      expect([status, error?.code, error?.data]).toMatchObject([status, 2001, { retriable, details: { status } }]);
    }
    expect((await perform("http.get", { url: "/status/404", ok: [404] })).result).toMatchObject({
      status: 404,
      body: "no",
    });
  });

  test("ten redirects are followed, an eleventh is not; what was posted goes no further than it should", async () => {
    expect((await perform("http.get", { url: "/again/9" })).result.status).toBe(200);
    const { error } = await perform("http.get", { url: "/again/10" });
    expect(error?.data).toMatchObject({ retriable: false, details: { cause: "Redirects", status: 302 } });
    await perform("http.post", { url: "/post/303", body: "secret" });
    expect(seen.at(-1)).toMatchObject({ method: "GET", body: "" });
    await perform("http.post", { url: "/post/307", body: "kept" });
    expect(seen.at(-1)).toMatchObject({ method: "POST", body: "kept" });
    const away = await perform("http.get", { url: "/away", headers: { Authorization: "Bearer x" } });
    expect(away.result.body).toBe("none");
  });

  test("an answer of more than 10 MiB is refused, one of 10 MiB is not", async () => {
    const most = 10 * 1024 * 1024;
    expect(((await perform("http.get", { url: `/big/${most}` })).result.body as string).length).toBe(most);
    expect((await perform("http.get", { url: `/big/${most + 1}` })).error?.data.details).toEqual({
      cause: "Size",
      status: 200,
    });
  });

  test("an endpoint that hangs is ended by the time limit of the step, one that is not there can be tried again", async () => {
    const hung = await perform("http.get", { url: "/hang" }, 30);
    expect(hung.error).toMatchObject({ code: 2001, data: { details: { cause: "Timeout" } } });
    const closed = Bun.serve({ port: 0, fetch: () => new Response() });
    const { href } = closed.url;
    await closed.stop(true);
    const { error } = await perform("http.get", { url: href });
    expect(error).toMatchObject({ code: 2001, data: { retriable: true, details: { cause: "Network" } } });
  });

  test("wrong arguments are told and not tried again", async () => {
    const wrong: readonly [string, { [key: string]: Json }, string][] = [
      ["http.get", {}, "a: url must be an address that starts with http:// or https://"],
      ["http.get", { url: "file:///etc/passwd" }, "a: url must be an address that starts with http:// or https://"],
      ["http.get", { url: "/x", query: [1] }, "a: query must be a mapping"],
      ["http.get", { url: "/x", headers: { "a b": "c" } }, 'a: headers has "a b", which is no header with a value'],
      ["http.get", { url: "/x", json: {} }, "a: json cannot go with GET"],
      ["http.post", { url: "/x", json: {}, body: "b" }, "a: body and json are both given; a request has one of them"],
      ["http.request", { url: "/x", method: "GET /" }, "a: method must be a word such as GET"],
      ["http.get", { url: "/x", ok: 404 }, "a: ok must be a list of statuses such as [404]"],
    ];
    for (const [type, args, message] of wrong) {
      const { error } = await perform(type, args);
      expect([error?.message, error?.data.retriable]).toEqual([message, false]);
    }
  });

  test("under plumb test nobody performs them: a mock must answer", async () => {
    const ir = sampleIr([{ id: "a", type: "http.get", with: { url: "http://localhost" } }], []);
    const { result } = await new LocalEngine().run({ ir, inputs: {}, runId: "r", traceId: "t" });
    expect(result.error?.code).toBe(1002);
  });
});

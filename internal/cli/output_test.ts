import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { ClosedPipe, Output, WriteFailed } from "./output.ts";

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: it failed`), { code });
}

/** A stream that takes what `script` says, call by call: a number of bytes, or an error; then everything. */
function scripted(...script: (number | Error)[]) {
  const taken: number[] = [];
  const write = (_: number, bytes: Uint8Array): number => {
    const step = script.shift() ?? bytes.length;
    if (step instanceof Error) throw step;
    taken.push(...bytes.subarray(0, step));
    return Math.min(step, bytes.length);
  };
  return { write, text: () => new TextDecoder().decode(new Uint8Array(taken)) };
}

describe("output", () => {
  test("goes on after a short write, also inside a character", () => {
    const stream = scripted(1, 1, 2);
    new Output(1, stream).write("äöü!");
    expect(stream.text()).toBe("äöü!");
  });

  test("pauses and retries where a non-blocking pipe is full", () => {
    const stream = scripted(2, failure("EAGAIN"), failure("EAGAIN"));
    let pauses = 0;
    const pause = (): void => {
      pauses += 1;
    };
    new Output(1, { ...stream, pause }).write("hello");
    expect(stream.text()).toBe("hello");
    expect(pauses).toBe(2);
  });

  test("loses and doubles nothing, however the stream takes it and however it is cut", () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant("EAGAIN"));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), fc.array(step), fc.nat(20), (texts, steps, buffer) => {
        const stream = scripted(...steps.map((each) => (typeof each === "string" ? failure(each) : each)));
        const output = new Output(1, { ...stream, buffer, pause: () => undefined });
        for (const text of texts) output.write(text);
        output.flush();
        expect(stream.text()).toBe(texts.join("").toWellFormed());
      }),
      { numRuns: 200 },
    );
  });

  test("is kept up to its buffer, and written by flush", () => {
    const stream = scripted();
    const output = new Output(1, { ...stream, buffer: 5 });
    output.write("abc");
    expect(stream.text()).toBe("");
    output.write("def");
    expect(stream.text()).toBe("abcdef");
    output.write("g");
    output.flush();
    expect(stream.text()).toBe("abcdefg");
  });

  test("keeps its order with the stream that it stands after", () => {
    const both: string[] = [];
    const write = (fd: number, bytes: Uint8Array): number => {
      both.push(`${fd}:${new TextDecoder().decode(bytes)}`);
      return bytes.length;
    };
    const out = new Output(1, { write, buffer: 100 });
    const err = new Output(2, { write, after: out });
    out.write("a");
    err.write("b");
    out.write("c");
    out.flush();
    expect(both).toEqual(["1:a", "2:b", "1:c"]);
  });

  test("throws ClosedPipe once its reader is gone, then writes nothing more", () => {
    const stream = scripted(1, failure("EPIPE"));
    const output = new Output(1, stream);
    expect(() => output.write("ab")).toThrow(ClosedPipe);
    output.write("cd");
    expect(stream.text()).toBe("a");
  });

  test.each(["EPIPE", "ENOSPC", "EIO", "EBADF"])("that may be lost is lost without a word: %s", (code) => {
    const stream = scripted(failure(code));
    const output = new Output(2, { ...stream, mayBeLost: true });
    output.write("ab");
    output.write("cd");
    expect(stream.text()).toBe("");
  });

  test("that may be lost still tells when the stream before it cannot be written", () => {
    const out = new Output(1, { ...scripted(failure("EPIPE")), buffer: 100 });
    const err = new Output(2, { ...scripted(), after: out, mayBeLost: true });
    out.write("a");
    expect(() => err.write("b")).toThrow(ClosedPipe);
  });

  test("says what else keeps it from writing", () => {
    const output = new Output(1, scripted(failure("ENOSPC")));
    expect(() => output.write("ab")).toThrow(new WriteFailed("cannot write to stdout: ENOSPC: it failed"));
  });
});

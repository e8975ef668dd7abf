import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Lexer } from "./lexer.ts";
import type { Token } from "./token.ts";

function tokens(text: string): Token[] {
  const lexer = new Lexer(text);
  const found: Token[] = [];
  for (let at = 0; ; ) {
    const token = lexer.read(at);
    if (token.kind === "end") return found;
    found.push(token);
    at = token.end;
  }
}

/** The kinds of the tokens with their characters; a line end before one is `/`. */
function seen(text: string): string {
  return tokens(text)
    .map(({ kind, newline, start, end }) => `${newline ? "/ " : ""}${kind}:${text.slice(start, end)}`)
    .join(" ");
}

describe("tokens", () => {
  test("a name is a letter of any script or _, then letters, digits and _", () => {
    expect(seen("a _1 größe 名前2 é٣")).toBe("name:a name:_1 name:größe name:名前2 name:é٣");
    expect(seen("x·y")).toBe("name:x bad:· name:y");
  });

  test("the longest symbol is taken", () => {
    expect(seen("a->b")).toBe("name:a symbol:-> name:b");
    expect(seen("== = := : <= < ++ + += && || != !")).toBe(
      "symbol:== symbol:= symbol::= symbol:: symbol:<= symbol:< symbol:++ symbol:+ symbol:+= symbol:&& symbol:|| symbol:!= symbol:!",
    );
    expect(seen("i<-1")).toBe("name:i symbol:< symbol:- number:1");
  });

  test("a character that is no token is a bad one of its own, also beyond the first plane", () => {
    expect(seen("a & 😀\u00a0'")).toBe("name:a bad:& bad:😀 bad:\u00a0 bad:'");
  });

  test("strings are those of JSON", () => {
    const [first, second] = tokens('"a\\n\\u00e9\\"" ""');
    expect(first).toMatchObject({ kind: "string", value: 'a\né"' });
    expect(second).toMatchObject({ kind: "string", value: "" });
  });

  const flaws: [text: string, flaw: string, start: number][] = [
    ['"abc', `expected '"', got end of file`, 0],
    ['"abc\nd"', `expected '"', got end of line`, 0],
    ['"abc\\\nd"', `expected '"', got end of line`, 0],
    ['"a\\qb"', 'expected one of " \\ / b f n r t u after the backslash, got "q"', 3],
    ["/* abc", "expected '*/', got end of file", 0],
    ["9007199254740993", "number above 2^53", 0],
  ];
  for (const [text, flaw, start] of flaws) {
    test(`${JSON.stringify(text)} is bad: ${flaw}`, () => {
      expect(tokens(text)[0]).toMatchObject({ kind: "bad", flaw, start });
    });
  }

  test("a string with a lone surrogate or a raw tab is bad, since no value can hold the one and JSON not the other", () => {
    expect(tokens('"\\ud800"')[0]?.kind).toBe("bad");
    expect(tokens('"\t"')[0]?.kind).toBe("bad");
  });
});

describe("what stands between tokens", () => {
  test("line ends, in comments too, are noted on the next token", () => {
    expect(seen("a\nb\r\nc\rd e")).toBe("name:a / name:b / name:c / name:d name:e");
    expect(seen("a // x\nb /* \n */ c /* */ d")).toBe("name:a / name:b / name:c name:d");
  });

  test("pragma lines are no tokens, whatever they hold, and are collected once", () => {
    const text = 'a\n#pragma x "/*\nb';
    expect(seen(text)).toBe("name:a / name:b");
    const lexer = new Lexer(text);
    lexer.read(1);
    lexer.read(1);
    expect(lexer.pragmas.map(({ name, line }) => `${line} ${name}`)).toEqual(["2 x"]);
  });
});

test("tokens and what stands between them cover every text, without end or exception (property)", () => {
  const unit = fc.oneof(
    fc.constantFrom('"', "\\", "/", "*", "\n", "\r", "#pragma ", "1", ".", "5ms", "0x", "e", " "),
    fc.string({ unit: "binary", maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
      let last = 0;
      for (const { start, end } of tokens(parts.join(""))) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
    }),
    { numRuns: 500 },
  );
});

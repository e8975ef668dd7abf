import { expect, test } from "bun:test";
import { errorRecord } from "../../internal/diag/mod.ts";
import { errorpipeLine } from "./errorpipe_line.ts";

test("a line of the error pipeline is an errors.v1 record, or words for people", () => {
  const record = errorRecord({ code: "E_BUS", message: "no", file: "a_test.ami", data: { case: "a b" } });
  expect(errorpipeLine(record, "json")).toBe(`${JSON.stringify(record)}\n`);
  expect(errorpipeLine(record, "human")).toBe("error: code=E_BUS case=a b file=a_test.ami\n");
  expect(errorpipeLine(errorRecord({ code: "E_X", message: "" }), "human")).toBe("error: code=E_X case= file=\n");
});

test("no code, case or file can break the line or colour it", () => {
  const evil = "x\nerror: code=E_FORGED\r\u001b[31m\u202e\u2028";
  const line = errorpipeLine(errorRecord({ code: evil, message: "", file: evil, data: { case: evil } }), "human");
  const shown = "x\\nerror: code=E_FORGED\\r\\x1b[31m\\u202e\\u2028";
  expect(line).toBe(`error: code=${shown} case=${shown} file=${shown}\n`);
});

test("data has its keys in the order of their code units", () => {
  const record = errorRecord({ code: "E_X", message: "", data: { "9": { b: 1, "8": 2, "70": 3 }, "10": 4 } });
  expect(errorpipeLine(record, "json")).toEndWith('"data":{"10":4,"9":{"70":3,"8":2,"b":1}}}\n');
});

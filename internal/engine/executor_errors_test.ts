import { describe, expect, test } from "bun:test";
import { RepFault } from "../rep/mod.ts";
import { errorOfFault, errorOfPeer } from "./executor_errors.ts";

describe("the error of a run on an executor", () => {
  test("of a fault is 3001, with its cause, its details and its blame (flows §13)", () => {
    const fault = new RepFault("Exit", "the executor ended", { exit_code: 3, stderr: [] });
    expect(errorOfFault(fault)).toEqual({
      code: 3001,
      name: "E_REP_EXIT",
      message: "the executor ended",
      data: { retriable: false, details: { cause: "Exit", exit_code: 3, stderr: [] }, blame: "executor" },
    });
  });

  test.each([
    [1001, "E_IR_VERSION"],
    [1002, "E_CAPABILITIES_MISMATCH"],
    [1003, "E_RUN_REFUSED"],
    [2042, "E_STEP_FAILED"],
    [3002, "E_EXECUTOR_ERROR"],
    [-32603, "E_EXECUTOR_ERROR"],
    [42, "E_EXECUTOR_ERROR"],
  ])("that says %i is %s (flows §15)", (code, name) => {
    expect(errorOfPeer({ code, message: "no" }, false)).toEqual({
      code,
      name,
      message: "no",
      data: { blame: "executor" },
    });
  });

  test("of a step is the step's: nobody says whose fault it is", () => {
    const data = { step_id: "a", attempt: 1, retriable: true };
    expect(errorOfPeer({ code: 2001, message: "no", data }, true).data).toEqual(data);
    expect(errorOfPeer({ code: 2001, message: "no" }, true).data).toEqual({ blame: "executor" });
    expect(errorOfPeer({ code: 3002, message: "no", data }, true).data).toEqual({ ...data, blame: "executor" });
    expect(errorOfPeer({ code: 2001, message: "no", data: "x" }, true).data).toEqual({ blame: "executor" });
  });
});

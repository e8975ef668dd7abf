import { expect, test } from "bun:test";
import { blameOf, FAULT_CAUSES, faultName } from "./fault.ts";

test("every cause has the name and the blame of flows §13", () => {
  expect(Object.fromEntries(FAULT_CAUSES.map((cause) => [cause, `${faultName(cause)} ${blameOf(cause)}`]))).toEqual({
    Exit: "E_REP_EXIT executor",
    Eof: "E_REP_EOF executor",
    CallTimeout: "E_REP_CALL_TIMEOUT executor",
    Timeout: "E_RUN_TIMEOUT executor",
    Json: "E_REP_JSON protocol",
    Encoding: "E_REP_ENCODING protocol",
    Depth: "E_REP_DEPTH protocol",
    Frame: "E_REP_FRAME protocol",
    Flood: "E_REP_FLOOD protocol",
    Envelope: "E_REP_ENVELOPE protocol",
    UnknownId: "E_REP_UNKNOWN_ID protocol",
    PeerParse: "E_REP_PEER_PARSE protocol",
    RunLost: "E_REP_RUN_LOST executor",
    Reset: "E_REP_RESET executor",
    Connect: "E_REP_CONNECT environment",
  });
});

import type { ValueObject } from "../../flow/mod.ts";
import { METHODS, RPC } from "../../rep/mod.ts";
import { type Answer, idOf, shownAnswer } from "../answer.ts";
import type { Check } from "../check.ts";
import { emit, probeFlow } from "../probe_flow.ts";
import { shown } from "../probe_run.ts";
import { demand, NotApplicable } from "../verdict.ts";
import type { Wire } from "../wire.ts";

/** Whatever is written without need has come by then. */
const SETTLE_MS = 100;
const IN_TURN = 1000;
const DEEP = 10_000;
/** Longer than this and a line of so many bytes is not tried on a slow line. */
const SLOW_MS = 10_000;

export const ENVELOPE_CHECKS: readonly Check[] = [
  sameId("REP-RPC-01", 7, "the number 7"),
  sameId("REP-RPC-02", "a-1", 'the text "a-1"'),
  {
    id: "REP-RPC-03",
    level: "MUST",
    rule: "a method that there is not is answered with error -32601 (§12)",
    fix: "answer every other method with error -32601",
    async run(trial) {
      const { wire } = await trial.begin();
      demandCode(await wire.call("Runtime.NoSuchMethod", {}), RPC.noMethod);
    },
  },
  {
    id: "REP-RPC-04",
    level: "MUST",
    rule: "Runtime.Poll without run_id, and with [] as params, is answered with error -32602 (§12)",
    fix: "check that params is an object with the members that the method needs, else answer -32602",
    async run(trial) {
      const { wire } = await trial.begin();
      demandCode(await wire.call(METHODS.poll, {}), RPC.badParams);
      demandCode(await wire.call(METHODS.poll, []), RPC.badParams);
    },
  },
  {
    id: "REP-RPC-05",
    level: "MUST",
    rule: 'after the line {"jsonrpc": the next request is answered; the line itself should be answered with -32700 and id null (§12)',
    fix: "catch what the JSON parser throws, answer -32700 with id null, and read the next line",
    async run(trial) {
      const { wire } = await trial.begin();
      wire.forget();
      wire.line('{"jsonrpc":');
      await survives(wire, "a line that is not JSON");
      const told = wire.answers.some((answer) => answer.code === RPC.notJson && idOf(answer) === null);
      if (!told) trial.note = "the line was not answered with error -32700 and id null, as it should be";
    },
  },
  {
    id: "REP-RPC-06",
    level: "MUST",
    rule: "the lines 3, [1] and {} are answered with -32600 or not at all, and the next request is answered (§12)",
    fix: "answer what is not an object with a method with -32600, or ignore it, and read the next line",
    async run(trial) {
      const { wire } = await trial.begin();
      for (const text of ["3", "[1]", "{}"]) {
        wire.forget();
        wire.line(text);
        const id = await survives(wire, `the line ${text}`);
        for (const answer of wire.answers.filter((one) => idOf(one) !== id))
          demand(answer.code === RPC.notRequest, `the line ${text} was answered with ${shownAnswer(answer)}`);
      }
    },
  },
  {
    id: "REP-RPC-07",
    level: "MUST",
    rule: "blank lines are ignored, and a CR before the LF is no part of a line (§12)",
    fix: "trim each line, and go on to the next one where nothing is left",
    async run(trial) {
      const { wire } = await trial.begin();
      wire.forget();
      const text = wire.requestText(METHODS.capabilities, {}, 71);
      wire.raw(`\n\r\n${wire.framed(text).replace("\n", "\r\n")}\n`, `(a blank line, CRLF) ${text} (CRLF)`);
      await wire.reply(71, "a request that ends in CRLF, behind blank lines");
      await wire.pause(SETTLE_MS);
      const [other] = wire.answers.filter((answer) => idOf(answer) !== 71);
      demand(other === undefined, `a blank line was answered with ${other?.heard.text.slice(0, 200)}`);
    },
  },
  {
    id: "REP-RPC-08",
    level: "MUST",
    rule: "a request without id is not answered (§12)",
    fix: "write nothing where a request has no member id",
    async run(trial) {
      const { wire } = await trial.begin();
      wire.forget();
      wire.line(`{"jsonrpc":"2.0","method":"${METHODS.capabilities}","params":{}}`);
      const id = await survives(wire, "a request without id");
      await wire.pause(SETTLE_MS);
      const others = wire.answers.filter((answer) => idOf(answer) !== id);
      demand(others.length === 0, `it was answered with ${others[0]?.heard.text.slice(0, 200)}`);
    },
  },
  {
    id: "REP-RPC-09",
    level: "MUST",
    rule: "members that are not known are ignored: in a request, in params, in options (§12)",
    fix: "read the members that you know and ignore all others",
    async run(trial) {
      const { wire } = await trial.begin();
      const id = 91;
      wire.line(
        `{"jsonrpc":"2.0","id":${id},"method":"${METHODS.capabilities}","params":{"x_unknown":[1]},"x_unknown":{"a":1}}`,
      );
      const answer = await wire.reply(id, "a request with unknown members");
      demand(answer.result !== undefined, `it was answered with ${shownAnswer(answer)}`);
      const options = { run_id: trial.runId(), trace_id: "0".repeat(32), allow_shell: false, x_unknown: "x" };
      const params = { ir: probeFlow([emit({})]), inputs: {}, options, x_unknown: {} };
      const started = await wire.call(METHODS.startRun, params);
      demand(started.result !== undefined, `StartRun with unknown members was answered with ${shownAnswer(started)}`);
    },
  },
  {
    id: "REP-RPC-10",
    level: "SHOULD",
    rule: 'every reply has "jsonrpc":"2.0" (§12)',
    fix: 'write "jsonrpc":"2.0" into every reply, errors too',
    async run(trial) {
      const { wire } = await trial.begin();
      await wire.call("Runtime.NoSuchMethod", {});
      await wire.call(METHODS.cancel, { run_id: trial.runId() });
      for (const { heard } of wire.answers) {
        const version = (heard.value as ValueObject).jsonrpc;
        demand(version === "2.0", `jsonrpc is ${shown(version)} in ${heard.text.slice(0, 200)}`);
      }
    },
  },
  {
    id: "REP-RPC-11",
    level: "MUST",
    rule: "one request, then silence with stdin open: the reply comes, as one line that ends in LF (§12)",
    fix: "flush stdout after every reply, and end each with LF",
    async run(trial) {
      const wire = await trial.open();
      await wire.call(METHODS.capabilities, {});
      demand(wire.partial === "", `behind the reply stands a line without LF: ${wire.partial.slice(0, 200)}`);
    },
  },
  {
    id: "REP-RPC-12",
    level: "MUST",
    rule: "two requests in one write are both answered, each once (§12)",
    fix: "go on with what is left of a read behind its first LF before you read again",
    async run(trial) {
      const { wire } = await trial.begin();
      const ids = [121, 122];
      const texts = ids.map((id) => wire.requestText(METHODS.capabilities, {}, id));
      wire.raw(texts.map((text) => wire.framed(text)).join(""), texts.join("\n"));
      for (const id of ids) await wire.reply(id, `request ${id}`);
      await wire.pause(SETTLE_MS);
      for (const id of ids) {
        const count = wire.answers.filter((answer) => idOf(answer) === id).length;
        demand(count === 1, `request ${id} was answered ${count} times`);
      }
    },
  },
  {
    id: "REP-RPC-13",
    level: "MUST",
    rule: "a request that comes in writes of one byte each is answered (§12)",
    fix: "keep what was read until there is an LF",
    async run(trial) {
      const { wire } = await trial.begin();
      const text = wire.requestText(METHODS.capabilities, {}, 131);
      const bytes = wire.framed(text);
      for (const [at, byte] of [...bytes].entries()) {
        wire.raw(byte, at === 0 ? `${text} (byte by byte)` : "");
        // So that some reads find one byte only.
        if (at % 10 === 0) await wire.pause(1);
      }
      await wire.reply(131, "a request in writes of one byte");
    },
  },
  {
    id: "REP-RPC-14",
    level: "MUST",
    rule: "a line 1 byte over the limit of frames is answered with an error or not at all, and the next request is answered (§12)",
    fix: "drop the rest of a line that is too long up to its LF, answer an error with id null, and go on",
    async run(trial) {
      const { wire, capable } = await trial.begin();
      const head = `{"jsonrpc":"2.0","id":141,"method":"${METHODS.capabilities}","params":{"pad":"`;
      const bytes = capable.frameBytes + 1;
      const { bytesPerSecond = Number.POSITIVE_INFINITY } = trial.bench;
      if (bytes / bytesPerSecond > SLOW_MS / 1000) throw new NotApplicable(`${bytes} bytes take too long on this line`);
      wire.forget();
      const text = `${head}${"x".repeat(bytes - head.length - 3)}"}}`;
      wire.raw(wire.framed(text), `${head}xxx… (a line of ${bytes} bytes)`);
      await survivesRefused(wire, 141, "the line");
    },
  },
  {
    id: "REP-RPC-15",
    level: "MUST",
    rule: "params nested 10,000 deep are answered with an error or not at all, and the next request is answered (§12)",
    fix: "refuse JSON deeper than 256, in a parser without recursion or with a limit",
    async run(trial) {
      const { wire } = await trial.begin();
      wire.forget();
      const head = `{"jsonrpc":"2.0","id":151,"method":"${METHODS.capabilities}","params":{"x":`;
      wire.raw(wire.framed(`${head}${"[".repeat(DEEP)}${"]".repeat(DEEP)}}}`), `${head}[[[… (${DEEP} deep)`);
      await survivesRefused(wire, 151, "the request");
    },
  },
  {
    id: "REP-RPC-16",
    level: "MUST",
    rule: "1,000 requests in turn get 1,000 replies (§12)",
    fix: "look for what is left over from each request: buffers, files, memory",
    async run(trial) {
      const { wire } = await trial.begin();
      for (let done = 0; done < IN_TURN; done += 1) {
        wire.forget();
        await wire.result(METHODS.capabilities, {});
      }
    },
  },
];

function sameId(id: string, sent: number | string, what: string): Check {
  return {
    id,
    level: "MUST",
    rule: `a request with ${what} as id is answered with the same id, of the same type (§12)`,
    fix: "keep the id of a request as the JSON value that it is, and write that into the reply",
    async run(trial) {
      const { wire } = await trial.begin();
      wire.forget();
      wire.request(METHODS.capabilities, {}, sent);
      const answer = await wire.until(() => wire.answers[0], 5000);
      demand(answer !== undefined, "no reply within 5000 ms");
      demand(idOf(answer) === sent, `the id of the reply is ${shown(idOf(answer))} instead of ${shown(sent)}`);
    },
  };
}

/** The next request is answered; returns its id. @throws Broken */
async function survives(wire: Wire, what: string): Promise<number | string> {
  const id = wire.request(METHODS.capabilities, {});
  const answer = await wire.reply(id, `the request behind ${what}`);
  demand(answer.result !== undefined, `the request behind ${what} was answered with ${shownAnswer(answer)}`);
  return id;
}

/** What was just sent may be answered with an error only. */
async function survivesRefused(wire: Wire, id: number, what: string): Promise<void> {
  await survives(wire, what);
  const answer = wire.answers.find((one) => idOf(one) === id);
  demand(answer?.result === undefined, `${what} was taken: it was answered with a result`);
}

function demandCode(answer: Answer, code: number): void {
  demand(answer.code === code, `it was answered with ${shownAnswer(answer)} instead of error ${code}`);
}

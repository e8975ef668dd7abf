import { noBody } from "../concept/mod.ts";
import type { LoggedCompletion, LoggedInvocation, Store } from "../store/mod.ts";
import type { SeqClock } from "../world/mod.ts";
import { type Answer, checkAnswer, readAnswer, withText } from "./check_answer.ts";
import type { CompiledAction } from "./compiled_action.ts";
import { DeclarativeBody } from "./declarative_body.ts";
import { FlowFailure } from "./flow_failure.ts";
import { EngineHandlerDb, ExaminedHandlers } from "./handler_db.ts";
import { HandlerHang } from "./handler_hang.ts";
import type { Handlers } from "./handlers.ts";
import type { GivenAnswer } from "./outcome.ts";
import type { Program } from "./program.ts";

export interface CompleterOptions {
  readonly store: Store;
  readonly program: Program;
  readonly handlers: Handlers;
  readonly clock: SeqClock;
  readonly timeoutMs: number;
}

/**
 * T2 (scenarios.md §5): runs what answers an invocation, and writes effects and completion as one unit. The tick is taken when
 * nothing can fail any more, so that none has to be given back.
 */
export class Completer {
  readonly #options: CompleterOptions;
  readonly #examined: ExaminedHandlers;

  constructor(options: CompleterOptions) {
    this.#options = options;
    this.#examined = new ExaminedHandlers(options.program);
  }

  /**
   * @param given what answers instead of a body
   * @throws FlowFailure, and nothing of the unit is kept; HandlerHang
   */
  complete(invocation: LoggedInvocation, given: GivenAnswer | undefined): LoggedCompletion {
    const compiled = this.#options.program.compiled(invocation.action_uri);
    if (compiled === undefined) {
      const message = `no loaded concept has the action ${invocation.action_uri}`;
      throw new FlowFailure("E_ACTION_UNIMPLEMENTED", message);
    }
    if (given !== undefined) {
      checkAnswer(compiled, given, given.assumed === 1);
      return this.#writeSurely(invocation, withText(compiled, given), given.assumed);
    }
    switch (compiled.action.body) {
      case "declarative":
        return this.#declarative(compiled, invocation);
      case "handler":
        return this.#options.store.unit(() => this.#write(invocation, this.#handle(compiled, invocation), 0));
      case "none":
        throw new FlowFailure("E_ACTION_UNIMPLEMENTED", noBody(compiled.action), compiled.action);
    }
  }

  #declarative(compiled: CompiledAction, invocation: LoggedInvocation): LoggedCompletion {
    const { store } = this.#options;
    const body = new DeclarativeBody(compiled, invocation, store.statements);
    const chosen = body.choose();
    // What only reads has decided everything before it writes.
    if (!chosen.hasEffects) return this.#writeSurely(invocation, body.answer(chosen), 0);
    return store.unit(() => {
      body.runEffects(chosen);
      return this.#write(invocation, body.answer(chosen), 0);
    });
  }

  #handle(compiled: CompiledAction, invocation: LoggedInvocation): Answer {
    const { handlers, timeoutMs, store, program } = this.#options;
    const { action } = compiled;
    const module = program.concepts.find(({ name }) => name === action.concept)?.handlers ?? "";
    const { args, flow_token: flowToken, id: invocationId, seq, at_ms: nowMs } = invocation;
    const call = {
      module,
      name: action.name,
      action: action.uri,
      args,
      flowToken,
      invocationId,
      seq,
      nowMs,
      timeoutMs,
    };
    const db = new EngineHandlerDb(action.concept, invocation, this.#examined, store.statements);
    const answer = handlers.call(call, db);
    db.close();
    if (answer.kind === "answered") {
      const read = readAnswer(compiled, answer.value);
      checkAnswer(compiled, read, false);
      return read;
    }
    const { code, message } = answer;
    if (code === "E_WORKER_HANG") throw new HandlerHang(`${action.uri}: ${message}`, flowToken);
    throw new FlowFailure(code, `${action.uri} failed: ${message}`, action);
  }

  #writeSurely(invocation: LoggedInvocation, answer: Answer, assumed: 0 | 1 | 2): LoggedCompletion {
    return this.#options.store.sureUnit(() => this.#write(invocation, answer, assumed));
  }

  #write(invocation: LoggedInvocation, answer: Answer, assumed: 0 | 1 | 2): LoggedCompletion {
    const { store, clock } = this.#options;
    const { case: output_case, result, text: result_text } = answer;
    const seq = clock.next();
    const id = store.writeCompletion({ invocation_id: invocation.id, output_case, result, result_text, seq, assumed });
    return { id, invocation, output_case, result, seq, assumed };
  }
}

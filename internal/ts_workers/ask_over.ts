import type { WorkerContext } from "../ami/mod.ts";
import type { Answer } from "../user_modules/mod.ts";
import { answerQuestion, type Question } from "./answer_question.ts";
import type { Ask } from "./call_state.ts";

/** Questions of a worker over a line that carries texts; undefined is the empty one. */
export function askOver(ask: (question: string) => string): Ask {
  return (...question) => {
    const answer = ask(JSON.stringify(question));
    return answer === "" ? undefined : JSON.parse(answer);
  };
}

/** The caller's end of {@link askOver}. */
export function answerWith(context: WorkerContext): Answer {
  return (text) => {
    const question: Question = JSON.parse(text);
    const answer = answerQuestion(question, context);
    return answer === undefined ? "" : JSON.stringify(answer);
  };
}

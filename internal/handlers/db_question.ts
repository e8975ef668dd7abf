import type { HandlerDb } from "../sync/mod.ts";
import { receiveValue } from "./receive_value.ts";
import { sendValue } from "./send_value.ts";

export type DbOperation = "all" | "get" | "run";

/** Behind the SQL as JSON, which has no line end. */
const END = "\n";

/** How an answer begins. */
const DONE = "+";
const FAILED = "-";

/** Asks over a line that carries texts. Throws what the caller's end threw: an Error with the same message. */
export function askDb(
  ask: (question: string) => string,
  operation: DbOperation,
  sql: string,
  params: unknown,
): unknown {
  const answer = ask(operation + JSON.stringify(sql) + END + sendValue(params, MOST_PARAMS));
  const text = answer.slice(1);
  if (answer.startsWith(FAILED)) throw new Error(text);
  return receiveValue(text);
}

/** The caller's end: answers from `db`. */
export function answerFrom(db: HandlerDb): (question: string) => string {
  return (question) => {
    try {
      return DONE + sendValue(answer(question, db));
    } catch (error) {
      // A message may quote anything that SQL and values hold.
      return FAILED + (error instanceof Error ? error.message : String(error)).toWellFormed();
    }
  };
}

/** All operations have three letters. */
const LETTERS = 3;
/** Values in the parameters of one statement, what is inside of them included. */
const MOST_PARAMS = 1 << 20;

function answer(question: string, db: HandlerDb): unknown {
  const end = question.indexOf(END);
  const sql: string = JSON.parse(question.slice(LETTERS, end));
  const params = receiveValue(question.slice(end + END.length));
  switch (question.slice(0, LETTERS)) {
    case "all":
      return db.all(sql, params);
    case "get":
      return db.get(sql, params);
    default:
      return db.run(sql, params);
  }
}

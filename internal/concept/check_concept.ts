import { didYouMean } from "../diag/mod.ts";
import { checkSnippet, ENGINE_PARAMS, type SqlText } from "./check_snippet.ts";
import type { Action, Concept, Output } from "./concept.ts";
import type { SqlScope } from "./examine_sql.ts";
import { type HandlerModules, isHandlerFault } from "./handler_modules.ts";
import { noBody } from "./no_body.ts";
import type { ActionText, OutputText } from "./read_action.ts";
import type { ConceptText } from "./read_concept.ts";
import type { Snippet } from "./snippet.ts";
import { SqlProbe } from "./sql_probe.ts";

/**
 * Checks the bodies of a concept: its SQL against its own tables only, its handlers against its actions (scenarios.md §3).
 *
 * @param owners lower-case name of any loaded table → its concept
 * @param all every loaded concept: several may share a handler module
 */
export function checkConcept(
  text: ConceptText,
  owners: ReadonlyMap<string, string>,
  modules: HandlerModules,
  all: readonly ConceptText[],
): Concept {
  const { name, purpose, tables, handlers, principles, findings } = text;
  const handled = handlerNames(text, modules, all);
  const probe = new SqlProbe(tables, owners);
  try {
    const actions = text.actions.map((action) => checkAction(action, text, probe, handled));
    const pos = findings.source.position(text.nameStart);
    return { name, purpose, tables, actions, handlers: handlers?.path, principles, file: findings.file, pos };
  } finally {
    probe.close();
  }
}

/** The exports of the handler module; undefined if there is one that cannot be used, so that nothing is known of it. */
function handlerNames(
  { name, actions, handlers, findings }: ConceptText,
  modules: HandlerModules,
  all: readonly ConceptText[],
): ReadonlySet<string> | undefined {
  if (handlers === undefined) return new Set();
  const known = actions.map((action) => action.name);
  const exports = modules.exports(handlers.path, known);
  if (isHandlerFault(exports)) {
    findings.add(exports.code, exports.message, handlers.start);
    return undefined;
  }
  const sharing = all.filter((concept) => concept.handlers?.path === handlers.path);
  const used = new Set(sharing.flatMap((concept) => concept.actions.map((action) => action.name)));
  for (const unused of exports.filter((exported) => !used.has(exported))) {
    const message = `the handler module exports ${unused}, which is no action of ${name}`;
    const help = didYouMean(unused, known);
    findings.add("W_SPEC_HANDLER_UNUSED", message, handlers.start, { level: "warn", help });
  }
  return new Set(exports);
}

function checkAction(
  action: ActionText,
  { name: concept, findings }: ConceptText,
  probe: SqlProbe,
  handled: ReadonlySet<string> | undefined,
): Action {
  const { name, args, requires, isDeclarative, keyStart } = action;
  const uri = `${concept}.${name}`;
  const isHandled = handled?.has(name) ?? false;
  if (isDeclarative && isHandled) {
    findings.add("E_SPEC_TWO_BODIES", `${uri} has a declarative body and a handler; it can have one of them`, keyStart);
  }
  if (!isDeclarative && !isHandled && handled !== undefined) {
    findings.add("W_SPEC_UNIMPLEMENTED", noBody({ uri, name }), keyStart, { level: "warn" });
  }
  const params = new Set([...args.map((arg) => arg.name), ...ENGINE_PARAMS]);
  const scope: SqlScope = { probe, params, unknownParam: "E_SPEC_SQL_PARAM" };
  if (isDeclarative) warnUnreachable(action, findings);
  const outputs = action.outputs.map((output) => checkOutput(output, isDeclarative, scope, findings));
  const body = isDeclarative ? "declarative" : isHandled ? "handler" : "none";
  const pos = findings.source.position(keyStart);
  return { uri, name, concept, args, requires, outputs, body, file: findings.file, pos };
}

function warnUnreachable({ outputs }: ActionText, findings: ConceptText["findings"]): void {
  const always = outputs.findIndex(({ hasWhen }) => !hasWhen);
  if (always < 0) return;
  for (const output of outputs.slice(always + 1)) {
    const message = `${output.case} is never reached: ${outputs[always]?.case} before it has no when and is always taken`;
    findings.add("W_SPEC_OUTPUT_UNREACHABLE", message, output.start, { level: "warn" });
  }
}

function checkOutput(
  output: OutputText,
  isDeclarative: boolean,
  scope: SqlScope,
  findings: ConceptText["findings"],
): Output {
  const snippet = (sql: SqlText | undefined): Snippet | undefined => sql && checkSnippet(sql, scope, findings);
  const { fields } = output;
  const result = output.result.flatMap(({ name, keyStart, sql }) => {
    const made = snippet(sql);
    const field = fields.find((declared) => declared.name === name);
    if (field === undefined) {
      const help = didYouMean(
        name,
        fields.map((declared) => declared.name),
      );
      findings.add("E_SPEC_RESULT", `${name} is no declared field of ${output.case}`, keyStart, { help });
    }
    return field !== undefined && made !== undefined ? [{ field, snippet: made }] : [];
  });
  const missing = isDeclarative ? fields.filter(({ name }) => !output.result.some((entry) => entry.name === name)) : [];
  for (const { name } of missing) {
    const message = `the result of ${output.case} must give its declared field ${name}`;
    findings.add("E_SPEC_RESULT", message, output.resultStart ?? output.start);
  }
  return {
    case: output.case,
    fields,
    when: snippet(output.when),
    effects: output.effects.flatMap((effect) => snippet(effect) ?? []),
    result,
    file: findings.file,
    pos: findings.source.position(output.start),
  };
}

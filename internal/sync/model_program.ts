import * as fc from "fast-check";

// For model_test.ts: random small programs, in a form that two can read: the YAML that the engine loads, and the model.

/** Bodies that SQL and the model know. All actions have the args x and y and the fields x and y. */
export const BODIES = ["echo", "choose", "put", "insert", "bump", "drop", "none", "stuck"] as const;
export type Body = (typeof BODIES)[number];

/** Action `C.<name>`; the name is that of its body. */
export type ActionName = `C.${Body}`;
export type Variable = "a" | "b" | "id" | "v";
export type TableName = "T" | "U";

export interface ModelPattern {
  readonly action: ActionName;
  readonly event: "completed" | "invoked";
  readonly case: "Success" | "Other" | undefined;
  readonly terms: readonly {
    readonly root: "args" | "output";
    readonly field: "x" | "y";
    readonly is: number | Variable;
  }[];
}

export interface ModelQuery {
  readonly from: TableName;
  readonly filter:
    | { readonly column: "id" | "v"; readonly op: "<" | ">=" | "<>"; readonly to: number | Variable }
    | undefined;
  readonly bind: readonly { readonly variable: Variable; readonly column: "id" | "v" }[];
  readonly order: { readonly column: "id" | "v"; readonly desc: boolean } | undefined;
}

export interface ModelThen {
  readonly action: ActionName;
  readonly x: number | Variable;
  readonly y: number | Variable;
}

export interface ModelSync {
  readonly name: string;
  readonly scope: "flow" | "global" | "keyed(id)";
  readonly when: readonly ModelPattern[];
  readonly where: readonly ModelQuery[];
  readonly invokes: readonly ModelThen[];
}

export interface ModelRoot {
  readonly action: ActionName;
  readonly x: number;
  readonly y: number;
  readonly flow: "f" | "g";
}

export interface ModelCase {
  readonly syncs: readonly ModelSync[];
  readonly roots: readonly ModelRoot[];
  readonly maxSteps: number;
}

const VARIABLES: readonly Variable[] = ["a", "b", "id", "v"];
const int = fc.integer({ min: 0, max: 3 });
const field = fc.constantFrom("x" as const, "y" as const);
const column = fc.constantFrom("id" as const, "v" as const);
/** Mostly what does not end a flow. */
const anyAction: fc.Arbitrary<ActionName> = fc
  .oneof(
    { weight: 12, arbitrary: fc.constantFrom<Body>("echo", "choose", "put", "put", "bump", "drop") },
    { weight: 2, arbitrary: fc.constantFrom<Body>("insert", "stuck", "none") },
  )
  .map((body): ActionName => `C.${body}`);

/** A number, or one of the variables that are known. */
function someValue(known: readonly Variable[]): fc.Arbitrary<number | Variable> {
  return known.length === 0 ? int : fc.oneof(int, fc.constantFrom(...known));
}

const pattern = (action: fc.Arbitrary<ActionName>): fc.Arbitrary<ModelPattern> =>
  fc
    .record({
      action,
      event: fc.oneof({ weight: 4, arbitrary: fc.constant("completed" as const) }, fc.constant("invoked" as const)),
      isOfCase: fc.boolean(),
      terms: fc.array(
        fc.record({
          root: fc.constantFrom("args" as const, "output" as const),
          field,
          is: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...VARIABLES) }, int),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map((made): ModelPattern => {
      const terms =
        made.event === "invoked" ? made.terms.map((term) => ({ ...term, root: "args" as const })) : made.terms;
      const { action, event } = made;
      // A path to a literal, and a variable, once: both stand in mappings.
      const distinct = terms.filter(
        (term, at) =>
          terms.findIndex(
            (other) => other.root === term.root && other.field === term.field && isLiteral(other) === isLiteral(term),
          ) === at,
      );
      const bound = distinct.filter(
        (term, at) => isLiteral(term) || distinct.findIndex((other) => other.is === term.is) === at,
      );
      const ofCase = event === "completed" && made.isOfCase ? caseOf(action) : undefined;
      return { action, event, case: ofCase, terms: bound };
    });

/** The case of an action that says most. */
function caseOf(uri: ActionName): "Success" | "Other" {
  return uri === "C.stuck" || uri === "C.choose" ? "Other" : "Success";
}

function isLiteral({ is }: ModelPattern["terms"][number]): boolean {
  return typeof is === "number";
}

function bound(when: readonly ModelPattern[]): readonly Variable[] {
  return [...new Set(when.flatMap(({ terms }) => terms.flatMap(({ is }) => (typeof is === "string" ? [is] : []))))];
}

function queries(count: number, known: readonly Variable[]): fc.Arbitrary<readonly ModelQuery[]> {
  if (count === 0) return fc.constant([]);
  const query: fc.Arbitrary<ModelQuery> = fc
    .record({
      from: fc.constantFrom<TableName>("T", "U"),
      filter: fc.option(fc.record({ column, op: fc.constantFrom("<", ">=", "<>"), to: someValue(known) }), {
        nil: undefined,
      }),
      bind: fc.uniqueArray(fc.record({ variable: fc.constantFrom(...VARIABLES), column }), {
        maxLength: 2,
        selector: ({ variable }) => variable,
      }),
      order: fc.option(fc.record({ column, desc: fc.boolean() }), { nil: undefined }),
    })
    .map((made) => made as ModelQuery);
  return query.chain((first) =>
    queries(count - 1, [...known, ...first.bind.map(({ variable }) => variable)]).map((rest) => [first, ...rest]),
  );
}

const sync = (action: fc.Arbitrary<ActionName>): fc.Arbitrary<Omit<ModelSync, "name">> =>
  fc
    .record({
      wanted: fc.constantFrom("flow", "flow", "global", "keyed(id)"),
      when: fc.oneof(
        { weight: 3, arbitrary: fc.array(pattern(action), { minLength: 1, maxLength: 1 }) },
        { weight: 2, arbitrary: fc.array(pattern(action), { minLength: 2, maxLength: 2 }) },
        { weight: 1, arbitrary: fc.array(pattern(action), { minLength: 3, maxLength: 3 }) },
      ),
      queries: fc.constantFrom(0, 0, 1, 1, 2),
    })
    .chain(({ wanted, when, queries: count }) =>
      queries(count, bound(when)).chain((where) => {
        const known = [
          ...new Set([...bound(when), ...where.flatMap(({ bind }) => bind.map(({ variable }) => variable))]),
        ];
        const value = someValue(known);
        const isKeyed = when.every(({ terms }) => terms.some(({ is }) => is === "id"));
        return fc.record({
          scope: fc.constant((wanted === "keyed(id)" && !isKeyed ? "flow" : wanted) as ModelSync["scope"]),
          when: fc.constant(when),
          where: fc.constant(where),
          invokes: fc.array(fc.record({ action, x: value, y: value }), { minLength: 1, maxLength: 2 }),
        });
      }),
    );

/** The actions are few, so that syncs meet what they wait for. */
export const modelCase: fc.Arbitrary<ModelCase> = fc
  .uniqueArray(anyAction, { minLength: 1, maxLength: 3 })
  .map((few) => fc.constantFrom(...few))
  .chain((action) =>
    fc.record({
      syncs: fc
        .array(sync(action), { minLength: 1, maxLength: 3 })
        .map((made) => made.map((one, at): ModelSync => ({ name: `s${at}`, ...one }))),
      roots: fc.array(
        fc.record({ action, x: int, y: int, flow: fc.constantFrom("f" as const, "f" as const, "g" as const) }),
        { minLength: 1, maxLength: 5 },
      ),
      maxSteps: fc.constantFrom(2, 5, 12),
    }),
  );

const BOTH = { x: "int", y: "int" };
const ECHO = { x: ":x", y: ":y" };
const success = (rest: object): object => ({ case: "Success", fields: BOTH, result: ECHO, ...rest });
const other = (when: string): object => ({ case: "Other", fields: BOTH, when, result: ECHO });

/** The outputs of each body, as the model has them in `run_model.ts`. */
const OUTPUTS: Record<Body, readonly object[]> = {
  echo: [success({ result: { x: ":x + 1", y: ":y" } })],
  choose: [other(":x > :y"), success({ result: { x: ":y", y: ":x" } })],
  put: [
    success({
      effects: ["REPLACE INTO T VALUES (:x, :y)", "REPLACE INTO U VALUES (:flow_token, :y, :x)"],
      result: { x: "(SELECT count(*) FROM T)", y: ":y" },
    }),
  ],
  insert: [success({ effects: ["DELETE FROM U", "INSERT INTO T VALUES (:x, :y)"] })],
  bump: [
    success({
      effects: ["UPDATE T SET v = v + :x WHERE id >= :y"],
      result: { x: "(SELECT coalesce(sum(v), 0) FROM T)", y: ":seq" },
    }),
  ],
  drop: [other("NOT EXISTS (SELECT 1 FROM T WHERE id = :x)"), success({ effects: ["DELETE FROM T WHERE id = :x"] })],
  none: [
    { case: "Success", fields: BOTH },
    { case: "Other", fields: BOTH },
  ],
  stuck: [other(":x > 1")],
};

/** The specs of a case, as YAML. */
export function specText(syncs: readonly ModelSync[]): string {
  const actions = Object.fromEntries(BODIES.map((body) => [body, { args: BOTH, outputs: OUTPUTS[body] }]));
  const state = {
    T: { key: "id", fields: { id: "int", v: "int" } },
    U: { key: ["flow_token", "id"], fields: { flow_token: "string", id: "int", v: "int" } },
  };
  const concept = { concept: "C", purpose: "p", state, actions };
  return [concept, ...syncs.map(syncDocument)].map((document) => JSON.stringify(document)).join("\n---\n");
}

function syncDocument({ name, scope, when, where, invokes }: ModelSync): object {
  const path = (root: string, name: string): string => `${root}.${name}`;
  const put = (value: number | Variable): unknown => (typeof value === "number" ? value : `bound.${value}`);
  return {
    sync: name,
    scope,
    when: when.map(({ action, event, case: wanted, terms }) => ({
      action,
      event,
      ...(wanted === undefined ? {} : { case: wanted }),
      match: Object.fromEntries(terms.filter(isLiteral).map(({ root, field, is }) => [path(root, field), is])),
      bind: Object.fromEntries(
        terms.filter((term) => !isLiteral(term)).map(({ root, field, is }) => [is, path(root, field)]),
      ),
    })),
    ...(where.length === 0 ? {} : { where: where.map(queryDocument) }),
    // biome-ignore lint/suspicious/noThenProperty: it is a key of the format, and no function
    then: invokes.map(({ action, x, y }) => ({ action, args: { x: put(x), y: put(y) } })),
  };
}

function queryDocument({ from, filter, bind, order }: ModelQuery): object {
  const to = typeof filter?.to === "string" ? `:${filter.to}` : filter?.to;
  return {
    from,
    ...(filter === undefined ? {} : { filter: `${filter.column} ${filter.op} ${to}` }),
    bind: Object.fromEntries(bind.map(({ variable, column }) => [variable, column])),
    ...(order === undefined ? {} : { order_by: `${order.column}${order.desc ? " desc" : ""}` }),
  };
}

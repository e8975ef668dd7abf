import type {
  ActionName,
  ModelCase,
  ModelPattern,
  ModelQuery,
  ModelSync,
  TableName,
  Variable,
} from "./model_program.ts";

// The engine of scenarios.md §3–§5 once more, as naively as can be, over arrays: what model_test.ts holds the real one against.
// It shares no code with it.

interface Values {
  readonly x: number;
  readonly y: number;
}

interface Invocation extends Values {
  readonly seq: number;
  readonly flow: string;
  readonly action: ActionName;
  readonly cause: Firing | undefined;
}

interface Firing {
  readonly sync: string;
  /** Sorted by name. */
  readonly bindings: Bound;
  readonly trigger: Completion;
}

interface Completion {
  readonly seq: number;
  readonly of: Invocation;
  readonly case: "Success" | "Other";
  readonly result: Values;
  readonly evaluated: boolean;
}

type Bound = Readonly<Partial<Record<Variable, number>>>;
interface Row {
  readonly flow: string;
  readonly id: number;
  readonly v: number;
}

interface State {
  seq: number;
  invocations: Invocation[];
  completions: Completion[];
  T: Row[];
  U: Row[];
  failed: Map<string, string>;
}

class Failure extends Error {}

/** What both engines are asked for: events as text, how each flow ended, the rows of the tables. */
export interface ModelResult {
  readonly events: readonly string[];
  readonly outcomes: readonly string[];
  readonly failed: Readonly<Record<string, string>>;
  readonly T: readonly string[];
  readonly U: readonly string[];
}

export function runModel({ syncs, roots, maxSteps }: ModelCase): ModelResult {
  let state: State = { seq: 0, invocations: [], completions: [], T: [], U: [], failed: new Map() };
  const outcomes: string[] = [];

  /** One unit: what it throws undoes all of it, and fails the flow. */
  const unit = (flow: string, work: (next: State) => void): void => {
    const next: State = {
      ...state,
      invocations: [...state.invocations],
      completions: [...state.completions],
      T: [...state.T],
      U: [...state.U],
      failed: new Map(state.failed),
    };
    try {
      work(next);
      state = next;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      state = { ...state, failed: new Map(state.failed).set(flow, error.message) };
    }
  };
  const isOpen = (flow: string): boolean => !state.failed.has(flow);

  for (const { action, x, y, flow } of roots) {
    if (!isOpen(flow)) {
      outcomes.push("E_FLOW_CLOSED");
      continue;
    }
    if (action === "C.none") {
      outcomes.push("E_ACTION_UNIMPLEMENTED");
      continue;
    }
    unit(flow, (next) => invoke(next, { flow, action, x, y, cause: undefined }, maxSteps));
    for (;;) {
      const completion = state.completions
        .filter((c) => !c.evaluated && isOpen(c.of.flow))
        .sort((a, b) => a.seq - b.seq)[0];
      const pending = state.invocations
        .filter((i) => isOpen(i.flow) && !state.completions.some(({ of }) => of === i))
        .sort((a, b) => a.seq - b.seq)[0];
      if (completion !== undefined) unit(completion.of.flow, (next) => evaluate(next, completion, syncs, maxSteps));
      else if (pending !== undefined) unit(pending.flow, (next) => execute(next, pending));
      else break;
    }
    outcomes.push(state.failed.get(flow) ?? "completed");
  }
  return resultOf(state, outcomes);
}

function invoke(state: State, invocation: Omit<Invocation, "seq">, maxSteps: number): void {
  if (state.invocations.filter(({ flow }) => flow === invocation.flow).length >= maxSteps)
    throw new Failure("E_QUOTA_EXCEEDED");
  state.seq += 1;
  state.invocations.push({ ...invocation, seq: state.seq });
}

function execute(state: State, invocation: Invocation): void {
  const { case: name, result } = answer(state, invocation);
  state.seq += 1;
  state.completions.push({ seq: state.seq, of: invocation, case: name, result, evaluated: false });
}

function answer(state: State, { action, x, y, flow, seq }: Invocation): Pick<Completion, "case" | "result"> {
  const success = (result: Values): Pick<Completion, "case" | "result"> => ({ case: "Success", result });
  const other = { case: "Other", result: { x, y } } as const;
  switch (action) {
    case "C.echo":
      return success({ x: x + 1, y });
    case "C.choose":
      return x > y ? other : success({ x: y, y: x });
    case "C.put":
      state.T = [...state.T.filter(({ id }) => id !== x), { flow: "", id: x, v: y }];
      state.U = [...state.U.filter((row) => row.flow !== flow || row.id !== y), { flow, id: y, v: x }];
      return success({ x: state.T.length, y });
    case "C.insert":
      state.U = [];
      if (state.T.some(({ id }) => id === x)) throw new Failure("E_ACTION_FAILED");
      state.T.push({ flow: "", id: x, v: y });
      return success({ x, y });
    case "C.bump":
      state.T = state.T.map((row) => (row.id >= y ? { ...row, v: row.v + x } : row));
      return success({ x: state.T.reduce((sum, { v }) => sum + v, 0), y: seq });
    case "C.drop":
      if (!state.T.some(({ id }) => id === x)) return other;
      state.T = state.T.filter(({ id }) => id !== x);
      return success({ x, y });
    case "C.none":
      throw new Failure("E_ACTION_UNIMPLEMENTED");
    case "C.stuck":
      if (x <= 1) throw new Failure("E_NO_OUTPUT");
      return other;
  }
}

function evaluate(state: State, trigger: Completion, syncs: readonly ModelSync[], maxSteps: number): void {
  for (const sync of syncs) {
    const seen: string[] = [];
    for (const bound of combinations(sync, trigger, state)) {
      for (const bindings of rows(sync, sync.where, bound, trigger.of.flow, state)) {
        const text = shown(bindings);
        if (seen.includes(text)) continue;
        seen.push(text);
        for (const { action, x, y } of sync.invokes) {
          for (let cause = trigger.of.cause; cause !== undefined; cause = cause.trigger.of.cause) {
            if (cause.sync === sync.name && shown(cause.bindings) === text) throw new Failure("E_SYNC_CYCLE");
          }
          const value = (of: number | Variable): number => (typeof of === "number" ? of : Number(bindings[of]));
          const cause = { sync: sync.name, bindings, trigger };
          invoke(state, { flow: trigger.of.flow, action, x: value(x), y: value(y), cause }, maxSteps);
        }
      }
    }
  }
  state.completions = state.completions.map((c) => (c.seq === trigger.seq ? { ...c, evaluated: true } : c));
}

/** All ways to choose one event a pattern, of all that there are; what fits, in the order of their events. */
function combinations({ scope, when }: ModelSync, trigger: Completion, state: State): readonly Bound[] {
  const visible = state.completions.filter(({ of }) => scope !== "flow" || of.flow === trigger.of.flow);
  let all: (readonly Completion[])[] = [[]];
  for (const _ of when) all = all.flatMap((chosen) => visible.map((event) => [...chosen, event]));
  return all
    .filter((chosen) => Math.max(...chosen.map(({ seq }) => seq)) === trigger.seq)
    .filter((chosen) => new Set(chosen.map((event, at) => `${when[at]?.event}${event.seq}`)).size === chosen.length)
    .sort((a, b) => {
      const seqs = (chosen: readonly Completion[]): number[] =>
        chosen.map((event, at) => (when[at]?.event === "invoked" ? event.of.seq : event.seq));
      const [left, right] = [seqs(a), seqs(b)];
      const at = left.findIndex((seq, index) => seq !== right[index]);
      return at < 0 ? 0 : Number(left[at]) - Number(right[at]);
    })
    .flatMap((chosen) => {
      let bound: Bound | undefined = {};
      for (const [at, pattern] of when.entries()) bound = bound && matched(pattern, chosen[at], bound);
      return bound === undefined ? [] : [bound];
    });
}

function matched(pattern: ModelPattern, event: Completion | undefined, before: Bound): Bound | undefined {
  if (event === undefined || event.of.action !== pattern.action) return undefined;
  if (pattern.case !== undefined && pattern.case !== event.case) return undefined;
  const bound: Partial<Record<Variable, number>> = { ...before };
  for (const { root, field, is } of pattern.terms) {
    const value = root === "args" ? event.of[field] : event.result[field];
    const wanted = typeof is === "number" ? is : bound[is];
    if (wanted !== undefined && wanted !== value) return undefined;
    if (typeof is === "string") bound[is] = value;
  }
  return bound;
}

function rows(
  sync: ModelSync,
  where: readonly ModelQuery[],
  bound: Bound,
  flow: string,
  state: State,
): readonly Bound[] {
  const [query, ...rest] = where;
  if (query === undefined) return [bound];
  return tableRows(query.from, state)
    .filter((row) => sync.scope !== "flow" || query.from !== "U" || row.flow === flow)
    .filter((row) => sync.scope !== "keyed(id)" || row.id === bound.id)
    .filter((row) => isKept(row, query, bound))
    .sort((a, b) => order(query, a, b))
    .flatMap((row) => {
      const next: Partial<Record<Variable, number>> = { ...bound };
      for (const { variable, column } of query.bind) {
        if (next[variable] !== undefined && next[variable] !== row[column]) return [];
        next[variable] = row[column];
      }
      return rows(sync, rest, next, flow, state);
    });
}

function tableRows(table: TableName, state: State): Row[] {
  return [...state[table]];
}

function isKept(row: Row, { filter }: ModelQuery, bound: Bound): boolean {
  if (filter === undefined) return true;
  const [left, right] = [row[filter.column], typeof filter.to === "number" ? filter.to : Number(bound[filter.to])];
  switch (filter.op) {
    case "<":
      return left < right;
    case ">=":
      return left >= right;
    case "<>":
      return left !== right;
  }
}

/** By `order_by`, then the key. */
function order({ order: by }: ModelQuery, a: Row, b: Row): number {
  const first = by === undefined ? 0 : (a[by.column] - b[by.column]) * (by.desc ? -1 : 1);
  return first || (a.flow < b.flow ? -1 : a.flow > b.flow ? 1 : a.id - b.id);
}

function shown(bindings: Bound): string {
  return JSON.stringify(Object.fromEntries(Object.entries(bindings).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function resultOf({ invocations, completions, failed, T, U }: State, outcomes: readonly string[]): ModelResult {
  const invoked = invocations.map(({ seq, flow, action, x, y, cause }) => {
    const from = cause === undefined ? "" : ` <- [${cause.trigger.seq}] ${cause.sync} ${shown(cause.bindings)}`;
    return { seq, text: `${flow} [${seq}] ${action} {"x":${x},"y":${y}}${from}` };
  });
  const completed = completions.map(({ seq, of, case: name, result: { x, y } }) => {
    return { seq, text: `${of.flow} [${seq}]   [${of.seq}] = ${name} {"x":${x},"y":${y}}` };
  });
  const key = (row: Row): string => `${row.flow} ${row.id} ${row.v}`;
  return {
    events: [...invoked, ...completed].sort((a, b) => a.seq - b.seq).map(({ text }) => text),
    outcomes,
    failed: Object.fromEntries([...failed].sort()),
    T: T.map(key).sort(),
    U: U.map(key).sort(),
  };
}

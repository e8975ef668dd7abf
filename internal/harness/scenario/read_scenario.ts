import { dirname } from "node:path";
import type { SpecSet } from "../../concept/mod.ts";
import type { Diagnostic } from "../../diag/mod.ts";
import { type Fields, readFields, readItems, strictValue, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { FragmentFiles } from "./fragment_files.ts";
import { FragmentParts } from "./fragment_parts.ts";
import { inOrder } from "./in_order.ts";
import { type Parts, readParts } from "./parts.ts";
import { readAssertion } from "./read_assertion.ts";
import { type Case, readCases } from "./read_cases.ts";
import { placeOf, type ReadContext, readName } from "./read_context.ts";
import { goldenOf } from "./read_golden.ts";
import { readSettings, SCENARIO_KEYS, type ScenarioKey, type Settings } from "./read_settings.ts";
import { readSetupStep } from "./read_setup.ts";
import { readStep } from "./read_step.ts";
import { readStubs } from "./read_stubs.ts";
import { checkHasChecks, invokes } from "./scenario_checks.ts";
import type { ScenarioSpec, WrittenRun } from "./scenario_spec.ts";
import { specList } from "./spec_list.ts";
import { SpecNames } from "./spec_names.ts";
import type { Where } from "./spec_paths.ts";
import type { SpecSets } from "./spec_sets.ts";
import { type Variable, Variables } from "./variables.ts";

/** What the scenarios of a run have in common. */
export interface ScenarioOptions extends Where {
  readonly specSets: SpecSets;
}

/** A scenario, taken apart: what its cases are made of. */
export interface ScenarioText {
  readonly node: YamlNode;
  /** Absolute; its folder is where relative paths start. */
  readonly path: string;
  /** What its golden files are named after. */
  readonly stem: string;
  readonly findings: YamlFindings;
}

/** What a scenario says. If any finding is an error, there are no cases. */
export interface ReadScenario {
  readonly cases: readonly ScenarioSpec[];
  /** The same object for scenarios that list the same files. */
  readonly specs: SpecSet;
  /** Absolute paths of its fragments, and of theirs. */
  readonly fragments: readonly string[];
  /** Of the scenario, its fragments and its specs, each once, by file and position; of specs errors only. */
  readonly findings: readonly Diagnostic[];
}

/** Reads a scenario with its fragments and specs (scenarios.md §7, §8). All of its findings are found, not only the first. */
export async function readScenario(text: ScenarioText, options: ScenarioOptions): Promise<ReadScenario> {
  const { node, path, findings } = text;
  const fields = readFields(node, "a scenario", SCENARIO_KEYS, findings);
  const fragments = new FragmentFiles(options);
  const uses = await fragments.uses(fields?.get("use"), [path], findings);
  const parts = fields && readParts(fields, path, uses, options, findings);
  const list = parts && specList(parts);
  const specs = await options.specSets.load(list?.paths ?? []);
  const written =
    fields === undefined || parts === undefined || list === undefined
      ? []
      : new ScenarioReader(text, fields, parts, new SpecNames(specs, list.isPartial || !list.isGiven)).cases();
  const cases = await withFiles(written, path, options, findings);
  const own = [findings, ...fragments.findings].flatMap(({ all }) => all);
  const all = inOrder([...own, ...specs.findings.filter(({ level }) => level === "error")]);
  return {
    cases: all.some(({ level }) => level === "error") ? [] : cases,
    specs,
    fragments: fragments.paths,
    findings: all,
  };
}

/** The cases with what their `run` steps need, out of files. The engine of flows is loaded only where one is run. */
async function withFiles(
  cases: readonly ScenarioSpec<WrittenRun>[],
  path: string,
  { cwd, nameOf }: ScenarioOptions,
  findings: YamlFindings,
): Promise<readonly ScenarioSpec[]> {
  if (runNothing(cases)) return cases;
  // What is wrong with the scenario itself comes first.
  if (findings.all.some(({ level }) => level === "error")) return [];
  const { FlowFiles } = await import("./flow_files.ts");
  const files = new FlowFiles({ folder: dirname(path), cwd, nameOf }, findings);
  return await Promise.all(cases.map((one) => files.read(one)));
}

function runNothing(cases: readonly ScenarioSpec<WrittenRun>[]): cases is readonly ScenarioSpec<never>[] {
  return !cases.some(({ flow }) => flow.some((step) => "flowNode" in step));
}

/** Reads the cases of a scenario whose fragments and specs are there. */
class ScenarioReader {
  readonly #text: ScenarioText;
  readonly #fields: Fields<ScenarioKey>;
  readonly #parts: Parts;
  readonly #names: SpecNames;
  readonly #settings: Settings;
  readonly #flow: readonly YamlNode[];
  readonly #captures: ReadonlySet<string>;

  constructor(text: ScenarioText, fields: Fields<ScenarioKey>, parts: Parts, names: SpecNames) {
    const { findings } = text;
    this.#text = text;
    this.#fields = fields;
    this.#parts = parts;
    this.#names = names;
    this.#settings = readSettings(fields, findings);
    this.#flow = readFlow(fields.get("flow"), findings);
    this.#captures = capturesOf(this.#flow);
  }

  cases(): readonly ScenarioSpec<WrittenRun>[] {
    const { node, findings } = this.#text;
    checkHasChecks(this.#parts, this.#flow, this.#settings, node, findings);
    const specs = specList(this.#parts);
    // A fragment that cannot be read may list some.
    if (invokes(this.#parts, this.#flow) && !specs.isGiven && !specs.isPartial) {
      findings.add("E_KEY_MISSING", "a scenario that invokes actions must have the key specs", node);
    }
    const cases = readCases(this.#fields.get("cases"), findings) ?? [undefined];
    const { setup, assertions, stubs } = this.#parts;
    const size = [...setup, ...this.#flow, ...assertions, ...(stubs === undefined ? [] : [stubs])].reduce(
      (sum, part) => sum + part.size,
      0,
    );
    if (size * cases.length > MOST_VALUES) {
      const message = `all cases together hold more than ${MOST_VALUES} values`;
      findings.add("E_KEY_TYPE", message, this.#fields.keyStart("cases"));
      return [];
    }
    const names = new Set(cases.flatMap((one) => [...(one?.vars.keys() ?? [])]));
    return cases.flatMap((one) => this.#case(one, names) ?? []);
  }

  /** @param names that some case gives a value to */
  #case(one: Case | undefined, names: ReadonlySet<string>): ScenarioSpec<WrittenRun> | undefined {
    const { findings, path, stem, node } = this.#text;
    const known = new Map<string, Variable>([...this.#parts.vars, ...(one?.vars ?? [])]);
    const ofCase = one && { name: one.name, names };
    const variables = new Variables(known, { captures: this.#captures, ofCase });
    const context: ReadContext = { names: this.#names, variables, findings, unknowns: { isMet: false } };
    const { name, golden, goldenStart, ...settings } = this.#settings;
    const flowToken = readFlowToken(this.#fields.get("flow_token"), context);
    const added = new FragmentParts().add(this.#parts.uses, context);
    const stubs = [...readStubs(this.#parts.stubs, context), ...added.stubs];
    const setup = this.#parts.setup.flatMap((step) => readSetupStep(step, context) ?? []);
    // In their order: a step knows what the steps before it capture, assertions what all of them do.
    const flow = this.#flow.flatMap((step) => readStep(step, context) ?? []);
    const assertions = this.#parts.assertions.flatMap((item) => readAssertion(item, context) ?? []);
    if (name === undefined) return undefined;
    const { pos } = placeOf(one?.at ?? name, context);
    return {
      name: name.value,
      case: one?.name,
      title: one === undefined ? name.value : `${name.value}/${one.name}`,
      pos,
      flowToken,
      stubs,
      ...settings,
      golden: {
        ...goldenOf(golden, dirname(path), stem, one?.name),
        pos: placeOf({ start: goldenStart ?? node.start }, context).pos,
      },
      setup: [...added.setup, ...setup],
      flow,
      assertions: [...added.assertions, ...assertions],
    };
  }
}

function readFlow(node: YamlNode | undefined, findings: YamlFindings): readonly YamlNode[] {
  const steps = node === undefined ? [] : (readItems(node, "flow", findings) ?? []);
  if (node?.kind === "list" && steps.length === 0) {
    findings.add("E_KEY_TYPE", "flow must have at least one step", node);
  }
  return steps;
}

/** Every case has its own copy of the steps: a small file must not become a large one. */
const MOST_VALUES = 10_000_000;

const FLOW_TOKEN = "test-flow-default";

function readFlowToken(written: YamlNode | undefined, context: ReadContext): string {
  const { findings, variables } = context;
  const text = written && readName(variables.put(written, findings), "flow_token", context);
  // In the profile of what ids are made of.
  const token = text && strictValue(text, findings);
  return typeof token === "string" ? token : FLOW_TOKEN;
}

/** The names that steps capture, as far as they are written as they should be. */
function capturesOf(flow: readonly YamlNode[]): ReadonlySet<string> {
  const captures = flow.flatMap((step) =>
    step.kind === "map" ? step.entries.filter(({ key }) => key === "capture").map(({ value }) => value) : [],
  );
  return new Set(captures.flatMap((node) => (node.kind === "map" ? node.entries.map(({ key }) => key) : [])));
}

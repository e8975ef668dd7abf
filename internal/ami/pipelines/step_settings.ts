import { didYouMean } from "../../diag/mod.ts";
import {
  type ArgValue,
  type Attr,
  EDGE_CODES,
  type EdgePolicy,
  type Findings,
  type MergePlan,
  type Name,
  policyIn,
  policyOf,
  type Span,
} from "../syntax/mod.ts";
import { attributeHelp } from "./attribute_help.ts";
import { collectPlan } from "./collect_plan.ts";
import type { EdgeChoice } from "./edge_settings.ts";
import {
  appliesTo,
  isSettingName,
  kindsOf,
  positionalSetting,
  SETTING_NAMES,
  type SettingName,
} from "./named_setting.ts";
import { readEdgeAttr } from "./read_edge_attr.ts";
import { countIn, delayIn, intervalIn, pathOf, workersIn } from "./setting_values.ts";
import type { StepInstance } from "./step_instance.ts";
import { KIND_NAMES } from "./step_kind.ts";
import { nameIn } from "./step_mentions.ts";
import { type Setting, settingsOf } from "./step_setting.ts";
import { writtenType } from "./written.ts";

/** What the arguments and attributes of a step say (pipelines §3); undefined is not said. */
export interface StepSettings {
  readonly worker: ArgValue | undefined;
  readonly delayMs: number | undefined;
  readonly workers: number | undefined;
  readonly intervalMs: number | undefined;
  readonly count: number | undefined;
  readonly path: string | undefined;
  readonly type: string | undefined;
  readonly edge: EdgeChoice | undefined;
  readonly plan: MergePlan | undefined;
}

const NOTHING_SAID: StepSettings = {
  worker: undefined,
  delayMs: undefined,
  workers: undefined,
  intervalMs: undefined,
  count: undefined,
  path: undefined,
  type: undefined,
  edge: undefined,
  plan: undefined,
};

/**
 * Reads the arguments and attributes of a step.
 *
 * @param text of the file
 * @param isWorker whether a word is a worker's name, and so no policy or attribute where it stands as an argument
 */
export function readStepSettings(
  instance: StepInstance,
  text: string,
  isWorker: (name: string) => boolean,
  findings: Findings,
): StepSettings {
  const reader = new SettingsReader(instance, text, findings);
  for (const setting of settingsOf(instance.node, isWorker)) reader.read(setting);
  return reader.finish();
}

class SettingsReader {
  readonly #instance: StepInstance;
  readonly #text: string;
  readonly #findings: Findings;
  readonly #draft: { -readonly [K in keyof StepSettings]: StepSettings[K] } = { ...NOTHING_SAID };
  readonly #given = new Set<SettingName | "type" | "policy">();
  readonly #merge: Attr[] = [];
  #positional = 0;
  /** Something was said that is no argument: then nothing can be said to be missing. */
  #strange = false;

  constructor(instance: StepInstance, text: string, findings: Findings) {
    this.#instance = instance;
    this.#text = text;
    this.#findings = findings;
    if (instance.node.label !== undefined) this.#given.add("name");
    if (instance.worker !== undefined) this.#given.add("worker");
  }

  read(setting: Setting): void {
    switch (setting.form) {
      case "positional":
        this.#readPositional(setting.value, setting.at);
        return;
      case "named":
        this.#readNamed(setting);
        return;
      case "merge":
        this.#readMerge(setting.attr);
        return;
      case "edge":
        this.#readEdge(setting.attr);
        return;
      case "io":
        this.#noEffect(`io.${setting.attr.name.text}`, setting.attr);
        return;
      case "policy":
        this.#choosePolicy(policyOf(setting.word.text, setting.word, EDGE_CODES, this.#findings), setting.word);
        return;
      case "word":
        this.#readWord(setting);
    }
  }

  finish(): StepSettings {
    const { kind, at } = this.#instance;
    if (kind === "timer" && !this.#given.has("interval") && !this.#strange) {
      this.#findings.add(
        "E_TIMER_ARGS",
        "a Timer needs an interval: Timer(100ms), or Timer(100ms, 3) for three ticks",
        at,
      );
    }
    if ((kind === "io.read" || kind === "io.write") && !this.#given.has("path") && !this.#strange) {
      this.#findings.add("E_IO_ARGS", `${KIND_NAMES[kind]} needs a path: ${KIND_NAMES[kind]}("events.jsonl")`, at);
    }
    if (kind === "collect") this.#draft.plan = collectPlan(this.#merge, at, this.#findings);
    return this.#draft;
  }

  #readPositional(value: ArgValue, at: Span): void {
    const { kind, worker, node } = this.#instance;
    const name = positionalSetting(kind, this.#positional);
    this.#positional += 1;
    if (name !== undefined && worker === undefined) {
      this.#readSetting(name, value, at);
      return;
    }
    this.#strange = true;
    const shown = worker === undefined ? KIND_NAMES[kind] : node.name.text;
    const message = `${shown} takes no ${this.#positional === 1 ? "" : "further "}argument without a name here`;
    this.#findings.add(kind === "io.read" || kind === "io.write" ? "E_IO_ARGS" : "E_STEP_ARG", message, at);
  }

  #readNamed({ name, value, at, outside }: Extract<Setting, { form: "named" }>): void {
    if (isSettingName(name.text)) this.#readSetting(name.text, value, at);
    else if (name.text === "schedule") this.#noEffect("schedule", name);
    else if (outside) this.#unknownAttribute(name, name);
    else {
      this.#strange = true;
      const { kind } = this.#instance;
      const help = didYouMean(
        name.text,
        SETTING_NAMES.filter((known) => isSettingName(known) && appliesTo(known, kind)),
      );
      this.#findings.add("E_STEP_ARG", `${KIND_NAMES[kind]} has no argument ${name.text}`, at, help);
    }
  }

  #readSetting(name: SettingName, value: ArgValue, at: Span): void {
    const { kind, node } = this.#instance;
    if (!appliesTo(name, kind)) {
      this.#strange = true;
      const message = `${KIND_NAMES[kind]} has no ${name}; that is for ${kindsOf(name)}`;
      this.#findings.add("E_STEP_ARG", message, at);
    } else if (this.#given.has(name)) {
      const said =
        name === "worker" && this.#instance.worker !== undefined ? `is ${node.name.text} already` : "is given twice";
      this.#findings.add("E_STEP_ARG", `${name} ${said}`, at);
    } else {
      this.#given.add(name);
      this.#readValue(name, value, at);
    }
  }

  #readValue(name: SettingName, value: ArgValue, at: Span): void {
    const draft = this.#draft;
    const findings = this.#findings;
    switch (name) {
      case "name":
        if (nameIn(value) === undefined) findings.add("E_STEP_ARG", "a step's name is one word", at);
        return;
      case "worker":
        draft.worker = value;
        return;
      case "delay":
        draft.delayMs = delayIn(value, at, findings);
        return;
      case "workers":
        draft.workers = workersIn(value, at, findings);
        return;
      case "interval":
        draft.intervalMs = intervalIn(value, at, findings);
        return;
      case "count":
        draft.count = countIn(value, at, findings);
        return;
      case "path":
        draft.path = pathOf(value, at, findings);
        return;
      case "in":
        if (value.kind === "attr" && value.attr.prefix === "edge") this.#readEdge(value.attr);
        else this.#choosePolicy(policyIn(value, at, EDGE_CODES, findings), at);
    }
  }

  #readMerge(attr: Attr): void {
    const { kind } = this.#instance;
    if (kind === "collect") this.#merge.push(attr);
    else
      this.#findings.add(
        "E_MERGE_ON_NON_COLLECT",
        `merge attributes are for Collect, not for ${KIND_NAMES[kind]}`,
        attr,
      );
  }

  #readEdge(attr: Attr): void {
    const choice = readEdgeAttr(attr, this.#text, this.#findings);
    if (choice === undefined) return;
    const { edge } = this.#draft;
    if (edge?.queue !== undefined) this.#findings.add("E_STEP_ARG", "a step has one edge attribute", attr);
    else if (choice.policy === undefined) this.#draft.edge = { ...edge, ...choice };
    else this.#choosePolicy(choice.policy, attr, choice);
  }

  /** A policy, as a word or within the rest of an edge attribute. */
  #choosePolicy(policy: EdgePolicy | undefined, at: Span, rest: EdgeChoice = {}): void {
    if (policy === undefined) return;
    if (this.#given.has("policy")) this.#findings.add("E_STEP_ARG", "the policy of the in-edges is given twice", at);
    this.#given.add("policy");
    this.#draft.edge = { ...this.#draft.edge, ...rest, policy };
  }

  #readWord({ word, args, at }: Extract<Setting, { form: "word" }>): void {
    if (word.text === "schedule") this.#noEffect("schedule", at);
    else if (word.text !== "type") this.#unknownAttribute(word, at);
    else if (args?.length !== 1 || this.#given.has("type")) {
      this.#findings.add("E_STEP_ARG", "a step has one type, written type(T)", at);
    } else {
      this.#given.add("type");
      const [type] = args;
      if (type !== undefined) this.#draft.type = writtenType(this.#text, type);
    }
  }

  #unknownAttribute(word: Name, at: Span): void {
    this.#findings.add("E_ATTR_UNKNOWN", `unknown attribute ${word.text}`, at, attributeHelp(word.text));
  }

  #noEffect(shown: string, at: Span): void {
    this.#findings.add("W_ATTR_NO_EFFECT", `${shown} is recorded and has no effect`, at);
  }
}

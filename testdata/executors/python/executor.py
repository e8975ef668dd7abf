#!/usr/bin/env python3
"""A reference executor in Python: REP v0.1 on stdin and stdout, standard library only.

It runs Flow IR as docs/executors.md describes. One thread does everything: it waits for a request or for the next moment at
which a run can go on (a sleeping step, a pause before another attempt), so Poll is answered while a step sleeps.

Step kinds: opcua.read, opcua.write, and for the conformance suite check.echo, check.fail, check.sleep.
To make it yours, add functions to KINDS.
"""

import datetime
import heapq
import json
import math
import os
import re
import select
import sys
import time
import uuid

VERSION = "0.1.0"
CONCURRENCY = 4
MAX_FRAME_BYTES = 1048576
FINISHED_RUNS_KEPT = 64
CONTROL_KINDS = ("switch", "dsl.emit", "finish")

# ---------------------------------------------------------------------------------------------------------------- steps


class StepError(Exception):
    """A step failed: an error of 2000 to 2999, retried unless it says otherwise."""

    def __init__(self, message, code=2001, retriable=True, details=None):
        super().__init__(message)
        self.code = code
        self.retriable = retriable
        self.details = details or {}


class Sleep:
    """What a step function returns to be finished later, with a result."""

    def __init__(self, seconds, result):
        self.seconds = seconds
        self.result = result


def opcua_read(args, _attempt):
    node_ids = args.get("node_ids")
    if not isinstance(node_ids, list):
        raise StepError("node_ids is not a list", retriable=False, details={"cause": "Args"})
    values = {node_id if isinstance(node_id, str) else canonical(node_id): 80 for node_id in node_ids}
    return {"endpoint": args.get("endpoint"), "values": values}


def opcua_write(args, _attempt):
    written = {name: args.get(name) for name in ("endpoint", "node_id", "value")}
    return {**written, "status": "ok"}


def check_echo(args, _attempt):
    return args


def check_fail(args, attempt):
    times = whole(args.get("times"), 1)
    if attempt <= times:
        raise StepError("failed as asked, attempt %d" % attempt, retriable=args.get("retriable", True) is not False)
    return {"attempts": attempt}


def check_sleep(args, _attempt):
    ms = whole(args.get("ms"), 0)
    return Sleep(ms / 1000, {"slept_ms": ms})


KINDS = {
    "opcua.read": opcua_read,
    "opcua.write": opcua_write,
    "check.echo": check_echo,
    "check.fail": check_fail,
    "check.sleep": check_sleep,
}

# ------------------------------------------------------------------------------------------------- values and templates


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def whole(value, otherwise=0):
    """A number of 0 or more without fraction, as the times and counts of IR are."""
    return int(value) if is_number(value) and value >= 0 and value == int(value) else otherwise


def number_text(value):
    """A number as ECMAScript writes the nearest double."""
    double = float(value)
    if double == 0:
        return "0"
    sign = "-" if double < 0 else ""
    digits, exponent = ("%r" % abs(double)).partition("e")[::2]
    whole, _, fraction = digits.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    text = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(text)
    text = text.rstrip("0")
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return sign + text[:point] + "." + text[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + text
    mantissa = text[0] + ("." + text[1:] if len(text) > 1 else "")
    return "%s%se%+d" % (sign, mantissa, point - 1)


def string_text(value):
    return json.dumps(value, ensure_ascii=False)


def canonical(value):
    """Canonical JSON (RFC 8785)."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if is_number(value):
        return number_text(value)
    if isinstance(value, str):
        return string_text(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(string_text(key) + ":" + canonical(value[key]) for key in keys) + "}"


def walk(value, path):
    """A dotted path through mappings; anything else on the way gives None."""
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def lookup(reference, run):
    """The value of `input.PATH` or `step.NAME[.PATH]`."""
    root, _, rest = reference.partition(".")
    path = rest.split(".")
    if root == "input":
        return walk(run.inputs, path)
    return walk(run.results.get(path[0], {}), path[1:])


REFERENCE = re.compile(r"\$\$\{|\$\{((?:input|step)\.[^}]*)\}")
WHOLE = re.compile(r"\$((?:input|step)\..*)|\$\{((?:input|step)\.[^}]*)\}", re.DOTALL)
BLANK = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
BLANKS = re.compile("[%s]*" % BLANK)
TRIMMED = re.compile("[%s]*(.*?)[%s]*" % (BLANK, BLANK), re.DOTALL)


def resolve(template, run):
    """An argument template, resolved when the step starts."""
    if isinstance(template, dict):
        return {key: resolve(value, run) for key, value in template.items()}
    if isinstance(template, list):
        return [resolve(value, run) for value in template]
    if not isinstance(template, str):
        return template
    text = TRIMMED.fullmatch(template).group(1)
    reference = WHOLE.fullmatch(text)
    if reference:
        return lookup(reference.group(1) or reference.group(2), run)
    try:
        return interpolate(parse_literal(text), run)
    except ValueError:
        return interpolate(text, run)


def interpolate(value, run):
    if isinstance(value, dict):
        return {key: interpolate(item, run) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, run) for item in value]
    if not isinstance(value, str):
        return value

    def fill(match):
        if match.group(1) is None:
            return "${"
        found = lookup(match.group(1), run)
        return found if isinstance(found, str) else canonical(found)

    return REFERENCE.sub(fill, value)


DIGITS = "[0-9](?:_?[0-9])*"
NUMBER = re.compile(
    "0[xX][0-9a-fA-F](?:_?[0-9a-fA-F])*|0[oO][0-7](?:_?[0-7])*|0[bB][01](?:_?[01])*"
    "|(?:{0}[.]?(?:{0})?|[.]{0})(?:[eE][+-]?{0})?".format(DIGITS)
)
# What a number or a name may go on with; what stands behind those has to be something else.
WORD = re.compile(r"[\w.]")
NAMES = {"True": True, "False": False, "None": None}
ESCAPES = {"\\": "\\", "'": "'", '"': '"', "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v", "a": "\a", "0": "\0"}
HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}
MAX_LITERAL_DEPTH = 64


class LiteralParser:
    """Number, string, True, False, None, list, tuple, mapping. Raises ValueError for any other text."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def whole(self):
        value = self.value(0)
        if self.peek() != "":
            raise ValueError
        return value

    def peek(self):
        self.at = BLANKS.match(self.text, self.at).end()
        return self.text[self.at : self.at + 1]

    def take(self, character):
        if self.peek() != character:
            raise ValueError
        self.at += 1

    def value(self, depth):
        character = self.peek()
        if character and character in "'\"":
            return self.string(character)
        if character == "[":
            return self.items("[", "]", depth)[0]
        if character == "(":
            items, has_comma = self.items("(", ")", depth)
            if not items:
                raise ValueError
            return items if has_comma else items[0]
        if character == "{":
            return self.mapping(depth)
        for name, constant in NAMES.items():
            if self.text.startswith(name, self.at):
                self.at += len(name)
                self.end_word()
                return constant
        if character and character in "+-":
            self.at += 1
            number = self.signed(depth + 1)
            return -number if character == "-" else number
        return self.number()

    def end_word(self):
        if WORD.match(self.text, self.at):
            raise ValueError

    def signed(self, depth):
        """What may stand behind a sign: a number, in parentheses or not, without a sign of its own."""
        if depth > MAX_LITERAL_DEPTH:
            raise ValueError
        if self.peek() != "(":
            return self.number()
        self.take("(")
        number = self.signed(depth + 1)
        self.take(")")
        return number

    def number(self):
        """The nearest double, written as an integer where it is one."""
        match = NUMBER.match(self.text, self.at)
        if not match:
            raise ValueError
        self.at = match.end()
        self.end_word()
        text = match.group().replace("_", "")
        is_based = text[:2].lower() in ("0x", "0o", "0b")
        if not is_based and re.match("0[0-9_]", match.group()):
            raise ValueError
        try:
            number = float(int(text, 0)) if is_based else float(text)
        except OverflowError:
            raise ValueError from None
        if not math.isfinite(number):
            raise ValueError
        return int(number) if number == int(number) and abs(number) < 2**53 else number

    def string(self, quote):
        self.take(quote)
        parts = []
        while True:
            character = self.text[self.at : self.at + 1]
            self.at += 1
            if character == quote:
                return "".join(parts)
            if character == "":
                raise ValueError
            parts.append(self.escape() if character == "\\" else character)

    def escape(self):
        letter = self.text[self.at : self.at + 1]
        self.at += 1
        if letter in ESCAPES:
            return ESCAPES[letter]
        digits = self.text[self.at : self.at + HEX_ESCAPES.get(letter, 0)]
        if letter not in HEX_ESCAPES or not re.fullmatch("[0-9a-fA-F]{%d}" % HEX_ESCAPES[letter], digits):
            raise ValueError
        self.at += len(digits)
        code = int(digits, 16)
        if 0xD800 <= code <= 0xDFFF:
            raise ValueError
        return chr(code)

    def open(self, bracket, depth):
        self.take(bracket)
        if depth >= MAX_LITERAL_DEPTH:
            raise ValueError

    def items(self, opening, closing, depth):
        self.open(opening, depth)
        found, has_comma = [], False
        while self.peek() != closing:
            found.append(self.value(depth + 1))
            has_comma = self.peek() == ","
            if not has_comma:
                break
            self.take(",")
        self.take(closing)
        return found, has_comma

    def mapping(self, depth):
        self.open("{", depth)
        found = {}
        while self.peek() != "}":
            key = self.value(depth + 1)
            if isinstance(key, (list, dict)):
                raise ValueError
            self.take(":")
            found[key if isinstance(key, str) else canonical(key)] = self.value(depth + 1)
            if self.peek() != ",":
                break
            self.take(",")
        self.take("}")
        return found


def parse_literal(text):
    return LiteralParser(text).whole()


# ----------------------------------------------------------------------------------------------------------- validation


class Refused(Exception):
    """An error reply to a request."""

    def __init__(self, code, message, cause=None):
        super().__init__(message)
        self.error = {"code": code, "message": message}
        if cause:
            self.error["data"] = {"details": {"cause": cause}}


def demand(holds, message, code=1003):
    if not holds:
        raise Refused(code, message)


def check_ir(ir):
    """What must hold before a run starts; the kinds of errors are those of REP: 1001, 1002, 1003."""
    demand(isinstance(ir, dict), "ir is not an object")
    version = ir.get("version")
    demand(isinstance(version, str) and re.fullmatch(r"\d+\.\d+\.\d+", version), "version is not of the form x.y.z")
    demand(version.startswith("1.0."), "IR version %s is not supported; 1.0 is" % version, 1001)
    graph = ir.get("graph")
    demand(isinstance(graph, dict), "there is no graph")
    nodes, edges = graph.get("nodes"), graph.get("edges")
    demand(isinstance(nodes, list) and nodes and all(isinstance(node, dict) for node in nodes), "nodes is no list of nodes")
    demand(isinstance(edges, list) and all(isinstance(edge, dict) for edge in edges), "edges is no list of edges")
    for node in nodes:
        demand(isinstance(node.get("id"), str) and isinstance(node.get("type"), str), "a node lacks id or type")
        demand(isinstance(node.get("with", {}), dict), "with of %s is not an object" % node["id"])
    ids = [node["id"] for node in nodes]
    demand(len(set(ids)) == len(ids), "a node id is there twice")
    incoming = dict.fromkeys(ids, 0)
    outgoing = {node_id: [] for node_id in ids}
    for edge in edges:
        start, end = edge.get("from"), edge.get("to")
        demand(start in outgoing and end in incoming, "an edge leads to or from a node that is not there")
        demand(edge.get("on", "success") in ("success", "failure"), "on of an edge is neither success nor failure")
        incoming[end] += 1
        outgoing[start].append(end)
    free = [node_id for node_id, count in incoming.items() if count == 0]
    demand(free, "the graph has a cycle")
    demand(len(free) == 1, "there is more than one entry")
    seen = 0
    while free:
        seen += 1
        for end in outgoing[free.pop()]:
            incoming[end] -= 1
            if incoming[end] == 0:
                free.append(end)
    demand(seen == len(ids), "the graph has a cycle")
    for node in nodes:
        if node["type"] == "switch":
            check_switch(node, outgoing[node["id"]])
        known = node["type"] in KINDS or node["type"] in CONTROL_KINDS
        demand(known, "step kind %s is not supported (node %s)" % (node["type"], node["id"]), 1002)


def check_switch(node, targets):
    with_ = node.get("with", {})
    key_from, cases = with_.get("key_from"), with_.get("cases")
    good_key = isinstance(key_from, str) and re.fullmatch(r"\$\.(inputs\..+|vars\..+)", key_from, re.DOTALL)
    demand(good_key, "key_from of switch %s is not $.inputs.PATH or $.vars.STEP.PATH" % node["id"])
    demand(isinstance(cases, dict), "cases of switch %s is not an object" % node["id"])
    for target in cases.values():
        demand(target in targets, "switch %s has a case without an edge to its node" % node["id"])
    demand(isinstance(with_.get("default", ""), str), "default of switch %s is not a string" % node["id"])


# ----------------------------------------------------------------------------------------------------------------- runs


def timestamp():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Node:
    """A node of a run: what waits for it, and where it stands."""

    def __init__(self, ir, number):
        self.id = ir["id"]
        self.kind = ir["type"]
        self.arguments = ir.get("with", {})
        retry = ir.get("retry") or {}
        self.timeout_ms = whole(ir.get("timeout_ms"))
        self.max_retries = whole(retry.get("max"))
        self.backoff_ms = whole(retry.get("backoff_ms"))
        self.number = number
        self.edges = []
        self.unsettled = 0  # predecessors that are not settled
        self.is_wanted = False  # an edge to it was taken; where it waits for nothing and is not wanted, it is skipped
        self.attempt = 0


class Run:
    """One execution of a flow. `advance` does what can be done now and says when there is more to do."""

    def __init__(self, run_id, ir, inputs):
        self.id = run_id
        self.inputs = inputs
        self.results = {}
        self.outputs = {}
        self.status = "running"
        self.error = None
        self.events = []  # not acknowledged yet
        self.acknowledged = 0  # how many were, before those
        self.sent = 0  # how many were sent to a host without poll_after
        self.summary = {"completed_steps": 0, "failed_steps": 0, "skipped_steps": 0, "attempts": 0}
        self.nodes = [Node(node, number) for number, node in enumerate(ir["graph"]["nodes"])]
        by_id = {node.id: node for node in self.nodes}
        for edge in ir["graph"]["edges"]:
            by_id[edge["from"]].edges.append((by_id[edge["to"]], edge.get("on", "success"), edge.get("case")))
            by_id[edge["to"]].unsettled += 1
        self.ready = [node.number for node in self.nodes if node.unsettled == 0]
        self.nodes[self.ready[0]].is_wanted = True
        self.current = None  # the node whose attempt runs or is about to be repeated
        self.sleeping = None  # what its attempt ends with at `wake_at`
        self.wake_at = None
        self.started_at = time.monotonic()
        self.flow_timeout_ms = whole((ir.get("flow") or {}).get("timeout_ms"))
        self.ends_by = self.started_at + self.flow_timeout_ms / 1000 if self.flow_timeout_ms else math.inf

    @property
    def is_over(self):
        return self.status != "running"

    def advance(self):
        """Runs until something has to be waited for. Returns the moment to come back, or None when the run is over."""
        while not self.is_over:
            now = time.monotonic()
            # What comes first counts: the end of a sleep before that of the run, even if both are past.
            due = self.wake_at if self.sleeping is not None else max(now, self.wake_at or 0)
            if self.current is None and not self.ready:
                self.finish("completed")
                continue
            if now < min(due, self.ends_by):
                return min(due, self.ends_by)
            if self.current is None:
                self.current = self.nodes[heapq.heappop(self.ready)]
            if self.ends_by < due:
                message = "the flow took longer than %d ms" % self.flow_timeout_ms
                self.interrupt("failed", StepError(message, retriable=False, details={"cause": "FlowTimeout"}))
            else:
                self.wake()
        return None

    def wake(self):
        outcome, self.sleeping, self.wake_at = self.sleeping, None, None
        if outcome is None:
            self.start_attempt()
        elif isinstance(outcome, StepError):
            self.attempt_failed(outcome)
        else:
            self.succeeded(outcome)

    def start_attempt(self):
        node = self.current
        node.attempt += 1
        self.summary["attempts"] += 1
        self.attempt_started = time.monotonic()
        try:
            arguments = self.arguments_of(node)
        except Exception as error:  # values that are nested too deep, numbers that are too large
            self.event("started", args={})
            self.attempt_failed(StepError(str(error), retriable=False, details={"cause": "Args"}))
            return
        self.event("started", args=arguments)
        try:
            outcome = self.perform(node, arguments)
        except StepError as error:
            self.attempt_failed(error)
            return
        except Exception as error:  # a step function that is wrong ends its step, not the executor
            self.attempt_failed(StepError("%s: %s" % (type(error).__name__, error), retriable=False))
            return
        if not isinstance(outcome, Sleep):
            self.succeeded(outcome)
            return
        limit = node.timeout_ms / 1000 if node.timeout_ms else math.inf
        if outcome.seconds > limit:
            message = "%s took longer than %d ms" % (node.id, node.timeout_ms)
            self.sleeping = StepError(message, details={"cause": "Timeout"})
        else:
            self.sleeping = outcome.result
        self.wake_at = self.attempt_started + min(outcome.seconds, limit)

    def arguments_of(self, node):
        if node.kind == "switch":
            return {"key": self.switch_key(node)}
        return {} if node.kind == "finish" else resolve(node.arguments, self)

    def perform(self, node, arguments):
        if node.kind == "switch":
            return {"case": self.switch_case(node, arguments["key"])}
        if node.kind == "dsl.emit":
            self.outputs = arguments
        return arguments if node.kind in CONTROL_KINDS else KINDS[node.kind](arguments, node.attempt)

    def switch_key(self, node):
        _, root, *path = node.arguments["key_from"].split(".")
        if root == "inputs":
            return walk(self.inputs, path)
        return walk(self.results.get(path[0], {}), path[1:])

    def switch_case(self, node, key):
        cases, default = node.arguments["cases"], node.arguments.get("default")
        text = key if isinstance(key, str) else None
        if isinstance(key, (bool, int, float)):
            # An integer that is larger than any double can tell keeps its digits.
            text = canonical(key) if isinstance(key, (bool, float)) else str(key)
        if text is not None and text in cases:
            return text
        if default is not None and (default in cases or any(case == default for _, _, case in node.edges)):
            return default
        message = "%s: no case is %s, and there is no default" % (node.id, canonical(key))
        raise StepError(message, retriable=False, details={"cause": "Switch"})

    def succeeded(self, result):
        node = self.current
        self.event("succeeded", result=result)
        self.summary["completed_steps"] += 1
        if node.kind not in CONTROL_KINDS:
            self.results[node.id] = result
        self.settle(node, "success", result.get("case") if node.kind == "switch" else None)

    def attempt_failed(self, error):
        node = self.current
        told = self.error_of(error)
        again = error.retriable and 2000 <= error.code <= 2999 and node.attempt <= node.max_retries
        self.event("failed", error=told, will_retry=again)
        if again:
            self.wake_at = time.monotonic() + node.backoff_ms / 1000
            return
        self.summary["failed_steps"] += 1
        if node.kind not in CONTROL_KINDS:
            self.results[node.id] = {"error": told}
        is_handled = any(on == "failure" for _, on, _ in node.edges)
        self.settle(node, "failure")
        if not is_handled:
            self.finish("failed", told)

    def interrupt(self, status, error):
        """The run ends before its current step does; between two attempts the last one is told."""
        told = self.error_of(error)
        if self.sleeping is not None:
            self.event("failed", error=told, will_retry=False)
        self.summary["failed_steps"] += 1
        self.settle(self.current, None)
        self.finish(status, told if status == "failed" else None)

    def cancel(self):
        if self.current is not None:
            self.interrupt("cancelled", StepError("the run was cancelled", retriable=False, details={"cause": "Cancelled"}))
        elif not self.is_over:
            self.finish("cancelled")

    def error_of(self, error):
        data = {"step_id": self.current.id, "attempt": self.current.attempt}
        data.update({"retriable": error.retriable, "details": error.details})
        return {"code": error.code, "message": str(error), "data": data}

    def settle(self, node, on, case=None):
        """The node is done: edges of `on` are taken, of a switch those of its case. What can never run now is skipped."""
        self.current = None
        target = node.arguments["cases"].get(case) if case is not None else None
        settled = [node]
        for done in settled:
            for to, edge_on, edge_case in done.edges:
                if done is node and on == edge_on and self.is_taken(node, on, case, edge_case, to.id, target):
                    to.is_wanted = True
                to.unsettled -= 1
                if to.unsettled > 0:
                    continue
                if to.is_wanted:
                    heapq.heappush(self.ready, to.number)
                else:
                    self.summary["skipped_steps"] += 1
                    settled.append(to)

    @staticmethod
    def is_taken(node, on, case, edge_case, to, target):
        if node.kind != "switch" or on != "success":
            return True
        return edge_case == case if edge_case is not None else to == target

    def finish(self, status, error=None):
        self.status, self.error = status, error
        self.current = self.wake_at = self.sleeping = None
        self.ready = []
        self.summary["duration_ms"] = round((time.monotonic() - self.started_at) * 1000)

    def event(self, state, **members):
        node = self.current
        event = {"type": "step", "timestamp": timestamp(), "step_id": node.id, "kind": node.kind, "state": state}
        event["attempt"] = node.attempt
        if state != "started":
            event["duration_ms"] = round((time.monotonic() - self.attempt_started) * 1000)
        event.update(members)
        self.events.append(json.dumps(event))

    def poll(self, after):
        """Status and events. They end where a frame would be too long; then the run has not ended for this host yet."""
        if after is not None:
            done = max(0, min(after - self.acknowledged, len(self.events)))
            del self.events[:done]
            self.acknowledged += done
            self.sent = 0
        outputs = json.dumps(self.outputs) if self.is_over else "{}"
        room = MAX_FRAME_BYTES - 4096 - len(outputs) - len(json.dumps(self.error))
        chosen = []
        for event in self.events[self.sent :]:
            room -= len(event) + 1
            if room < 0 and chosen:
                break
            chosen.append(event)
        is_last = self.sent + len(chosen) == len(self.events)
        if after is None:
            del self.events[: len(chosen)]
            self.acknowledged += len(chosen)
        members = ['"status":%s' % json.dumps(self.status if is_last else "running")]
        members.append('"events":[%s]' % ",".join(chosen))
        members.append('"summary":%s' % json.dumps(self.summary))
        if self.is_over and is_last:
            members.append('"outputs":%s' % outputs)
            if self.error is not None:
                members.append('"error":%s' % json.dumps(self.error))
        return Raw("{%s}" % ",".join(members))


class Raw:
    """JSON text that is ready to be sent."""

    def __init__(self, text):
        self.text = text


# ------------------------------------------------------------------------------------------------------------- protocol


class Executor:
    def __init__(self):
        self.runs = {}
        self.boot_id = uuid.uuid4().hex

    def capabilities(self, _params):
        return {
            "name": "plumb-reference-python",
            "version": VERSION,
            "language": "python",
            "protocol": "0.1",
            "step_kinds": list(KINDS),
            "limits": {"concurrency": CONCURRENCY, "max_frame_bytes": MAX_FRAME_BYTES},
            "features": ["poll_after"],
            "boot_id": self.boot_id,
        }

    def start_run(self, params):
        ir, inputs, options = params.get("ir"), params.get("inputs", {}), params.get("options") or {}
        demand(isinstance(options, dict), "options is not an object", -32602)
        run_id = options.get("run_id")
        demand(run_id is None or isinstance(run_id, str), "run_id is not a string", -32602)
        if run_id in self.runs:
            return {"run_id": run_id}
        demand(isinstance(inputs, dict), "inputs is not an object", -32602)
        check_ir(ir)
        if sum(not run.is_over for run in self.runs.values()) >= CONCURRENCY:
            busy = Refused(3002, "%d runs are going on; that is the limit" % CONCURRENCY, "Busy")
            busy.error["data"]["retriable"] = True
            raise busy
        run_id = run_id if run_id is not None else "run-" + uuid.uuid4().hex[:16]
        self.forget_finished()
        self.runs[run_id] = Run(run_id, ir, inputs)
        return {"run_id": run_id}

    def forget_finished(self):
        finished = [run.id for run in self.runs.values() if run.is_over]
        for run_id in finished[: max(0, len(finished) - FINISHED_RUNS_KEPT + 1)]:
            del self.runs[run_id]

    def poll(self, params):
        run_id, after = params.get("run_id"), params.get("after")
        demand(isinstance(run_id, str), "run_id is not a string", -32602)
        demand(after is None or (is_number(after) and after >= 0), "after is not a number of events", -32602)
        if run_id not in self.runs:
            raise Refused(-32602, "there is no run %s" % run_id, "UnknownRun")
        return self.runs[run_id].poll(None if after is None else int(after))

    def cancel(self, params):
        run_id = params.get("run_id")
        demand(isinstance(run_id, str), "run_id is not a string", -32602)
        if run_id not in self.runs:
            return {"ok": False}
        self.runs[run_id].cancel()
        return {"ok": True}

    def health(self, _params):
        return {"ok": True}

    def answer(self, line):
        """The reply to a line, without its LF; None where there is none."""
        if not line.strip():
            return None
        try:
            request = json.loads(line.decode("utf-8"), parse_constant=refuse_constant)
        except (ValueError, RecursionError):
            return reply(None, error={"code": -32700, "message": "this is not JSON"})
        if not isinstance(request, dict) or not isinstance(request.get("method"), str):
            return reply(None, error={"code": -32600, "message": "this is not a request"})
        if "id" not in request:
            return None
        methods = {
            "Runtime.Capabilities": self.capabilities,
            "Runtime.StartRun": self.start_run,
            "Runtime.Poll": self.poll,
            "Runtime.Cancel": self.cancel,
            "Runtime.Health": self.health,
        }
        method, params = methods.get(request["method"]), request.get("params", {})
        try:
            demand(method is not None, "there is no method %s" % request["method"], -32601)
            demand(isinstance(params, dict), "params is not an object", -32602)
            return reply(request["id"], result=method(params))
        except Refused as refused:
            return reply(request["id"], error=refused.error)
        except Exception as error:  # this request is lost, the executor is not
            return reply(request["id"], error={"code": -32603, "message": type(error).__name__})

    def advance(self):
        """Lets every run go on. Returns seconds until one of them has more to do, or None."""
        moments = [run.advance() for run in self.runs.values() if not run.is_over]
        moments = [moment for moment in moments if moment is not None]
        return max(0, min(moments) - time.monotonic()) if moments else None


def refuse_constant(name):
    raise ValueError(name)


def reply(request_id, result=None, error=None):
    if isinstance(result, Raw):
        body = '"result":' + result.text
    else:
        body = '"error":' + json.dumps(error) if error is not None else '"result":' + json.dumps(result)
    return '{"jsonrpc":"2.0","id":%s,%s}' % (json.dumps(request_id), body)


def write_line(text):
    data = text.encode() + b"\n"
    while data:
        data = data[os.write(1, data) :]


def lines_in(chunks):
    """Complete lines of a stream. Of a line over the frame limit only its first bytes are kept, so that it is no JSON."""
    held, length = [], 0
    for chunk in chunks:
        pieces = chunk.split(b"\n")
        for index, piece in enumerate(pieces):
            if length <= MAX_FRAME_BYTES:
                held.append(piece)
            length += len(piece)
            if index < len(pieces) - 1:
                yield b"{" if length > MAX_FRAME_BYTES else b"".join(held)
                held, length = [], 0
        yield None


def main():
    executor = Executor()

    def chunks():
        while True:
            wait = executor.advance()
            readable, _, _ = select.select([0], [], [], wait)
            if not readable:
                continue
            chunk = os.read(0, 65536)
            if not chunk:
                return
            yield chunk

    # A request is answered before any run goes on, so StartRun answers before the first step.
    for line in lines_in(chunks()):
        answer = None if line is None else executor.answer(line)
        if answer is not None:
            write_line(answer)


if __name__ == "__main__":
    try:
        main()
    except (BrokenPipeError, KeyboardInterrupt):
        sys.exit(0)

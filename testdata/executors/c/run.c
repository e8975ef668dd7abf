#define _POSIX_C_SOURCE 200809L
#include "executor.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Up to FINISH those that every executor has; from ECHO on those that the conformance suite asks for. */
typedef enum { SWITCH, EMIT, FINISH, READ, WRITE, ECHO, FAIL, SLEEP, KINDS } kind;
static const char *const kind_names[KINDS] = {"switch",      "dsl.emit",   "finish",     "opcua.read",
                                              "opcua.write", "check.echo", "check.fail", "check.sleep"};

typedef enum { FREE, RUNNING, COMPLETED, FAILED, CANCELLED } run_status;

typedef struct {
  slice id, arguments, result;
  kind kind;
  long timeout_ms, max_retries, backoff_ms, attempt;
  int first_edge, unsettled; /* edges that leave it are a list; predecessors that are not settled */
  bool wanted, settled;
} node;

/* `case_` is NONE where there is none. */
typedef struct { int to, next; bool on_failure; slice case_; } edge;

typedef struct {
  char id[ID_MAX];
  run_status status;
  slice inputs, outputs, error, slept;
  int node_count, edge_count, current; /* the node whose attempt sleeps or is to be repeated; -1: none */
  bool sleeps, times_out; /* it sleeps, else pauses before another attempt; the sleep ends with a timeout */
  long long wake_at, attempt_at, ends_by; /* monotonic ms; 0: never */
  long completed, failed, skipped, attempts, acknowledged, ended; /* ended: which of all runs it was to end */
  size_t results_used, events_used;
  char text[FRAME_MAX]; /* ir and inputs, to which slices point */
  node nodes[MAX_NODES];
  edge edges[MAX_EDGES];
  char results[RESULTS_MAX], events[EVENTS_MAX]; /* each event has an LF behind it */
} run;

static run runs[RUNS];
static const rep_error OK = {0, NULL, NULL, false};

long long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

rep_error refusal(int code, const char *message) { return (rep_error){code, message, NULL, false}; }
static slice or_null(slice value) { return value.at == NULL ? TEXT("null") : value; }
static rep_error invalid(const char *message) { return refusal(1003, message); }

static int node_of(const run *r, slice id) {
  int i = json_type(id) == 's' ? r->node_count - 1 : -1;
  while (i >= 0 && !same(r->nodes[i].id, id)) i--;
  return i;
}

static rep_error read_nodes(run *r, slice nodes) {
  slice key, value;
  for (const char *cursor = NULL; json_next(nodes, &cursor, &key, &value); r->node_count++) {
    if (r->node_count == MAX_NODES) return invalid("there are more nodes than this executor takes");
    slice type = json_get(value, "type"), retry = json_get(value, "retry"), with = json_get(value, "with");
    node *n = &r->nodes[r->node_count];
    *n = (node){.id = json_get(value, "id"), .arguments = with.at == NULL ? TEXT("{}") : with, .first_edge = -1};
    n->timeout_ms = json_int(json_get(value, "timeout_ms"), 0);
    n->max_retries = json_int(json_get(retry, "max"), 0);
    n->backoff_ms = json_int(json_get(retry, "backoff_ms"), 0);
    if (json_type(n->id) != 's' || json_type(type) != 's') return invalid("a node lacks id or type");
    if (n->id.len > ID_MAX) return invalid("a node id is too long");
    if (json_type(n->arguments) != 'o') return invalid("with of a node is not an object");
    if (node_of(r, n->id) >= 0) return invalid("a node id is there twice");
    while (n->kind < KINDS && !json_is(type, slice_of(kind_names[n->kind]))) n->kind++;
    if (n->kind == KINDS) return refusal(1002, "a step kind of this flow is not supported");
  }
  return r->node_count > 0 ? OK : invalid("there are no nodes");
}

static rep_error read_edges(run *r, slice edges) {
  slice key, value;
  for (const char *cursor = NULL; json_next(edges, &cursor, &key, &value); r->edge_count++) {
    if (r->edge_count == MAX_EDGES) return invalid("there are more edges than this executor takes");
    int from = node_of(r, json_get(value, "from")), to = node_of(r, json_get(value, "to"));
    if (from < 0 || to < 0) return invalid("an edge leads to or from a node that is not there");
    bool on_failure = json_is(json_get(value, "on"), TEXT("failure"));
    r->edges[r->edge_count] = (edge){to, r->nodes[from].first_edge, on_failure, json_get(value, "case")};
    r->nodes[from].first_edge = r->edge_count;
    r->nodes[to].unsettled++;
  }
  return OK;
}

static rep_error check_switch(const run *r, const node *n) {
  slice key, target, cases = json_get(n->arguments, "cases"), key_from = json_get(n->arguments, "key_from");
  bool has_key = starts_with(key_from, "\"$.inputs.") || starts_with(key_from, "\"$.vars.");
  if (!has_key || json_type(cases) != 'o') return invalid("a switch lacks key_from or cases");
  for (const char *cursor = NULL; json_next(cases, &cursor, &key, &target);) {
    int e = n->first_edge;
    while (e >= 0 && !same(r->nodes[r->edges[e].to].id, target)) e = r->edges[e].next;
    if (e < 0) return invalid("a switch has a case without an edge to its node");
  }
  return OK;
}

/* Acyclic, with one entry: nodes are taken away whose predecessors are gone. */
static rep_error check_graph(run *r) {
  static int left[MAX_NODES];
  int entries = 0, gone = 0;
  for (int i = 0; i < r->node_count; i++) {
    left[i] = r->nodes[i].unsettled;
    r->nodes[i].wanted = left[i] == 0;
    entries += left[i] == 0;
  }
  for (int i = 0; i < r->node_count; i++) {
    if (left[i] != 0) continue;
    for (int e = r->nodes[i].first_edge; e >= 0; e = r->edges[e].next) left[r->edges[e].to]--;
    left[i] = -1;
    gone++;
    i = -1; /* what it led to may stand before it */
  }
  if (gone < r->node_count) return invalid("the graph has a cycle");
  return entries == 1 ? OK : invalid("there is more than one entry");
}

static rep_error read_ir(run *r, slice ir) {
  slice version = json_get(ir, "version"), graph = json_get(ir, "graph");
  slice nodes = json_get(graph, "nodes"), edges = json_get(graph, "edges");
  size_t dots = 0, digits = 0;
  for (size_t i = 1; i + 1 < version.len; i++) {
    dots += version.at[i] == '.';
    digits += digit_value(version.at[i]) < 10;
  }
  if (dots != 2 || dots + digits + 2 != version.len) return invalid("version is not of the form x.y.z");
  if (!starts_with(version, "\"1.0.")) return refusal(1001, "this IR version is not supported; 1.0 is");
  if (json_type(nodes) != 'a' || json_type(edges) != 'a') return invalid("there is no graph of nodes and edges");
  rep_error error = read_nodes(r, nodes);
  if (error.code == 0) error = read_edges(r, edges);
  if (error.code == 0) error = check_graph(r);
  for (int i = 0; i < r->node_count && error.code == 0; i++) {
    if (r->nodes[i].kind == SWITCH) error = check_switch(r, &r->nodes[i]);
  }
  return error;
}

static run *run_find(slice id) {
  for (run *r = runs; r < runs + RUNS; r++) {
    if (r->status != FREE && same(id, slice_of(r->id))) return r;
  }
  return NULL;
}

rep_error run_start(slice id, slice ir, slice inputs) {
  run *r = NULL;
  if (run_find(id) != NULL) return OK;
  for (run *other = runs; other < runs + RUNS; other++) {
    if (other->status != RUNNING && (r == NULL || other->ended < r->ended)) r = other;
  }
  if (r == NULL) return (rep_error){3002, "as many runs as this executor takes are going on", "Busy", true};
  if (id.len >= ID_MAX || memchr(id.at, '\0', id.len) != NULL) return invalid("this run_id is too long or has a NUL");
  memset(r, 0, offsetof(run, text));
  memcpy(r->id, id.at, id.len);
  if (ir.at == NULL) return invalid("there is no ir");
  memcpy(r->text, ir.at, ir.len); /* both fit: they came in one frame */
  memcpy(r->text + ir.len, inputs.at, inputs.len);
  ir.at = r->text;
  r->inputs = (slice){r->text + ir.len, inputs.len};
  r->outputs = TEXT("{}");
  r->current = -1;
  rep_error error = read_ir(r, ir);
  if (error.code != 0) return error;
  long limit = json_int(json_get(json_get(ir, "flow"), "timeout_ms"), 0);
  r->ends_by = limit > 0 ? now_ms() + limit : 0;
  r->status = RUNNING;
  return OK;
}

/* Keeps a text for as long as the run is known; NONE if there is no room. */
static slice keep(run *r, slice text) {
  if (text.len > RESULTS_MAX - r->results_used) return NONE;
  char *at = memcpy(r->results + r->results_used, text.at, text.len);
  r->results_used += text.len;
  return (slice){at, text.len};
}

static slice result_of(const void *steps, slice name) {
  const run *r = steps;
  int i = r->node_count - 1;
  while (i >= 0 && !json_is(r->nodes[i].id, name)) i--;
  return i < 0 ? NONE : r->nodes[i].result;
}

/* An event of the current step; `last` is its last member, with `value` for %v. */
static void put_event(run *r, const char *state, const char *last, slice value) {
  const node *n = &r->nodes[r->current];
  out o = out_of(r->events + r->events_used, EVENTS_MAX - r->events_used);
  char stamp[40];
  struct timespec t;
  struct tm utc;
  clock_gettime(CLOCK_REALTIME, &t);
  strftime(stamp, 20, "%Y-%m-%dT%H:%M:%S", gmtime_r(&t.tv_sec, &utc));
  snprintf(stamp + 19, sizeof stamp - 19, ".%03dZ", (int)(t.tv_nsec / 1000000));
  putf(&o, "{\"type\":\"step\",\"timestamp\":\"%s\",\"step_id\":%v,", stamp, n->id);
  putf(&o, "\"kind\":\"%s\",\"state\":\"%s\",\"attempt\":%d,", kind_names[n->kind], state, n->attempt);
  if (strcmp(state, "started") != 0) putf(&o, "\"duration_ms\":%d,", (long)(now_ms() - r->attempt_at));
  putf(&o, last, value);
  put(&o, TEXT("}\n"));
  r->events_used += o.len;
}

void put_error(out *o, rep_error error, slice step, long attempt) {
  putf(o, "{\"code\":%d,\"message\":\"%s\",\"data\":{", (long)error.code, error.message);
  if (step.at != NULL) putf(o, "\"step_id\":%v,\"attempt\":%d,", step, attempt);
  putf(o, "\"retriable\":%s,\"details\":{", error.retriable ? "true" : "false");
  if (error.cause != NULL) putf(o, "\"cause\":\"%s\"", error.cause);
  put(o, TEXT("}}}"));
}

/* What the current step has as its result when it fails. */
static slice failed_result(const run *r, rep_error error) {
  static char buffer[1024];
  out o = out_of(buffer, sizeof buffer);
  put(&o, TEXT("{\"error\":"));
  put_error(&o, error, r->nodes[r->current].id, r->nodes[r->current].attempt);
  put_char(&o, '}');
  return WRITTEN(o);
}

static void end_run(run *r, run_status status) {
  static long count;
  r->status = status;
  r->ended = ++count;
}

typedef enum { SKIPPED, SUCCEEDED, FAILS } settled_as;

/* A node is done: its edges of that kind are taken, of a switch those of the case that it chose (NONE: it is none). */
static void leave(run *r, node *n, settled_as how, slice chosen) {
  slice target = json_get_key(json_get(n->arguments, "cases"), chosen);
  n->settled = true;
  for (int i = n->first_edge; i >= 0; i = r->edges[i].next) {
    const edge *e = &r->edges[i];
    node *to = &r->nodes[e->to];
    bool is_taken = how != SKIPPED && e->on_failure == (how == FAILS);
    if (chosen.at != NULL) is_taken &= e->case_.at != NULL ? json_is(e->case_, chosen) : same(to->id, target);
    to->wanted |= is_taken;
    to->unsettled--;
  }
}

/* The current node is done, and with it those that can never run. */
static void settle(run *r, settled_as how, slice chosen) {
  leave(r, &r->nodes[r->current], how, chosen);
  for (int i = 0; i < r->node_count; i++) {
    node *n = &r->nodes[i];
    if (n->settled || n->unsettled > 0 || n->wanted) continue;
    r->skipped++;
    leave(r, n, SKIPPED, NONE);
    i = -1; /* what waited for it may stand before it */
  }
  r->current = -1;
}

/* The current attempt failed. Where the run is over (`end` is not RUNNING) that is for good, and nobody handles it. */
static void failed(run *r, rep_error error, run_status end) {
  node *n = &r->nodes[r->current];
  bool is_over = end != RUNNING, has_begun = !is_over || r->sleeps, is_handled = false;
  bool again = !is_over && error.retriable && n->attempt <= n->max_retries;
  slice result = failed_result(r, error);
  const char *last = again ? "\"error\":%v,\"will_retry\":true" : "\"error\":%v,\"will_retry\":false";
  if (has_begun) put_event(r, "failed", last, json_get(result, "error"));
  if (again) {
    r->wake_at = now_ms() + n->backoff_ms;
    return;
  }
  for (int e = n->first_edge; e >= 0; e = r->edges[e].next) is_handled |= r->edges[e].on_failure && !is_over;
  result = keep(r, result);
  if (n->kind > FINISH) n->result = result;
  r->failed++;
  settle(r, is_over ? SKIPPED : FAILS, NONE);
  if (is_handled) return;
  r->error = end == CANCELLED ? NONE : json_get(result, "error");
  end_run(r, is_over ? end : FAILED);
}

static void succeeded(run *r, slice result, slice chosen) {
  node *n = &r->nodes[r->current];
  put_event(r, "succeeded", "\"result\":%v", result);
  r->completed++;
  if (n->kind == EMIT) r->outputs = result;
  if (n->kind > FINISH) n->result = result;
  settle(r, SUCCEEDED, chosen);
}

/* What a switch goes by, and the case that it chooses; NONE: there is none for it. */
static slice choose(const run *r, const node *n, const scope *in, out *args) {
  static char buffer[VALUE_MAX];
  out text = out_of(buffer, sizeof buffer);
  slice cases = json_get(n->arguments, "cases"), fallback = json_get(n->arguments, "default");
  slice key = look_up(skip(json_decode(&text, json_get(n->arguments, "key_from")), 2), in), chosen; /* behind `$.` */
  bool is_long = key.len > 15 && json_type(key) == 'n' && strcspn(key.at, ".eE,]} \t\r\n") >= key.len;
  putf(args, "{\"key\":%v}", key);
  text.len = 0;
  if (json_type(key) == 's') json_decode(&text, key);
  else if (is_long) put(&text, key); /* an integer that a double may not hold */
  else put_canonical(&text, key, 0);
  chosen = WRITTEN(text);
  if (strchr("ao0", json_type(key)) == NULL && json_get_key(cases, chosen).at != NULL) return chosen;
  if (json_type(fallback) != 's') return NONE;
  text.len = 0;
  chosen = json_decode(&text, fallback);
  if (json_get_key(cases, chosen).at != NULL) return chosen;
  int e = n->first_edge;
  while (e >= 0 && !json_is(r->edges[e].case_, chosen)) e = r->edges[e].next;
  return e < 0 ? NONE : chosen;
}

/* Writes the result of a step that works on the outside world: here it only pretends to. */
static rep_error perform(run *r, const node *n, slice args, out *result) {
  slice key, node_id, node_ids = json_get(args, "node_ids"), endpoint = or_null(json_get(args, "endpoint"));
  long ms = json_int(json_get(args, "ms"), 0);
  if (n->kind == ECHO) {
    put(result, args);
  } else if (n->kind == FAIL) {
    bool again = json_type(json_get(args, "retriable")) != 'f';
    if (n->attempt <= json_int(json_get(args, "times"), 1)) return (rep_error){2001, "failed as asked", NULL, again};
    putf(result, "{\"attempts\":%d}", n->attempt);
  } else if (n->kind == SLEEP) {
    r->sleeps = true;
    r->times_out = n->timeout_ms > 0 && ms > n->timeout_ms;
    r->wake_at = r->attempt_at + (r->times_out ? n->timeout_ms : ms);
    putf(result, "{\"slept_ms\":%d}", ms);
  } else if (n->kind == WRITE) {
    putf(result, "{\"endpoint\":%v,\"node_id\":%v,", endpoint, or_null(json_get(args, "node_id")));
    putf(result, "\"value\":%v,\"status\":\"ok\"}", or_null(json_get(args, "value")));
  } else {
    if (json_type(node_ids) != 'a') return (rep_error){2001, "node_ids is not a list", "Args", false};
    putf(result, "{\"endpoint\":%v,\"values\":{", endpoint);
    for (const char *cursor = NULL, *comma = ""; json_next(node_ids, &cursor, &key, &node_id); comma = ",") {
      char text[1024];
      out canonical = out_of(text, sizeof text);
      put_canonical(&canonical, node_id, 0);
      putf(result, json_type(node_id) == 's' ? "%s%v:80" : "%s%q:80", comma, WRITTEN(canonical));
      result->full = result->full || canonical.full;
    }
    put(result, TEXT("}}"));
  }
  return OK;
}

static void start_attempt(run *r) {
  static char args_text[VALUE_MAX], result_text[VALUE_MAX];
  out args = out_of(args_text, sizeof args_text), result = out_of(result_text, sizeof result_text);
  node *n = &r->nodes[r->current];
  const scope in = {r->inputs, result_of, r};
  slice chosen = NONE, kept = NONE;
  rep_error error = OK;
  n->attempt++;
  r->attempts++;
  r->attempt_at = now_ms();
  if (n->kind == SWITCH) chosen = choose(r, n, &in, &args);
  else if (n->kind == FINISH) put(&args, TEXT("{}"));
  else put_resolved(&args, n->arguments, &in);
  put_event(r, "started", "\"args\":%v", args.full ? TEXT("{}") : WRITTEN(args));
  if (n->kind > FINISH && !args.full) error = perform(r, n, WRITTEN(args), &result);
  else if (n->kind != SWITCH) put(&result, WRITTEN(args));
  else if (chosen.at != NULL) putf(&result, "{\"case\":%q}", chosen);
  else error = (rep_error){2001, "the switch has no case for this", "Switch", false};
  bool is_large = args.full || result.full || (error.code == 0 && (kept = keep(r, WRITTEN(result))).at == NULL);
  if (is_large) error = (rep_error){2001, "a value is too large for this executor", "Memory", false};
  r->sleeps = r->sleeps && !is_large;
  if (error.code != 0) failed(r, error, RUNNING);
  else if (r->sleeps) r->slept = kept;
  else succeeded(r, kept, chosen);
}

/* Begins an attempt, or ends one that slept. */
static void step(run *r) {
  bool slept = r->sleeps;
  r->wake_at = 0;
  r->sleeps = false;
  if (!slept) start_attempt(r);
  else if (!r->times_out) succeeded(r, r->slept, NONE);
  else failed(r, (rep_error){2001, "no result within the time limit", "Timeout", true}, RUNNING);
}

/* The first node in their order that waits for nothing; -1: there is none. */
static int next_ready(const run *r) {
  int i = 0;
  while (i < r->node_count && (r->nodes[i].settled || r->nodes[i].unsettled > 0)) i++;
  return i < r->node_count ? i : -1;
}

/* Goes on until the run has to wait. Returns until when, 0 if it is over. */
static long long run_advance(run *r) {
  while (r->status == RUNNING) {
    long long now = now_ms(), due = r->sleeps || r->wake_at > now ? r->wake_at : now;
    /* The events of a step have to fit; the host makes room. */
    if (EVENTS_MAX - r->events_used < 2 * (VALUE_MAX + 1024)) return now + 1000;
    if (r->current < 0) r->current = next_ready(r);
    bool is_late = r->ends_by != 0 && r->ends_by < due;
    if (is_late) due = r->ends_by;
    if (r->current < 0) end_run(r, COMPLETED);
    else if (now < due) return due;
    else if (!is_late) step(r);
    else failed(r, (rep_error){2001, "the flow took longer than it may", "FlowTimeout", false}, FAILED);
  }
  return 0;
}

long long runs_advance(void) {
  long long next = 0;
  for (run *r = runs; r < runs + RUNS; r++) {
    long long moment = run_advance(r);
    if (moment != 0 && (next == 0 || moment < next)) next = moment;
  }
  return next;
}

bool run_cancel(slice id) {
  run *r = run_find(id);
  if (r == NULL || r->status != RUNNING) return r != NULL;
  if (r->current < 0) end_run(r, CANCELLED); /* before its first step */
  else failed(r, (rep_error){2001, "the run was cancelled", "Cancelled", false}, CANCELLED);
  return true;
}

/* The length of an event with its LF. */
static size_t event_length(const run *r, size_t at) {
  const char *event = r->events + at, *end = memchr(event, '\n', r->events_used - at);
  return (size_t)(end - event) + 1;
}

static void forget_events(run *r, size_t length, long count) {
  memmove(r->events, r->events + length, r->events_used - length);
  r->events_used -= length;
  r->acknowledged += count;
}

rep_error run_poll(slice id, long after, out *o) {
  static const char *const names[] = {"", "running", "completed", "failed", "cancelled"};
  run *r = run_find(id);
  if (r == NULL) return (rep_error){-32602, "there is no such run", "UnknownRun", false};
  while (after > r->acknowledged && r->events_used > 0) forget_events(r, event_length(r, 0), 1);
  bool is_over = r->status != RUNNING;
  size_t room = o->cap - o->len - 1024 - (is_over ? r->outputs.len + r->error.len : 0), length = 0;
  long count = 0;
  for (size_t next; length < r->events_used; length += next, count++) {
    next = event_length(r, length);
    if (length + next > room) break;
  }
  /* Where not all events fit, the run has not ended for this host yet. */
  is_over = is_over && length == r->events_used;
  putf(o, "{\"status\":\"%s\",\"events\":[", names[is_over ? r->status : RUNNING]);
  for (size_t i = 0; i + 1 < length; i++) put_char(o, r->events[i] == '\n' ? ',' : r->events[i]);
  putf(o, "],\"summary\":{\"completed_steps\":%d,\"failed_steps\":%d,", r->completed, r->failed);
  putf(o, "\"skipped_steps\":%d,\"attempts\":%d}", r->skipped, r->attempts);
  if (is_over) putf(o, ",\"outputs\":%v", r->outputs);
  if (is_over && r->error.at != NULL) putf(o, ",\"error\":%v", r->error);
  put_char(o, '}');
  if (after < 0) forget_events(r, length, count);
  return OK;
}

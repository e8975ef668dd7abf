#define _POSIX_C_SOURCE 200809L
#include "executor.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

typedef enum { FREE, RUNNING, COMPLETED, FAILED, CANCELLED } run_status;

typedef struct {
  slice id, kind, arguments, result;
  long timeout_ms, max_retries, backoff_ms, attempt;
  int first_edge, unsettled; /* edges that leave it are a list; predecessors that are not settled */
  bool wanted, settled;
} node;

typedef struct {
  int to, next;
  bool on_failure;
  slice case_; /* NONE: it has none */
} edge;

typedef struct {
  char id[ID_MAX];
  run_status status;
  slice inputs, outputs, error, slept;
  int node_count, edge_count, current; /* the node whose attempt sleeps or is to be repeated; -1: none */
  bool sleeps, times_out;              /* it sleeps, else pauses before another attempt; the sleep ends with a timeout */
  long long wake_at, attempt_at, ends_by;           /* monotonic ms; 0: never */
  long completed, failed, skipped, attempts, ended; /* ended: which of all runs it was to end */
  long acknowledged;
  size_t results_used, events_used;
  char text[FRAME_MAX]; /* ir and inputs, to which slices point */
  node nodes[MAX_NODES];
  edge edges[MAX_EDGES];
  char results[RESULTS_MAX], events[EVENTS_MAX]; /* each event has a comma behind it */
} run;

static run runs[RUNS];
bool has_check_kinds;
static const rep_error OK = {0, NULL, NULL};

long long now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_kind(const node *n, const char *kind) { return json_is(n->kind, slice_of(kind)); }

static bool is_control(const node *n) { return is_kind(n, "switch") || is_kind(n, "dsl.emit") || is_kind(n, "finish"); }

static bool is_known(const node *n) {
  bool is_check = is_kind(n, "check.echo") || is_kind(n, "check.fail") || is_kind(n, "check.sleep");
  return is_control(n) || is_kind(n, "opcua.read") || is_kind(n, "opcua.write") || (has_check_kinds && is_check);
}

static int node_of(const run *r, slice id) {
  int i = json_type(id) == 's' ? r->node_count - 1 : -1;
  while (i >= 0 && !same(r->nodes[i].id, id)) i--;
  return i;
}

static rep_error invalid(const char *message) { return (rep_error){1003, message, NULL}; }

static rep_error read_nodes(run *r, slice nodes) {
  slice key, value;
  for (const char *cursor = NULL; json_next(nodes, &cursor, &key, &value); r->node_count++) {
    if (r->node_count == MAX_NODES) return invalid("there are more nodes than this executor takes");
    slice retry = json_get(value, "retry"), with = json_get(value, "with");
    node *n = &r->nodes[r->node_count];
    *n = (node){.id = json_get(value, "id"), .kind = json_get(value, "type"), .first_edge = -1};
    n->arguments = with.at == NULL ? TEXT("{}") : with;
    n->timeout_ms = json_int(json_get(value, "timeout_ms"), 0);
    n->max_retries = json_int(json_get(retry, "max"), 0);
    n->backoff_ms = json_int(json_get(retry, "backoff_ms"), 0);
    if (json_type(n->id) != 's' || json_type(n->kind) != 's') return invalid("a node lacks id or type");
    if (n->id.len > ID_MAX) return invalid("a node id is too long");
    if (json_type(n->arguments) != 'o') return invalid("with of a node is not an object");
    if (node_of(r, n->id) >= 0) return invalid("a node id is there twice");
    if (!is_known(n)) return (rep_error){1002, "a step kind of this flow is not supported", NULL};
  }
  return r->node_count > 0 ? OK : invalid("there are no nodes");
}

static rep_error read_edges(run *r, slice edges) {
  slice key, value;
  for (const char *cursor = NULL; json_next(edges, &cursor, &key, &value);) {
    if (r->edge_count == MAX_EDGES) return invalid("there are more edges than this executor takes");
    int from = node_of(r, json_get(value, "from")), to = node_of(r, json_get(value, "to"));
    if (from < 0 || to < 0) return invalid("an edge leads to or from a node that is not there");
    bool on_failure = json_is(json_get(value, "on"), TEXT("failure"));
    r->edges[r->edge_count] = (edge){to, r->nodes[from].first_edge, on_failure, json_get(value, "case")};
    r->nodes[from].first_edge = r->edge_count++;
    r->nodes[to].unsettled++;
  }
  return OK;
}

static rep_error check_switch(const run *r, const node *n) {
  slice key, target, cases = json_get(n->arguments, "cases"), key_from = json_get(n->arguments, "key_from");
  if (json_type(key_from) != 's' || key_from.len < 4) return invalid("a switch lacks key_from");
  if (json_type(cases) != 'o') return invalid("a switch lacks cases");
  for (const char *cursor = NULL; json_next(cases, &cursor, &key, &target);) {
    int e = n->first_edge, to = node_of(r, target);
    while (e >= 0 && r->edges[e].to != to) e = r->edges[e].next;
    if (e < 0) return invalid("a switch has a case without an edge to its node");
  }
  return OK;
}

/* Acyclic, with one entry: nodes are taken away whose predecessors are gone. */
static rep_error check_graph(run *r) {
  static int left[MAX_NODES], stack[MAX_NODES];
  int top = 0, seen = 0;
  for (int i = 0; i < r->node_count; i++) {
    left[i] = r->nodes[i].unsettled;
    if (left[i] == 0) stack[top++] = i;
  }
  if (top > 1) return invalid("there is more than one entry");
  if (top == 1) r->nodes[stack[0]].wanted = true;
  for (; top > 0; seen++) {
    for (int e = r->nodes[stack[--top]].first_edge; e >= 0; e = r->edges[e].next) {
      if (--left[r->edges[e].to] == 0) stack[top++] = r->edges[e].to;
    }
  }
  return seen == r->node_count ? OK : invalid("the graph has a cycle");
}

static rep_error read_ir(run *r, slice ir) {
  slice version = json_get(ir, "version"), graph = json_get(ir, "graph");
  slice nodes = json_get(graph, "nodes"), edges = json_get(graph, "edges");
  int major = -1, minor = -1, end = 0;
  if (json_type(version) == 's') sscanf(version.at, "\"%d.%d.%*d\"%n", &major, &minor, &end);
  if (end == 0 || (size_t)end != version.len) return invalid("version is not of the form x.y.z");
  if (major != 1 || minor != 0) return (rep_error){1001, "this IR version is not supported; 1.0 is", NULL};
  if (json_type(nodes) != 'a' || json_type(edges) != 'a') return invalid("there is no graph of nodes and edges");
  rep_error error = read_nodes(r, nodes);
  if (error.code == 0) error = read_edges(r, edges);
  if (error.code == 0) error = check_graph(r);
  for (int i = 0; i < r->node_count && error.code == 0; i++) {
    if (is_kind(&r->nodes[i], "switch")) error = check_switch(r, &r->nodes[i]);
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
  if (r == NULL) return (rep_error){3002, "as many runs as this executor takes are going on", "Busy"};
  if (id.len >= ID_MAX || memchr(id.at, '\0', id.len) != NULL) return invalid("this run_id is too long or has a NUL");
  memset(r, 0, offsetof(run, text));
  memcpy(r->id, id.at, id.len);
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
  for (int i = 0; i < r->node_count; i++) {
    if (json_is(r->nodes[i].id, name)) return r->nodes[i].result;
  }
  return NONE;
}

/* An event of the current step; `name` is that of its last member: args, result or error. */
static void put_event(run *r, const char *state, const char *name, slice value, const char *rest) {
  const node *n = &r->nodes[r->current];
  out o = out_of(r->events + r->events_used, EVENTS_MAX - r->events_used);
  char stamp[24];
  struct timespec t;
  struct tm utc;
  clock_gettime(CLOCK_REALTIME, &t);
  gmtime_r(&t.tv_sec, &utc);
  strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
  long ms = t.tv_nsec / 1000000;
  putf(&o, "{\"type\":\"step\",\"timestamp\":\"%s.%d%d%dZ\",", stamp, ms / 100, ms / 10 % 10, ms % 10);
  putf(&o, "\"step_id\":%v,\"kind\":%v,\"state\":\"%s\",\"attempt\":%d,", n->id, n->kind, state, n->attempt);
  if (strcmp(name, "args") != 0) putf(&o, "\"duration_ms\":%d,", (long)(now_ms() - r->attempt_at));
  putf(&o, "\"%s\":%v%s},", name, value, rest);
  r->events_used += o.len;
}

static void end_run(run *r, run_status status) {
  static long count;
  r->status = status;
  r->current = -1;
  r->wake_at = 0;
  r->ended = ++count;
}

/* The JSON of an error, of the current step if there is one. It stands within `{"error":…}`, which is a step's result. */
static slice error_of(run *r, rep_error error, bool retriable) {
  static char buffer[1024];
  out o = out_of(buffer, sizeof buffer);
  putf(&o, "{\"error\":{\"code\":%d,\"message\":\"%s\",\"data\":{", (long)error.code, error.message);
  if (r->current >= 0) putf(&o, "\"step_id\":%v,", r->nodes[r->current].id);
  if (r->current >= 0) putf(&o, "\"attempt\":%d,", r->nodes[r->current].attempt);
  putf(&o, "\"retriable\":%s,\"details\":{", retriable ? "true" : "false");
  if (error.cause != NULL) putf(&o, "\"cause\":\"%s\"", error.cause);
  put(&o, TEXT("}}}}"));
  return (slice){o.at + 9, o.len - 10};
}

typedef enum { SKIPPED, SUCCEEDED, FAILS } settled_as;

/* A node is done: its edges of that kind are taken, of a switch those of the case that it chose (NONE: it is no switch). */
static void settle(run *r, node *n, settled_as how, slice chosen) {
  slice target = json_get_key(json_get(n->arguments, "cases"), chosen);
  n->settled = true;
  r->current = -1;
  for (int i = n->first_edge; i >= 0; i = r->edges[i].next) {
    const edge *e = &r->edges[i];
    node *to = &r->nodes[e->to];
    bool is_taken = how != SKIPPED && e->on_failure == (how == FAILS);
    if (chosen.at != NULL) is_taken = is_taken && (e->case_.at != NULL ? json_is(e->case_, chosen) : same(to->id, target));
    to->wanted = to->wanted || is_taken;
    to->unsettled--;
  }
}

static void attempt_failed(run *r, rep_error error, bool retriable) {
  node *n = &r->nodes[r->current];
  bool again = retriable && n->attempt <= n->max_retries;
  slice json = error_of(r, error, retriable);
  put_event(r, "failed", "error", json, again ? ",\"will_retry\":true" : ",\"will_retry\":false");
  if (again) {
    r->wake_at = now_ms() + n->backoff_ms;
    return;
  }
  int e = n->first_edge;
  while (e >= 0 && !r->edges[e].on_failure) e = r->edges[e].next;
  r->failed++;
  slice whole = keep(r, (slice){json.at - 9, json.len + 10}); /* with what stands around it */
  if (!is_control(n)) n->result = whole;
  if (e >= 0) {
    settle(r, n, FAILS, NONE);
  } else {
    r->error = whole.at == NULL ? NONE : (slice){whole.at + 9, json.len};
    end_run(r, FAILED);
  }
}

static void succeeded(run *r, slice result, slice chosen) {
  node *n = &r->nodes[r->current];
  put_event(r, "succeeded", "result", result, "");
  r->completed++;
  if (is_kind(n, "dsl.emit")) r->outputs = result;
  if (!is_control(n)) n->result = result;
  settle(r, n, SUCCEEDED, chosen);
}

/* What a switch goes by, and the case that it chooses; NONE: there is none for it. */
static slice choose(const run *r, const node *n, const scope *in, out *args) {
  static char buffer[VALUE_MAX];
  out text = out_of(buffer, sizeof buffer);
  slice cases = json_get(n->arguments, "cases"), fallback = json_get(n->arguments, "default");
  slice key = look_up(skip(json_decode(&text, json_get(n->arguments, "key_from")), 2), in), chosen; /* behind `$.` */
  putf(args, "{\"key\":%v}", key);
  text.len = 0;
  if (json_type(key) == 's') json_decode(&text, key);
  else put_canonical(&text, key, 0);
  chosen = WRITTEN(text);
  if (strchr("ao0", json_type(key)) == NULL && json_get_key(cases, chosen).at != NULL) return chosen;
  if (json_type(fallback) != 's') return NONE;
  text.len = 0;
  chosen = json_decode(&text, fallback);
  if (json_get_key(cases, chosen).at != NULL) return chosen;
  for (int e = n->first_edge; e >= 0; e = r->edges[e].next) {
    if (json_is(r->edges[e].case_, chosen)) return chosen;
  }
  return NONE;
}

static slice or_null(slice value) { return value.at == NULL ? TEXT("null") : value; }

/* Writes the result of a step that works on the outside world: here it only pretends to. */
static rep_error perform(run *r, const node *n, slice args, out *result) {
  slice key, node_id, node_ids = json_get(args, "node_ids"), endpoint = or_null(json_get(args, "endpoint"));
  if (is_kind(n, "check.echo")) {
    put(result, args);
  } else if (is_kind(n, "check.fail")) {
    if (n->attempt <= json_int(json_get(args, "times"), 1)) return (rep_error){2001, "failed as asked", NULL};
    putf(result, "{\"attempts\":%d}", n->attempt);
  } else if (is_kind(n, "check.sleep")) {
    long ms = json_int(json_get(args, "ms"), 0);
    r->sleeps = true;
    r->times_out = n->timeout_ms > 0 && ms > n->timeout_ms;
    r->wake_at = r->attempt_at + (r->times_out ? n->timeout_ms : ms);
    putf(result, "{\"slept_ms\":%d}", ms);
  } else if (is_kind(n, "opcua.write")) {
    putf(result, "{\"endpoint\":%v,\"node_id\":%v,", endpoint, or_null(json_get(args, "node_id")));
    putf(result, "\"value\":%v,\"status\":\"ok\"}", or_null(json_get(args, "value")));
  } else {
    if (json_type(node_ids) != 'a') return (rep_error){2001, "node_ids is not a list", "Args"};
    putf(result, "{\"endpoint\":%v,\"values\":{", endpoint);
    for (const char *cursor = NULL, *comma = ""; json_next(node_ids, &cursor, &key, &node_id); comma = ",") {
      char text[1024];
      out canonical = out_of(text, sizeof text);
      put_canonical(&canonical, node_id, 0);
      putf(result, json_type(node_id) == 's' ? "%s%v:80" : "%s%q:80", comma, WRITTEN(canonical));
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
  slice chosen = NONE;
  n->attempt++;
  n->result = NONE;
  r->attempts++;
  r->attempt_at = now_ms();
  if (is_kind(n, "switch")) chosen = choose(r, n, &in, &args);
  else if (is_kind(n, "finish")) put(&args, TEXT("{}"));
  else put_resolved(&args, n->arguments, &in);
  put_event(r, "started", "args", args.full ? TEXT("{}") : WRITTEN(args), "");
  rep_error error = OK;
  if (!is_control(n) && !args.full) error = perform(r, n, WRITTEN(args), &result);
  else if (chosen.at != NULL) putf(&result, "{\"case\":%q}", chosen);
  else if (is_kind(n, "switch")) error = (rep_error){2001, "the switch has no case for this", "NoCase"};
  else put(&result, WRITTEN(args));
  slice kept = error.code == 0 ? keep(r, WRITTEN(result)) : TEXT("");
  if (args.full || result.full || kept.at == NULL) {
    error = (rep_error){2001, "a value is too large for this executor", "Memory"};
    r->sleeps = false;
  }
  bool retriable = error.cause == NULL && json_type(json_get(WRITTEN(args), "retriable")) != 'f';
  if (error.code != 0) attempt_failed(r, error, retriable);
  else if (r->sleeps) r->slept = kept;
  else succeeded(r, kept, chosen);
}

/* A sleep or a pause is over. */
static void wake(run *r) {
  bool slept = r->sleeps;
  r->wake_at = 0;
  r->sleeps = false;
  if (!slept) start_attempt(r);
  else if (r->times_out) attempt_failed(r, (rep_error){2001, "no result within the time limit", "Timeout"}, true);
  else succeeded(r, r->slept, NONE);
}

static void flow_timed_out(run *r) {
  const rep_error error = {2001, "the flow took longer than its time limit", "FlowTimeout"};
  slice json = error_of(r, error, false);
  if (r->sleeps) put_event(r, "failed", "error", json, ",\"will_retry\":false");
  r->failed += r->sleeps;
  r->error = keep(r, json);
  end_run(r, FAILED);
}

/* The first node in their order that waits for nothing; -1: there is none. */
static int next_ready(const run *r) {
  int i = 0;
  while (i < r->node_count && (r->nodes[i].settled || r->nodes[i].unsettled > 0)) i++;
  return i < r->node_count ? i : -1;
}

static long long run_advance(run *r) {
  while (r->status == RUNNING) {
    long long now = now_ms();
    /* The events of a step have to fit; the host makes room. */
    if (EVENTS_MAX - r->events_used < 2 * (VALUE_MAX + 1024)) return now + 1000;
    if (r->ends_by != 0 && now >= r->ends_by && (r->wake_at == 0 || r->wake_at > r->ends_by)) {
      flow_timed_out(r);
    } else if (r->wake_at > now) {
      return r->ends_by != 0 && r->ends_by < r->wake_at ? r->ends_by : r->wake_at;
    } else if (r->wake_at != 0) {
      wake(r);
    } else if ((r->current = next_ready(r)) < 0) {
      end_run(r, COMPLETED);
    } else if (r->nodes[r->current].wanted) {
      start_attempt(r);
    } else {
      r->skipped++;
      settle(r, &r->nodes[r->current], SKIPPED, NONE);
    }
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
  if (r != NULL && r->status == RUNNING) end_run(r, CANCELLED);
  return r != NULL;
}

/* The length of an event with its comma. */
static size_t event_length(const run *r, size_t at) {
  slice key, event;
  const char *cursor = r->events + at;
  json_next(TEXT("["), &cursor, &key, &event);
  return event.len + 1;
}

static void forget_events(run *r, size_t length, long count) {
  memmove(r->events, r->events + length, r->events_used - length);
  r->events_used -= length;
  r->acknowledged += count;
}

rep_error run_poll(slice id, long after, out *o) {
  static const char *names[] = {"", "running", "completed", "failed", "cancelled"};
  run *r = run_find(id);
  if (r == NULL) return (rep_error){-32602, "there is no such run", "UnknownRun"};
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
  slice events = {r->events, length == 0 ? 0 : length - 1};
  putf(o, "{\"status\":\"%s\",\"events\":[%v],", names[is_over ? r->status : RUNNING], events);
  putf(o, "\"summary\":{\"completed_steps\":%d,\"failed_steps\":%d,", r->completed, r->failed);
  putf(o, "\"skipped_steps\":%d,\"attempts\":%d}", r->skipped, r->attempts);
  if (is_over) putf(o, ",\"outputs\":%v", r->outputs);
  if (is_over && r->error.at != NULL) putf(o, ",\"error\":%v", r->error);
  put_char(o, '}');
  if (after < 0) forget_events(r, length, count);
  return OK;
}

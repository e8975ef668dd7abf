/*
 * A reference executor in C99: REP v0.1 on stdin and stdout, static memory, no malloc.
 *
 *   cc -std=c99 -O2 -o executor *.c -lm
 *
 * One loop does everything: it waits for a request or for the next moment at which a run can go on. Step kinds: opcua.read,
 * opcua.write, and with PLUMB_CHECK=1 check.echo, check.fail, check.sleep; to make it yours, see `perform` in run.c.
 * With --crc every line has the CRC-16 of the serial transport, both ways.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "executor.h"

static bool has_crc;
static long boot_id, minted;

static unsigned crc16(slice text) {
  unsigned crc = 0;
  for (size_t i = 0; i < text.len; i++) {
    crc ^= (unsigned)(unsigned char)text.at[i] << 8;
    for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
  }
  return crc;
}

static void write_line(out *o) {
  char end[8];
  snprintf(end, sizeof end, has_crc ? "\t%04X\n" : "\n", crc16(WRITTEN(*o)));
  o->cap += 8; /* kept free for this */
  put(o, slice_of(end));
  for (size_t done = 0; done < o->len;) {
    ssize_t n = write(1, o->at + done, o->len - done);
    if (n < 0 && errno != EINTR) exit(0);
    if (n > 0) done += (size_t)n;
  }
}

static void capabilities(out *o) {
  putf(o, "{\"name\":\"plumb-reference-c\",\"version\":\"0.1.0\",\"language\":\"c\",\"protocol\":\"0.1\",");
  putf(o, "\"step_kinds\":[\"opcua.read\",\"opcua.write\"%s],",
       has_check_kinds ? ",\"check.echo\",\"check.fail\",\"check.sleep\"" : "");
  putf(o, "\"limits\":{\"concurrency\":%d,\"max_frame_bytes\":%d},", (long)RUNS, (long)FRAME_MAX);
  putf(o, "\"features\":[\"poll_after\"],\"boot_id\":%d}", boot_id);
}

static rep_error start_run(slice params, slice id, out *o) {
  char fresh[32];
  slice inputs = json_get(params, "inputs");
  if (inputs.at == NULL) inputs = TEXT("{}");
  if (json_type(inputs) != 'o') return (rep_error){-32602, "inputs is not an object", NULL};
  if (id.at == NULL) {
    snprintf(fresh, sizeof fresh, "run-%08lx%08lx", (unsigned long)boot_id & 0xFFFFFFFF, (unsigned long)++minted);
    id = slice_of(fresh);
  }
  putf(o, "{\"run_id\":%q}", id);
  return run_start(id, json_get(params, "ir"), inputs);
}

/* Writes the result of a request, or returns an error. */
static rep_error answer(slice method, slice params, out *o) {
  static char id_text[FRAME_MAX];
  const rep_error ok = {0, NULL, NULL};
  bool starts = json_is(method, TEXT("Runtime.StartRun")), polls = json_is(method, TEXT("Runtime.Poll"));
  slice raw_id = json_get(starts ? json_get(params, "options") : params, "run_id"), id = NONE;
  out decoded = out_of(id_text, sizeof id_text);
  if (json_type(raw_id) == 's') id = json_decode(&decoded, raw_id);
  if (params.at != NULL && json_type(params) != 'o') return (rep_error){-32602, "params is not an object", NULL};
  if (json_is(method, TEXT("Runtime.Capabilities"))) return capabilities(o), ok;
  if (json_is(method, TEXT("Runtime.Health"))) return put(o, TEXT("{\"ok\":true}")), ok;
  bool cancels = json_is(method, TEXT("Runtime.Cancel")), lacks_id = raw_id.at == NULL || json_type(raw_id) == '0';
  if (!starts && !polls && !cancels) return (rep_error){-32601, "there is no such method", NULL};
  if (id.at == NULL && !(starts && lacks_id)) return (rep_error){-32602, "run_id is not a string", NULL};
  if (starts) return start_run(params, id, o);
  if (polls) return run_poll(id, json_int(json_get(params, "after"), -1), o);
  return putf(o, "{\"ok\":%s}", run_cancel(id) ? "true" : "false"), ok;
}

static void reply(slice id, rep_error error, slice result) {
  static char buffer[FRAME_MAX];
  out o = out_of(buffer, sizeof buffer - 8);
  putf(&o, "{\"jsonrpc\":\"2.0\",\"id\":%v,", id.at == NULL ? TEXT("null") : id);
  if (error.code == 0) {
    putf(&o, "\"result\":%v}", result);
  } else {
    putf(&o, "\"error\":{\"code\":%d,\"message\":\"%s\"", (long)error.code, error.message);
    if (error.cause != NULL) putf(&o, ",\"data\":{\"retriable\":true,\"details\":{\"cause\":\"%s\"}}", error.cause);
    put(&o, TEXT("}}"));
  }
  write_line(&o);
}

static void take_line(slice line) {
  static char buffer[FRAME_MAX];
  if (has_crc) {
    char expected[8];
    snprintf(expected, sizeof expected, "\t%04X", line.len < 5 ? 0 : crc16((slice){line.at, line.len - 5}));
    if (line.len < 5 || memcmp(line.at + line.len - 5, expected, 5) != 0) return; /* noise */
    line.len -= 5;
  }
  line = trimmed(line);
  if (line.len == 0) return;
  if (!json_check(line)) {
    reply(NONE, (rep_error){-32700, "this is not JSON, or it is nested too deep", NULL}, NONE);
    return;
  }
  slice method = json_get(line, "method"), id = json_get(line, "id");
  out result = out_of(buffer, sizeof buffer - 512 - id.len % 256);
  if (json_type(method) != 's' || id.len > 256) {
    reply(NONE, (rep_error){-32600, "this is not a request", NULL}, NONE);
  } else if (id.at != NULL) {
    rep_error error = answer(method, json_get(line, "params"), &result);
    reply(id, error, WRITTEN(result));
  }
}

int main(int argc, char **argv) {
  static char line[FRAME_MAX + 1], chunk[16384];
  size_t length = 0;
  const char *check = getenv("PLUMB_CHECK");
  has_check_kinds = check != NULL && strcmp(check, "1") == 0;
  has_crc = argc > 1 && strcmp(argv[1], "--crc") == 0;
  boot_id = (long)getpid() * 1000 + (long)(now_ms() % 1000);
  for (;;) {
    struct pollfd in = {0, POLLIN, 0};
    long long next = runs_advance(), wait = next == 0 ? -1 : next - now_ms();
    if (poll(&in, 1, next != 0 && wait < 0 ? 0 : wait > 1000000 ? 1000000 : (int)wait) <= 0) continue;
    ssize_t n = read(0, chunk, sizeof chunk);
    if (n <= 0) return 0;
    /* A request is answered before any run goes on, so StartRun answers before the first step. */
    for (ssize_t i = 0; i < n; i++) {
      if (chunk[i] != '\n') {
        if (length <= FRAME_MAX) line[length++] = chunk[i]; /* of a line that is too long no more than shows it */
        continue;
      }
      if (length > FRAME_MAX) reply(NONE, (rep_error){-32600, "this line is longer than max_frame_bytes", NULL}, NONE);
      else take_line((slice){line, length});
      length = 0;
    }
  }
}

/*
 * A reference executor in C99: REP v0.1 on stdin and stdout, static memory, no malloc.
 *
 *   cc -std=c99 -O2 -o executor *.c -lm
 *
 * One loop does everything: it waits for a request or for the next moment at which a run can go on. To make it yours,
 * add to the kinds in run.c and to `perform`. With --crc every line has the CRC-16 of the serial transport, both ways.
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

static void capabilities(out *o) {
  putf(o, "{\"name\":\"plumb-reference-c\",\"version\":\"0.1.0\",\"language\":\"c\",\"protocol\":\"0.1\",");
  putf(o, "\"step_kinds\":[\"opcua.read\",\"opcua.write\",\"check.echo\",\"check.fail\",\"check.sleep\"],");
  putf(o, "\"limits\":{\"concurrency\":%d,\"max_frame_bytes\":%d},", (long)RUNS, (long)FRAME_MAX);
  putf(o, "\"features\":[\"poll_after\"],\"boot_id\":%d}", boot_id);
}

/* Writes the result of a request, or returns an error. */
static rep_error answer(slice method, slice params, out *o) {
  static char id_text[FRAME_MAX];
  const rep_error ok = {0, NULL, NULL, false};
  bool starts = json_is(method, TEXT("Runtime.StartRun")), polls = json_is(method, TEXT("Runtime.Poll"));
  slice raw_id = json_get(starts ? json_get(params, "options") : params, "run_id"), inputs = json_get(params, "inputs");
  out id = out_of(id_text, sizeof id_text);
  if (json_type(raw_id) == 's') json_decode(&id, raw_id);
  if (params.at != NULL && json_type(params) != 'o') return refusal(-32602, "params is not an object");
  if (json_is(method, TEXT("Runtime.Capabilities"))) return capabilities(o), ok;
  if (json_is(method, TEXT("Runtime.Health"))) return put(o, TEXT("{\"ok\":true}")), ok;
  if (!starts && !polls && !json_is(method, TEXT("Runtime.Cancel"))) return refusal(-32601, "there is no such method");
  if (starts && (raw_id.at == NULL || json_type(raw_id) == '0')) putf(&id, "run-%d-%d", boot_id, ++minted);
  else if (json_type(raw_id) != 's') return refusal(-32602, "run_id is not a string");
  if (polls) return run_poll(WRITTEN(id), json_int(json_get(params, "after"), -1), o);
  if (!starts) return putf(o, "{\"ok\":%s}", run_cancel(WRITTEN(id)) ? "true" : "false"), ok;
  if (inputs.at != NULL && json_type(inputs) != 'o') return refusal(-32602, "inputs is not an object");
  putf(o, "{\"run_id\":%q}", WRITTEN(id));
  return run_start(WRITTEN(id), json_get(params, "ir"), inputs.at == NULL ? TEXT("{}") : inputs);
}

static void reply(slice id, rep_error error, slice result) {
  static char buffer[FRAME_MAX];
  char end[8];
  out o = out_of(buffer, sizeof buffer);
  putf(&o, "{\"jsonrpc\":\"2.0\",\"id\":%v,", id.at == NULL ? TEXT("null") : id);
  if (error.code == 0) putf(&o, "\"result\":%v}", result);
  else put(&o, TEXT("\"error\":")), put_error(&o, error, NONE, 0), put_char(&o, '}');
  snprintf(end, sizeof end, has_crc ? "\t%04X\n" : "\n", crc16(WRITTEN(o)));
  put(&o, slice_of(end));
  for (size_t done = 0; done < o.len;) {
    ssize_t n = write(1, o.at + done, o.len - done);
    if (n < 0 && errno != EINTR) exit(0);
    if (n > 0) done += (size_t)n;
  }
}

/* A line without its LF; behind it is room for a NUL. */
static void take_line(char *line, size_t length) {
  static char buffer[FRAME_MAX];
  char expected[8];
  if (has_crc) {
    if (length > 0 && line[length - 1] == '\r') length--;
    if (length < 5) return; /* noise, as is what has a wrong CRC */
    snprintf(expected, sizeof expected, "\t%04X", crc16((slice){line, length -= 5}));
    if (memcmp(line + length, expected, 5) != 0) return;
  }
  line[length] = '\0';
  if (strspn(line, " \t\r") == length) return;
  const slice request = {line, length};
  bool is_json = json_check(request);
  slice method = is_json ? json_get(request, "method") : NONE, id = is_json ? json_get(request, "id") : NONE;
  out result = out_of(buffer, sizeof buffer - 512 - id.len % 256);
  if (!is_json) reply(NONE, refusal(-32700, "this is not JSON, or it is nested too deep"), NONE);
  else if (json_type(method) != 's' || id.len > 256) reply(NONE, refusal(-32600, "this is not a request"), NONE);
  else if (id.at != NULL) {
    rep_error error = answer(method, json_get(request, "params"), &result);
    reply(id, error, WRITTEN(result));
  }
}

int main(int argc, char **argv) {
  static char line[FRAME_MAX + 2], chunk[16384];
  size_t length = 0;
  has_crc = argc > 1 && strcmp(argv[1], "--crc") == 0;
  boot_id = (long)getpid() * 1000 + (long)(now_ms() % 1000);
  for (;;) {
    struct pollfd in = {0, POLLIN, 0};
    long long next = runs_advance(), wait = next == 0 ? 0 : next - now_ms();
    /* Where no run waits for a moment, read waits for a request. */
    if (next != 0 && poll(&in, 1, wait < 0 ? 0 : wait > 1000000 ? 1000000 : (int)wait) <= 0) continue;
    ssize_t n = read(0, chunk, sizeof chunk);
    if (n <= 0) return 0;
    /* A request is answered before any run goes on, so StartRun answers before the first step. */
    for (ssize_t i = 0; i < n; i++) {
      if (chunk[i] != '\n' && length <= FRAME_MAX) line[length++] = chunk[i]; /* of a longer line so much as shows it */
      if (chunk[i] != '\n') continue;
      if (length > FRAME_MAX) reply(NONE, refusal(-32600, "this line is longer than max_frame_bytes"), NONE);
      else take_line(line, length);
      length = 0;
    }
  }
}

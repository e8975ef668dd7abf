#ifndef EXECUTOR_H
#define EXECUTOR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MAX 65536 /* bytes of a line, both ways */
#define RUNS 4
#define MAX_NODES 1024
#define MAX_EDGES 2048
#define ID_MAX 128
#define RESULTS_MAX 262144 /* bytes of all results of a run */
#define EVENTS_MAX 131072  /* bytes of events that the host does not have; without room a run waits */
#define VALUE_MAX 28672    /* bytes of the arguments or the result of a step: two of them fit into a frame */
#define DEPTH_MAX 256      /* nested containers; more is refused */

/* ---- json.c: JSON without a tree. A value is a text that was checked once, and is read and copied as text. */

/* A piece of text that belongs to somebody else. `at` is NULL where there is none. */
typedef struct { const char *at; size_t len; } slice;

/* Text that is being written into a buffer of fixed size. What does not fit sets `full`. */
typedef struct { char *at; size_t len, cap; bool full; } out;

#define TEXT(literal) ((slice){"" literal, sizeof(literal) - 1})
#define WRITTEN(o) ((slice){(o).at, (o).len})
static const slice NONE = {NULL, 0};

out out_of(char *buffer, size_t cap);
void put(out *o, slice text);
void put_char(out *o, char c);
/* %s is a C string, %d a long, %v a slice as it is, %q a decoded slice as a JSON string. */
void putf(out *o, const char *format, ...);
void put_utf8(out *o, uint32_t code);
void put_number(out *o, double number); /* A double as ECMAScript writes it. */
void put_canonical(out *o, slice value, int depth); /* Canonical JSON (RFC 8785) of a checked value. */
slice slice_of(const char *text);
slice skip(slice text, size_t count);
bool same(slice a, slice b);
bool starts_with(slice text, const char *prefix);
uint32_t digit_value(char c); /* Of a digit of any base up to 36; 99 for anything else. */
/* Whether the text, behind which there is a NUL, is one JSON value. Nothing below may be used on text that is not. */
bool json_check(slice text);
/* 'o' object, 'a' array, 's' string, 'n' number, 't', 'f', '0' null; 0 for none. */
char json_type(slice value);
/* The last member of that name; NONE if it is not there or `object` is no object. */
slice json_get(slice object, const char *name);
slice json_get_key(slice object, slice decoded_name);
/* Steps through an object (key is its raw string) or an array (key is NONE). Begin with a cursor of NULL. */
bool json_next(slice container, const char **cursor, slice *key, slice *value);
const char *json_end(const char *p); /* Behind a value that begins at `p`. */
/* Decodes a raw string, behind what `o` holds; lone surrogates become three bytes each. */
slice json_decode(out *o, slice raw);
bool json_is(slice value, slice text); /* Whether a value is a string that decodes to this text. */
/* A number without fraction in 0…2147483647; `fallback` for anything else. */
long json_int(slice value, long fallback);

/* ---- template.c: `$input.PATH`, `$step.NAME.PATH`, literals and `${…}` inside text. */

/* What templates are resolved in: the inputs, and a function that knows the result of a step (NONE: it has none). */
typedef struct {
  slice inputs;
  slice (*result_of)(const void *steps, slice name);
  const void *steps;
} scope;

void put_resolved(out *o, slice value, const scope *in); /* Writes a template with everything resolved, as JSON. */
/* The value of `input.PATH` or `step.NAME[.PATH]`, in a switch `inputs.PATH` or `vars.NAME.PATH`; `null`: none. */
slice look_up(slice reference, const scope *in);

/* ---- run.c: runs of Flow IR, in static memory. */

/* An error of REP; code 0: there is none. */
typedef struct { int code; const char *message, *cause; bool retriable; } rep_error;
rep_error refusal(int code, const char *message); /* An error without more. */
long long now_ms(void);
/* `{code, message, data}`; `step`, if it is not NONE, is the JSON of its id. */
void put_error(out *o, rep_error error, slice step, long attempt);
/* Starts a run in a free place, or in that of the run that ended first. A run that is known goes on. */
rep_error run_start(slice id, slice ir, slice inputs);
/* Lets all runs do what can be done now. Returns the moment to come back, 0 if there is nothing to wait for. */
long long runs_advance(void);
bool run_cancel(slice id); /* Ends a run; false if there is none. */
/* Writes the result of Poll. `after` is below 0 if the host gave none. */
rep_error run_poll(slice id, long after, out *o);

#endif

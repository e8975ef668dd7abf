#include "executor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

slice slice_of(const char *text) { return (slice){text, strlen(text)}; }
slice skip(slice text, size_t count) { return (slice){text.at + count, text.len - count}; }
bool same(slice a, slice b) { return a.len == b.len && memcmp(a.at, b.at, a.len) == 0; }

bool starts_with(slice text, const char *prefix) {
  return text.len >= strlen(prefix) && memcmp(text.at, prefix, strlen(prefix)) == 0;
}

out out_of(char *buffer, size_t cap) { return (out){buffer, 0, cap, false}; }
void put(out *o, slice text) {
  if (text.len > o->cap - o->len) o->full = true;
  else if (text.len > 0) memmove(o->at + o->len, text.at, text.len), o->len += text.len;
}
void put_char(out *o, char c) {
  if (o->len == o->cap) o->full = true;
  else o->at[o->len++] = c;
}

/* The inside of a JSON string. */
static void put_escaped(out *o, slice text) {
  for (; text.len > 0; text = skip(text, 1)) {
    const unsigned char *c = (const unsigned char *)text.at;
    char escape[8] = {'\\', *text.at, '\0'};
    if (*c == 0xED && text.len > 2 && c[1] >= 0xA0) { /* a lone surrogate, which has no UTF-8 */
      snprintf(escape, sizeof escape, "\\u%04x", 0xD000u | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu));
      text = skip(text, 2);
    } else if (*c >= '\b' && *c <= '\r' && *c != '\v') {
      escape[1] = "btn?fr"[*c - '\b'];
    } else if (*c < 0x20) {
      snprintf(escape, sizeof escape, "\\u%04x", (unsigned)*c);
    }
    bool is_plain = escape[1] == *text.at && *c != '"' && *c != '\\';
    put(o, slice_of(is_plain ? escape + 1 : escape));
  }
}

void putf(out *o, const char *format, ...) {
  char number[24];
  va_list list;
  va_start(list, format);
  for (; *format != '\0'; format++) {
    if (*format != '%') put_char(o, *format);
    else if (*++format == 's') put(o, slice_of(va_arg(list, const char *)));
    else if (*format == 'v') put(o, va_arg(list, slice));
    else if (*format == 'q') put_char(o, '"'), put_escaped(o, va_arg(list, slice)), put_char(o, '"');
    else snprintf(number, sizeof number, "%ld", va_arg(list, long)), put(o, slice_of(number));
  }
  va_end(list);
}

void put_utf8(out *o, uint32_t code) {
  static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
  int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  put_char(o, (char)(lead[more] | code >> (6 * more)));
  while (more-- > 0) put_char(o, (char)(0x80 | (code >> (6 * more) & 0x3F)));
}

void put_number(out *o, double number) {
  char text[32], digits[24];
  int precision = -1, count = 0;
  do snprintf(text, sizeof text, "%.*e", ++precision, number); /* the shortest digits that give the same double */
  while (strtod(text, NULL) != number && precision < 17);
  int point = atoi(strchr(text, 'e') + 1) + 1;
  for (const char *c = text; *c != 'e'; c++) {
    if (*c >= '0' && *c <= '9') digits[count++] = *c;
  }
  if (number < 0) put_char(o, '-');
  if (point > 21 || point <= -6) {
    putf(o, count > 1 ? "%v.%v" : "%v", (slice){digits, 1}, (slice){digits + 1, (size_t)count - 1});
    putf(o, point > 0 ? "e+%d" : "e-%d", (long)abs(point - 1));
    return;
  }
  if (point <= 0) put(o, TEXT("0."));
  for (int i = point; i < 0; i++) put_char(o, '0');
  for (int i = 0; i < count || i < point; i++) {
    if (i == point && i > 0) put_char(o, '.');
    put_char(o, i < count ? digits[i] : '0');
  }
}

static const char *skip_blanks(const char *p) { return p + strspn(p, " \t\n\r"); }

uint32_t digit_value(char c) {
  if (c >= '0' && c <= '9') return (uint32_t)(c - '0');
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' ? (uint32_t)((c | 0x20) - 'a' + 10) : 99;
}

/* Behind the string that begins here; NULL if there is none. The same holds for all that follow. */
static const char *check_string(const char *p) {
  for (p++; *p != '"'; p++) {
    if ((unsigned char)*p < 0x20) return NULL;
    if (*p != '\\') continue;
    if (*++p == '\0' || strchr("\"\\/bfnrtu", *p) == NULL) return NULL;
    for (int i = *p == 'u' ? 4 : 0; i > 0; i--) {
      if (digit_value(*++p) > 15) return NULL;
    }
  }
  return p + 1;
}

static const char *check_digits(const char *p) {
  size_t count = strspn(p, "0123456789");
  return count > 0 ? p + count : NULL;
}

static const char *check_number(const char *p) {
  const char *whole = *p == '-' ? ++p : p;
  p = check_digits(p);
  if (p == NULL || (*whole == '0' && p - whole > 1)) return NULL;
  if (*p == '.' && (p = check_digits(p + 1)) == NULL) return NULL;
  if ((*p | 0x20) != 'e') return p;
  p++;
  return check_digits(*p == '+' || *p == '-' ? p + 1 : p);
}

static const char *check_scalar(const char *p) {
  if (*p == '"') return check_string(p);
  const char *word = *p == 't' ? "true" : *p == 'f' ? "false" : *p == 'n' ? "null" : NULL;
  if (word == NULL) return check_number(p);
  return strncmp(p, word, strlen(word)) == 0 ? p + strlen(word) : NULL;
}

bool json_check(slice text) {
  char open[DEPTH_MAX]; /* what closes the containers that are open */
  size_t depth = 0;
  const char *p = text.at;
  for (bool is_empty = false;;) { /* a value comes, or a container ends that is empty */
    p = skip_blanks(p);
    bool is_closed = is_empty && *p == open[depth - 1];
    if (!is_closed && depth > 0 && open[depth - 1] == '}') { /* a key comes first */
      if (*p != '"' || (p = check_string(p)) == NULL) return false;
      p = skip_blanks(p);
      if (*p != ':') return false;
      p = skip_blanks(p + 1);
    }
    is_empty = *p == '{' || *p == '[';
    if (is_empty) {
      if (depth == DEPTH_MAX) return false;
      open[depth++] = (char)(*p++ + 2);
      continue;
    }
    if (!is_closed && (p = check_scalar(p)) == NULL) return false;
    for (p = skip_blanks(p); depth > 0 && *p == open[depth - 1]; depth--) p = skip_blanks(p + 1);
    if (depth == 0) return p == text.at + text.len;
    if (*p++ != ',') return false;
  }
}

const char *json_end(const char *p) {
  size_t depth = 0;
  do {
    depth += *p == '{' || *p == '[';
    depth -= *p == '}' || *p == ']';
    p = strchr("{}[],: \t\r\n", *p) != NULL ? p + 1 : check_scalar(p);
  } while (depth > 0);
  return p;
}

char json_type(slice value) {
  static const char first[] = "{[\"ntf", types[] = "oas0tf";
  const char *found = value.at == NULL ? NULL : strchr(first, *value.at);
  return value.at == NULL ? 0 : found == NULL ? 'n' : types[found - first];
}

bool json_next(slice container, const char **cursor, slice *key, slice *value) {
  const char *p = skip_blanks(*cursor == NULL ? container.at + 1 : *cursor);
  if (*p == ',') p = skip_blanks(p + 1);
  if (*p == '}' || *p == ']') return false;
  *key = NONE;
  if (*container.at == '{') {
    *key = (slice){p, (size_t)(check_string(p) - p)};
    p = skip_blanks(skip_blanks(p + key->len) + 1);
  }
  *cursor = json_end(p);
  *value = (slice){p, (size_t)(*cursor - p)};
  return true;
}

static uint32_t read_hex4(const char *p) {
  return digit_value(*p) << 12 | digit_value(p[1]) << 8 | digit_value(p[2]) << 4 | digit_value(p[3]);
}

/* Decodes the next character of a raw string; false: it ends. Two escaped surrogates that belong together are one. */
static bool next_char(const char **at, uint32_t *code) {
  static const char names[] = "bfnrt", meanings[] = "\b\f\n\r\t";
  const char *p = *at;
  unsigned char c = (unsigned char)*p++;
  if (c == '"') return false;
  if (c == '\\' && *p == 'u') {
    *code = read_hex4(p + 1);
    p += 5;
    if (*code >> 10 == 0x36 && p[0] == '\\' && p[1] == 'u' && read_hex4(p + 2) >> 10 == 0x37) {
      *code = 0x10000 + ((*code & 0x3FF) << 10) + (read_hex4(p + 2) & 0x3FF);
      p += 6;
    }
  } else if (c == '\\') {
    const char *found = strchr(names, *p);
    *code = (unsigned char)(found == NULL ? *p : meanings[found - names]);
    p++;
  } else {
    int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : c >= 0xC0 ? 1 : 0;
    *code = more == 0 ? c : c & (0x3Fu >> more);
    for (; more > 0 && *p != '"'; more--) *code = *code << 6 | ((unsigned char)*p++ & 0x3F);
  }
  *at = p;
  return true;
}

slice json_decode(out *o, slice raw) {
  size_t start = o->len;
  uint32_t code;
  for (const char *p = raw.at + 1; next_char(&p, &code);) put_utf8(o, code);
  return (slice){o->at + start, o->len - start};
}

bool json_is(slice value, slice text) {
  char buffer[4];
  uint32_t code;
  if (json_type(value) != 's') return false;
  for (const char *p = value.at + 1; next_char(&p, &code);) {
    out one = out_of(buffer, sizeof buffer);
    put_utf8(&one, code);
    if (text.len < one.len || memcmp(text.at, buffer, one.len) != 0) return false;
    text = skip(text, one.len);
  }
  return text.len == 0;
}

slice json_get_key(slice object, slice name) {
  slice key, value, found = NONE;
  if (json_type(object) != 'o') return NONE;
  for (const char *cursor = NULL; json_next(object, &cursor, &key, &value);) {
    if (json_is(key, name)) found = value;
  }
  return found;
}

slice json_get(slice object, const char *name) { return json_get_key(object, slice_of(name)); }

long json_int(slice value, long fallback) {
  double number = json_type(value) == 'n' ? strtod(value.at, NULL) : -1;
  return number >= 0 && number <= 2147483647 && number == (double)(long)number ? (long)number : fallback;
}

/* The place of a character among UTF-16 code units: those beyond U+FFFF begin with a surrogate. */
static uint32_t unit_order(uint32_t code) { return code > 0xFFFF ? 0xD7FF0000u + code : code << 16; }

/* Which of two raw strings comes first: below, at or above 0. */
static int compare_keys(slice a, slice b) {
  uint32_t x, y;
  for (const char *p = a.at + 1, *q = b.at + 1;;) {
    bool has_x = next_char(&p, &x), has_y = next_char(&q, &y);
    if (!has_x || !has_y) return has_x - has_y;
    if (x != y) return unit_order(x) < unit_order(y) ? -1 : 1;
  }
}

/* The member with the smallest key above `last`, and of several with one key the last. */
static bool next_member(slice object, slice last, slice *key, slice *value) {
  slice k, v;
  *key = NONE;
  for (const char *cursor = NULL; json_next(object, &cursor, &k, &v);) {
    if (last.at != NULL && compare_keys(k, last) <= 0) continue;
    if (key->at == NULL || compare_keys(k, *key) <= 0) *key = k, *value = v;
  }
  return key->at != NULL;
}

static void put_canonical_string(out *o, slice raw) {
  char buffer[4];
  uint32_t code;
  put_char(o, '"');
  for (const char *p = raw.at + 1; next_char(&p, &code);) {
    out one = out_of(buffer, sizeof buffer);
    put_utf8(&one, code);
    put_escaped(o, WRITTEN(one));
  }
  put_char(o, '"');
}

void put_canonical(out *o, slice value, int depth) {
  slice key = NONE, item;
  const char *cursor = NULL;
  char type = json_type(value), comma = *value.at;
  if (depth == DEPTH_MAX) o->full = true;
  if (o->full) return;
  if (type == 's') put_canonical_string(o, value);
  else if (type == 'n' && strtod(value.at, NULL) * 0 == 0) put_number(o, strtod(value.at, NULL)); /* it is finite */
  else if (type != 'o' && type != 'a') put(o, value);
  else {
    while (type == 'o' ? next_member(value, key, &key, &item) : json_next(value, &cursor, &key, &item)) {
      put_char(o, comma);
      comma = ',';
      if (type == 'o') put_canonical_string(o, key), put_char(o, ':');
      put_canonical(o, item, depth + 1);
    }
    put(o, comma == ',' ? NONE : (slice){value.at, 1});
    put_char(o, type == 'o' ? '}' : ']');
  }
}

import { expect, test } from "bun:test";
import fc from "fast-check";
import { eventTime } from "./event_time.ts";

test.each([
  ["1970-01-01T00:00:00Z", 0],
  ["1970-01-01T01:00:00.005+01:00", 5],
  ["1969-12-31T23:59:59.999-00:00", -1],
  ["1970-01-01T00:00:00.0059999999999Z", 5],
  ["1970-01-01T00:00:00.5Z", 500],
  ["1969-12-31T18:30:00-05:30", 0],
  ["2000-02-29T00:00:00Z", 951_782_400_000],
  ["0000-01-01T00:00:00Z", -62_167_219_200_000],
  ["0099-12-31T00:00:00Z", -59_011_545_600_000],
  ["9999-12-31T23:59:59.999Z", 253_402_300_799_999],
  ["2024-01-01T00:00:00+23:59", 1_704_067_200_000 - 86_340_000],
])("%s is %d ms", (text, ms) => {
  expect(eventTime(text)).toBe(ms);
});

test.each([
  ["a date without a time", "1970-01-01"],
  ["no zone", "1970-01-01T00:00:00"],
  ["a small t", "1970-01-01t00:00:00Z"],
  ["a small z", "1970-01-01T00:00:00z"],
  ["a blank for T", "1970-01-01 00:00:00Z"],
  ["blanks around it", " 1970-01-01T00:00:00Z"],
  ["something behind it", "1970-01-01T00:00:00Z "],
  ["something behind its offset", "1970-01-01T00:00:00+01:000"],
  ["an offset without a colon", "1970-01-01T00:00:00+0100"],
  ["an offset of hours only", "1970-01-01T00:00:00+01"],
  ["an offset of 24 hours", "1970-01-01T00:00:00+24:00"],
  ["an offset of 60 minutes", "1970-01-01T00:00:00+00:60"],
  ["a point without digits", "1970-01-01T00:00:00.Z"],
  ["a comma for the point", "1970-01-01T00:00:00,5Z"],
  ["29 February of no leap year", "2023-02-29T00:00:00Z"],
  ["29 February of 1900", "1900-02-29T00:00:00Z"],
  ["31 April", "2024-04-31T00:00:00Z"],
  ["day 0", "2024-01-00T00:00:00Z"],
  ["month 0", "2024-00-10T00:00:00Z"],
  ["month 13", "2024-13-01T00:00:00Z"],
  ["hour 24", "2024-01-01T24:00:00Z"],
  ["minute 60", "2024-01-01T00:60:00Z"],
  ["a leap second", "2016-12-31T23:59:60Z"],
  ["a year of two digits", "70-01-01T00:00:00Z"],
  ["a year of five digits", "12024-01-01T00:00:00Z"],
  ["a sign", "-970-01-01T00:00:00Z"],
  ["digits of another script", "1970-01-01T00:00:0٣Z"],
  ["a letter", "1970-01-01T00:0a:00Z"],
  ["nothing", ""],
])("a text with %s has no event time", (_, text) => {
  expect(eventTime(text)).toBeNaN();
});

test("a finite number is milliseconds as it is, and nothing else has an event time", () => {
  expect([0, -3, 2.5, 1e300].map(eventTime)).toEqual([0, -3, 2.5, 1e300]);
  const others = [undefined, null, true, Number.NaN, Number.POSITIVE_INFINITY, [1], { ts: 1 }];
  expect(others.map(eventTime)).toEqual(others.map(() => Number.NaN));
});

test("what Date writes is read back, in any offset", () => {
  const time = fc.date({
    min: new Date("0000-01-02T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(time, fc.integer({ min: -1439, max: 1439 }), (time, minutes) => {
      const local = new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, -1);
      const two = (number: number) => String(number).padStart(2, "0");
      const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
      expect(eventTime(local + offset)).toBe(time.getTime());
    }),
    { numRuns: 300 },
  );
});

// Writes an event file of TensorBoard, as its own writers do: two scalars over a hundred steps.
//   node tests/events.mjs FILE
import { writeFileSync } from "node:fs";

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) {
    value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  }
  return value;
});

/** CRC-32C, turned and masked as TFRecord files have it. */
function masked(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  }
  crc = (crc ^ 0xffffffff) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function number(value, bytes, write) {
  const all = Buffer.alloc(bytes);
  all[write](value, 0);
  return all;
}

const field = (key, content) => Buffer.concat([Buffer.from([key, content.length]), content]);

/** Event: 1 time, 2 step, 5 summary; summary: 1 value; value: 1 tag, 2 number. */
function event(step, tag, value) {
  const scalar = Buffer.concat([field(0x0a, Buffer.from(tag)), Buffer.from([0x15]), number(value, 4, "writeFloatLE")]);
  const time = Buffer.concat([Buffer.from([0x09]), number(1.76e9 + step, 8, "writeDoubleLE")]);
  return Buffer.concat([time, Buffer.from([0x10, step]), field(0x2a, field(0x0a, scalar))]);
}

function record(data) {
  const length = number(BigInt(data.length), 8, "writeBigUInt64LE");
  return Buffer.concat([length, number(masked(length), 4, "writeUInt32LE"), data, number(masked(data), 4, "writeUInt32LE")]);
}

const steps = Array.from({ length: 100 }, (_, step) => step);
const records = steps.flatMap((step) => [
  record(event(step, "loss/train", 2 * Math.exp(-step / 30))),
  record(event(step, "loss/test", 2 * Math.exp(-step / 30) + 0.1 + step / 1000)),
]);
writeFileSync(process.argv[2], Buffer.concat(records));

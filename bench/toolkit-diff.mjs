// What a program does that compares two files with DevTools' engine: node bench/toolkit-diff.mjs BEFORE AFTER
import { createReadStream } from 'node:fs';
import { diff, parse } from 'heap-snapshot-toolkit';

const [before, after] = process.argv.slice(2);
const start = await parse(createReadStream(before, 'utf8'));
const end = await parse(createReadStream(after, 'utf8'));
const rows = Object.values(await diff(start, end)).sort((a, b) => b.sizeDelta - a.sizeDelta);
for (const { name, countDelta, sizeDelta } of rows.slice(0, 100)) console.log(name, countDelta, sizeDelta);

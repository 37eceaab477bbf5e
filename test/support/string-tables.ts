/** String tables without a snapshot around them. */
import { StringListReader } from '../../src/heap/scan/string-reader';
import { PlainStringScanner } from '../../src/heap/scan/string-scanner';
import { type StringTable, StringTableBuilder } from '../../src/heap/strings';

/** A table of raw contents, as they would stand between quotes. */
export function tableOf(...contents: string[]): StringTable {
  const builder = new StringTableBuilder();
  const bytes = Buffer.from(`[${contents.map((content) => `"${content}"`).join(',')}]`);
  new StringListReader(builder, new PlainStringScanner()).feed(bytes, 0, bytes.length);
  return builder.finish();
}

/** Functions and places in the source, as holders' texts say them. */
import type { SourceLocation } from '../../heap/sites';

/** A column beyond what people write: of a minified file, the line alone is no place. */
const LONGEST_LINE = 200;

/** `src/store.js:20`, `dist/bundle.js:1:17510`; null for no place. */
export function describeLocation(location: SourceLocation | null): string | null {
  if (!location?.file) return null;
  const { file, line, column } = location;
  return column > LONGEST_LINE ? `${file}:${line}:${column}` : `${file}:${line}`;
}

/** `serve() at src/store.js:20`. */
export function describeFunction(name: string, location: SourceLocation | null): string {
  const called = name === '' ? 'an anonymous function' : `${name}()`;
  const where = describeLocation(location);
  return where === null ? called : `${called} at ${where}`;
}

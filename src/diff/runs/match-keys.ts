/**
 * One key for one thing in all runs. A class or site is matched by name and place; where the place differs between runs (a
 * bundle in a startup snapshot, another build) by its name alone, when that leaves no doubt.
 */

/** What one run knows: key -> name, in which places do not occur. An empty name never matches by itself. */
export type KnownKeys = ReadonlyMap<string, string>;

/** Translates the keys of a run to those of the report. Keys that several runs know stay as they are. */
export function matchKeys(runs: readonly KnownKeys[]): (run: number, key: string) => string {
  const [first, ...others] = runs;
  const moved = others.map((other) => findMoved(first ?? new Map(), other));
  return (run, key) => (run === 0 ? key : (moved[run - 1]!.get(key) ?? key));
}

/** Names that each side knows at exactly one place, which the other side does not know. */
function findMoved(first: KnownKeys, other: KnownKeys): Map<string, string> {
  const inFirst = uniqueByName(first, other);
  const inOther = uniqueByName(other, first);
  const moved = new Map<string, string>();
  for (const [name, key] of inOther) {
    const origin = inFirst.get(name);
    if (origin && key) moved.set(key, origin);
  }
  return moved;
}

/** Name -> the only key with that name, null where there are several or the other side knows one of them. */
function uniqueByName(keys: KnownKeys, known: KnownKeys): Map<string, string | null> {
  const unique = new Map<string, string | null>();
  for (const [key, name] of keys) {
    if (name === '') continue;
    unique.set(name, unique.has(name) || known.has(key) ? null : key);
  }
  return unique;
}

/** Columns lie outside V8's heap, where garbage of hundreds of megabytes gives V8 no reason to collect: it is asked to. */
import v8 from 'node:v8';
import vm from 'node:vm';

let collect: (() => void) | null = null;

/** From here on a collection is worth its milliseconds. */
const MANY_NODES = 5_000_000;

/** Frees the columns that nobody holds any more, where they are large. */
export function freeColumns(nodeCount: number): void {
  if (nodeCount < MANY_NODES) return;
  collect ??= exposeCollector();
  collect();
}

/** The only way there is without a flag at start. The flag is taken back: nobody else shall see a `gc`. */
function exposeCollector(): () => void {
  v8.setFlagsFromString('--expose-gc');
  const gc = vm.runInNewContext('gc') as () => void;
  v8.setFlagsFromString('--no-expose-gc');
  return gc;
}

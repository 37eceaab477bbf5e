/**
 * A census of the heap: V8's own count of live objects by kind, for a fiftieth of a snapshot's pause and next to no memory.
 *
 * V8 counts while it marks, in one full GC, when the trace category `v8.gc_stats` is on; Node hands the result over as a
 * trace event. The kinds are V8's instance types (`JS_OBJECT_TYPE`), and parts of objects by their use (`ARRAY_ELEMENTS_TYPE`).
 */
import type { HeapInspector } from '../heap-inspector';

/** All live objects of one kind. */
export interface CensusKind {
  readonly count: number;
  /** Bytes, all of them together. */
  readonly bytes: number;
  /** Of these bytes, what is reserved and not in use: the spare room of arrays and hash tables. */
  readonly spare: number;
  /** How many are of which size: entry i counts those of 2^(i+4) to 2^(i+5) bytes, the last one all that are larger. */
  readonly sizes: readonly number[];
}

export interface HeapCensus {
  readonly kinds: ReadonlyMap<string, CensusKind>;
  /** Words that hold a reference or a small integer, and small integers in properties of objects. */
  readonly taggedWords: number;
  readonly integerWords: number;
  /** How long it stopped the process, ms. */
  readonly pauseMs: number;
}

const CATEGORY = 'disabled-by-default-v8.gc_stats';
/** Node answers in some milliseconds; after this time it is no longer waited for. */
const PATIENCE = 5_000;

/**
 * Resolves to null where V8 does not tell: in worker threads, and when this session traces already.
 * The session stays open: closing any ends the tracking of objects that another has begun.
 */
export async function takeCensus(inspector: HeapInspector): Promise<HeapCensus | null> {
  const { session } = inspector;
  const events: TraceEvent[] = [];
  const collect = ({ params }: { params: { value: object[] } }) => events.push(...(params.value as TraceEvent[]));
  session.on('NodeTracing.dataCollected', collect);
  try {
    return await countWhileMarking(inspector, events);
  } catch {
    return null;
  } finally {
    session.off('NodeTracing.dataCollected', collect);
  }
}

/** `events`: where the session puts what it receives. */
async function countWhileMarking(inspector: HeapInspector, events: readonly TraceEvent[]): Promise<HeapCensus | null> {
  const { session } = inspector;
  const complete = new Promise<void>((resolve) => session.once('NodeTracing.tracingComplete', () => resolve()));
  inspector.post('NodeTracing.start', { traceConfig: { includedCategories: [CATEGORY] } });
  const begin = performance.now();
  inspector.collectGarbage();
  const pauseMs = performance.now() - begin;
  inspector.post('NodeTracing.stop');
  await settleWithin(complete, PATIENCE);
  // Worker threads may have collected meanwhile. The main thread's id is the process' own.
  const own = events.filter(({ name, pid, tid }) => name === 'V8.GC_Objects_Stats' && pid === tid);
  const live = own.at(-1)?.args.live;
  return live === undefined ? null : parseCensus(live, pauseMs);
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly args: { readonly live?: string };
}

interface RawCensus {
  readonly field_data: { readonly tagged_fields: number; readonly inobject_smi_fields: number };
  readonly type_data: Readonly<Record<string, RawKind>>;
}

interface RawKind {
  readonly count?: number;
  readonly overall: number;
  readonly over_allocated: number;
  readonly histogram: readonly number[];
}

const WORD = 8;
/** By V8 of Node 20 to 26: once as contexts, and once more as objects of that type. */
const COUNTED_TWICE = new Set(['FUNCTION_CONTEXT_TYPE', 'NATIVE_CONTEXT_TYPE']);

/** `text`: the JSON that V8 writes. Throws on anything else. */
export function parseCensus(text: string, pauseMs: number): HeapCensus {
  const raw = JSON.parse(text) as RawCensus;
  const kinds = new Map<string, CensusKind>();
  for (const [name, { count = 0, overall, over_allocated, histogram }] of Object.entries(raw.type_data)) {
    const times = COUNTED_TWICE.has(name) ? 2 : 1;
    const sizes = (histogram ?? []).map((size) => size / times);
    // The last entry of all is a mark of the end.
    if (count > 0) kinds.set(name, { count: count / times, bytes: overall / times, spare: over_allocated, sizes });
  }
  const { tagged_fields, inobject_smi_fields } = raw.field_data;
  return { kinds, taggedWords: tagged_fields / WORD, integerWords: inobject_smi_fields / WORD, pauseMs };
}

async function settleWithin(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, patience]);
  clearTimeout(timer);
}

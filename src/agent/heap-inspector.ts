/**
 * V8's heap profiler through an inspector session of this very thread. Every call here is synchronous: the inspector
 * answers inside `post`. The session stays open while a window is open, since closing it ends what it has started.
 */
import type { Session } from 'node:inspector';
import type { SessionScript } from '../session';
import { pauseCompaction } from './compaction';

/** DevTools' `.heapprofile`: a tree of call frames and the sampled allocations that are still alive. */
export interface SamplingProfile {
  readonly head: object;
  readonly samples: readonly object[];
}

/** Longer ones are source maps written out as data: URLs, which belong to the script's file, not to the record. */
const LONGEST_SOURCE_MAP_URL = 2048;

interface Remote {
  readonly result: { readonly objectId: string };
}

/** Mean bytes between two samples, so many that none is taken. */
const HARDLY_SAMPLING = 2 ** 30;
/** What the inspector hands over is released under this name. */
const GROUP = 'heapdiff';
/** The inspector calls functions by their text only: this is where that text finds the real one. */
const READ_INSTANCES = Symbol.for('heapdiff.readInstances');

export class HeapInspector {
  /** For what is asked of it besides the heap profiler. Not to be closed: that ends whatever runs here. */
  readonly session: Session;
  #resumeCompaction: (() => void) | null = null;

  /** Throws ERR_ACCESS_DENIED under the permission model, ERR_INSPECTOR_NOT_AVAILABLE in a Node built without it. */
  constructor() {
    const { Session } = require('node:inspector') as typeof import('node:inspector');
    this.session = new Session();
    this.session.connect();
  }

  /**
   * The scripts loaded so far, without Node's own.
   *
   * On Node 20 this also makes V8 compute all line ends at once, without which a snapshot computes them per object:
   * with a 9 MB script loaded that is 2.7 s instead of two minutes.
   */
  listScripts(): SessionScript[] {
    const scripts: SessionScript[] = [];
    const collect = ({ params }: { params: { scriptId: string; url: string; sourceMapURL?: string } }) => {
      const { scriptId: id, url, sourceMapURL } = params;
      if (url === '' || url.startsWith('node:')) return;
      const mapped = sourceMapURL && sourceMapURL.length <= LONGEST_SOURCE_MAP_URL;
      scripts.push(mapped ? { id, url, sourceMapUrl: sourceMapURL } : { id, url });
    };
    this.session.on('Debugger.scriptParsed', collect);
    try {
      this.post('Debugger.enable');
    } finally {
      this.post('Debugger.disable');
      this.session.off('Debugger.scriptParsed', collect);
    }
    return scripts;
  }

  /**
   * Ends V8's tracking of object moves, which every snapshot switches on for good and which makes allocation-heavy
   * code 3-10 times slower. Object ids given so far lose their meaning. Also ends `startTracing`.
   */
  resetTracking(): void {
    this.#endTracing();
    this.post('HeapProfiler.enable');
    this.post('HeapProfiler.disable');
  }

  /** Whether some other profiler samples this isolate: V8 has only one sampler, and stopping it would stop theirs. */
  isSampling(): boolean {
    let running = false;
    this.session.post('HeapProfiler.getSamplingProfile', (error) => {
      running = error === null;
    });
    return running;
  }

  /** `interval`: mean bytes between two samples. Collected objects drop out of the profile. */
  startSampling(interval: number): void {
    this.post('HeapProfiler.startSampling', { samplingInterval: interval });
  }

  /** Collects all garbage, then returns what was allocated since `startSampling` and is still alive. */
  stopSampling(): SamplingProfile {
    return (this.post('HeapProfiler.stopSampling') as { profile: SamplingProfile }).profile;
  }

  /** Records the stack of every allocation from here on, and moves no object; a snapshot written meanwhile holds them. */
  startTracing(): void {
    this.#resumeCompaction ??= pauseCompaction();
    this.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  }

  /** One full GC; two and more while another profiler samples. */
  collectGarbage(): void {
    // The end of sampling is the only thing that asks V8 for a single one.
    if (this.isSampling()) this.post('HeapProfiler.collectGarbage');
    else {
      this.startSampling(HARDLY_SAMPLING);
      this.stopSampling();
    }
  }

  /**
   * Collects all garbage, then hands every live object that inherits from `prototype` to `read`, in a list of its own.
   * That takes about 180 bytes of memory for each.
   */
  readInstances<Result>(
    prototype: 'Object.prototype' | 'Array.prototype',
    read: (objects: readonly object[]) => Result,
  ): Result {
    const host = globalThis as { [READ_INSTANCES]?: (objects: readonly object[]) => void };
    const results: Result[] = [];
    host[READ_INSTANCES] = (objects) => {
      results.push(read(objects));
    };
    try {
      const { result } = this.post('Runtime.evaluate', { expression: prototype, objectGroup: GROUP }) as Remote;
      const query = { prototypeObjectId: result.objectId, objectGroup: GROUP };
      const { objects } = this.post('Runtime.queryObjects', query) as { objects: Remote['result'] };
      const call = `function () { globalThis[Symbol.for('${READ_INSTANCES.description}')](this); }`;
      this.post('Runtime.callFunctionOn', { objectId: objects.objectId, functionDeclaration: call });
    } finally {
      delete host[READ_INSTANCES];
      this.post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
    }
    // An exception in `read` becomes an answer of the inspector.
    if (results.length === 0) throw new Error('the objects could not be read');
    return results[0]!;
  }

  /** Ends sampling and tracing too, and forgets object ids. */
  close(): void {
    this.#endTracing();
    this.session.disconnect();
  }

  #endTracing(): void {
    this.#resumeCompaction?.();
    this.#resumeCompaction = null;
  }

  /** Throws what the inspector answers. */
  post(method: string, params?: object): unknown {
    let answer: unknown;
    let failure: Error | null = null;
    this.session.post(method, params, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure) throw failure;
    return answer;
  }
}

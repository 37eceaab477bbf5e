/**
 * V8's heap profiler through an inspector session of this very thread. Every call here is synchronous: the inspector
 * answers inside `post`. The session stays open while a window is open, since closing it ends what it has started.
 */
import type { Session } from 'node:inspector';
import type { SessionScript } from '../session';

/** DevTools' `.heapprofile`: a tree of call frames and the sampled allocations that are still alive. */
export interface SamplingProfile {
  readonly head: object;
  readonly samples: readonly object[];
}

/** Longer ones are source maps written out as data: URLs, which belong to the script's file, not to the record. */
const LONGEST_SOURCE_MAP_URL = 2048;

export class HeapInspector {
  readonly #session: Session;

  /** Throws ERR_ACCESS_DENIED under the permission model, ERR_INSPECTOR_NOT_AVAILABLE in a Node built without it. */
  constructor() {
    const { Session } = require('node:inspector') as typeof import('node:inspector');
    this.#session = new Session();
    this.#session.connect();
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
    this.#session.on('Debugger.scriptParsed', collect);
    try {
      this.#post('Debugger.enable');
    } finally {
      this.#post('Debugger.disable');
      this.#session.off('Debugger.scriptParsed', collect);
    }
    return scripts;
  }

  /**
   * Ends V8's tracking of object moves, which every snapshot switches on for good and which makes allocation-heavy
   * code 3-10 times slower. Object ids given so far lose their meaning. Also ends `startTracing`.
   */
  resetTracking(): void {
    this.#post('HeapProfiler.enable');
    this.#post('HeapProfiler.disable');
  }

  /** Whether some other profiler samples this isolate: V8 has only one sampler, and stopping it would stop theirs. */
  isSampling(): boolean {
    let running = false;
    this.#session.post('HeapProfiler.getSamplingProfile', (error) => {
      running = error === null;
    });
    return running;
  }

  /** `interval`: mean bytes between two samples. Collected objects drop out of the profile. */
  startSampling(interval: number): void {
    this.#post('HeapProfiler.startSampling', { samplingInterval: interval });
  }

  /** Collects all garbage, then returns what was allocated since `startSampling` and is still alive. */
  stopSampling(): SamplingProfile {
    return (this.#post('HeapProfiler.stopSampling') as { profile: SamplingProfile }).profile;
  }

  /** Records the stack of every allocation from here on; a snapshot written meanwhile holds them. */
  startTracing(): void {
    this.#post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  }

  /** Ends sampling and tracing too, and forgets object ids. */
  close(): void {
    this.#session.disconnect();
  }

  #post(method: string, params?: object): unknown {
    let answer: unknown;
    let failure: Error | null = null;
    this.#session.post(method, params, (error, result) => {
      failure = error;
      answer = result;
    });
    if (failure) throw failure;
    return answer;
  }
}

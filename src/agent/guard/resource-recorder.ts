/**
 * Records what the event loop of this process is given to look after: handles, timers, threads, each with the stack
 * that created it. Costs something for every promise too, so it runs while a primary boots, and no longer.
 */
import { type AsyncHook, createHook, executionAsyncId } from 'node:async_hooks';
import { CreationStack } from './creation-stack';

/** Names as async_hooks has them; beside them what `process.getActiveResourcesInfo()` calls the same. */
export const RESOURCE_TYPES = {
  TCPWRAP: 'TCPSocketWrap',
  TCPSERVERWRAP: 'TCPServerWrap',
  PIPEWRAP: 'PipeWrap',
  PIPESERVERWRAP: 'PipeWrap',
  UDPWRAP: 'UDPWrap',
  Timeout: 'Timeout',
  PROCESSWRAP: 'ProcessWrap',
  WORKER: 'Worker',
  FSEVENTWRAP: 'FSEventWrap',
  STATWATCHER: 'StatWatcher',
  FILEHANDLE: 'FileHandle',
} as const;

export type ResourceType = keyof typeof RESOURCE_TYPES;

export interface RecordedResource {
  readonly type: ResourceType;
  /** Weak, so that recording keeps nothing alive. */
  readonly resource: WeakRef<object>;
  readonly frames: readonly string[];
}

export class ResourceRecorder {
  readonly #stacks = new Map<number, CreationStack>();
  readonly #resources = new Map<number, Pick<RecordedResource, 'type' | 'resource'>>();
  readonly #hook: AsyncHook;

  /** `onProcess` is called before a child process starts, with the stack that starts it. */
  constructor(onProcess: (frames: readonly string[]) => void) {
    this.#hook = createHook({
      init: (asyncId, type, _trigger, resource) => {
        const stack = this.readStack();
        if (type === 'PROCESSWRAP') onProcess(stack.readFrames());
        this.#stacks.set(asyncId, stack);
        if (!Object.hasOwn(RESOURCE_TYPES, type)) return;
        this.#resources.set(asyncId, { type: type as ResourceType, resource: new WeakRef(resource) });
      },
      destroy: (asyncId) => {
        this.#stacks.delete(asyncId);
        this.#resources.delete(asyncId);
      },
    }).enable();
  }

  /** The stack of now. */
  readStack(): CreationStack {
    return new CreationStack(this.#stacks.get(executionAsyncId()));
  }

  /** What was created and not destroyed, in order. */
  list(): RecordedResource[] {
    return [...this.#resources].map(([asyncId, recorded]) => ({
      ...recorded,
      frames: this.#stacks.get(asyncId)?.readFrames() ?? [],
    }));
  }

  stop(): void {
    this.#hook.disable();
    this.#stacks.clear();
    this.#resources.clear();
  }
}

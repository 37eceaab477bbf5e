/**
 * Reads `trace_tree`, a nested list `[id, function, count, size, [children...], ...]`, into rows with a parent row.
 * An explicit stack, since call trees nest deeper than a JavaScript stack.
 */
import { CLOSE_LIST, COMMA, isSpace, OPEN_LIST } from './ascii';
import { ScanFault } from './row-scanner';
import type { ValueReader } from './section-reader';

/** Rows of the trace tree, in the order of the file; parents come before children. */
export interface TraceTree {
  readonly count: number;
  readonly id: number[];
  /** Row of the `trace_function_infos` section. */
  readonly functionIndex: number[];
  /** Row of the caller, -1 for the root. */
  readonly parent: number[];
}

/** Fields of a call in every file so far, for a tree that comes before the header. */
export const TRACE_NODE_FIELDS = ['id', 'function_info_index', 'count', 'size', 'children'] as const;

const NOT_A_LIST = 'the trace tree is not a list';

export class TraceTreeReader implements ValueReader {
  readonly where = 'its trace tree';
  isDone = false;
  readonly tree = { count: 0, id: [] as number[], functionIndex: [] as number[], parent: [] as number[] };
  /** Open lists, outermost first: the row whose children they hold, their newest row, and its next field. */
  private readonly parents: number[] = [];
  private readonly rows: number[] = [];
  private readonly fields: number[] = [];
  private pending = -1;

  constructor(private readonly traceNodeFields: readonly string[]) {}

  feed(bytes: Uint8Array, from: number, to: number): number {
    let position = from;
    for (; position < to && !this.isDone; position++) {
      const byte = bytes[position]!;
      if (byte >= 48 && byte <= 57) {
        if (!this.isOpen) throw new ScanFault(position, NOT_A_LIST);
        this.pending = Math.max(this.pending, 0) * 10 + byte - 48;
        continue;
      }
      if (this.pending >= 0) this.endNumber();
      if (byte === OPEN_LIST) this.openList();
      else if (byte === CLOSE_LIST && this.isOpen) this.closeList();
      else if (!this.isOpen && !isSpace(byte)) throw new ScanFault(position, NOT_A_LIST);
      else if (byte !== COMMA && !isSpace(byte)) throw new ScanFault(position, 'unexpected byte in the trace tree');
    }
    return position;
  }

  private get isOpen(): boolean {
    return this.fields.length > 0;
  }

  private openList(): void {
    if (this.isOpen) this.startRowAtFirstField();
    this.parents.push(this.rows.at(-1) ?? -1);
    this.rows.push(-1);
    this.fields.push(0);
  }

  private closeList(): void {
    this.parents.pop();
    this.rows.pop();
    this.fields.pop();
    if (this.isOpen) this.nextField();
    else this.isDone = true;
  }

  private endNumber(): void {
    const depth = this.fields.length - 1;
    this.startRowAtFirstField();
    const row = this.rows[depth]!;
    const field = this.traceNodeFields[this.fields[depth]!];
    if (field === 'id') this.tree.id[row] = this.pending;
    else if (field === 'function_info_index') this.tree.functionIndex[row] = this.pending;
    this.pending = -1;
    this.nextField();
  }

  private startRowAtFirstField(): void {
    const depth = this.fields.length - 1;
    if (this.fields[depth] !== 0) return;
    const { tree } = this;
    tree.id.push(0);
    tree.functionIndex.push(0);
    tree.parent.push(this.parents[depth]!);
    this.rows[depth] = tree.count++;
  }

  private nextField(): void {
    const depth = this.fields.length - 1;
    this.fields[depth] = (this.fields[depth]! + 1) % Math.max(this.traceNodeFields.length, 1);
  }
}

/** Bytes to columns: one pass over a `.heapsnapshot` of any size, members in any order. */
import { HeapdiffError } from '../errors';
import { sharedMemory } from './column-memory';
import { ByteColumnBuilder, type ColumnBuilder, requireU32, UintColumnBuilder } from './columns';
import { type CollectedEdges, EdgeCollector } from './edge-collector';
import { EdgeRangeBuilder, type EdgeRanges } from './edge-ranges';
import { parseFormat, type SnapshotFormat } from './format';
import { createWorkspace, plainWorkspace, type Workspace } from './loops/workspace';
import { NodeSizeBuilder } from './node-sizes';
import { cutIntoRows } from './scan/cut-rows';
import { RowReader } from './scan/row-reader';
import type { RowBatch } from './scan/row-scanner';
import { isRowSection, type RowSectionName, sectionFields } from './scan/row-sections';
import { createScanners, type Scanners } from './scan/scanners';
import { BalancedReader, SectionReader, type ValueReader } from './scan/section-reader';
import { StringListReader } from './scan/string-reader';
import { TRACE_NODE_FIELDS, type TraceTree, TraceTreeReader } from './scan/trace-tree-reader';
import type { ByteSource, PlainFile } from './source';
import { type StringTable, StringTableBuilder } from './strings';
import type { LocationColumns, NodeColumns, UintColumn } from './types';

/** A file's contents as columns; `checkSnapshot` and `buildGraph` come next. */
export interface RawSnapshot {
  readonly file: string;
  readonly format: SnapshotFormat;
  readonly workspace: Workspace;
  readonly nodes: NodeColumns;
  /** Of the strings that name nodes. */
  readonly largestName: number;
  /** Which edges are each node's, by what the nodes claim, and how many they claim together. */
  readonly edgeRanges: EdgeRanges;
  readonly claimedEdges: number;
  readonly edges: CollectedEdges;
  readonly locations: LocationColumns;
  readonly strings: StringTable;
  /** Columns by their name in the header; null without stack tracking. */
  readonly traceFunctions: ReadonlyMap<string, UintColumn> | null;
  readonly traceTree: TraceTree | null;
  /** Byte offset of each top-level member in the (decompressed) file, for messages. */
  readonly offsets: ReadonlyMap<string, number>;
}

const LARGEST_HEADER = 1 << 20;
/** Where the size of the input is not known. */
const INPUT_BYTES_GUESS = 1 << 24;

export interface ReadOptions {
  readonly scanners?: Scanners;
  /** Makes the workspace for so many nodes and edges. */
  readonly workspaceFor?: typeof createWorkspace;
  /** Called with the share of the input that was read, 0 to 1; never for input of unknown size. */
  readonly onRead?: (share: number) => void;
}

/** Reads all of `source`. Throws FILE_EMPTY, NOT_A_SNAPSHOT, SNAPSHOT_TRUNCATED or SNAPSHOT_CORRUPT. */
export async function readSnapshot(source: ByteSource, options: ReadOptions = {}): Promise<RawSnapshot> {
  const scanners = options.scanners ?? createScanners();
  const { workspaceFor = createWorkspace } = options;
  const inputBytes = source.size ?? INPUT_BYTES_GUESS;
  const collector = new SnapshotCollector(source.name, {
    inputBytes,
    plainFile: source.plainFile,
    scanners,
    workspaceFor,
  });
  const sections = new SectionReader(source.name, collector.readerFor);
  for await (const block of source.blocks()) {
    sections.feed(block);
    collector.noticeHeader();
    if (source.size) options.onRead?.(source.bytesRead() / source.size);
  }
  sections.finish();
  return collector.finish();
}

type Columns = ReadonlyMap<string, ColumnBuilder>;

/** A value that a field cannot have. */
interface Excess {
  readonly row: number;
  readonly field: string;
  readonly value: number;
  readonly largest: number;
}

/** What collecting works with. */
interface Means {
  /** Bytes of the input, or a guess: a header may be absurd, and no row is shorter than a byte. */
  readonly inputBytes: number;
  /** Where the input can be read again: its strings stay there. */
  readonly plainFile: PlainFile | null;
  readonly scanners: Scanners;
  readonly workspaceFor: typeof createWorkspace;
}

class SnapshotCollector {
  private header: BalancedReader | null = null;
  /** Chosen when a section begins whose length the header tells. */
  private workspace: Workspace | null = null;
  private format: SnapshotFormat | null = null;
  private readonly offsets = new Map<string, number>();
  private readonly columns = new Map<RowSectionName, Columns>();
  /** Sections that came before the header: one long column each, cut into rows at the end. */
  private readonly uncut = new Map<RowSectionName, UintColumnBuilder>();
  private edges: EdgeCollector | null = null;
  private strings: StringTableBuilder | null = null;
  private traceTree: TraceTreeReader | null = null;

  constructor(
    private readonly file: string,
    private readonly means: Means,
  ) {}

  readonly readerFor = (key: string, offset: number): ValueReader => {
    this.noticeHeader();
    this.offsets.set(key, offset);
    if (key === 'snapshot') {
      this.header = new BalancedReader('its header', LARGEST_HEADER);
      return this.header;
    }
    if (key === 'strings') {
      const { inputBytes, plainFile } = this.means;
      const section = plainFile && { ...plainFile, offset: offset + '['.length };
      const { memory } = this.workspace ?? plainWorkspace;
      this.strings = new StringTableBuilder(this.guessStrings(), inputBytes - offset, section, memory);
      return new StringListReader(this.strings, this.means.scanners.strings);
    }
    if (key === 'trace_tree') {
      this.traceTree = new TraceTreeReader(this.format?.traceNodeFields ?? TRACE_NODE_FIELDS);
      return this.traceTree;
    }
    if (isRowSection(key)) return this.rowReader(key);
    return new BalancedReader(`its member "${key}"`);
  };

  /** Parses the header as soon as all of it was read. */
  noticeHeader(): void {
    if (this.format || !this.header?.isDone) return;
    this.format = parseFormat(this.header.text(), this.file, this.offsets.get('snapshot')!);
  }

  finish(): RawSnapshot {
    this.noticeHeader();
    const { format, file } = this;
    if (!format) throw this.missing('snapshot');
    this.cutUncutSections(format);
    const uint = (section: RowSectionName, field: string) => this.uintColumn(section, field)?.finish() ?? null;
    const u32 = (section: RowSectionName, field: string) =>
      requireU32(uint(section, field) ?? new Uint32Array(0), `${field} in ${section}`, file);
    const isBlank = (field: string) => this.columns.get('nodes')?.get(field)?.isBlank ?? true;
    const byte = (section: RowSectionName, field: string) =>
      (this.columns.get(section)?.get(field) as ByteColumnBuilder | undefined)?.finish() ?? null;
    for (const section of ['nodes', 'edges', 'strings']) if (!this.offsets.has(section)) throw this.missing(section);
    const traceFunctions = this.columns.get('trace_function_infos');
    const edgeRanges = this.columns.get('nodes')!.get('edgeCount') as EdgeRangeBuilder;
    return {
      file,
      format,
      workspace: this.workspace ?? plainWorkspace,
      nodes: {
        type: byte('nodes', 'type')!,
        name: u32('nodes', 'name'),
        id: uint('nodes', 'id')!,
        sizes: (this.columns.get('nodes')!.get('selfSize') as NodeSizeBuilder).finish(),
        traceNodeId: isBlank('traceNodeId') ? null : uint('nodes', 'traceNodeId'),
        detachedness: isBlank('detachedness') ? null : byte('nodes', 'detachedness'),
      },
      largestName: this.uintColumn('nodes', 'name')!.largest,
      edgeRanges: edgeRanges.finish(),
      claimedEdges: edgeRanges.total,
      edges: this.edges!.finish(),
      locations: this.finishLocations(),
      strings: this.strings!.finish(),
      traceFunctions: traceFunctions
        ? new Map([...traceFunctions].map(([field, builder]) => [field, (builder as UintColumnBuilder).finish()]))
        : null,
      traceTree: this.traceTree?.tree ?? null,
      offsets: this.offsets,
    };
  }

  private finishLocations(): LocationColumns {
    const rows = this.uintColumn('locations', 'objectIndex')?.length ?? 0;
    const room = rows === 0 ? 0 : Math.max(rows, this.uintColumn('nodes', 'id')!.length);
    const whole = (field: string) => {
      const column = this.uintColumn('locations', field)?.finishWhole(room);
      return column ? requireU32(column, `${field} in locations`, this.file) : new Uint32Array(room);
    };
    return {
      rows,
      nodeOrdinal: whole('objectIndex'),
      scriptId: whole('scriptId'),
      line: whole('line'),
      column: whole('column'),
    };
  }

  private uintColumn(section: RowSectionName, field: string): UintColumnBuilder | undefined {
    return this.columns.get(section)?.get(field) as UintColumnBuilder | undefined;
  }

  /** Writers number strings as nodes come to name them, so the largest number there is near the count. */
  private guessStrings(): number {
    return Math.min(this.uintColumn('nodes', 'name')?.largest ?? 0, this.means.inputBytes);
  }

  private rowReader(section: RowSectionName): ValueReader {
    const scanner = this.means.scanners.rows;
    const where = `its ${section}`;
    if (!this.format) {
      const uncut = new UintColumnBuilder(0);
      this.uncut.set(section, uncut);
      return new RowReader(where, scanner, 1, (batch) => uncut.append(batch, 0));
    }
    const fields = sectionFields(section, this.format);
    if (fields.count === 0) return new BalancedReader(where); // a section that the header gives no fields for
    return new RowReader(where, scanner, fields.count, this.createColumns(section, this.format));
  }

  private cutUncutSections(format: SnapshotFormat): void {
    for (const [section, uncut] of this.uncut) {
      const fields = sectionFields(section, format);
      if (fields.count === 0) continue;
      const values = uncut.finish();
      if (values.length % fields.count !== 0) throw this.looseRow(section);
      const append = this.createColumns(section, format);
      for (const batch of cutIntoRows(values, fields.count)) append(batch);
    }
  }

  /** Makes the builders of a section's fields, sized by the header's hint; returns what fills them. */
  private createColumns(section: RowSectionName, format: SnapshotFormat): (batch: RowBatch) => void {
    // Few nodes have two locations. Most have none, but a column takes memory only as far as it is filled.
    const locations = this.columns.has('nodes') ? format.nodeCountHint : 0;
    const hints = { nodes: format.nodeCountHint, edges: format.edgeCountHint, locations, trace_function_infos: 0 };
    const most = (rows: number) => Math.min(rows, this.means.inputBytes);
    const hint = most(hints[section]);
    this.workspace ??= this.means.workspaceFor(most(hints.nodes), most(hints.edges));
    // What stacks are made of no loop works on.
    const memory = section === 'trace_function_infos' ? sharedMemory : this.workspace.memory;
    if (section === 'edges') {
      const fault = (row: number, field: string, value: number, largest: number) =>
        this.tooLarge(section, { row, field, value, largest });
      const room = { hint, nodeHint: most(hints.nodes), memory };
      this.edges = new EdgeCollector({ ...room, format, scanners: this.means.scanners, fault });
      return this.edges.append;
    }
    const { offsets } = sectionFields(section, format);
    const columns = new Map<string, ColumnBuilder>();
    this.columns.set(section, columns);
    const builderOf = (field: string): ColumnBuilder => {
      if (field === 'edgeCount') return new EdgeRangeBuilder(this.file, hint, memory);
      if (field === 'selfSize') return new NodeSizeBuilder(hint, memory);
      if (field === 'type') return this.byteColumn(section, field, hint, format.nodeTypes.length);
      if (field === 'detachedness') return this.byteColumn(section, field, hint, 256);
      return new UintColumnBuilder(hint, memory);
    };
    for (const field of offsets.keys()) columns.set(field, builderOf(field));
    return (batch) => {
      for (const [field, column] of columns) column.append(batch, offsets.get(field)!);
    };
  }

  private byteColumn(section: RowSectionName, field: string, hint: number, limit: number): ByteColumnBuilder {
    return new ByteColumnBuilder(hint, this.workspace!.memory, limit, (row, value) =>
      this.tooLarge(section, { row, field, value, largest: limit - 1 }),
    );
  }

  private tooLarge(section: RowSectionName, { row, field, value, largest }: Excess): HeapdiffError {
    const reason = `row ${row} of the ${section} that begin here has ${field} ${value}, but ${largest} is the largest`;
    return new HeapdiffError('SNAPSHOT_CORRUPT', { file: this.file, offset: this.offsets.get(section), reason });
  }

  private looseRow(section: string): HeapdiffError {
    const reason = `the last row of the ${section} that begin here is incomplete`;
    return new HeapdiffError('SNAPSHOT_CORRUPT', { file: this.file, offset: this.offsets.get(section), reason });
  }

  private missing(section: string): HeapdiffError {
    const reason = `it has no member "${section}"`;
    return new HeapdiffError('NOT_A_SNAPSHOT', { file: this.file, reason });
  }
}

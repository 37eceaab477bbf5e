/** Definition sites: where the class of an object, or the function of a closure, stands in the source. */
import { BitVector, hasBit, rankOf } from './bit-vector';
import type { Graph } from './graph';
import { internalEdge } from './internal-edges';
import { PairInterner } from './interner';
import type { NameTable } from './names';
import { tableByType } from './node-kind';
import type { LocationColumns, SiteIndex } from './types';

/** A place in a script. */
export interface SourceLocation {
  /** The script's name: a path, a URL, `node:fs`; null when the snapshot does not tell. */
  readonly file: string | null;
  readonly scriptId: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

interface Pairs {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
}

/** A site table as data that another thread can take over. */
export interface PackedSites {
  readonly hasSite: Uint32Array;
  readonly objects: Uint32Array;
  readonly before: Uint32Array;
  readonly siteOfRank: Uint32Array;
  readonly places: Pairs;
  readonly sites: Pairs;
  readonly scriptNames: ReadonlyMap<number, string>;
}

/** Distinct sites of a snapshot and which node has which. Most nodes have none, so those that do are counted. */
export class SiteTable {
  private constructor(
    /** One bit per node: it has a site. */
    readonly hasSite: Uint32Array,
    /** The same of nodes of type object only. */
    readonly objects: Uint32Array,
    /** Nodes with a site before those of each word of `hasSite`. */
    private readonly before: Uint32Array,
    /** Sites of the nodes that have one, in the order of the nodes. */
    private readonly siteOfRank: Uint32Array,
    /** Lines and columns, 0-based. */
    private readonly places: Pairs,
    /** Script ids and rows of `places`. */
    private readonly sites: Pairs,
    private readonly scriptNames: ReadonlyMap<number, string>,
  ) {}

  static unpack({ hasSite, objects, before, siteOfRank, places, sites, scriptNames }: PackedSites): SiteTable {
    return new SiteTable(hasSite, objects, before, siteOfRank, places, sites, scriptNames);
  }

  pack(): PackedSites {
    const { hasSite, objects, before, siteOfRank, places, sites, scriptNames } = this;
    const pairs = ({ first, second }: Pairs) => ({ first, second });
    return { hasSite, objects, before, siteOfRank, places: pairs(places), sites: pairs(sites), scriptNames };
  }

  /** The columns of `locations` are used up: what room they have is lent to other steps. */
  static build(graph: Graph, locations: LocationColumns, names: NameTable): SiteTable {
    const { nodes, nodeCount, memory, scratch, loops } = graph;
    const { rows, nodeOrdinal: ordinal, scriptId, line, column } = locations;

    const { type } = nodes;
    const mark = (isWanted: Uint8Array) => {
      const { words } = BitVector.in(memory, nodeCount);
      loops.markOrdinals(ordinal, nodeCount, type, isWanted, words, 0, rows); // a location of nothing is nobody's
      return words;
    };
    const hasSite = mark(memory.u8(graph.nodeTypeNames.length).fill(1));
    const objects = mark(tableByType(graph, { object: 1 }));
    const closures = mark(tableByType(graph, { closure: 1 }));
    const before = memory.u32(hasSite.length);
    const total = memory.u32(1);
    loops.countBefore(hasSite, before, total, 0, hasSite.length);
    const siteOfRank = memory.u32(total[0]!);

    const places = new PairInterner(memory);
    places.internAll(loops, line, column, line, rows);
    const sites = new PairInterner(memory);
    const site = column;
    sites.internAll(loops, scriptId, line, site, rows);
    loops.placeByRank(ordinal, nodeCount, hasSite, before, site, siteOfRank, 0, rows);

    for (const room of [ordinal, scriptId, line, column]) scratch.adopt(room);

    const scripts = new ScriptNames(graph, names);
    const table = new SiteTable(hasSite, objects, before, siteOfRank, places, sites, scripts.resolved);
    // One closure of each function suffices to learn the names of scripts.
    const functions = new PairInterner(memory);
    functions.internSited(loops, { marks: closures, a: nodes.name, sites: table }, null, nodeCount);
    for (let index = 0; index < functions.count; index++) {
      scripts.learnFrom(functions.row[index]!, table.scriptId(functions.second[index]!));
    }
    return table;
  }

  /** For loops: see `SitedSource`. */
  get columns() {
    return [this.hasSite, this.before, this.siteOfRank] as const;
  }

  /** The site of a node; 0 for none. */
  of(ordinal: number): number {
    const { hasSite, before, siteOfRank } = this;
    return hasBit(hasSite, ordinal) ? siteOfRank[rankOf(hasSite, before, ordinal)]! : 0;
  }

  /** The place of a site; null for site 0. */
  get(site: SiteIndex | number): SourceLocation | null {
    if (site === 0) return null;
    const scriptId = this.sites.first[site - 1]!;
    const place = this.sites.second[site - 1]!;
    return {
      file: this.scriptNames.get(scriptId) ?? null,
      scriptId,
      line: this.places.first[place]! + 1,
      column: this.places.second[place]! + 1,
    };
  }

  /** The number of a site's script, which is the process' own business: compare names across processes. */
  scriptId(site: SiteIndex | number): number {
    return this.sites.first[site - 1]!;
  }
}

/** V8 15 puts this before a script's name, and writes only its first words for a script without name. */
const SCRIPT_PREFIX = 'system / Script / ';

/** Edges named so lead from a function's shared info to its script; the name changed with V8. */
const SCRIPT_EDGES = ['script', 'script_or_debug_info'] as const;

/**
 * Script names out of the heap itself: closure -> shared function info -> script, whose node carries the name.
 * One closure of each script suffices.
 */
class ScriptNames {
  /** By script id. */
  readonly resolved = new Map<number, string>();
  private readonly sharedOf: (closure: number) => number;
  private readonly scriptOf: ((shared: number) => number)[];

  constructor(
    private readonly graph: Graph,
    private readonly names: NameTable,
  ) {
    const edgeNames = graph.strings.indicesOf(['shared', ...SCRIPT_EDGES]);
    this.sharedOf = internalEdge(graph, edgeNames.shared);
    this.scriptOf = SCRIPT_EDGES.map((name) => internalEdge(graph, edgeNames[name]));
  }

  /** Looks at a closure of the script. */
  learnFrom(closure: number, scriptId: number): void {
    if (this.resolved.has(scriptId)) return;
    const name = this.nameFrom(closure);
    if (name) this.resolved.set(scriptId, name);
  }

  private nameFrom(closure: number): string | null {
    const { nodes, nodeType } = this.graph;
    const shared = this.sharedOf(closure);
    if (shared < 0) return null;
    for (const scriptOf of this.scriptOf) {
      const script = scriptOf(shared);
      if (script < 0 || nodes.type[script] !== nodeType.code) continue;
      const name = this.names.get(nodes.name[script]!);
      if (name.startsWith(SCRIPT_PREFIX)) return name.slice(SCRIPT_PREFIX.length);
      if (!name.startsWith('system / ')) return name;
    }
    return null;
  }
}

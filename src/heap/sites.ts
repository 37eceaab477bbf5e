/** Definition sites: where the class of an object, or the function of a closure, stands in the source. */
import { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { internalEdge } from './internal-edges';
import { PairInterner } from './interner';
import type { NameTable } from './names';
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

  static unpack({ hasSite, before, siteOfRank, places, sites, scriptNames }: PackedSites): SiteTable {
    return new SiteTable(hasSite, before, siteOfRank, places, sites, scriptNames);
  }

  pack(): PackedSites {
    const { hasSite, before, siteOfRank, places, sites, scriptNames } = this;
    const pairs = ({ first, second }: Pairs) => ({ first, second });
    return { hasSite, before, siteOfRank, places: pairs(places), sites: pairs(sites), scriptNames };
  }

  static build(graph: Graph, locations: LocationColumns, names: NameTable): SiteTable {
    const { nodeCount } = graph;
    const { nodeOrdinal, line, column, scriptId } = locations;
    const { words: hasSite } = markNodes(nodeOrdinal, graph);
    const before = graph.memory.u32(hasSite.length);
    let count = 0;
    for (let word = 0; word < hasSite.length; word++) {
      before[word] = count;
      count += countBits(hasSite[word]!);
    }
    const siteOfRank = graph.memory.u32(count);
    const places = new PairInterner();
    const sites = new PairInterner();
    const scripts = new ScriptNames(graph, names);
    for (let row = 0; row < nodeOrdinal.length; row++) {
      const ordinal = nodeOrdinal[row]!;
      if (ordinal >= nodeCount) continue; // a location of nothing: DevTools never looks it up either
      const place = places.intern(line[row]!, column[row]!);
      siteOfRank[rankOf(hasSite, before, ordinal)] = sites.intern(scriptId[row]!, place) + 1;
      scripts.learnFrom(ordinal, scriptId[row]!);
    }
    return new SiteTable(hasSite, before, siteOfRank, places, sites, scripts.resolved);
  }

  /** The site of a node; 0 for none. */
  of(ordinal: number): number {
    const { hasSite, before, siteOfRank } = this;
    if (((hasSite[ordinal >>> 5]! >>> (ordinal & 31)) & 1) === 0) return 0;
    return siteOfRank[rankOf(hasSite, before, ordinal)]!;
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

  /** Looks at a node that has a location in the script. */
  learnFrom(ordinal: number, scriptId: number): void {
    const { nodes, nodeType } = this.graph;
    if (nodes.type[ordinal] !== nodeType.closure || this.resolved.has(scriptId)) return;
    const name = this.nameFrom(ordinal);
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

function markNodes(ordinals: Uint32Array, { nodeCount, memory }: Graph): BitVector {
  const marked = BitVector.in(memory, nodeCount);
  for (let i = 0; i < ordinals.length; i++) if (ordinals[i]! < nodeCount) marked.add(ordinals[i]!);
  return marked;
}

/** How many nodes with a site come before one of them. */
function rankOf(hasSite: Uint32Array, before: Uint32Array, ordinal: number): number {
  const word = ordinal >>> 5;
  return before[word]! + countBits(hasSite[word]! & ((1 << (ordinal & 31)) - 1));
}

/** Bits set in a word, added up in pairs, in fours, in bytes (Warren, Hacker's Delight, section 5-1). */
function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Definition sites: where the class of an object, or the function of a closure, stands in the source. */
import type { Graph } from './graph';
import { PairInterner } from './interner';
import type { NameTable } from './names';
import type { SiteIndex } from './types';

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
  readonly siteOf: Uint32Array;
  readonly places: Pairs;
  readonly sites: Pairs;
  readonly scriptNames: ReadonlyMap<number, string>;
}

/** Distinct sites of a snapshot and which node has which. */
export class SiteTable {
  private constructor(
    /** Site of each node, by ordinal; 0 for none. */
    readonly siteOf: Uint32Array,
    /** Lines and columns, 0-based. */
    private readonly places: Pairs,
    /** Script ids and rows of `places`. */
    private readonly sites: Pairs,
    private readonly scriptNames: ReadonlyMap<number, string>,
  ) {}

  static unpack({ siteOf, places, sites, scriptNames }: PackedSites): SiteTable {
    return new SiteTable(siteOf, places, sites, scriptNames);
  }

  pack(): PackedSites {
    const { siteOf, places, sites, scriptNames } = this;
    const pairs = ({ first, second }: Pairs) => ({ first, second });
    return { siteOf, places: pairs(places), sites: pairs(sites), scriptNames };
  }

  static build(graph: Graph, names: NameTable): SiteTable {
    const { locations, nodeCount } = graph;
    const siteOf = graph.scratch.take().fill(0);
    const places = new PairInterner();
    const sites = new PairInterner();
    for (let row = 0; row < locations.nodeOrdinal.length; row++) {
      const ordinal = locations.nodeOrdinal[row]!;
      if (ordinal >= nodeCount) continue; // a location of nothing: DevTools never looks it up either
      const place = places.intern(locations.line[row]!, locations.column[row]!);
      siteOf[ordinal] = sites.intern(locations.scriptId[row]!, place) + 1;
    }
    return new SiteTable(siteOf, places, sites, resolveScriptNames(graph, names, siteOf, sites));
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
function resolveScriptNames(graph: Graph, names: NameTable, siteOf: Uint32Array, sites: PairInterner) {
  const { nodes, nodeType, nodeCount } = graph;
  const resolved = new Map<number, string>();
  const edgeNames = graph.strings.indicesOf(['shared', ...SCRIPT_EDGES]);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    const site = siteOf[ordinal]!;
    if (site === 0 || nodes.type[ordinal] !== nodeType.closure) continue;
    const scriptId = sites.first[site - 1]!;
    if (resolved.has(scriptId)) continue;
    const name = scriptNameOf(graph, names, ordinal, edgeNames);
    if (name) resolved.set(scriptId, name);
  }
  return resolved;
}

type EdgeNames = Record<'shared' | (typeof SCRIPT_EDGES)[number], ReadonlySet<number>>;

function scriptNameOf(graph: Graph, names: NameTable, closure: number, edgeNames: EdgeNames): string | null {
  const shared = followInternalEdge(graph, closure, edgeNames.shared);
  if (shared < 0) return null;
  for (const edge of SCRIPT_EDGES) {
    const script = followInternalEdge(graph, shared, edgeNames[edge]);
    if (script < 0 || graph.nodes.type[script] !== graph.nodeType.code) continue;
    const name = names.get(graph.nodes.name[script]!);
    if (name.startsWith(SCRIPT_PREFIX)) return name.slice(SCRIPT_PREFIX.length);
    if (!name.startsWith('system / ')) return name;
  }
  return null;
}

/** Where a node's internal edge of one of these names leads, -1 when it has none. */
export function followInternalEdge(graph: Graph, ordinal: number, edgeName: ReadonlySet<number>): number {
  const { edges, edgeType } = graph;
  for (let edge = edges.first[ordinal]!; edge < edges.first[ordinal + 1]!; edge++) {
    if (edges.typeOf(edge) === edgeType.internal && edgeName.has(edges.nameOf(edge))) return edges.to[edge]!;
  }
  return -1;
}

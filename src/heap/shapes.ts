/**
 * Names for plain objects: `{id, token, user}` instead of one heap of "Object". The rules are DevTools'
 * (`inferInterfaceDefinitions`, `applyInterfaceDefinitions`), the work is done once per distinct shape, not per object.
 */
import type { Graph } from './graph';
import { PairInterner } from './interner';
import type { NameTable } from './names';
import { membershipOf } from './strings';

/** A shape that is frequent enough to have a name. */
export interface ShapeDefinition {
  /** `{id, token}`, cut at about 120 characters. */
  readonly name: string;
  /** The properties in the name, in the objects' order. */
  readonly properties: readonly string[];
  /** Plain objects with exactly this beginning. */
  readonly count: number;
}

const LONGEST_NAME = 120;
/** One object needs no name of its own; nor does a shape of less than one object in a thousand. */
const FEWEST_OBJECTS = 2;
const FEWEST_SHARE = 1 / 1000;
const PROTO = '__proto__';

/** Calls `take` for each plain object: constructor `Object`, no class of its own. */
function eachPlainObject({ nodes, nodeType, strings, nodeCount }: Graph, take: (ordinal: number) => void): void {
  const isObject = membershipOf(strings.indicesOf(['Object']).Object);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    if (nodes.type[ordinal] === nodeType.object && isObject(nodes.name[ordinal]!)) take(ordinal);
  }
}

/** Finds the shapes worth a name, most frequent first. */
export function inferShapes(graph: Graph, names: NameTable): ShapeDefinition[] {
  const candidates = new Map<string, { name: string; properties: string[]; count: number }>();
  let plainObjects = 0;
  for (const { properties, count } of countPropertySequences(graph, names)) {
    plainObjects += count;
    if (properties.length === 0) continue;
    const name = nameShape(properties);
    const candidate = candidates.get(name);
    if (candidate) candidate.count += count;
    else candidates.set(name, { name, properties, count });
  }
  const fewest = Math.max(FEWEST_OBJECTS, plainObjects * FEWEST_SHARE);
  return [...candidates.values()].sort((a, b) => b.count - a.count).filter(({ count }) => count >= fewest);
}

/** The shapes that are frequent in either of two heaps, most frequent first; where both know one, the larger count. */
export function mergeShapes(before: readonly ShapeDefinition[], after: readonly ShapeDefinition[]): ShapeDefinition[] {
  const merged = new Map<string, ShapeDefinition>();
  for (const shape of [...after, ...before]) {
    const known = merged.get(shape.name);
    if (!known || shape.count > known.count) merged.set(shape.name, shape);
  }
  return [...merged.values()].sort((a, b) => b.count - a.count);
}

/** Calls `assign` with the shape name of every plain object that fits a definition; others stay `Object`. */
export function applyShapes(
  graph: Graph,
  names: NameTable,
  definitions: readonly ShapeDefinition[],
  assign: (ordinal: number, shapeName: string) => void,
): void {
  const properties = new PropertyNames(graph, names);
  const known = new Set(definitions.flatMap((definition) => definition.properties));
  /** By property. */
  const isKnown: boolean[] = [];
  const matchShape = createShapeMatcher(definitions);
  // Only properties of some definition can make an object fit one: walk those, and match once per distinct walk.
  const walks = new PairInterner();
  const matches: (string | null | undefined)[] = [null];
  const { first } = graph.edges;
  eachPlainObject(graph, (ordinal) => {
    let walk = 0;
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      const property = properties.idOf(edge);
      if (property === NO_PROPERTY) continue;
      isKnown[property] ??= known.has(properties.text[property]!);
      if (isKnown[property]) walk = walks.intern(walk, property) + 1;
    }
    let match = matches[walk];
    if (match === undefined) {
      match = matchShape(spellWalk(walks, walk, properties));
      matches[walk] = match;
    }
    if (match !== null) assign(ordinal, match);
  });
}

/** `{id, token}`. As in DevTools, no comma follows an empty first name: `{"": 1, id: 2}` is `{id}` too. */
function nameShape(properties: readonly string[]): string {
  let list = '';
  for (const property of properties) list += (list === '' ? '' : ', ') + formatPropertyName(property);
  return `{${list}}`;
}

/** As DevTools writes a property in a shape's name: quoted when it holds characters that the name itself uses. */
export function formatPropertyName(name: string): string {
  return /[,'"{}]/.test(name) ? JSON.stringify(name) : name;
}

/** Distinct beginnings of plain objects' property lists, as long as a shape's name may be, in order of appearance. */
function countPropertySequences(graph: Graph, names: NameTable) {
  const { first } = graph.edges;
  const properties = new PropertyNames(graph, names);
  const walks = new PairInterner();
  const counts = new Map<number, number>();
  eachPlainObject(graph, (ordinal) => {
    let walk = 0;
    let length = 1; // the opening brace
    for (let edge = first[ordinal]!, end = first[ordinal + 1]!; edge < end; edge++) {
      const property = properties.idOf(edge);
      if (property === NO_PROPERTY || properties.text[property] === PROTO) continue;
      const added = properties.formattedLength[property]!;
      if (length > 1 && length + added > LONGEST_NAME) break;
      length += added + (length === 1 ? 0 : 2);
      walk = walks.intern(walk, property) + 1;
    }
    counts.set(walk, (counts.get(walk) ?? 0) + 1);
  });
  return [...counts].map(([walk, count]) => ({ properties: spellWalk(walks, walk, properties), count }));
}

/** The properties along a walk: each walk is interned as (walk before, property), 0 being the empty one. */
function spellWalk(walks: PairInterner, walk: number, properties: PropertyNames): string[] {
  const spelled: string[] = [];
  for (let at = walk; at !== 0; at = walks.first[at - 1]!) spelled.push(properties.text[walks.second[at - 1]!]!);
  return spelled.reverse();
}

const NO_PROPERTY = 0;

/** Names of property edges by content: a file may hold one string twice. */
class PropertyNames {
  readonly text: string[] = ['']; // of no property
  readonly formattedLength: number[] = [0];
  private readonly idByText = new Map<string, number>();
  /** Number of an edge's name, 1, 2, 3 ...; {@link NO_PROPERTY} for an edge that is no property. */
  readonly idOf: (edge: number) => number;

  constructor({ edges, edgeType }: Graph, names: NameTable) {
    this.idOf = edges.byLabel((type, edge) =>
      type === edgeType.property ? this.intern(names.get(edges.nameOf(edge))) : NO_PROPERTY,
    );
  }

  private intern(text: string): number {
    let id = this.idByText.get(text);
    if (id === undefined) {
      id = this.text.push(text) - 1;
      this.formattedLength.push(formatPropertyName(text).length);
      this.idByText.set(text, id);
    }
    return id;
  }
}

interface MatchNode {
  readonly next: Map<string, MatchNode>;
  match: { readonly name: string; readonly propertyCount: number; readonly rank: number } | null;
}

/** Finds, for a list of properties, the definition with the most of them; the more frequent one on a tie. */
function createShapeMatcher(definitions: readonly ShapeDefinition[]): (properties: string[]) => string | null {
  const root: MatchNode = { next: new Map(), match: null };
  definitions.forEach((definition, rank) => {
    let node = root;
    for (const property of [...definition.properties].sort()) {
      let next = node.next.get(property);
      if (!next) {
        next = { next: new Map(), match: null };
        node.next.set(property, next);
      }
      node = next;
    }
    node.match ??= { name: definition.name, propertyCount: definition.properties.length, rank };
  });
  const better = (a: MatchNode['match'], b: MatchNode['match']) => {
    if (!a || !b) return a ?? b;
    if (a.propertyCount !== b.propertyCount) return a.propertyCount > b.propertyCount ? a : b;
    return a.rank <= b.rank ? a : b;
  };
  return (properties) => {
    let best: MatchNode['match'] = null;
    const reached = new Set([root]);
    for (const property of properties.sort()) {
      for (const node of [...reached]) {
        const next = node.next.get(property);
        if (!next) continue;
        reached.add(next);
        best = better(best, next.match);
      }
    }
    return best?.name ?? null;
  };
}

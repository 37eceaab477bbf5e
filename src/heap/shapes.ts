/**
 * Names for plain objects: `{id, token, user}` instead of one heap of "Object". The rules are DevTools'
 * (`inferInterfaceDefinitions`, `applyInterfaceDefinitions`), the work is done once per distinct shape, not per object.
 */
import { NONE } from './loops/codes';
import { formatPropertyName, type PlainObjects } from './plain-objects';

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

/** Finds the shapes worth a name, most frequent first. */
export function inferShapes(plain: PlainObjects): ShapeDefinition[] {
  const candidates = new Map<string, { name: string; properties: string[]; count: number }>();
  let plainObjects = 0;
  const takes = (property: string) => property !== PROTO;
  const walkOf = plain.graph.scratch.take();
  const walks = plain.walk({ takes, longestName: LONGEST_NAME }, walkOf);
  for (const { properties, count } of walks.distinct()) {
    plainObjects += count;
    if (properties.length === 0) continue;
    const name = nameShape(properties);
    const candidate = candidates.get(name);
    if (candidate) candidate.count += count;
    else candidates.set(name, { name, properties, count });
  }
  const fewest = Math.max(FEWEST_OBJECTS, plainObjects * FEWEST_SHARE);
  plain.graph.scratch.giveBack(walkOf);
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

/** Names every plain object in `nameOf`: by the shape that it fits, or `Object`. */
export function applyShapes(plain: PlainObjects, definitions: readonly ShapeDefinition[], nameOf: Uint32Array): void {
  const known = new Set(definitions.flatMap((definition) => definition.properties));
  const matchShape = createShapeMatcher(definitions);
  // Only properties of some definition can make an object fit one: walk those, and match once per distinct walk.
  const takes = (property: string) => known.has(property);
  const walks = plain.walk({ takes, longestName: null }, nameOf);
  walks.name((properties) => {
    const shape = matchShape(properties);
    return shape === null ? NONE : plain.names.derive(shape);
  });
}

/** `{id, token}`. As in DevTools, no comma follows an empty first name: `{"": 1, id: 2}` is `{id}` too. */
function nameShape(properties: readonly string[]): string {
  let list = '';
  for (const property of properties) list += (list === '' ? '' : ', ') + formatPropertyName(property);
  return `{${list}}`;
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

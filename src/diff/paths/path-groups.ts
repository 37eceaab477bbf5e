/**
 * Groups objects by the way they are reached. Ways are the states of an automaton: a step leads from one to the next, a
 * chain of any length leads back into itself, and the many keys of a dictionary are one.
 */
import type { PathStep } from '../types';

/** One step of a path: an edge and the class it leads to. */
export type Step = Omit<PathStep, 'repeats'>;

interface Way {
  parent: Way | null;
  step: Step;
  readonly next: Map<string, Way>;
  /** Part of a round that is walked again and again. */
  inCycle: boolean;
  /** It was found to be the same as another one. */
  mergedInto: Way | null;
  readonly members: number[];
  /** Rounds of its chain at the most, beyond the first. */
  rounds: number;
}

export interface WayGroup {
  readonly path: readonly PathStep[];
  /** Ordinals. */
  readonly members: readonly number[];
}

/** A chain's link takes this many steps at the most to be seen as one. */
const LONGEST_CYCLE = 4;
/** More names than this that lead to objects of one class are keys. */
const MOST_NAMES = 8;
const ANY_KEY = '[key]';

interface Position {
  readonly way: Way;
  readonly rounds: number;
}

export class PathGroups {
  private readonly start: Way = createWay(null, { edge: 'root', name: '', constructor: '' });
  private readonly positions = new Map<number, Position>();

  /**
   * `parentOf` gives the node before a node, -1 for a root; `stepTo` the step that leads to a node, null for a node
   * that is passed through unseen.
   */
  constructor(
    private readonly parentOf: (node: number) => number,
    private readonly stepTo: (node: number) => Step | null,
  ) {}

  add(node: number): void {
    const { way, rounds } = this.locate(node);
    way.members.push(node);
    way.rounds = Math.max(way.rounds, rounds);
  }

  /** The groups, in no particular order. Nothing can be added afterwards. */
  finish(): WayGroup[] {
    const groups: WayGroup[] = [];
    const seen = new Set<Way>();
    const open = [this.start];
    for (let way = open.pop(); way; way = open.pop()) {
      if (seen.has(way)) continue;
      seen.add(way);
      mergeKeys(way);
      if (way.members.length > 0) groups.push({ path: spell(way), members: way.members });
      for (const next of way.next.values()) open.push(resolve(next));
    }
    return groups;
  }

  /** Where the path of a node ends. Paths share their beginnings, and may be very long: each node is looked at once. */
  private locate(node: number): Position {
    const unknown: number[] = [];
    let at = node;
    while (at >= 0 && !this.positions.has(at)) {
      unknown.push(at);
      at = this.parentOf(at);
    }
    let position = at < 0 ? { way: this.start, rounds: 0 } : this.positions.get(at)!;
    for (let index = unknown.length - 1; index >= 0; index--) {
      const step = this.stepTo(unknown[index]!);
      if (step) position = follow(position, step);
      this.positions.set(unknown[index]!, position);
    }
    return position;
  }
}

function createWay(parent: Way | null, step: Step): Way {
  return { parent, step, next: new Map(), inCycle: false, mergedInto: null, members: [], rounds: 0 };
}

const keyOf = ({ edge, name, constructor: owner }: Step) => `${edge}\n${name}\n${owner}`;

function follow({ way, rounds }: Position, step: Step): Position {
  const key = keyOf(step);
  let next = way.next.get(key);
  if (!next) {
    next = closeCycle(way, step) ?? createWay(way, step);
    way.next.set(key, next);
  }
  // Only a chain leads back to where it came from.
  return { way: next, rounds: next.parent === way ? rounds : rounds + 1 };
}

/** The way that `step` repeats: the same step, from the same class, a few steps ago. */
function closeCycle(last: Way, step: Step): Way | null {
  let first: Way | null = last;
  for (let length = 1; length <= LONGEST_CYCLE && first?.parent; length++, first = first.parent) {
    if (keyOf(first.step) !== keyOf(step) || first.parent.step.constructor !== last.step.constructor) continue;
    for (let at: Way | null = last; at && at !== first.parent; at = at.parent) at.inCycle = true;
    return first;
  }
  return null;
}

/** Makes one way of the ways from here that differ by the name of a property alone. Modules go by their files. */
function mergeKeys(way: Way): void {
  const byClass = new Map<string, Way[]>();
  for (const next of new Set([...way.next.values()].map(resolve))) {
    const { edge, constructor: owner } = next.step;
    if (edge !== 'property' || owner === 'Module' || next.inCycle) continue;
    const same = byClass.get(owner);
    if (same) same.push(next);
    else byClass.set(owner, [next]);
  }
  for (const same of byClass.values()) {
    if (same.length <= MOST_NAMES) continue;
    const [first, ...others] = same;
    for (const other of others) merge(first!, other);
    first!.step = { ...first!.step, name: ANY_KEY };
  }
}

function merge(target: Way, other: Way): void {
  const open = [[target, other] as const];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const into = resolve(pair[0]);
    const from = resolve(pair[1]);
    if (into === from) continue;
    from.mergedInto = into;
    for (const member of from.members) into.members.push(member);
    into.rounds = Math.max(into.rounds, from.rounds);
    into.inCycle ||= from.inCycle;
    for (const [key, next] of from.next) {
      const known = into.next.get(key);
      if (known) open.push([known, next]);
      else into.next.set(key, next);
    }
  }
}

function resolve(way: Way): Way {
  let at = way;
  while (at.mergedInto) at = at.mergedInto;
  return at;
}

function spell(way: Way): PathStep[] {
  const steps: PathStep[] = [];
  for (let at = way; at.parent; at = resolve(at.parent)) {
    steps.push(at.inCycle && way.rounds > 0 ? { ...at.step, repeats: way.rounds + 1 } : at.step);
  }
  return steps.reverse();
}

import { describe, expect, it } from 'vitest';
import { MODULE, openProgram } from '../support/program-heap';

const nodes = {
  text: { type: 'string', name: 'x'.repeat(20), selfSize: 1_200_032 },
  old: { type: 'string', name: 'y'.repeat(20), selfSize: 32 },
  inside: { type: 'string', name: 'z'.repeat(20), selfSize: 900_000 },
  externalMap: { type: 'object shape', name: 'system / Map (ExternalOneByteString)' },
  insideMap: { type: 'object shape', name: 'system / Map (SeqOneByteString)' },
};
const edges = `${MODULE}
  context $text -> text
  text {map} -> externalMap
  context $old -> old
  old {map} -> externalMap
  context $inside -> inside
  inside {map} -> insideMap`;

describe('external strings', () => {
  it('are those whose hidden class says so, and whose size counts their text', async () => {
    const heap = await openProgram({ edges, nodes });
    const names = heap.externalStrings.map((ordinal) => heap.names.get(heap.graph.nodes.name[ordinal]!));
    expect(names).toEqual([nodes.text.name]);
  });
});

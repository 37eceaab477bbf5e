// Names of edges whose label does not tell them: see ../../edges.ts, which does the same.
import { get } from './columns';

/** As the host knows it. */
const RARE_BLOCK: u32 = 128;

// The edges that a loop works on.
let label: usize = 0;
let firstNumbered: u32 = 0;
let rare: usize = 0;
let rareBefore: usize = 0;
/** The edge up to which rare names were counted last, and how many there are. */
let counted: u32 = 0;
let place: u32 = 0;

export function useRare(labels: usize, numberedFrom: u32, names: usize, before: usize): void {
  label = labels;
  firstNumbered = numberedFrom;
  rare = names;
  rareBefore = before;
  counted = 0xffffffff;
}

/** Who asks for many asks in their order: counting goes on where it ended. */
export function rareNameOf(edge: u32): u32 {
  const block = edge / RARE_BLOCK;
  if (counted > edge || counted < block * RARE_BLOCK) {
    counted = block * RARE_BLOCK;
    place = get(rareBefore, block);
  }
  for (; counted < edge; counted++) {
    if (<u32>load<u16>(label + (<usize>counted << 1)) < firstNumbered) place++;
  }
  return get(rare, place);
}

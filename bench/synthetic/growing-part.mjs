// The part of a synthetic heap that makes its size: cells of 24 nodes, each described anew for every section from its
// number and the seed. So nothing is kept, and a cell is the same in `before` and `after`.
import { EDGE, NODE } from './header.mjs';

export const NODES_PER_CELL = 24;
export const STRINGS_PER_CELL = 4;
/** Entries of one chain of `next`: the deepest distances. */
const CHAIN = 64;
const MODEL = 23;

/** Small, fast, good enough: xorshift32 started from a mixed number. */
function startRandom(seed, cell) {
  let state = Math.imul(cell ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b) ^ (cell >>> 7) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

export class GrowingPart {
  constructor(fixed, { seed, cells, orderedCells }) {
    Object.assign(this, { fixed, seed, cells, orderedCells });
    this.firstOrdinal = fixed.nodes.length;
    const names = ['id', 'token', 'user', 'name', 'tags', 'since', 'handlers', 'lines', 'sku', 'quantity', 'price'];
    const edges = ['map', 'elements', 'shared', 'context', 'scope_info', 'previous', 'session', 'first', 'second'];
    const objects = ['Object', 'Array', 'Date', 'Session', 'Order', 'Entry', '(object elements)', 'heap number'];
    const others = ['next', 'value', 'order', 'owner', 'system / Context', '(sliced string)', '(concatenated string)'];
    this.name = Object.fromEntries(
      [...names, ...edges, ...objects, ...others].map((text) => [text, fixed.intern(text)]),
    );
    this.name.proto = fixed.intern('__proto__');
    this.models = Array.from({ length: 40 }, (_, index) => ({
      ...fixed.classes.get(`Model${index}`),
      name: fixed.intern(`Model${index}`),
    }));
    this.references = Array.from({ length: 12 }, (_, index) => fixed.intern(`ref${index}`));
    this.users = Array.from({ length: 500 }, (_, index) => fixed.intern(`user ${index}`));
    this.firstString = fixed.strings.length;
  }

  ordinalOf(cell, node) {
    return this.firstOrdinal + cell * NODES_PER_CELL + node;
  }

  /** The text of one of a cell's own strings, without quotes, as it stands in the file. */
  stringText(cell, which, length) {
    if (which === 0) return `token-${cell}${cell % 97 === 0 ? '-\\u00e9\\"' : ''}`.padEnd(length, 'x');
    return which === 1 ? `sku-${cell}` : `${cell * 3 + which}`;
  }

  /** Edges of the two large collections. */
  describeSessionTable(sink) {
    for (let cell = 0; cell < this.cells; cell++) {
      const firstName = this.firstString + cell * STRINGS_PER_CELL;
      sink.edge(EDGE.internal, firstName + 2, this.ordinalOf(cell, 1));
      sink.edge(EDGE.internal, firstName + 3, this.ordinalOf(cell, 0));
    }
  }

  describeOrderElements(sink) {
    for (let cell = 0; cell < this.orderedCells; cell++) sink.edge(EDGE.internal, cell + 1, this.ordinalOf(cell, 10));
  }

  describeCell(sink, cell) {
    const { name, fixed } = this;
    const random = startRandom(this.seed, cell);
    const first = this.ordinalOf(cell, 0);
    const string = this.firstString + cell * STRINGS_PER_CELL;
    const instance = (type, text, size, { prototype, map, place }) => {
      sink.node(type, text, size);
      if (place) sink.locate(place);
      sink.edge(EDGE.property, name.proto, prototype);
      sink.edge(EDGE.internal, name.map, map);
    };
    const plain = (shape, size) => {
      sink.node(NODE.object, name.Object, size);
      sink.edge(EDGE.property, name.proto, fixed.objectPrototype);
      sink.edge(EDGE.internal, name.map, fixed.shapes[shape]);
    };
    const text = (type, index, size) => {
      sink.node(type, index, size);
      sink.edge(EDGE.internal, name.map, fixed.stringMap);
    };
    const array = (elements) => {
      instance(NODE.object, name.Array, 32, fixed.classes.get('Array'));
      sink.edge(EDGE.internal, name.elements, first + elements);
    };
    const elements = (count) => {
      sink.node(NODE.array, name['(object elements)'], 16 + 8 * count);
      sink.edge(EDGE.internal, name.map, fixed.arrayMap);
    };
    const own = (key, node) => sink.edge(EDGE.property, name[key], first + node);

    instance(NODE.object, name.Session, 56, fixed.classes.get('Session')); // 0
    own('token', 1);
    own('user', 3);
    own('since', 7);
    own('handlers', 8);
    own('order', 10);
    own('value', 21);
    text(NODE.string, string, 24 + Math.floor(random() * 5) * 8); // 1
    sink.node(NODE.number, name['heap number'], 16); // 2
    plain(0, 40); // 3
    own('name', 4);
    own('tags', 5);
    own('id', 2);
    text(NODE.string, this.users[Math.floor(random() * this.users.length)], 32); // 4
    array(6); // 5
    this.describeReferences(sink, random, cell, elements); // 6
    instance(NODE.object, name.Date, 96, fixed.classes.get('Date')); // 7
    const made = fixed.functions[Math.floor(random() ** 2 * fixed.functions.length)];
    sink.node(NODE.closure, made.name, 64); // 8
    sink.locate(made.place);
    sink.edge(EDGE.internal, name.shared, made.shared);
    sink.edge(EDGE.internal, name.context, first + 9);
    sink.edge(EDGE.internal, name.map, fixed.functionMap);
    sink.node(NODE.object, name['system / Context'], 40); // 9
    sink.edge(EDGE.context, name.session, first);
    sink.edge(EDGE.internal, name.scope_info, made.madeIn);
    sink.edge(EDGE.internal, name.previous, fixed.context);
    sink.edge(EDGE.internal, name.map, fixed.contextMap);
    instance(NODE.object, name.Order, 24 + Math.floor(random() * 3) * 8, fixed.classes.get('Order')); // 10
    own('lines', 11);
    own('owner', 23);
    array(12); // 11
    elements(3); // 12
    for (let line = 0; line < 3; line++) sink.edge(EDGE.internal, line + 1, first + 13 + line);
    for (let line = 0; line < 3; line++) {
      plain(1, 32); // 13, 14, 15
      own('sku', 16 + line);
    }
    text(NODE.string, string + 1, 24); // 16
    text(NODE.concatenatedString, name['(concatenated string)'], 32); // 17
    sink.edge(EDGE.internal, name.first, first + 16);
    sink.edge(EDGE.internal, name.second, first + 4);
    text(NODE.slicedString, name['(sliced string)'], 32); // 18
    sink.edge(EDGE.internal, name.first, first + 1);
    plain(2, 48); // 19
    own('price', 20);
    sink.node(NODE.number, name['heap number'], 16); // 20
    instance(NODE.object, name.Entry, 40, fixed.classes.get('Entry')); // 21
    if (cell % CHAIN !== 0) sink.edge(EDGE.property, name.next, this.ordinalOf(cell - 1, 21));
    own('value', 22);
    plain(3 + Math.floor(random() * 3), 28 + Math.floor(random() * 8) * 4); // 22
    own('quantity', 19);
    own('owner', MODEL);
    const model = this.models[Math.floor(random() ** 3 * this.models.length)];
    instance(NODE.object, model.name, 40 + Math.floor(random() ** 4 * 40) * 8, model); // 23
    for (let count = Math.floor(random() * 4); count > 0; count--) {
      const reference = this.references[Math.floor(random() * this.references.length)];
      sink.edge(EDGE.property, reference, this.ordinalOf(this.pickCell(random, cell), MODEL));
    }
  }

  /** A backing store of references to earlier cells: mostly few, now and then hundreds. */
  describeReferences(sink, random, cell, elements) {
    const few = Math.min(12, Math.floor(0.6 / (random() + 0.04)));
    const count = random() < 0.0005 ? 400 : few;
    elements(count + 4);
    for (let at = 0; at < count; at++) {
      sink.edge(EDGE.internal, at + 1, this.ordinalOf(this.pickCell(random, cell), MODEL));
    }
  }

  /** Mostly a neighbour, as memory is allocated; sometimes anything older. */
  pickCell(random, cell) {
    const reach = random() < 0.8 ? Math.min(cell, 200) : cell;
    return cell - Math.floor(random() * (reach + 1));
  }
}

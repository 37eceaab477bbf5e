// The sections of a snapshot, one sink each. All are fed from the same description of the heap, so a node's edge count
// in `nodes` is what stands in `edges`.
import { DigitWriter } from './digit-writer.mjs';
import { FixedPart } from './fixed-part.mjs';
import { GrowingPart, STRINGS_PER_CELL } from './growing-part.mjs';
import { FIELDS_PER_NODE } from './header.mjs';

const COMMA = 44;
const NEW_LINE = 10;
/** Beyond any 32-bit id, and odd as those of objects are. */
const WIDE_ID = 3 * 2 ** 32;

/** Feeds a sink the nodes in file order, each followed by its edges. */
function describeHeap(sink, fixed, growing) {
  describeFixed(sink, fixed, growing);
  for (let cell = 0; cell < growing.cells; cell++) growing.describeCell(sink, cell);
}

function describeFixed(sink, fixed, growing) {
  fixed.nodes.forEach(({ type, name, size, edges }, ordinal) => {
    const isTable = ordinal === fixed.sessionTable;
    const isElements = ordinal === fixed.orderElements;
    const slots = isTable ? growing.cells * 3 : isElements ? growing.orderedCells : 0;
    sink.node(type, name, size + (slots > 0 ? 16 + slots * 8 : 0));
    for (let at = 0; at < edges.length; at += 3) sink.edge(edges[at], edges[at + 1], edges[at + 2]);
    if (isTable) growing.describeSessionTable(sink);
    if (isElements) growing.describeOrderElements(sink);
  });
  for (const place of fixed.locations) sink.locate(place, place.ordinal);
}

export class EdgeCounter {
  constructor(fixed, growing) {
    Object.assign(this, { fixed, growing, nodes: 0, edges: 0 });
  }
  count() {
    describeHeap(this, this.fixed, this.growing);
    return this;
  }
  node() {
    this.nodes++;
  }
  edge() {
    this.edges++;
  }
  locate() {}
}

/** A node's row needs its edge count: it is written when the next node begins. */
class NodeSink {
  constructor(out, wideIds) {
    Object.assign(this, { out, firstId: wideIds ? WIDE_ID + 1 : 1, ordinal: -1, type: 0, name: 0, size: 0, edges: 0 });
  }
  node(type, name, size) {
    if (this.ordinal >= 0) this.finishRow();
    this.ordinal++;
    this.type = type;
    this.name = name;
    this.size = size;
    this.edges = 0;
  }
  edge() {
    this.edges++;
  }
  locate() {}
  finishRow() {
    const { out } = this;
    if (this.ordinal > 0) out.byte(COMMA);
    out.integer(this.type);
    out.byte(COMMA);
    out.integer(this.name);
    out.byte(COMMA);
    out.integer(this.firstId + this.ordinal * 2);
    out.byte(COMMA);
    out.integer(this.size);
    out.byte(COMMA);
    out.integer(this.edges);
    out.text(',0,0\n');
  }
}

class EdgeSink {
  constructor(out) {
    Object.assign(this, { out, isFirst: true });
  }
  node() {}
  locate() {}
  edge(type, name, to) {
    const { out } = this;
    if (!this.isFirst) out.byte(COMMA);
    this.isFirst = false;
    out.integer(type);
    out.byte(COMMA);
    out.integer(name);
    out.byte(COMMA);
    out.integer(to * FIELDS_PER_NODE);
    out.byte(NEW_LINE);
  }
}

class LocationSink {
  constructor(out) {
    Object.assign(this, { out, isFirst: true, ordinal: -1 });
  }
  node() {
    this.ordinal++;
  }
  edge() {}
  locate({ scriptId, line, column }, ordinal = this.ordinal) {
    const { out } = this;
    if (!this.isFirst) out.byte(COMMA);
    this.isFirst = false;
    for (const value of [ordinal * FIELDS_PER_NODE, scriptId, line]) {
      out.integer(value);
      out.byte(COMMA);
    }
    out.integer(column);
    out.byte(NEW_LINE);
  }
}

export function writeNodes(out, fixed, growing, wideIds) {
  const sink = new NodeSink(out, wideIds);
  describeHeap(sink, fixed, growing);
  sink.finishRow();
}

export function writeEdges(out, fixed, growing) {
  describeHeap(new EdgeSink(out), fixed, growing);
}

export function writeLocations(out, fixed, growing) {
  describeHeap(new LocationSink(out), fixed, growing);
}

export function writeStrings(out, fixed, growing, stringLength) {
  out.text(fixed.strings.map((text) => JSON.stringify(text)).join(',\n'));
  for (let cell = 0; cell < growing.cells; cell++) writeCellStrings(out, growing, cell, stringLength);
}

function writeCellStrings(out, growing, cell, stringLength) {
  for (let which = 0; which < STRINGS_PER_CELL; which++) {
    out.text(`,\n"${growing.stringText(cell, which, stringLength)}"`);
  }
}

/** Mean bytes of a cell in a file of so many cells, from some of them. */
export function measureCell(cells, { seed, wideIds, stringLength }) {
  const growing = new GrowingPart(new FixedPart(), { seed, cells, orderedCells: cells });
  const out = new DigitWriter(null);
  const nodes = new NodeSink(out, wideIds);
  const sinks = [nodes, new EdgeSink(out), new LocationSink(out)];
  const step = Math.max(1, Math.floor(cells / 500));
  let measured = 0;
  for (let cell = 0; cell < cells; cell += step, measured++) {
    nodes.ordinal = sinks[2].ordinal = growing.ordinalOf(cell, 0);
    for (const sink of sinks) growing.describeCell(sink, cell);
    sinks[1].edge(3, growing.firstString + cell * STRINGS_PER_CELL, growing.ordinalOf(cell, 1));
    sinks[1].edge(3, growing.firstString + cell * STRINGS_PER_CELL, growing.ordinalOf(cell, 0));
    sinks[1].edge(3, cell, growing.ordinalOf(cell, 10));
    writeCellStrings(out, growing, cell, stringLength);
  }
  return out.bytes / measured;
}

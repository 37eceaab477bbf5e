/** The sections of a snapshot that are lists of integers, so many to a row. */
import type { SnapshotFormat } from '../format';

const ROW_SECTIONS = ['nodes', 'edges', 'locations', 'trace_function_infos'] as const;
export type RowSectionName = (typeof ROW_SECTIONS)[number];

export function isRowSection(key: string): key is RowSectionName {
  return (ROW_SECTIONS as readonly string[]).includes(key);
}

/** How many integers a row of a section has, and at which of them the fields stand that are read. */
export function sectionFields(section: RowSectionName, format: SnapshotFormat) {
  const present = (offsets: Readonly<Record<string, number>>) =>
    new Map(Object.entries(offsets).filter(([, offset]) => offset >= 0));
  switch (section) {
    case 'nodes':
      return { count: format.nodeFieldCount, offsets: present(format.node) };
    case 'edges':
      return { count: format.edgeFieldCount, offsets: present(format.edge) };
    case 'locations':
      return { count: format.locationFieldCount, offsets: present(format.location) };
    case 'trace_function_infos': {
      const fields = format.traceFunctionFields;
      return { count: fields.length, offsets: new Map(fields.map((name, offset) => [name, offset])) };
    }
  }
}

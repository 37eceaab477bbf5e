/** Collects the edges of a file while they are read: what each is called, and where it leads. */
import { EdgeLabelBuilder, type LabelFields } from './edge-label-builder';
import { type CollectedTargets, EdgeTargetBuilder, type TargetPlan } from './edge-target-builder';
import type { EdgeColumns } from './edges';
import type { SnapshotFormat } from './format';
import type { RowBatch } from './scan/row-scanner';
import type { Scanners } from './scan/scanners';

export type CollectedEdges = Pick<EdgeColumns, 'label' | 'labels'> & { readonly targets: CollectedTargets };

/** What collecting needs to know beforehand. */
export interface EdgePlan extends Omit<TargetPlan, 'nodeFieldCount'> {
  readonly format: SnapshotFormat;
  readonly scanners: Scanners;
  /** Makes the error for a value above the largest that its field can have. */
  readonly fault: (edge: number, field: keyof LabelFields, value: number, largest: number) => Error;
}

export class EdgeCollector {
  private readonly format: SnapshotFormat;
  private readonly targets: EdgeTargetBuilder;
  private readonly labels: EdgeLabelBuilder;

  constructor({ format, scanners, fault, ...room }: EdgePlan) {
    const { edgeTypes, nodeFieldCount } = format;
    const isIndexed = edgeTypes.map((type) => type === 'element' || type === 'hidden');
    const largest: LabelFields = { type: edgeTypes.length - 1, nameOrIndex: 2 ** 32 - 1 };
    this.format = format;
    this.targets = new EdgeTargetBuilder(scanners.targets, { nodeFieldCount, ...room });
    this.labels = new EdgeLabelBuilder(scanners.labels, {
      ...{ isIndexed, ...room },
      fault: (edge, field, value) => fault(edge, field, value, largest[field]),
    });
  }

  readonly append = (batch: RowBatch): void => {
    this.targets.append(batch, this.format.edge.toNode);
    this.labels.append(batch, this.format.edge);
  };

  finish(): CollectedEdges {
    return { ...this.labels.finish(), targets: this.targets.finish() };
  }
}

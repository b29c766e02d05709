import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { addGauges } from '../../src/jobs/add-gauges.js';
import { createMetrics } from '../../src/ops/metrics.js';

interface Described {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames: readonly string[];
}

it('docs/operations.md lists the metrics there are, and no others', () => {
  const rows = readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `acknet_'));
  const { registry } = createMetrics();
  addGauges({ registry, queues: [], store: { open: async () => [] }, now: () => new Date() });
  const metrics = registry.getMetricsAsArray() as unknown as readonly Described[];
  expect([...rows].sort()).toEqual(metrics.map(rowOf).sort());
});

const rowOf = ({ name, type, help, labelNames }: Described): string =>
  `| \`${name}\` | ${type} | ${labelNames.map((label) => `\`${label}\``).join(', ')} | ${help} |`;

import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { describedMetrics } from './reading/names-in-docs.js';

it('docs/operations.md lists the metrics there are, and no others', () => {
  const rows = readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `acknet_'));
  expect([...rows].sort()).toEqual(describedMetrics().map(rowOf).sort());
});

const rowOf = ({ name, type, help, labelNames }: ReturnType<typeof describedMetrics>[number]): string =>
  `| \`${name}\` | ${type} | ${labelNames.map((label) => `\`${label}\``).join(', ')} | ${help} |`;

import type { CloudResult } from './measure-cloud.js';

/** What the page says of checks with a connected account. */
export function cloudSection(
  results: readonly CloudResult[],
  { machine, rounds }: { readonly machine: string; readonly rounds: number },
): string {
  const made = `${machine}; median of ${rounds} rounds, which took turns; the calls are those of the last.`;
  return [made, times(results), callsMade(results)].join('\n\n');
}

function times(results: readonly CloudResult[]): string {
  const rows = results.map((result) =>
    row([
      ...[result.nodes.toLocaleString('en'), result.pods.toLocaleString('en')],
      ...[seconds(result.aloneMs), seconds(result.connectedMs)],
      ...[result.ratio.toFixed(2), result.cpuRatio.toFixed(2), `${(result.accountShare * 100).toFixed(0)} %`],
      result.overBudget.length === 0 ? 'none' : result.overBudget.map((id) => `\`${id}\``).join(', '),
    ]),
  );
  return [
    '| nodes | pods | without the cloud | with it | ratio | ratio of processor time | account’s part | unknown by budget |',
    '|--:|--:|--:|--:|--:|--:|--:|---|',
    ...rows,
  ].join('\n');
}

function callsMade(results: readonly CloudResult[]): string {
  const apis = [...new Set(results.flatMap(({ calls }) => Object.keys(calls)))].sort();
  const all = results.map(({ calls }) => Object.values(calls).reduce((sum, one) => sum + one, 0));
  return [
    row(['calls of one check', ...results.map(({ nodes }) => `${nodes.toLocaleString('en')} nodes`)]),
    `|---|${results.map(() => '--:|').join('')}`,
    ...apis.map((api) => row([`\`${api}\``, ...results.map(({ calls }) => String(calls[api] ?? 0))])),
    row(['all', ...all.map(String)]),
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

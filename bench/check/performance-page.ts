import { betweenMarkers } from './between-markers.js';
import type { SizeResult } from './measure-size.js';

/** The page with this run's table and curve between the markers. */
export function performancePage(
  page: string,
  results: readonly SizeResult[],
  { machine, rounds }: { machine: string; rounds: number },
): string {
  const made = `${machine}; median of ${rounds} rounds for times, the highest for memory.`;
  return betweenMarkers(page, 'bench:check', `${made}\n\n${table(results)}\n\n${curve(results)}`);
}

function table(results: readonly SizeResult[]): string {
  const head = [
    '| nodes | pods | checks | wall | floor | wall / floor | peak memory | floor’s memory | read | requests | server’s part |',
    '|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const rows = results.map(
    (result) =>
      `| ${result.nodes.toLocaleString('en')} | ${result.pods.toLocaleString('en')} | ${result.checks} | ${seconds(result.wallMs)} | ${seconds(result.floorMs)} | ${result.ratio.toFixed(2)} | ${result.peakRssMb} MB | ${result.floorRssMb} MB | ${(result.bytes / 1e6).toFixed(1)} MB | ${result.requests} | ${(result.serverShare * 100).toFixed(0)} % |`,
  );
  return [...head, ...rows].join('\n');
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Wall time by size, as bars: a straight line is what one list per resource should give. */
function curve(results: readonly SizeResult[]): string {
  const longest = Math.max(...results.map(({ wallMs, floorMs }) => Math.max(wallMs, floorMs)));
  const bar = (ms: number): string => '█'.repeat(Math.max(1, Math.round((ms / longest) * 50)));
  const lines = results.flatMap(({ nodes, wallMs, floorMs }) => [
    `${String(nodes).padStart(5)} nodes  checks ${bar(wallMs)} ${seconds(wallMs)}`,
    `${' '.repeat(13)}floor  ${bar(floorMs)} ${seconds(floorMs)}`,
  ]);
  return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
}

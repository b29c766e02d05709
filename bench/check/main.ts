import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureSize, type SizeResult } from './measure-size.js';
import { performancePage } from './performance-page.js';

const SIZES = [10, 100, 1000, 5000];
const PAGE_FILE = 'docs/performance.md';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const sizes = values.nodes === undefined ? SIZES : [Number(values.nodes)];
if (![...sizes, rounds].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('usage: npm run bench:check -- [--nodes N] [--rounds N] [--json]');
  process.exit(64);
}

const results: SizeResult[] = [];
for (const nodes of sizes) {
  const result = await measureSize(nodes, rounds);
  results.push(result);
  if (values.json) console.log(oneLine(result));
  else console.log(row(result));
}
if (values.nodes === undefined && !values.json) {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
  writeFileSync(PAGE_FILE, performancePage(readFileSync(PAGE_FILE, 'utf8'), results, { machine, rounds }));
  console.log(`written to ${PAGE_FILE}`);
}

function oneLine({ nodes, pods, wallMs, floorMs, ratio, peakRssMb, bytes, requests }: SizeResult): string {
  return JSON.stringify({ nodes, pods, wallMs, floorMs, ratio, peakRssMb, bytes, requests });
}

function row(result: SizeResult): string {
  const { nodes, pods, wallMs, floorMs, ratio, cpuRatio, peakRssMb, bytes, requests } = result;
  const { serverShare, checks } = result;
  return [
    `${nodes} nodes, ${pods} pods:`,
    `${checks} checks in ${wallMs} ms, floor ${floorMs} ms, ratio ${ratio} (processor time ${cpuRatio.toFixed(2)}),`,
    `peak ${peakRssMb} MB, ${(bytes / 1e6).toFixed(1)} MB read in ${requests} requests,`,
    `server ${(serverShare * 100).toFixed(0)} % of the floor`,
  ].join(' ');
}

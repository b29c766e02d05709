import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { betweenMarkers } from './between-markers.js';
import { cloudSection } from './cloud/cloud-section.js';
import { type CloudResult, measureCloud } from './cloud/measure-cloud.js';
import { measureSize, type SizeResult } from './measure-size.js';
import { performancePage } from './performance-page.js';

const SIZES = [10, 100, 1000, 5000];
const CLOUD_SIZES = [100, 1000];
const PAGE_FILE = 'docs/performance.md';

const { values } = parseArgs({
  options: {
    nodes: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    cloud: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const every = values.cloud ? CLOUD_SIZES : SIZES;
const sizes = values.nodes === undefined ? every : [Number(values.nodes)];
if (![...sizes, rounds].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('usage: npm run bench:check -- [--cloud] [--nodes N] [--rounds N] [--json]');
  process.exit(64);
}

if (values.cloud) await measureConnected();
else await measureSizes();

async function measureSizes(): Promise<void> {
  const results: SizeResult[] = [];
  for (const nodes of sizes) {
    const result = await measureSize(nodes, rounds);
    results.push(result);
    console.log(values.json ? oneLine(result) : row(result));
  }
  write((page, made) => performancePage(page, results, made));
}

async function measureConnected(): Promise<void> {
  const results: CloudResult[] = [];
  for (const nodes of sizes) {
    const result = await measureCloud(nodes, rounds);
    results.push(result);
    console.log(JSON.stringify(result));
  }
  write((page, made) => betweenMarkers(page, 'bench:check:cloud', cloudSection(results, made)));
}

/** One size alone, or JSON, is for looking at. */
function write(change: (page: string, made: { machine: string; rounds: number }) => string): void {
  if (values.nodes !== undefined || values.json) return;
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
  writeFileSync(PAGE_FILE, change(readFileSync(PAGE_FILE, 'utf8'), { machine, rounds }));
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

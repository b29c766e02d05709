import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expandScenario } from '../../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario, readVariant } from '../../../sandbox/cluster/scenario.js';
import { variantSchema } from '../../../sandbox/cluster/scenario-schema/variant-schema.js';
import { scenarioNames } from '../../../sandbox/demo/start-world.js';
import { findCheck } from '../../../src/checks/index.js';
import { text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';
import { unexplainedIds } from '../../../src/engine/symptoms/relating/unexplained.js';

const base = `
name: small
title: Small
kubernetes: v1.30.0
pools:
  - { name: np1, count: 1, zone: cn-hangzhou-i, nodeName: "n{n}", labels: { a: "1", b: "2" } }
daemonSets:
  - name: net
    labels: { app: net }
    containers: [{ name: main, image: "net:1" }, { name: side, image: "side:1" }]
workloads: [{ name: web, replicas: 1 }, { name: api, replicas: 1 }]
configMaps:
  - { name: settings, data: { conf: '{"mode":"a","zones":{"h":["x"],"i":["y"]}}', other: kept, gone: x } }
show: { configMaps: [], daemonSets: [] }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-variants-'));
  await mkdir(path.join(folder, 'variants'));
  await writeFile(path.join(folder, 'small.yaml'), base);
});
afterAll(() => rm(folder, { recursive: true }));

async function loaded(variant: string) {
  await writeFile(path.join(folder, 'variants', 'v.yaml'), `extends: small\ntitle: V\n${variant}`);
  return loadScenario('v', folder);
}

describe('a variant', () => {
  it('is its scenario under its own name and title, where it changes nothing', async () => {
    const { name, title, ...rest } = await loaded('');
    expect({ name, title }).toEqual({ name: 'v', title: 'V' });
    const { name: _, title: __, ...same } = await loadScenario('small', folder);
    expect(rest).toEqual(same);
  });

  it('replaces top-level keys whole', async () => {
    const { kubernetes, workloads } = await loaded('set: { kubernetes: v1.35.0, workloads: [] }');
    expect({ kubernetes, workloads }).toEqual({ kubernetes: 'v1.35.0', workloads: [] });
  });

  it('changes entries by name: fields merged, null removes, lists of named things merged, others replaced', async () => {
    const { pools, daemonSets } = await loaded(`
pools: [{ name: np1, count: 3, labels: { b: null, c: "3" } }]
daemonSets: [{ name: net, containers: [{ name: main, image: "net:2" }] }]`);
    expect(pools).toMatchObject([{ name: 'np1', count: 3, zone: 'cn-hangzhou-i' }]);
    expect(pools[0]?.labels).toEqual({ a: '1', c: '3' });
    expect(daemonSets[0]?.containers).toEqual([
      { name: 'main', image: 'net:2' },
      { name: 'side', image: 'side:1' },
    ]);
  });

  it('edits the JSON inside a value of a ConfigMap, and its texts', async () => {
    const { configMaps } = await loaded(`
configMaps: [{ name: settings, json: { conf: { mode: b, zones: { h: null } } }, data: { gone: null, more: "y" } }]`);
    const { conf = '', ...data } = configMaps[0]?.data ?? {};
    expect(JSON.parse(conf)).toEqual({ mode: 'b', zones: { i: ['y'] } });
    expect(data).toEqual({ other: 'kept', more: 'y' });
  });

  it('removes and adds entries', async () => {
    const { workloads } = await loaded(
      'remove: { workloads: [api] }\nadd: { workloads: [{ name: job, replicas: 2 }] }',
    );
    expect(workloads.map(({ name }) => name)).toEqual(['web', 'job']);
  });

  it.each([
    ['pool: []', 'variants/v.yaml: Unrecognized key: "pool"'],
    ['set: { kubernets: v1 }', 'variants/v.yaml: Unrecognized key: "kubernets"'],
    ['remove: { events: true }', 'variants/v.yaml: remove: Unrecognized key: "events"'],
    ['add: { nodes: [] }', 'variants/v.yaml: add: Unrecognized key: "nodes"'],
    ['pools: [{ name: np1, size: 3 }]', 'variants/v.yaml: pools.0: Unrecognized key: "size"'],
    ['configMaps: [{ name: settings, dat: {} }]', 'variants/v.yaml: configMaps.0: Unrecognized key: "dat"'],
    ['pools: [{ name: np2, count: 3 }]', 'variants/v.yaml: pools: there is no np2'],
    ['remove: { workloads: [db] }', 'variants/v.yaml: remove.workloads: there is no db'],
    [
      'add: { workloads: [{ name: web, replicas: 1 }] }',
      'variants/v.yaml: add.workloads: web is there already',
    ],
    [
      'configMaps: [{ name: settings, json: { none: {} } }]',
      'variants/v.yaml: configMaps.settings.json: there is no none',
    ],
    [
      'configMaps: [{ name: settings, json: { other: {} } }]',
      'variants/v.yaml: configMaps.settings.json: other is no JSON object',
    ],
  ])('refuses %s, naming file and key', async (variant, message) => {
    await expect(loaded(variant)).rejects.toThrow(message);
  });

  it('extends a scenario that exists, and no other variant', async () => {
    await writeFile(path.join(folder, 'variants', 'w.yaml'), 'extends: v\ntitle: W\n');
    await expect(loadScenario('w', folder)).rejects.toThrow(
      'variants/w.yaml: extends: there is no scenario v',
    );
    await expect(loadScenario('x', folder)).rejects.toThrow('there is no scenario x');
  });
});

const variants = readdirSync('sandbox/cluster/scenarios/variants').map((file) => file.replace(/\.yaml$/, ''));

describe('the variants', () => {
  it('are read by the keys that docs/sandbox-cluster.md lists', () => {
    const page = readFileSync('docs/sandbox-cluster.md', 'utf8');
    const [, table = ''] = /<!-- variant-keys -->([\s\S]*?)<!-- \/variant-keys -->/.exec(page) ?? [];
    const keys = table
      .split('\n')
      .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, key]) => key));
    expect(keys.sort()).toEqual(Object.keys(variantSchema.shape).sort());
  });

  it('are not offered by the demo, and extend what is', async () => {
    const offered = await scenarioNames();
    expect(variants.filter((name) => offered.includes(name))).toEqual([]);
    for (const name of variants) expect(offered).toContain((await readVariant(name)).extends);
  });

  it.each(variants)('%s names findings that exist, each once', async (name) => {
    const { shows, clear } = await readVariant(name);
    const unknown = shows.filter((id) => {
      const [check = '', message = ''] = id.split('.');
      return !Object.hasOwn(findCheck(check)?.messages ?? {}, message) && !unexplainedIds.includes(id);
    });
    expect([...unknown, ...clear.filter((id) => findCheck(id) === undefined)]).toEqual([]);
    expect(new Set(shows).size).toBe(shows.length);
  });

  it.each(variants)('%s makes a cluster that holds together', async (name) => {
    const scenario = await loadScenario(name);
    const { objects } = expandScenario({ scenario, now: new Date(), nextId: randomUUID });
    const known = new Set(objects.map((entry) => `${String(entry.kind)} ${text(entry, 'metadata', 'name')}`));
    const pods = objects.filter(({ kind }) => kind === 'Pod');
    const lost = pods.filter((pod) => {
      const node = text(pod, 'spec', 'nodeName');
      return node !== undefined && !known.has(`Node ${node}`);
    });
    expect(lost).toEqual([]);

    const own = pods.filter(holdsAddress).map((pod) => text(pod, 'status', 'podIP'));
    expect(own.filter((ip) => ip === undefined)).toEqual([]);
    expect(new Set(own).size).toBe(own.length);

    for (const event of objects.filter(({ kind }) => kind === 'Event')) {
      const about = `${text(event, 'involvedObject', 'kind')} ${text(event, 'involvedObject', 'name')}`;
      // The cloud controller manager reports on an object that is none.
      if (about !== 'Event route-controller') expect(known).toContain(about);
      expect(text(event, 'message')).not.toMatch(/\{(pod|node|ip|namespace)\}/);
    }
  });
});

const holdsAddress = (pod: JsonObject): boolean =>
  (pod.spec as JsonObject).hostNetwork !== true && text(pod, 'status', 'phase') === 'Running';

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { expandScenario } from '../../../sandbox/cluster/expand/expand-scenario.js';
import { loadScenario } from '../../../sandbox/cluster/scenario.js';
import { list, text } from '../../../src/cluster/fields.js';
import type { JsonObject } from '../../../src/cluster/ports.js';

const names = [
  'flannel-broken',
  'flannel-healthy',
  'terway-exhausted',
  'terway-datapath-v2',
  'dedicated-kube-proxy',
  'dual-stack-ipv6',
];

const expanded = async (name: string) =>
  expandScenario({ scenario: await loadScenario(name), now: new Date(), nextId: randomUUID }).objects;
const of = (objects: readonly JsonObject[], kind: string, apiVersion?: string) =>
  objects.filter(
    (entry) => entry.kind === kind && (apiVersion === undefined || entry.apiVersion === apiVersion),
  );
const nameOf = (entry: JsonObject): string => text(entry, 'metadata', 'name') ?? '';

describe.each(names)('%s', (name) => {
  it('gives every pod a node that exists and every address once', async () => {
    const objects = await expanded(name);
    const nodes = new Set(of(objects, 'Node', 'v1').map(nameOf));
    const pods = of(objects, 'Pod');
    const placed = pods.flatMap((pod) => text(pod, 'spec', 'nodeName') ?? []);
    expect(placed.filter((node) => !nodes.has(node))).toEqual([]);
    const own = pods
      .filter(
        (pod) => (pod.spec as JsonObject).hostNetwork !== true && text(pod, 'status', 'phase') === 'Running',
      )
      .map((pod) => text(pod, 'status', 'podIP'));
    expect(own.filter((ip) => ip === undefined)).toEqual([]);
    expect(new Set(own).size).toBe(own.length);
  });

  it('tells events of objects that exist, and no message with an open slot', async () => {
    const objects = await expanded(name);
    const known = new Set(objects.map((entry) => `${entry.kind} ${nameOf(entry)}`));
    for (const event of of(objects, 'Event')) {
      const about = `${text(event, 'involvedObject', 'kind')} ${text(event, 'involvedObject', 'name')}`;
      // The cloud controller manager reports on an object that is none.
      if (about !== 'Event route-controller') expect(known).toContain(about);
      expect(text(event, 'message')).not.toMatch(/\{(pod|node|ip|namespace)\}/);
    }
  });

  it('shows in Terway’s nodes the addresses that pods have', async () => {
    const objects = await expanded(name);
    const addresses = new Set(of(objects, 'Pod').map((pod) => text(pod, 'status', 'podIP')));
    for (const node of of(objects, 'Node', 'network.alibabacloud.com/v1beta1')) {
      const cards = Object.values((node.status as { networkInterfaces: JsonObject }).networkInterfaces);
      const held = cards.flatMap((card) => Object.keys((card as { ipv4: JsonObject }).ipv4));
      expect(held.filter((ip) => !addresses.has(ip))).toEqual([]);
    }
  });

  it('keeps times in the past and labels on every node', async () => {
    const objects = await expanded(name);
    for (const entry of objects) {
      const created = text(entry, 'metadata', 'creationTimestamp');
      if (created !== undefined) expect(Date.parse(created)).toBeLessThanOrEqual(Date.now());
    }
    for (const node of of(objects, 'Node', 'v1'))
      expect(node.metadata).toMatchObject({
        labels: { 'topology.kubernetes.io/zone': expect.stringMatching(/^cn-/) },
      });
    expect(list(of(objects, 'Node', 'v1')[0], 'status', 'conditions').length).toBeGreaterThan(5);
  });
});

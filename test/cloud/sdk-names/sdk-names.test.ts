import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type CloudAction, cloudActions, shapeOf } from '../../../src/cloud/actions.js';
import type { CloudQuery, CloudRead } from '../../../src/cloud/ports.js';
import { type SimulatedCloud, startSimulatedCloud } from '../../support/start-simulated-cloud.js';

const fileSchema = z.object({
  versions: z.record(z.string(), z.string().regex(/^\d+\.\d+\.\d+$/)),
  actions: z.record(z.string(), z.object({ request: z.string(), response: z.string() })),
});
const { versions, actions } = fileSchema.parse(
  JSON.parse(readFileSync('test/cloud/sdk-names/sdk-names.json', 'utf8')),
);
const namesOf = (action: CloudAction, side: 'request' | 'response'): ReadonlySet<string> =>
  new Set(actions[action]?.[side].split(' '));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Dotted paths of the keys that a schema reads, lists passed through. */
function keysOf(schema: Schema, above: readonly string[]): readonly string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => [
    [...above, key].join('.'),
    ...keysOf(inner, [...above, key]),
  ]);
  const inner = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  return [...own, ...inner.flatMap((one) => keysOf(one, above))];
}

/** Dotted paths of the keys that an answer holds. */
function keysIn(value: unknown, above: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => keysIn(entry, above));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...above, key].join('.'),
    ...keysIn(inner, [...above, key]),
  ]);
}

const isRead = (value: unknown): value is CloudRead<unknown> =>
  typeof value === 'object' && value !== null && 'action' in value && 'schema' in value;

/** Every read that `src/cloud/views` exports, by its name there. */
async function readsOfViews(): Promise<readonly (readonly [string, CloudRead<unknown>])[]> {
  const folder = path.resolve('dist/cloud/views');
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(path.join(folder, file)).href) as Promise<object>),
  );
  return modules.flatMap((exported) =>
    Object.entries(exported).flatMap(([name, value]) => (isRead(value) ? [[name, value] as const] : [])),
  );
}

const asked = Object.keys(cloudActions) as CloudAction[];

describe('the names of the official SDKs’ models (`npm run cloud:names` writes them)', () => {
  it('are of four packages, with their versions, and of every action', () => {
    expect(Object.keys(versions)).toHaveLength(4);
    expect(Object.keys(actions).sort()).toEqual([...asked].sort());
  });

  it('hold every key that a schema reads', async () => {
    const reads = await readsOfViews();
    expect(reads.length).toBeGreaterThan(8);
    const unknown = reads.flatMap(([name, { action, schema }]) => {
      const keys = keysOf(z.toJSONSchema(schema, { io: 'input' }) as Schema, shapeOf(action).items);
      expect({ name, keys: keys.length }).not.toEqual({ name, keys: 0 });
      return keys.filter((key) => !namesOf(action, 'response').has(key)).map((key) => `${name}: ${key}`);
    });
    expect(unknown).toEqual([]);
  });

  it.each(asked)('hold the list and the paging of %s', (action) => {
    const { items, paging } = shapeOf(action);
    const [request, response] = [namesOf(action, 'request'), namesOf(action, 'response')];
    const sent =
      paging === undefined
        ? []
        : paging.by === 'pages'
          ? ['PageNumber', 'PageSize']
          : [paging.sizeName, 'NextToken'];
    const read = paging === undefined ? [] : [paging.by === 'pages' ? 'TotalCount' : 'NextToken'];
    const list = items.length === 0 ? [] : [items.join('.')];
    expect(sent.filter((name) => !request.has(name))).toEqual([]);
    expect([...read, ...list].filter((name) => !response.has(name))).toEqual([]);
  });
});

describe('the simulated account', () => {
  let cloud: SimulatedCloud;
  beforeAll(async () => {
    cloud = await startSimulatedCloud({ scenario: 'cloud-vswitches-misnamed' });
  });
  afterAll(() => cloud.close());

  const queries: Partial<Record<CloudAction, CloudQuery>> = {
    'vpc:DescribeVSwitchAttributes': { VSwitchId: 'vsw-bp1a4c7e9g2i5k8m1o3q6' },
    'vpc:DescribeRouteEntryList': { RouteTableId: 'vtb-bp1s1y2s3t4e5m6t7a8b9', NextHopType: 'NatGateway' },
    'vpc:GetVpcRouteEntrySummary': { VpcId: 'vpc-bp1o8h2k5n7q9s3u6w0y4' },
    'ecs:DescribeSecurityGroupAttribute': { SecurityGroupId: 'sg-bp1k3m5o7q9s1u3w5y7a', Direction: 'all' },
    'ecs:DescribeSecurityGroups': { SecurityGroupIds: '["sg-bp1k3m5o7q9s1u3w5y7a"]' },
    'vpc:DescribeSnatTableEntries': { SnatTableId: 'stb-bp1n0a1t2g3a4t5e6w7a8' },
  };
  it.each([
    'vpc:DescribeVpcs',
    'vpc:DescribeVSwitches',
    'vpc:DescribeVSwitchAttributes',
    'vpc:DescribeRouteTableList',
    'vpc:DescribeRouteEntryList',
    'vpc:GetVpcRouteEntrySummary',
    'vpc:DescribeNatGateways',
    'vpc:DescribeSnatTableEntries',
    'ecs:DescribeNetworkInterfaces',
    'ecs:DescribeInstances',
    'ecs:DescribeSecurityGroups',
    'ecs:DescribeSecurityGroupAttribute',
    'cs:DescribeClusterDetail',
    'sts:GetCallerIdentity',
  ] as const)('answers %s with names that the SDKs know, to a question in theirs', async (action) => {
    const reader = cloud.access.reader({ signal: new AbortController().signal });
    const { items } = await reader.read({ action, schema: z.unknown() }, queries[action]);
    expect(items).not.toHaveLength(0);
    const { items: list } = shapeOf(action);
    const unknown = keysIn(items, list).filter((key) => !namesOf(action, 'response').has(key));
    expect([...new Set(unknown)].filter((key) => key !== 'NextToken' && key !== 'TotalCount')).toEqual([]);
    const sent = Object.keys(queries[action] ?? {});
    expect(sent.filter((name) => !namesOf(action, 'request').has(name))).toEqual([]);
  });
});

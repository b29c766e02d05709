import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type CloudAction, cloudActions, partsOf } from '../../src/cloud/actions.js';
import { buildRequest } from '../../src/cloud/openapi/build-request.js';

const actions = Object.keys(cloudActions) as CloudAction[];

/** The reader's list of notes/cloud-api.md, section 7, and who asks. */
const allowed = new Set(
  `cs:DescribeClusterDetail cs:DescribeClusterNodePools cs:DescribeClusterResources cs:ListClusterAddonInstances
   cs:GetClusterAddonInstance cs:ListAddons cs:DescribeClustersForRegion cs:DescribeKubernetesVersionMetadata
   vpc:DescribeVpcs vpc:DescribeVSwitches vpc:DescribeVSwitchAttributes vpc:DescribeRouteTableList
   vpc:DescribeRouteEntryList vpc:GetVpcRouteEntrySummary vpc:DescribeNatGateways vpc:DescribeSnatTableEntries
   vpc:DescribeIpv6Gateways vpc:DescribeIpv6Addresses vpc:DescribeIpv6EgressOnlyRules
   ecs:DescribeNetworkInterfaces ecs:DescribeInstanceTypes ecs:DescribeInstances ecs:DescribeSecurityGroups
   ecs:DescribeSecurityGroupAttribute ecs:DescribeAccountAttributes sts:GetCallerIdentity`.split(/\s+/),
);

describe('what acknet can ask of the cloud', () => {
  it.each(actions)('%s reads, and is on the list of reads', (action) => {
    expect(partsOf(action).api).toMatch(/^(?:Describe|List|Get)[A-Z]/);
    expect(allowed.has(action)).toBe(true);
  });

  it('holds no call that hands out a credential', () => {
    expect(actions.filter((action) => /Kubeconfig|Token|Password|Secret/i.test(action))).toEqual([]);
  });

  it('is asked by no other way: one file alone signs, and one alone sends', () => {
    const users = (of: RegExp) =>
      readdirSync('src', { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && of.test(readFileSync(`src/${file}`, 'utf8')))
        .sort();
    expect(users(/import .*signRequest/)).toEqual(['cloud/openapi/build-request.ts']);
    expect(users(/import .*\bsendRequest\b/)).toEqual(['cloud/openapi/cloud-connection.ts']);
    expect(users(/from '@alicloud\/(?!credentials)/)).toEqual([]);
  });

  it('is loaded by one import alone, which a cluster without `cloud:` never comes to', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.startsWith('cloud/openapi/'),
    );
    const importing = (pattern: RegExp) =>
      files.filter((file) => pattern.test(readFileSync(`src/${file}`, 'utf8'))).sort();
    expect(importing(/from '[^']*cloud\/openapi\//)).toEqual([]);
    expect(importing(/from '@alicloud\//)).toEqual([]);
    expect(importing(/await import\('[^']*cloud\/openapi\//)).toEqual(['cli/open-clouds.ts']);
  });

  it.each(actions)('%s is sent as GET of its path, or as POST without a body', (action) => {
    const request = buildRequest({
      action,
      place: { clusterId: 'c1', region: 'cn-hangzhou' },
      query: {},
      host: 'h',
      key: { id: 'k', secret: 's' },
      now: new Date('2026-11-29T20:00:00Z'),
      nonce: 'n',
    });
    expect([request.method, request.path]).toEqual(
      action.startsWith('cs:')
        ? ['GET', expect.stringMatching(/^\/(?:clusters\/c1|addons|api\/v1\/metadata\/versions)/)]
        : ['POST', '/'],
    );
  });
});

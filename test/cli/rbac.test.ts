import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { checks } from '../../src/checks/index.js';
import { rolesFor } from '../../src/cluster/rbac-roles.js';
import { runCli } from '../support/run-cli.js';

interface PrintedRole {
  kind: string;
  metadata: { name: string; namespace?: string };
  rules: { resources: string[]; verbs: string[]; resourceNames?: string[] }[];
}
const printed = async (...args: string[]): Promise<PrintedRole[]> =>
  parseAllDocuments((await runCli(['rbac', ...args])).stdout).map(
    (document) => document.toJS() as PrintedRole,
  );

describe('acknet rbac', () => {
  it('asks for reads only, never for Secrets or nodes/proxy', async () => {
    const rules = (await printed()).flatMap((role) => role.rules);
    expect(
      rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb))),
    ).toEqual([]);
    expect(rules.flatMap(({ resources }) => resources)).not.toEqual(expect.arrayContaining(['secrets']));
    expect(rules.flatMap(({ resources }) => resources)).not.toEqual(expect.arrayContaining(['nodes/proxy']));
  });

  it('names the ConfigMaps it reads in kube-system', async () => {
    const role = (await printed()).find(({ kind }) => kind === 'Role');
    const configMaps = role?.rules.find(({ resources }) => resources.includes('configmaps'));
    expect(role?.metadata.namespace).toBe('kube-system');
    expect(configMaps?.resourceNames).toEqual(expect.arrayContaining(['eni-config', 'kube-flannel-cfg']));
  });

  it('adds the ConfigMaps that terway-config labels name, when told', async () => {
    const role = (await printed('--config-maps', 'eni-config-fixed')).find(({ kind }) => kind === 'Role');
    const configMaps = role?.rules.find(({ resources }) => resources.includes('configmaps'));
    expect(configMaps?.resourceNames).toEqual(expect.arrayContaining(['eni-config', 'eni-config-fixed']));
  });

  it('allows the logs of a namespace that components of the network run in, when told, and of no other', async () => {
    const inFlannel = ({ metadata }: PrintedRole) => metadata.namespace === 'kube-flannel';
    expect((await printed()).some(inFlannel)).toBe(false);
    expect((await printed('--log-namespaces', 'kube-flannel')).filter(inFlannel)).toEqual([
      expect.objectContaining({
        rules: [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }],
      }),
    ]);
    const { code, stderr } = await runCli(['rbac', '--log-namespaces', 'shop']);
    expect(code).toBe(64);
    expect(stderr).toContain('kube-flannel');
  });

  it('prints only what the checks named need', async () => {
    const resources = (await printed('--checks', 'cluster-domain')).flatMap((role) =>
      role.rules.flatMap((rule) => rule.resources),
    );
    expect(new Set(resources)).toEqual(new Set(['namespaces', 'daemonsets', 'nodes', 'configmaps']));
  });

  it('prints a separate role for one fix, and says what RBAC cannot narrow', async () => {
    const { stdout } = await runCli(['rbac', '--fixes', 'add-flannel-cni-version']);
    const [role] = parseAllDocuments(stdout).map((document) => document.toJS() as PrintedRole);
    expect(role?.metadata).toEqual({ name: 'acknet-fixer', namespace: 'kube-system' });
    expect(role?.rules).toEqual([
      expect.objectContaining({
        resources: ['configmaps'],
        verbs: ['patch'],
        resourceNames: ['kube-flannel-cfg'],
      }),
      expect.objectContaining({ resources: ['pods'], verbs: ['delete'] }),
    ]);
    expect(stdout).toContain('cannot narrow the deletion of pods');
  });

  it('refuses a fix it does not know', async () => {
    expect(await runCli(['rbac', '--fixes', 'no-such-fix'])).toMatchObject({ code: 64 });
  });
});

describe('rolesFor', () => {
  it('keeps a rule for named objects apart from one for all', () => {
    const base = { group: '', resource: 'configmaps' } as const;
    expect(
      rolesFor('r', [
        { ...base, verbs: ['list'] },
        { ...base, verbs: ['get'], namespace: 'a', names: ['x'] },
        { ...base, verbs: ['get'], namespace: 'a', names: ['y'] },
      ]).map(({ kind, rules }) => [kind, rules]),
    ).toEqual([
      ['ClusterRole', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list'] }]],
      ['Role', [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'], resourceNames: ['x', 'y'] }]],
    ]);
  });
});

describe('acknet rbac --cloud', () => {
  interface Policy {
    Version: string;
    Statement: { Effect: string; Action: string[]; Resource: string[] }[];
  }
  const policies = async (...args: string[]) =>
    JSON.parse((await runCli(['rbac', '--cloud', ...args])).stdout) as { policy: Policy; trust: Policy };

  it('allows the reads that checks declare and nothing else, those of the cluster on it alone', async () => {
    const { policy } = await policies();
    const declared = new Set(checks.flatMap(({ cloud }) => cloud?.actions ?? []));
    const allowed = policy.Statement.flatMap(({ Action }) => Action);
    expect([...allowed].sort()).toEqual([...declared].sort());
    expect(allowed.filter((action) => !/^(?:cs|vpc|ecs):(?:Describe|List|Get)/.test(action))).toEqual([]);
    for (const { Action, Resource } of policy.Statement)
      expect(Resource).toEqual(
        Action.every((action) => action.startsWith('cs:')) ? ['acs:cs:*:*:cluster/<cluster id>'] : ['*'],
      );
  });

  it('prints those of some checks alone', async () => {
    const { policy } = await policies('--checks', 'vswitch-addresses-exhausted');
    expect(policy.Statement.flatMap(({ Action }) => Action)).toEqual([
      'cs:DescribeClusterDetail',
      'vpc:DescribeVSwitchAttributes',
      'vpc:DescribeVSwitches',
    ]);
  });

  it('trusts one service account of one cluster', async () => {
    const { trust } = await policies();
    expect(JSON.stringify(trust)).toContain('"oidc:sub":["system:serviceaccount:acknet:acknet"]');
    expect(trust.Statement).toHaveLength(1);
  });
});

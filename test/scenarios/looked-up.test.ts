import { afterEach, describe, expect, it } from '@jest/globals';
import { cloudActionsOf } from '../../src/cli/rbac.js';
import { plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

/** What is answered in the channel of a cluster with this account. */
async function answered(cloud: readonly string[] | undefined, question: string): Promise<string> {
  sandbox = await startSandbox({
    clusters: { 'cluster-x': 'terway-datapath-v2' },
    ...(cloud && { cloud }),
    file: { channels: { C0OPS: { cluster: 'cluster-x' } } },
  });
  const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${question}` });
  return plainText(await sandbox.message(/^Which /, { threadTs: ts })).replaceAll('*', '');
}

const VSWITCHES = 'which pod vSwitches and which network plugin does it use';
const RESOURCES = 'which cloud resources does the cluster use, VPC and RAM role';

describe('a question for what the cluster itself says', () => {
  it('is answered with its vSwitches, their blocks and free addresses', async () => {
    const text = await answered(cloudActionsOf([]), VSWITCHES);
    expect(text).toMatch(/On cluster-x, read /);
    expect(text).toMatch(
      /Pod vSwitches: .*cn-hangzhou-i: vsw-\w+ \(cn-hangzhou-i, [\d./]+, \d+ addresses free\)/,
    );
    expect(text).toMatch(/Service CIDR: [\d./]+/);
    expect(text).not.toMatch(/Not visible to acknet|Console/);
  });

  it('is answered with the worker RAM role and the security group of its creation', async () => {
    const text = await answered(cloudActionsOf([]), RESOURCES);
    expect(text).toMatch(/Worker RAM role: KubernetesWorkerRole-/);
    expect(text).toMatch(/Security group: sg-/);
  });

  it('says which RAM action is missing, beside what Kubernetes tells', async () => {
    const text = await answered([], RESOURCES);
    expect(text).toMatch(/Pod vSwitches: .*cn-hangzhou-i: vsw-/);
    expect(text).toContain('may not call cs:DescribeClusterDetail');
    expect(text).toContain('ACK console');
    expect(text).not.toContain('Worker RAM role: ');
  });

  it('says what connecting the cloud would show, where it is not connected', async () => {
    const text = await answered(undefined, RESOURCES);
    expect(text).toMatch(
      /Not visible to acknet.*Connecting the cloud \(docs\/cloud\.md\) would show what the cluster was created with/,
    );
    expect(text).toMatch(/Pod vSwitches: .*cn-hangzhou-i: vsw-/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/cluster/ports.js';
import { plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** As when the kubeconfig leads elsewhere: another cluster, whose kube-system is another one. */
function replaceCluster(): string {
  const simulator = sandbox.world.clusters.get('cluster-x');
  if (simulator === undefined) throw new TypeError('no cluster-x');
  const kind = simulator.kind('Namespace');
  const before = simulator.store.remove(kind, undefined, 'kube-system');
  const { uid: _, ...metadata } = before.metadata as JsonObject;
  const made = simulator.store.create(kind, { ...before, metadata });
  return String((made.metadata as JsonObject).uid).slice(0, 8);
}

async function rebind(as: 'ana' | 'bo', pattern: RegExp): Promise<string> {
  await sandbox[as].command({ channel: 'C0OPS', text: '/acknet rebind cluster-x' });
  return plainText(await sandbox.message(pattern, { as: sandbox[as].id }));
}

describe('a name that another cluster answers to', () => {
  it('is neither read nor changed until a maintainer says so in Slack', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
    await sandbox.message(/^cluster-x: \d+ cause/);
    const uid = replaceCluster();

    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x flannel-cni-version' });
    await sandbox.message(
      /^cluster-x: .*Another cluster answers|^cluster-x: .*not readable|^cluster-x: .*could not/i,
    );
    await rebind('ana', /^Only maintainers/);
    expect(await rebind('bo', /stands for cluster/)).toContain(`stands for cluster ${uid} from now on`);

    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x conntrack-limit' });
    await sandbox.message(/^cluster-x: no problem found/);
    expect(await rebind('bo', /nothing to rebind/)).toContain(uid);
  });
});

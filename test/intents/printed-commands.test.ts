import { spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { text } from '../../src/cluster/fields.js';
import { loadIntents } from '../../src/intents/load-intents.js';
import { type SimulatedCluster, startSimulatedCluster } from '../support/start-simulated-cluster.js';

const installed = spawnSync('kubectl', ['version', '--client']).status === 0;
const intents = await loadIntents('intents');

/** Commands of code blocks and of running text, as somebody copies them. */
const commandsOf = (markdown: string): string[] => [
  ...[
    ...markdown.matchAll(
      /^\s*(kubectl (?:-n |get |describe |logs |edit |delete |scale |cordon |uncordon |drain |patch |exec )[^\n]+)$/gm,
    ),
  ].map(([, line]) => line as string),
  // Named only to say that nobody should: `kubectl delete node`.
  ...[...markdown.matchAll(/(?<!Never use )`(kubectl [^`]+)`/g)].map(([, line]) => line as string),
];
const printed = intents
  .map(({ id, area, sections }) => ({
    id,
    scenario:
      area === 'flannel' ? 'flannel-healthy' : area === 'ipv6' ? 'dual-stack-ipv6' : 'terway-datapath-v2',
    commands: [...new Set(Object.values(sections).flatMap((section) => commandsOf(section ?? '')))],
  }))
  .filter(({ commands }) => commands.length > 0);

const clusters = new Map<string, SimulatedCluster>();
beforeAll(async () => {
  for (const scenario of new Set(printed.map((entry) => entry.scenario)))
    clusters.set(scenario, await startSimulatedCluster(scenario));
});
afterAll(async () => {
  for (const cluster of clusters.values()) await cluster.close();
});

/** The names that somebody would put in the brackets, from the cluster as it is. */
function filled(command: string, { simulator }: SimulatedCluster): string {
  const namesOf = (kind: string, pattern: RegExp) =>
    [...simulator.store.all(simulator.kind(kind))]
      .map((object) => ({
        name: text(object, 'metadata', 'name') ?? '',
        namespace: text(object, 'metadata', 'namespace') ?? '',
      }))
      .filter(({ name }) => pattern.test(name));
  const [pod] = namesOf('Pod', /^(?!terway|kube-)/);
  const [service] = namesOf('Service', /./);
  const terway = namesOf('Pod', /^terway/)[0]?.name ?? 'terway-eniip-x';
  const own = /svc <service>|endpointslices/.test(command) ? service : pod;
  return command
    .replace(/<node(?:-name)?>/g, namesOf('Node', /./)[0]?.name ?? '')
    .replace(/<terway-pod>/g, terway)
    .replace(/<kube-proxy-pod>/g, namesOf('Pod', /^kube-proxy/)[0]?.name ?? '')
    .replace(/<pod>/g, pod?.name ?? '')
    .replace(/<service>/g, service?.name ?? '')
    .replace(/<namespace>/g, own?.namespace ?? 'default')
    .replace(/\{\{terway-daemonset\}\}/g, 'terway-eniip')
    .replace(/\{\{kube-proxy-daemonset\}\}/g, 'kube-proxy-worker')
    .replace(/ -[wf](?= |$)/g, '');
}

/** A shell as the reader's, `edit` leaving the file as it is; what kubectl says of trouble goes to standard error. */
function complaints(command: string, { kubeconfigs }: SimulatedCluster): Promise<string> {
  const env = { ...process.env, KUBECONFIG: kubeconfigs.admin, EDITOR: 'true', KUBE_EDITOR: 'true' };
  return new Promise((resolve) => {
    const child = spawn('bash', ['-c', command], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    child.on('close', () => resolve(said));
  });
}

/** Not a fault of the command: this cluster lacks the object, or the simulator runs no process in a pod. */
const harmless =
  /^No resources found|NotFound|not found|doesn't have a resource type|Edit cancelled|Warning:|does not simulate|cordoned|evicting|ignoring DaemonSet|drained/;
const faults = (said: string): string[] =>
  said.split('\n').filter((line) => line.trim() !== '' && !harmless.test(line));

(installed ? describe : describe.skip)('what an entry tells people to type', () => {
  it('is nearly a hundred commands', () => {
    expect(printed.flatMap(({ commands }) => commands).length).toBeGreaterThan(80);
  });

  it.each(printed)('$id: kubectl takes each command as it is printed', async ({ scenario, commands }) => {
    const cluster = clusters.get(scenario) as SimulatedCluster;
    const complained = [];
    for (const command of commands) {
      const typed = filled(command, cluster);
      // A process in a pod and a drain take a kubelet and minutes: their words alone are tried.
      const tried = /kubectl (?:-n \S+ )?(?:exec|drain) /.test(typed)
        ? typed.replace(/ -- .*$/, '').concat(' --help')
        : typed;
      const said = faults(await complaints(tried, cluster));
      if (said.length > 0) complained.push(`${typed}: ${said.join(' ')}`);
    }
    expect(complained).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import { createAuditLog } from '../../src/ops/audit/audit-log.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import type { AuditEntry } from '../../src/proposals/ports.js';
import { redisForTest } from '../support/redis-for-test.js';
import { runCli } from '../support/run-cli.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';
import { type Joined, joinWrites, watchPods } from './join-writes.js';
import { type KubeRequestSeen, recordKubeRequests } from './kube-requests.js';

const scenarios = {
  'cluster-f': 'flannel-broken',
  'cluster-t': 'terway-exhausted',
  'cluster-s': 'dual-stack-ipv6',
};
type Name = keyof typeof scenarios;
const names = Object.keys(scenarios) as Name[];
const redis = redisForTest();
const requests = recordKubeRequests();
const podsOf = new Map<Name, ReturnType<typeof watchPods>>();
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: scenarios,
    clusterFile: { policy: { selfApproval: true } },
    file: { fixes: { podReadySeconds: 3, verifySeconds: 3 } },
  });
  for (const name of names) podsOf.set(name, watchPods(cluster(name)));
});

afterAll(async () => {
  requests.stop();
  await sandbox?.close();
});

function cluster(name: Name) {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}

const writesOf = (name: Name) => cluster(name).writes.filter(({ dryRun }) => !dryRun);

function auditOf(name: Name): Promise<readonly AuditEntry[]> {
  const { prefix, log, config } = sandbox;
  const ledger = createLedger({ redis: redis.connect(), prefix, logger: log, auditKey: config.auditKey });
  return createAuditLog(ledger).read({ cluster: name });
}

async function joined(name: Name): Promise<Joined> {
  const podOf = podsOf.get(name) ?? (() => undefined);
  return joinWrites({ writes: writesOf(name), audit: await auditOf(name), podOf });
}

const whole = { orphanWrites: [], orphanSteps: [] };

const click = (card: Message, actionId: string, as = sandbox.bo) =>
  as.click({ channel: 'C0OPS', ts: card.ts, actionId });

/** Asks for a fix and gives its card, once it waits. */
async function cardOf(words: string): Promise<{ card: Message; threadTs: string }> {
  const roots = () =>
    sandbox.slack.messages({ channel: 'C0OPS' }).filter(({ text }) => text.startsWith('A fix for '));
  const before = roots().length;
  await sandbox.bo.command({ channel: 'C0OPS', text: `/acknet fix ${words}` });
  const { ts: threadTs } = await sandbox.slack.waitFor(() => roots()[before]);
  return { card: await sandbox.message(/^Fix for .*Waiting/, { threadTs }), threadTs };
}

async function approved(words: string, ends: RegExp): Promise<{ card: Message; threadTs: string }> {
  const { card, threadTs } = await cardOf(words);
  await click(card, 'proposal_approve');
  return { card: await sandbox.message(ends, { threadTs }), threadTs };
}

describe('a check, a doctor and a card that waits', () => {
  it('leave every cluster as it is: nothing is written but dry runs', async () => {
    await sandbox.ana.command({ channel: 'C0OPS', text: `/acknet check ${names.join(' ')}` });
    for (const name of names)
      await sandbox.message(new RegExp(`^${name}: (\\d+ cause|no problem found|nothing found)`));
    await sandbox.message(/^Fix for cluster-f: Add cniVersion.*Waiting/);
    await runDoctor();
    expect(names.flatMap(writesOf)).toEqual([]);
    expect(cluster('cluster-f').writes.length).toBeGreaterThan(0);
  });

  it('send nothing but reads with the reader’s credential, and reviews of its own rights', () => {
    const byReader = requests.seen.filter(({ token }) => token.endsWith('-reader-token'));
    expect(byReader.filter(({ method }) => method === 'GET').length).toBeGreaterThan(50);
    const others = byReader.filter(({ method }) => method !== 'GET');
    expect([...new Set(others.map(({ method, path: at }) => `${method} ${at}`))]).toEqual([
      'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    ]);
  });

  it('send with the fixer’s credential only what the server is told not to store', () => {
    const sent = requests.seen.filter(byFixer);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.filter(isReal)).toEqual([]);
  });
});

const byFixer = ({ token }: KubeRequestSeen): boolean => token.endsWith('-fixer-token');

/** Neither a dry run nor a review of one's own rights. */
const isReal = ({ method, path: at }: KubeRequestSeen): boolean =>
  method !== 'GET' && !at.includes('dryRun=All') && !at.endsWith('/selfsubjectaccessreviews');

async function runDoctor(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'acknet-doctor-'));
  const file = path.join(folder, 'acknet.yaml');
  await writeFile(file, stringify(sandbox.file));
  const { botToken, appToken, apiUrl } = sandbox.config.slack;
  const env = {
    ...{ ACKNET_CONFIG: file, ACKNET_REDIS_URL: sandbox.world.redisUrl, SLACK_API_URL: apiUrl },
    ...{
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken ?? '',
      ACKNET_AUDIT_KEY: 'a key for tests only',
    },
  };
  const { stdout } = await runCli(['doctor'], env);
  await rm(folder, { recursive: true });
  expect(stdout).toContain('cluster-t');
}

describe('every write of the API server’s log joins a step in the audit log, and every step a write', () => {
  it('when a ConfigMap is edited and its pods are restarted, and when that is undone', async () => {
    const { card, threadTs } = await approved('add-flannel-cni-version cluster-f', /^Fix for .*Fixed/);
    await click(card, 'proposal_undo');
    const undo = await sandbox.message(/^Undo for .*Waiting/, { threadTs });
    await click(undo, 'proposal_approve');
    await sandbox.message(/^Undo for .*(Undone|Failed)/, { threadTs });
    const { matched, ...orphans } = await joined('cluster-f');
    expect(orphans).toEqual(whole);
    expect(matched).toBeGreaterThan(6);
  });

  it('when the answer to a write is lost after the server has committed it', async () => {
    const { faults } = cluster('cluster-f');
    const { card, threadTs } = await cardOf('set-kube-proxy-conntrack cluster-f maxPerCore=131072');
    faults.add({ method: 'PATCH', effect: { kind: 'cut', after: true } });
    await click(card, 'proposal_approve');
    // That a table does not overflow any more is proven by time alone.
    await sandbox.message(/^Fix for .*not yet shown to work/, { threadTs });
    expect(await joined('cluster-f')).toMatchObject(whole);
  });

  it('when the server refuses the write: nothing written, nothing recorded as done', async () => {
    const before = writesOf('cluster-f').length;
    const { card, threadTs } = await cardOf('set-kube-proxy-conntrack cluster-f maxPerCore=262144');
    cluster('cluster-f').faults.add({ method: 'PATCH', effect: { kind: 'status', status: 500 } });
    await click(card, 'proposal_approve');
    await sandbox.message(/^Fix for .*Failed/, { threadTs });
    expect(writesOf('cluster-f')).toHaveLength(before);
    expect(await joined('cluster-f')).toMatchObject(whole);
  });

  it('when a click is refused, and when a card is stale: nothing written', async () => {
    const before = writesOf('cluster-f').length;
    const { card, threadTs } = await cardOf('set-kube-proxy-conntrack cluster-f maxPerCore=262144');
    await click(card, 'proposal_approve', sandbox.eve);
    await sandbox.message(/^Only approvers/, { as: 'U0EVE' });
    touch('kube-proxy-worker');
    await click(card, 'proposal_approve');
    await sandbox.message(/^Fix for .*Out of date/, { threadTs });
    expect(writesOf('cluster-f')).toHaveLength(before);
    expect(await joined('cluster-f')).toMatchObject(whole);
  });

  it('when a Terway config is edited, and when Services change', async () => {
    const addition = 'vSwitch=vsw-bp1zzzzzzzzzzzzzzzzz1 zone=cn-hangzhou-i';
    await approved(`add-pod-vswitch cluster-t ${addition}`, /^Fix for .*not yet shown to work/);
    await approved(
      'make-service-dual-stack cluster-s services=shop/api,shop/worker',
      /^Fix for .*(Fixed|still there|not yet shown to work)/,
    );
    for (const name of ['cluster-t', 'cluster-s'] as const) {
      const { matched, ...orphans } = await joined(name);
      expect(orphans).toEqual(whole);
      expect(matched).toBeGreaterThan(0);
    }
  });

  it('when a node is drained', async () => {
    const node = 'cn-hangzhou.10.0.35.22';
    await approved(`drain-node cluster-t target=Node/${node} timeoutSeconds=30`, /^Fix for .*Fixed/);
    const { matched, ...orphans } = await joined('cluster-t');
    expect(orphans).toEqual(whole);
    expect(writesOf('cluster-t').some(({ path: at }) => at.endsWith('/eviction'))).toBe(true);
    expect(matched).toBe(writesOf('cluster-t').length);
  });

  it('and they are all the fixer’s, and no more than the client says it sent', () => {
    const written = names.flatMap(writesOf);
    expect(new Set(written.map(({ user }) => user))).toEqual(new Set(['system:serviceaccount:acknet:fixer']));
    // The refused one was sent too.
    expect(requests.seen.filter((sent) => byFixer(sent) && isReal(sent))).toHaveLength(written.length + 1);
  });
});

describe('the join', () => {
  it('shows a write that nobody approved, and a recorded step that never reached the server', async () => {
    const name = 'cluster-t';
    const audit = await auditOf(name);
    const [first] = writesOf(name);
    if (first === undefined) throw new TypeError('no write');
    const podOf = podsOf.get(name) ?? (() => undefined);
    const join = (writes = writesOf(name), entries = audit) => joinWrites({ writes, audit: entries, podOf });
    expect(join([...writesOf(name), first]).orphanWrites).toHaveLength(1);
    expect(join(writesOf(name).slice(1)).orphanSteps).toHaveLength(1);
    expect(
      join(
        undefined,
        audit.filter(({ to }) => to !== 'approved'),
      ).orphanWrites,
    ).not.toEqual([]);
  });
});

function touch(configMap: string): void {
  const { store, kind } = cluster('cluster-f');
  const found = store.get(kind('ConfigMap'), 'kube-system', configMap);
  const data = found.data as Readonly<Record<string, string>>;
  const edited = { ...data, 'config.conf': `${data['config.conf']}# by hand\n` };
  store.replace(kind('ConfigMap'), { ...found, data: edited }, { manager: 'kubectl' });
}

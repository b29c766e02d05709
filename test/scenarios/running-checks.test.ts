import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Message } from '../../sandbox/page/sandbox-state.js';
import { checkJobSchema } from '../../src/jobs/queues/payloads.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    clusters: {
      'cluster-x': 'terway-exhausted',
      'cluster-y': 'flannel-healthy',
      'cluster-z': 'flannel-broken',
    },
  });
});
afterAll(() => sandbox.close());

function simulator(name: string) {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}

/** The newest message of a thread that a predicate holds for, once there is one. */
const inThread = (threadTs: string, wanted: (message: Message) => boolean) =>
  sandbox.slack.waitFor(() => sandbox.slack.messages({ channel: 'C0OPS', threadTs }).filter(wanted).at(-1));
const offersToTell = (message: Message) => actionsOf(message).includes('tell_apart');

/** Title -> what was ruled, and by what. */
function rulings(message: Message): Map<string, { ruling: string; by: string }> {
  const found = plainText(message).matchAll(
    /^:\w+: \*(.+?)\*: (confirmed|ruled out|cannot tell)\n((?:(?!:\w+: \*)[^\n]*\n?)*)/gm,
  );
  return new Map([...found].map(([, title = '', ruling = '', by = '']) => [title, { ruling, by }]));
}

describe('a question that could be several entries', () => {
  afterEach(() => simulator('cluster-x').faults.clear());

  it('gets a button whose checks tell them apart: confirmed and ruled out by what', async () => {
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet why do my pods get no IP address on cluster-x',
    });
    const torn = await inThread(ts, offersToTell);
    expect(torn.text).toMatch(/^That could be/);
    await sandbox.ana.click({ channel: 'C0OPS', ts: torn.ts, actionId: 'tell_apart' });
    const told = await inThread(ts, ({ text }) => /^cluster-x: it is /.test(text));
    const ruled = rulings(told);
    const of = (title: RegExp) => [...ruled].find(([name]) => title.test(name))?.[1];
    expect(of(/vSwitch/)).toMatchObject({ ruling: 'confirmed', by: expect.stringMatching(/vsw-/) });
    const out = [...ruled.values()].filter(({ ruling }) => ruling === 'ruled out');
    expect(out.length).toBeGreaterThan(0);
    for (const { by } of out) expect(by).toMatch(/: (clear|\S.+)$/m);
    const reply = await inThread(ts, ({ text }) => /^cluster-x: it is .*Below/.test(text));
    expect(plainText(reply)).toContain('<@U0ANA>');
  });

  it('runs only the checks behind those entries', async () => {
    const queue = sandbox.apps[0]?.queues.queues.find(({ name }) => name === 'checks');
    const jobs = (await queue?.getJobs(['active', 'completed'])) ?? [];
    const told = checkJobSchema.parse(jobs.find(({ data }) => data.entries !== undefined)?.data);
    expect(told.checks).toEqual(
      expect.arrayContaining(['vswitch-addresses-exhausted', 'pods-stuck-creating']),
    );
    for (const other of ['conntrack-limit', 'ipvs-scheduler', 'cluster-domain'])
      expect(told.checks).not.toContain(other);
  });

  it('says why it cannot tell when the cluster cannot be read', async () => {
    const { faults } = simulator('cluster-x');
    faults.add({ effect: { kind: 'status', status: 503 }, times: Number.POSITIVE_INFINITY });
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet why do my pods get no IP address on cluster-x',
    });
    const torn = await inThread(ts, offersToTell);
    await sandbox.ana.click({ channel: 'C0OPS', ts: torn.ts, actionId: 'tell_apart' });
    const told = await inThread(ts, ({ text }) =>
      /^cluster-x: which of these it is cannot be told/.test(text),
    );
    for (const { ruling, by } of rulings(told).values())
      expect([ruling, by]).toEqual(['cannot tell', expect.stringContaining('could not read')]);
    expect(rulings(told).size).toBeGreaterThan(1);
  });

  it('is offered under an answer too, where other entries begin alike', async () => {
    const { ts } = await sandbox.ana.say({
      channel: 'C0OPS',
      text: '@acknet the vSwitch has no more available IP addresses, InvalidVSwitchId.IpNotEnough, on cluster-x',
    });
    const answer = await inThread(ts, (message) => actionsOf(message).includes('answer_rest'));
    expect(actionsOf(answer)).toContain('answer_check');
    await sandbox.ana.click({ channel: 'C0OPS', ts: answer.ts, actionId: 'answer_rest', value: 'apart' });
    const told = await inThread(ts, ({ text }) => /^cluster-x: it is /.test(text));
    expect([...rulings(told).values()].map(({ ruling }) => ruling)).toContain('confirmed');
    expect(rulings(told).size).toBeGreaterThan(1);
  });
});

describe('a check of several clusters', () => {
  it('is one message a cluster, each saying its own outcome, and calls the asker for each', async () => {
    await sandbox.bo.command({
      channel: 'C0RANDOM',
      text: '/acknet check cluster-y,cluster-z flannel-cni-version',
    });
    for (const pattern of [/^cluster-y: no problem found/, /^cluster-z: 1 cause/]) {
      const result = await sandbox.message(pattern, { channel: 'C0RANDOM' });
      const done = await sandbox.slack.waitFor(() =>
        sandbox.slack
          .messages({ channel: 'C0RANDOM', threadTs: result.ts })
          .find(({ ts, text }) => ts !== result.ts && pattern.test(text)),
      );
      expect(plainText(done)).toContain('<@U0BO>');
    }
  });
});

describe('a second check', () => {
  const checkFlannel = async (): Promise<Message> => {
    // Else it would join the one before, which still tidies up.
    await sandbox.slack.waitFor(async () => (await sandbox.apps[0]?.queues.running())?.length === 0);
    const before = sandbox.slack.messages({ channel: 'C0OPS' }).at(-1)?.ts ?? '0';
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-y' });
    return sandbox.slack.waitFor(
      () =>
        sandbox.slack
          .messages({ channel: 'C0OPS' })
          .find(
            ({ ts, thread_ts, text }) =>
              ts > before &&
              (thread_ts === undefined || thread_ts === ts) &&
              /^cluster-y: (no problem|nothing|\d+ cause)/.test(text),
          ),
      15_000,
    );
  };
  const editConfig = (edit: (config: string) => string) => {
    const cluster = simulator('cluster-y');
    const kind = cluster.kind('ConfigMap');
    const found = cluster.store.get(kind, 'kube-system', 'kube-flannel-cfg') as {
      data: Record<string, string>;
    };
    const config = found.data['cni-conf.json'] ?? '';
    cluster.store.replace(kind, { ...found, data: { ...found.data, 'cni-conf.json': edit(config) } });
  };

  it('says what is new, what is unchanged, and then what is gone', async () => {
    expect(plainText(await checkFlannel())).not.toContain('Since ');
    expect(plainText(await checkFlannel())).toMatch(/Since .*: 0 new, 0 gone, \d+ unchanged\./);

    let whole = '';
    editConfig((config) => {
      whole = config;
      return config.slice(0, -1);
    });
    const broken = plainText(await checkFlannel());
    expect(broken).toMatch(/Since .*: [1-9]\d* new, \d+ gone, \d+ unchanged\./);
    expect(broken).toMatch(/^cluster-y: 1 cause /);
    expect(broken).toMatch(/:new: Flannel’s CNI config is not valid JSON/);

    editConfig(() => whole);
    expect(plainText(await checkFlannel())).toMatch(
      /Since .*: \d+ new, [1-9]\d* gone, \d+ unchanged\. Gone: .*kube-flannel-cfg/,
    );
  });
});

describe('a muted finding', () => {
  it('is counted under the result and listed with owner, reason and end, and has no fix card', async () => {
    await sandbox.bo.command({
      channel: 'C0OPS',
      text: '/acknet mute flannel-cni-version.missing cluster-z rebuilt on Friday',
    });
    const noted = await sandbox.message(/^flannel-cni-version.missing is muted on cluster-z/, { as: 'U0BO' });
    const inThirtyDays = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    expect(noted.text).toContain(`until ${inThirtyDays}`);

    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-z flannel-cni-version' });
    const result = await sandbox.message(/^cluster-z: nothing found besides what is muted/);
    expect(plainText(result)).toContain('Muted 1');
    await sandbox.ana.click({ channel: 'C0OPS', ts: result.ts, actionId: 'run_list:muted' });
    const list = plainText(await sandbox.message(/^cluster-z: muted/, { as: 'U0ANA' }));
    for (const part of ['has no cniVersion', 'rebuilt on Friday', '<@U0BO>']) expect(list).toContain(part);
    const cards = sandbox.slack
      .messages({ channel: 'C0OPS' })
      .filter(({ text }) => /^Fix for cluster-z/.test(text));
    expect(cards).toEqual([]);
  });
});

describe('checks under way', () => {
  it('are listed with who asked, and cancelled by a command, each saying so in its message', async () => {
    for (const name of ['cluster-y', 'cluster-z'])
      simulator(name).faults.add({ effect: { kind: 'hang' }, times: Number.POSITIVE_INFINITY });
    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-y,cluster-z ipvs-scheduler' });
    await sandbox.message(/^Checking cluster-y/);
    await sandbox.message(/^Checking cluster-z/);
    await sandbox.eve.command({ channel: 'C0OPS', text: '/acknet status' });
    const status = plainText(await sandbox.message(/^Under way/, { as: 'U0EVE' }));
    for (const name of ['cluster-y', 'cluster-z'])
      expect(status).toMatch(new RegExp(`\`${name}\`.*<@U0ANA>`));

    await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet cancel' });
    for (const name of ['cluster-y', 'cluster-z']) {
      await sandbox.message(new RegExp(`^The check of ${name} is being cancelled`), { as: 'U0ANA' });
      await sandbox.message(new RegExp(`^${name}: cancelled before anything was known`));
    }
  });
});

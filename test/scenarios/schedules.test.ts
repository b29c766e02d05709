import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { createAuditLog } from '../../src/ops/audit/audit-log.js';
import { createLedger } from '../../src/ops/audit/ledger.js';
import { actionsOf, plainText } from '../support/read-message.js';
import { redisForTest } from '../support/redis-for-test.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../support/start-sandbox.js';
import { waitFor } from '../support/wait-for.js';

const redis = redisForTest();
let sandbox: Sandbox;
let schedules: Queue;
let fleets: Queue;

async function open(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ clusters: { 'cluster-x': 'flannel-healthy' }, ...options });
  const own = { connection: redis.connect(), prefix: sandbox.prefix };
  schedules = new Queue('schedules', own);
  fleets = new Queue('fleets', own);
}
async function close(): Promise<void> {
  await schedules.close();
  await fleets.close();
  await sandbox.close();
}

function simulator(name = 'cluster-x') {
  const found = sandbox.world.clusters.get(name);
  if (found === undefined) throw new TypeError(`no ${name}`);
  return found;
}

function editConfig(edit: (config: string) => string, name = 'cluster-x'): string {
  const { store, kind } = simulator(name);
  const configMap = store.get(kind('ConfigMap'), 'kube-system', 'kube-flannel-cfg') as {
    data: Record<string, string>;
  };
  const config = configMap.data['cni-conf.json'] ?? '';
  const data = { ...configMap.data, 'cni-conf.json': edit(config) };
  store.replace(kind('ConfigMap'), { ...configMap, data });
  return config;
}

/** Runs of schedules that were told to their end. */
const told = async (): Promise<number> =>
  (await fleets.getCompleted()).filter(({ name }) => name === 'tell').length;

/** As if the time had come; waits until what came of it is told. */
async function fallDue(): Promise<void> {
  const before = await told();
  const [due] = await waitFor('the next run waits', async () => {
    const waiting = await schedules.getDelayed();
    return waiting.length > 0 ? waiting : undefined;
  });
  await due?.promote();
  await waitFor('the run is told', async () => (await told()) > before);
}

const posts = (channel = 'C0OPS') =>
  sandbox.slack
    .messages({ channel })
    .filter(
      ({ bot_id, thread_ts, ts }) => bot_id !== undefined && (thread_ts === undefined || thread_ts === ts),
    );
const texts = (channel = 'C0OPS') => posts(channel).map(({ text }) => text);
const say = (text: string, channel = 'C0OPS') => sandbox.ana.command({ channel, text: `/acknet ${text}` });

describe('a schedule of one cluster', () => {
  beforeEach(() => open());
  afterEach(close);

  it('posts a short line first, then what is new, then silence, then what is mended', async () => {
    await say('schedule cluster-x every 6h');
    const made = await sandbox.message(/^cluster-x is checked every 6h, and what changed is posted here\./);
    expect(plainText(made)).toContain('<@U0ANA>');
    expect(plainText(made)).toContain('/acknet unschedule cluster-x');
    const first = await sandbox.message(/^cluster-x, first scheduled check: no problem found/);
    expect(actionsOf(first)).toEqual(['fleet_open']);
    await waitFor('the first run is told', async () => (await told()) === 1);

    const whole = editConfig((config) => config.slice(0, -1));
    await fallDue();
    const fresh = await sandbox.message(/^cluster-x: 1 new cause/);
    expect(plainText(fresh)).toMatch(/Flannel’s CNI config is not valid JSON/);
    expect(plainText(fresh)).toMatch(/every 6h · since /);

    await fallDue();
    expect(texts()).toHaveLength(3);

    editConfig(() => whole);
    await fallDue();
    const mended = await sandbox.message(/^cluster-x: 1 mended, no problem found/);
    expect(plainText(mended)).toMatch(/Flannel’s CNI config is not valid JSON/);
    expect(texts()).toHaveLength(4);
  });

  it('says that a cluster turned unreadable, once, never that it is mended, and says when it is readable again', async () => {
    const whole = editConfig((config) => config.slice(0, -1));
    await say('schedule cluster-x every 6h');
    await sandbox.message(/^cluster-x, first scheduled check: 1 cause/);
    await waitFor('the first run is told', async () => (await told()) === 1);

    const fault = { effect: { kind: 'status', status: 503 } as const, times: Number.POSITIVE_INFINITY };
    simulator().faults.add(fault);
    await fallDue();
    const dark = await sandbox.message(/^cluster-x: could not be read/);
    expect(dark.text).not.toMatch(/mended|no problem|healthy/);
    await fallDue();
    expect(texts()).toHaveLength(3);

    simulator().faults.clear();
    editConfig(() => whole);
    await fallDue();
    expect((await sandbox.message(/^cluster-x: readable again/)).text).toContain('1 mended');
  });

  it('is listed, changed by typing it anew, ended, and then listed as ended, with who did it', async () => {
    await say('schedule cluster-x daily 09:00 Asia/Shanghai');
    await sandbox.message(/^cluster-x is checked daily 09:00 Asia\/Shanghai/);
    await say('schedule cluster-x weekdays 9am Europe/Berlin --always');
    await sandbox.message(/weekdays 09:00 Europe\/Berlin, .*each time.* Before: daily 09:00 Asia\/Shanghai/);
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet schedules' });
    const list = plainText(await sandbox.message(/^Schedules: 1/, { as: 'U0BO' }));
    expect(list).toMatch(
      /\*cluster-x\* weekdays 09:00 Europe\/Berlin · here · posted each time · next .* · by <@U0ANA>/,
    );

    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet unschedule cluster-x' });
    await sandbox.message(/^cluster-x is no longer checked/, { as: 'U0BO' });
    expect(await schedules.getJobSchedulersCount()).toBe(0);
    await say('schedules');
    const after = plainText(await sandbox.message(/^Schedules: 1/, { as: 'U0ANA' }));
    expect(after).toMatch(/~\*cluster-x\*.*~ .*by <@U0ANA> · ended by <@U0BO>/);
    const ledger = createLedger({
      ...{ redis: redis.connect(), prefix: sandbox.prefix, logger: sandbox.log },
      auditKey: sandbox.config.auditKey,
    });
    const audited = (await createAuditLog(ledger).read({})).map(({ action, actor }) => [action, actor]);
    expect(audited).toEqual([
      ['scheduled', { user: 'U0ANA', team: expect.any(String) }],
      ['scheduled', { user: 'U0ANA', team: expect.any(String) }],
      ['unscheduled', { user: 'U0BO', team: expect.any(String) }],
    ]);
  });

  it('is not made where acknet may not post', async () => {
    sandbox.slack.setBotMembership('C0SECRET', false);
    await sandbox.eve.command({ channel: 'C0SECRET', text: '/acknet schedule cluster-x every 6h' });
    await sandbox.message(/^I cannot post here, so nothing is scheduled/, {
      channel: 'C0SECRET',
      as: 'U0EVE',
    });
    expect(await schedules.getJobSchedulersCount()).toBe(0);
  });

  it('typed in a direct message stays there', async () => {
    const channel = sandbox.slack.dmOf('U0ANA');
    await sandbox.ana.say({ channel, text: 'schedule cluster-x every 6h' });
    await sandbox.message(/^cluster-x, first scheduled check/, { channel });
    expect(texts()).toEqual([]);
    await sandbox.bo.command({ channel: 'C0OPS', text: '/acknet schedules' });
    await sandbox.message(/^Schedules: There are none/, { as: 'U0BO' });
  });
});

describe('what is typed', () => {
  beforeAll(() => open());
  afterAll(close);

  it.each([
    ['schedule cluster-x every 5m', /^Not more often than every 15m/, 'every 15m'],
    ['schedule cluster-x daily 09:00 Shanghai', /no time zone/, 'cluster-x daily 09:00 Asia/Shanghai'],
    ['schedule cluster-x dayly 07:30', /no time to check at/, 'cluster-x daily 07:30 UTC'],
    ['schedule cluster-q daily 07:30', /No cluster is called "cluster-q"/, 'cluster-x'],
    ['unschedule cluster-x', /cluster-x is not scheduled in this channel/, 'Nothing is scheduled here'],
  ])('%s is refused with the nearest form that is valid', async (typed, what, near) => {
    await say(typed);
    expect(plainText(await sandbox.message(what, { as: 'U0ANA' }))).toContain(near);
    expect(texts()).toEqual([]);
  });
});

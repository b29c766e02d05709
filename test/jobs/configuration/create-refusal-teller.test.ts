import { expect, it } from '@jest/globals';
import type { ConfigState } from '../../../src/config/config-state.js';
import { createRefusalTeller } from '../../../src/jobs/configuration/create-refusal-teller.js';
import { createToldRefusals } from '../../../src/jobs/configuration/create-told-refusals.js';
import { quietLogger } from '../../support/quiet-logger.js';
import { redisForTest } from '../../support/redis-for-test.js';

const redis = redisForTest();

/** Workers on one Redis, and what maintainers were told. */
function openWorkers() {
  const connection = redis.connect();
  const prefix = redis.newPrefix();
  const logger = quietLogger();
  const posted = new Map<string, string>();
  const far = { people: 2, minutes: 0 };
  const post = async (key: string, text: string): Promise<number> => {
    if (far.people > 0) posted.set(key, text);
    return far.people;
  };
  const reporter = {
    refused: (key: string, faults: readonly string[]) =>
      post(`refused ${key}`, `refused: ${faults.join(', ')}`),
    taken: (key: string) => post(`taken ${key}`, 'taken'),
  };
  const worker = () => {
    const now = () => new Date(far.minutes * 60_000);
    return createRefusalTeller({ told: createToldRefusals(connection, prefix), reporter, logger, now });
  };
  return { worker, told: () => [...posted.values()], forget: () => posted.clear(), logger, far };
}

const uses = (digest: string): ConfigState => ({ digest });
const refuses = (digest: string, inUse = 'a'): ConfigState => ({
  digest: inUse,
  refused: { digest, faults: [`${digest} is no YAML`] },
});

it('tells once of each refused version, and once that one is taken, over any number of workers and looks', async () => {
  const { worker, told } = openWorkers();
  const workers = [worker(), worker(), worker()];
  const all = (state: ConfigState) => Promise.all(workers.map((look) => look(state)));
  for (const state of [uses('a'), refuses('x'), refuses('x'), refuses('y'), uses('b'), uses('b')])
    await all(state);
  expect(told()).toEqual(['refused: x is no YAML', 'refused: y is no YAML', 'taken']);
  for (const state of [uses('b'), refuses('x', 'b'), uses('b')]) await all(state);
  expect(told().slice(3)).toEqual(['refused: x is no YAML', 'taken']);
});

it('says nothing where nothing was refused', async () => {
  const { worker, told } = openWorkers();
  const look = worker();
  for (const digest of ['a', 'b', 'c']) await look(uses(digest));
  expect(told()).toEqual([]);
});

it('does not say that they are taken because a worker has not seen the refused ones yet', async () => {
  const { worker, told } = openWorkers();
  const [near, far] = [worker(), worker()];
  await far(uses('a'));
  await near(refuses('x'));
  await far(uses('a'));
  expect(told()).toEqual(['refused: x is no YAML']);
  await near(uses('b'));
  await far(refuses('x'));
  await far(uses('b'));
  expect(told()).toEqual(['refused: x is no YAML', 'taken', 'refused: x is no YAML', 'taken']);
});

it('does not tell again by a worker that was started since, also when Slack’s message is long forgotten', async () => {
  const { worker, told, forget } = openWorkers();
  await worker()(refuses('x'));
  forget();
  await worker()(refuses('x'));
  expect(told()).toEqual([]);
});

it('says that they are taken by a worker that was started with them', async () => {
  const { worker, told } = openWorkers();
  await worker()(refuses('x'));
  await worker()(uses('b'));
  expect(told()).toEqual(['refused: x is no YAML', 'taken']);
});

it('does not call taken what a worker was started with though it was refused', async () => {
  const { worker, told } = openWorkers();
  await worker()(refuses('x'));
  await worker()(uses('x'));
  expect(told()).toEqual(['refused: x is no YAML']);
});

it.each([
  ['refused', [refuses('x')], ['refused: x is no YAML']],
  ['taken', [refuses('x'), uses('b')], ['refused: x is no YAML', 'taken']],
] as const)(
  'tries again a minute later where nobody could be told that it is %s',
  async (_what, states, all) => {
    const { worker, told, far, logger } = openWorkers();
    const look = worker();
    const [last, ...before] = [...states].reverse();
    for (const state of before) await look(state);
    far.people = 0;
    await look(last as ConfigState);
    far.people = 1;
    await look(last as ConfigState);
    expect(told()).toEqual(all.slice(0, -1));
    far.minutes = 1;
    await look(last as ConfigState);
    await look(last as ConfigState);
    expect(told()).toEqual(all);
    expect(logger.lines.length).toBeLessThan(2);
  },
);

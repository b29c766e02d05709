import { describe, expect, it } from '@jest/globals';
import { createReloader } from '../../../src/cli/reloading/create-reloader.js';
import type { Files } from '../../../src/cli/reloading/read-files.js';
import type { FileConfig } from '../../../src/config/config.js';
import { createMetrics } from '../../../src/ops/metrics.js';
import { quietLogger } from '../../support/quiet-logger.js';

const config = (name: string) => ({ clusters: { [name]: {} } }) as unknown as FileConfig;
const good = (name: string, ...faults: string[]): Files => ({ digest: name, config: config(name), faults });
const bad = (name: string): Files => ({ digest: name, faults: [`${name} is no YAML`] });

/** Looks once for each of these states of the files. */
async function see(started: Files, states: readonly Files[]) {
  const left = [...states];
  const applied: string[] = [];
  const logger = quietLogger();
  const metrics = createMetrics();
  const reloader = createReloader({
    read: async () => left.shift() as Files,
    apply: async ({ clusters }) => void applied.push(...Object.keys(clusters)),
    ...{ started, logger, metrics },
  });
  for (const _ of states) await reloader.look();
  const refused = /^acknet_config_refused (\d)$/m.exec(await metrics.registry.metrics())?.[1];
  return { applied, refused, errors: logger.lines.filter(({ level }) => level === 'error') };
}

describe('a look at the files', () => {
  const a = good('a');
  const b = good('b');
  it.each<[string, Files, readonly Files[], readonly string[], string, number]>([
    ['takes up nothing while nothing changed', a, [a, a, a], [], '0', 0],
    ['takes up a change that two looks have found', a, [b, b, b], ['b'], '0', 0],
    ['waits for the second look', a, [b], [], '0', 0],
    ['takes up no state that was there for one look only', a, [b, good('c'), a, a], [], '0', 0],
    ['refuses what has faults, and says so once', a, [bad('x'), bad('x'), bad('x')], [], '1', 1],
    ['takes up the next that has none', a, [bad('x'), bad('x'), b, b], ['b'], '0', 1],
    ['says nothing of a file that is half written', a, [bad('x'), b, b], ['b'], '0', 0],
    ['is content again with what is in use', a, [bad('x'), bad('x'), a, a], [], '0', 1],
    [
      'refuses the same bad one again later',
      a,
      [bad('x'), bad('x'), b, b, bad('x'), bad('x')],
      ['b'],
      '1',
      2,
    ],
    ['refuses a kubeconfig that went bad', a, [good('b', 'k is gone'), good('b', 'k is gone')], [], '1', 1],
    [
      'lets a fault that is in use already hinder nothing',
      good('a', 'k is gone'),
      [good('b', 'k is gone'), good('b', 'k is gone')],
      ['b'],
      '0',
      0,
    ],
    ['refuses an empty acknet.yaml whatever was in use', a, [bad('x'), bad('y'), bad('y')], [], '1', 1],
  ])('%s', async (_, started, states, applied, refused, errors) => {
    const seen = await see(started, states);
    expect(seen.applied).toEqual(applied);
    expect(seen.refused).toBe(refused);
    expect(seen.errors).toHaveLength(errors);
  });

  it('names the faults, without secrets', async () => {
    const secret = {
      digest: 'x',
      faults: ['clusters.x.password: expected nothing, password=hunter2hunter2'],
    };
    const { errors } = await see(a, [secret, secret]);
    expect(JSON.stringify(errors)).toContain('clusters.x');
    expect(JSON.stringify(errors)).not.toContain('hunter2hunter2');
  });
});

import { expect, it } from '@jest/globals';
import { createLogger } from '../../src/ops/log.js';
import { createTrail } from '../../src/ops/trail.js';

it('each line carries the ids of what it is part of, also after a wait, and no others', async () => {
  const lines: string[] = [];
  const trail = createTrail();
  const logger = createLogger({
    level: 'info',
    trail,
    destination: { write: (line) => void lines.push(line) },
  });
  const work = (job: string) =>
    trail.follow({ job }, async () => {
      await Promise.resolve();
      logger.info({ step: 1 }, 'did');
    });
  await trail.follow({ request: 'r1' }, () => Promise.all([work('a'), work('b')]));
  logger.info({}, 'idle');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ request: 'r1', job: 'a', step: 1 }),
    expect.objectContaining({ request: 'r1', job: 'b', step: 1 }),
    expect.not.objectContaining({ request: expect.anything() }),
  ]);
});

it('masks an id that holds a secret', () => {
  const lines: string[] = [];
  const trail = createTrail();
  const logger = createLogger({
    level: 'info',
    trail,
    destination: { write: (line) => void lines.push(line) },
  });
  trail.follow({ job: 'password=hunter2-hunter2' }, () => logger.info({}, 'did'));
  expect(lines.join()).not.toContain('hunter2');
});

import { describe, expect, it } from '@jest/globals';
import { complains } from '../../bench/slack/complains.js';
import { createLogger } from '../../src/ops/log.js';

describe('a line of the log', () => {
  it.each([
    ['debug', false],
    ['info', false],
    ['warn', true],
    ['error', true],
  ] as const)('of level %s complains: %j', (level, expected) => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
    logger[level]({ says: '"level":"warn"' }, 'as acknet writes it');
    expect(lines.map(complains)).toEqual([expected]);
  });
});

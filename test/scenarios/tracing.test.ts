import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTracing } from '../../src/ops/tracing/start-tracing.js';
import type { Tracing } from '../../src/ops/tracing/tracing.js';
import { quietLogger } from '../support/quiet-logger.js';
import { type Collector, startCollector } from '../support/start-collector.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

const traced = (endpoint: string, logger = quietLogger()): Promise<Tracing> =>
  startTracing({ endpoint, role: 'start', version: '0.0.0-test', logger });

const question = 'nodes went NotReady after we bumped the flannel image, password=hunter22canary';

async function askAndCheck(sandbox: Sandbox): Promise<void> {
  const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text: `@acknet ${question}` });
  await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
  await sandbox.ana.command({ channel: 'C0OPS', text: '/acknet check cluster-x' });
  await sandbox.message(/^cluster-x: \d+ /);
}

describe('a trace', () => {
  let collector: Collector;
  beforeAll(async () => {
    collector = await startCollector();
    const tracing = await traced(collector.endpoint);
    const sandbox = await startSandbox({ tracing });
    await askAndCheck(sandbox);
    await sandbox.close();
    await tracing.close();
  });
  afterAll(() => collector.close());

  it('leads from a command through its job to the requests to the API server', () => {
    const spans = collector.spans();
    const heard = spans.find(({ name }) => name === 'slack /acknet');
    expect(heard?.parentSpanId).toBeUndefined();
    const within = spans.filter(({ traceId }) => traceId === heard?.traceId);
    const requests = within.find(({ events = [] }) => events.some(({ name }) => name === 'cluster request'));
    expect(JSON.stringify(requests?.attributes)).toContain('check-');
    expect(JSON.stringify(requests?.events)).toContain('/api/v1/nodes');
  });

  it('holds no word of what people wrote', () => {
    expect(collector.bodies.length).toBeGreaterThan(0);
    for (const body of collector.bodies) {
      expect(body).not.toContain('hunter22canary');
      expect(body).not.toContain('bumped the flannel image');
    }
  });

  it('holds no span of a worker that only waits', () => {
    const names = new Set(collector.spans().map(({ name }) => name));
    expect([...names].filter((name) => /getNextJob|extendLocks|moveStalled/.test(name))).toEqual([]);
  });
});

describe('a collector that is away', () => {
  it('keeps nobody from an answer, and is told of once', async () => {
    const collector = await startCollector();
    await collector.close();
    const logger = quietLogger();
    const tracing = await traced(collector.endpoint, logger);
    const sandbox = await startSandbox({ tracing });
    await askAndCheck(sandbox);
    await sandbox.close();
    await tracing.close();
    expect(logger.lines.filter(({ message }) => message.startsWith('spans were lost'))).toHaveLength(1);
  });
});

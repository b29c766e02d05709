import { beforeAll, describe, expect, it } from '@jest/globals';
import { checks } from '../../../src/checks/index.js';
import { type LoadedKnowledge, loadKnowledge } from '../../../src/cli/load-knowledge.js';
import type { QuestionResponder } from '../../../src/jobs/ports.js';
import type { QuestionJob } from '../../../src/jobs/queues/payloads.js';
import { createIntentCatalogue } from '../../../src/slack/questions/intent-catalogue.js';
import { warmUp } from '../../../src/slack/questions/warm-up.js';

let knowledge: LoadedKnowledge;
beforeAll(async () => {
  knowledge = await loadKnowledge('.');
});

const refused = (): never => {
  throw new Error('asked for nobody');
};
/** Whatever counts or reads for a person refuses. */
function openPorts({
  names = ['x', 'y'],
  facts,
}: {
  names?: string[];
  facts?: (name: string) => Promise<object>;
} = {}) {
  const read: string[] = [];
  const lookedUp: string[] = [];
  let answered = 0;
  const ports = {
    ...knowledge,
    takeTurn: (...said: Parameters<LoadedKnowledge['takeTurn']>) => {
      answered += 1;
      return knowledge.takeTurn(...said);
    },
    catalogue: createIntentCatalogue({ intents: knowledge.intents, checks, likeliest: () => [] }),
    clusters: { names },
    config: { channels: {} },
    isConnected: () => false,
    facts: async (name: string) => {
      read.push(name);
      return facts === undefined ? { missing: 'away' } : facts(name);
    },
    now: () => new Date('2026-11-30T03:00:00Z'),
    lookUp: async (cluster: string, { id }: { id: string }) => void lookedUp.push(`${cluster} ${id}`),
    ...{ approvals: { maySee: refused }, metrics: { questions: { inc: refused } } },
    newId: () => `id-${answered}-${Math.random()}`,
    exchanges: {
      find: async () => ({ exchange: undefined, topic: undefined }),
      ...{ begin: async () => undefined, save: async () => undefined },
    },
    poster: { post: async () => ({ channel: 'nowhere', ts: '1.1' }), follow: async () => undefined },
    records: { record: refused },
    rehearse: async (jobs: readonly QuestionJob[], responder: QuestionResponder, signal: AbortSignal) => {
      for (const job of jobs) if (!signal.aborted) await responder.answer(job).catch(() => undefined);
    },
  } as never;
  return { ports, read, lookedUp, answered: () => answered };
}
const never = new AbortController().signal;

describe('a worker that runs itself in', () => {
  it('reads the facts of each cluster, and answers each entry’s own phrasings, for nobody', async () => {
    const { ports, read, answered } = openPorts();
    await warmUp(ports, never);
    expect(new Set(read)).toEqual(new Set(['x', 'y']));
    expect(answered()).toBeGreaterThanOrEqual(knowledge.intents.length);
  });

  it('looks up what entries ask of a cluster, of the first that can be read', async () => {
    const facts = async (name: string) => (name === 'x' ? { missing: 'away' } : { facts: {} });
    const { ports, lookedUp } = openPorts({ facts });
    await warmUp(ports, never);
    const asking = knowledge.intents.filter((entry) => entry.facts).map(({ id }) => `y ${id}`);
    expect(asking).not.toEqual([]);
    expect(lookedUp).toEqual(asking);
  });

  it('ends once it is to stop, though an API server hangs', async () => {
    const stop = new AbortController();
    const { ports } = openPorts({ facts: async () => ({ facts: {} }) });
    const hanging = { ...(ports as object), lookUp: () => new Promise(() => stop.abort()) };
    await warmUp(hanging as never, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });

  it('does so where clusters cannot be read', async () => {
    const facts = async () => Promise.reject(new Error('no Redis'));
    const { ports, lookedUp, answered } = openPorts({ facts });
    await warmUp(ports, never);
    expect(answered()).toBeGreaterThan(0);
    expect(lookedUp).toEqual([]);
  });

  it('goes no further once it is to stop', async () => {
    const stop = new AbortController();
    const names = Array.from({ length: 100 }, (_, at) => `c${at}`);
    const facts = async () => {
      stop.abort();
      return { missing: 'away' };
    };
    const { ports, read, answered } = openPorts({ names, facts });
    await warmUp(ports, stop.signal);
    expect(read.length).toBeLessThan(10);
    expect(answered()).toBe(0);
  });
});

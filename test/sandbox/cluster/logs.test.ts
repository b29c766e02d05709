import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type OpenApi, openApi } from './open-api.js';

let api: OpenApi;
let pod: string;
const pods = '/api/v1/namespaces/kube-system/pods';
const agents = async () =>
  (
    (await api.call(`${pods}?labelSelector=app%3Dagent`)).body.items as {
      metadata: { name: string; uid: string };
    }[]
  ).map(({ metadata }) => metadata);

beforeAll(async () => {
  api = await openApi();
  const [first] = await agents();
  pod = first?.name ?? '';
  const now = Date.now();
  const at = (seconds: number) => new Date(now - seconds * 1000).toISOString();
  api.simulator.logs.append(first?.uid ?? '', 'side', [
    { at: at(300), text: 'first' },
    { at: at(60), text: 'second: äö' },
    { at: at(1), text: 'third' },
  ]);
});
afterAll(() => api.close());

const log = async (query: string, name = pod) => (await api.call(`${pods}/${name}/log?${query}`)).text;

describe('a pod’s log', () => {
  it.each([
    ['everything', '', 'first\nsecond: äö\nthird\n'],
    ['the last lines', '&tailLines=2', 'second: äö\nthird\n'],
    ['no more than asked', '&tailLines=9', 'first\nsecond: äö\nthird\n'],
    ['the last seconds', '&sinceSeconds=120', 'second: äö\nthird\n'],
    ['so many bytes', '&limitBytes=8', 'first\nse'],
  ])('shows %s', async (_title, query, text) => {
    expect(await log(`container=side${query}`)).toBe(text);
  });

  it('shows what came after a time, and when', async () => {
    const since = new Date(Date.now() - 30_000).toISOString();
    expect(await log(`container=side&sinceTime=${since}&timestamps=true`)).toMatch(/^20\S+Z third\n$/);
  });

  it('fills in what the scenario leaves open', async () => {
    expect(await log('container=agent')).toMatch(
      /^I\d{4} \d\d:\d\d:\d\d\.\d+ {7}1 agent starts on node-1\nan hour ago\n$/,
    );
  });

  it.each([
    ['no container of several', '', 'choose one of: [agent side] or one of the init containers: [setup]'],
    ['a container that is not there', 'container=none', 'container none is not valid for pod'],
    ['a previous run that was none', 'container=side&previous=true', 'previous terminated container "side"'],
    ['following', 'container=side&follow=true', 'does not simulate following'],
  ])('is refused with %s', async (_title, query, message) => {
    expect(await api.call(`${pods}/${pod}/log?${query}`)).toMatchObject({
      status: 400,
      body: { reason: 'BadRequest', message: expect.stringContaining(message) },
    });
  });

  it('is not there for a pod that is not', async () => {
    expect((await api.call(`${pods}/none/log`)).status).toBe(404);
  });

  it('starts anew in the pod that follows', async () => {
    const others = new Set((await agents()).map(({ name }) => name));
    await api.call(`${pods}/${pod}`, { method: 'DELETE' });
    const next = await eventually(async () => {
      const found = (await agents()).find(({ name }) => !others.has(name));
      const text = await log('container=agent', found?.name);
      expect(text).toContain('agent starts');
      return { name: found?.name ?? '', text };
    });
    expect(next.text).not.toContain('an hour ago');
    expect(await log('container=side', next.name)).toBe('');
  });
});

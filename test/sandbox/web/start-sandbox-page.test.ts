import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createCloudFaults } from '../../../sandbox/cloud/cloud-faults.js';
import { createCloudSwitches } from '../../../sandbox/cloud/cloud-switches.js';
import type { CloudState } from '../../../sandbox/cloud/shown/cloud-state.js';
import type { ClusterState } from '../../../sandbox/cluster/cluster-state.js';
import type { SandboxState } from '../../../sandbox/page/sandbox-state.js';
import type { SlackSimulator } from '../../../sandbox/slack/slack-simulator.js';
import {
  type SandboxPage,
  type ShownCloud,
  startSandboxPage,
} from '../../../sandbox/web/start-sandbox-page.js';
import { startSimulatedSlack } from '../../support/start-simulated-slack.js';

let slack: SlackSimulator;
let page: SandboxPage;
let folder: string;
const cluster: ClusterState = { name: 'cluster-x', nodes: [], configMaps: [], daemonSets: [] };
const clusterListeners = new Set<() => void>();
let cloudListeners: Set<() => void>;

/** An account of which nothing but its switches counts here. */
function startCloud(): ShownCloud {
  cloudListeners = new Set();
  const changed = () => {
    for (const listener of cloudListeners) listener();
  };
  const switches = createCloudSwitches(createCloudFaults(), changed);
  return {
    switches,
    state: () => ({ region: 'cn-hangzhou', switches: switches.on() }) as CloudState,
    onChange: (listener) => {
      cloudListeners.add(listener);
      return () => cloudListeners.delete(listener);
    },
  };
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-page-'));
  await writeFile(path.join(folder, 'index.html'), '<title>acknet sandbox</title>');
  slack = await startSimulatedSlack();
  page = await startSandboxPage({
    slack,
    clusters: () => [cluster],
    onClusterChange: (listener) => {
      clusterListeners.add(listener);
      return () => clusterListeners.delete(listener);
    },
    clouds: new Map([['cluster-x', startCloud()]]),
    pageFolder: folder,
  });
});
afterEach(async () => {
  await page.close();
  await slack.close();
  await rm(folder, { recursive: true });
});

const act = (body: object) => post('/sandbox/act', body);
const post = async (address: string, body: object) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(page.url + address, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
};
const stateOf = async (as: string) =>
  (await (await fetch(`${page.url}/sandbox/state?as=${as}`)).json()) as SandboxState;

describe('the sandbox page', () => {
  it('serves the built page and the clusters', async () => {
    expect(await (await fetch(page.url)).text()).toContain('acknet sandbox');
    expect(await (await fetch(`${page.url}/sandbox/clusters`)).json()).toEqual([cluster]);
  });

  it('serves nothing from outside its folder', async () => {
    await writeFile(path.join(path.dirname(folder), 'acknet-outside.html'), 'private');
    for (const name of [
      '/..%2facknet-outside.html',
      '/%2e%2e/acknet-outside.html',
      '/nothing.html',
      '/package.json',
    ])
      expect((await fetch(page.url + name)).status).toBe(404);
    await rm(path.join(path.dirname(folder), 'acknet-outside.html'));
  });

  it('shows what a person says to others, and to each only their own DM', async () => {
    expect((await act({ act: 'say', as: 'U0ANA', channel: 'C0OPS', text: '@acknet hi' })).status).toBe(200);
    await act({ act: 'say', as: 'U0ANA', channel: 'D0ANA', text: 'classified' });
    const seen = await stateOf('U0BO');
    expect(seen.me).toBe('U0BO');
    expect(seen.channels.map(({ id }) => id)).toEqual(['C0OPS', 'C0RANDOM', 'C0SECRET', 'D0BO']);
    expect(seen.channels[0]?.messages).toMatchObject([{ user: 'U0ANA', text: '<@U0BOT> hi' }]);
    expect(JSON.stringify(seen)).not.toContain('classified');
  });

  it('answers an act with its outcome', async () => {
    const { status, text } = await act({ act: 'command', as: 'U0ANA', channel: 'C0OPS', text: '/acknet hi' });
    expect({ status, outcome: JSON.parse(text) }).toEqual({
      status: 200,
      outcome: { ok: false, error: 'app_not_connected' },
    });
  });

  it.each([
    ['an act it does not know', { act: 'shout', as: 'U0ANA' }, 'Invalid'],
    ['a person who is not there', { act: 'say', as: 'U404', channel: 'C0OPS', text: 'x' }, 'no person U404'],
    [
      'a channel the person is not in',
      { act: 'say', as: 'U0ANA', channel: 'D0BO', text: 'x' },
      'not in a channel',
    ],
    [
      'a button nobody sees',
      { act: 'click', as: 'U0ANA', channel: 'C0OPS', ts: '1.0', actionId: 'a' },
      'sees no message',
    ],
    ['a click on nothing', { act: 'click', as: 'U0ANA', actionId: 'a' }, 'needs a view'],
  ])('refuses %s, saying why', async (_what, body, why) => {
    const { status, text } = await act(body);
    expect(status).toBe(400);
    expect(text).toContain(why);
    expect((await fetch(`${page.url}/sandbox/state?as=U404`)).status).toBe(400);
  });

  it('tells open pages of changes in the workspace and in a cluster', async () => {
    const response = await fetch(`${page.url}/sandbox/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toMatchObject({ value: 'data: open\n\n' });
    await slack.as('U0ANA').say({ channel: 'C0OPS', text: 'hello' });
    expect(await reader?.read()).toMatchObject({ value: 'data: changed\n\n' });
    for (const listener of clusterListeners) listener();
    expect(await reader?.read()).toMatchObject({ value: 'data: changed\n\n' });
    await reader?.cancel();
  });

  it('shows the accounts, and throws their switches, telling open pages', async () => {
    const response = await fetch(`${page.url}/sandbox/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await reader?.read();
    const thrown = { cluster: 'cluster-x', name: 'denied', on: true, api: 'DescribeVpcs' };
    expect((await post('/sandbox/switch', thrown)).status).toBe(200);
    expect(await reader?.read()).toMatchObject({ value: 'data: changed\n\n' });
    expect(await (await fetch(`${page.url}/sandbox/clouds`)).json()).toEqual([
      { cluster: 'cluster-x', region: 'cn-hangzhou', switches: { denied: { api: 'DescribeVpcs' } } },
    ]);
    await reader?.cancel();
  });

  it.each([
    ['a switch it does not have', { cluster: 'cluster-x', name: 'flooded', on: true }, 'Invalid'],
    [
      'a cluster without account',
      { cluster: 'cluster-y', name: 'slow', on: true },
      'no account of cluster-y',
    ],
  ])('refuses %s, saying why', async (_what, body, why) => {
    const { status, text } = await post('/sandbox/switch', body);
    expect(status).toBe(400);
    expect(text).toContain(why);
  });

  it('stops listening when it is closed', async () => {
    await page.close();
    expect(clusterListeners.size + cloudListeners.size).toBe(0);
  });
});

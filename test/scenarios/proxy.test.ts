import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectProxy, startConnectProxy } from '../support/start-connect-proxy.js';
import { type Sandbox, startSandbox } from '../support/start-sandbox.js';

let proxy: ConnectProxy;
beforeAll(async () => {
  proxy = await startConnectProxy();
});
afterAll(() => proxy.close());

const ask = async (sandbox: Sandbox): Promise<void> => {
  const text = '@acknet nodes went NotReady after we bumped the flannel image by hand';
  const { ts } = await sandbox.ana.say({ channel: 'C0OPS', text });
  await sandbox.message(/^Nodes NotReady/, { threadTs: ts });
};

describe('the way to Slack', () => {
  let sandbox: Sandbox;
  afterAll(() => sandbox.close());

  it('is through the proxy for calls and socket alike, which sees where to and no more', async () => {
    sandbox = await startSandbox({ proxy: { url: proxy.url } });
    await ask(sandbox);
    const { host } = new URL(sandbox.world.slack.apiUrl);
    expect(new Set(proxy.asked)).toEqual(new Set([host]));
    expect(proxy.asked.length).toBeGreaterThan(1);
  });
});

describe('a host that NO_PROXY names', () => {
  let sandbox: Sandbox;
  afterAll(() => sandbox.close());

  it('is reached straight', async () => {
    const before = proxy.asked.length;
    sandbox = await startSandbox({ proxy: { url: proxy.url, except: 'example.com,127.0.0.1' } });
    await ask(sandbox);
    expect(proxy.asked.length).toBe(before);
  });
});

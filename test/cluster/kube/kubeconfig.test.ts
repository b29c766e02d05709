import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { KubeConfig } from '@kubernetes/client-node';
import { openCredential } from '../../../src/cluster/kube/connecting/credential.js';
import { kubeconfigFields } from '../../../src/cluster/kube/connecting/kubeconfig-fields.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-kubeconfig-'));
  for (const name of ['ca.crt', 'client.crt', 'client.key', 'token'])
    await writeFile(path.join(folder, name), `content of ${name}`);
});
afterAll(() => rm(folder, { recursive: true }));

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const server = 'https://api.example.com:6443';
let count = 0;
async function save(user: object, cluster: object = {}): Promise<string> {
  count += 1;
  const file = path.join(folder, `config-${count}`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'x',
    clusters: [{ name: 'x', cluster: { server, ...cluster } }],
    users: [{ name: 'x', user }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x', namespace: 'default' } }],
  };
  await writeFile(file, JSON.stringify(config));
  return file;
}
const admit = async (user: object, cluster: object = {}) =>
  openCredential('x', { kubeconfig: await save(user, cluster) }).admit();

const users = {
  nobody: {},
  'a token': { token: 'abc' },
  'a password': { username: 'me', password: 'p:w' },
  'a certificate as data': { 'client-certificate-data': base64('cert'), 'client-key-data': base64('key') },
  'a certificate in files': { 'client-certificate': 'client.crt', 'client-key': 'client.key' },
  'a token and a password': { token: 'abc', username: 'me', password: 'pw' },
  'a token and a certificate': {
    token: 'abc',
    'client-certificate-data': base64('cert'),
    'client-key-data': base64('key'),
  },
  'another user': { token: 'abc', as: 'bob' },
};
const clusters = {
  'nothing more': {},
  'an authority as data': { 'certificate-authority-data': base64('ca') },
  'an authority in a file': { 'certificate-authority': 'ca.crt' },
  'another name in TLS': { 'tls-server-name': 'api.internal' },
  'no verification': { 'insecure-skip-tls-verify': true },
  'a proxy': { 'proxy-url': 'http://proxy.example.com:3128' },
};
const pairs = Object.entries(users).flatMap(([who, user]) =>
  Object.entries(clusters).map(([where, cluster]) => ({ who, where, user, cluster })),
);

const texts = (value: unknown) => (value === undefined ? undefined : String(value));
async function byLibrary(file: string) {
  const config = new KubeConfig();
  config.loadFromFile(file);
  const options: https.RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, rejectUnauthorized, servername, auth } = options;
  const headers = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    headers: { ...(auth && { authorization: `Basic ${base64(auth)}` }), ...Object.fromEntries(headers) },
    tls: { ca: texts(ca), cert: texts(cert), key: texts(key), rejectUnauthorized, servername },
    proxyUrl: config.getCurrentCluster()?.proxyUrl,
  };
}

describe('a kubeconfig', () => {
  it('is tried in 48 forms', () => expect(pairs).toHaveLength(48));

  it.each(pairs)(
    'with $who, and $where, is read as the client library reads it',
    async ({ user, cluster }) => {
      const { headers, tls, proxyUrl } = await admit(user, cluster);
      const ours = { ca: texts(tls.ca), cert: texts(tls.cert), key: texts(tls.key) };
      const { rejectUnauthorized, servername } = tls;
      expect({ headers, tls: { ...ours, rejectUnauthorized, servername }, proxyUrl }).toEqual(
        await byLibrary(await save(user, cluster)),
      );
    },
  );

  const bob = {
    as: 'bob',
    'as-uid': '42',
    'as-groups': ['dev', 'ops'],
    'as-user-extra': { 'a.b/Scope': ['x', 'y'] },
  };
  const bobHeaders = {
    'impersonate-user': 'bob',
    'impersonate-uid': '42',
    'impersonate-group': ['dev', 'ops'],
    'impersonate-extra-a.b%2fscope': ['x', 'y'],
  };

  it('acts as whom it says, with uid, groups and extra', async () => {
    expect((await admit({ token: 'abc', ...bob })).headers).toEqual({
      authorization: 'Bearer abc',
      ...bobHeaders,
    });
  });

  it('does so with an exec plugin too', async () => {
    const answer = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'made' },
    };
    const plugin = path.join(folder, 'plugin');
    await writeFile(plugin, `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`, { mode: 0o755 });
    const exec = { apiVersion: answer.apiVersion, command: plugin, args: [], interactiveMode: 'Never' };
    expect((await admit({ exec, ...bob })).headers).toEqual({ authorization: 'Bearer made', ...bobHeaders });
  });

  it.each([
    ['a misspelt field', { as_groups: ['dev'] }, {}, 'user.as_groups'],
    ['impersonation in another form', { 'impersonate-groups': ['dev'] }, {}, 'user.impersonate-groups'],
    ['a way past the proxy', {}, { 'no-proxy': 'api.example.com' }, 'cluster.no-proxy'],
    ['the same with another name', {}, { no_proxy: 'api.example.com' }, 'cluster.no_proxy'],
    ['a SOCKS proxy', {}, { 'proxy-url': 'socks5://proxy:1080' }, 'cluster.proxy-url'],
    ['groups without a user', { 'as-groups': ['dev'] }, {}, 'user.as-groups without user.as'],
    ['a uid without a user', { 'as-uid': '42' }, {}, 'user.as-uid without user.as'],
    ['groups that are no list', { as: 'bob', 'as-groups': 'dev' }, {}, 'user.as-groups'],
    ['a group that is no text', { as: 'bob', 'as-groups': ['dev', 1] }, {}, 'user.as-groups'],
    ['groups in a map', { as: 'bob', 'as-groups': { dev: true } }, {}, 'user.as-groups'],
    ['extra that is no map', { as: 'bob', 'as-user-extra': ['x'] }, {}, 'user.as-user-extra'],
    ['a user that is no text', { as: 42 }, {}, 'user.as'],
    ['a plugin that asks', { exec: { command: 'x', interactiveMode: 'Always' } }, {}, 'interactiveMode'],
    [
      'a plugin that must know the cluster',
      { exec: { command: 'x', provideClusterInfo: true } },
      {},
      'provideClusterInfo',
    ],
    ['a plugin with a new field', { exec: { command: 'x', sandbox: true } }, {}, 'user.exec.sandbox'],
    ['a provider nobody can ask', { 'auth-provider': { name: 'openstack' } }, {}, 'openstack'],
  ])('is refused for %s, by name', async (_title, user, cluster, named) => {
    const kubeconfig = await save(user, cluster);
    expect(() => openCredential('x', { kubeconfig })).toThrow(
      expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining(named) }),
    );
  });

  it('has no field that is neither honoured, without effect, nor refused', () => {
    // As `k8s.io/client-go/tools/clientcmd/api/v1` has them.
    expect(Object.keys(kubeconfigFields.cluster)).toEqual(
      expect.arrayContaining([
        ...['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority'],
        ...['certificate-authority-data', 'proxy-url', 'disable-compression', 'extensions'],
      ]),
    );
    expect(Object.keys(kubeconfigFields.user)).toEqual(
      expect.arrayContaining([
        ...[
          'client-certificate',
          'client-certificate-data',
          'client-key',
          'client-key-data',
          'token',
          'tokenFile',
        ],
        ...[
          'as',
          'as-uid',
          'as-groups',
          'as-user-extra',
          'username',
          'password',
          'auth-provider',
          'exec',
          'extensions',
        ],
      ]),
    );
    expect(Object.keys(kubeconfigFields.exec)).toEqual(
      expect.arrayContaining([
        ...['command', 'args', 'env', 'apiVersion', 'installHint', 'provideClusterInfo', 'interactiveMode'],
      ]),
    );
  });
});

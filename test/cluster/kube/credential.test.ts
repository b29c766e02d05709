import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openCredential } from '../../../src/cluster/kube/connecting/credential.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-credential-'));
});
afterEach(() => rm(folder, { recursive: true }));

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const save = async (name: string, text: string): Promise<string> => {
  await writeFile(path.join(folder, name), text, { mode: 0o755 });
  return path.join(folder, name);
};
const kubeconfig = (user: object, cluster: object = {}): Promise<string> =>
  save(
    'kubeconfig',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'one', cluster: { server: 'https://api.example.com:6443/', ...cluster } }],
      users: [{ name: 'me', user }],
      contexts: [
        { name: 'first', context: { cluster: 'one', user: 'me' } },
        { name: 'lost', context: { cluster: 'none', user: 'me' } },
      ],
      'current-context': 'first',
    }),
  );
const admit = async (user: object, cluster: object = {}) =>
  openCredential('x', { kubeconfig: await kubeconfig(user, cluster) }).admit();

describe('a credential', () => {
  it.each([
    ['a token', { token: 'abc' }, { authorization: 'Bearer abc' }],
    ['a password', { username: 'me', password: 'pw' }, { authorization: `Basic ${base64('me:pw')}` }],
    [
      'another identity',
      { token: 'abc', as: 'bob' },
      { authorization: 'Bearer abc', 'impersonate-user': 'bob' },
    ],
    ['nothing', {}, {}],
  ])('sends %s', async (_title, user, headers) => {
    expect(await admit(user)).toMatchObject({ server: 'https://api.example.com:6443', headers });
  });

  it('reads a token file, beside the kubeconfig, whenever it is needed', async () => {
    await save('token', 'old\n');
    const credential = openCredential('x', {
      kubeconfig: await kubeconfig({ tokenFile: 'token', token: 'stale' }),
    });
    expect((await credential.admit()).headers).toEqual({ authorization: 'Bearer old' });
    await save('token', 'new\n');
    expect((await credential.admit()).headers).toEqual({ authorization: 'Bearer new' });
  });

  it('shows its certificate and trusts the one named, as data before files', async () => {
    await save('ca.crt', 'from file');
    await save('client.key', 'key file');
    const { tls, proxyUrl } = await admit(
      { 'client-certificate-data': base64('cert'), 'client-key': 'client.key' },
      {
        'certificate-authority-data': base64('ca'),
        'certificate-authority': 'ca.crt',
        'tls-server-name': 'api.internal',
        'proxy-url': 'http://proxy:3128',
      },
    );
    expect({ ...tls, ca: String(tls.ca), cert: String(tls.cert), key: String(tls.key) }).toEqual({
      ca: 'ca',
      cert: 'cert',
      key: 'key file',
      servername: 'api.internal',
    });
    expect(proxyUrl).toBe('http://proxy:3128');
  });

  it('checks certificates unless told not to', async () => {
    expect((await admit({})).tls).toEqual({});
    expect((await admit({}, { 'insecure-skip-tls-verify': true })).tls).toEqual({
      rejectUnauthorized: false,
    });
  });

  it('asks an exec plugin', async () => {
    const answer = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'made' },
    };
    const command = await save('plugin', `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
    const exec = { apiVersion: answer.apiVersion, command, args: [], interactiveMode: 'Never' };
    const { headers, server } = await admit({ exec });
    expect(server).toBe('https://api.example.com:6443');
    expect(Object.values(headers)).toEqual(['Bearer made']);
  });

  const end = 1_800_000_000;
  const jwt = `h.${Buffer.from(JSON.stringify({ exp: end })).toString('base64url')}.s`;
  const endsOf = async (user: object) => openCredential('x', { kubeconfig: await kubeconfig(user) }).ends();

  it('ends when its token does, in the kubeconfig or in a file', async () => {
    await save('token', `${jwt}\n`);
    expect(await endsOf({ token: jwt })).toEqual(new Date(end * 1000));
    expect(await endsOf({ tokenFile: 'token' })).toEqual(new Date(end * 1000));
    expect(await endsOf({ token: 'abc' })).toBeUndefined();
  });

  it('is renewed by itself where a plugin makes it, however soon its token ends, unless that fails', async () => {
    const apiVersion = 'client.authentication.k8s.io/v1';
    const answer = { apiVersion, kind: 'ExecCredential', status: { token: jwt } };
    const command = await save('plugin', `#!/bin/sh\necho '${JSON.stringify(answer)}'\n`);
    const exec = { apiVersion, args: [], interactiveMode: 'Never' };
    expect(await endsOf({ exec: { ...exec, command } })).toBe('renewed-by-itself');
    await expect(endsOf({ exec: { ...exec, command: '/bin/false' } })).rejects.toMatchObject({
      code: 'cluster.unauthorized',
    });
  });

  it.each([
    [
      'a plugin that fails',
      { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/bin/false', args: [] } },
    ],
    ['a token file that is gone', { tokenFile: 'none' }],
  ])('says that %s gives no credential', async (_title, user) => {
    await expect(admit(user)).rejects.toMatchObject({
      code: 'cluster.unauthorized',
      hint: expect.any(String),
    });
  });

  it.each([
    ['a context that is not there', 'none', /context "none" names no cluster.*/],
    ['a context whose cluster is not there', 'lost', /context "lost" names no cluster/],
  ])('refuses %s, and tells which there are', async (_title, context, message) => {
    const file = await kubeconfig({});
    expect(() => openCredential('x', { kubeconfig: file, context })).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        message: expect.stringMatching(message),
        hint: 'Contexts there: first, lost.',
      }),
    );
  });

  it.each([
    ['no file', undefined],
    ['no YAML', 'a: [b'],
    ['no fields', 'just a text'],
  ])('refuses %s', async (_title, text) => {
    const file = text === undefined ? path.join(folder, 'none') : await save('broken', text);
    expect(() => openCredential('x', { kubeconfig: file })).toThrow(
      expect.objectContaining({
        code: 'config.invalid',
        message: expect.stringContaining('could not be read'),
      }),
    );
  });

  it.each([
    ['http://127.0.0.1:8001', true],
    ['http://localhost:8001', true],
    ['http://[::1]:8001', true],
    ['http://10.0.0.1:8001', false],
    ['http://127.0.0.1.example.com', false],
  ])('over %s is let through: %s', async (server, fine) => {
    const opening = async () => openCredential('x', { kubeconfig: await kubeconfig({}, { server }) }).admit();
    if (fine) expect(await opening()).toMatchObject({ server });
    else await expect(opening()).rejects.toMatchObject({ code: 'config.invalid' });
  });
});

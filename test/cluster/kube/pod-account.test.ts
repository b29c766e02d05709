import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openCredential } from '../../../src/cluster/kube/connecting/credential.js';

const before = { ...process.env };
let pod: string;
const put = (name: string, text: string): Promise<void> =>
  writeFile(path.join(pod, 'var/run/secrets/kubernetes.io/serviceaccount', name), text);

beforeAll(async () => {
  pod = await mkdtemp(path.join(tmpdir(), 'acknet-pod-'));
  await mkdir(path.join(pod, 'var/run/secrets/kubernetes.io/serviceaccount'), { recursive: true });
  process.env.KUBERNETES_SERVICE_HOST = '172.21.0.1';
  process.env.KUBERNETES_SERVICE_PORT = '443';
});
afterEach(() => void jest.useRealTimers());
afterAll(async () => {
  process.env = before;
  await rm(pod, { recursive: true });
});

describe('a cluster without a kubeconfig', () => {
  it('is refused outside of a pod, with what to do', async () => {
    await expect(openCredential('here', {}, pod).admit()).rejects.toMatchObject({
      code: 'cluster.unauthorized',
      hint: expect.stringContaining('must run in a pod with a service account'),
    });
  });

  it('is the one that the pod runs in, by its service account, whose token the kubelet renews', async () => {
    await put('ca.crt', 'the CA of the cluster');
    await put('token', 'first');
    const credential = openCredential('here', {}, pod);
    const admitted = await credential.admit();
    expect(admitted).toMatchObject({
      server: 'https://172.21.0.1:443',
      headers: { authorization: 'Bearer first' },
    });
    expect(String(admitted.tls.ca)).toBe('the CA of the cluster');
    expect(await credential.ends()).toBe('renewed-by-itself');

    await put('token', 'second');
    jest.useFakeTimers({ advanceTimers: true, now: Date.now() + 61_000 });
    expect((await credential.admit()).headers).toEqual({ authorization: 'Bearer second' });
  });
});

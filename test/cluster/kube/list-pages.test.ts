import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openConnection } from '../../../src/cluster/kube/connecting/connection.js';
import { createClusters, type OpenClusters } from '../../../src/cluster/kube/connecting/create-clusters.js';
import { createKubeReader } from '../../../src/cluster/kube/kube-reader.js';
import { type ReadLimits, readLimits } from '../../../src/cluster/kube/answers/read-limits.js';
import type { OnRequest, Resource } from '../../../src/cluster/ports.js';
import { patience } from '../../support/patience.js';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse, url: URL) => void;

let server: http.Server;
let handler: Handler;
let folder: string;
let clusters: OpenClusters;
const asked: string[] = [];
const told: string[] = [];

beforeEach(async () => {
  asked.splice(0);
  told.splice(0);
  server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    asked.push(url.searchParams.get('continue') ?? 'first');
    handler(request, response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-list-'));
  clusters = await connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await clusters.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

async function connect(url: string): Promise<OpenClusters> {
  const kubeconfig = path.join(folder, 'kubeconfig');
  const one = { apiVersion: 'v1', kind: 'Config', 'current-context': 'x' };
  const parts = {
    clusters: [{ name: 'x', cluster: { server: url } }],
    users: [{ name: 'x', user: { token: 'secret-token' } }],
    contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }],
  };
  await writeFile(kubeconfig, JSON.stringify({ ...one, ...parts }));
  const onRequest: OnRequest = (cluster, { path: of }, status) =>
    void told.push(`${cluster} ${of} ${status}`);
  return createClusters({ x: { kubeconfig } }, { requestTimeoutMs: 2000, retries: 1, onRequest });
}

const things: Resource<string> = {
  group: '',
  version: 'v1',
  plural: 'things',
  kind: 'Thing',
  namespaced: true,
  project: (raw) => (raw.metadata as { name: string }).name,
};
const list = () => clusters.get('x').reader(new AbortController().signal).list(things);

const item = (name: string) => ({ metadata: { name }, filler: 'x'.repeat(2000) });
const names = (from: number, count = 100) => Array.from({ length: count }, (_, index) => `n-${from + index}`);
const pageOf = (items: readonly object[], meta: object = {}): string =>
  JSON.stringify({ kind: 'ThingList', apiVersion: 'v1', metadata: meta, items });
const page = (from: number, token?: string): string => pageOf(names(from).map(item), { continue: token });
const send = (response: http.ServerResponse, body: string, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body);
};
const pages: Readonly<Record<string, string>> = {
  first: page(0, 'two'),
  two: page(100, 'three'),
  three: page(200),
};
const plain: Handler = (_request, response, url) =>
  send(response, pages[url.searchParams.get('continue') ?? 'first'] ?? '');

it('each try is told of, with the status it ended with', async () => {
  handler = (_request, response, url) => {
    if (told.length === 0) return send(response, '{}', 503);
    if (url.searchParams.get('continue') === 'two') return void response.destroy();
    send(response, pages.first ?? '');
  };
  await expect(list()).rejects.toMatchObject({ code: 'cluster.unreachable' });
  const path = 'x /api/v1/things';
  expect(told.slice(0, 3)).toEqual([`${path} 503`, `${path} 200`, `${path} undefined`]);
});

describe('a list', () => {
  it('follows the pages to the end, asking for each once', async () => {
    handler = plain;
    expect(await list()).toEqual(names(0, 300));
    expect(asked).toEqual(['first', 'two', 'three']);
  });

  it('asks for the next page while this one is still on its way', async () => {
    let finish = (): void => undefined;
    handler = (request, response, url) => {
      if (url.searchParams.get('continue') !== null) {
        finish();
        return plain(request, response, url);
      }
      const body = pages.first ?? '';
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(body.slice(0, 8000));
      finish = () => response.end(body.slice(8000));
    };
    expect(await list()).toEqual(names(0, 300));
  });

  it('finds a token that stands after the items', async () => {
    const late = (token?: string) =>
      JSON.stringify({
        kind: 'ThingList',
        apiVersion: 'v1',
        items: [item('a')],
        metadata: { continue: token },
      });
    handler = (_request, response, url) =>
      send(response, url.searchParams.has('continue') ? late() : late('two'));
    expect(await list()).toEqual(['a', 'a']);
  });

  it('reads a page again that broke off in the middle, without repeating an object', async () => {
    let cut = false;
    handler = (request, response, url) => {
      if (url.searchParams.get('continue') !== 'two' || cut) return plain(request, response, url);
      cut = true;
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': String(pages.two?.length),
      });
      response.write(pages.two?.slice(0, 150_000));
      setImmediate(() => response.destroy());
    };
    expect(await list()).toEqual(names(0, 300));
    expect(asked.filter((token) => token === 'two')).toHaveLength(2);
  });

  it('reads a page in one piece where cutting it went wrong', async () => {
    const nested = { ...item('odd'), list: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' } }] };
    const items = Array.from({ length: 200 }, () => nested);
    handler = (_request, response) => send(response, pageOf(items));
    expect(await list()).toEqual(items.map(() => 'odd'));
  });

  it.each([
    ['a 500 once', 500],
    ['a 429 once', 429],
  ])('tries again after %s', async (_title, status) => {
    let failed = false;
    handler = (request, response, url) => {
      if (failed) return plain(request, response, url);
      failed = true;
      send(response, '{}', status);
    };
    expect(await list()).toHaveLength(300);
  });

  it('starts over once when its token has expired', async () => {
    let expired = false;
    handler = (request, response, url) => {
      if (url.searchParams.get('continue') !== 'three' || expired) return plain(request, response, url);
      expired = true;
      send(response, '{"message":"too old"}', 410);
    };
    expect(await list()).toEqual(names(0, 300));
    expect(asked.filter((token) => token === 'first')).toHaveLength(2);
  });

  it.each([
    ['403', 403, '{"message":"no"}', 'cluster.forbidden'],
    ['401', 401, '{}', 'cluster.unauthorized'],
    ['404', 404, '{}', 'cluster.malformed'],
    ['500 that stays', 500, '{}', 'cluster.failed'],
    ['410 that stays', 410, '{}', 'cluster.gone'],
    ['a page of a proxy', 200, '<html>log in</html>', 'cluster.malformed'],
    ['a way to somewhere else', 302, '', 'cluster.malformed'],
    ['an answer that is no object', 200, '[]', 'cluster.malformed'],
    ['a list without a kind', 200, '{"items":[]}', 'cluster.malformed'],
    ['a list of another kind', 200, pageOf([]).replace('ThingList', 'PodList'), 'cluster.malformed'],
    ['a list of another version', 200, pageOf([]).replace('"v1"', '"v2"'), 'cluster.malformed'],
    ['items that are no list', 200, pageOf([]).replace('[]', '{}'), 'cluster.malformed'],
    ['a list that lacks pages', 200, pageOf([], { remainingItemCount: 3 }), 'cluster.malformed'],
    ['an object of another kind', 200, pageOf([{ kind: 'Pod', ...item('a') }]), 'cluster.malformed'],
    ['an object without a name', 200, pageOf([{ spec: {} }]), 'cluster.malformed'],
    ['an entry that is none', 200, pageOf([item('a')]).replace(/\]\}$/, ',null]}'), 'cluster.malformed'],
    [
      'two tokens',
      200,
      pageOf([], { continue: 'a', x: 1 }).replace('"x":1', '"continue":"b"'),
      'cluster.malformed',
    ],
  ])('tells %s as what it is', async (_title, status, body, code) => {
    handler = (_request, response) => send(response, body, status);
    await expect(list()).rejects.toMatchObject({ code });
  });

  it('says so when no answer comes, and when the connection is cut', async () => {
    handler = (_request, response) => void response.destroy();
    await expect(list()).rejects.toMatchObject({ code: 'cluster.unreachable' });
    await clusters.close();
    clusters = await connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    handler = () => undefined;
    const short = createClusters(
      { x: { kubeconfig: path.join(folder, 'kubeconfig') } },
      { requestTimeoutMs: 50, retries: 0 },
    );
    const reading = short.get('x').reader(new AbortController().signal).list(things);
    await expect(reading).rejects.toMatchObject({ code: 'cluster.timed-out' });
    await short.close();
  });

  it('ends when its signal aborts', async () => {
    const stop = new AbortController();
    handler = () => stop.abort();
    await expect(clusters.get('x').reader(stop.signal).list(things)).rejects.toThrow();
  });
});

describe('a list that would not end', () => {
  const bounded = (limits: Partial<ReadLimits>) =>
    createKubeReader(
      openConnection('x', { kubeconfig: path.join(folder, 'kubeconfig') }, { timeoutMs: patience(2000) }),
      {
        ...{ signal: new AbortController().signal, pageSize: 100, retries: 0, watch: () => 0 },
        limits: { ...readLimits, ...limits },
      },
    ).list(noted);
  const noted: Resource<object> = {
    ...things,
    project: (raw) => ({ note: `${things.project(raw)} ${'y'.repeat(100)}` }),
  };
  let count = 0;
  const endless: Handler = (_request, response) => {
    count += 1;
    send(response, page(count * 100, `token-${count}`));
  };

  it.each([
    ['pages', { pages: 5 }, /more than 5 pages/],
    ['objects', { objects: 250 }, /more than 250 objects/],
    ['bytes', { listBytes: 500_000 }, /more than 500000 bytes/],
    ['memory', { viewBytes: 10_000 }, /more than 10000 bytes to keep/],
  ])('is bounded by %s', async (_title, limits, message) => {
    handler = endless;
    await expect(bounded(limits)).rejects.toMatchObject({
      code: 'cluster.too-large',
      message: expect.stringMatching(message),
    });
    expect(asked.length).toBeLessThan(10);
  });

  it.each([
    ['an object', pageOf([{ ...item('a'), huge: 'x'.repeat(300_000) }]), { objectBytes: 100_000 }],
    ['a page', JSON.stringify({ x: 'y'.repeat(300_000) }), { pageBytes: 100_000 }],
  ])('is bounded where %s does not end', async (_title, body, limits) => {
    handler = (_request, response) => send(response, body);
    await expect(bounded(limits)).rejects.toMatchObject({ code: 'cluster.too-large' });
  });

  it.each([
    ['names the page before', (): string => page(0, 'again')],
    ['turns in a circle', (): string => page(0, asked.length % 2 ? 'one' : 'two')],
    ['names one without end', (): string => page(0, 't'.repeat(9000))],
  ])('is left where its token %s', async (_title, body) => {
    handler = (_request, response) => send(response, body());
    await expect(list()).rejects.toMatchObject({
      code: 'cluster.malformed',
      message: expect.stringMatching(/next page was read before/),
    });
    expect(asked.length).toBeLessThan(5);
  });
});

describe('plain HTTP', () => {
  it('is refused beyond this machine: the token would travel in clear text', async () => {
    await clusters.close();
    clusters = await connect('http://api.example.com:8080');
    await expect(async () => list()).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('not encrypted'),
    });
  });
});

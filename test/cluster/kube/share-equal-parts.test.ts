import { describe, expect, it } from '@jest/globals';
import { createSharer } from '../../../src/cluster/kube/answers/share-equal-parts.js';

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('sharing', () => {
  it('makes equal neighbours’ parts one object', () => {
    const { share } = createSharer();
    const view = {
      labels: { app: 'a', tier: 'front' },
      ips: ['10.0.0.1'],
      owner: { kind: 'ReplicaSet', name: 'web-1' },
    };
    const [one, other] = [share(copy(view)), share(copy(view))];
    expect(other.labels).toBe(one.labels);
    expect(other.owner).toBe(one.owner);
    expect(other.ips).toBe(one.ips);
  });

  it.each([
    ['another value', { labels: { app: 'a' } }, { labels: { app: 'b' } }],
    ['a key more', { labels: { app: 'a' } }, { labels: { app: 'a', b: 'c' } }],
    ['a key less', { labels: { app: 'a', b: 'c' } }, { labels: { app: 'a' } }],
    ['a list for a record', { labels: ['a'] }, { labels: { 0: 'a' } }],
    ['nothing', { labels: { app: 'a' } }, { labels: undefined }],
    ['a number for a text', { labels: ['1'] }, { labels: [1] }],
  ])('keeps %s apart', (_title, first, second) => {
    const { share } = createSharer();
    share(copy(first));
    expect(share(structuredClone(second))).toEqual(second);
  });

  it('changes no value, in whatever order views come', () => {
    const { share } = createSharer();
    const views = Array.from({ length: 6000 }, (_, index) => ({
      name: `name-of-${index}`,
      node: `cn-hangzhou.192.168.0.${index % 50}`,
      labels: { app: `application-${index % 7}` },
      conditions: [
        { type: 'Ready', message: 'kubelet is posting ready status', at: `2026-01-01T00:00:${index}` },
      ],
      count: index,
      none: undefined,
    }));
    expect(views.map((view) => share(structuredClone(view)))).toEqual(views);
  });

  it('knows roughly what the views hold, what they share counted once', () => {
    const { share, bytes } = createSharer();
    const view = (name: string) => ({ name, note: 'x'.repeat(10_000) });
    for (let index = 0; index < 50; index += 1) share(view(`name-of-view-${index}`));
    expect(bytes()).toBeGreaterThan(10_000);
    expect(bytes()).toBeLessThan(20_000);
    for (let index = 0; index < 50; index += 1) share({ name: 'n', note: `${index}`.padEnd(10_000) });
    expect(bytes()).toBeGreaterThan(500_000);
  });

  it('lets what is no record pass', () => {
    const { share } = createSharer();
    expect([share('text'), share(null), share(3)]).toEqual(['text', null, 3]);
  });
});

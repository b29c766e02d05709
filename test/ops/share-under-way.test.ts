import { describe, expect, it } from '@jest/globals';
import { shareUnderWay } from '../../src/ops/share-under-way.js';

/** Work that ends when it is told to, and how often it was begun. */
function openWork() {
  const ends: { resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const work = () => new Promise<string>((resolve, reject) => ends.push({ resolve, reject }));
  return { work, ends };
}

describe('work that several ask for', () => {
  it('is done once while it is under way, and anew after that', async () => {
    const share = shareUnderWay<string>();
    const { work, ends } = openWork();
    const both = [share('a', work), share('a', work)];
    expect(ends).toHaveLength(1);
    ends[0]?.resolve('first');
    expect(await Promise.all(both)).toEqual(['first', 'first']);

    const next = share('a', work);
    expect(ends).toHaveLength(2);
    ends[1]?.resolve('second');
    expect(await next).toBe('second');
  });

  it('serves who asks a little later as well, where it is to be kept; a fault does not', async () => {
    let at = 0;
    const share = shareUnderWay<string>({ keepMs: 1000, watch: () => at });
    const { work, ends } = openWork();
    const failed = share('a', work);
    ends[0]?.reject(new Error('away'));
    await expect(failed).rejects.toThrow('away');
    const first = share('a', work);
    ends[1]?.resolve('first');
    await first;
    at = 999;
    expect(await share('a', work)).toBe('first');
    at = 1000;
    const next = share('a', work);
    ends[2]?.resolve('second');
    expect(await next).toBe('second');
  });

  it('serves nobody later where its result is none to keep, though who asked meanwhile gets it', async () => {
    const keeps = (result: string) => result !== 'half';
    const share = shareUnderWay<string>({ keepMs: 1000, keeps, watch: () => 0 });
    const { work, ends } = openWork();
    const both = [share('a', work), share('a', work)];
    ends[0]?.resolve('half');
    expect(await Promise.all(both)).toEqual(['half', 'half']);
    const next = share('a', work);
    ends[1]?.resolve('whole');
    expect([await next, await share('a', work)]).toEqual(['whole', 'whole']);
    expect(ends).toHaveLength(2);
  });

  it('is not what is asked for by another key', () => {
    const share = shareUnderWay<string>();
    const { work, ends } = openWork();
    void share('a', work);
    void share('b', work);
    expect(ends).toHaveLength(2);
  });

  it('fails for all of them, and is done anew for who asks later', async () => {
    const share = shareUnderWay<string>();
    const { work, ends } = openWork();
    const both = [share('a', work), share('a', work)];
    ends[0]?.reject(new Error('away'));
    for (const one of both) await expect(one).rejects.toThrow('away');
    void share('a', work);
    expect(ends).toHaveLength(2);
  });
});

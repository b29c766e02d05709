import { afterEach, describe, expect, it } from '@jest/globals';
import { defaultTuning } from '../../../src/wiring/app-ports.js';
import { redisForTest } from '../../support/redis-for-test.js';
import { type Edit, editStand, manualClock } from './edit-stand.js';

const { connect, newPrefix } = redisForTest();
const redis = connect();
const open: { close(): void }[] = [];
afterEach(() => {
  for (const editor of open.splice(0)) editor.close();
});

/** Processes that know of each other through Redis alone, at the pace that acknet keeps. */
function processes(count: number, { fail = false } = {}) {
  const clock = manualClock(redis);
  const prefix = newPrefix();
  const edits: Edit[] = [];
  const pauses = { everyMs: defaultTuning.editEveryMs, globalEveryMs: defaultTuning.editGlobalMs };
  const all = Array.from({ length: count }, () =>
    editStand({ redis, prefix, clock, edits, fail, ...pauses }),
  );
  open.push(...all.map(({ editor }) => editor));
  return { clock, edits, editors: all.map(({ editor }) => editor), pace: all[0]?.pace };
}

const at = (ts: string) => ({ channel: 'C1', ts });
const text = (words: string) => () => ({ text: words, blocks: [] });

/** The most that fall into any window of so long. */
const mostWithin = (edits: readonly Edit[], windowMs: number): number =>
  Math.max(
    ...edits.map(
      ({ atMs: from }) => edits.filter(({ atMs }) => atMs >= from && atMs < from + windowMs).length,
    ),
  );

describe('the pace of progress edits', () => {
  it('is one edit per 2 s of a message that is told of 53 steps within 300 ms, and the last state is shown', async () => {
    const { clock, edits, editors } = processes(1);
    for (let step = 1; step <= 53; step += 1) {
      editors[0]?.edit(at('1'), text(String(step)));
      if (step % 18 === 0) await clock.advance(100);
    }
    await clock.advance(10_000);
    expect(edits).toHaveLength(2);
    expect(mostWithin(edits, 2000)).toBe(1);
    expect(edits.at(-1)?.text).toBe('53');
  });

  it('is 50 edits a minute of all messages of three processes, each of which ends on its last state', async () => {
    const { clock, edits, editors } = processes(3);
    const messages = Array.from({ length: 12 }, (_, n) => String(n));
    for (let second = 1; second <= 90; second += 1) {
      for (const n of messages) editors[Number(n) % 3]?.edit(at(n), text(`${n} after ${second}`));
      await clock.advance(1000);
    }
    await clock.advance(20_000);
    expect(mostWithin(edits, 60_000)).toBe(50);
    expect(
      messages.map((n) =>
        mostWithin(
          edits.filter(({ ts }) => ts === n),
          2000,
        ),
      ),
    ).toEqual(messages.map(() => 1));
    for (const n of messages) expect(edits.findLast(({ ts }) => ts === n)?.text).toBe(`${n} after 90`);
  });

  it('of one message holds where two processes edit it', async () => {
    const { clock, edits, editors } = processes(2);
    for (let tenth = 0; tenth < 60; tenth += 1) {
      for (const editor of editors) editor.edit(at('1'), text(String(tenth)));
      await clock.advance(100);
    }
    expect(mostWithin(edits, 2000)).toBe(1);
    expect(edits.length).toBeGreaterThan(2);
  });

  it('gives a message that waits out its own 2 s no turn of another', async () => {
    const { clock, edits, editors } = processes(1);
    editors[0]?.edit(at('1'), text('a'));
    await clock.advance(100);
    editors[0]?.edit(at('1'), text('b'));
    await clock.advance(100);
    editors[0]?.edit(at('2'), text('c'));
    await clock.advance(1100);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'c']);
    await clock.advance(2000);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'c', 'b']);
  });

  it('counts what takes its turns without an editor, as the card of a fix does', async () => {
    const { clock, edits, editors, pace } = processes(1);
    await pace?.turn(at('card'), new AbortController().signal);
    editors[0]?.edit(at('1'), text('a'));
    await clock.advance(1000);
    expect(edits).toEqual([]);
    await clock.advance(200);
    expect(edits).toHaveLength(1);
  });
});

describe('progress edits', () => {
  it('never come after the message has settled', async () => {
    const { clock, edits, editors } = processes(1);
    const [editor] = editors;
    editor?.edit(at('1'), text('a'));
    editor?.edit(at('2'), text('late'));
    await clock.advance(100);
    await editor?.settle(at('2'));
    editor?.edit(at('3'), text('after'));
    await clock.advance(5000);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'after']);
  });

  it('of a process that was held up never come after another has settled the message', async () => {
    const { clock, edits, editors } = processes(2);
    const [old, successor] = editors;
    old?.edit(at('1'), text('another message'));
    old?.edit(at('2'), text('late'));
    await clock.advance(100);
    await successor?.settle(at('2'));
    old?.edit(at('3'), text('after'));
    await clock.advance(5000);
    expect(edits.map((edit) => edit.text)).toEqual(['another message', 'after']);
  });

  it('are dropped where another process goes on, and are taken again when it comes back', async () => {
    const { clock, edits, editors } = processes(1);
    const [editor] = editors;
    editor?.edit(at('1'), text('a'));
    editor?.edit(at('2'), text('dropped'));
    editor?.drop(at('2'));
    editor?.edit(at('3'), text('c'));
    await clock.advance(5000);
    editor?.edit(at('2'), text('taken up'));
    await clock.advance(5000);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'c', 'taken up']);
  });

  it('that Slack refuses are dropped: the next state comes anyway', async () => {
    const { clock, edits, editors } = processes(1, { fail: true });
    editors[0]?.edit(at('1'), text('a'));
    await clock.advance(100);
    editors[0]?.edit(at('1'), text('b'));
    await clock.advance(5000);
    expect(edits.map((edit) => edit.text)).toEqual(['a', 'b']);
  });
});

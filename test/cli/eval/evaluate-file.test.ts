import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../../support/run-cli.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'acknet-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function fileOf(...lines: readonly unknown[]): Promise<string> {
  const file = path.join(folder, 'questions.jsonl');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(file, `${text.join('\n')}\n`);
  return file;
}

const conntrack = { text: 'nf_conntrack: table full, dropping packet', intents: ['conntrack-limit'] };
const wrong = { text: 'lower the udp timeout of ipvs', intents: ['cluster-domain', 'conntrack-limit'] };
const pizza = { text: 'who orders the pizza', intents: [] };
const foreign = { text: 'InvalidVSwitchId.IpNotEnough, vswitch is full', intents: [] };

const thread = {
  turns: [
    { text: 'hi', intents: [] },
    { text: 'nf_conntrack: table full, dropping packet', intents: ['conntrack-limit'] },
    {
      text: 'other matter: InvalidVSwitchId.IpNotEnough, the vswitch is full',
      intents: ['vswitch-ip-exhausted'],
      kind: 'switch',
    },
  ],
};

describe('acknet eval --json', () => {
  it('prints one object with the shares', async () => {
    const { code, stdout } = await runCli(['eval', await fileOf(conntrack, wrong, pizza, foreign), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      inScope: 2,
      outOfScope: 2,
      top1: 0.5,
      top3: expect.any(Number),
      answered: 0.5,
      wrongSure: 0.5,
      falseSure: 0.5,
      falseTorn: 0,
      p50Ms: expect.any(Number),
      p99Ms: expect.any(Number),
    });
  });

  it('adds the figures of each kind where lines carry one', async () => {
    const file = await fileOf({ ...conntrack, kind: 'paste' }, { ...pizza, kind: 'chat' }, wrong);
    const { kinds } = JSON.parse((await runCli(['eval', file, '--json'])).stdout);
    expect(Object.keys(kinds)).toEqual(['chat', 'paste']);
    expect(kinds.paste).toMatchObject({ inScope: 1, outOfScope: 0, top1: 1, answered: 1 });
    expect(kinds.chat).toMatchObject({ inScope: 0, outOfScope: 1, falseSure: 0 });
  });

  it('adds the figures of conversations where lines hold turns', async () => {
    const { code, stdout } = await runCli(['eval', await fileOf(pizza, thread), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      inScope: 0,
      outOfScope: 1,
      conversations: {
        turns: { first: 1, switch: 1, talk: 1 },
        first: 1,
        switch: 1,
        wrongSure: 0,
        talkWrong: 0,
      },
    });
  });

  it('reports lines it cannot use by number, and measures the others', async () => {
    const file = await fileOf(
      conntrack,
      'nonsense',
      '',
      { text: 5, intents: [] },
      { text: 'x', intents: ['nope'] },
      pizza,
    );
    const { code, stdout, stderr } = await runCli(['eval', file, '--json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/line 2: no JSON/);
    expect(stderr).toMatch(/line 4: text: /);
    expect(stderr).toMatch(/line 5: no such entry: nope/);
    expect(JSON.parse(stdout)).toMatchObject({ inScope: 1, outOfScope: 1 });
  });
});

describe('acknet eval', () => {
  it('prints a table and the misses', async () => {
    const { code, stdout } = await runCli(['eval', await fileOf(conntrack, wrong, pizza, foreign)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\s+in scope\s+out\s+top1/);
    expect(stdout).toMatch(/all\s+2\s+2\s+50\.0 %/);
    expect(stdout).toMatch(/2 misses:\n- lower the udp timeout of ipvs\n\s+sure: ipvs-udp-timeout/);
    expect(stdout).toMatch(/expected cluster-domain \| conntrack-limit/);
    expect(stdout).not.toContain('pizza');
  });

  it('prints what became of conversations, and what went wrong after which message', async () => {
    const astray = {
      turns: [
        conntrack,
        { text: 'lower the udp timeout of ipvs', intents: ['cluster-domain'], passage: 'where' },
      ],
    };
    const { stdout } = await runCli(['eval', await fileOf(thread, astray)]);
    expect(stdout).not.toMatch(/in scope/);
    expect(stdout).toMatch(/right entry, of 2 switches\s+50\.0 %/);
    expect(stdout).toMatch(
      /1 miss:\n- switch: lower the udp timeout of ipvs\n\s+after: nf_conntrack: table full/,
    );
    expect(stdout).toMatch(/answer: ipvs-udp-timeout; expected cluster-domain: where/);
  });

  it('refuses a file that is not there', async () => {
    const { code, stderr } = await runCli(['eval', path.join(folder, 'none.jsonl')]);
    expect(code).toBe(64);
    expect(stderr).toMatch(/none\.jsonl cannot be read/);
  });
});

import { spawnSync } from 'node:child_process';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Intent } from '../../../src/intents/intent.js';
import { loadIntents } from '../../../src/intents/load-intents.js';
import { FakeNode, type Happening, type Outcome, type Runtime } from './fake-node.js';

let intents: readonly Intent[];
beforeAll(async () => {
  intents = await loadIntents('intents');
});

const bashOf = ({ sections }: Intent): readonly string[] =>
  Object.values(sections).flatMap((text) =>
    [...text.matchAll(/^([ \t]*)```bash\n([\s\S]*?)^[ \t]*```/gm)].map(([, indent = '', code = '']) =>
      code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    ),
  );

function scriptFor(runtime: Runtime): string {
  const command = { docker: 'docker ps', containerd: 'crictl' }[runtime];
  const found = intents.flatMap(bashOf).filter((code) => code.startsWith('#!') && code.includes(command));
  expect(found).toHaveLength(1);
  return found[0] as string;
}

const LIVE = 'a'.repeat(64);
const NEW = 'b'.repeat(64);
const GONE = 'c'.repeat(64);
const live = '172.30.34.130';
const fresh = '172.30.34.131';
const leaked = '172.30.34.132';

let node: FakeNode;
beforeEach(() => {
  node = new FakeNode();
  node.reserve(live, LIVE);
  node.know(LIVE, live);
  node.reserve(leaked, GONE);
});
afterEach(() => node.dispose());

describe('the shell that entries print', () => {
  it('parses', () => {
    const broken = intents.flatMap((intent) =>
      bashOf(intent).flatMap((code) => {
        const { status, stderr } = spawnSync('bash', ['-n'], {
          input: code.replace(/<[a-z-]+>/g, 'x'),
          encoding: 'utf8',
        });
        return status === 0 ? [] : [`${intent.id}: ${stderr}`];
      }),
    );
    expect(broken).toEqual([]);
  });

  it('has no script that is not run here', () => {
    const scripts = intents.flatMap((intent) => bashOf(intent).filter((code) => code.startsWith('#!')));
    expect([...scripts].sort()).toEqual([scriptFor('containerd'), scriptFor('docker')].sort());
  });
});

describe.each(['docker', 'containerd'] as const)('the clean-up script for %s', (runtime) => {
  const run = (happening?: Happening): Outcome => node.run(scriptFor(runtime), happening);
  const untouched = [live, leaked];
  /** With one sandbox a look is one call of Docker, two of crictl; `second` is the first after the yes. */
  const [second, calls] = runtime === 'docker' ? [2, 2] : [3, 4];

  it('removes what nobody owns after a yes, and nothing else', () => {
    expect(run()).toMatchObject({ status: 0, left: [live] });
  });

  it.each<[string, Happening, RegExp]>([
    ['the answer is no', { answer: 'no\n' }, /Not confirmed/],
    ['the answer is y', { answer: 'y\n' }, /Not confirmed/],
    ['there is no answer', { answer: '' }, /No answer/],
    ['the runtime lists nothing', { how: 'cat > /dev/null' }, /lists no/],
    ['the runtime lists blanks', { how: 'cat > /dev/null; printf " \\r\\n\\n"' }, /lists no/],
    ['the runtime fails', { how: 'exit 1' }, /failed/],
    ['the runtime fails in the middle of its list', { how: 'head -c 9; exit 1' }, /failed/],
    ['the runtime fails after the yes', { how: '[[ $call -lt 3 ]] && cat' }, /failed/],
    [
      'the runtime lists nothing after the yes',
      { how: '[[ $call -lt 3 ]] && cat || cat > /dev/null' },
      /lists no|says nothing/,
    ],
    ['the runtime hangs until it is cut off', { how: 'exit 124' }, /failed/],
  ])('removes nothing when %s', (_what, happening, said) => {
    const how = happening.how?.replace('-lt 3', `-lt ${second}`);
    const outcome = run({ ...happening, ...(how === undefined ? {} : { how }) });
    expect(outcome).toMatchObject({ left: untouched, said: expect.stringMatching(said) });
    expect(outcome.said).toContain('Nothing removed.');
    expect(outcome.status).not.toBe(0);
  });

  it.each([
    ['carriage returns', "sed 's/$/\\r/'"],
    ['spaces around', "sed 's/^/   /; s/$/  /'"],
    ['several on a line', "tr '\\n' ' '"],
  ])('reads a list with %s', (_what, how) => {
    node.reserve(fresh, NEW);
    node.know(NEW, fresh);
    expect(run({ how })).toMatchObject({ status: 0, left: [live, fresh] });
  });

  it.each([
    ['that is empty', ''],
    ['without an owner', '\r\neth0'],
    ['with an owner cut short', 'abc\r\neth0'],
  ])('leaves a reservation %s', (_what, text) => {
    node.reserve(fresh, '', { text });
    expect(run().left).toEqual([live, fresh]);
  });

  it.each([
    ['LF', `${LIVE}\neth0`],
    ['no interface', LIVE],
    ['spaces', `  ${LIVE} \r\neth0`],
  ])('knows an owner written with %s', (_what, text) => {
    node.reserve(live, '', { text });
    expect(run()).toMatchObject({ status: 0, left: [live] });
  });

  it('finds nothing to do where every owner is known', () => {
    node.know(GONE);
    expect(run()).toMatchObject({
      status: 0,
      said: expect.stringContaining('No leaked address'),
      left: untouched,
    });
  });

  it('refuses a node that moved its store, and one that has none', () => {
    node.moveToVarRun();
    expect(run()).toMatchObject({ status: 1, left: untouched });
    node.loseStore();
    expect(run().status).toBe(1);
  });

  /** The last moment: after the run. */
  const starts = Array.from({ length: calls }, (_, at) => at + 1).flatMap((reserved) =>
    Array.from({ length: calls + 2 - reserved }, (_, later) => [reserved, reserved + later] as const),
  );
  it.each(starts)(
    'keeps a pod that gets its address before call %i and is known before call %i',
    (reserved, known) => {
      const reserve = `printf '${NEW}\\r\\neth0' > $store/${fresh}`;
      const know = `echo ${fresh} > $known/${NEW}`;
      const story =
        reserved === known ? { [known]: `${reserve}; ${know}` } : { [reserved]: reserve, [known]: know };
      expect(run({ story })).toMatchObject({ status: 0, left: [live, fresh] });
    },
  );

  it('keeps an address that was given out minutes ago to a sandbox not known yet', () => {
    node.reserve(fresh, NEW, { minutes: 4 });
    expect(run()).toMatchObject({ status: 0, left: [live, fresh] });
  });

  it.each(Array.from({ length: second }, (_, at) => at + 1))(
    'keeps a long-reserved address whose owner becomes known before call %i',
    (call) => {
      node.reserve(fresh, NEW);
      expect(run({ story: { [call]: `echo ${fresh} > $known/${NEW}` } }).left).toContain(fresh);
    },
  );

  it('keeps an address that changed hands after the list', () => {
    const story = { [second]: `printf '${NEW}\\r\\neth0' > $store/${leaked}` };
    expect(run({ story })).toMatchObject({
      left: untouched,
      said: expect.stringContaining(`kept ${leaked}`),
    });
  });

  it('holds Flannel’s lock from the second look on, and not while it waits for the answer', () => {
    const tell = (call: number) => `flock -n $store/lock true && echo free > $store/call-${call}`;
    const { said } = run({ story: { 1: tell(1), [second]: `${tell(second)} || echo held >&2` } });
    expect(said).toContain('held');
    expect(spawnSync('ls', [node.store], { encoding: 'utf8' }).stdout).toContain('call-1\n');
  });
});

describe('the clean-up script for containerd', () => {
  it.each([
    ['fails for a sandbox', '[[ $call -ne 2 ]] && cat'],
    ['says nothing of a sandbox', '[[ $call -eq 2 ]] || cat'],
  ])('removes nothing when crictl %s', (_what, how) => {
    expect(node.run(scriptFor('containerd'), { how })).toMatchObject({ left: [live, leaked], status: 1 });
  });

  it('keeps an address that a sandbox names, whoever the store says owns it', () => {
    node.know(LIVE, leaked);
    expect(node.run(scriptFor('containerd')).left).toEqual([live, leaked]);
  });
});

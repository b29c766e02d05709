import { describe, expect, it } from '@jest/globals';
import { readTail } from '../../src/checks/read-tail.js';
import type { PodLogRequest } from '../../src/cluster/ports.js';

/** As a kubelet does it: the oldest lines of the tail, up to the limit. */
function kubelet(log: readonly string[]) {
  const asked: PodLogRequest[] = [];
  const podLog = async (request: PodLogRequest) => {
    asked.push(request);
    const tail = request.tailLines === undefined ? log : log.slice(-request.tailLines);
    const text = tail.map((line) => `${line}\n`).join('');
    return Buffer.from(text).subarray(0, request.limitBytes).toString();
  };
  return { podLog, asked };
}

const log = (count: number, width: number, letter = 'x'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${index} ${letter.repeat(width)}`);
const at = { namespace: 'kube-system', pod: 'p', container: 'c', limitBytes: 1_000 };

describe('the tail of a log', () => {
  it('is read at once where it fits', async () => {
    const { podLog, asked } = kubelet(log(50, 10));
    expect(await readTail({ podLog }, { ...at, tailLines: 40 })).toEqual(log(50, 10).slice(10));
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['long', 60, 'x'],
    ['so long that few fit', 600, 'x'],
    ['of letters that take several bytes', 60, '络'],
  ])(
    'holds its newest line where lines are %s, each once and in order, none cut',
    async (_how, width, letter) => {
      const all = log(200, width, letter);
      const { podLog, asked } = kubelet(all);
      const lines = await readTail({ podLog }, { ...at, tailLines: 200 });
      expect(lines.at(-1)).toBe(all.at(-1));
      expect(lines).toEqual(all.filter((line) => lines.includes(line)));
      expect(asked.length).toBeLessThanOrEqual(5);
    },
  );

  it('is what fits of a line that is longer than the limit', async () => {
    const { podLog } = kubelet(log(3, 5_000));
    const lines = await readTail({ podLog }, { ...at, tailLines: 3 });
    expect(lines.map((line) => line.slice(0, 4))).toEqual(['2 xx']);
  });

  it('is not asked for where the log is read from its beginning', async () => {
    const { podLog, asked } = kubelet(log(200, 60));
    const lines = await readTail({ podLog }, at);
    expect(lines[0]).toBe(log(200, 60)[0]);
    expect(asked).toHaveLength(1);
  });
});

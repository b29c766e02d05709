import { describe, expect, it } from '@jest/globals';
import { terwayExitIn, terwayExits } from '../../../src/checks/terway/terway-exits.js';

/** Lines as Terway's containers print them, and the beginning of the cause that they name. */
const lines: readonly (readonly [string, string])[] = [
  ['Error: unsupport kernel version, require >=5.10', 'the kernel is older'],
  ['Error: failed process input: ipvlan is unsupported', 'IPvlan is configured'],
  ['Error: exclusive eni mode changed', 'the exclusive ENI label'],
  ['Error: failed process input: unexpected end of JSON input', 'the CNI config in ConfigMap eni-config'],
  ['Error: no cilium chainer is installed', 'the CNI chain on the node'],
  ['F1124 02:50:00.1 1 main.go:73] failed parse config: invalid character', 'the configuration in ConfigMap'],
  [
    'F1124 02:50:00.1 1 main.go:73] error listen at /var/run/eni/eni.socket: bind: address already in use',
    'Terway cannot bind',
  ],
  [
    'F1124 02:50:00.1 1 main.go:73] failed to acquire lock: context deadline exceeded',
    'another Terway process',
  ],
  [
    'F1124 02:50:00.1 1 main.go:73] upable get instance limit, error get ecs.g7.large',
    'Terway could not learn',
  ],
  ['F1124 02:50:00.1 1 main.go:73] no primary eni found', 'Terway finds no primary ENI'],
];

describe('Terway ends', () => {
  it.each(lines)('%s', (line, cause) => {
    expect(terwayExitIn(line)?.cause).toMatch(new RegExp(`^${cause}`));
  });

  it('has a line for each wording', () => {
    const used = new Set(lines.map(([line]) => terwayExitIn(line)));
    expect(terwayExits.filter((exit) => !used.has(exit))).toEqual([]);
  });

  it('is told from no line of one that runs', () => {
    expect(
      terwayExitIn('I1124 02:50:00.1 1 server.go:98] start serving on /var/run/eni/eni.socket'),
    ).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { gateFaults, isGateOn, spansOf } from '../../../src/checks/kube-proxy/validation/feature-gates.js';
import { gateDependencies } from '../../../src/checks/kube-proxy/validation/gate-dependencies.js';
import { gateHistory } from '../../../src/checks/kube-proxy/validation/gate-history.js';

const names = Object.keys(gateHistory);
const minors = Array.from({ length: 23 }, (_, index) => index + 14);

describe('the history of feature gates', () => {
  it('is readable to the last span, in order, without overlap, from 1.14 to 1.36', () => {
    const broken = names.filter((name) => {
      const spans = spansOf(name);
      const told = (gateHistory[name] ?? '').split(', ').length;
      const ordered = spans.every(
        ({ from, to }, at) => from <= to && from > (spans[at - 1]?.to ?? 13) && to <= 36,
      );
      return spans.length !== told || !ordered;
    });
    expect(broken).toEqual([]);
  });

  it('locks a gate to the value it has by default: nothing that is not set is refused', () => {
    for (const minor of minors) expect(gateFaults({}, [1, minor, 0, 0])).toEqual([]);
  });

  it('judges every gate in every release: known as it is by default, refused where it is unknown', () => {
    for (const minor of minors)
      for (const name of names) {
        const on = isGateOn(name, {}, minor);
        const faults = gateFaults({ [name]: on ?? true }, [1, minor, 0, 0]);
        const drifts = spansOf(name).some(({ from, to, drifts: d }) => d && minor >= from && minor <= to);
        const expected = drifts ? ['unfamiliar'] : on === undefined ? ['gate'] : [];
        expect({ name, minor, kinds: faults.map(({ kind }) => kind) }).toEqual({
          name,
          minor,
          kinds: expected,
        });
      }
  });

  it('knows every gate that another depends on, at that release', () => {
    const unknown = gateDependencies.flatMap(([from, to, name, needs]) =>
      [name, ...needs].filter((gate) => [from, to].some((minor) => isGateOn(gate, {}, minor) === undefined)),
    );
    expect(unknown).toEqual([]);
  });
});

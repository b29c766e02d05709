import { describe, expect, it } from '@jest/globals';
import { exitLine } from '../../../src/checks/kube-proxy/document/exit-line.js';
import {
  type KubeProxyFault,
  stopsKubeProxy,
} from '../../../src/checks/kube-proxy/document/kube-proxy-fault.js';
import { readKubeProxyConfig } from '../../../src/checks/kube-proxy/document/kube-proxy-settings.js';
import { addressRows } from './verdicts/address-rows.js';
import { choiceRows } from './verdicts/choice-rows.js';
import { clusterRangeRows } from './verdicts/cluster-range-rows.js';
import { documentRows } from './verdicts/document-rows.js';
import { gateRows } from './verdicts/gate-rows.js';
import { loggingRows } from './verdicts/logging-rows.js';
import { numberRows } from './verdicts/number-rows.js';
import type { KubeProxyVerdict, VerdictRow } from './verdicts/verdict-row.js';

const HEAD = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';
const rows: readonly VerdictRow[] = [
  ...addressRows,
  ...clusterRangeRows,
  ...numberRows,
  ...choiceRows,
  ...gateRows,
  ...documentRows,
  ...loggingRows,
];

function verdictOf(faults: readonly KubeProxyFault[]): KubeProxyVerdict {
  if (faults.some(stopsKubeProxy)) return 'refused';
  if (faults.some(({ kind }) => kind === 'unfamiliar')) return 'not judged';
  return faults.length === 0 ? 'accepted' : 'ignored';
}

describe('what kube-proxy does with a config', () => {
  it.each(
    rows.map((row) => ({ row, name: `1.${row[0]}, ${JSON.stringify(row[1])}: ${row[2]} (${row[3]})` })),
  )('$name', ({ row: [minor, body, verdict, , exits] }) => {
    const { faults } = readKubeProxyConfig(`${HEAD}${body}\n`, [1, minor, 0, 0]);
    expect({ verdict: verdictOf(faults), faults }).toEqual({ verdict, faults });
    if (exits !== undefined) expect(exitLine(faults)).toBe(exits);
  });

  it('is told for more than 300 configs, each with its source', () => {
    expect(rows.length).toBeGreaterThan(300);
    expect(rows.filter(([, , , source]) => source.trim() === '')).toEqual([]);
  });
});

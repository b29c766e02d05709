import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { needsParams } from '../../src/remediations/define-remediation.js';
import { findRemediation, remediations, remediationsFor } from '../../src/remediations/index.js';

const files = readdirSync('src/remediations', { recursive: true, encoding: 'utf8' });
const intents = readdirSync('intents', { recursive: true, encoding: 'utf8' });
const findings = new Set(
  checks.flatMap(({ id, messages }) => Object.keys(messages).map((message) => `${id}.${message}`)),
);

describe('the registry of remediations', () => {
  it('has each once, in a file of its name', () => {
    const ids = remediations.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.filter((id) => !files.some((file) => file.endsWith(`/${id}.ts`)))).toEqual([]);
  });

  it.each(remediations.map(({ id, fixes, intent }) => ({ id, fixes, intent })))(
    'names findings and an entry that exist: $id',
    ({ fixes, intent }) => {
      expect(fixes.filter((finding) => !findings.has(finding))).toEqual([]);
      expect(intents.some((file) => file.endsWith(`/${intent}.md`))).toBe(true);
    },
  );

  it.each(remediations.map(({ id, reads, writes }) => ({ id, reads, writes })))(
    'asks for no more than the verbs it uses, and never for Secrets: $id',
    ({ reads, writes }) => {
      expect(reads.flatMap(({ verbs }) => verbs).filter((verb) => verb !== 'get' && verb !== 'list')).toEqual(
        [],
      );
      expect(
        writes.flatMap(({ verbs }) => verbs).filter((verb) => !['patch', 'delete', 'create'].includes(verb)),
      ).toEqual([]);
      expect([...reads, ...writes].filter(({ resource }) => /secrets|nodes\/proxy/.test(resource))).toEqual(
        [],
      );
      const namedWrites = writes.filter(({ resource }) => resource === 'configmaps');
      expect(namedWrites.filter(({ names = [] }) => names.length === 0)).toEqual([]);
    },
  );

  it.each(remediations.map(({ id }) => id))('has a test: %s', (id) => {
    const area = files.find((file) => file.endsWith(`/${id}.ts`))?.split('/')[0];
    const own = existsSync(`test/remediations/${area}/${id}.test.ts`);
    expect(own || (area === 'node' && existsSync('test/remediations/node/node-remediations.test.ts'))).toBe(
      true,
    );
  });

  it('is found by id and by finding', () => {
    expect(findRemediation('cordon-node')?.title).toContain('cordon');
    expect(findRemediation('none')).toBeUndefined();
    expect(remediationsFor('flannel-cni-version.missing').map(({ id }) => id)).toEqual([
      'add-flannel-cni-version',
    ]);
  });

  it('knows which ones need something chosen first', () => {
    expect(
      remediations
        .filter(needsParams)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['add-pod-vswitch', 'set-ipvs-scheduler', 'set-ipvs-udp-timeout', 'set-kube-proxy-conntrack']);
  });
});

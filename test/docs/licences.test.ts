import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type ShippedPackage, shippedPackages } from './shipped-packages.js';

/** Each may be shipped with an Apache-2.0 program without more than its notice. Another one is looked at by a person first. */
const allowed = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
];
/** What packages write in place of the name in the SPDX list. */
const names: Readonly<Record<string, string>> = { 'Apache License 2.0': 'Apache-2.0' };
const licenceOf = ({ licence }: ShippedPackage): string => names[licence] ?? licence;

const shipped = shippedPackages();

function page(): string {
  const rows = shipped.map((one) => `| ${one.name} | ${one.version} | ${licenceOf(one)} |`);
  return `# Licences

Written by \`npm run docs:licences\` from \`package-lock.json\`; do not edit. What image and package hold besides acknet itself, which is Apache-2.0: ${shipped.length} packages. The text of each
licence lies in its folder under \`node_modules\`. \`npm run sbom\` prints the same as an SBOM (CycloneDX), with the hash of each.

| package | version | licence |
|---|---|---|
${rows.join('\n')}
`;
}

describe('the packages that are shipped', () => {
  it('have licences that allow it', () => {
    expect(shipped.filter((one) => !allowed.includes(licenceOf(one)))).toEqual([]);
    expect(shipped.length).toBeGreaterThan(100);
  });

  it('are those of docs/licences.md', () => {
    if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync('docs/licences.md', page());
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(page());
  });

  it('are those of the SBOM, each with its version and licence, and none for development', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['bin/print-sbom.mjs'], {
      maxBuffer: 1e8,
    });
    const { bomFormat, components } = JSON.parse(stdout) as {
      bomFormat: string;
      components: { name: string; version: string; purl: string; hashes: object[]; licenses: object[] }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    const listed = components.map(({ name, version }) => `${name}@${version}`).sort();
    expect([...new Set(listed)]).toEqual(shipped.map(({ name, version }) => `${name}@${version}`).sort());
    expect(
      components.filter(({ purl, licenses }) => !purl.startsWith('pkg:npm/') || licenses.length === 0),
    ).toEqual([]);
  });
});

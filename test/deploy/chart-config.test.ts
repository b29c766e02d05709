import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { fileSchema } from '../../src/config/file-schema.js';
import { readPages } from '../docs/reading/pages.js';
import { needsHelm, runHelm } from '../support/helm.js';
import { chart, configIn, renderChart } from './render-chart.js';

/** Every block of the docs that shows values, with the page it stands on. */
const shownValues = readPages().flatMap(({ file, blocks }) =>
  blocks.filter(({ info }) => info === 'yaml values').map(({ text: values }) => [file, values] as const),
);

(needsHelm ? describe : describe.skip)("the chart's acknet.yaml", () => {
  it.each([
    ['the default', [], ['this-cluster']],
    ['a level of the log alone', ['config.log.level=debug'], ['this-cluster']],
    ['a cluster of its own, and no other beside it', ['config.clusters.shop.readOnly=true'], ['shop']],
  ])('holds a config that acknet takes: %s', (_title, sets, clusters) => {
    const parsed = fileSchema.safeParse(configIn(renderChart(...sets)));
    expect(parsed.success && Object.keys(parsed.data.clusters)).toEqual(clusters);
  });

  it.each(shownValues)('takes the values that %s shows, and adds no cluster to them', (_page, values) => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'acknet-values-')), 'values.yaml');
    writeFileSync(file, values);
    const rendered = runHelm('template', 'acknet', chart, '-n', 'acknet', '-f', file);
    rmSync(path.dirname(file), { recursive: true });
    const { config } = parse(values) as { config?: object };
    expect(fileSchema.safeParse(configIn(rendered)).success).toBe(true);
    if (config !== undefined) expect(configIn(rendered)).toEqual(config);
  });

  it('restarts the pods when the config changes, and only then', () => {
    const sums = (...sets: string[]) =>
      [...renderChart(...sets).matchAll(/checksum\/config: (\w+)/g)].map(([, sum]) => sum);
    expect(sums('bot.replicas=3')).toEqual(sums());
    expect(sums('config.log.level=debug')).not.toEqual(sums());
  });
});

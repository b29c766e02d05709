import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { environmentSchema } from '../../src/config/environment/environment-schema.js';
import { fileSchema } from '../../src/config/file-schema.js';
import { configurationPage, configurationSchema } from './configuration-page.js';

describe('what npm run docs:config writes', () => {
  it.each([
    ['docs/configuration.md', configurationPage],
    ['docs/acknet.schema.json', configurationSchema],
  ])('is what %s holds', (file, made) => {
    if (process.env.ACKNET_WRITE_DOCS === '1') writeFileSync(file, made());
    expect(readFileSync(file, 'utf8')).toBe(made());
  });

  it('describes every key, those by risk aside, which their mapping describes', () => {
    const bare = [environmentSchema, fileSchema].flatMap((schema) =>
      undescribed(z.toJSONSchema(schema, { io: 'input' }), ''),
    );
    expect(bare.filter((key) => !/\.(?:low|medium|high)$|\.endpoints\.\w+$/.test(key))).toEqual([]);
  });
});

it('the example says where an editor finds the schema', () => {
  expect(readFileSync('docs/acknet.example.yaml', 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=acknet\.schema\.json\n/,
  );
});

function undescribed(node: unknown, at: string): string[] {
  const { properties = {}, additionalProperties, items } = node as Record<string, Record<string, object>>;
  return [
    ...Object.entries(properties).flatMap(([name, child]) => [
      ...('description' in child ? [] : [`${at}.${name}`]),
      ...undescribed(child, `${at}.${name}`),
    ]),
    ...(additionalProperties ? undescribed(additionalProperties, `${at}.NAME`) : []),
    ...(items ? undescribed(items, `${at}[]`) : []),
  ];
}

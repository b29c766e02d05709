import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { remediations } from '../../src/remediations/index.js';
import { parameterFields, readParameters } from '../../src/slack/parameter-fields.js';

const schema = z.strictObject({
  maxPerCore: z.int().positive().describe('Connections per CPU core'),
  scheduler: z.enum(['rr', 'lc']).optional(),
  force: z.boolean().default(false),
  zones: z.array(z.string()).default([]),
});

describe('the form of a remediation', () => {
  it('has a field a parameter, as it stands', () => {
    expect(parameterFields(schema, { maxPerCore: 65536, zones: ['a', 'b'] })).toEqual([
      {
        name: 'maxPerCore',
        label: 'maxPerCore',
        hint: 'Connections per CPU core',
        value: '65536',
        choices: undefined,
        optional: false,
      },
      {
        name: 'scheduler',
        label: 'scheduler',
        hint: undefined,
        value: '',
        choices: ['rr', 'lc'],
        optional: true,
      },
      {
        name: 'force',
        label: 'force',
        hint: undefined,
        value: '',
        choices: ['true', 'false'],
        optional: true,
      },
      { name: 'zones', label: 'zones', hint: undefined, value: 'a, b', choices: undefined, optional: true },
    ]);
  });

  it('gives back what the schema wants', () => {
    const given = { maxPerCore: '65536', scheduler: '', force: 'true', zones: 'a,b' };
    expect(schema.parse(readParameters(schema, given))).toEqual({
      maxPerCore: 65536,
      force: true,
      zones: ['a', 'b'],
    });
  });

  it('leaves what is no number for the schema to refuse', () => {
    expect(readParameters(schema, { maxPerCore: 'many' })).toEqual({ maxPerCore: 'many' });
  });

  it.each(remediations.map((remediation) => [remediation.id, remediation.params] as const))(
    'can be made for %s',
    (_id, params) => {
      expect(() => parameterFields(params, {})).not.toThrow();
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { remediations } from '../../../src/remediations/index.js';
import {
  parameterFields,
  readParameters,
  typedParameters,
} from '../../../src/slack/fixes/parameter-fields.js';

const schema = z.strictObject({
  maxPerCore: z.int().positive().describe('Connections per CPU core'),
  scheduler: z.enum(['rr', 'lc']).optional(),
  force: z.boolean().default(false),
  zones: z.array(z.string()).default([]),
});

describe('a parameter that is only typed', () => {
  const typed = schema.extend({ everyPod: z.boolean().default(false).meta({ typedOnly: true }) });

  it('has no field, is read from a command, and outlives the form', () => {
    expect(parameterFields(typed, {}).map(({ name }) => name)).not.toContain('everyPod');
    expect(readParameters(typed, { everyPod: 'true' })).toEqual({ everyPod: true });
    expect(typedParameters(typed, { everyPod: true, maxPerCore: 1 })).toEqual({ everyPod: true });
  });
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

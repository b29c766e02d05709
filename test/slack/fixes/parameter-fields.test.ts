import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { remediations } from '../../../src/remediations/index.js';
import {
  lacksParameters,
  parameterFaults,
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

describe('what a form needs to be told', () => {
  const node = z.strictObject({ node: z.string().optional().meta({ orTarget: true }) });

  it.each([
    ['a required one that is missing', schema, {}, true, true],
    ['a required one that was given', schema, { maxPerCore: 1 }, true, false],
    ['the object, where none is named', node, {}, false, true],
    ['no object, where one is named', node, {}, true, false],
    ['no object, where its name was given', node, { node: 'a' }, false, false],
  ])('is %s', (_title, asked, given, hasTarget, lacks) => {
    expect(lacksParameters(asked, given as Record<string, string | number>, hasTarget)).toBe(lacks);
  });

  it('is said field by field, the missing ones in plain words', () => {
    expect(parameterFaults(schema, { scheduler: 'x' })).toEqual({
      maxPerCore: 'Needed.',
      scheduler: expect.any(String),
    });
    expect(parameterFaults(schema, { maxPerCore: 1 })).toBeUndefined();
  });

  it('offers what the cluster knows, and what is set now', () => {
    const known = { maxPerCore: { now: '32768', hint: 'At most 10.' }, zones: { choices: ['a', 'b'] } };
    expect(parameterFields(schema, {}, { known })).toMatchObject([
      { name: 'maxPerCore', value: '32768', hint: 'Connections per CPU core At most 10.' },
      { name: 'scheduler' },
      { name: 'force' },
      { name: 'zones', choices: ['a', 'b'] },
    ]);
  });

  it.each(remediations.map((remediation) => [remediation.id, remediation.params] as const))(
    'has a name and a hint of its own: %s',
    (_id, params) => {
      for (const { name, label, hint } of parameterFields(params, {})) {
        expect(label).not.toBe(name);
        expect(hint?.length).toBeGreaterThan(5);
        expect(hint?.length).toBeLessThan(150);
      }
    },
  );
});

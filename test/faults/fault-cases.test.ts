import { expect, it } from '@jest/globals';
import { remediations } from '../../src/remediations/index.js';
import { faultCases } from './fault-cases.js';

it('strikes every remediation there is', () => {
  const struck = faultCases.map(({ remediation }) => remediation.id);
  expect([...struck].sort()).toEqual(remediations.map(({ id }) => id).sort());
});

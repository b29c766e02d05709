import { describe, expect, it } from '@jest/globals';
import { faultsByBlock, givenValues, typedBlock } from '../../../src/slack/listeners/read-submission.js';

const picked = (value: string) => ({ value: { selected_option: { value } } });
const typed = (value: string | null) => ({ value: { value } });

describe('what a form gave', () => {
  it.each([
    ['what was picked', { vSwitch: picked('vsw-a'), [typedBlock('vSwitch')]: typed(null) }, 'vsw-a'],
    ['what was typed beside choices', { vSwitch: picked('vsw-a'), 'vSwitch.typed': typed('vsw-b') }, 'vsw-b'],
    [
      'what was typed, where nothing was picked',
      { vSwitch: { value: {} }, 'vSwitch.typed': typed('vsw-b') },
      'vsw-b',
    ],
    [
      'what was picked, where only blanks were typed',
      { vSwitch: picked('vsw-a'), 'vSwitch.typed': typed('  ') },
      'vsw-a',
    ],
    ['nothing', { vSwitch: { value: {} }, 'vSwitch.typed': typed(null) }, ''],
  ])('is %s', (_what, values, vSwitch) => {
    expect(givenValues(values)).toEqual({ vSwitch });
  });
});

describe('a fault', () => {
  const faults = { vSwitch: 'a vSwitch id such as vsw-…' };

  it.each([
    ['the choices, where one was picked', typed(null), 'vSwitch'],
    ['what was typed, where something was', typed('nonsense'), 'vSwitch.typed'],
  ])('stands below %s', (_where, beside, block) => {
    const values = { vSwitch: picked('vsw-a'), 'vSwitch.typed': beside };
    expect(faultsByBlock(faults, values)).toEqual({ [block]: faults.vSwitch });
  });
});

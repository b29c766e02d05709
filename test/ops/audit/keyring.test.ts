import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '../../../src/config/environment/environment-schema.js';
import { genesis, holds, linkAfter } from '../../../src/ops/audit/audit-chain.js';
import { createKeyring, createSealer } from '../../../src/ops/audit/keyring.js';

const entry = { action: 'rejected', actor: 'system', at: '2026-03-01T12:00:00.000Z' } as const;
const record = (key: string) => linkAfter(genesis, entry, key);
const sealed = { place: 'p', revision: 'r', text: 't' };
const NEWER = 'the newer key of the tests';
const OLDER = 'the older key of the tests';

describe('ACKNET_AUDIT_KEY', () => {
  it.each([
    [true, 'several long ones', `${NEWER}, ${OLDER}`],
    [true, 'one with a comma, from before', 'from before, with a comma'],
    [false, 'a short one', 'short'],
    [false, 'a short one behind a long one', `${NEWER},short`],
  ])('is taken (%s) with %s', (taken, _what, text) => {
    const given = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', ACKNET_AUDIT_KEY: text };
    expect(environmentSchema.safeParse(given).success).toBe(taken);
  });

  it.each([
    ['one key', NEWER, NEWER],
    ['several, newest first', `${NEWER}, ${OLDER}`, NEWER],
    ['one from before, with a comma in it', 'from before, with a comma', 'from before, with a comma'],
    ['none', '', undefined],
    ['white space', ' ', undefined],
  ])('with %s signs by the first', (_what, text, newest) => {
    expect(createKeyring(text).newest).toBe(newest);
    expect(createKeyring(text).all.length > 0).toBe(newest !== undefined);
  });

  it.each([
    ['as it was', 'from before, with a comma', 'from before, with a comma'],
    ['of two long parts', `${OLDER},${OLDER}`, `${OLDER},${OLDER}`],
    ['behind a newer one', 'from before, with a comma', `${NEWER}, from before, with a comma`],
    ['of two long parts behind a newer one', `${OLDER},${OLDER}`, `${NEWER},${OLDER},${OLDER}`],
    ['of many short parts behind two', 'a,b,c,d,e,f,g,h,i,j', `${NEWER},${OLDER},a,b,c,d,e,f,g,h,i,j`],
    ['with a comma at its end', 'from before there were,', `${NEWER},from before there were,`],
    ['with a comma at its beginning', ',from before there were', ',from before there were'],
    ['with white space around it', ` ${OLDER}, ${OLDER} `, `${NEWER}, ${OLDER}, ${OLDER} `],
  ])('verifies what a key with a comma in it once signed, %s', (_what, before, now) => {
    expect(holds(record(before), createKeyring(now).all)).toBe(true);
    const seal = createSealer({ newest: before, all: [before] }).seal(sealed);
    expect(createSealer(createKeyring(now)).check(sealed, seal)).toBe('whole');
  });

  it('does not verify by a part that is too short for a key, nor by another key', () => {
    const { all } = createKeyring(`${NEWER},${OLDER},a,from before`);
    for (const key of ['a', 'from before', '', ' ', `${NEWER},`, 'another key of the tests'])
      expect(holds(record(key), all)).toBe(false);
    for (const key of [NEWER, OLDER, 'a,from before']) expect(holds(record(key), all)).toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import { mask, maskAll, maskPair, maskPieces } from '../../src/masking/mask.js';
import { plainTexts, SECRET, shapesOfSecrets } from './shapes.js';

describe('mask', () => {
  it('knows more than a hundred shapes, and sixty that are none', () => {
    expect(shapesOfSecrets.length).toBeGreaterThanOrEqual(100);
    expect(plainTexts.length).toBeGreaterThanOrEqual(60);
  });

  it.each(shapesOfSecrets)('masks %s', (_title, text, secret = SECRET) => {
    expect(text).toContain(secret);
    expect(mask(text)).not.toContain(secret);
  });

  it.each(shapesOfSecrets)('masks %s also where it stands in a string', (_title, text, secret = SECRET) => {
    expect(mask(JSON.stringify({ value: text }))).not.toContain(secret);
  });

  it.each(shapesOfSecrets)('masks nothing more of %s the second time', (_title, text) => {
    expect(mask(mask(text))).toBe(mask(text));
  });

  it.each(plainTexts)('leaves %s as it is', (text) => {
    expect(mask(text)).toBe(text);
  });

  it.each([
    ['JSON', `{"access_key":"${SECRET}","min": 1,"c":[2]}`, '{"access_key":"<redacted>","min": 1,"c":[2]}'],
    ['YAML', `# why\npassword:  ${SECRET} # old\nport: 1\n`, '# why\npassword:  <redacted> # old\nport: 1\n'],
    ['a block', `password: |-\n  ${SECRET}\nport: 1\n`, 'password: |-\n  <redacted>\nport: 1\n'],
    ['a query', `/a?token=${SECRET}&b=1`, '/a?token=<redacted>&b=1'],
    ['a line', `access_key=${SECRET}, retrying`, 'access_key=<redacted>, retrying'],
    ['a header', `Authorization: Bearer ${SECRET}`, 'Authorization: Bearer <redacted>'],
    ['a URL', `redis://a:${SECRET}@host/0`, 'redis://a:<redacted>@host/0'],
  ])('leaves what stands around it in %s', (_title, text, expected) => {
    expect(mask(text)).toBe(expected);
  });
});

describe('maskPair', () => {
  it('shows that a secret changes, and neither value', () => {
    const shown = maskPair(`password: ${SECRET}\nport: 1\n`, `password: ${SECRET}2\nport: 2\n`);
    expect(shown).toEqual({
      before: 'password: <redacted>\nport: 1\n',
      after: 'password: <redacted, another one>\nport: 2\n',
    });
  });

  it('shows none where the secret stays', () => {
    const shown = maskPair(`password: ${SECRET}\na: 1`, `password: ${SECRET}\na: 2`);
    expect(shown.after).toBe('password: <redacted>\na: 2');
  });
});

describe('maskPieces', () => {
  it('masks what comes from outside, by its name in our own words too', () => {
    expect(maskPieces(['the password: ', ' is refused'], [SECRET])).toBe(
      'the password: <redacted> is refused',
    );
    expect(maskPieces(['Cluster ', ' said: ', ''], ['a', `token=${SECRET}`])).toBe(
      'Cluster a said: token=<redacted>',
    );
  });

  it('leaves our own words as they are, whatever they say', () => {
    expect(maskPieces(['Set password=ab12cd34 on ', '.'], ['node-1'])).toBe(
      'Set password=ab12cd34 on node-1.',
    );
  });
});

describe('maskAll', () => {
  it('masks every text in a value, however deep, and what stands under the name of a secret', () => {
    const masked = maskAll({ a: [{ b: `token=${SECRET}` }, 1, null, true], token: SECRET, tokens: 3 });
    expect(masked).toEqual({ a: [{ b: 'token=<redacted>' }, 1, null, true], token: '<redacted>', tokens: 3 });
  });
});

import { describe, expect, it } from '@jest/globals';
import { checks } from '../../src/checks/index.js';
import { denials, kept, promises } from './title-promises.js';

const promising = checks.filter(({ title }) => promises(title));
const advising = checks.filter(({ messages }) =>
  Object.values(messages).some(({ severity }) => severity === 'advice'),
);

describe('the title of a check', () => {
  it('that promises something has lines that would deny it', () => {
    const open = promising.filter(({ title }) => !denials.some(([start]) => title.startsWith(start)));
    expect(open.map(({ title }) => title)).toEqual([]);
  });

  it('is there for all that would deny one', () => {
    const stray = denials.filter(([start]) => !checks.some(({ title }) => title.startsWith(start)));
    expect(stray).toEqual([]);
  });

  it('that promises something is not broken by the advice of the check, and there is a word on why', () => {
    const open = promising.filter((check) => advising.includes(check) && !(check.id in kept));
    expect(open.map(({ id, title }) => `${id}: ${title}`)).toEqual([]);
    expect(Object.keys(kept).filter((id) => !advising.some((check) => check.id === id))).toEqual([]);
  });
});

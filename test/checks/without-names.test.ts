import { describe, expect, it } from '@jest/globals';
import { withoutNames } from '../../src/checks/without-names.js';

const klog = (rest: string): string => `E1124 02:58:00.123456       1 x.go:17] ${rest}`;
const logfmt = (rest: string): string => `level=error ${rest} subsys=daemon`;
const json = (msg: string, id: number): string => `{"level":"error","ts":${id}.5,"msg":"${msg}","id":${id}}`;

describe('signs', () => {
  it.each<[string, string, string]>([
    ['names', 'pod web-1 waits for eni-2', 'pod web-7 waits for eni-9'],
    ['what is quoted', 'pods "web" is forbidden', 'pods "api" is forbidden'],
    ['a name alone in quotes, first', '"web" is forbidden', '"api" is forbidden'],
    ['times and values', klog('"Sync failed" err="code 1"'), klog('"Sync failed" err="code 2"')],
    ['values of logfmt', logfmt('msg="Sync failed" pod=web-1'), logfmt('msg="Sync failed" pod=web-2')],
    ['values of JSON', json('Sync failed', 1), json('Sync failed', 2)],
  ])('are alike where they differ by %s', (_what, one, other) => {
    expect(withoutNames(one)).toBe(withoutNames(other));
  });

  it.each<[string, (message: string) => string]>([
    ['bare', (message) => `"${message}" err="code 1"`],
    ['of klog', (message) => klog(`"${message}" err="code 1"`)],
    ['of logfmt', (message) => logfmt(`msg="${message}" err="code 1"`)],
    ['of JSON', (message) => json(message, 1)],
  ])('differ where the quoted message differs, %s', (_what, line) => {
    expect(withoutNames(line('Attach failed'))).not.toBe(withoutNames(line('Detach refused')));
    expect(withoutNames(line('Cannot do \\"x\\" here'))).not.toBe(
      withoutNames(line('Cannot do \\"x\\" there')),
    );
  });
});

import { OpenApiUtil } from '@alicloud/openapi-core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalQuery, sha256, signRequest } from '../../src/cloud/openapi/sign-request.js';

type SdkRequest = Parameters<typeof OpenApiUtil.getAuthorization>[0];

/** As every parameter of these APIs is named; the SDK signs names as they are. */
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._]{0,20}$/);
const value = fc.string({ unit: 'grapheme', maxLength: 60 });
const headerValue = fc.stringMatching(/^[\x20-\x7e]{1,60}$/);
const path = fc
  .array(fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/), { maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);

const request = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  path,
  query: fc.dictionary(name, value, { maxKeys: 8 }),
  headers: fc
    .tuple(
      fc.dictionary(fc.stringMatching(/^x-acs-[a-z0-9-]{1,20}$/), headerValue, { maxKeys: 8 }),
      fc.boolean(),
    )
    .map(([own, typed]) => ({
      ...own,
      host: 'vpc.cn-hangzhou.aliyuncs.com',
      accept: 'application/json',
      'user-agent': 'acknet',
      ...(typed && { 'content-type': 'application/json; charset=utf-8' }),
    })),
  body: fc.string(),
});

describe('a signature', () => {
  it('is the one that the SDK makes, byte for byte', () => {
    fc.assert(
      fc.property(request, fc.string({ minLength: 1 }), (given, secret) => {
        const bodyHash = sha256(given.body);
        const own = signRequest({ ...given, bodyHash }, { id: 'LTAI-id', secret });
        const sdk = OpenApiUtil.getAuthorization(
          { ...given, pathname: given.path } as unknown as SdkRequest,
          'ACS3-HMAC-SHA256',
          bodyHash,
          'LTAI-id',
          secret,
        );
        expect(own).toBe(sdk);
      }),
      { numRuns: 500 },
    );
  });

  it('covers a query that stands in the URL as it was signed', () => {
    expect(canonicalQuery({ b: "it's (a) *", a: 'x y', 'Tag.1.Key': '~+/' })).toBe(
      'Tag.1.Key=~%2B%2F&a=x%20y&b=it%27s%20%28a%29%20%2A',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { createServingCertificate } from '../../../sandbox/cluster/serving-certificate.js';
import { admissionEnds } from '../../../src/cluster/kube/connecting/admission-ends.js';

const jwt = (payload: unknown) => `Bearer h.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.s`;

describe('when a credential ends', () => {
  it.each([
    ['a token says so itself', jwt({ exp: 1_800_000_000 }), new Date(1_800_000_000_000)],
    ['a token without an end', jwt({ sub: 'x' }), undefined],
    ['a token of another kind', 'Bearer abc', undefined],
    ['a token that only looks like one', 'Bearer a.b.c', undefined],
    ['a password', 'Basic YTpi', undefined],
    ['nothing at all', undefined, undefined],
  ])('%s', (_title, authorization, ends) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(admissionEnds({ headers, tls: {} })).toEqual(ends);
  });

  it('is the earlier one of token and certificate', async () => {
    const { cert } = await createServingCertificate(new Date());
    const ends = admissionEnds({ headers: {}, tls: { cert: Buffer.from(cert) } });
    expect(ends?.getTime()).toBeGreaterThan(Date.now());
    expect(
      admissionEnds({ headers: { authorization: jwt({ exp: 1 }) }, tls: { cert: Buffer.from(cert) } }),
    ).toEqual(new Date(1000));
    expect(admissionEnds({ headers: {}, tls: { cert: Buffer.from('no certificate') } })).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { knownShapes } from '../../src/masking/secrets/known-shapes.js';
import { mask } from '../../src/masking/mask.js';

const s = 'Zx9kPq27vLm4Rt8wYb3N';

/** Each shape by itself, with no telling word beside it that it does not need; the second is what must not survive. */
const samples: Readonly<Record<string, readonly (readonly [text: string, secret: string])[]>> = {
  'a private key': [
    [`-----BEGIN PRIVATE KEY-----\n${s}\n-----END PRIVATE KEY-----`, s],
    [`-----BEGIN PGP PRIVATE KEY BLOCK-----\n${s}`, s],
  ],
  'a private key of SSH2': [[`---- BEGIN SSH2 PRIVATE KEY ----\n${s}`, s]],
  'a private key of PuTTY': [[`Private-Lines: 1\n${s}\n`, s]],
  'its MAC': [[`Private-MAC: ${s}`, s]],
  'a private key in base64': [
    [Buffer.from(`-----BEGIN PRIVATE KEY-----\n${s}`).toString('base64'), 'QUklWQVRFIEtF'],
  ],
  'a JWT': [['see eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl there', 'eyJzdWIiOiJhIn0']],
  'an access key': [['saw LTAI5tFq7Rm2Wx9Zb4Nc there', '5tFq7Rm2Wx9Z']],
  'an id or a token cut off': ['LTAI', 'STS.', 'gho_', 'ghp_', 'ghr_', 'ghs_', 'ghu_', 'xoxb-', 'xoxq-'].map(
    (prefix) => [`saw ${prefix}5tFq7`, '5tFq7'],
  ),
  'a JWT cut off': [['saw eyJhbGciOiJSUzI1NiIsImtpZCI', 'hbGciOiJSUzI1NiIsImtpZCI']],
  'an access key of STS': [[`saw STS.${s} there`, s]],
  'an access key of AWS': [
    ['saw AKIAQ7RM2WX9ZB4NC5TF there', 'Q7RM2WX9ZB4NC5TF'],
    ['saw ASIAQ7RM2WX9ZB4NC5TF there', 'Q7RM2WX9ZB4NC5TF'],
  ],
  'a token of Slack': ['xoxa', 'xoxb', 'xoxe', 'xoxo', 'xoxp', 'xoxr', 'xoxs', 'xapp'].map((prefix) => [
    `saw ${prefix}-1-${s} there`,
    s,
  ]),
  'a token of GitHub': ['gho_', 'ghp_', 'ghr_', 'ghs_', 'ghu_'].map((prefix) => [
    `saw ${prefix}${s} there`,
    s,
  ]),
  'a fine-grained token of GitHub': [[`saw github_pat_11ABC_${s} there`, s]],
  'a token of GitLab': [[`saw glpat-${s} there`, s]],
  'a key of Google': [[`saw AIza${s} there`, s]],
  'a token of Google': [[`saw ya29.a0-${s} there`, s]],
  'a token of npm': [[`saw npm_${s} there`, s]],
  'a token of Vault': ['hvs.', 'hvb.', 'hvr.'].map((prefix) => [`saw ${prefix}${s} there`, s]),
  'a token of DigitalOcean': [[`saw dop_v1_${s} there`, s]],
  'a key of SendGrid': [[`saw SG.${s}.${s} there`, s]],
  'a key of a model': ['sk-', 'sk-proj-', 'sk-ant-'].map((prefix) => [`saw ${prefix}${s} there`, s]),
  'a token with the prefix of who made it': [
    ...['dckr_pat_', 'dckr_oat_', 'pypi-', 'hf_', 'glsa_', 'glc_', 'lin_api_', 'pscale_pw_', 'sntrys_'],
    ...['NRAK-', 'ATATT3', 'dp.pt.', 'shpat_', 'AGE-SECRET-KEY-1'],
  ].map((prefix) => [`saw ${prefix}${s} there`, s]),
  'a hash of a password in LDAP': [[`saw {SSHA}${s} there`, s]],
  'a key of Stripe': ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'pk_live_', 'pk_test_'].map(
    (prefix) => [`saw ${prefix}${s} there`, s],
  ),
  'a webhook of Slack': [[`posts to hooks.slack.com/services/T0000/B0000/${s}`, s]],
  'a webhook of Feishu': [[`posts to open.feishu.cn/open-apis/bot/v2/hook/${s}`, s]],
  'a webhook of WeCom': [[`posts to qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${s}`, s]],
  'a token of Telegram': [[`posts to api.telegram.org/bot123456789:${s}/sendMessage`, s]],
  'a hash of a password': ['apr1', '1', '5', '6', '2a', '2b', '2y', 'y', '7'].map((kind) => [
    `db1:$${kind}$j9T$${s}:1`,
    s,
  ]),
  'the secret beside the id of an access key': [
    [`LTAI5tFq7Rm2Wx9Zb4Nc:${s}`, s],
    [`LTAI5tFq7Rm2Wx9Zb4Nc|${s}`, s],
  ],
  'a bootstrap token': [['TOKEN abcdef.0123456789abcdef', '0123456789abcdef']],
  'a password for sshpass': [[`sshpass -p ${s} ssh host`, s]],
  'a password for a registry': [[`podman login reg -p ${s}`, s]],
  'a password for redis-cli': [[`redis-cli -h r -a ${s} ping`, s]],
  'a password for mysql': [
    [`mysql -uroot -p${s} db`, s],
    [`mysqldump -h h -p${s} db`, s],
  ],
  'a pair of a property list': [[`<KEY>password</KEY><STRING>${s}`, s]],
  'a password of .netrc': [
    [`login bob password ${s}`, s],
    [`account bob password ${s}`, s],
  ],
  'a password of redis.conf': [
    [`requirepass ${s}`, s],
    [`masterauth ${s}`, s],
  ],
  'a password for curl': [
    [`curl -u bob:${s} host`, s],
    [`curl -u\tbob:${s} host`, s],
    [`curl --user=bob:${s} host`, s],
  ],
  'a password of a DSN': [
    [`root:${s}@tcp(10.0.0.1:3306)/db`, s],
    [`root:${s}@unix(/run/db)/db`, s],
  ],
  'a header’s scheme': [
    [`sent Bearer ${s}`, s],
    [`sent BASIC ${s}`, s],
  ],
};

describe('every known shape', () => {
  it('has a sample here, and a name of its own', () => {
    expect(knownShapes.map(({ name }) => name)).toEqual(Object.keys(samples));
  });

  const cases = knownShapes.flatMap((shape) =>
    (samples[shape.name] ?? []).map(([text, secret]) => ({ ...shape, text, secret })),
  );

  it.each(cases)(
    'is found by its own hint and pattern: $name in $text',
    ({ hint, pattern, text, secret }) => {
      expect(text).toContain(secret);
      expect(hint.test(text)).toBe(true);
      expect([...text.matchAll(pattern)].map(([whole]) => whole).join('\n')).toContain(secret);
      expect(mask(text)).not.toContain(secret);
    },
  );

  it.each(cases)('is found in JSON behind a line’s end: $name in $text', ({ text, secret }) => {
    expect(mask(JSON.stringify({ said: `a\n${text}` }))).not.toContain(secret);
  });

  it.each(knownShapes)('has a hint that is as wide in case as its pattern: $name', ({ hint, pattern }) => {
    expect(hint.flags).toMatch(/^i?$/);
    expect(pattern.ignoreCase && !hint.ignoreCase).toBe(false);
  });
});

describe('what no shape tells of', () => {
  it.each([
    ['a name in camel case', `aliyunAk=${s}`],
    ['a short name in capitals', `aliyunSK=${s}`],
    ['a short name with more behind it', `sk_value=${s}`],
    ['a name of a Chinese sentence', `数据库口令是${s}`],
    ['a URL', `redis://:${s}@host/0`],
    ['a URL as some write it in JSON', `{"url":"redis:\\/\\/:${s}@host\\/0"}`],
    ['a name with an escaped letter', `{"\\u0074oken":"${s}"}`],
    ['a name that something unseen parts', `to\u200bken=${s}`],
    ['a name behind an escaped line’s end', JSON.stringify({ said: `a\nsk=${s}` })],
  ])('is found by %s', (_title, text) => {
    expect(mask(text)).not.toContain(s);
  });
});

import { describe, expect, it } from '@jest/globals';
import { redact, redactAll } from '../../src/cluster/redact.js';

const CANARY = 'c4n4ryS3cretValue';

describe('redact', () => {
  it.each([
    ['eni_conf JSON', `{"version":"1","access_key":"${CANARY}","access_secret": "${CANARY}"}`],
    ['JSON inside a JSON text', JSON.stringify({ eni_conf: JSON.stringify({ access_secret: CANARY }) })],
    ['a truncated JSON text', `{"access_secret":"${CANARY}`],
    ['a value that is no text', `{"access_key": ${CANARY}, "a": 1}`],
    ['cloud-config', `{"Global":{"accessKeyID":"${CANARY}","accessKeySecret":"${CANARY}"}}`],
    ['YAML', `users:\n- user:\n    token: ${CANARY}\n    client-key-data: ${CANARY}\n`],
    ['quoted YAML', `password: "${CANARY}"\n`],
    ['a kubeconfig', `clusters:\n- cluster:\n    certificate-authority-data: ${CANARY}`],
    ['a flag', `--token=${CANARY} --v=2`],
    ['a log line', `level=info access_key=${CANARY}, retrying`],
    ['a bearer header', `Authorization: Bearer ${CANARY}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}\n-----END RSA PRIVATE KEY-----`],
    ['a cut private key', `-----BEGIN PRIVATE KEY-----\n${CANARY}`],
    ['a URL with a password', `redis://user:${CANARY}@host:6379/0`],
    ['a Slack token', `xoxb-123456-${CANARY}`],
    ['a pair inside quotes', `There is no check "token=${CANARY}", nor 'password: ${CANARY}'`],
    ['a list of flags', `["token=${CANARY}"] [access_key=${CANARY}]`],
    ['a security token', `"securityToken": "${CANARY}"`],
  ])('masks %s', (_title, text) => {
    expect(redact(text)).not.toContain(CANARY);
  });

  it.each([
    '{"name":"cb0","cniVersion":"0.3.1","type":"flannel"}',
    'conntrack:\n  maxPerCore: 65536\n',
    '{"credential_path":"/var/addon/token-config","vswitches":{"cn-hangzhou-i":["vsw-a"]}}',
    'failed to allocate for range 0: no IP addresses available in range set: 172.30.34.129-172.30.34.190',
  ])('leaves %s as it is', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('redactAll', () => {
  it('masks every text in a value, however deep, and leaves the rest alone', () => {
    const masked = redactAll({ a: [{ b: `token=${CANARY}` }, 1, null, true], token: 'as a key it stays' });
    expect(masked).toEqual({ a: [{ b: 'token=<redacted>' }, 1, null, true], token: 'as a key it stays' });
  });
});

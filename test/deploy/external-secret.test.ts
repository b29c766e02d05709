import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { environmentSchema } from '../../src/config/environment/environment-schema.js';

/** The fields used of external-secrets.io/v1, https://external-secrets.io/latest/api/externalsecret/. */
const externalSecret = z.strictObject({
  apiVersion: z.literal('external-secrets.io/v1'),
  kind: z.literal('ExternalSecret'),
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    refreshInterval: z.string().regex(/^\d+[hm]$/),
    secretStoreRef: z.strictObject({ kind: z.enum(['SecretStore', 'ClusterSecretStore']), name: z.string() }),
    target: z.strictObject({ name: z.string() }),
    data: z.array(
      z.strictObject({
        secretKey: z.string().regex(/^[-._a-zA-Z0-9]+$/),
        remoteRef: z.strictObject({ key: z.string() }),
      }),
    ),
  }),
});

const file = readFileSync('deploy/kubernetes/external-secret.example.yaml', 'utf8');
const [secrets, kubeconfigs] = parseAllDocuments(file).map((each) => externalSecret.parse(each.toJS()));
const keysOf = (one: typeof secrets): string[] => one?.spec.data.map(({ secretKey }) => secretKey) ?? [];

describe('the example for External Secrets', () => {
  it('makes the Secret that the chart takes by default, of variables that acknet reads', () => {
    const values = parse(readFileSync('deploy/helm/acknet/values.yaml', 'utf8'));
    expect(secrets?.spec.target.name).toBe(values.secrets.existingSecret);
    const read = Object.keys(environmentSchema.shape);
    expect(keysOf(secrets).filter((key) => !read.includes(key))).toEqual([]);
    expect(keysOf(secrets)).toEqual(expect.arrayContaining(['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']));
  });

  it('makes the files that getting started names in acknet.yaml', () => {
    const page = readFileSync('docs/getting-started.md', 'utf8');
    expect(page).toContain(`kubeconfigs: { existingSecret: ${kubeconfigs?.spec.target.name} }`);
    for (const key of keysOf(kubeconfigs)) expect(page).toContain(`kubeconfig: kube/${key}`);
  });
});
